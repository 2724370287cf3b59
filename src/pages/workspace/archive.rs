//! The archive dialog: what it means, which workspace exactly, the typed name, one request. A
//! refusal stays in the dialog with the service's own words.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Changed, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::StateFilter;
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, Node};

use super::{HEADING_ID, archive_id, focus_soon, open_id, why};
use crate::pages::failed::failed_note;
use crate::pages::gate::verdict;
use crate::reactive::{Store, Value, follow, live, memo, spawn};
use crate::state::archiving::{Phase, Target};
use crate::state::place::Place;
use crate::state::{Console, console};
use crate::text;
use crate::ui::block::{button, note};
use crate::ui::copy::copy_button;
use crate::ui::dialog::dialog;
use crate::ui::el::{El, el, field_text, group};
use crate::ui::icon::{Icon, icon};

/// The dialog, once for the whole app.
#[must_use]
pub fn archive_dialog() -> Node {
    let console = console();
    let archiving = console.archiving;
    follow_success(console, Place::get());
    dialog(
        live(move || archiving.target().is_some()),
        live(move || {
            archiving
                .target()
                .map(|target| text::archive(&target.name))
                .unwrap_or_default()
        }),
        live(move || archiving.phase() == Phase::Sending),
        live(move || archiving.target().map(|target| archive_id(&target.key))),
        Callback::new(move |()| archiving.close()),
        Box::new(move || match archiving.target() {
            Some(target) => untrack(|| body(console, target)),
            None => group(&[]),
        }),
    )
}

/// After a success focus goes to the heading of the open workspace, or along the list: what opened
/// the dialog has left with its row.
fn follow_success(console: Console, place: Place) {
    let archiving = console.archiving;
    let mut sent = None::<(WorkspaceKey, Vec<String>)>;
    follow(move || match (archiving.target(), archiving.phase()) {
        // Looked up while the row still stands.
        (Some(target), Phase::Sending) => sent = Some((target.key.clone(), beside(&target.key))),
        (Some(_), _) => sent = None,
        (None, _) => {
            // Whoever signed out meanwhile has left the list as well.
            let here = |sent: &(WorkspaceKey, _)| console.accounts.of(&sent.0).is_some();
            let Some((key, beside)) = sent.take().filter(here) else {
                return;
            };
            let mut ids = Vec::new();
            if untrack(|| place.open()).as_ref() == Some(&key) {
                ids.push(HEADING_ID.to_owned());
            }
            let archived = |workspace: Arc<Workspace>| workspace.state.is_archived();
            if console.workspaces.get_untracked(&key).is_some_and(archived) {
                // Where archived ones are shown its row has stayed.
                ids.push(archive_id(&key));
            }
            ids.extend(beside);
            focus_soon(ids, false);
        }
    });
}

/// The links of the rows after a row, then those before it, the nearest first.
fn beside(key: &WorkspaceKey) -> Vec<String> {
    let link = document().get_element_by_id(&open_id(key));
    let row = link.and_then(|link| link.closest("tr").ok().flatten());
    let mut ids = Vec::new();
    for step in [
        Element::next_element_sibling,
        Element::previous_element_sibling,
    ] {
        let mut at = row.as_ref().and_then(step);
        while let Some(row) = at {
            if let Ok(Some(link)) = row.query_selector("a[id]") {
                ids.push(link.id());
            }
            at = step(&row);
        }
    }
    ids
}

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Asked {
    console: Console,
    target: Store<Target>,
    opened_with: Store<Option<Arc<Workspace>>>,
    typed: Value<String>,
}

impl Asked {
    /// Why this workspace cannot be archived, whatever is typed.
    fn denied(self) -> Option<String> {
        let key = self.target.with_value(|target| target.key.clone());
        let workspaces = self.console.workspaces;
        let workspace = workspaces
            .get(&key)
            .or_else(|| self.opened_with.get_value());
        let verdict = workspace.map_or(Verdict::Pending, |workspace| {
            verdict(self.console, Action::Archive, &key, &workspace)
        });
        match verdict {
            Verdict::Allowed => None,
            Verdict::Pending => Some(text::ONE_MOMENT.to_owned()),
            Verdict::Denied(denial) => Some(text::denial(Action::Archive, &denial)),
        }
    }

