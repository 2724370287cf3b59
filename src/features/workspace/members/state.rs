//! The state of the members tab: what is open to change them, and what came of it.
//!
//! Guarantees: one thing is open and one change under way at a time; a failure stays until
//! something else is begun. Whether a change is allowed is not decided here.

use crate::state::undo;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::Failure;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::membership::MemberChange;
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person, Role};
use steward_domain::workspace::Workspace;

use crate::components::availability::availability_now;
use crate::features::workspace::{HEADING_ID, focus_soon};
use crate::state::AppState;
use crate::state::managing::{self, NotDone};
use crate::state::reauthenticate::{Interrupted, interrupted};
use crate::state::request::Request;
use crate::text;
use crate::ui::action::Availability;
use leptos::task::spawn_local;

/// The id of the button that begins to add somebody.
pub const ADD_ID: &str = "add-member";

/// What is open.
#[derive(Clone, PartialEq)]
pub enum Open {
    /// Nothing.
    Nothing,
    /// The form for a new member.
    Add,
    /// The role of this member.
    Role(UserId),
    /// The question whether this member is to be taken out.
    Remove(Member),
}

/// The state of the tab. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct MembersState {
    /// The console's state.
    pub app: AppState,
    /// What the service offers.
    pub service: &'static Description,
    /// Which workspace.
    pub key: StoredValue<WorkspaceKey>,
    /// What is open.
    pub open: RwSignal<Open>,
    /// The role that is chosen there, by the service's word.
    pub picked: RwSignal<String>,
    /// The change that was sent last.
    pub change: Request<(), NotDone>,
    /// The people of the service: who can be added.
    pub people: Request<Arc<[Person]>>,
}

/// What a members list says, once it has been read.
type Answer = Option<Result<Arc<[Member]>, Failure>>;

impl MembersState {
    /// A tab with nothing open.
    pub fn new(app: AppState, service: &'static Description, key: WorkspaceKey) -> Self {
        Self {
            app,
            service,
            key: StoredValue::new(key),
            open: RwSignal::new(Open::Nothing),
            picked: RwSignal::new(String::new()),
            change: Request::new(),
            people: Request::new(),
        }
    }

    /// The workspace as it is known now.
    pub fn workspace(self) -> Option<Arc<Workspace>> {
        self.key.with_value(|key| self.app.workspaces.get(key))
    }

    /// Whether I may change the members.
    pub fn manages(self) -> bool {
        let Some(workspace) = self.workspace() else {
            return false;
        };
        let verdict = self
            .key
            .with_value(|key| self.app.verdict(Action::Manage, key, &workspace));
        verdict == Verdict::Allowed
    }

    /// The members as the service last gave them.
    pub fn members(self) -> Answer {
        let found = self.key.with_value(|key| self.app.workspaces.found(key));
        found.map(|found| found.members)
    }

    /// How many entries beside them could not be read.
    pub fn skipped(self) -> usize {
        let found = self.key.with_value(|key| self.app.workspaces.found(key));
        found.map_or(0, |found| found.skipped)
    }

    /// What the workspace is called.
    pub fn name(self) -> String {
        self.key.with_value(|key| {
            let found = self.app.workspaces.get_untracked(key);
            found.map_or_else(|| key.id.as_str().to_owned(), |found| text::name(&found))
        })
    }

    /// Whether this is the person at the screen.
    pub fn is_me(self, user: &UserId) -> bool {
        let account = self.key.with_value(|key| self.app.accounts.of(key));
        account.is_some_and(|account| account.me.as_ref() == Some(user))
    }

    /// The weakest role that can be given.
    pub fn weakest(self) -> Option<Role> {
        self.service.given_roles().pop()
    }

    /// Opens something, in place of what was open.
    pub fn begin(self, open: Open) {
        if self.change.pending_untracked() {
            return;
        }
        self.change.clear();
        self.open.set(open);
    }

    /// Closes what is open and gives focus back to where it was opened.
    pub fn close(self) {
        let from = self.open.try_get_untracked();
        self.begin(Open::Nothing);
        if let Some(from) = from {
            focus_soon(vec![opener(&from), HEADING_ID.to_owned()], true);
        }
    }

