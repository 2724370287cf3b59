//! The button that takes back what was done: in the notice that confirms it, and at each attempt in the
//! record. What cannot be taken back has words in its place and no button.
//!
//! Must not know what can be taken back, nor how.

use crate::state::undo;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::failure::{Failure, Operation};
use steward_domain::membership::MemberChange;

use super::workspace::focus_soon;
use crate::components::failure_notice::{Again, FailureNotice};
use crate::components::page::NOTICES_ID;
use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::activity::{Attempt, AttemptId, Subject};
use crate::state::navigation::Navigation;
use crate::state::notices::Mark;
use crate::state::reauthenticate::{self, Interrupted};
use crate::state::undo::{Bar, Trouble, Undone, Way};
use crate::text;
use crate::ui::action::{Availability, GatedButton};
use crate::ui::layout::Note;
use leptos::task::spawn_local;

/// The id of the button in the notice.
pub const BUTTON_ID: &str = "undo";

/// The buttons in the record.
pub const EACH: &str = "[id^=\"undo/\"]";

fn id_of(attempt: AttemptId) -> String {
    format!("undo/{}", attempt.number())
}

/// The button in the notice, where it confirms what can be taken back, and what came of pressing it. The
/// record has a button of its own for the same.
#[component]
pub(crate) fn UndoOffer(app: AppState, navigation: Navigation) -> impl IntoView {
    // Drawn anew only when it is about something else: focus stays while it is at work.
    let offered = Memo::new(move |_| {
        let attempt = app.activity.get(app.notices.offered()?)?;
        (undo::reversibility(app, &attempt) == Way::Open).then(|| attempt.id())
    });
    let in_record = Memo::new(move |_| navigation.with(|route| *route == Route::Activity));
    move || {
        let id = offered.get()?;
        // What is told of an attempt from here on does not change what it did.
        let attempt = untrack(|| app.activity.get(id))?;
        let button = move || {
            let attempt = attempt.clone();
            (!in_record.get()).then(|| {
                view! { <UndoButton app=app navigation=navigation attempt=attempt id=BUTTON_ID/> }
            })
        };
        Some(view! {
            {button}
            <NotUndone app=app id=id/>
        })
    }
}

/// At an attempt in the record: the button, or that it has been taken back or cannot be.
#[component]
pub(super) fn UndoOfAttempt(
    app: AppState,
    navigation: Navigation,
    attempt: Memo<Attempt>,
) -> impl IntoView {
    let way = Memo::new(move |_| attempt.with(|attempt| undo::reversibility(app, attempt)));
    move || match way.get() {
        Way::Nothing => ().into_any(),
        Way::Undone => view! { <InItsPlace words=text::UNDONE/> }.into_any(),
        Way::Irreversible(why) => {
            let account = attempt.with_untracked(|attempt| attempt.action.account.clone());
            let account = app.accounts.get_untracked(&account);
            let words = account.map(|account| text::stays_done(&why, account.description().name));
            words
                .map(|words| view! { <InItsPlace words=words/> })
                .into_any()
        }
        Way::Open => {
            let attempt = attempt.get_untracked();
            let id = id_of(attempt.id());
            view! { <UndoButton app=app navigation=navigation attempt=attempt id=id/> }.into_any()
        }
    }
}

/// Words where there is no button.
#[component]
fn InItsPlace(#[prop(into)] words: String) -> impl IntoView {
    view! { <p class="m" prop:textContent=words></p> }
}

/// The button that takes an attempt back. `id` is the element's.
#[component]
fn UndoButton(
    app: AppState,
    navigation: Navigation,
    attempt: Attempt,
    #[prop(into)] id: String,
) -> impl IntoView {
    // What is needed to know is asked for once, when the button comes.
    untrack(|| undo::ask_for_role(app, &attempt));
    // What it did is said once: the members it names are those of that moment.
    let label = text::undo_of(&untrack(|| what(app, &attempt)));
    let of = attempt.id();
    let from = id.clone();
    let press = Callback::new(move |()| press(app, navigation, of, from.clone()));
    let gate = Signal::derive(move || availability(app, &attempt));
    view! {
        <GatedButton class="btn" id=id label=label availability=gate on_press=press>
            {text::UNDO}
        </GatedButton>
    }
}

