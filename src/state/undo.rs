//! Taking back what was done from this tab: what can be, and what is in the way.
//!
//! Guarantees: nothing is held back and nothing pretended: what is taken back was done, and is changed
//! again by an attempt like any other, sent once, with every rule asked right before. One is under way
//! at a time, and each belongs to its own attempt alone. Where somebody changed the same since, nothing
//! is written over: a person is asked, or told.

mod back;

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Denial, Verdict};
use steward_domain::draft::{Changed, RawDraft};
use steward_domain::failure::Operation;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::membership::{MemberChange, Obstacle};
use steward_domain::merge::Difference;
use steward_domain::reversal::{self, Irreversible, Stood};
use steward_domain::role::Access;
use steward_domain::workspace::Workspace;
use steward_flows::Evidence;

use super::accounts::Account;
use super::activity::{Attempt, AttemptId, Outcome, Subject};
use super::notices::Mark;
use super::{AppState, managing};

pub use self::back::{Trouble, Undone, take_back};

/// Whether an attempt can be taken back.
#[derive(Clone, PartialEq, Debug)]
pub enum Way {
    /// It changed nothing, or nobody knows whether it did.
    Nothing,
    /// It has been.
    Undone,
    /// It never can.
    Irreversible(Irreversible),
    /// It can, as far as its kind goes.
    Open,
}

/// Why something that can be taken back cannot be now.
#[derive(Clone, PartialEq, Debug)]
pub enum Bar {
    /// It is being taken back.
    Busy,
    /// Another one is.
    Another,
    /// My role is not known yet.
    Pending,
    /// My role, or the workspace's state.
    Denied(Denial),
    /// A rule for members.
    Rule(Obstacle),
    /// The workspace is not there any more, or not for me.
    Gone,
}

/// What a form is to ask, with what is to stand in it.
#[derive(Clone, PartialEq)]
pub struct Given {
    key: WorkspaceKey,
    /// What changes are told from.
    pub base: Workspace,
    /// What was before.
    pub raw: RawDraft,
    /// What is asked.
    pub parts: Vec<Difference>,
    /// The moment of the attempt that is to be taken back.
    pub undoes: i64,
}

/// What is being taken back, and what came of the last one.
#[derive(Default)]
struct Work {
    running: Option<AttemptId>,
    /// A [`Told`]. A first visit has to drop it and never looks into it, so it need not download what
    /// that is.
    told: Option<Rc<dyn Any>>,
}

/// What came of one that is not done.
enum Told {
    Trouble(AttemptId, Trouble),
    Given(Rc<Given>),
}

/// What is being taken back. Copies are handles to the same signal.
#[derive(Clone, Copy)]
pub struct Undo(RwSignal<Work, LocalStorage>);

impl Undo {
    pub(super) fn new() -> Self {
        Self(RwSignal::new_local(Work::default()))
    }

    fn running(self) -> Option<AttemptId> {
        self.0.with(|work| work.running)
    }

    fn run(self, id: Option<AttemptId>) {
        self.0.try_update(|work| work.running = id);
    }

    fn told<T>(self, look: impl FnOnce(&Told) -> Option<T>) -> Option<T> {
        self.0
            .with(|work| look(work.told.as_ref()?.downcast_ref::<Told>()?))
    }

    fn tell(self, told: Told) {
        self.0.try_update(|work| work.told = Some(Rc::new(told)));
    }

    /// Why an attempt was not taken back when that was last tried.
    #[must_use]
    pub fn trouble(self, id: AttemptId) -> Option<Trouble> {
        self.told(|told| match told {
            Told::Trouble(of, trouble) if *of == id => Some(trouble.clone()),
            _ => None,
        })
    }

    /// Takes what a workspace's form is to ask.
    #[must_use]
    pub fn take(self, key: &WorkspaceKey) -> Option<Rc<Given>> {
        let given = self.told(|told| match told {
            Told::Given(given) if given.key == *key => Some(Rc::clone(given)),
            _ => None,
        })?;
        self.forget();
        Some(given)
    }

    /// Says no more what came of the last one, and leaves nothing of its account behind.
    pub fn forget(self) {
        self.0.try_update(|work| work.told = None);
    }
}

/// What takes an attempt back.
enum Inverse {
    Save(Vec<Changed>),
    Member(Stood, MemberChange),
}

