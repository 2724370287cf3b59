//! Writes that a service accepted and does not show yet.
//!
//! Guarantees: nothing is sent that could change anything; each is looked at with growing waits, for a minute at most,
//! while its person goes on; what comes of it is told, written down, and shown where the workspace stands. Nothing is
//! told as done that no reading showed. What comes after signing out changes nothing.

use super::undo;
use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::draft::Draft;
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::{WorkspaceId, WorkspaceKey};
use steward_flows::Confirmed;
use steward_flows::archive::Archived;
use steward_flows::reconcile::Seen;

use super::accounts::Account;
use super::activity::{ActionRecord, AttemptId};
use super::reconcile::intent;
use super::{AppState, request};
use crate::text;
use leptos::task::spawn_local;

/// Looks after an attempt, if it was answered with success and nothing shows it yet; and says that it was
/// accepted, where that is all there is to say.
pub(super) fn watch(app: AppState, account: &Rc<Account>, attempt: AttemptId, failure: &Failure) {
    watch_then(
        app,
        account,
        attempt,
        failure,
        move |action, seen| match seen {
            Ok(_) => {
                let said = text::shown_later(&action.name, action.operation);
                undo::offer(app, said, attempt);
            }
            Err(_) => app
                .notices
                .tell(text::never_shown(&action.name, action.operation)),
        },
    );
}

/// The same, with something else to do once it shows or is given up. While it is looked at, it is not offered to
/// archive the same workspace again.
pub(super) fn watch_then(
    app: AppState,
    account: &Rc<Account>,
    attempt: AttemptId,
    failure: &Failure,
    then: impl FnOnce(&ActionRecord, Result<Archived, Failure>) + 'static,
) {
    let Some((action, _)) = app.activity.action(attempt).filter(|_| failure.is_unseen()) else {
        return;
    };
    let (Some(key), Some(intent)) = (action.key.clone(), intent(&action)) else {
        return;
    };
    let account = Rc::clone(account);
    let is_archive = action.operation == Operation::Archive;
    if is_archive {
        app.watched.try_update(|watched| watched.push(key.clone()));
    }
    let request_id = failure.service.request_id.clone();
    spawn_local(async move {
        let seen = account.service.watch(&key.id, &intent);
        let seen = request::awaited(app.accounts, &account, seen).await;
        if is_archive {
            app.watched
                .try_update(|watched| watched.retain(|other| *other != key));
        }
        let Some(seen) = seen else {
            return;
        };
        let seen = seen.map_err(|_| {
            let mut never = Failure::new(action.operation, FailureKind::NeverShown);
            never.service.request_id = request_id;
            never
        });
        app.activity.end(attempt, &seen);
        if let Ok(done) = &seen {
            show_seen(app, &account, &key, done);
        }
        then(&action, seen.map(Confirmed::archived));
    });
}

/// Looks for a workspace that was to be made in its account's list.
pub(super) fn watch_created(
    app: AppState,
    account: &Rc<Account>,
    attempt: AttemptId,
    failure: &Failure,
    draft: Draft,
    known: Option<Vec<WorkspaceId>>,
) {
    let Some((action, _)) = app.activity.action(attempt).filter(|_| failure.is_unseen()) else {
        return;
    };
    let account = Rc::clone(account);
    spawn_local(async move {
        let looking = account.service.watch_created(&draft, known.as_deref());
        match request::awaited(app.accounts, &account, looking).await {
            None => {}
            Some(Ok(done)) => {
                app.activity.end(attempt, &Ok(done.clone()));
                let key = WorkspaceKey {
                    account: account.id.clone(),
                    id: done.value.id.clone(),
                };
                app.activity.made(attempt, key.clone());
                app.workspaces.confirm_made(&key, done.value);
                let said = text::shown_later(&action.name, action.operation);
                app.notices.confirm(said);
            }
            Some(Err(_)) => {
                let never = Failure::new(action.operation, FailureKind::NeverShown);
                app.activity.end::<()>(attempt, &Err(never));
                let said = text::never_shown(&action.name, action.operation);
                app.notices.tell(said);
            }
        }
    });
}

/// Says that a write was accepted and is looked after, where its service said no more than that.
pub(super) fn tell_accepted(app: AppState, attempt: AttemptId, failure: &Failure) -> bool {
    let action = app
        .activity
        .action(attempt)
        .filter(|_| failure.kind == FailureKind::NotShown);
    if let Some((action, _)) = &action {
        let said = text::accepted(&action.name, action.operation);
        app.notices.tell(said);
    }
    action.is_some()
}

/// Shows what a look has found.
fn show_seen(app: AppState, account: &Account, key: &WorkspaceKey, done: &Confirmed<Seen>) {
    match &done.value {
        Seen::Workspace(Some(found)) => app.workspaces.confirm(key, found.clone()),
        Seen::Workspace(None) => app.workspaces.mark_archived(key),
        Seen::Members(members) => app.workspaces.learn_members(account, key, members.clone()),
    }
}
