//! The API keys that stop working with a workspace, where a service does that.
//!
//! Guarantees: not known is never shown as none.

use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::provider::Effect;
use web_sys::Node;

use super::Asked;
use crate::pages::display_name::display_name;
use crate::text;
use crate::ui::el::{el, fragment, part};
use crate::ui::layout::{button, note};
use leptos::task::spawn_local;

/// How many keys are named.
const NAMED: usize = 10;

/// Names of keys and the parts of them that the service shows, once they have been read.
type Keys = Option<Result<Vec<(String, Option<String>)>, Failure>>;

/// The keys of the workspace, read as the dialog opens.
pub fn keys(asked: Asked) -> Option<Node> {
    let effects = asked.service?.archive.effects;
    let within_seconds = effects.contains(&Effect::KeysStop);
    if !within_seconds && !effects.contains(&Effect::KeysUnusable) {
        return None;
    }
    let found = RwSignal::new(None);
    let read = Callback::new(move |()| {
        found.set(None);
        read(asked, found);
    });
    read.run(());
    let count = move || match found.get() {
        None => text::KEYS_LOADING.to_owned(),
        Some(Ok(keys)) if keys.is_empty() => text::KEYS_NONE.to_owned(),
        Some(Ok(keys)) => text::keys_stop(keys.len(), within_seconds),
        Some(Err(_)) => String::new(),
    };
    let list = move || match found.get()? {
        Ok(keys) if keys.is_empty() => None,
        Ok(keys) => Some(list(&keys)),
        Err(failure) => Some(untrack(|| unread(&failure, read))),
    };
    let count = el("p").attr("role", "status").live_text(count).node();
    Some(
        el("div")
            .class("keys")
            .add(fragment([count, part(list)]))
            .node(),
    )
}

fn read(asked: Asked, found: RwSignal<Keys>) {
    let (app, key) = (
        asked.app,
        asked.target.with_value(|target| target.key.clone()),
    );
    spawn_local(async move {
        let Some(account) = app.accounts.of(&key) else {
            return;
        };
        let keys = account.service.keys(&key.id).await;
        if !app.accounts.same_user(&account) {
            return;
        }
        if let Err(failure) = &keys {
            app.workspaces.heed(&account, failure);
        }
        let keys = keys.map(|keys| {
            let keys = keys.into_iter();
            keys.map(|key| (key.name, key.hint)).collect()
        });
        found.try_set(Some(keys));
    });
}

fn list(keys: &[(String, Option<String>)]) -> Node {
    let mut list = el("ul");
    for (name, hint) in keys.iter().take(NAMED) {
        let hint = hint.as_deref();
        let hint = hint.map(|hint| {
            el("span")
                .class("id")
                .attr("translate", "no")
                .add(display_name(hint))
                .node()
        });
        list = list.add(el("li").add(display_name(name)).text(" ").add_some(hint));
    }
    if let more @ 1.. = keys.len().saturating_sub(NAMED) {
        list = list.add(el("li").class("m").text(&text::and_more(more)));
    }
    list.node()
}

fn unread(failure: &Failure, again: Callback<()>) -> Node {
    let words = [
        text::KEYS_UNKNOWN_TEXT,
        " ",
        &text::failure_text(failure, false),
    ]
    .concat();
    let again = button("btn", text::RELOAD, again);
    let acts = el("div").class("acts").add(again).node();
    note("warning", text::KEYS_UNKNOWN.to_owned(), words, Some(acts))
}
