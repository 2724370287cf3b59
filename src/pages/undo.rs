//! The button that takes back what was done: in the notice that confirms it, and at each attempt in the
//! record. What cannot be taken back has words in its place and no button.
//!
//! Must not know what can be taken back, nor how.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::AccountId;
use steward_domain::membership::MemberChange;
use web_sys::Node;

use super::NOTICES_ID;
use super::failure_notice::{Again, failed_as};
use super::workspace::focus_soon;
use crate::route::{Route, Tab};
use crate::state::AppState;
use crate::state::activity::{Attempt, AttemptId, Subject};
use crate::state::navigation::Navigation;
use crate::state::notices::Mark;
use crate::state::reauthenticate::Interrupted;
use crate::state::undo::{Bar, Trouble, Undone, Way};
use crate::text;
use crate::ui::action::{Availability, action_button};
use crate::ui::el::{el, fragment, part};
use crate::ui::layout::note;
use leptos::task::spawn_local;

/// The id of the button in the notice.
pub const BUTTON_ID: &str = "undo";

/// The buttons in the record.
pub const EACH: &str = "[id^=\"undo/\"]";

fn id_of(attempt: AttemptId) -> String {
    ["undo/", &attempt.number().to_string()].concat()
}

/// The button in the notice, where it confirms what can be taken back, and what came of pressing it. The
/// record has a button of its own for the same.
pub fn offer(app: AppState, navigation: Navigation) -> Node {
    // Drawn anew only when it is about something else: focus stays while it is at work.
    let offered = Memo::new(move |_| {
        let attempt = app.activity.get(app.notices.offered()?)?;
        (app.reversibility(&attempt) == Way::Open).then(|| attempt.id())
    });
    let in_record = Memo::new(move |_| navigation.with(|route| *route == Route::Activity));
    part(move || {
        let id = offered.get()?;
        let attempt = untrack(|| app.activity.get(id))?;
        let button = part(move || {
            let button = || button(app, navigation, &attempt, BUTTON_ID.to_owned());
            (!in_record.get()).then(|| untrack(button))
        });
        Some(fragment([button, trouble(app, id)]))
    })
}

/// At an attempt in the record: the button, or that it has been taken back or cannot be.
pub fn way(app: AppState, navigation: Navigation, attempt: &Attempt) -> Node {
    let attempt = attempt.clone();
    let way: Memo<Way> = {
        let attempt = attempt.clone();
        Memo::new(move |_| app.reversibility(&attempt))
    };
    let words = |words: &str| el("p").class("m").text(words).node();
    part(move || match way.get() {
        Way::Nothing => None,
        Way::Undone => Some(words(text::UNDONE)),
        Way::Irreversible(why) => {
            let account = app.accounts.get_untracked(&attempt.action.account)?;
            let service = account.description().name;
            Some(words(&text::stays_done(&why, service)))
        }
        Way::Open => {
            let id = id_of(attempt.id());
            Some(untrack(|| button(app, navigation, &attempt, id)))
        }
    })
}

fn button(app: AppState, navigation: Navigation, attempt: &Attempt, id: String) -> Node {
    app.ask_for_undo(attempt);
    let label = text::undo_of(&what(app, attempt));
    let availability = {
        let attempt = attempt.clone();
        Signal::derive(move || availability(app, &attempt))
    };
    let of = attempt.id();
    let from = id.clone();
    let press = Callback::new(move |()| press(app, navigation, of, from.clone()));
    let inner = crate::ui::el::text(text::UNDO);
    action_button("btn", id, label, Some(inner), availability, press)
}

fn availability(app: AppState, attempt: &Attempt) -> Availability {
    match app.bar(attempt) {
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
    let found = action.key.as_ref().and_then(|key| app.roles.found(key));
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
        let Some(result) = app.take_back(id).await else {
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
    app.interrupted(&account, failure, attempt.action.key.clone(), what, then);
}

fn members_said(who: &str, name: &str, change: &MemberChange) -> String {
    match change {
        MemberChange::Add(_, role) => text::added(who, name, role),
        MemberChange::Change(_, role) => text::role_changed(who, name, role),
        MemberChange::Remove(_) => text::removed(who, name, false),
    }
}

/// Why it was not taken back.
fn trouble(app: AppState, id: AttemptId) -> Node {
    // Read out once, not whenever something else is being undone.
    let trouble = Memo::new(move |_| app.undo.trouble(id));
    part(move || {
        let not = |words: String| Some(note("danger", text::NOT_UNDONE.to_owned(), words, None));
        match trouble.get()? {
            Trouble::Barred(bar) => not(barred(&bar)),
            Trouble::Irreversible(why) => {
                let attempt = untrack(|| app.activity.get(id))?;
                let account = app.accounts.get_untracked(&attempt.action.account)?;
                not(text::stays_done(&why, account.description().name))
            }
            Trouble::Moved => not(text::UNDO_MOVED.to_owned()),
            Trouble::Unsaved => not(text::UNDO_UNSAVED.to_owned()),
            Trouble::Failed(failure) => untrack(|| {
                let whose = app.activity.get(id)?.action.account;
                Some(failed(app, id, &whose, &failure))
            }),
        }
    })
}

fn failed(app: AppState, id: AttemptId, whose: &AccountId, failure: &Failure) -> Node {
    let look = failure.asks_for_a_look().then(|| {
        Callback::new(move |()| {
            let Some(key) = untrack(|| app.activity.get(id)).and_then(|one| one.action.key) else {
                return;
            };
            app.roles.recheck(&key);
            spawn_local(async move {
                // What cannot be read now is read when it is tried again.
                let _ = app.workspaces.refresh(&key).await;
                app.undo.forget();
                focus_soon(vec![BUTTON_ID.to_owned(), NOTICES_ID.to_owned()], true);
            });
        })
    });
    failed_as(
        text::undo_failed(failure),
        whose,
        failure,
        look.map(Again::by_hand),
    )
}