    /// Why a change cannot be made, by the rules of the service.
    pub fn refusal(self, change: &MemberChange) -> Option<String> {
        let may = self
            .key
            .with_value(|key| managing::may_change(self.app, key, change));
        may.err().map(|obstacle| text::obstacle(&obstacle))
    }

    /// Whether anybody can be added now. Who exactly is asked once it is known.
    pub fn may_add(self) -> Availability {
        let Some(workspace) = self.workspace() else {
            return Availability::Pending(text::ONE_MOMENT.to_owned());
        };
        let now = self
            .key
            .with_value(|key| availability_now(self.app, Action::Manage, key, &workspace));
        match now {
            Availability::Enabled => {
                let add = self.weakest().zip(nobody());
                let add = add.map(|(role, user)| MemberChange::Add(user, role));
                self.availability(add.and_then(|add| self.refusal(&add)))
            }
            other => other,
        }
    }

    /// The standing of a control with this refusal.
    pub fn availability(self, refusal: Option<String>) -> Availability {
        match refusal {
            _ if self.change.pending() => Availability::Pending(text::ANOTHER_CHANGE.to_owned()),
            Some(refusal) => Availability::Disabled(refusal),
            None => Availability::Enabled,
        }
    }

    /// Sends a change, once. `done` confirms it.
    pub fn send(self, change: MemberChange, done: String) {
        let (app, key, name) = (self.app, self.key.get_value(), self.name());
        let leaves = matches!(&change, MemberChange::Remove(user) if self.is_me(user));
        self.change.send(async move {
            let account = app.accounts.of(&key)?;
            let attempt = match managing::manage(app, &key, name, change.clone(), None).await? {
                Ok(attempt) => attempt,
                Err(why) => {
                    if let NotDone::Failed(failure) = &why {
                        let what = match &change {
                            MemberChange::Remove(_) => Interrupted::Confirms,
                            _ => Interrupted::Repeats,
                        };
                        let again = (change, done);
                        let then = Rc::new(move || self.go_on(what, again.clone()));
                        interrupted(app, &account, failure, Some(key), what, then);
                    }
                    return Some(Err(why));
                }
            };
            let from = self.open.try_get_untracked();
            self.open.try_set(Open::Nothing);
            undo::offer(app, done, attempt);
            if let Some(from) = from {
                focus_soon(vec![opener(&from), HEADING_ID.to_owned()], true);
            }
            if leaves {
                spawn_local(async move {
                    // The service may not show it to me any more.
                    let _ = app.workspaces.refresh(&key).await;
                });
            }
            Some(Ok(()))
        });
    }

    /// Goes on after a session's end, if what was begun is still open.
    fn go_on(self, what: Interrupted, (change, done): (MemberChange, String)) {
        match (self.open.try_get_untracked(), what) {
            (None | Some(Open::Nothing), _) => {}
            (_, Interrupted::Repeats) => self.send(change, done),
            (_, Interrupted::Confirms) => self.change.clear(),
        }
    }

    /// Why the last change did not happen.
    pub fn failure(self) -> Option<NotDone> {
        self.change.failure()
    }

    /// The role that is chosen.
    pub fn role(self) -> Role {
        self.service.role(self.picked.get())
    }
}

/// A user that nobody is, to ask whether anybody can be added.
fn nobody() -> Option<UserId> {
    UserId::new("\0")
}

/// The id of the button that something was opened with.
fn opener(open: &Open) -> String {
    match open {
        Open::Nothing | Open::Add => ADD_ID.to_owned(),
        Open::Role(user) => role_id(user),
        Open::Remove(member) => remove_id(&member.person.id),
    }
}

/// The id of a member's button for the role.
pub fn role_id(user: &UserId) -> String {
    format!("member-role/{}", user.as_str())
}

/// The id of a member's button that takes them out.
pub fn remove_id(user: &UserId) -> String {
    format!("member-remove/{}", user.as_str())
}
