//! The view on the list: the address is its source, the text being typed runs ahead of it for a
//! moment, and the matching rows follow from both.

use leptos::prelude::*;
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::listing::{Matches, Order, Query, RoleOf, matches};

use crate::browser::clock::Timer;
use crate::browser::intl::Collator;
use crate::browser::letters::UNICODE;
use crate::state::AppState;
use crate::state::accounts::Account;
use crate::state::navigation::Navigation;
use crate::text;

/// How long typing pauses before the address follows. Browsers refuse addresses that change with
/// every key (Safari: 100 in 30 seconds).
const PAUSE_MS: u32 = 300;

/// The view. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct View {
    navigation: Navigation,
    typed: RwSignal<Option<String>>,
    pause: StoredValue<Option<Timer>, LocalStorage>,
    /// What is asked for.
    pub query: Memo<Query>,
    /// What fits.
    pub found: Memo<Matches>,
}

/// Whether a query asks for an account's rows.
fn picks(query: &Query, account: &Account) -> bool {
    let by = |list_empty: bool, has: bool| list_empty || has;
    by(
        query.accounts.is_empty(),
        query.accounts.contains(&account.id),
    ) && by(
        query.services.is_empty(),
        query
            .services
            .iter()
            .any(|key| key == account.description().key),
    )
}

impl View {
    pub(super) fn new(app: AppState, navigation: Navigation) -> Self {
        let typed = RwSignal::new(None::<String>);
        let query = Memo::new(move |_| {
            let mut query = navigation.with(crate::routes::Route::query);
            if let Some(text) = typed.get() {
                query.text = text;
            }
            query
        });
        // Two steps, so that a keystroke searches and does not sort.
        let by = Memo::new(move |_| {
            query.with(|query| (query.column, query.descending, query.needs_roles()))
        });
        let order = StoredValue::new(Order::default());
        let sorted = Memo::new(move |_| {
            let (column, descending, by_role) = by.get();
            app.workspaces.with_rows(|rows| {
                let renew = |role: RoleOf<'_>| {
                    order.try_update_value(|order| {
                        order.renew(rows, column, descending, role, &Collator);
                        order.positions().to_vec()
                    })
                };
                let sorted = match by_role {
                    true => app.workspaces.with_roles(renew),
                    false => renew(&|_| None),
                };
                sorted.unwrap_or_default()
            })
        });
        let found = Memo::new(move |_| {
            query.with(|query| {
                let accounts = match query.picks_accounts() {
                    true => app.accounts.all(),
                    false => Vec::new(),
                };
                let picked: Vec<&AccountId> = accounts
                    .iter()
                    .filter(|account| picks(query, account))
                    .map(|account| &account.id)
                    .collect();
                let picked = |id: &AccountId| picked.contains(&id);
                sorted.with(|sorted| {
                    app.workspaces.with_rows(|rows| {
                        if query.needs_roles() {
                            app.workspaces.with_roles(|role| {
                                matches(rows, sorted, query, UNICODE, role, &picked)
                            })
                        } else {
                            matches(rows, sorted, query, UNICODE, &|_| None, &picked)
                        }
                    })
                })
            })
        });
        Effect::new(move |_| {
            let needed = query.with(Query::needs_roles);
            let keys: Vec<WorkspaceKey> = match needed {
                true => app
                    .workspaces
                    .with_rows(|rows| rows.iter().map(|row| row.key.clone()).collect()),
                false => Vec::new(),
            };
            app.workspaces.set_needed(keys);
        });
        // One announcement a change that the person asked for; what happens to the rows by
        // themselves has its own words.
        let mut before = None;
        Effect::new(move |_| {
            let now = query.get();
            let count = found.with(|found| found.rows.len());
            if before.as_ref().is_some_and(|before| *before != now) {
                app.notices.announce(text::found(count));
            }
            before = Some(now);
        });
        Self {
            navigation,
            typed,
            pause: StoredValue::new_local(None),
            query,
            found,
        }
    }

    /// How many rows are shown.
    #[must_use]
    pub fn shown(self) -> usize {
        self.found.with(|found| found.rows.len())
    }

    /// Whether the search is being typed: the text runs ahead of the address.
    #[must_use]
    pub fn is_typing(self) -> bool {
        self.typed.with(Option::is_some)
    }

    /// The rows that are shown, without subscribing.
    #[must_use]
    pub fn matching(self, app: AppState) -> Vec<WorkspaceKey> {
        untrack(|| {
            self.found.with(|found| {
                app.workspaces.with_rows(|rows| {
                    let shown = found.rows.iter();
                    let shown = shown.filter_map(|at| rows.get(*at as usize));
                    shown.map(|row| row.key.clone()).collect()
                })
            })
        })
    }

    /// The accounts whose lists the rows are from, and how many rows a filter by role is still
    /// waiting for; without subscribing.
    #[must_use]
    pub fn extent(self, app: AppState) -> (Vec<AccountId>, usize) {
        let query = self.query.get_untracked();
        let all = app.accounts.all_untracked();
        let asked = all.iter().filter(|account| picks(&query, account));
        let accounts = asked.map(|account| account.id.clone()).collect();
        (accounts, self.found.with_untracked(|found| found.undecided))
    }

    /// Takes a change of the search text: at once for the rows, after a pause for the address.
    pub fn type_text(self, text: String) {
        self.typed.set(Some(text));
        let timer = Timer::after(PAUSE_MS, move || self.settle());
        self.pause.set_value(Some(timer));
    }

    /// Brings the address up to what has been typed.
    fn settle(self) {
        self.pause.try_set_value(None);
        let Some(Some(text)) = self.typed.try_get_untracked() else {
            return;
        };
        let mut query = self.navigation.route_untracked().query();
        if query.text != text {
            query.text = text;
            self.navigation.view(query, true);
        }
        self.typed.set(None);
    }

    /// Changes anything else of the view; back leads to the view before.
    pub fn change(self, change: impl FnOnce(&mut Query)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.pause.set_value(None);
        self.navigation.view(query, false);
        self.typed.set(None);
    }
}
