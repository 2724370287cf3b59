//! The members of a workspace: who, in which role, and changing that.
//!
//! Guarantees: thousands of members do not hold the page up, since only some are drawn at a time;
//! nothing is shown as changed before the service's list says so.

mod add;
mod desk;
mod people;
mod remove;
mod row;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::id::WorkspaceKey;
use steward_domain::membership::MemberChange;
use steward_domain::provider::AccessSource;
use steward_domain::role::Member;
use steward_domain::workspace::{Kind, Workspace};
use wasm_bindgen::JsValue;
use web_sys::Node;

use self::desk::{Desk, Open, nobody};
use super::{HEADING_ID, focus_soon, why};
use crate::browser::letters::fold;
use crate::pages::failure_notice::{Again, failed_block};
use crate::pages::gate::availability;
use crate::state::AppState;
use crate::text;
use crate::ui::action::{Availability, action_button};
use crate::ui::el::{El, el, field_text, fragment, group, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, note, state_block};

/// How many members are drawn at once, and how many more on request.
const AT_ONCE: usize = 100;

/// From how many members on there is a filter.
const MANY: usize = 8;

/// The members tab. The list is the same that my role comes from: it is read once.
pub fn members(app: AppState, key: WorkspaceKey) -> Node {
    let Some(account) = app.accounts.of(&key) else {
        return group(&[]);
    };
    let service = account.description();
    let kind = {
        let key = key.clone();
        Memo::new(move |_| app.workspaces.get(&key).map(|found| found.kind))
    };
    let desk = Desk::new(app, service, key);
    part(move || match kind.get()? {
        Kind::Default => {
            let (title, words) = (text::EVERYBODY.to_owned(), text::EVERYBODY_TEXT.to_owned());
            Some(state_block(Icon::Person, title, words, false, None))
        }
        Kind::Ordinary | Kind::ForTool => Some(untrack(|| listed(desk))),
    })
}

fn listed(desk: Desk) -> Node {
    let app = desk.app;
    if desk.service.access == AccessSource::Organization {
        // Nobody else asks for them, because my role does not come from there.
        desk.key.with_value(|key| app.roles.want(key.clone()));
    }
    let again = Callback::new(move |()| {
        desk.key.with_value(|key| app.roles.recheck(key));
        // The button goes with what it mends.
        focus_soon(vec![HEADING_ID.to_owned()], true);
    });
    let again = Again::by_itself(again);
    let whose = desk.key.with_value(|key| key.account.clone());
    // Which answer it is: other workspaces' answers must not draw this one again.
    let answer = Memo::new(move |_| match desk.members() {
        None => 0,
        Some(Err(_)) => 1,
        Some(Ok(members)) => Arc::as_ptr(&members).addr(),
    });
    let list = part(move || {
        // Read, not only followed: a memo that nobody reads never looks at what it is made of.
        let _ = answer.get();
        Some(untrack(|| match desk.members() {
            None => el("p")
                .class("wait")
                .attr("role", "status")
                .text(text::LOADING_MEMBERS)
                .node(),
            Some(Err(failure)) => failed_block(&whose, &failure, again),
            // Entries are there, only none that could be read.
            Some(Ok(members)) if members.is_empty() && desk.skipped() > 0 => group(&[]),
            Some(Ok(members)) => table(desk, members),
        }))
    });
    let odd = move || {
        let skipped = desk.skipped();
        let said = || (text::MEMBERS_ODD.to_owned(), text::members_skipped(skipped));
        (skipped > 0).then(|| {
            let (title, words) = said();
            note("warning", title, words, None)
        })
    };
    // What failed stands where it was asked for, as long as that is still there.
    let stray = move || {
        let lost = matches!(desk.open.get(), Open::Role(_)) && !desk.manages();
        lost.then(|| desk.failure()).flatten()
    };
    let content = el("div")
        .class("people")
        .part(move || desk.workspace().map(|found| untrack(|| head(desk, found))))
        .part(stray)
        .part(odd)
        .add(list)
        .add(
            el("span")
                .class("sr")
                .attr("role", "status")
                .live_text(move || match desk.sending.get() {
                    true => text::CHANGING.to_owned(),
                    false => String::new(),
                }),
        );
    fragment([content.node(), remove::question(desk)])
}

/// The way to add somebody, or why there is none.
fn head(desk: Desk, workspace: Arc<Workspace>) -> Node {
    let adding = Signal::derive(move || desk.open.with(|open| *open == Open::Add));
    let gate = may_add(desk, workspace);
    let reason = Memo::new(move |_| match gate.get() {
        Availability::Disabled(reason) => Some(reason),
        Availability::Enabled | Availability::Busy | Availability::Pending(_) => None,
    });
    part(move || {
        if adding.get() {
            return Some(untrack(|| add::form(desk)));
        }
        let press = Callback::new(move |()| desk.begin(Open::Add));
        let inner = fragment([icon(Icon::Plus), crate::ui::el::text(text::ADD_MEMBER)]);
        let (id, label) = (desk::ADD_ID.to_owned(), text::ADD_MEMBER.to_owned());
        let add = action_button("btn", id, label, Some(inner), gate, press);
        let head = el("div").class("people-head").add(add);
        Some(
            head.part(move || reason.get().map(|reason| why(&reason)))
                .node(),
        )
    })
}

