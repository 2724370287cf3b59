//! Every field of a workspace, and the danger zone.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::id::WorkspaceKey;
use steward_domain::role::Access;
use steward_domain::time::Timestamp;
use steward_domain::workspace::{State, Workspace};
use web_sys::Node;

use super::{Shown, start_archive, why};
use crate::pages::gate::standing;
use crate::pages::workspaces::row::{billing_text, role_text, state_badge};
use crate::reactive::memo;
use crate::state::Console;
use crate::text;
use crate::ui::action::{Standing, action_button};
use crate::ui::block::{badge, button, fact};
use crate::ui::el::{self, el, fragment, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::time::{exact, moment};

/// The overview: drawn again when the workspace is another, and for nothing else.
pub fn overview(console: Console, key: WorkspaceKey, shown: Shown) -> Node {
    part(move || {
        let workspace = shown.get()?;
        Some(untrack(|| drawn(console, key.clone(), workspace)))
    })
}

fn drawn(console: Console, key: WorkspaceKey, workspace: Arc<Workspace>) -> Node {
    let account = console.accounts.account();
    let (mark, account) = account
        .map(|account| {
            let label = [account.label.as_str(), " · ", account.description().name].concat();
            (account.description().mark, label)
        })
        .unwrap_or_default();
    let (state_class, state) = state_badge(&workspace);
    let description = match workspace
        .description
        .as_deref()
        .filter(|text| !text.is_empty())
    {
        Some(text) => el("bdi").class("long").text(text),
        None => el("span").class("m").text(text::NONE),
    };
    let account = el("span")
        .class("acct")
        .attr("data-mark", mark)
        .text(&account);
    let seats = workspace
        .seat_limit
        .map_or_else(|| text::NOT_GIVEN.to_owned(), text::seats);
    let updated = moment(workspace.updated.map(Timestamp::as_millis), text::NOT_GIVEN);
    let mut facts = el("dl")
        .class("facts")
        .add(fact(text::STATE, badge(state_class, state)))
        .add(fact(text::DESCRIPTION, description.node()))
        .add(fact(text::ACCOUNT, account.node()))
        .add(fact(text::YOUR_ROLE, role(console, key.clone())))
        .add(fact(
            text::BILLING_MODE,
            el::text(&billing_text(&workspace)),
        ))
        .add(fact(text::SEATS, el::text(&seats)))
        .add(fact(text::CREATED, date(workspace.created)))
        .add(fact(text::UPDATED, updated));
    if let State::Archived(at) = workspace.state {
        facts = facts.add(fact(text::ARCHIVED_AT, date(at)));
    }
    fragment([facts.node(), zone(console, key, workspace)])
}

fn date(at: Option<Timestamp>) -> Node {
    match at {
        Some(at) => exact(at.as_millis()),
        None => el::text(text::NOT_GIVEN),
    }
}

fn role(console: Console, key: WorkspaceKey) -> Node {
    let again = {
        let key = key.clone();
        Callback::new(move |()| console.roles.recheck(&key))
    };
    // Compared as it reads: other workspaces' answers must not draw this one again.
    let word = {
        let key = key.clone();
        memo(move || role_text(&console.roles.access(&key)))
    };
    part(move || {
        let word = el::text(&word.get());
        let meaning = el("span").class("m");
        Some(match untrack(|| console.roles.access(&key)) {
            Access::Unknown => meaning
                .attr("role", "status")
                .text(text::ROLE_PENDING)
                .node(),
            Access::Known(role, _) => {
                fragment([word, meaning.text(text::role_meaning(&role)).node()])
            }
            Access::NotAMember(_) | Access::Unreadable => {
                fragment([word, button("btn quiet", text::CHECK_ROLE, again)])
            }
        })
    })
}

fn zone(console: Console, key: WorkspaceKey, workspace: Arc<Workspace>) -> Node {
    let consequences = console
        .accounts
        .account()
        .map(|account| {
            let service = account.description();
            text::archive_consequences(service.name, service.archive)
        })
        .unwrap_or_default();
    let name = text::name(&workspace);
    let label = text::archive(&name);
    let press = {
        let key = key.clone();
        Callback::new(move |()| start_archive(console, &key, &name))
    };
    let gate = standing(console, Action::Archive, key, workspace);
    let reason = memo(move || match gate.get() {
        Standing::Refused(reason) | Standing::Waiting(reason) => Some(reason),
        Standing::Ready | Standing::Busy => None,
    });
    let inner = fragment([icon(Icon::Box), el("span").class("cut").text(&label).node()]);
    let id = String::from("zone-archive");
    el("section")
        .class("zone")
        .attr("aria-labelledby", "zone-heading")
        .add(
            // One level below the page's heading on a small screen, beside the pane's on a wide one.
            el("h3")
                .attr("role", "heading")
                .attr("aria-level", "2")
                .attr("id", "zone-heading")
                .text(text::ARCHIVE_HEADING),
        )
        .add(el("p").text(&consequences))
        .add(action_button("btn", id, label, Some(inner), gate, press))
        .part(move || reason.get().map(|reason| why(&reason)))
        .node()
}
