//! One account: what service, who, for how long, how it is doing, its name and the way out.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;
use web_sys::Node;

use super::Shared;
use super::name::name_form;
use crate::pages::failure_notice::{Again, failure_notice};
use crate::pages::rail::word;
use crate::pages::sign_in::replace_key;
use crate::state::accounts::Account;
use crate::state::health::Health;
use crate::state::workspaces::Phase;
use crate::text;
use crate::ui::el::{El, el, group, text};
use crate::ui::layout::{badge, copyable, fact, press};
use crate::ui::time::exact;

/// One card.
#[derive(Clone, Copy)]
pub(super) struct Card {
    pub(super) shared: Shared,
    pub(super) id: StoredValue<AccountId>,
}

/// The card of an account.
pub(super) fn card(shared: Shared, id: AccountId) -> Node {
    let heading = ["account-", id.as_str()].concat();
    let card = Card {
        shared,
        id: StoredValue::new(id),
    };
    let health = Memo::new(move |_| card.health());
    let mark = card.untracked().map(|account| account.description().mark);
    let title = el("h2")
        .attr("id", &heading)
        .add(
            el("span")
                .class("mark")
                .attr("data-mark", mark.unwrap_or_default()),
        )
        .add(el("bdi").live_text(move || card.label()));
    let rename = Callback::new(move |()| card.rename());
    let head = el("header")
        .add(title)
        .part(move || {
            let health = health.get();
            let class = match health {
                Health::Connected => "badge ok",
                Health::Loading | Health::Unread => "badge",
                Health::Ended | Health::Resting(_) | Health::Silent => "badge warn",
                Health::Failed => "badge bad",
            };
            Some(badge(class, word(health)))
        })
        .add(
            card.act("btn quiet", text::RENAME, text::rename, rename)
                .attr("id", &card.button_id()),
        );
    let pause = move || match health.get() {
        Health::Resting(left) => Some(fact(text::PAUSE, text(&text::resting(left)))),
        _ => None,
    };
    let facts = el("dl")
        .class("facts")
        .add(fact(
            text::WORKSPACES,
            el("span")
                .live_text(move || text::workspaces(card.count()))
                .node(),
        ))
        .part(pause)
        .part(move || Some(facts(&*card.account()?, card)));
    el("section")
        .class("card")
        .attr("aria-labelledby", &heading)
        .add(head)
        .part(move || card.is_renamed().then(|| name_form(card)))
        .add(facts)
        .part(move || match health.get() {
            Health::Failed => card.failed(),
            _ => None,
        })
        .add(card.acts())
        .node()
}

impl Card {
    fn account(self) -> Option<Rc<Account>> {
        let accounts = self.shared.app.accounts;
        self.id.with_value(|id| accounts.get(id))
    }

    fn untracked(self) -> Option<Rc<Account>> {
        untrack(|| self.account())
    }

    /// What people call it.
    pub(super) fn label(self) -> String {
        let account = self.account();
        account.map_or_else(String::new, |account| account.label.clone())
    }

    /// The id of the button that renames it.
    pub(super) fn button_id(self) -> String {
        self.id.with_value(|id| ["rename-", id.as_str()].concat())
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
        self.id.with_value(|id| self.shared.app.health(id))
    }

    fn failed(self) -> Option<Node> {
        let workspaces = self.shared.app.workspaces;
        let Some(Phase::Failed(failure)) = self.id.with_value(|id| workspaces.load_of(id)) else {
            return None;
        };
        let reload = Callback::new(move |()| {
            self.id
                .with_value(|id| self.shared.app.workspaces.reload(id));
        });
        let again = Some(Again::by_hand(reload));
        let note = |id: &AccountId| failure_notice(id, &failure, again);
        Some(untrack(|| self.id.with_value(note)))
    }

    /// A button that names its account where there are several.
    fn act(
        self,
        class: &'static str,
        label: &'static str,
        full: fn(&str) -> String,
        run: Callback<()>,
    ) -> El {
        let accounts = self.shared.app.accounts;
        press(class, run)
            .live("aria-label", move || {
                accounts.are_several().then(|| full(&self.label()))
            })
            .text(label)
    }

    fn acts(self) -> Node {
        let accounts = self.shared.app.accounts;
        let sign_in = Callback::new(move |()| {
            let Some(account) = self.untracked() else {
                return;
            };
            match self.id.with_value(|id| untrack(|| accounts.has_ended(id))) {
                true => self.shared.app.reauthentication.ask(&account.id),
                false => replace_key(self.shared.navigation, &account),
            }
        });
        let sign_out = Callback::new(move |()| {
            let id = self.id.get_value();
            match untrack(|| accounts.are_several()) {
                true => self.shared.leaving.set(Some(id)),
                false => accounts.sign_out(&id),
            }
        });
        el("div")
            .class("acts")
            .part(move || {
                let ended = self.id.with_value(|id| accounts.has_ended(id));
                let account = self.account()?;
                // Where nobody says whose a key is, a new one would make a further account.
                let key = account.description().credential == CredentialKind::AdminKey
                    && account.me.is_some();
                let (class, label, full): (_, _, fn(&str) -> String) = match (ended, key) {
                    (true, _) => ("btn primary", text::SIGN_IN_AGAIN, text::sign_in_again_to),
                    (false, true) => ("btn", text::REPLACE_KEY, text::replace_key_of),
                    (false, false) => return None,
                };
                Some(self.act(class, label, full, sign_in).node())
            })
            .add(self.act("btn", text::SIGN_OUT, text::sign_out_of, sign_out))
            .node()
    }
}

fn facts(account: &Account, card: Card) -> Node {
    let service = account.description();
    let offer = card.shared.app.accounts.offer_of(account);
    let organization = service.credential == CredentialKind::AdminKey;
    let (who, which) = match organization {
        true => (text::ORGANIZATION, text::ORGANIZATION_ID),
        false => (text::SIGNED_IN_AS, text::USER),
    };
    let name = account.name.as_deref().unwrap_or(text::NOT_STATED);
    let id = match &account.me {
        Some(id) => copyable(text::COPY_ID, id.as_str()),
        None => text(text::NOT_STATED),
    };
    let session = match (offer.is_some_and(|offer| offer.gateway), account.kept) {
        (true, _) => text::SESSION_GATEWAY,
        (false, true) => text::SESSION_KEPT,
        (false, false) => text::SESSION_MEMORY,
    };
    let ends = match account.session.expires {
        Some(at) => exact(at.as_millis()),
        None => text(text::NOT_STATED),
    };
    let code = |node: Node| {
        el("span")
            .class("id")
            .attr("translate", "no")
            .add(node)
            .node()
    };
    let rows = [
        fact(text::SERVICE, text(service.name)),
        fact(text::ADDRESS, code(text(&account.service.base))),
        fact(who, el("bdi").text(name).node()),
        fact(which, code(id)),
        fact(text::SESSION, text(session)),
        fact(text::SESSION_ENDS, ends),
    ];
    group(&rows)
}
