//! The foot of a form, and the question before what was typed is thrown away.

use leptos::prelude::*;
use web_sys::Node;

use super::{Acts, Fields, id_of};
use crate::browser::page;
use crate::text;
use crate::ui::dialog::dialog;
use crate::ui::el::{el, fragment};
use crate::ui::layout::{button, press};

/// A form's own words.
pub struct Words {
    /// On the button that sends.
    pub send: &'static str,
    /// On the buttons that throw away.
    pub discard: &'static str,
    /// Above the question whether to.
    pub title: &'static str,
    /// The question.
    pub question: &'static str,
}

impl Fields {
    /// The buttons below the fields.
    #[must_use]
    pub fn foot(self, words: &'static Words, acts: Acts) -> Node {
        let leave = move || match acts.dirty.get() {
            true => words.discard.to_owned(),
            false => text::CANCEL.to_owned(),
        };
        let send = el("button")
            .attr("type", "submit")
            .class("btn primary")
            .when("aria-disabled", move || !acts.ready.get())
            .when("aria-busy", move || self.is_sending())
            .attr("aria-describedby", "save-help")
            .text(words.send);
        let help = el("span")
            .class("sr")
            .attr("id", "save-help")
            .attr("role", "status")
            .live_text(move || acts.said.get().to_owned());
        el("div")
            .class("form-foot")
            .add(press("btn", Callback::new(move |()| self.leave(acts))).live_text(leave))
            .add(send)
            .add(help)
            .node()
    }

    /// The question before what was typed is thrown away. It stands beside the form, not in it.
    #[must_use]
    pub fn question(self, words: &'static Words, acts: Acts) -> Node {
        let keep = Callback::new(move |()| self.asking.set(false));
        let discard = Callback::new(move |()| {
            page::guard_leaving(false);
            self.asking.set(false);
            acts.discard.run(());
        });
        let body = move || {
            let question = el("div").class("body").add(el("p").text(words.question));
            let buttons = el("footer")
                .add(button("btn", text::KEEP_EDITING, keep))
                .add(button("btn danger", words.discard, discard));
            fragment([question.node(), buttons.node()])
        };
        dialog(
            Signal::derive(move || self.asking.get()),
            Signal::derive(|| words.title.to_owned()),
            Signal::derive(|| false),
            Signal::derive(move || {
                let first = self
                    .raw
                    .with(|raw| raw.fields().next().map(|(field, _)| field));
                first.map(id_of)
            }),
            keep,
            Box::new(body),
        )
    }
}
