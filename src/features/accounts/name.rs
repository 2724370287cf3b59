//! An account's name, changed in place: a small form that Enter saves and Escape closes.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::card::Card;
use crate::browser::{clock, focus, keys};
use crate::text;
use crate::ui::field::focus_field;

/// The field; one at a time.
const NAME: &str = "account-name";
const HELP: &str = "account-name-help";

impl Card {
    /// Opens the form for its name.
    pub(super) fn open_name_form(self) {
        let account = self.account_untracked();
        let label = account.map_or_else(String::new, |account| account.label.clone());
        self.shared.typed.set(label);
        self.shared.renaming.set(Some(self.id.get_value()));
        spawn_local(async {
            clock::sleep(0).await;
            focus_field(NAME);
        });
    }

    /// Closes it; focus goes back to the button that opened it.
    fn close_name_form(self) {
        let id = self.rename_button_id();
        self.shared.renaming.set(None);
        spawn_local(async move {
            clock::sleep(0).await;
            focus::focus_id(&id);
        });
    }
}

/// The form.
#[component]
pub(super) fn NameForm(card: Card) -> impl IntoView {
    let typed = card.shared.typed;
    let accounts = card.shared.app.accounts;
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let label = typed.get_untracked();
        card.id.with_value(|id| accounts.rename(id, &label));
        card.close_name_form();
    };
    let close_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keys::composes(&event) {
            card.close_name_form();
        }
    };
    view! {
        <form class="form" on:submit=save on:keydown=close_on_escape>
            <div class="field">
                <label for=NAME>{text::ACCOUNT_NAME}</label>
                <input
                    id=NAME
                    type="text"
                    autocomplete="off"
                    maxlength="60"
                    required=true
                    aria-describedby=HELP
                    bind:value=typed
                />
                <p class="help" id=HELP>{text::ACCOUNT_NAME_HELP}</p>
            </div>
            <div class="acts">
                <button type="submit" class="btn primary">{text::SAVE_NAME}</button>
                <button type="button" class="btn" on:click=move |_| card.close_name_form()>
                    {text::CANCEL}
                </button>
            </div>
        </form>
    }
}
