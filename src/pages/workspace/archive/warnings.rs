//! What to look at before archiving: a workspace that a tool signs in with, a name that hides
//! something, and other workspaces that can be taken for this one.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::confusables::{Confusable, has, has_skeleton, skeleton};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::{Kind, Workspace};
use web_sys::Node;

use super::Asked;
use crate::browser::letters::seen;
use crate::pages::workspaces::row::state_class;
use crate::text;
use crate::ui::el::{el, group};
use crate::ui::layout::badge;

/// How many other workspaces are named.
const NAMED: usize = 5;

/// Another workspace, and whether its name is exactly the same.
type Twin = (WorkspaceKey, Arc<Workspace>, bool);

/// The warnings. They stand where they are and are read out with the field for the name.
pub fn warnings(asked: Asked) -> Node {
    let mut warnings = Vec::new();
    let kind = asked.opened_with.get_value().map(|opened| opened.kind);
    if kind == Some(Kind::ForTool) {
        warnings.push(warning(text::TOOL_STOPS, text::TOOL_STOPS_TEXT, None));
    }
    let name = asked.target.with_value(|target| target.name.clone());
    let hides = has(&name, |odd| odd != Confusable::LookAlike);
    let alike = has(&name, |odd| odd == Confusable::LookAlike);
    if hides {
        warnings.push(warning(text::ODD_NAME, text::ODD_HIDDEN, None));
    }
    if alike {
        warnings.push(warning(text::ODD_NAME, text::ODD_ALIKE, None));
    }
    let twins = Memo::new(move |_| twins(asked));
    el("div")
        .class("warnings")
        .attr("id", "confirm-warnings")
        .add(group(&warnings))
        .part(move || {
            let twins = twins.get();
            (!twins.is_empty()).then(|| untrack(|| compared(asked, &twins)))
        })
        .node()
}

fn warning(title: &str, words: &str, more: Option<Node>) -> Node {
    el("div")
        .class("note warning")
        .add(el("strong").text(title))
        .add(el("p").text(words))
        .add_some(more)
        .node()
}

/// The workspaces of all accounts whose names are this one's, or look the same.
fn twins(asked: Asked) -> Vec<Twin> {
    let (key, name) = asked
        .target
        .with_value(|target| (target.key.clone(), target.name.clone()));
    let mine = skeleton(&seen(&name));
    asked.app.workspaces.with_rows(|rows| {
        let alike = rows.iter().filter_map(|row| {
            let same = row.workspace.name == name;
            let other = &row.workspace.name;
            let alike = same
                || match other.is_ascii() {
                    true => has_skeleton(other, &mine),
                    false => has_skeleton(&seen(other), &mine),
                };
            // By key last: most are told apart by their first letters.
            (alike && row.key != key).then(|| (row.key.clone(), Arc::clone(&row.workspace), same))
        });
        alike.collect()
    })
}

/// This one and the others, by what tells them apart.
fn compared(asked: Asked, twins: &[Twin]) -> Node {
    let (key, name) = asked
        .target
        .with_value(|target| (target.key.clone(), target.name.clone()));
    let same = twins.iter().filter(|(.., same)| *same).count();
    let this = el("li")
        .add(asked.app.place_of(&key))
        .text(" ")
        .add(badge("badge", text::THIS_ONE));
    let mut list = el("ul").add(this);
    for (key, workspace, _) in twins.iter().take(NAMED) {
        let state = &workspace.state;
        let archived =
            (!state.is_active()).then(|| badge(state_class(workspace), &text::state(state)));
        let other = el("li").add(asked.app.place_of(key)).text(" ");
        list = list.add(other.add_some(archived));
    }
    if let more @ 1.. = twins.len().saturating_sub(NAMED) {
        list = list.add(el("li").class("m").text(&text::and_more(more)));
    }
    let title = text::twins(&name, same, twins.len() - same);
    warning(&title, text::TWINS, Some(list.node()))
}