fn availability(app: AppState, attempt: &Attempt) -> Availability {
    match undo::bar(app, attempt) {
        None => Availability::Enabled,
        Some(Bar::Busy) => Availability::Busy,
        Some(Bar::Another) => Availability::Pending(text::ANOTHER_UNDO.to_owned()),
        Some(Bar::Pending) => Availability::Pending(text::ONE_MOMENT.to_owned()),
        Some(bar) => Availability::Disabled(barred(&bar)),
    }
}

fn barred(bar: &Bar) -> String {
    match bar {
        Bar::Denied(denial) => text::denial(Action::Edit, denial),
        Bar::Rule(rule) => text::obstacle(rule),
        Bar::Gone => text::UNDO_GONE.to_owned(),
        Bar::Pending => text::ONE_MOMENT.to_owned(),
        Bar::Busy | Bar::Another => text::ANOTHER_UNDO.to_owned(),
    }
}

/// What an attempt did, in words.
fn what(app: AppState, attempt: &Attempt) -> String {
    let action = &attempt.action;
    let change = action
        .changes
        .first()
        .filter(|_| action.operation == Operation::Manage);
    let did = match change {
        Some(change) => {
            let who = who(app, attempt);
            match (change.before.is_empty(), change.after.is_empty()) {
                (true, _) => text::did_add(&who, &action.name),
                (_, true) => text::did_remove(&who, &action.name),
                _ => text::did_change(&who, &action.name),
            }
        }
        None => text::did_save(&action.name),
    };
    match action.undoes {
        Some(_) => text::did_undo(&did),
        None => did,
    }
}

/// What the member is called whom an attempt changed: as it was written down, or as a list says.
fn who(app: AppState, attempt: &Attempt) -> String {
    let action = &attempt.action;
    if let Some(who) = &action.who {
        return who.clone();
    }
    let id = match action.changes.first().map(|change| &change.subject) {
        Some(Subject::Member(id)) => id.as_str(),
        _ => return String::new(),
    };
    let found = action
        .key
        .as_ref()
        .and_then(|key| app.workspaces.found(key));
    let members = found.and_then(|found| found.members.ok());
    let mut members = members.iter().flat_map(|members| members.iter());
    let member = members.find(|member| member.person.id.as_str() == id);
    member.map_or_else(|| id.to_owned(), |member| member.person.called().to_owned())
}

/// Takes an attempt back. `from` is the button, to which focus returns if it was drawn anew.
fn press(app: AppState, navigation: Navigation, id: AttemptId, from: String) {
    let Some(attempt) = untrack(|| app.activity.get(id)) else {
        return;
    };
    // Afterwards no list may say so any more.
    let who = untrack(|| who(app, &attempt));
    // It may be over before this comes to pass, and the button gone.
    focus_soon(vec![from.clone(), NOTICES_ID.to_owned()], true);
    spawn_local(async move {
        let Some(result) = undo::take_back(app, id).await else {
            return;
        };
        match result {
            Ok(Undone::Save {
                name,
                fields,
                how,
                parts,
            }) => {
                let said = text::undone_save(&name, &fields, how, &parts);
                app.notices.confirm(said);
            }
            Ok(Undone::Member { name, change }) => {
                let said = members_said(&who, &name, &change);
                app.notices.confirm(text::undone_members(&said));
            }
            Ok(Undone::Asks(key)) => {
                let query = navigation.route_untracked().query();
                navigation.go(&Route::Workspace {
                    key,
                    tab: Tab::Edit,
                    query,
                });
                app.notices.clear();
                return;
            }
            Err(trouble) => {
                // It is told in the notice about the attempt, wherever it was pressed.
                if untrack(|| app.notices.offered()) != Some(id) {
                    let did = untrack(|| what(app, &attempt));
                    let mark = Mark::of_attempt(&attempt);
                    app.notices.offer(did, mark, Some(id));
                }
                if let Trouble::Failed(failure) = &trouble {
                    interrupted(app, navigation, &attempt, failure, from.clone());
                }
            }
        }
        focus_soon(vec![from, NOTICES_ID.to_owned()], true);
    });
}

