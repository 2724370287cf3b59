//! What is done with the form of a workspace.
//!
//! Guarantees: what is typed is kept at every input, and nothing that comes from the service ever
//! takes its place; only changed fields are sent, merged with what somebody else changed meanwhile;
//! nothing is shown as saved before the service said so; a refusal keeps every letter.

use crate::state::saving;
use crate::state::undo;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::{Changed, Draft, Problem};
use steward_domain::field::Field;
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::merge::{Answer, Difference, Pick, carry, moved};
use steward_domain::provider::Description;
use steward_domain::workspace::Workspace;

use super::panel::{self, Asked, choice_id};
use crate::browser::{clock, focus, page};
use crate::components::workspace_fields::{Fields, Phase};
use crate::features::workspace::{HEADING_ID, Shown, focus_soon};
use crate::routes::{Route, Tab};
use crate::state::navigation::Navigation;
use crate::state::reauthenticate::{Interrupted, interrupted};
use crate::state::saving::Saved;
use crate::state::{AppState, drafts};
use crate::text;
use leptos::task::spawn_local;

/// How often a workspace is read again because somebody comes back to the tab, in milliseconds.
const READ_EVERY_MS: f64 = 3_000.0;

/// Everything of the form that its parts share.
#[derive(Clone, Copy)]
pub struct Form {
    /// The console's state.
    pub app: AppState,
    /// Where the person is.
    pub navigation: Navigation,
    /// What the service offers.
    pub service: &'static Description,
    /// Which workspace.
    pub key: StoredValue<WorkspaceKey>,
    /// What the service has now.
    pub shown: Shown,
    /// What the service had when it was typed: changes are told from it, so that what somebody
    /// else changed meanwhile is not sent back.
    pub base: RwSignal<Arc<Workspace>>,
    /// The fields.
    pub fields: Fields,
    /// What has to be decided before it can be saved.
    pub asked: RwSignal<Option<Asked>>,
    /// What was decided.
    pub answers: RwSignal<Vec<Answer>>,
    /// Fields that show something new because somebody else changed them while the form was open.
    pub followed: RwSignal<Vec<Field>>,
    /// When the workspace was last read for the form, in milliseconds since 1970.
    pub read_at: StoredValue<f64>,
}

impl Form {
    /// Whether something differs from the base.
    pub fn is_dirty(self) -> bool {
        let raw = self.fields.raw.get();
        self.base.with(|base| raw.is_dirty(base))
    }

    /// Whether the service does not have the workspace any more, or not for me.
    pub fn is_gone(self) -> bool {
        self.shown.with(Option::is_none)
    }

    /// The workspace as the service has it now, as far as is known.
    pub fn current(self) -> Arc<Workspace> {
        self.shown.get().unwrap_or_else(|| self.base.get())
    }

    /// Whether it can be edited at this moment.
    pub fn verdict(self) -> Verdict {
        let current = self.current();
        self.key
            .with_value(|key| self.app.verdict(Action::Edit, key, &current))
    }

    /// Whether its service has refused for wanting to be left alone, and does so still.
    pub fn rests(self) -> bool {
        if !self.fields.is_held_back() {
            return false;
        }
        let account = self.key.with_value(|key| key.account.clone());
        self.app.accounts.is_resting(&account)
    }

    /// Who is signed in to the workspace's account.
    fn me(self) -> Option<UserId> {
        let account = self.key.with_value(|key| self.app.accounts.of(key));
        account.and_then(|account| account.me.clone())
    }

    /// Keeps what stands in the form, and takes back what was said about it.
    pub fn typed(self) {
        self.keep_text();
        if !self.fields.problems.with_untracked(Vec::is_empty) {
            let problems = self.check().err().unwrap_or_default();
            self.fields.problems.set(problems);
        }
    }

    /// Keeps what stands in the form for another visit of it.
    fn keep_text(self) {
        let raw = self.fields.raw.get_untracked();
        let me = self.me();
        let base = self.base.get_untracked();
        self.key.with_value(|key| {
            if raw.is_dirty(&base) {
                drafts::keep(me.as_ref(), key, &raw, Some(&base));
            } else {
                drafts::forget(me.as_ref(), key);
            }
        });
    }