/// Whether an attempt can be taken back. By its service's description and the record alone.
#[must_use]
pub fn reversibility(app: AppState, attempt: &Attempt) -> Way {
    match &attempt.outcome {
        Outcome::Done(
            Evidence::Answered | Evidence::ConfirmedByReading | Evidence::Differently,
        ) => {}
        _ => return Way::Nothing,
    }
    let Some(account) = app.accounts.get(&attempt.action.account) else {
        return Way::Nothing;
    };
    if let Some(why) = reversal::lasting(attempt.action.operation, account.description()) {
        return Way::Irreversible(why);
    }
    let is_done =
        |one: &Attempt| matches!(one.outcome, Outcome::Done(_)) && one.takes_back(attempt);
    if app.activity.with(|all| all.iter().any(is_done)) {
        return Way::Undone;
    }
    match inverse(app, attempt, &account) {
        Ok(_) => Way::Open,
        Err(why) => Way::Irreversible(why),
    }
}

/// What takes an attempt back.
fn inverse(app: AppState, attempt: &Attempt, account: &Account) -> Result<Inverse, Irreversible> {
    let (action, service) = (&attempt.action, account.description());
    if !attempt.exact {
        return Err(Irreversible::Unclear);
    }
    if action.operation == Operation::Manage {
        let stood = stood(attempt, account).ok_or(Irreversible::Unclear)?;
        let change = stood.reversed(account.me.as_ref(), service)?;
        return Ok(Inverse::Member(stood, change));
    }
    let changes = changes(attempt);
    let now = action.key.as_ref().and_then(|key| app.workspaces.get(key));
    if let Some(now) = now {
        reversal::of_save(&changes, &now, service)?;
    }
    Ok(Inverse::Save(changes))
}

/// What keeps an attempt from being taken back at this moment.
#[must_use]
pub fn bar(app: AppState, attempt: &Attempt) -> Option<Bar> {
    let id = attempt.id();
    let goes_on = |one: &Attempt| one.outcome == Outcome::UnderWay && one.takes_back(attempt);
    match app.undo.running() {
        Some(running) if running == id => return Some(Bar::Busy),
        Some(_) => return Some(Bar::Another),
        None if app.activity.with(|all| all.iter().any(goes_on)) => return Some(Bar::Busy),
        None => {}
    }
    let (Some(key), Some(account)) = (
        &attempt.action.key,
        app.accounts.get(&attempt.action.account),
    ) else {
        return Some(Bar::Gone);
    };
    match inverse(app, attempt, &account) {
        Ok(Inverse::Member(_, change)) => match app.workspaces.access(key) {
            Access::Unknown => Some(Bar::Pending),
            _ => managing::may_change(app, key, &change).err().map(Bar::Rule),
        },
        _ => match app.workspaces.get(key) {
            None if app.workspaces.has_settled() => Some(Bar::Gone),
            None => Some(Bar::Pending),
            Some(now) => match app.verdict(Action::Edit, key, &now) {
                Verdict::Allowed => None,
                Verdict::Pending => Some(Bar::Pending),
                Verdict::Denied(denial) => Some(Bar::Denied(denial)),
            },
        },
    }
}

/// Looks up my role where an attempt can only be taken back by it and nobody has asked yet.
pub fn ask_for_role(app: AppState, attempt: &Attempt) {
    if let Some(key) = &attempt.action.key
        && app.workspaces.access(key) == Access::Unknown
    {
        app.workspaces.want_members(key.clone());
    }
}

/// Confirms something, and offers to take it back where that can be.
pub fn offer(app: AppState, said: String, id: AttemptId) {
    let is_open = |attempt: &Attempt| untrack(|| reversibility(app, attempt)) == Way::Open;
    let attempt = untrack(|| app.activity.get(id));
    let mark = attempt.as_ref().map_or(Mark::Done, Mark::of_attempt);
    let back = attempt.filter(is_open).map(|_| id);
    app.notices.offer(said, mark, back);
}

/// The fields that an attempt changed.
fn changes(attempt: &Attempt) -> Vec<Changed> {
    let changes = attempt.action.changes.iter();
    let changed = changes.filter_map(|change| match change.subject {
        Subject::Field(field) => Some(Changed {
            field,
            before: change.before.clone(),
            after: change.after.clone(),
        }),
        _ => None,
    });
    changed.collect()
}

/// The member whom an attempt changed.
fn stood(attempt: &Attempt, account: &Account) -> Option<Stood> {
    let change = attempt.action.changes.first()?;
    let Subject::Member(user) = &change.subject else {
        return None;
    };
    let role = |word: &String| (!word.is_empty()).then(|| account.description().role(word.clone()));
    Some(Stood {
        user: UserId::new(user.as_str())?,
        before: role(&change.before),
        after: role(&change.after),
    })
}
