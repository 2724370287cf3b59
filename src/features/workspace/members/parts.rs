//! What the table, the form and the question about a member share: who somebody is, the list of roles, and why a
//! change did not happen.

use leptos::either::Either;
use leptos::html;
use leptos::prelude::*;
use steward_domain::role::Person;
use web_sys::Event;

use super::state::MembersState;
use crate::components::display_name::DisplayName;
use crate::components::failure_notice::{Again, FailureNotice};
use crate::state::managing::NotDone;
use crate::text;
use crate::ui::layout::{Copyable, Note};

/// Who somebody is: name, address and id, as far as there are any. `copies`: with a button that copies the id;
/// `is_me`: marked as the person at the screen.
#[component]
pub(super) fn PersonName(
    person: Person,
    #[prop(optional)] copies: bool,
    #[prop(optional)] is_me: bool,
) -> impl IntoView {
    let called = person.called().to_owned();
    let id = person.id.as_str().to_owned();
    let email = person.email.filter(|email| *email != called);
    let mark = is_me.then(|| view! { <span class="badge">{text::YOU}</span> });
    let is_named = called != id;
    let shown_id = match copies {
        true => Either::Left(view! { <Copyable what=text::COPY_ID text=id/> }),
        false => Either::Right(view! { <DisplayName name=id/> }),
    };
    if !is_named {
        return Either::Left(view! {
            <span class="person">
                <span class="id" translate="no">
                    {shown_id}
                    {mark}
                </span>
            </span>
        });
    }
    Either::Right(view! {
        <span class="person">
            <span class="called">
                <NameOrAddress text=called/>
                {mark}
            </span>
            {email.map(|email| view! { <span class="m"><NameOrAddress text=email/></span> })}
            <span class="id" translate="no">{shown_id}</span>
        </span>
    })
}

/// A name or an address. An address that is too long for its line goes on after its sign.
#[component]
fn NameOrAddress(text: String) -> impl IntoView {
    match text.split_once('@') {
        Some((user, domain)) => Either::Left(view! {
            <DisplayName name=user/>
            "@"
            <wbr/>
            <DisplayName name=domain/>
        }),
        None => Either::Right(view! { <DisplayName name=text/> }),
    }
}

/// A list of the roles that can be given, with what the chosen one may do.
#[component]
pub(super) fn RoleField(state: MembersState, id: &'static str) -> impl IntoView {
    let mut roles = state.service.given_roles();
    let chosen = untrack(|| state.role());
    if !roles.contains(&chosen) {
        roles.push(chosen);
    }
    let options = roles
        .into_iter()
        .map(|role| {
            let word = role.as_str().to_owned();
            let is_chosen = {
                let word = word.clone();
                move || state.picked.with(|picked| *picked == word)
            };
            view! { <option value=word prop:selected=is_chosen>{text::role(&role)}</option> }
        })
        .collect_view();
    let list = NodeRef::<html::Select>::new();
    let choose = move |event: Event| {
        if !state.change.pending_untracked() {
            state.picked.set(event_target_value(&event));
        } else if let Some(list) = list.get_untracked() {
            // A list to choose from cannot be locked: it goes back to what is being sent.
            list.set_value(&state.picked.get_untracked());
        }
    };
    let help_id = format!("{id}-help");
    view! {
        <div class="field">
            <label for=id>{text::ROLE}</label>
            <select
                node_ref=list
                id=id
                aria-describedby=help_id.clone()
                aria-disabled=move || state.change.pending().then_some("true")
                on:input=choose
            >
                {options}
            </select>
            <p class="help" id=help_id>
                <span prop:textContent=move || {
                    text::role_meaning(state.service, &state.role())
                }></span>
            </p>
        </div>
    }
}

/// Why the last change did not happen, until something else is begun.
#[component]
pub(super) fn ChangeFailure(state: MembersState) -> impl IntoView {
    move || {
        state.failure().map(|not_done| match not_done {
            NotDone::Rule(obstacle) => Either::Left(view! {
                <Note tone="danger" title=text::NOT_CHANGED text=text::obstacle(&obstacle)/>
            }),
            NotDone::Failed(failure) => {
                let again = failure.asks_for_a_look().then(|| {
                    let recheck = move |()| {
                        state
                            .key
                            .with_value(|key| state.app.workspaces.recheck_access(key));
                    };
                    Again::by_hand(Callback::new(recheck))
                });
                let whose = state.key.with_value(|key| key.account.clone());
                Either::Right(view! {
                    <FailureNotice whose=whose failure=failure again=again/>
                })
            }
        })
    }
}
