//! One member, and the place where their role is changed.

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::membership::MemberChange;
use steward_domain::odd::Part;
use steward_domain::role::Member;
use steward_domain::time::Timestamp;

use super::parts::{ChangeFailure, PersonName, RoleField};
use super::state::{MembersState, Open, remove_id, role_id};
use crate::features::workspace::focus_soon;
use crate::text;
use crate::ui::action::{Availability, GatedButton};
use crate::ui::icon::Icon;
use crate::ui::time::Moment;

/// The id of the list in the editor of a role.
const ROLE_FIELD_ID: &str = "member-role";

/// The row of a member, and below it the editor of their role while that is open. `manages`: whether I may change the
/// members.
#[component]
pub(super) fn MemberRow(state: MembersState, member: Member, manages: Memo<bool>) -> impl IntoView {
    let is_me = state.is_me(&member.person.id);
    let rules = state.service.members.as_ref();
    let leaves = is_me && rules.is_some_and(|rules| rules.leave);
    let edits = {
        let opened = Open::Role(member.person.id.clone());
        move || manages.get() && state.open.with(|open| *open == opened)
    };
    let person = member.person.clone();
    let member = StoredValue::new(member);
    // Not only shown or hidden: with what I may do, the rules answer differently as well.
    let change = move || {
        manages.get().then(|| {
            view! { <ChangeRoleButton state=state member=member.get_value()/> }
        })
    };
    let remove = move || {
        (manages.get() || leaves).then(|| {
            view! { <RemoveButton state=state member=member.get_value() is_me=is_me/> }
        })
    };
    view! {
        <tr>
            <td class="name">
                <PersonName person=person copies=true is_me=is_me/>
            </td>
            <RoleCell state=state member=member.get_value()/>
            <td class="acts">{change} {remove}</td>
        </tr>
        <Show when=edits>
            <RoleEditor state=state member=member.get_value()/>
        </Show>
    }
}

/// The role, what it may do, where it comes from and since when.
#[component]
fn RoleCell(state: MembersState, member: Member) -> impl IntoView {
    let meaning = text::role_meaning(state.service, &member.role);
    let as_written = |part| member.odd.words(part).map(text::quoted);
    let changed = member
        .changed
        .map(Ok)
        .or(as_written(Part::Updated).map(Err));
    let since = match changed {
        Some(changed) => Some((text::ROLE_CHANGED, changed)),
        None => {
            let since = member.since.map(Ok).or(as_written(Part::Created).map(Err));
            since.map(|since| (text::ADDED, since))
        }
    };
    let since = since.map(|(word, at)| {
        let at = match at {
            Ok(at) => {
                let at = Timestamp::as_millis(at);
                Either::Left(view! { <Moment at_ms=Some(at) missing=text::NOT_GIVEN/> })
            }
            Err(words) => {
                let title = text::as_written(&words);
                Either::Right(view! { <span title=title>{words}</span> })
            }
        };
        view! { <span class="m">{word} {at}</span> }
    });
    let inherited = member
        .inherited
        .then(|| view! { <span class="m">{text::INHERITED}</span> });
    view! {
        <td>
            <bdi class="word" translate="no">
                {text::role(&member.role)}
            </bdi>
            <span class="m">{meaning}</span>
            {inherited}
            {since}
        </td>
    }
}

/// Opens the editor of a member's role.
#[component]
fn ChangeRoleButton(state: MembersState, member: Member) -> impl IntoView {
    let user = &member.person.id;
    // Asked once: there are many rows, and a table is drawn for one answer of the service.
    let refusal = untrack(|| change_refusal(state, &member));
    let (open, word) = (Open::Role(user.clone()), member.role.as_str().to_owned());
    let press = Callback::new(move |()| {
        state.picked.set(word.clone());
        state.begin(open.clone());
    });
    view! {
        <GatedButton
            class="icon"
            id=role_id(user)
            label=text::change_role_of(member.person.called())
            availability=Signal::derive(move || state.availability(refusal.clone()))
            on_press=press
        >
            <Icon icon=Icon::Pen/>
        </GatedButton>
    }
}

/// Why a member can be given no other role, by the rules of the service. One role that they allow is enough.
fn change_refusal(state: MembersState, member: &Member) -> Option<String> {
    let mut refusal = None;
    for role in state.service.given_roles() {
        if role != member.role {
            let change = MemberChange::Change(member.person.id.clone(), role);
            refusal = Some(state.refusal(&change)?);
        }
    }
    refusal
}

/// Asks whether a member is to be taken out, or whether I want to leave.
#[component]
fn RemoveButton(state: MembersState, member: Member, is_me: bool) -> impl IntoView {
    let id = remove_id(&member.person.id);
    let label = text::remove(member.person.called(), is_me);
    let change = MemberChange::Remove(member.person.id.clone());
    // Asked once, as that of the role is.
    let refusal = untrack(|| state.refusal(&change));
    let open = Open::Remove(member);
    let press = Callback::new(move |()| state.begin(open.clone()));
    let icon = if is_me { Icon::SignOut } else { Icon::Close };
    view! {
        <GatedButton
            class="icon"
            id=id
            label=label
            availability=Signal::derive(move || state.availability(refusal.clone()))
            on_press=press
        >
            <Icon icon=icon/>
        </GatedButton>
    }
}

/// Where a member's role is chosen and sent.
#[component]
fn RoleEditor(state: MembersState, member: Member) -> impl IntoView {
    let called = member.person.called().to_owned();
    let legend = text::role_of(&called);
    let (user, now) = (member.person.id, member.role);
    let availability = {
        let user = user.clone();
        Signal::derive(move || match state.role() {
            _ if state.change.pending() => Availability::Busy,
            role if role == now => Availability::Disabled(text::SAME_ROLE.to_owned()),
            role => {
                let change = MemberChange::Change(user.clone(), role);
                state.availability(state.refusal(&change))
            }
        })
    };
    let send = Callback::new(move |()| {
        let role = untrack(|| state.role());
        let done = text::role_changed(&called, &state.name(), &role);
        state.send(MemberChange::Change(user.clone(), role), done);
    });
    focus_soon(vec![ROLE_FIELD_ID.to_owned()], false);
    view! {
        <tr class="editor">
            <td colspan="3">
                <div class="form" role="group" aria-label=legend>
                    <ChangeFailure state=state/>
                    <RoleField state=state id=ROLE_FIELD_ID/>
                    <div class="acts">
                        <GatedButton
                            class="btn primary"
                            id="member-role-send"
                            label=text::CHANGE_ROLE
                            availability=availability
                            on_press=send
                        >
                            {text::CHANGE_ROLE}
                        </GatedButton>
                        <button type="button" class="btn" on:click=move |_| state.close()>
                            {text::CANCEL}
                        </button>
                    </div>
                </div>
            </td>
        </tr>
    }
}