/// Whether anybody can be added now. Who exactly is asked once it is known.
fn may_add(desk: Desk, workspace: Arc<Workspace>) -> Signal<Availability> {
    let gate = desk
        .key
        .with_value(|key| availability(desk.app, Action::Manage, key.clone(), workspace));
    Signal::derive(move || match gate.get() {
        Availability::Enabled => {
            let add = desk.weakest().zip(nobody());
            let add = add.map(|(role, user)| MemberChange::Add(user, role));
            desk.availability(add.and_then(|add| desk.refusal(&add)))
        }
        other => other,
    })
}

fn table(desk: Desk, members: Arc<[Member]>) -> Node {
    if members.is_empty() {
        let (title, words) = (text::MEMBERS.to_owned(), text::NO_MEMBERS.to_owned());
        return state_block(Icon::Person, title, words, false, None);
    }
    let all = members.len();
    let typed = RwSignal::new(String::new());
    let most = RwSignal::new(AT_ONCE);
    let manages = Memo::new(move |_| desk.manages());
    if desk.lists_people() && members.iter().any(people::is_bare) {
        desk.know_people();
    }
    let members = Memo::new(move |_| desk.called(&members));
    let folded = Memo::new(move |_| members.with(|members| folded(members)));
    let fitting = Memo::new(move |_| folded.with(|folded| fitting(folded, &typed.get())));
    let more = Callback::new(move |()| most.update(|most| *most += AT_ONCE));
    let rows = move || {
        let manages = manages.get();
        let members = members.get();
        let drawn: Vec<Node> = fitting.with(|fitting| {
            let shown = fitting.iter().take(most.get());
            shown
                .filter_map(|at| members.get(*at))
                .map(|member| untrack(|| row::row(desk, member, manages)))
                .collect()
        });
        Some(group(&drawn))
    };
    let filter = el("div")
        .class("search")
        .add(icon(Icon::Find))
        .add(
            el("input")
                .attr("type", "search")
                .attr("aria-label", text::FILTER_MEMBERS)
                .attr("placeholder", text::FILTER_MEMBERS)
                .property("value", move || JsValue::from_str(&typed.get()))
                .on("input", move |event| {
                    most.set(AT_ONCE);
                    typed.set(field_text(&event));
                }),
        )
        .node();
    let count = el("span")
        .class("m")
        .attr("role", "status")
        .live_text(move || text::members(fitting.with(Vec::len), all));
    let bar = el("div")
        .class("people-bar")
        .add_some((all > MANY).then_some(filter))
        .add(count);
    let titles = el("tr")
        .add(title().text(text::PERSON))
        .add(title().text(text::ROLE))
        .add(title().add(el("span").class("sr").text(text::ACTIONS)));
    let table = el("table")
        .class("members")
        .attr("aria-label", text::MEMBERS)
        .attr("aria-rowcount", &(all + 1).to_string())
        .add(el("thead").add(titles))
        .add(el("tbody").part(rows));
    let rest = move || {
        let fits = fitting.with(Vec::len);
        if fits == 0 {
            return Some(el("p").class("wait").text(text::NO_MEMBER_FITS).node());
        }
        (fits > most.get()).then(|| button("btn", text::SHOW_MORE, more))
    };
    fragment([bar.node(), table.node(), part(rest)])
}

fn title() -> El {
    el("th").attr("scope", "col")
}

/// Who each member is and what their role is called, here and at the service, as they are searched for.
fn folded(members: &[Member]) -> Vec<(String, [String; 2])> {
    let folded = |member: &Member| {
        let roles = [fold(&text::role(&member.role)), fold(member.role.as_str())];
        (people::haystack(&member.person), roles)
    };
    members.iter().map(folded).collect()
}

/// The places of the members with each word in their name, address or id, or with the text as their role.
fn fitting(members: &[(String, [String; 2])], typed: &str) -> Vec<usize> {
    let typed = fold(typed);
    let all = members.iter().enumerate();
    all.filter(|(_, (who, roles))| people::fits(who, &typed) || roles.contains(&typed))
        .map(|(at, _)| at)
        .collect()
}

impl Desk {
    /// The workspace as it is known now.
    fn workspace(self) -> Option<Arc<Workspace>> {
        self.key.with_value(|key| self.app.workspaces.get(key))
    }

    /// Whether I may change the members.
    fn manages(self) -> bool {
        let Some(workspace) = self.workspace() else {
            return false;
        };
        let verdict = self
            .key
            .with_value(|key| self.app.verdict(Action::Manage, key, &workspace));
        verdict == Verdict::Allowed
    }
}
