//! One account: what service, who, for how long, how it is doing, its name and the way out.

use crate::state::health;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;

use super::Shared;
use super::facts::{AccountFacts, Facts};
use super::name::NameForm;
use crate::components::failure_notice::{Again, FailureNotice};
use crate::components::rail::word;
use crate::features::sign_in::replace_key;
use crate::state::accounts::Account;
use crate::state::health::Health;
use crate::state::workspaces::Phase;
use crate::text;
use crate::ui::layout::Fact;

/// The account of a card, with what the cards share. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Card {
    pub(super) shared: Shared,
    pub(super) id: StoredValue<AccountId>,
}

impl Card {
    fn account(self) -> Option<Rc<Account>> {
        let accounts = self.shared.app.accounts;
        self.id.with_value(|id| accounts.get(id))
    }

    /// Its account, without subscribing.
    pub(super) fn account_untracked(self) -> Option<Rc<Account>> {
        let accounts = self.shared.app.accounts;
        self.id.with_value(|id| accounts.get_untracked(id))
    }

    /// What people call it.
    fn label(self) -> String {
        let account = self.account();
        account.map_or_else(String::new, |account| account.label.clone())
    }

    /// The id of the button that renames it.
    pub(super) fn rename_button_id(self) -> String {
        self.id.with_value(|id| format!("rename-{}", id.as_str()))
    }

    fn is_renamed(self) -> bool {
        let now = self.shared.renaming.get();
        self.id.with_value(|id| now.as_ref() == Some(id))
    }

    /// How many workspaces are here.
    fn count(self) -> usize {
        let mine = |id: &AccountId| {
            let workspaces = self.shared.app.workspaces;
            workspaces.with_rows(|rows| rows.iter().filter(|row| row.key.account == *id).count())
        };
        self.id.with_value(mine)
    }

    fn health(self) -> Health {
        self.id.with_value(|id| health::health(self.shared.app, id))
    }

    fn has_ended(self) -> bool {
        let accounts = self.shared.app.accounts;
        self.id.with_value(|id| accounts.has_ended(id))
    }

    /// Why its workspaces could not be read, while that is how it is doing.
    fn failure(self) -> Option<Failure> {
        if self.health() != Health::Failed {
            return None;
        }
        let workspaces = self.shared.app.workspaces;
        match self.id.with_value(|id| workspaces.load_of(id)) {
            Some(Phase::Failed(failure)) => Some(failure),
            _ => None,
        }
    }

    /// Whether another key can take the place of its own. Where nobody says whose a key is, a new one would make a
    /// further account.
    fn has_replaceable_key(self) -> bool {
        self.account().is_some_and(|account| {
            account.description().credential == CredentialKind::AdminKey && account.me.is_some()
        })
    }

    /// Signs out, after a question where others stay signed in.
    fn sign_out(self) {
        let accounts = self.shared.app.accounts;
        let id = self.id.get_value();
        if accounts.all_untracked().len() > 1 {
            self.shared.leaving.set(Some(id));
        } else {
            accounts.sign_out(&id);
        }
    }
}

/// The card of an account.
#[component]
pub(super) fn AccountCard(shared: Shared, id: AccountId) -> impl IntoView {
    let heading = format!("account-{}", id.as_str());
    let card = Card {
        shared,
        id: StoredValue::new(id),
    };
    let account = card.account_untracked();
    let mark = account.map_or("", |account| account.description().mark);
    let health = Memo::new(move |_| card.health());
    let pause = move || match health.get() {
        Health::Resting(left) => Some(left),
        _ => None,
    };
    let facts = move || {
        let account = card.account()?;
        Some(Facts::of(&account, shared.app.accounts))
    };
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>
                    <span class="mark" data-mark=mark></span>
                    <bdi translate="no" prop:textContent=move || card.label()></bdi>
                </h2>
                <span
                    class=move || badge_class(health.get())
                    prop:textContent=move || word(health.get())
                ></span>
                <CardButton
                    card=card
                    class="btn quiet"
                    id=card.rename_button_id()
                    label=text::RENAME
                    full_label=text::rename
                    on_press=move |()| card.open_name_form()
                />
            </header>
            <Show when=move || card.is_renamed()>
                <NameForm card=card/>
            </Show>
            <dl class="facts">
                <Fact term=text::WORKSPACES>
                    <span prop:textContent=move || text::workspaces(card.count())></span>
                </Fact>
                // Keyed by what they say: text that changes has elements of its own, whatever other software made of
                // the old.
                <For each=pause key=|left| *left let:left>
                    <Fact term=text::PAUSE>{text::resting(left)}</Fact>
                </For>
                <For each=facts key=Facts::clone let:facts>
                    <AccountFacts facts=facts/>
                </For>
            </dl>
            <LoadFailure card=card/>
            <CardActions card=card/>
        </section>
    }
}

fn badge_class(health: Health) -> &'static str {
    match health {
        Health::Connected => "badge ok",
        Health::Loading | Health::Unread => "badge",
        Health::Ended | Health::Resting(_) | Health::Silent => "badge warn",
        Health::Failed => "badge bad",
    }
}

/// Why the account's workspaces could not be read, and the way to try again.
#[component]
fn LoadFailure(card: Card) -> impl IntoView {
    let failure = Memo::new(move |_| card.failure());
    let reload = Callback::new(move |()| {
        card.id
            .with_value(|id| card.shared.app.workspaces.reload(id));
    });
    move || {
        failure.get().map(|failure| {
            let again = Some(Again::by_hand(reload));
            view! { <FailureNotice whose=card.id.get_value() failure=failure again=again/> }
        })
    }
}

/// A button that names its account where there are several.
#[component]
fn CardButton(
    card: Card,
    class: &'static str,
    #[prop(optional, into)] id: Option<String>,
    label: &'static str,
    full_label: fn(&str) -> String,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let accounts = card.shared.app.accounts;
    let name = move || accounts.are_several().then(|| full_label(&card.label()));
    view! {
        <button
            type="button"
            class=class
            id=id
            aria-label=name
            on:click=move |_| on_press.run(())
        >
            {label}
        </button>
    }
}

/// What can be done to the account's session.
#[component]
fn CardActions(card: Card) -> impl IntoView {
    let shared = card.shared;
    let sign_in_again = move |()| {
        card.id.with_value(|id| shared.app.reauthentication.ask(id));
    };
    let replace = move |()| {
        if let Some(account) = card.account_untracked() {
            replace_key(shared.navigation, &account);
        }
    };
    view! {
        <div class="acts">
            <Show when=move || card.has_ended()>
                <CardButton
                    card=card
                    class="btn primary"
                    label=text::SIGN_IN_AGAIN
                    full_label=text::sign_in_again_to
                    on_press=sign_in_again
                />
            </Show>
            <Show when=move || !card.has_ended() && card.has_replaceable_key()>
                <CardButton
                    card=card
                    class="btn"
                    label=text::REPLACE_KEY
                    full_label=text::replace_key_of
                    on_press=replace
                />
            </Show>
            <CardButton
                card=card
                class="btn"
                label=text::SIGN_OUT
                full_label=text::sign_out_of
                on_press=move |()| card.sign_out()
            />
        </div>
    }
}
