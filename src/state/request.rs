//! Requests of the app: whatever is asked of a service, or changed there, for whoever is signed in to an account.
//!
//! Guarantees: an answer that comes after its person has signed out changes nothing, and neither does one that a later
//! request has taken the place of; that a session has ended, and that a role is another than was thought, is passed
//! on; nothing is written to a signal whose owner is gone. Must not know what is requested.

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;

use super::AppState;
use super::accounts::{Account, Accounts};

/// Whether the person for whom something was requested is signed in still, by this or by a later sign-in. For what
/// comes bit by bit and cannot be awaited as a whole ([`awaited`]).
#[must_use]
pub(super) fn is_for(accounts: Accounts, account: &Account) -> bool {
    accounts.same_user(account)
}

/// Awaits what is done for the person who is signed in to an account. `None`: they have signed out meanwhile, so
/// that what came of it is nobody's.
pub async fn awaited<T>(
    accounts: Accounts,
    account: &Account,
    work: impl Future<Output = T>,
) -> Option<T> {
    let answer = work.await;
    is_for(accounts, account).then_some(answer)
}

/// The same for one request that reads. Takes note if the service says that the session has ended.
pub async fn answer<T>(
    accounts: Accounts,
    account: &Account,
    work: impl Future<Output = Result<T, Failure>>,
) -> Option<Result<T, Failure>> {
    let result = awaited(accounts, account, work).await?;
    if let Err(failure) = &result {
        heed(accounts, account, failure);
    }
    Some(result)
}

/// The same for one request that changes a workspace. Where it is refused for my role, the role is read again.
pub async fn change<T>(
    app: AppState,
    account: &Account,
    key: &WorkspaceKey,
    work: impl Future<Output = Result<T, Failure>>,
) -> Option<Result<T, Failure>> {
    let result = awaited(app.accounts, account, work).await?;
    if let Err(failure) = &result {
        app.heed_change(account, key, failure);
    }
    Some(result)
}

/// Takes note if a failure says that the session has ended, and it is the account's session still.
pub(super) fn heed(accounts: Accounts, account: &Account, failure: &Failure) {
    if failure.kind == FailureKind::SignedOut {
        accounts.has_refused(account);
    }
}

/// Where a request stands.
enum Phase<T, E> {
    /// Not made yet, or reset.
    Idle,
    /// Under way.
    Pending,
    /// Answered.
    Done(T),
    /// It failed.
    Failed(E),
}

/// A request and what came of the last one. Copies are handles to the same.
pub struct Request<T: 'static, E: 'static = Failure> {
    phase: RwSignal<Phase<T, E>, LocalStorage>,
    /// The number of the last one.
    generation: StoredValue<u32>,
}

impl<T, E> Clone for Request<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Request<T, E> {}

impl<T: Clone + 'static, E: Clone + 'static> Default for Request<T, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Clone + 'static, E: Clone + 'static> Request<T, E> {
    /// None is made yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            phase: RwSignal::new_local(Phase::Idle),
            generation: StoredValue::new(0),
        }
    }

    /// Whether one is under way.
    #[must_use]
    pub fn pending(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Pending))
    }

    /// The same without subscribing; false once its owner is gone.
    #[must_use]
    pub fn pending_untracked(self) -> bool {
        let pending = |phase: &Phase<T, E>| matches!(phase, Phase::Pending);
        self.phase.try_with_untracked(pending) == Some(true)
    }

    /// Whether none has been made, without subscribing.
    #[must_use]
    pub fn is_idle_untracked(self) -> bool {
        let idle = |phase: &Phase<T, E>| matches!(phase, Phase::Idle);
        self.phase.try_with_untracked(idle) == Some(true)
    }

    /// Why the last one failed.
    #[must_use]
    pub fn failure(self) -> Option<E> {
        self.phase.with(|phase| match phase {
            Phase::Failed(failure) => Some(failure.clone()),
            _ => None,
        })
    }

    /// What came of the last one; `None` before it is answered.
    #[must_use]
    pub fn outcome(self) -> Option<Result<T, E>> {
        self.phase.with(|phase| match phase {
            Phase::Done(value) => Some(Ok(value.clone())),
            Phase::Failed(failure) => Some(Err(failure.clone())),
            Phase::Idle | Phase::Pending => None,
        })
    }

    /// Forgets what came of the last one, unless one is under way.
    pub fn clear(self) {
        if !self.pending_untracked() {
            self.abandon();
        }
    }

    /// Forgets the last one, even if it is under way: its answer is dropped.
    pub fn abandon(self) {
        self.begin(Phase::Idle);
    }

    /// Reads, in place of a reading that is under way: its answer is dropped.
    pub fn read(self, work: impl Future<Output = Option<Result<T, E>>> + 'static) {
        self.read_then(work, |_| {});
    }

    /// The same with something to do once it is answered, if no later one has taken its place.
    pub fn read_then(
        self,
        work: impl Future<Output = Option<Result<T, E>>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        let generation = self.begin(Phase::Pending);
        spawn_local(async move {
            let result = work.await;
            if self.generation.try_get_value() != Some(generation) {
                return;
            }
            let answered = match &result {
                Some(Ok(value)) => Some(value.clone()),
                _ => None,
            };
            self.phase.try_set(match result {
                None => Phase::Idle,
                Some(Ok(value)) => Phase::Done(value),
                Some(Err(failure)) => Phase::Failed(failure),
            });
            if let Some(value) = answered {
                then(value);
            }
        });
    }

    /// Makes a change, unless one is under way.
    pub fn send(self, work: impl Future<Output = Option<Result<T, E>>> + 'static) {
        if !self.pending_untracked() {
            self.read(work);
        }
    }

    fn begin(self, phase: Phase<T, E>) -> u32 {
        let next = |number: &mut u32| {
            *number = number.wrapping_add(1);
            *number
        };
        let generation = self.generation.try_update_value(next).unwrap_or_default();
        self.phase.try_set(phase);
        generation
    }
}
