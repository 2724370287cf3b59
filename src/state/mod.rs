//! What the console knows, as signals. Everything here is made once at the root and outlives every
//! page, so that a reply which arrives late still finds its place.
//!
//! Must not know how anything looks, nor what a request looks like: it calls `flows` and keeps
//! what they decide.

pub mod activity;
pub mod archiving;
pub mod blockers;
pub mod bulk;
pub mod creating;
pub mod deleting;
pub mod drafts;
pub mod elsewhere;
pub mod export;
pub mod health;
mod json;
pub mod managing;
pub mod navigation;
pub mod network;
pub mod notices;
pub mod reach;
pub mod reconcile;
pub mod request;
mod request_order;
pub mod retry_after;
pub mod saving;
pub mod selection;
pub mod session;
pub mod settings;
pub mod undo;
mod watching;
pub mod workspaces;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict, capability};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::workspace::Workspace;

pub use self::session::{accounts, config, reauthenticate};

use self::accounts::{Account, Accounts};
use self::activity::Activity;
use self::archiving::Archiving;
use self::network::Network;
use self::notices::Notices;
use self::reauthenticate::Reauthentication;
use self::selection::Selection;
use self::settings::Settings;
use self::undo::Undo;
use self::workspaces::{Workspaces, list_cache};

/// All of it. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct AppState {
    /// Who is signed in where.
    pub accounts: Accounts,
    /// The workspaces of all accounts, and my access to each.
    pub workspaces: Workspaces,
    /// The archive that is being confirmed or under way.
    pub archiving: Archiving,
    /// What is selected, and what is done with many.
    pub selection: Selection,
    /// The dialog that signs in again, and what waits for it.
    pub reauthentication: Reauthentication,
    /// What was attempted from this tab.
    pub activity: Activity,
    /// What of it is being taken back.
    pub undo: Undo,
    /// Confirmations, seen and announced.
    pub notices: Notices,
    /// Settings of this browser.
    pub settings: Settings,
    /// Whether there is a network.
    pub network: Network,
    /// Workspaces whose archive was accepted and is looked after.
    watched: RwSignal<Vec<WorkspaceKey>>,
}

impl AppState {
    /// Makes the console's state and puts it where pages find it.
    #[must_use]
    pub fn provide() -> Self {
        let accounts = Accounts::new();
        let network = Network::new();
        let app = Self {
            accounts,
            workspaces: Workspaces::new(accounts, network),
            archiving: Archiving::new(),
            selection: Selection::new(),
            reauthentication: Reauthentication::new(accounts),
            activity: Activity::new(accounts),
            undo: Undo::new(),
            notices: Notices::new(),
            settings: Settings::new(),
            network,
            watched: RwSignal::new(Vec::new()),
        };
        provide_context(app);
        app
    }

    /// What the console says about an action on a workspace, at this moment. Every control, key, address,
    /// dialog and request asks here. Without a network nothing is known, and for as long as an archive that was
    /// accepted may still show, nothing is known about another one.
    #[must_use]
    pub fn verdict(self, action: Action, key: &WorkspaceKey, workspace: &Workspace) -> Verdict {
        if !self.network.is_up() || action == Action::Archive && self.is_watched(key) {
            return Verdict::Pending;
        }
        self.accounts
            .get(&key.account)
            .map_or(Verdict::Pending, |account| {
                let (access, service) = (self.workspaces.access(key), account.description());
                capability(action, workspace, &access, service)
            })
    }

    /// Whether its archive was accepted and may still show.
    #[must_use]
    pub fn is_watched(self, key: &WorkspaceKey) -> bool {
        self.watched.with(|watched| watched.contains(key))
    }

    /// What the app says about an action on a workspace of the list, at this moment; pending for one that is not in it.
    #[must_use]
    pub fn verdict_of(self, action: Action, key: &WorkspaceKey) -> Verdict {
        let found = self.workspaces.get(key);
        found.map_or(Verdict::Pending, |workspace| {
            self.verdict(action, key, &workspace)
        })
    }

    /// Takes note of what a refusal of a change says besides: that the session has ended, or that my
    /// role is another than was thought.
    fn heed_change(self, account: &Account, key: &WorkspaceKey, failure: &Failure) {
        request::heed(self.accounts, account, failure);
        if failure.kind == FailureKind::Forbidden {
            self.workspaces.recheck_access(key);
        }
    }

    /// Forgets everything about an account: once it has signed out nothing of it may stay behind.
    pub fn forget(self, account: &AccountId) {
        self.workspaces.forget(account);
        self.archiving.forget(account);
        self.selection.forget(account);
        self.reauthentication.forget(account);
        self.activity.forget(account);
        self.watched
            .update(|watched| watched.retain(|key| key.account != *account));
        self.undo.forget();
        self.notices.clear();
        drafts::clear(account);
    }
}

/// The console's state, from anywhere below the root.
#[must_use]
#[inline(never)]
pub fn app_state() -> AppState {
    expect_context::<AppState>()
}