/// What a session's end interrupted goes on as what it is: taking somebody out is pressed again.
fn interrupted(
    app: AppState,
    navigation: Navigation,
    attempt: &Attempt,
    failure: &Failure,
    from: String,
) {
    let Some(account) = app.accounts.get_untracked(&attempt.action.account) else {
        return;
    };
    let removes = attempt.action.operation == Operation::Manage
        && attempt
            .action
            .changes
            .iter()
            .all(|change| change.before.is_empty());
    let what = match removes {
        true => Interrupted::Confirms,
        false => Interrupted::Repeats,
    };
    let id = attempt.id();
    let then = Rc::new(move || match what {
        Interrupted::Repeats => press(app, navigation, id, from.clone()),
        Interrupted::Confirms => app.undo.forget(),
    });
    let key = attempt.action.key.clone();
    reauthenticate::interrupted(app, &account, failure, key, what, then);
}

fn members_said(who: &str, name: &str, change: &MemberChange) -> String {
    match change {
        MemberChange::Add(_, role) => text::added(who, name, role),
        MemberChange::Change(_, role) => text::role_changed(who, name, role),
        MemberChange::Remove(_) => text::removed(who, name, false),
    }
}

/// Why it was not taken back.
#[component]
fn NotUndone(app: AppState, id: AttemptId) -> impl IntoView {
    // Read out once, not whenever something else is being undone.
    let trouble = Memo::new(move |_| app.undo.trouble(id));
    move || {
        let trouble = trouble.get()?;
        Some(view! { <TroubleNote app=app id=id trouble=trouble/> })
    }
}

/// What was in the way, in words.
#[component]
fn TroubleNote(app: AppState, id: AttemptId, trouble: Trouble) -> impl IntoView {
    // Whose an attempt is never changes.
    let whose = untrack(|| app.activity.get(id)).map(|attempt| attempt.action.account);
    let words = match trouble {
        Trouble::Failed(failure) => {
            let again = looks_again(app, id, &failure);
            let notice = whose.map(|whose| {
                let title = text::undo_failed(&failure);
                view! { <FailureNotice title=title whose=whose failure=failure again=again/> }
            });
            return notice.into_any();
        }
        Trouble::Irreversible(why) => whose
            .and_then(|whose| app.accounts.get_untracked(&whose))
            .map(|account| text::stays_done(&why, account.description().name)),
        Trouble::Barred(bar) => Some(barred(&bar)),
        Trouble::Moved => Some(text::UNDO_MOVED.to_owned()),
        Trouble::Unsaved => Some(text::UNDO_UNSAVED.to_owned()),
    };
    words
        .map(|words| view! { <Note tone="danger" title=text::NOT_UNDONE text=words/> })
        .into_any()
}

/// Reads what an attempt was about once more, where it is not known what came of taking it back.
fn looks_again(app: AppState, id: AttemptId, failure: &Failure) -> Option<Again> {
    let look = move |()| {
        let Some(key) = untrack(|| app.activity.get(id)).and_then(|one| one.action.key) else {
            return;
        };
        app.workspaces.recheck_access(&key);
        spawn_local(async move {
            // What cannot be read now is read when it is tried again.
            let _ = app.workspaces.refresh(&key).await;
            app.undo.forget();
            focus_soon(vec![BUTTON_ID.to_owned(), NOTICES_ID.to_owned()], true);
        });
    };
    failure
        .asks_for_a_look()
        .then(|| Again::by_hand(Callback::new(look)))
}
