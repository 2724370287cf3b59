//! What to look at before archiving: a workspace that a tool signs in with, a name that hides
//! something, and other workspaces that can be taken for this one.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::confusables::{Confusable, has, has_skeleton, skeleton};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::{Kind, Workspace};

use super::{Asked, WorkspacePlace};
use crate::browser::letters::seen;
use crate::features::workspaces::row::state_class;
use crate::text;

/// How many other workspaces are named.
const NAMED: usize = 5;

/// Another workspace, and whether its name is exactly the same.
type Twin = (WorkspaceKey, Arc<Workspace>, bool);

/// The warnings. They stand where they are and are read out with the field for the name.
#[component]
pub(super) fn Warnings(asked: Asked) -> impl IntoView {
    let kind = asked.opened_with.get_value().map(|opened| opened.kind);
    let is_for_tool = kind == Some(Kind::ForTool);
    let name = asked.target.with_value(|target| target.name.clone());
    let hides = has(&name, |odd| odd != Confusable::LookAlike);
    let alike = has(&name, |odd| odd == Confusable::LookAlike);
    let twins = Memo::new(move |_| twins(asked));
    let compared = move || {
        let twins = twins.get();
        // A closure of its own, so that all of it is drawn anew: a translator may have replaced its texts.
        (!twins.is_empty()).then_some(move || view! { <Compared asked=asked twins=twins.clone()/> })
    };
    view! {
        <div class="warnings" id="confirm-warnings">
            {is_for_tool.then(|| view! {
                <Warning title=text::TOOL_STOPS words=text::TOOL_STOPS_TEXT/>
            })}
            {hides.then(|| view! { <Warning title=text::ODD_NAME words=text::ODD_HIDDEN/> })}
            {alike.then(|| view! { <Warning title=text::ODD_NAME words=text::ODD_ALIKE/> })}
            {compared}
        </div>
    }
}

/// One warning. It is not announced by itself: it is read out with the field.
#[component]
fn Warning(
    #[prop(into)] title: String,
    words: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="note warning">
            <strong>{title}</strong>
            <p>{words}</p>
            {children.map(|children| children())}
        </div>
    }
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
#[component]
fn Compared(asked: Asked, twins: Vec<Twin>) -> impl IntoView {
    let app = asked.app;
    let (key, name) = asked
        .target
        .with_value(|target| (target.key.clone(), target.name.clone()));
    let same = twins.iter().filter(|(.., same)| *same).count();
    let title = text::twins(&name, same, twins.len() - same);
    let more = twins.len().saturating_sub(NAMED);
    let others = twins
        .into_iter()
        .take(NAMED)
        .map(move |(key, workspace, _)| {
            let state = (!workspace.state.is_active()).then(|| {
                view! {
                    <span class=state_class(&workspace)>{text::state(&workspace.state)}</span>
                }
            });
            view! {
                <li>
                    <WorkspacePlace app=app key=key/>
                    " "
                    {state}
                </li>
            }
        });
    view! {
        <Warning title=title words=text::TWINS>
            <ul>
                <li>
                    <WorkspacePlace app=app key=key/>
                    " "
                    <span class="badge">{text::THIS_ONE}</span>
                </li>
                {others.collect_view()}
                {(more > 0).then(|| view! { <li class="m">{text::and_more(more)}</li> })}
            </ul>
        </Warning>
    }
}