    /// Why the request cannot be sent now. The button says it, and sending asks it again.
    fn refusal(self) -> Option<String> {
        let exact = self.typed.with(|typed| {
            self.target
                .with_value(|target| !typed.is_empty() && *typed == target.name)
        });
        self.denied()
            .or_else(|| (!exact).then(|| text::EXACT_NAME.to_owned()))
    }

    fn is_sending(self) -> bool {
        self.console.archiving.phase() == Phase::Sending
    }

    fn is_ready(self) -> bool {
        !self.is_sending() && self.refusal().is_none()
    }

    /// The one way to the request.
    fn send(self) {
        if untrack(|| self.is_ready()) {
            self.console.archiving.send(self.console, text::archived);
        }
    }

    fn look(self) {
        let key = self.target.with_value(|target| target.key.clone());
        spawn(async move {
            let _ = self.console.workspaces.refresh(&key).await;
        });
    }

    /// What came of the request.
    fn outcome(self) -> Option<Node> {
        let Phase::Failed(failure) = self.console.archiving.phase() else {
            return None;
        };
        // After an unknown outcome the next step is to look, not to press again.
        let unknown = failure.changed != Changed::No && failure.kind != FailureKind::SignedOut;
        let look = unknown.then(|| Callback::new(move |()| self.look()));
        Some(failed_note(&failure, look))
    }
}

fn body(console: Console, target: Target) -> Node {
    let asked = Asked {
        console,
        opened_with: Store::new(console.workspaces.get(&target.key)),
        target: Store::new(target.clone()),
        typed: Value::new(String::new()),
    };
    let (label, service, consequences) = console
        .accounts
        .account()
        .map(|account| {
            let service = account.description();
            let consequences = text::archive_consequences(service.name, service.archive);
            (account.label.clone(), service.name, consequences)
        })
        .unwrap_or_default();
    let denied = memo(move || asked.denied());
    let standing = move || {
        let words = denied.get()?;
        if words != text::ARCHIVED_ALREADY {
            return Some(why(&words));
        }
        let title = text::state_filter(StateFilter::Archived).to_owned();
        Some(note("info", title, words, None))
    };
    let which = el("p")
        .class("which")
        .text(&[label.as_str(), " · ", service, " · "].concat())
        .add(el("span").class("id").text(target.key.id.as_str()));
    let content = el("div")
        .class("body")
        .add(which)
        .part(move || asked.outcome())
        .part(standing)
        .add(el("p").text(&consequences))
        .add(field(asked, &target.name));
    let submit = move |event: Event| {
        event.prevent_default();
        asked.send();
    };
    el("form")
        .class("form")
        .on("submit", submit)
        .add(content)
        .add(foot(asked, &text::archive(&target.name)))
        .node()
}

fn field(asked: Asked, name: &str) -> El {
    let input = el("input")
        .attr("id", "confirm-name")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("data-autofocus", "")
        .attr("aria-describedby", "confirm-help")
        .when("readonly", move || asked.is_sending())
        .property("value", move || JsValue::from_str(&asked.typed.get()))
        .on("input", move |event| asked.typed.set(field_text(&event)));
    let copy = copy_button(
        text::COPY_NAME.to_owned(),
        text::COPIED.to_owned(),
        name.to_owned(),
    );
    el("div")
        .class("field")
        .add(
            el("label")
                .attr("for", "confirm-name")
                .text(text::TYPE_NAME),
        )
        .add(
            el("p")
                .class("which-name")
                .add(el("bdi").text(name))
                .add(copy),
        )
        .add(input)
        .add(
            el("p")
                .class("help")
                .attr("id", "confirm-help")
                .text(text::TYPE_NAME_HELP),
        )
}

fn foot(asked: Asked, verb: &str) -> El {
    let archiving = asked.console.archiving;
    let keep = Callback::new(move |()| archiving.close());
    let send = el("button")
        .attr("type", "submit")
        .class("btn danger")
        .when("aria-disabled", move || !asked.is_ready())
        .when("aria-busy", move || asked.is_sending())
        .live("aria-description", move || asked.refusal())
        .add(icon(Icon::Box))
        .add(el("span").class("cut").text(verb));
    let said = move || match asked.is_sending() {
        true => text::ARCHIVING.to_owned(),
        false => String::new(),
    };
    el("footer")
        .add(button("btn", text::KEEP_WORKSPACE, keep))
        .add(send)
        .add(
            el("span")
                .class("sr")
                .attr("role", "status")
                .live_text(said),
        )
}
