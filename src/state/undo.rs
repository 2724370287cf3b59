//! Taking back what was done from this tab.
//!
//! Guarantees: nothing is held back and nothing pretended: what is taken back was done, and is changed
//! again by an attempt like any other, sent once, with every rule asked right before. One is under way
//! at a time, and each belongs to its own attempt alone. Where somebody changed the same since, nothing
//! is written over: a person is asked, or told.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::untrack;
use steward_domain::capability::{Action, Denial, Verdict};
use steward_domain::draft::{Changed, RawDraft};
use steward_domain::failure::{Failure, Operation};
use steward_domain::field::Field;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::membership::{MemberChange, Obstacle};
use steward_domain::merge::{Difference, carry};
use steward_domain::reversal::{self, Final, Stood};
use steward_domain::role::Access;
use steward_domain::workspace::Workspace;
use steward_flows::How;

use super::accounts::Account;
use super::activity::{Attempt, AttemptId, Outcome, What};
use super::managing::NotDone;
use super::saving::Saved;
use super::{Console, drafts};
use crate::reactive::Value;

/// Whether an attempt can be taken back.
#[derive(Clone, PartialEq, Debug)]
pub enum Way {
    /// It changed nothing, or nobody knows whether it did.
    Nothing,
    /// It has been.
    Undone,
    /// It never can.
    Final(Final),
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

/// Why something was not taken back.
#[derive(Clone, PartialEq, Debug)]
pub enum Trouble {
    /// It may not be. Nothing was sent.
    Barred(Bar),
    /// The service does not take it. Nothing was sent.
    Final(Final),
    /// Somebody changed the same member since. Nothing was sent.
    Moved,
    /// It has to be decided in the form, where other text waits to be saved. Nothing was sent.
    Unsaved,
    /// The service refused, or nobody knows.
    Failed(Failure),
}

/// What taking back came to.
#[derive(Clone, PartialEq, Debug)]
pub enum Undone {
    /// These fields are what they were.
    Save {
        /// What the workspace is called now.
        name: String,
        /// Which.
        fields: Vec<Field>,
        /// How it is known.
        how: How,
        /// What somebody else changed since.
        parts: Vec<Difference>,
    },
    /// This change of members was made.
    Member {
        /// What the workspace is called.
        name: String,
        /// Which.
        change: MemberChange,
    },
    /// Somebody changed the same since: the workspace's form asks.
    Asks(WorkspaceKey),
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
}

/// What is being taken back, and what came of it.
#[derive(Default)]
struct Work {
    running: Option<AttemptId>,
    trouble: Option<(AttemptId, Trouble)>,
    given: Option<Rc<Given>>,
}

/// What is being taken back. Copies are handles to the same signal.
#[derive(Clone, Copy)]
pub struct Undo(Value<Work>);

impl Undo {
    pub(super) fn new() -> Self {
        Self(Value::new(Work::default()))
    }

    fn running(self) -> Option<AttemptId> {
        self.0.with(|work| work.running)
    }

    fn run(self, id: Option<AttemptId>) {
        self.0.try_update(|work| work.running = id);
    }

    /// Why an attempt was not taken back when that was last tried.
    #[must_use]
    pub fn trouble(self, id: AttemptId) -> Option<Trouble> {
        let trouble = self.0.with(|work| work.trouble.clone());
        trouble.filter(|(of, _)| *of == id).map(|(_, why)| why)
    }

    fn tell(self, trouble: Option<(AttemptId, Trouble)>) {
        self.0.try_update(|work| work.trouble = trouble);
    }

    /// Says no more why.
    pub fn forget_trouble(self) {
        self.tell(None);
    }

    /// Takes what a workspace's form is to ask.
    #[must_use]
    pub fn take(self, key: &WorkspaceKey) -> Option<Rc<Given>> {
        let is_of = |given: &&Rc<Given>| given.key == *key;
        let given = self
            .0
            .with(|work| work.given.as_ref().filter(is_of).cloned());
        if given.is_some() {
            self.0.try_update(|work| work.given = None);
        }
        given
    }

