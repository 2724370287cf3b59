//! What an ended session interrupted, and the one dialog that has it go on.
//!
//! Guarantees: one account is asked about at a time, however many calls failed together; what was
//! interrupted goes on once, and only for the person who began it; what cannot be taken back is never
//! sent by itself, only made ready to be confirmed again; whoever comes instead is shown no draft.
//! Everything else of a person stays where it is.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::failure::{Changed, Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceKey};

use super::accounts::{Account, Accounts};
use crate::state::{AppState, drafts};
use leptos::task::spawn_local;

/// What a session's end interrupted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interrupted {
    /// A change that its person pressed for. It goes on by itself.
    Repeats,
    /// An archive or a removal. It is confirmed again.
    Confirms,
}

/// Who came instead of the person that was asked for.
#[derive(Clone, PartialEq)]
pub struct Stranger {
    /// The account that was asked about.
    pub asked: AccountId,
    /// The one that came.
    pub came: AccountId,
}

/// What goes on when the session is good again.
#[derive(Clone)]
struct Waiting {
    account: AccountId,
    user_generation: u32,
    /// The workspace that it is about, whose role is looked up first.
    key: Option<WorkspaceKey>,
    what: Interrupted,
    then: Rc<dyn Fn()>,
}

/// The dialog and what waits for it. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Reauthentication {
    accounts: Accounts,
    asked: RwSignal<Option<AccountId>>,
    waiting: StoredValue<Vec<Waiting>, LocalStorage>,
    stranger: RwSignal<Option<Stranger>>,
    /// Whose dialog was closed: it does not open by itself again.
    closed: StoredValue<Vec<AccountId>>,
}

impl Reauthentication {
    pub(in crate::state) fn new(accounts: Accounts) -> Self {
        drafts::give_all_back();
        Self {
            accounts,
            asked: RwSignal::new(None),
            waiting: StoredValue::new_local(Vec::new()),
            stranger: RwSignal::new(None),
            closed: StoredValue::new(Vec::new()),
        }
    }

    /// The account that is to be signed in to again. One that renews itself is not asked about.
    #[must_use]
    pub fn asked(self) -> Option<AccountId> {
        let asked = self.asked.get()?;
        (!self.accounts.renewals.is_renewing(&asked)).then_some(asked)
    }

    /// Who came instead of the person that was asked for.
    #[must_use]
    pub fn stranger(self) -> Option<Stranger> {
        self.stranger.get()
    }

    /// What goes on after signing in to an account again.
    #[must_use]
    pub fn interrupted(self, account: &AccountId) -> Option<Interrupted> {
        self.waiting.with_value(|all| {
            let mut own = all.iter().filter(|waiting| waiting.account == *account);
            own.next().map(|waiting| waiting.what)
        })
    }

    /// Asks for an account to be signed in to again, because its person wants to.
    pub fn ask(self, account: &AccountId) {
        self.stranger.try_set(None);
        self.accounts.progress.forget_problem();
        self.asked.try_set(Some(account.clone()));
    }

    /// The same by itself, where its person is in the middle of something. Once they have closed it,
    /// it is theirs to open.
    pub fn ask_once(self, account: &AccountId) {
        let closed = self.closed.with_value(|closed| closed.contains(account));
        let open = self.asked.with_untracked(Option::is_some);
        if !closed && !open {
            self.ask(account);
        }
    }

    /// Asks no more. What was interrupted does not go on by itself any more: its person has turned
    /// to something else.
    pub fn close(self) {
        if let Some(account) = self.asked.get_untracked() {
            self.drop_waiting(&account);
            self.closed.update_value(|closed| closed.push(account));
        }
        self.accounts.progress.forget_problem();
        self.stranger.set(None);
        self.asked.set(None);
    }

    fn drop_waiting(self, account: &AccountId) {
        let gone = self.waiting.try_update_value(|all| {
            let gone = all.extract_if(.., |waiting| waiting.account == *account);
            gone.collect::<Vec<_>>()
        });
        drop(gone);
    }