    /// Checks what stands in the form as its service would.
    fn check(self) -> Result<Draft, Vec<(Field, Problem)>> {
        let raw = self.fields.raw.get_untracked();
        self.base
            .with_untracked(|base| raw.check(self.service, Some(base)))
    }

    /// Saves, once; asks first where somebody else changed the same.
    pub fn submit(self) {
        let may = || self.verdict() == Verdict::Allowed && !self.is_gone();
        if untrack(|| self.fields.is_sending() || self.rests() || !may()) {
            return;
        }
        if let Some(open) = untrack(|| self.first_open()) {
            let said = text::CHOOSE_FIRST.to_owned();
            self.app.notices.announce(said);
            focus::focus_id(&choice_id(open));
            return;
        }
        let mine = match self.check() {
            Ok(draft) => draft,
            Err(problems) => {
                self.asked.set(None);
                return self.fields.show(problems);
            }
        };
        let base = self.base.get_untracked();
        if mine.change_from(&base).is_empty() {
            self.fields.problems.set(Vec::new());
            let said = text::NOTHING_TO_SAVE.to_owned();
            return self.app.notices.announce(said);
        }
        let key = self.key.get_value();
        let Some(account) = self.app.accounts.of(&key) else {
            return;
        };
        let answers = self.answers.get_untracked();
        let undoes = self
            .asked
            .with_untracked(|asked| asked.as_ref()?.takes_back(&answers));
        self.fields.begin();
        spawn_local(async move {
            let app = self.app;
            let saving = saving::save(app, &account, &key, base, mine, answers, undoes);
            let Some(result) = saving.await else {
                // Whoever signed out has left this behind.
                return;
            };
            match result {
                Ok((Saved::Done { done, parts, .. }, attempt)) => {
                    drafts::forget(account.me.as_ref(), &key);
                    let said = text::saved(&done.value.name, done.evidence, &parts);
                    undo::offer(app, said, attempt);
                    page::guard_leaving(false);
                    if self.fields.phase.try_set(Phase::Typing).is_none() {
                        self.show_overview(key);
                    }
                }
                Ok((
                    Saved::Differently {
                        done, now, kept, ..
                    },
                    attempt,
                )) => {
                    if done.is_some() {
                        let said = text::saved_differently(&now.name, &kept);
                        undo::offer(app, said, attempt);
                    }
                    // What the service keeps is its answer to what was typed, and nobody else's change.
                    let is_here = self.base.try_set(Arc::new(now)).is_none();
                    if is_here && self.fields.phase.try_set(Phase::Typing).is_none() {
                        let told =
                            |one: &Changed| (one.field, Problem::Service(text::kept(&one.after)));
                        self.asked.set(None);
                        self.fields.show(kept.fields().map(told).collect());
                    }
                }
                Ok((Saved::Answered { said, .. }, _)) => {
                    if self.fields.phase.try_set(Phase::Typing).is_none() {
                        let told = |one: &Changed| {
                            (one.field, Problem::Service(text::answered(&one.after)))
                        };
                        self.asked.set(None);
                        self.fields.show(said.fields().map(told).collect());
                    }
                }
                Ok((Saved::Asks { parts, .. }, _)) => {
                    if self.fields.phase.try_set(Phase::Typing).is_none() {
                        let undoes = |asked: &Option<Asked>| asked.as_ref()?.undoes;
                        let undoes = self.asked.try_with_untracked(undoes);
                        self.ask(parts, undoes.flatten());
                    }
                }
                // What is drawn in place of the fields says so, and keeps the text.
                Ok((Saved::Archived(_) | Saved::Gone, _)) => {
                    self.asked.try_set(None);
                    self.fields.phase.try_set(Phase::Typing);
                    focus_soon(vec![HEADING_ID.to_owned()], true);
                }
                Err(failure) => {
                    let (key, then) = (Some(key), Rc::new(move || self.submit_again()));
                    interrupted(app, &account, &failure, key, Interrupted::Repeats, then);
                    self.fields.refuse(failure);
                }
            }
        });
    }

    /// Sends what a session's end kept from being saved, if it is still here.
    fn submit_again(self) {
        if self.fields.phase.try_get_untracked().is_some() {
            self.submit();
        }
    }

    /// Asks about these parts, in place of the fields.
    fn ask(self, parts: Vec<Difference>, undoes: Option<i64>) {
        let again = !self.answers.with_untracked(Vec::is_empty);
        self.asked.set(Some(Asked {
            parts,
            again,
            undoes,
        }));
        focus_soon(vec![panel::HEADING_ID.to_owned()], false);
    }