    /// Leaves nothing of any account behind. What is under way ends by itself.
    pub(super) fn forget(self) {
        self.0.try_update(|work| {
            work.trouble = None;
            work.given = None;
        });
    }
}

/// What takes an attempt back.
enum Inverse {
    Save(Vec<Changed>),
    Member(Stood, MemberChange),
}

impl Console {
    /// Whether an attempt can be taken back. By its service's description and the record alone.
    #[must_use]
    pub fn way_back(self, attempt: &Attempt) -> Way {
        match &attempt.outcome {
            Outcome::Done(How::Answered | How::ConfirmedByReading) => {}
            _ => return Way::Nothing,
        }
        let Some(account) = self.accounts.get(&attempt.deed.account) else {
            return Way::Nothing;
        };
        if let Some(why) = reversal::lasting(attempt.deed.operation, account.description()) {
            return Way::Final(why);
        }
        let is_done =
            |one: &Attempt| matches!(one.outcome, Outcome::Done(_)) && one.takes_back(attempt);
        if self.activity.with(|all| all.iter().any(is_done)) {
            return Way::Undone;
        }
        match self.inverse(attempt, &account) {
            Ok(_) => Way::Open,
            Err(why) => Way::Final(why),
        }
    }

    /// What takes an attempt back.
    fn inverse(self, attempt: &Attempt, account: &Account) -> Result<Inverse, Final> {
        let (deed, service) = (&attempt.deed, account.description());
        if !attempt.exact {
            return Err(Final::Unclear);
        }
        if deed.operation == Operation::Manage {
            let stood = stood(attempt, account).ok_or(Final::Unclear)?;
            let change = stood.reversed(account.me.as_ref(), service)?;
            return Ok(Inverse::Member(stood, change));
        }
        let changes = changes(attempt);
        let now = deed.key.as_ref().and_then(|key| self.workspaces.get(key));
        if let Some(now) = now {
            reversal::of_save(&changes, &now, service)?;
        }
        Ok(Inverse::Save(changes))
    }

    /// What keeps an attempt from being taken back at this moment.
    #[must_use]
    pub fn bar(self, attempt: &Attempt) -> Option<Bar> {
        let id = attempt.id();
        let goes_on = |one: &Attempt| one.outcome == Outcome::UnderWay && one.takes_back(attempt);
        match self.undo.running() {
            Some(running) if running == id => return Some(Bar::Busy),
            Some(_) => return Some(Bar::Another),
            None if self.activity.with(|all| all.iter().any(goes_on)) => return Some(Bar::Busy),
            None => {}
        }
        let (Some(key), Some(account)) =
            (&attempt.deed.key, self.accounts.get(&attempt.deed.account))
        else {
            return Some(Bar::Gone);
        };
        match self.inverse(attempt, &account) {
            Ok(Inverse::Member(_, change)) => match self.roles.access(key) {
                Access::Unknown => Some(Bar::Pending),
                _ => self.may_change(key, &change).err().map(Bar::Rule),
            },
            _ => match self.workspaces.get(key) {
                None if self.workspaces.has_settled() => Some(Bar::Gone),
                None => Some(Bar::Pending),
                Some(now) => match self.verdict(Action::Edit, key, &now) {
                    Verdict::Allowed => None,
                    Verdict::Pending => Some(Bar::Pending),
                    Verdict::Denied(denial) => Some(Bar::Denied(denial)),
                },
            },
        }
    }

    /// Looks up my role where an attempt can only be taken back by it and nobody has asked yet.
    pub fn ask_for_undo(self, attempt: &Attempt) {
        if let Some(key) = &attempt.deed.key
            && self.roles.access(key) == Access::Unknown
        {
            self.roles.want(key.clone());
        }
    }

    /// Confirms something, and offers to take it back where that can be.
    pub fn offer_undo(self, said: String, id: AttemptId) {
        let is_open = |attempt: &Attempt| untrack(|| self.way_back(attempt)) == Way::Open;
        let attempt = untrack(|| self.activity.get(id)).filter(is_open);
        self.notices.offer(said, attempt.map(|_| id));
    }

    /// Takes an attempt back, once. None: it was not begun, or whoever began it has signed out.
    ///
    /// # Errors
    /// When it may not be taken back or was not; [`Undo::trouble`] says so from then on.
    pub async fn take_back(self, id: AttemptId) -> Option<Result<Undone, Trouble>> {
        if untrack(|| self.undo.running()).is_some() {
            return None;
        }
        let attempt = untrack(|| self.activity.get(id))?;
        if untrack(|| self.way_back(&attempt)) != Way::Open {
            return None;
        }
        let account = self.accounts.get_untracked(&attempt.deed.account)?;
        self.undo.tell(None);
        let result = match untrack(|| self.bar(&attempt)) {
            Some(bar) => Err(Trouble::Barred(bar)),
            None => {
                self.undo.run(Some(id));
                let result = self.reverse(&attempt, &account).await;
                self.undo.run(None);
                result
            }
        };
        if !self.accounts.holds(&account) {
            return None;
        }
        if let Err(trouble) = &result {
            self.undo.tell(Some((id, trouble.clone())));
        }
        Some(result)
    }

