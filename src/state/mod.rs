//! What the console knows, as signals. Everything here is made once at the root and outlives every
//! page, so that a reply which arrives late still finds its place.
//!
//! Must not know how anything looks, nor what a request looks like: it calls `flows` and keeps
//! what they decide.

pub mod accounts;
pub mod activity;
pub mod archiving;
pub mod config;
pub mod drafts;
pub mod notices;
pub mod place;
pub mod roles;
pub mod session;
pub mod settings;
pub mod workspaces;

use leptos::prelude::*;

use self::accounts::Accounts;
use self::activity::Activity;
use self::archiving::Archiving;
use self::notices::Notices;
use self::roles::Roles;
use self::settings::Settings;
use self::workspaces::Workspaces;

/// All of it. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Console {
    /// Who is signed in where.
    pub accounts: Accounts,
    /// The workspaces of all accounts.
    pub workspaces: Workspaces,
    /// My role in each workspace.
    pub roles: Roles,
    /// The archive that is being confirmed or under way.
    pub archiving: Archiving,
    /// What was attempted from this tab.
    pub activity: Activity,
    /// Confirmations, seen and announced.
    pub notices: Notices,
    /// Settings of this browser.
    pub settings: Settings,
}

impl Console {
    /// Makes the console's state and puts it where pages find it.
    #[must_use]
    pub fn provide() -> Self {
        let accounts = Accounts::new();
        let roles = Roles::new(accounts);
        let console = Self {
            accounts,
            workspaces: Workspaces::new(accounts, roles),
            roles,
            archiving: Archiving::new(),
            activity: Activity::new(accounts),
            notices: Notices::new(),
            settings: Settings::new(),
        };
        provide_context(console);
        console
    }

    /// Forgets everything about an account: at sign-out nothing of it may stay behind.
    pub fn forget(self) {
        self.workspaces.clear();
        self.roles.clear();
        self.archiving.forget();
        self.activity.clear();
        self.notices.clear();
        drafts::clear();
    }
}

/// The console's state, from anywhere below the root.
#[must_use]
#[inline(never)]
pub fn console() -> Console {
    expect_context::<Console>()
}
