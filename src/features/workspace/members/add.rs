//! The form for a new member: who, chosen from the people whom the service lists or by the id, and
//! in which role.

use std::sync::Arc;

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::UserId;
use steward_domain::membership::MemberChange;
use steward_domain::role::{Person, Role};

use super::parts::{ChangeFailure, PersonName, RoleField};
use super::people::{fits, haystack};
use super::state::MembersState;
use crate::browser::letters::fold;
use crate::features::workspace::focus_soon;
use crate::text;
use crate::ui::action::{Availability, GatedButton};
use crate::ui::layout::Note;

/// How many people are offered at once.
const OFFERED: usize = 6;

/// The id of the field for who is added.
const WHO_ID: &str = "member-who";

/// The id of its help.
const WHO_HELP_ID: &str = "member-who-help";

/// What the parts of the form share. Copies are handles to the same one.
#[derive(Clone, Copy)]
struct NewMember {
    state: MembersState,
    /// Whether the service lists people.
    lists: bool,
    typed: RwSignal<String>,
    chosen: RwSignal<Option<Person>>,
}

impl NewMember {
    /// Whether the id is typed, because nobody can be chosen.
    fn is_typed(self) -> bool {
        !self.lists || self.state.people.failure().is_some()
    }

    /// Who is to be added.
    fn who(self) -> Option<(UserId, String)> {
        if self.is_typed() {
            let typed = self.typed.get().trim().to_owned();
            return Some((UserId::new(typed.clone())?, typed));
        }
        let chosen = self.chosen.get()?;
        let called = chosen.called().to_owned();
        Some((chosen.id, called))
    }

    /// What is to be sent, and what confirms it.
    fn change(self) -> Option<(MemberChange, String)> {
        let ((user, called), role) = (self.who()?, self.state.role());
        let done = text::added(&called, &self.state.name(), &role);
        Some((MemberChange::Add(user, role), done))
    }

    /// Why it cannot be sent now.
    fn refusal(self) -> Option<String> {
        match self.change() {
            Some((change, _)) => self.state.refusal(&change),
            None if self.is_typed() => Some(text::TYPE_USER.to_owned()),
            None => Some(text::CHOOSE_PERSON.to_owned()),
        }
    }

    /// Sends it, if nothing is in the way.
    fn send(self) {
        if untrack(|| self.refusal()).is_none()
            && let Some((change, done)) = untrack(|| self.change())
        {
            self.state.send(change, done);
        }
    }

    /// The people who fit what is typed and are no members yet: the first of them, and how many more there are.
    fn fitting(self, people: &[Person]) -> (Vec<Person>, usize) {
        let typed = fold(&self.typed.get());
        let members = match self.state.members() {
            Some(Ok(members)) => members,
            _ => [].into(),
        };
        let is_member = |one: &Person| members.iter().any(|member| member.person.id == one.id);
        let mut fitting = people
            .iter()
            .filter(|one| fits(&haystack(one), &typed) && !is_member(one));
        let first = fitting.by_ref().take(OFFERED).cloned().collect();
        (first, fitting.count())
    }
}

/// The form.
#[component]
pub(super) fn AddForm(state: MembersState) -> impl IntoView {
    let new = NewMember {
        state,
        lists: state.lists_people(),
        typed: RwSignal::new(String::new()),
        chosen: RwSignal::new(None),
    };
    let weakest = state.weakest();
    let word = weakest.as_ref().map_or("", Role::as_str).to_owned();
    state.picked.set(word);
    if new.lists {
        match untrack(|| state.people.failure()) {
            Some(_) => state.read_people(),
            None => state.know_people(),
        }
    }
    focus_soon(vec![WHO_ID.to_owned()], false);
    view! {
        <form
            class="form add"
            aria-label=text::ADD_MEMBER
            on:submit=move |event| {
                event.prevent_default();
                new.send();
            }
        >
            <ChangeFailure state=state/>
            <WhoField new=new/>
            <OfferedPeople new=new/>
            <RoleField state=state id="new-member-role"/>
            <div class="acts">
                <SendButton new=new/>
                <button type="button" class="btn" on:click=move |_| state.close()>
                    {text::CANCEL}
                </button>
            </div>
        </form>
    }
}