    async fn reverse(self, attempt: &Attempt, account: &Rc<Account>) -> Result<Undone, Trouble> {
        let gone = || Trouble::Barred(Bar::Gone);
        let key = attempt.deed.key.as_ref().ok_or_else(gone)?;
        match untrack(|| self.inverse(attempt, account)).map_err(Trouble::Final)? {
            Inverse::Save(changes) => {
                let now = self.workspaces.get_untracked(key).ok_or_else(gone)?;
                self.save_back(attempt, account, key, &changes, &now).await
            }
            Inverse::Member(stood, change) => {
                let members = account.service.members(&key.id).await;
                let members = members.map_err(|failure| {
                    self.heed_change(account, key, &failure);
                    Trouble::Failed(failure)
                })?;
                let as_it_was_left = stood.still_stands(&members);
                self.roles.learn(account, key, members);
                if !as_it_was_left {
                    return Err(Trouble::Moved);
                }
                let name = match self.workspaces.get_untracked(key) {
                    Some(now) => now.name.clone(),
                    None => attempt.deed.name.clone(),
                };
                let at = Some(attempt.at);
                let made = self
                    .manage(key.clone(), name.clone(), change.clone(), at)
                    .await;
                match made {
                    Ok(_) => Ok(Undone::Member { name, change }),
                    Err(NotDone::Rule(rule)) => Err(Trouble::Barred(Bar::Rule(rule))),
                    Err(NotDone::Failed(failure)) => Err(Trouble::Failed(failure)),
                }
            }
        }
    }

    async fn save_back(
        self,
        attempt: &Attempt,
        account: &Rc<Account>,
        key: &WorkspaceKey,
        changes: &[Changed],
        now: &Workspace,
    ) -> Result<Undone, Trouble> {
        let back = reversal::of_save(changes, now, account.description());
        let back = back.map_err(Trouble::Final)?;
        let (base, mine) = (Arc::new(back.base.clone()), back.mine);
        let at = Some(attempt.at);
        let saved = self.save(account, key, base, mine, Vec::new(), at).await;
        match saved.map_err(Trouble::Failed)?.0 {
            Saved::Done { done, parts, .. } => Ok(Undone::Save {
                name: done.value.name,
                fields: changes.iter().map(|change| change.field).collect(),
                how: done.how,
                parts,
            }),
            Saved::Asks { theirs, parts } => {
                let mut text = RawDraft::of(&theirs, account.description());
                if drafts::restore(account.me.as_ref(), key, &mut text, None) {
                    return Err(Trouble::Unsaved);
                }
                let carried = carry(&back.base, &back.raw, &theirs);
                let given = Rc::new(Given {
                    key: key.clone(),
                    base: carried.base,
                    raw: carried.raw,
                    parts,
                });
                self.undo.0.try_update(|work| work.given = Some(given));
                Ok(Undone::Asks(key.clone()))
            }
            Saved::Archived(now) => {
                // What is known of it says why.
                match untrack(|| self.verdict(Action::Edit, key, &now)) {
                    Verdict::Denied(denial) => Err(Trouble::Barred(Bar::Denied(denial))),
                    Verdict::Allowed | Verdict::Pending => Err(Trouble::Barred(Bar::Gone)),
                }
            }
            Saved::Gone => Err(Trouble::Barred(Bar::Gone)),
        }
    }
}

/// The fields that an attempt changed.
fn changes(attempt: &Attempt) -> Vec<Changed> {
    let turns = attempt.deed.turns.iter();
    let changed = turns.filter_map(|turn| match turn.what {
        What::Field(field) => Some(Changed {
            field,
            before: turn.before.clone(),
            after: turn.after.clone(),
        }),
        _ => None,
    });
    changed.collect()
}

/// The member whom an attempt changed.
fn stood(attempt: &Attempt, account: &Account) -> Option<Stood> {
    let turn = attempt.deed.turns.first()?;
    let What::Member(user) = &turn.what else {
        return None;
    };
    let role = |word: &String| (!word.is_empty()).then(|| account.description().role(word.clone()));
    Some(Stood {
        user: UserId::new(user.as_str())?,
        before: role(&turn.before),
        after: role(&turn.after),
    })
}
