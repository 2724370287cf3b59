//! An account's name, changed in place: a small form that Enter saves and Escape closes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, Node};

use super::card::Card;
use crate::browser::{clock, focus, keys};
use crate::text;
use crate::ui::el::{el, field_text};
use crate::ui::field::focus_field;
use crate::ui::layout::button;
use leptos::task::spawn_local;

/// The field; one at a time.
const NAME: &str = "account-name";

impl Card {
    /// Opens the form for its name.
    pub(super) fn rename(self) {
        self.shared.typed.set(untrack(|| self.label()));
        self.shared.renaming.set(Some(self.id.get_value()));
        spawn_local(async {
            clock::sleep(0).await;
            focus_field(NAME);
        });
    }

    /// Closes it; focus goes back to the button that opened it.
    fn renamed(self) {
        let id = self.button_id();
        self.shared.renaming.set(None);
        spawn_local(async move {
            clock::sleep(0).await;
            focus::focus_id(&id);
        });
    }
}

/// The form.
pub(super) fn name_form(card: Card) -> Node {
    let typed = card.shared.typed;
    let accounts = card.shared.app.accounts;
    let field = el("input")
        .attr("id", NAME)
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", "60")
        .attr("required", "")
        .attr("aria-describedby", "account-name-help")
        .property("value", move || typed.get().into())
        .on("input", move |event| typed.set(field_text(&event)));
    let field = el("div")
        .class("field")
        .add(el("label").attr("for", NAME).text(text::ACCOUNT_NAME))
        .add(field)
        .add(
            el("p")
                .class("help")
                .attr("id", "account-name-help")
                .text(text::ACCOUNT_NAME_HELP),
        );
    let save = el("button")
        .attr("type", "submit")
        .class("btn primary")
        .text(text::SAVE_NAME);
    let cancel = button("btn", text::CANCEL, Callback::new(move |()| card.renamed()));
    el("form")
        .class("form")
        .on("submit", move |event| {
            event.prevent_default();
            let label = typed.get_untracked();
            card.id.with_value(|id| accounts.rename(id, &label));
            card.renamed();
        })
        .on("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if event.key() == "Escape" && !keys::composes(event) {
                card.renamed();
            }
        })
        .add(field)
        .add(el("div").class("acts").add(save).add(cancel))
        .node()
}