    /// Asks what taking back a former save left to be decided, with what stood there before it as mine.
    pub fn take_over(self) {
        if self.fields.is_sending() {
            return;
        }
        let undo = self.app.undo;
        let Some(given) = self.key.with_value(|key| undo.take(key)) else {
            return;
        };
        self.base.set(Arc::new(given.base.clone()));
        self.fields.raw.set(given.raw.clone());
        self.answers.set(Vec::new());
        self.typed();
        self.ask(given.parts.clone(), Some(given.undoes));
    }

    /// Takes an answer to an overlap.
    pub fn answer(self, asked: &Difference, pick: Pick) {
        if untrack(|| self.fields.is_sending()) {
            // A choice cannot be locked: it goes back to what is being sent.
            return self.answers.update(|_| ());
        }
        self.answers.update(|answers| {
            answers.retain(|answer| !answer.is_to(asked));
            answers.push(Answer::to(asked, pick));
        });
    }

    /// The number of the first overlap that has no answer yet.
    pub fn first_open(self) -> Option<usize> {
        let answers = self.answers.get();
        self.asked
            .with(|asked| asked.as_ref()?.first_open(&answers))
    }

    /// Shows the fields again. What was answered stays answered.
    pub fn back_to_fields(self) {
        if untrack(|| self.fields.is_sending()) {
            return;
        }
        self.asked.set(None);
        self.fields.focus_first();
    }

    /// The fields in which what was typed meets what somebody else has made of them.
    pub fn clash(self) -> Vec<Field> {
        let Some(now) = self.shown.get() else {
            return Vec::new();
        };
        let raw = self.fields.raw.get();
        self.base.with(|base| moved(base, &raw, &now))
    }

    /// Follows the service: what nobody typed in shows what is there now, what was typed stays.
    pub fn follow_service(self) {
        let Some(now) = self.shown.get().filter(|_| !self.fields.is_sending()) else {
            return;
        };
        let base = self.base.get_untracked();
        if *base == *now {
            return;
        }
        let carried = self
            .fields
            .raw
            .with_untracked(|raw| carry(&base, raw, &now));
        self.base.set(Arc::new(carried.base));
        // What was said about a text holds as long as the text stands there.
        if carried.followed.is_empty() {
            return self.keep_text();
        }
        self.followed.update(|all| {
            all.retain(|field| !carried.followed.contains(field));
            all.extend(&carried.followed);
        });
        self.fields.raw.set(carried.raw);
        self.typed();
    }

    /// Reads the workspace again; what is typed stays.
    pub fn look(self) {
        let key = self.key.get_value();
        self.read_at.set_value(clock::now());
        spawn_local(async move {
            if self.app.workspaces.refresh(&key).await.is_ok() {
                let failed = |phase: &Phase| matches!(phase, Phase::Failed(_));
                if self.fields.phase.try_with_untracked(failed) == Some(true) {
                    self.fields.phase.try_set(Phase::Typing);
                    // The button goes with what it mends.
                    focus_soon(vec![HEADING_ID.to_owned()], true);
                }
            }
        });
    }

    /// Reads it again because somebody is back at this tab, if that was not just now.
    pub fn look_on_return(self) {
        let due = clock::now() - self.read_at.get_value() >= READ_EVERY_MS;
        if due && !document().hidden() && !untrack(|| self.fields.is_sending() || self.is_gone()) {
            let key = self.key.get_value();
            self.read_at.set_value(clock::now());
            spawn_local(async move {
                // What cannot be read now is read when it is saved.
                let _ = self.app.workspaces.refresh(&key).await;
            });
        }
    }

    /// Forgets what was typed, and leaves.
    pub fn discard(self) {
        let me = self.me();
        self.key.with_value(|key| drafts::forget(me.as_ref(), key));
        self.show_overview(self.key.get_value());
    }

    /// Shows the workspace in place of its form.
    pub fn show_overview(self, key: WorkspaceKey) {
        let query = self.navigation.route_untracked().query();
        self.navigation.replace(&Route::Workspace {
            key,
            tab: Tab::Overview,
            query,
        });
        focus_soon(vec![HEADING_ID.to_owned()], true);
    }
}
