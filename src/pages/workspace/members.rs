//! The members of a workspace, read only.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::role::Member;
use steward_domain::time::Timestamp;
use web_sys::Node;

use crate::pages::failed::failed_block;
use crate::state::Console;
use crate::text;
use crate::ui::block::{badge, copyable, state_block};
use crate::ui::el::{El, el, part};
use crate::ui::icon::Icon;
use crate::ui::time::moment;

/// The members tab. The list is the same that my role comes from: it is read once.
pub fn members(console: Console, key: WorkspaceKey) -> Node {
    let again = {
        let key = key.clone();
        Callback::new(move |()| console.roles.recheck(&key))
    };
    // Which answer it is: other workspaces' answers must not draw this one again.
    let answer = {
        let key = key.clone();
        Memo::new(
            move |_| match console.roles.found(&key).map(|found| found.members) {
                None => 0,
                Some(Err(_)) => 1,
                Some(Ok(members)) => Rc::as_ptr(&members).addr(),
            },
        )
    };
    part(move || {
        // Read, not only followed: a memo that nobody reads never looks at what it is made of.
        let _ = answer.get();
        Some(untrack(|| drawn(console, &key, again)))
    })
}

fn drawn(console: Console, key: &WorkspaceKey, again: Callback<()>) -> Node {
    let members = match console.roles.found(key).map(|found| found.members) {
        None => {
            return el("p")
                .class("wait")
                .attr("role", "status")
                .text(text::LOADING_MEMBERS)
                .node();
        }
        Some(Err(failure)) => return failed_block(&failure, again),
        Some(Ok(members)) => members,
    };
    if members.is_empty() {
        let (title, words) = (text::MEMBERS.to_owned(), text::NO_MEMBERS.to_owned());
        return state_block(Icon::Person, title, words, false, None);
    }
    let account = console.accounts.account();
    let me = account.as_ref().and_then(|account| account.me.as_ref());
    let mut rows = el("tbody");
    for member in members.iter() {
        rows = rows.add(row(member, me));
    }
    let head = el("tr")
        .add(head("").text(text::USER))
        .add(head("").text(text::ROLE))
        .add(head("num").text(text::ROLE_CHANGED));
    el("table")
        .class("members")
        .attr("aria-label", text::MEMBERS)
        .add(el("thead").add(head))
        .add(rows)
        .node()
}

fn head(class: &str) -> El {
    el("th").attr("scope", "col").class(class)
}

fn row(member: &Member, me: Option<&UserId>) -> El {
    let mine = (me == Some(&member.user)).then(|| badge("badge", text::YOU));
    let changed = member.changed.map(Timestamp::as_millis);
    el("tr")
        .add(
            el("td")
                .class("id")
                .add(copyable(text::COPY_ID, member.user.as_str()))
                .add_some(mine),
        )
        .add(el("td").text(&text::role(&member.role)))
        .add(el("td").class("num").add(moment(changed, text::NOT_GIVEN)))
}
