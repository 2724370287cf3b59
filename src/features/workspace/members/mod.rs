//! The members of a workspace: who, in which role, and changing that.
//!
//! Guarantees: thousands of members do not hold the page up, since only some are drawn at a time;
//! nothing is shown as changed before the service's list says so.

mod add;
mod parts;
mod people;
mod remove;
mod row;
mod state;
mod table;

use leptos::prelude::*;
use steward_domain::id::WorkspaceKey;
use steward_domain::provider::AccessSource;
use steward_domain::workspace::Kind;

use self::add::AddForm;
use self::parts::ChangeFailure;
use self::remove::RemoveDialog;
use self::state::{ADD_ID, MembersState, Open};
use self::table::MemberTable;
use super::{HEADING_ID, Why, focus_soon};
use crate::components::failure_notice::{Again, FailedBlock};
use crate::state::AppState;
use crate::text;
use crate::ui::action::{Availability, GatedButton};
use crate::ui::icon::Icon;
use crate::ui::layout::{Note, StateBlock};

/// The members tab. The list is the same that my role comes from: it is read once.
#[component]
pub(crate) fn MembersTab(app: AppState, key: WorkspaceKey) -> impl IntoView {
    let service = app.accounts.of(&key)?.description();
    let kind = {
        let key = key.clone();
        Memo::new(move |_| app.workspaces.get(&key).map(|found| found.kind))
    };
    let state = MembersState::new(app, service, key);
    let shown = move || {
        kind.get().map(|kind| match kind {
            Kind::Default => view! {
                <StateBlock
                    icon=Icon::Person
                    title=text::EVERYBODY
                    text=text::EVERYBODY_TEXT
                />
            }
            .into_any(),
            Kind::Ordinary | Kind::ForTool => view! { <MemberManagement state=state/> }.into_any(),
        })
    };
    Some(shown)
}

/// A workspace that has a list of members, with everything that can be done to it.
#[component]
fn MemberManagement(state: MembersState) -> impl IntoView {
    if state.service.access == AccessSource::Organization {
        // Nobody else asks for them, because my role does not come from there.
        state
            .key
            .with_value(|key| state.app.workspaces.want_members(key.clone()));
    }
    let skipped = Memo::new(move |_| state.skipped());
    let odd = move || {
        let skipped = skipped.get();
        (skipped > 0).then(|| {
            let words = text::members_skipped(skipped);
            view! { <Note tone="warning" title=text::MEMBERS_ODD text=words/> }
        })
    };
    let is_adding = move || state.open.with(|open| *open == Open::Add);
    // What failed stands where it was asked for, as long as that is still there.
    let has_lost_its_place =
        move || state.open.with(|open| matches!(open, Open::Role(_))) && !state.manages();
    let under_way = move || match state.change.pending() {
        true => text::CHANGING,
        false => "",
    };
    view! {
        <div class="people">
            <Show when=is_adding fallback=move || view! { <AddButton state=state/> }>
                <AddForm state=state/>
            </Show>
            <Show when=has_lost_its_place>
                <ChangeFailure state=state/>
            </Show>
            {odd}
            <MemberList state=state skipped=skipped/>
            <span class="sr" role="status" prop:textContent=under_way></span>
        </div>
        <RemoveDialog state=state/>
    }
}

/// The way to add somebody, or why there is none.
#[component]
fn AddButton(state: MembersState) -> impl IntoView {
    let availability = Memo::new(move |_| state.may_add());
    let refusal = move || match availability.get() {
        Availability::Disabled(reason) => Some(view! { <Why reason=reason/> }),
        Availability::Enabled | Availability::Busy | Availability::Pending(_) => None,
    };
    view! {
        <div class="people-head">
            <GatedButton
                class="btn"
                id=ADD_ID
                label=text::ADD_MEMBER
                availability=availability
                on_press=Callback::new(move |()| state.begin(Open::Add))
            >
                <Icon icon=Icon::Plus/>
                {text::ADD_MEMBER}
            </GatedButton>
            {refusal}
        </div>
    }
}

/// The members as the service last gave them, or why they are not there. `skipped`: how many more could not be read.
#[component]
fn MemberList(state: MembersState, skipped: Memo<usize>) -> impl IntoView {
    let again = Again::by_itself(Callback::new(move |()| {
        state
            .key
            .with_value(|key| state.app.workspaces.recheck_access(key));
        // The button goes with what it mends.
        focus_soon(vec![HEADING_ID.to_owned()], true);
    }));
    // Answers about other workspaces must not draw this one again.
    let answer = Memo::new(move |_| state.members());
    move || match answer.get() {
        None => view! { <p class="wait" role="status">{text::LOADING_MEMBERS}</p> }.into_any(),
        Some(Err(failure)) => {
            let whose = state.key.with_value(|key| key.account.clone());
            view! { <FailedBlock whose=whose failure=failure again=again/> }.into_any()
        }
        // Entries are there, only none that could be read.
        Some(Ok(members)) if members.is_empty() && skipped.get() > 0 => ().into_any(),
        Some(Ok(members)) => view! { <MemberTable state=state members=members/> }.into_any(),
    }
}
