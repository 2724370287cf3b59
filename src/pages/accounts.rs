//! The account that is signed in: what service, who, for how long, and the way out.

use leptos::prelude::*;
use web_sys::Node;

use super::failed::sign_in_again;
use super::plain_page;
use crate::state::{Console, console};
use crate::text;
use crate::ui::block::{badge, button, copyable};
use crate::ui::el::{el, part, text};
use crate::ui::time::exact;

/// The accounts page.
pub fn accounts_page() -> Node {
    let console = console();
    plain_page(text::ACCOUNTS, part(move || signed_in(console)))
}

fn signed_in(console: Console) -> Option<Node> {
    let account = console.accounts.account()?;
    let service = account.description();
    let heading = el("h2")
        .add(el("span").class("mark").attr("data-mark", service.mark))
        .text(&account.label)
        .part(move || {
            Some(match console.accounts.has_ended() {
                true => badge("badge warn", text::ENDED),
                false => badge("badge ok", text::CONNECTED),
            })
        });
    let who = account.name.as_deref().unwrap_or(text::NOT_STATED);
    let id = match &account.me {
        Some(id) => copyable(text::COPY_ID, id.as_str()),
        None => text(text::NOT_STATED),
    };
    let kept = match account.kept {
        true => text::SESSION_KEPT,
        false => text::SESSION_MEMORY,
    };
    let ends = match account.session.expires {
        Some(at) => exact(at.as_millis()),
        None => text(text::NOT_STATED),
    };
    let mut facts = el("dl").class("facts");
    for (term, is_code, value) in [
        (text::SERVICE, false, text(service.name)),
        (text::ADDRESS, true, text(&account.service.base)),
        (text::SIGNED_IN_AS, false, el("bdi").text(who).node()),
        (text::USER, true, id),
        (text::SESSION, false, text(kept)),
        (text::SESSION_ENDS, false, ends),
    ] {
        let mut shown = el("dd").add(value);
        if is_code {
            shown = shown.class("id");
        }
        facts = facts.add(el("dt").text(term)).add(shown);
    }
    let leave = Callback::new(move |()| console.accounts.sign_out());
    let acts = el("div")
        .class("acts")
        .part(move || {
            console
                .accounts
                .has_ended()
                .then(|| sign_in_again("btn primary"))
        })
        .add(button("btn", text::SIGN_OUT, leave));
    let card = el("section").class("card");
    Some(card.add(heading).add(facts).add(acts).node())
}
