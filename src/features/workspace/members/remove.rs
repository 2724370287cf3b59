//! The question before a member is taken out, or before one leaves.

use leptos::prelude::*;
use steward_domain::membership::MemberChange;
use steward_domain::role::Member;

use super::parts::{ChangeFailure, PersonName};
use super::state::{MembersState, Open, remove_id};
use crate::components::display_name::DisplayName;
use crate::text;
use crate::ui::action::{Availability, GatedButton};
use crate::ui::dialog::Dialog;

/// The question. It is open as long as a member is named who is to be taken out.
#[component]
pub(super) fn RemoveDialog(state: MembersState) -> impl IntoView {
    let member = Memo::new(move |_| match state.open.get() {
        Open::Remove(member) => Some(member),
        Open::Nothing | Open::Add | Open::Role(_) => None,
    });
    let title = Signal::derive(move || {
        member.with(|member| {
            member
                .as_ref()
                .map(|member| title(state, member))
                .unwrap_or_default()
        })
    });
    let return_to = Signal::derive(move || {
        member.with(|member| member.as_ref().map(|member| remove_id(&member.person.id)))
    });
    view! {
        <Dialog
            open=Signal::derive(move || member.with(Option::is_some))
            title=title
            busy=Signal::derive(move || state.change.pending())
            return_to=return_to
            on_close=Callback::new(move |()| state.begin(Open::Nothing))
        >
            {move || member.get().map(|member| view! { <Question state=state member=member/> })}
        </Dialog>
    }
}

/// What is asked, and what the button says that does it.
fn title(state: MembersState, member: &Member) -> String {
    let is_me = state.is_me(&member.person.id);
    text::remove_from(member.person.called(), &state.name(), is_me)
}

/// Who is taken out of which workspace, what that means, and both ways on.
#[component]
fn Question(state: MembersState, member: Member) -> impl IntoView {
    let is_me = state.is_me(&member.person.id);
    let name = state.name();
    let key = state.key.get_value();
    let account = state.app.accounts.of(&key);
    let account = account.map(|account| account.label.clone());
    let account = text::account_of(&account.unwrap_or_default(), state.service.name);
    let label = title(state, &member);
    let meaning = text::remove_meaning(&member.role, is_me);
    let keep = if is_me { text::STAY } else { text::KEEP_MEMBER };
    let change = MemberChange::Remove(member.person.id.clone());
    let availability = {
        let change = change.clone();
        Signal::derive(move || match state.change.pending() {
            true => Availability::Busy,
            false => state.availability(state.refusal(&change)),
        })
    };
    let done = text::removed(member.person.called(), &name, is_me);
    let send = Callback::new(move |()| state.send(change.clone(), done.clone()));
    view! {
        <div class="body">
            <p class="which">
                {account}
                " · "
                <DisplayName name=name/>
                " · "
                <span class="id" translate="no">{key.id.as_str().to_owned()}</span>
            </p>
            <ChangeFailure state=state/>
            <PersonName person=member.person copies=true/>
            <p>{meaning}</p>
        </div>
        <footer>
            <button type="button" class="btn" on:click=move |_| state.begin(Open::Nothing)>
                {keep}
            </button>
            <GatedButton
                class="btn danger"
                id="member-remove-send"
                label=label.clone()
                availability=availability
                on_press=send
            >
                <span class="cut" translate="no">{label}</span>
            </GatedButton>
        </footer>
    }
}
