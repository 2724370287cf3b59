//! What is done with the form of a new workspace.
//!
//! Guarantees: sent once, however often it is pressed; shown as made only as the service gave it
//! back; no letter is lost, neither by a refusal nor by choosing another account nor by leaving.

use crate::state::creating;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::draft::RawDraft;
use steward_domain::field::{FieldFacts, Form};
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_domain::listing::Query;

use crate::browser::{clock, page};
use crate::components::workspace_fields::{Fields, Phase};
use crate::routes::{Route, Tab};
use crate::state::accounts::Account;
use crate::state::navigation::Navigation;
use crate::state::notices::Mark;
use crate::state::reauthenticate::{Interrupted, interrupted};
use crate::state::{AppState, drafts};
use crate::text;
use crate::ui::field::focus_field;
use leptos::task::spawn_local;

/// The id of the field in which the account is chosen.
pub const ACCOUNT_ID: &str = "new-account";

/// The state of the form that its parts share.
#[derive(Clone, Copy)]
pub struct NewForm {
    /// The console's state.
    pub app: AppState,
    /// Where the person is.
    pub navigation: Navigation,
    /// The account that it is to be in.
    pub chosen: RwSignal<Option<AccountId>>,
    /// Sending was tried without an account.
    pub missed: RwSignal<bool>,
    /// What was left unsaved before is in the form again.
    pub is_back: RwSignal<bool>,
    /// The fields of the account's service.
    pub fields: Fields,
}

impl NewForm {
    /// The account that it is to be in.
    pub fn account(self) -> Option<Rc<Account>> {
        self.app.accounts.get_untracked(&self.chosen.get()?)
    }

    /// Whether that account's session has ended.
    pub fn has_ended(self) -> bool {
        let chosen = self.chosen.get();
        chosen.is_some_and(|id| self.app.accounts.has_ended(&id))
    }

    /// Whether it cannot be sent at the moment: the session has ended, there is no network, or the
    /// service has refused for wanting to be left alone.
    pub fn waits(self) -> bool {
        let rests = |id: AccountId| self.app.accounts.is_resting(&id);
        let held = || self.fields.is_held_back() && self.chosen.get().is_some_and(rests);
        self.has_ended() || !self.app.network.is_up() || held()
    }

    /// Whether something has been typed or chosen.
    pub fn is_dirty(self) -> bool {
        let empty = match self.account() {
            Some(account) => RawDraft::new(account.description()),
            None => RawDraft::default(),
        };
        self.fields.raw.with(|raw| *raw != empty)
    }

    /// Takes the account that was picked, unless a request is under way.
    pub fn pick(self, id: String) {
        if untrack(|| self.fields.is_sending()) {
            return;
        }
        let account = AccountId::new(id).and_then(|id| self.app.accounts.get_untracked(&id));
        if let Some(account) = account {
            self.turn_to(&account);
            self.navigation
                .replace(&Route::New(Some(account.id.clone())));
        }
    }

    /// Turns to an account: its own fields, with what was left in them before, and over that what
    /// stands in the form and fits.
    pub fn turn_to(self, account: &Account) {
        let service = account.description();
        let mut raw = RawDraft::new(service);
        let key = draft_key(account);
        let is_back =
            key.is_some_and(|key| drafts::restore(account.me.as_ref(), &key, &mut raw, None));
        self.fields.raw.with_untracked(|before| {
            for (field, text) in before.fields() {
                if service.field(field).is_some_and(|facts| fits(facts, text)) {
                    raw.set(field, text.to_owned());
                }
            }
        });
        if self.chosen.with_untracked(Option::is_none) {
            self.is_back.set(is_back);
        }
        self.fields.raw.set(raw);
        self.fields.problems.set(Vec::new());
        self.fields.phase.set(Phase::Typing);
        self.chosen.set(Some(account.id.clone()));
        self.typed();
    }