    /// Leaves nothing of an account behind.
    pub(in crate::state) fn forget(self, account: &AccountId) {
        self.drop_waiting(account);
        self.closed
            .update_value(|closed| closed.retain(|other| other != account));
        drafts::give_back(account);
        let open = self.asked.get_untracked();
        let stranger = self.stranger.get_untracked();
        if open.as_ref() == Some(account) || stranger.is_some_and(|one| one.asked == *account) {
            self.stranger.set(None);
            self.asked.set(None);
        }
    }

    /// Takes what can go on: its session is good again, and its person's.
    fn ready(self) -> Vec<Waiting> {
        let ended = self.accounts.renewals.ended();
        let all = self.accounts.all();
        let ready = self.waiting.try_update_value(|waiting| {
            let ready = waiting.extract_if(.., |one| {
                let same = |account: &Rc<Account>| {
                    account.id == one.account && account.user_generation == one.user_generation
                };
                !ended.contains(&one.account) && all.iter().any(same)
            });
            ready.collect::<Vec<_>>()
        });
        ready.unwrap_or_default()
    }
}

/// Notes that a session's end interrupted something, and asks for the account to be signed in to
/// again. `then` runs once, when the same person has: it repeats what is safe to repeat because
/// nothing was changed, and makes everything else ready to be confirmed again. Other failures
/// change nothing here.
pub fn interrupted(
    app: AppState,
    account: &Account,
    failure: &Failure,
    key: Option<WorkspaceKey>,
    what: Interrupted,
    then: Rc<dyn Fn()>,
) {
    if failure.kind != FailureKind::SignedOut {
        return;
    }
    if failure.changed == Changed::No {
        let waiting = Waiting {
            account: account.id.clone(),
            user_generation: account.user_generation,
            key,
            what,
            then,
        };
        app.reauthentication.drop_waiting(&account.id);
        app.reauthentication
            .waiting
            .try_update_value(|all| all.push(waiting));
    }
    app.accounts.has_refused(account);
    app.reauthentication.ask(&account.id);
}

/// Lets go on what waits, and takes the dialog away, as soon as there is a session. `leave` takes
/// whoever came instead away from what another person was at.
pub fn follow(app: AppState, leave: impl Fn(&AccountId) + 'static) {
    let AppState {
        accounts,
        reauthentication,
        ..
    } = app;
    Effect::new(move |_| {
        for waiting in reauthentication.ready() {
            spawn_local(go_on(app, waiting));
        }
    });
    Effect::new(move |_| {
        let Some((asked, came)) = accounts.progress.reauthenticated() else {
            return;
        };
        untrack(|| match asked == came {
            true => drafts::give_back(&asked),
            false => {
                drafts::hold_back(&asked);
                reauthentication.drop_waiting(&asked);
                app.archiving.forget(&asked);
                leave(&asked);
                reauthentication
                    .stranger
                    .set(Some(Stranger { asked, came }));
            }
        });
    });
    // Whichever way its session became good, there is nothing left to ask about.
    let mut generation = None;
    Effect::new(move |_| {
        let asked = reauthentication.asked.get();
        let account = asked.as_ref().and_then(|id| accounts.get(id));
        let now = account.map(|account| (account.id.clone(), account.session_generation));
        let before = std::mem::replace(&mut generation, now.clone());
        let again = matches!((&before, &now), (Some(a), Some(b)) if a.0 == b.0 && a.1 != b.1);
        if again && let Some(id) = asked {
            reauthentication
                .closed
                .update_value(|closed| closed.retain(|other| *other != id));
            reauthentication.stranger.set(None);
            reauthentication.asked.set(None);
        }
    });
}

async fn go_on(app: AppState, waiting: Waiting) {
    if let Some(key) = &waiting.key {
        app.workspaces.look_up_access(key).await;
    }
    let account = app.accounts.get_untracked(&waiting.account);
    if account.is_some_and(|account| account.user_generation == waiting.user_generation) {
        (waiting.then)();
    }
}