/// Where a person is looked for, or their id is typed.
#[component]
fn WhoField(new: NewMember) -> impl IntoView {
    let state = new.state;
    let label = move || match new.is_typed() {
        true => text::USER,
        false => text::FIND_PERSON,
    };
    let help = match new.lists {
        true => String::new(),
        false => text::user_help(state.service.name),
    };
    let waiting = move || match new.lists && state.people.outcome().is_none() {
        true => text::LOADING_PEOPLE,
        false => "",
    };
    view! {
        <div class="field">
            <label for=WHO_ID prop:textContent=label></label>
            <input
                id=WHO_ID
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=WHO_HELP_ID
                readonly=move || state.change.pending().then_some("true")
                prop:value=move || new.typed.get()
                on:input=move |event| {
                    new.chosen.set(None);
                    new.typed.set(event_target_value(&event));
                }
            />
            <p class="help" id=WHO_HELP_ID>
                <span>{help}</span>
                <span role="status" prop:textContent=waiting></span>
            </p>
        </div>
    }
}

/// The people to choose from, once they have been read, or why there are none.
#[component]
fn OfferedPeople(new: NewMember) -> impl IntoView {
    move || {
        new.state.people.outcome().map(|people| match people {
            Ok(people) => Either::Left(view! { <Choices new=new people=people/> }),
            Err(failure) => Either::Right(view! { <NoPeople new=new failure=failure/> }),
        })
    }
}

/// The people who fit what is typed, to choose one of them.
#[component]
fn Choices(new: NewMember, people: Arc<[Person]>) -> impl IntoView {
    let fitting = Memo::new(move |_| new.fitting(&people));
    let first = move || fitting.with(|(first, _)| first.clone());
    let words = move || {
        fitting.with(|(first, more)| match (first.is_empty(), *more) {
            (true, _) => Some(text::NOBODY_FITS.to_owned()),
            (_, 0) => None,
            (_, more) => Some(text::more_people(more)),
        })
    };
    let words = move || {
        words().map(|words| view! { <p class="help" role="status" prop:textContent=words></p> })
    };
    view! {
        <fieldset class="choices">
            <legend class="sr">{text::PERSON}</legend>
            <For each=first key=|person| person.id.clone() let(person)>
                <Choice new=new person=person/>
            </For>
            {words}
        </fieldset>
    }
}

/// One person to choose.
#[component]
fn Choice(new: NewMember, person: Person) -> impl IntoView {
    let is_chosen = {
        let id = person.id.clone();
        move || {
            let is_this = |chosen: &Option<Person>| chosen.as_ref().is_some_and(|one| one.id == id);
            new.chosen.with(is_this)
        }
    };
    let choose = {
        let person = person.clone();
        move |_| {
            // Told of a field that leaves the page as well, after its signals.
            if !new.state.change.pending_untracked() {
                new.chosen.try_set(Some(person.clone()));
            }
        }
    };
    view! {
        <label class="check">
            <input type="radio" name="member-person" prop:checked=is_chosen on:change=choose/>
            <PersonName person=person/>
        </label>
    }
}

/// In place of people who could not be read.
#[component]
fn NoPeople(new: NewMember, failure: Failure) -> impl IntoView {
    let words = format!(
        "{} {}",
        text::failure_text(&failure, false),
        text::TYPE_USER_INSTEAD
    );
    let again = move |_| new.state.read_people();
    view! {
        <Note tone="warning" title=text::failure_title(&failure) text=words>
            <div class="acts">
                <button type="button" class="btn" on:click=again>{text::RELOAD}</button>
            </div>
        </Note>
    }
}

/// Sends it. Its name says who is added in which role, once somebody is named.
#[component]
fn SendButton(new: NewMember) -> impl IntoView {
    let label = Memo::new(move |_| match new.who() {
        Some((_, called)) => text::add_as(&called, &new.state.role()),
        None => text::ADD_MEMBER.to_owned(),
    });
    let availability = Signal::derive(move || match new.state.change.pending() {
        true => Availability::Busy,
        false => new.state.availability(new.refusal()),
    });
    let send = Callback::new(move |()| new.send());
    move || {
        view! {
            <GatedButton
                class="btn primary"
                id="member-add-send"
                label=label.get()
                availability=availability
                on_press=send
            >
                <span class="cut" translate="no" prop:textContent=move || label.get()></span>
            </GatedButton>
        }
    }
}
