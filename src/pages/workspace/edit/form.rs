//! What is done with the form of a workspace.
//!
//! Guarantees: what is typed is kept at every input; only changed fields are sent; nothing is
//! shown as saved before the service said so; a refusal keeps every letter.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::{Change, Problem, RawDraft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::field::Field;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::provider::Description;
use steward_domain::workspace::Workspace;

use crate::browser::page;
use crate::pages::fields::{Fields, Phase};
use crate::pages::gate::verdict;
use crate::pages::workspace::{HEADING_ID, Shown, focus_soon};
use crate::reactive::{Store, Value, spawn};
use crate::route::{Route, Tab};
use crate::state::place::Place;
use crate::state::{Console, drafts};
use crate::text;

/// Everything of the form that its parts share.
#[derive(Clone, Copy)]
pub struct Form {
    /// The console's state.
    pub console: Console,
    /// Where the person is.
    pub place: Place,
    /// What the service offers.
    pub service: &'static Description,
    /// Which workspace.
    pub key: Store<WorkspaceKey>,
    /// What the service has now.
    pub shown: Shown,
    /// What the service had when the form opened: changes are told from it, so that what somebody
    /// else changed meanwhile is not sent back.
    pub base: Value<Arc<Workspace>>,
    /// The fields.
    pub fields: Fields,
}

impl Form {
    /// Whether something differs from the base.
    pub fn is_dirty(self) -> bool {
        let raw = self.fields.raw.get();
        self.base.with(|base| raw.is_dirty(base))
    }

    /// The workspace as the service has it now, as far as is known.
    pub fn current(self) -> Arc<Workspace> {
        self.shown.get().unwrap_or_else(|| self.base.get())
    }

    /// Whether it can be edited at this moment.
    pub fn verdict(self) -> Verdict {
        let current = self.current();
        self.key
            .with_value(|key| verdict(self.console, Action::Edit, key, &current))
    }

    fn me(self) -> Option<UserId> {
        let account = self.key.with_value(|key| self.console.accounts.of(key));
        account.and_then(|account| account.me.clone())
    }

    /// Keeps what stands in the form, and takes back what was said about it.
    pub fn typed(self) {
        let raw = self.fields.raw.get_untracked();
        let me = self.me();
        self.key.with_value(|key| {
            if self.base.with_untracked(|base| raw.is_dirty(base)) {
                drafts::keep(me.as_ref(), key, &raw);
            } else {
                drafts::forget(me.as_ref(), key);
            }
        });
        if !self.fields.problems.with_untracked(Vec::is_empty) {
            let problems = self.check().err().unwrap_or_default();
            self.fields.problems.set(problems);
        }
    }

    fn check(self) -> Result<Change, Vec<(Field, Problem)>> {
        let raw = self.fields.raw.get_untracked();
        let base = self.base.get_untracked();
        let draft = raw.check(self.service, Some(&base))?;
        Ok(draft.change_from(&base))
    }

    /// Sends the changes, once.
    pub fn submit(self) {
        if untrack(|| self.fields.is_sending() || self.verdict() != Verdict::Allowed) {
            return;
        }
        let change = match self.check() {
            Ok(change) => change,
            Err(problems) => return self.fields.show(problems),
        };
        if change.is_empty() {
            self.fields.problems.set(Vec::new());
            let said = text::NOTHING_TO_SAVE.to_owned();
            return self.console.notices.announce(said);
        }
        let key = self.key.get_value();
        let Some(account) = self.console.accounts.of(&key) else {
            return;
        };
        let name = self.base.with_untracked(|base| base.name.clone());
        self.fields.begin();
        spawn(async move {
            let result = account.service.save(&key.id, &change).await;
            let console = self.console;
            if !console.accounts.holds(&account) {
                // Whoever signed out has left this behind.
                return;
            }
            let noted = result.as_ref().map(|_| ()).map_err(Clone::clone);
            let (which, operation) = (Some(key.clone()), Operation::Save);
            console
                .activity
                .note(&key.account, which, name, operation, noted);
            match result {
                Ok(workspace) => {
                    drafts::forget(account.me.as_ref(), &key);
                    console.notices.confirm(text::saved(&workspace.name));
                    page::guard_leaving(false);
                    let here = self.fields.phase.try_set(Phase::Typing).is_none();
                    console.workspaces.put(&key, workspace);
                    if here {
                        self.show_overview(key);
                    }
                }
                Err(failure) => self.take(failure, &key),
            }
        });
    }

    fn take(self, failure: Failure, key: &WorkspaceKey) {
        self.console.workspaces.heed(&key.account, &failure);
        if failure.kind == FailureKind::Forbidden {
            self.console.roles.recheck(key);
        }
        self.fields.refuse(failure);
    }

    /// Reads the workspace again, and tells changes from what the service has now. A field that
    /// nobody typed in follows the service.
    pub fn look(self) {
        let key = self.key.get_value();
        spawn(async move {
            if self.console.workspaces.refresh(&key).await.is_err() {
                return;
            }
            let now = self.console.workspaces.get_untracked(&key);
            let (Some(now), Some(base)) = (now, self.base.try_get_untracked()) else {
                return;
            };
            let mut raw = RawDraft::of(&now, self.service);
            self.fields.raw.with_untracked(|typed| {
                for (field, text) in typed.fields() {
                    if text != base.text(field) {
                        raw.set(field, text.to_owned());
                    }
                }
            });
            self.fields.raw.set(raw);
            self.base.set(now);
            self.fields.phase.set(Phase::Typing);
            self.typed();
        });
    }

    /// Forgets what was typed, and leaves.
    pub fn discard(self) {
        let me = self.me();
        self.key.with_value(|key| drafts::forget(me.as_ref(), key));
        self.show_overview(self.key.get_value());
    }

    /// Shows the workspace in place of its form.
    pub fn show_overview(self, key: WorkspaceKey) {
        let query = self.place.route_untracked().query();
        self.place.replace(&Route::Workspace {
            key,
            tab: Tab::Overview,
            query,
        });
        focus_soon(vec![HEADING_ID.to_owned()], true);
    }
}
