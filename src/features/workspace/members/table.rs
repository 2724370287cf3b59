//! The table of members, with its filter and its count.
//!
//! Guarantees: thousands of members do not hold the page up, since only some are drawn at a time.

use std::sync::Arc;

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::role::Member;

use super::people;
use super::row::MemberRow;
use super::state::MembersState;
use crate::browser::letters::fold;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;

/// How many members are drawn at once, and how many more on request.
const AT_ONCE: usize = 100;

/// From how many members on there is a filter.
const MANY: usize = 8;

/// The members of one answer of the service.
#[component]
pub(super) fn MemberTable(state: MembersState, members: Arc<[Member]>) -> impl IntoView {
    if members.is_empty() {
        return Either::Left(view! {
            <StateBlock icon=Icon::Person title=text::MEMBERS text=text::NO_MEMBERS/>
        });
    }
    if state.lists_people() && members.iter().any(people::is_bare) {
        state.know_people();
    }
    let all = members.len();
    let typed = RwSignal::new(String::new());
    let most = RwSignal::new(AT_ONCE);
    let manages = Memo::new(move |_| state.manages());
    let members = Memo::new(move |_| state.called(&members));
    let folded = Memo::new(move |_| members.with(|members| folded(members)));
    let fitting = Memo::new(move |_| folded.with(|folded| fitting(folded, &typed.get())));
    let fits = move || fitting.with(Vec::len);
    let shown = move || {
        let members = members.get();
        fitting.with(|fitting| {
            let places = fitting.iter().take(most.get());
            places
                .filter_map(|place| Some((*place, members.get(*place)?.clone())))
                .collect::<Vec<_>>()
        })
    };
    let rest = move || match fits() {
        0 => Some(Either::Left(
            view! { <p class="wait">{text::NO_MEMBER_FITS}</p> },
        )),
        fits => (fits > most.get()).then(|| {
            let more = move |_| most.update(|most| *most += AT_ONCE);
            Either::Right(view! {
                <button type="button" class="btn" on:click=more>{text::SHOW_MORE}</button>
            })
        }),
    };
    Either::Right(view! {
        <div class="people-bar">
            {(all > MANY).then(|| view! { <Filter typed=typed most=most/> })}
            <span class="m" role="status" prop:textContent=move || text::members(fits(), all)></span>
        </div>
        <table class="members" aria-label=text::MEMBERS aria-rowcount={all + 1}>
            <thead>
                <tr>
                    <th scope="col">{text::PERSON}</th>
                    <th scope="col">{text::ROLE}</th>
                    <th scope="col">
                        <span class="sr">{text::ACTIONS}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                // A list that a service sent along with others may name somebody twice: the place tells them apart
                // for as long as this table stands. A row is drawn anew once it is known what its member is called.
                <For
                    each=shown
                    key=|(place, member)| (*place, member.person.called().to_owned())
                    let((_, member))
                >
                    <MemberRow state=state member=member manages=manages/>
                </For>
            </tbody>
        </table>
        {rest}
    })
}

/// The field that filters the table. What is typed there begins again with the first members that fit.
#[component]
fn Filter(typed: RwSignal<String>, most: RwSignal<usize>) -> impl IntoView {
    view! {
        <div class="search">
            <Icon icon=Icon::Find/>
            <input
                type="search"
                aria-label=text::FILTER_MEMBERS
                placeholder=text::FILTER_MEMBERS
                prop:value=move || typed.get()
                on:input=move |event| {
                    most.set(AT_ONCE);
                    typed.set(event_target_value(&event));
                }
            />
        </div>
    }
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
        .map(|(place, _)| place)
        .collect()
}
