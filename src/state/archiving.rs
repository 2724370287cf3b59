//! The archive that is being confirmed or under way: at most one, so that one intent makes one
//! request.

use super::watching;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_flows::{Archived, Evidence};

use super::AppState;
use super::activity::ActionRecord;
use super::notices::Mark;
use super::reauthenticate::{Interrupted, interrupted};
use super::request::{self, Request};

/// What is being archived. The name is the one that was shown when the dialog opened: it never
/// changes under the person's hands.
#[derive(Clone, PartialEq)]
pub struct Target {
    /// Which workspace.
    pub key: WorkspaceKey,
    /// Its name.
    pub name: String,
}

/// The archive. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Archiving {
    target: RwSignal<Option<Target>>,
    request: Request<()>,
    /// The id of what is being cancelled or deleted for it.
    cancelling: RwSignal<Option<String>>,
}

impl Archiving {
    pub(super) fn new() -> Self {
        Self {
            target: RwSignal::new(None),
            request: Request::new(),
            cancelling: RwSignal::new(None),
        }
    }

    /// What is being archived, if anything.
    #[must_use]
    pub fn target(self) -> Option<Target> {
        self.target.get()
    }

    /// Whether the request is out.
    #[must_use]
    pub fn pending(self) -> bool {
        self.request.pending()
    }

    /// Why it did not happen, or why nobody knows.
    #[must_use]
    pub fn failure(self) -> Option<Failure> {
        self.request.failure()
    }

    /// What is being cancelled or deleted, by its id.
    #[must_use]
    pub fn cancelling(self) -> Option<String> {
        self.cancelling.get()
    }

    pub(super) fn set_cancelling(self, id: Option<String>) {
        self.cancelling.try_set(id);
    }

    /// Whether a request is out that nobody may leave unwatched.
    #[must_use]
    pub fn is_busy(self) -> bool {
        self.pending() || self.cancelling.with(Option::is_some)
    }

    /// Whether the request for this workspace is out.
    #[must_use]
    pub fn is_sending(self, key: &WorkspaceKey) -> bool {
        self.pending()
            && self
                .target
                .with(|target| target.as_ref().is_some_and(|target| target.key == *key))
    }

    /// Opens the dialog.
    pub fn open(self, key: WorkspaceKey, name: String) {
        if untrack(|| self.is_busy()) {
            return;
        }
        self.request.clear();
        self.target.set(Some(Target { key, name }));
    }

    /// Closes the dialog, except while a request is out.
    pub fn close(self) {
        if !untrack(|| self.is_busy()) {
            self.target.set(None);
        }
    }

    /// Leaves what stands here of an account behind, a request that is out as well: at sign-out.
    pub(super) fn forget(self, account: &AccountId) {
        let own = self.target.with_untracked(|target| {
            target
                .as_ref()
                .is_some_and(|target| target.key.account == *account)
        });
        if own {
            self.target.try_set(None);
            self.request.abandon();
            self.cancelling.try_set(None);
        }
    }

    /// Makes an archive that a session's end interrupted ready to be confirmed again.
    fn stand_ready(self, target: &Target) {
        let same = self.target.try_get_untracked().flatten().as_ref() == Some(target);
        if same {
            self.request.clear();
        }
    }

    /// Sends the request, once: while it is out, nothing more is sent.
    ///
    /// `done` makes the sentence that confirms what happened.
    pub fn send(self, app: AppState, done: fn(&str, &Archived) -> String) {
        let Some(target) = self.target.get_untracked() else {
            return;
        };
        let Some(account) = app.accounts.of(&target.key) else {
            return;
        };
        if untrack(|| self.is_busy()) {
            return;
        }
        self.request.send(async move {
            let attempt = app
                .activity
                .begin(ActionRecord::archive(&target.key, &target.name));
            let archiving = account.service.archive(&target.key.id);
            let result = request::change(app, &account, &target.key, archiving).await?;
            app.activity.end(attempt, &result);
            match result {
                Ok(archived) => {
                    let (said, mark) = (done(&target.name, &archived), Mark::of(archived.evidence));
                    show_archived(app, &target.key, archived);
                    self.target.try_set(None);
                    app.notices.confirm_as(said, mark);
                }
                Err(failure) => {
                    let (key, same) = (Some(target.key.clone()), target.clone());
                    let then = Rc::new(move || self.stand_ready(&same));
                    interrupted(app, &account, &failure, key, Interrupted::Confirms, then);
                    watching::watch(app, &account, attempt, &failure);
                    if !watching::tell_accepted(app, attempt, &failure) {
                        return Some(Err(failure));
                    }
                    self.target.try_set(None);
                }
            }
            Some(Ok(()))
        });
    }
}

/// Shows a workspace as it is after it was archived.
pub(super) fn show_archived(app: AppState, key: &WorkspaceKey, archived: Archived) {
    match archived.value {
        Some(workspace) => app.workspaces.confirm(key, workspace),
        None if archived.evidence == Evidence::Gone => app.workspaces.take_out(key),
        // The service says that it is not there any more, as its contract has it for archived ones.
        None => app.workspaces.mark_archived(key),
    }
}
