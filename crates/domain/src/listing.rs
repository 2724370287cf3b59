//! A view on the list: what to search, which states, roles and billing modes to show, in which
//! order. [`Query`] is the whole view and lives in the address. Rows are put in an [`Order`] once, and
//! [`matches`] answers every keystroke from there.

mod natural;
mod order;
mod search;

use std::sync::Arc;

use crate::field::Field;
use crate::fold::{Unicode, fold};
use crate::id::{AccountId, WorkspaceKey};
use crate::role::{Member, Role};
use crate::workspace::{BillingMode, State, Workspace};

pub use self::natural::natural;
pub(crate) use self::order::positions;
pub use self::order::{Language, Order, by_key};
use self::search::Marks;
pub use self::search::matches;

/// Which states to show.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum StateFilter {
    /// Those in use.
    #[default]
    Active,
    /// The archived ones.
    Archived,
    /// Those in a state that this console does not know.
    Other,
    /// All.
    All,
}

impl StateFilter {
    /// The one that shows a state and no other.
    #[must_use]
    pub fn of(state: &State) -> Self {
        match state {
            State::Active => Self::Active,
            State::Archived(_) => Self::Archived,
            State::Unknown(_) => Self::Other,
        }
    }

    /// Its place in the order of states.
    fn place(self) -> u8 {
        match self {
            Self::Active => 0,
            Self::Other => 1,
            Self::Archived => 2,
            Self::All => 3,
        }
    }
}

/// What to sort by.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Column {
    /// By name, in the order of a language.
    #[default]
    Name,
    /// By account.
    Account,
    /// By my role, strongest first.
    Role,
    /// By billing mode.
    Billing,
    /// Active ones first, archived ones last.
    State,
    /// By the time of the last change.
    Updated,
}

impl Column {
    /// Every column, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Account,
        Self::Role,
        Self::Billing,
        Self::State,
        Self::Updated,
    ];
}

/// A view on the list.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Query {
    /// What must occur in name, id, description or tags, as [`crate::fold`] compares them. Words may
    /// stand apart: each must occur.
    pub text: String,
    /// Which states.
    pub state: StateFilter,
    /// Only these roles of mine; empty means any.
    pub roles: Vec<Role>,
    /// Only these billing modes; empty means any.
    pub billing: Vec<BillingMode>,
    /// Only these accounts; empty means any.
    pub accounts: Vec<AccountId>,
    /// Only accounts of these services, by the key of their description; empty means any.
    pub services: Vec<String>,
    /// What to sort by.
    pub column: Column,
    /// From the other end.
    pub descending: bool,
}

impl Query {
    /// Whether anything narrows the list beyond the state.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.text.trim().is_empty()
            || !self.roles.is_empty()
            || !self.billing.is_empty()
            || self.picks_accounts()
    }

    /// Whether only some accounts are asked for.
    #[must_use]
    pub fn picks_accounts(&self) -> bool {
        !self.accounts.is_empty() || !self.services.is_empty()
    }

    /// Whether answering takes my role in every workspace.
    #[must_use]
    pub fn needs_roles(&self) -> bool {
        !self.roles.is_empty() || self.column == Column::Role
    }
}

/// How many rows are in each state, with all other filters applied.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    /// Rows in use.
    pub active: usize,
    /// Archived rows.
    pub archived: usize,
    /// Rows in a state that is not known.
    pub other: usize,
}

impl Counts {
    /// Rows in any state.
    #[must_use]
    pub fn all(self) -> usize {
        self.active + self.archived + self.other
    }
}

/// One workspace in the index.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which workspace.
    pub key: WorkspaceKey,
    /// The workspace itself.
    pub workspace: Arc<Workspace>,
    /// Its members, where the list brought them along.
    pub members: Option<Arc<[Member]>>,
    /// When it was asked for, as a number that grows with time: what was asked for earlier never
    /// takes the place of what was asked for later.
    pub asked: u32,
    /// Name, id, description and tags, folded once so that a keystroke only searches.
    haystack: Box<str>,
    /// How much of it is the name, for sorting.
    name_length: usize,
    /// What may occur in the haystack.
    marks: Marks,
    /// Which filter by state shows it, so that a keystroke does not have to look it up.
    state: StateFilter,
}

impl Row {
    /// Prepares a workspace for searching and sorting.
    #[must_use]
    pub fn new(key: WorkspaceKey, workspace: Arc<Workspace>, asked: u32, unicode: Unicode) -> Self {
        let mut haystack = fold(&workspace.name, unicode);
        let name_length = haystack.len();
        haystack.push('\n');
        haystack.push_str(&fold(workspace.id.as_str(), unicode));
        for field in [Field::Description, Field::Tags] {
            haystack.push('\n');
            haystack.push_str(&fold(workspace.text(field), unicode));
        }
        Self {
            key,
            members: None,
            asked,
            marks: Marks::of(&haystack),
            state: StateFilter::of(&workspace.state),
            workspace,
            haystack: haystack.into(),
            name_length,
        }
    }

    fn folded_name(&self) -> &str {
        self.haystack.get(..self.name_length).unwrap_or_default()
    }
}

/// The answer to a query.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Matches {
    /// Positions of the matching rows in the slice given, in the order asked for.
    pub rows: Vec<u32>,
    /// How many would match in each state.
    pub counts: Counts,
    /// Rows that match otherwise but whose role is not known yet, when the query asks for roles.
    pub undecided: usize,
}

/// Tells my role in a workspace: `None` while it is not known yet, `Some(None)` once it is known
/// that there is none to go by, because I am no member or the list of members cannot be read.
/// A trait object because it is called once a row and a copy of the sort for every caller would
/// weigh more than the call.
pub type RoleOf<'a> = &'a dyn Fn(&WorkspaceKey) -> Option<Option<Role>>;

/// Tells whether an account's rows are asked for ([`Query::picks_accounts`]). Which service an
/// account is of is not written on its rows.
pub type Picked<'a> = &'a dyn Fn(&AccountId) -> bool;

#[cfg(test)]
mod tests;
