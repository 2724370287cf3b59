//! Doing it: a change taken back by the change that does.
//!
//! Guarantees: sent once, with every rule asked right before; where somebody changed the same since,
//! nothing is written over.

use crate::state::saving;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::untrack;
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::{Changed, RawDraft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::field::Field;
use steward_domain::id::WorkspaceKey;
use steward_domain::membership::MemberChange;
use steward_domain::merge::{Difference, carry};
use steward_domain::reversal::{self, Irreversible};
use steward_domain::workspace::Workspace;
use steward_flows::Evidence;

use super::{Bar, Given, Inverse, Told, Way, bar, inverse, reversibility};
use crate::state::accounts::Account;
use crate::state::activity::{Attempt, AttemptId};
use crate::state::managing::{self, NotDone};
use crate::state::saving::Saved;
use crate::state::{AppState, drafts, request};

/// Why something was not taken back.
#[derive(Clone, PartialEq, Debug)]
pub enum Trouble {
    /// It may not be. Nothing was sent.
    Barred(Bar),
    /// The service does not take it. Nothing was sent.
    Irreversible(Irreversible),
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
        how: Evidence,
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

/// Takes an attempt back, once. None: it was not begun, or whoever began it has signed out.
///
/// # Errors
/// When it may not be taken back or was not; [`Undo::trouble`] says so from then on.
pub async fn take_back(app: AppState, id: AttemptId) -> Option<Result<Undone, Trouble>> {
    if untrack(|| app.undo.running()).is_some() {
        return None;
    }
    let attempt = untrack(|| app.activity.get(id))?;
    if untrack(|| reversibility(app, &attempt)) != Way::Open {
        return None;
    }
    let account = app.accounts.get_untracked(&attempt.action.account)?;
    app.undo.forget();
    let result = match untrack(|| bar(app, &attempt)) {
        Some(bar) => Err(Trouble::Barred(bar)),
        None => {
            app.undo.run(Some(id));
            let result = reverse(app, &attempt, &account).await;
            app.undo.run(None);
            result?
        }
    };
    if let Err(trouble) = &result {
        app.undo.tell(Told::Trouble(id, trouble.clone()));
    }
    Some(result)
}

/// `None`: whoever began it has signed out.
async fn reverse(
    app: AppState,
    attempt: &Attempt,
    account: &Rc<Account>,
) -> Option<Result<Undone, Trouble>> {
    let gone = Some(Err(Trouble::Barred(Bar::Gone)));
    let Some(key) = &attempt.action.key else {
        return gone;
    };
    match untrack(|| inverse(app, attempt, account)) {
        Err(why) => Some(Err(Trouble::Irreversible(why))),
        Ok(Inverse::Save(changes)) => match app.workspaces.get_untracked(key) {
            Some(now) => save_back(app, attempt, account, key, &changes, &now).await,
            None => gone,
        },
        Ok(Inverse::Member(stood, change)) => {
            let reading = account.service.members(&key.id);
            let members = match request::change(app, account, key, reading).await? {
                Ok(members) => members,
                Err(failure) => return Some(Err(Trouble::Failed(failure))),
            };
            let as_it_was_left = stood.still_stands(&members.rows);
            app.workspaces.learn_members(account, key, members);
            if !as_it_was_left {
                return Some(Err(Trouble::Moved));
            }
            let name = match app.workspaces.get_untracked(key) {
                Some(now) => now.name.clone(),
                None => attempt.action.name.clone(),
            };
            let at = Some(attempt.at);
            let made = managing::manage(app, key, name.clone(), change.clone(), at).await?;
            Some(match made {
                Ok(_) => Ok(Undone::Member { name, change }),
                Err(NotDone::Rule(rule)) => Err(Trouble::Barred(Bar::Rule(rule))),
                Err(NotDone::Failed(failure)) => Err(Trouble::Failed(failure)),
            })
        }
    }
}

async fn save_back(
    app: AppState,
    attempt: &Attempt,
    account: &Rc<Account>,
    key: &WorkspaceKey,
    changes: &[Changed],
    now: &Workspace,
) -> Option<Result<Undone, Trouble>> {
    let back = match reversal::of_save(changes, now, account.description()) {
        Ok(back) => back,
        Err(why) => return Some(Err(Trouble::Irreversible(why))),
    };
    let (base, mine) = (Arc::new(back.base.clone()), back.mine);
    let at = Some(attempt.at);
    let saved = saving::save(app, account, key, base, mine, Vec::new(), at).await?;
    let saved = match saved {
        Ok((saved, _)) => saved,
        Err(failure) => return Some(Err(Trouble::Failed(failure))),
    };
    Some(match saved {
        Saved::Done { done, parts, .. } => Ok(Undone::Save {
            name: done.value.name,
            fields: changes.iter().map(|change| change.field).collect(),
            how: done.evidence,
            parts,
        }),
        Saved::Differently { .. } | Saved::Answered { .. } => {
            let kept = Failure::new(Operation::Save, FailureKind::NotAsSent);
            Err(Trouble::Failed(kept))
        }
        Saved::Asks { theirs, parts } => {
            let mut text = RawDraft::of(&theirs, account.description());
            if drafts::restore(account.me.as_ref(), key, &mut text, None) {
                return Some(Err(Trouble::Unsaved));
            }
            let carried = carry(&back.base, &back.raw, &theirs);
            let given = Rc::new(Given {
                key: key.clone(),
                base: carried.base,
                raw: carried.raw,
                parts,
                undoes: attempt.at,
            });
            app.undo.tell(Told::Given(given));
            Ok(Undone::Asks(key.clone()))
        }
        Saved::Archived(now) => {
            // What is known of it says why.
            match untrack(|| app.verdict(Action::Edit, key, &now)) {
                Verdict::Denied(denial) => Err(Trouble::Barred(Bar::Denied(denial))),
                Verdict::Allowed | Verdict::Pending => Err(Trouble::Barred(Bar::Gone)),
            }
        }
        Saved::Gone => Err(Trouble::Barred(Bar::Gone)),
    })
}