    /// Keeps what stands in the form, and takes back what was said about it.
    pub fn typed(self) {
        let Some(account) = untrack(|| self.account()) else {
            return;
        };
        let raw = self.fields.raw.get_untracked();
        if untrack(|| self.is_dirty()) {
            keep(&account, &raw);
        } else {
            forget(&account);
        }
        if !self.fields.problems.with_untracked(Vec::is_empty) {
            let checked = raw.check(account.description(), None);
            self.fields.problems.set(checked.err().unwrap_or_default());
        }
    }

    /// Sends it, once.
    pub fn submit(self) {
        if untrack(|| self.fields.is_sending() || self.waits()) {
            return;
        }
        let Some(account) = untrack(|| self.account()) else {
            self.missed.set(true);
            return focus_field(ACCOUNT_ID);
        };
        let raw = self.fields.raw.get_untracked();
        let draft = match raw.check(account.description(), None) {
            Ok(draft) => draft,
            Err(problems) => return self.fields.show(problems),
        };
        self.fields.begin();
        // What is on its way is not unsaved: whoever leaves and comes back is not to send it twice.
        forget(&account);
        spawn_local(async move {
            let Self {
                app, navigation, ..
            } = self;
            let Some(result) = creating::create(app, Rc::clone(&account), draft).await else {
                // Whoever signed out has left this behind.
                return;
            };
            let made = match result {
                Ok(made) => {
                    self.forget();
                    made
                }
                Err(failure) => {
                    keep(&account, &raw);
                    let then = Rc::new(move || self.submit_again());
                    interrupted(app, &account, &failure, None, Interrupted::Repeats, then);
                    return self.fields.refuse(failure);
                }
            };
            let (how, left, kept) = (made.evidence, made.left, made.kept);
            let row = app.workspaces.get_untracked(&made.key);
            let name = row.map_or_else(String::new, |row| text::name(&row));
            if self.fields.phase.try_set(Phase::Typing).is_none() {
                page::guard_leaving(false);
                navigation.replace(&Route::Workspace {
                    key: made.key,
                    tab: Tab::Overview,
                    query: Query::default(),
                });
                // What is confirmed before a screen is drawn leaves with the one before.
                clock::sleep(0).await;
            }
            let said = text::created(&name, how, left.as_deref());
            let (said, mark) = match kept.is_empty() {
                true => (said, Mark::of(how)),
                false => (text::with_kept(said, &kept), Mark::Otherwise),
            };
            app.notices.confirm_as(said, mark);
        });
    }

    /// Sends what a session's end kept from being made, if it is still here.
    fn submit_again(self) {
        if self.fields.phase.try_get_untracked().is_some() {
            self.submit();
        }
    }

    /// Forgets what was typed, in whichever account it was.
    pub fn forget(self) {
        for account in self.app.accounts.all_untracked() {
            forget(&account);
        }
    }

    /// Goes to the list.
    pub fn leave(self) {
        self.navigation.go(&Route::List(Query::default()));
    }
}

/// Keeps the text for a new workspace in this account for another visit.
fn keep(account: &Account, raw: &RawDraft) {
    if let Some(key) = draft_key(account) {
        drafts::keep(account.me.as_ref(), &key, raw, None);
    }
}

/// Forgets that text.
fn forget(account: &Account) {
    if let Some(key) = draft_key(account) {
        drafts::forget(account.me.as_ref(), &key);
    }
}

/// Under which the text for a new workspace is kept: no service gives out such an id.
fn draft_key(account: &Account) -> Option<WorkspaceKey> {
    Some(WorkspaceKey {
        account: account.id.clone(),
        id: WorkspaceId::new("+")?,
    })
}

/// Whether a text that was typed for another account can stand in this field.
fn fits(facts: &FieldFacts, text: &str) -> bool {
    match facts.form {
        Form::Choice(words) => words.contains(&text),
        _ => !text.is_empty(),
    }
}
