//! A view on the list: what to search, which states, roles and billing modes to show, in which
//! order. [`Query`] is the whole view and lives in the address; [`Index`] answers it fast.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::field::Field;
use crate::id::{AccountId, WorkspaceKey};
use crate::role::{Member, Role};
use crate::workspace::{BillingMode, Workspace};

/// Which states to show.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum StateFilter {
    /// Those in use.
    #[default]
    Active,
    /// The archived ones.
    Archived,
    /// All.
    All,
}

/// What to sort by.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Column {
    /// By name, ignoring case.
    #[default]
    Name,
    /// By account.
    Account,
    /// By my role, strongest first.
    Role,
    /// By billing mode.
    Billing,
    /// Active ones first.
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
    /// What must occur in name, id, description or tags, ignoring case. Words may stand apart: each
    /// must occur.
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
    /// On which load of its account's list it was last seen.
    pub seen: u32,
    /// Name, id, description and tags in lower case, made once so that a keystroke only searches.
    haystack: Box<str>,
    /// The name in lower case, for sorting.
    name_length: usize,
    /// Which pairs of letters may occur in the haystack.
    pairs: Pairs,
}

/// Puts a text into lower case, by Unicode's rules. Whoever searches brings it: the tables for it are
/// large, and a browser has them.
pub type Lower = fn(&str) -> String;

impl Row {
    /// Prepares a workspace for searching, with texts in lower case by `lower`.
    #[must_use]
    pub fn new(key: WorkspaceKey, workspace: Arc<Workspace>, seen: u32, lower: Lower) -> Self {
        let mut haystack = lower(&workspace.name);
        let name_length = haystack.len();
        haystack.push('\n');
        haystack.push_str(&lower(workspace.id.as_str()));
        for field in [Field::Description, Field::Tags] {
            haystack.push('\n');
            haystack.push_str(&lower(workspace.text(field)));
        }
        Self {
            key,
            workspace,
            members: None,
            seen,
            pairs: pairs(&haystack),
            haystack: haystack.into(),
            name_length,
        }
    }

    fn lower_name(&self) -> &str {
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

/// The order of rows for a column: positions in `rows`.
///
/// Workspaces without a role of mine come after those with one, and those whose role is not known
/// yet come last. Ties are broken by name, then by key, so that the order is the same at every call,
/// whatever it begins from: `before` is an earlier order, and one that still holds is not made again.
#[must_use]
pub fn order(
    rows: &[Row],
    column: Column,
    descending: bool,
    role: RoleOf<'_>,
    before: &[u32],
) -> Vec<u32> {
    let by_name = |a: &Row, b: &Row| {
        a.lower_name()
            .cmp(b.lower_name())
            .then_with(|| a.key.cmp(&b.key))
    };
    let rank = |row: &Row| match role(&row.key) {
        Some(Some(role)) => role.rank(),
        Some(None) => u8::MAX - 1,
        None => u8::MAX,
    };
    let compare = |a: &Row, b: &Row| -> Ordering {
        match column {
            Column::Name => Ordering::Equal,
            Column::Account => a.key.account.cmp(&b.key.account),
            Column::Role => rank(a).cmp(&rank(b)),
            Column::Billing => {
                fn word(row: &Row) -> Option<&str> {
                    row.workspace.billing.as_ref().map(BillingMode::as_str)
                }
                word(a).cmp(&word(b))
            }
            Column::State => a
                .workspace
                .state
                .is_archived()
                .cmp(&b.workspace.state.is_archived()),
            Column::Updated => a.workspace.updated.cmp(&b.workspace.updated),
        }
        .then_with(|| by_name(a, b))
    };
    sorted(rows, before, &|a, b| {
        let ordering = compare(a, b);
        if descending {
            ordering.reverse()
        } else {
            ordering
        }
    })
}

/// The rows in the order of their keys, each key once.
#[must_use]
pub fn by_key(rows: Vec<Row>) -> Vec<Row> {
    let order = sorted(&rows, &[], &|a, b| a.key.cmp(&b.key));
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let mut ordered: Vec<Row> = Vec::with_capacity(rows.len());
    for position in order {
        if let Some(row) = rows.get_mut(position as usize).and_then(Option::take)
            && ordered.last().is_none_or(|last| last.key != row.key)
        {
            ordered.push(row);
        }
    }
    ordered
}

/// The rows' positions in an order.
fn sorted(rows: &[Row], before: &[u32], compare: &dyn Fn(&Row, &Row) -> Ordering) -> Vec<u32> {
    positions(
        rows.len(),
        before,
        &|a, b| match (rows.get(a), rows.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        },
    )
}

/// Positions in an order. The one sort of the console: each further one is 2 kB of the download. It
/// looks first whether they are in order as they stand, so it begins from an earlier order of as many.
pub(crate) fn positions(
    count: usize,
    before: &[u32],
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<u32> {
    let mut order: Vec<u32> = match before.len() == count {
        true => before.to_vec(),
        false => (0..u32::try_from(count).unwrap_or(u32::MAX)).collect(),
    };
    order.sort_unstable_by(|a, b| compare(*a as usize, *b as usize));
    order
}

/// A bit for each pair of neighbouring bytes. Several pairs share one, so that it rules out and never
/// confirms.
type Pairs = [u32; 4];

fn pairs(text: &str) -> Pairs {
    let mut all = Pairs::default();
    for (first, second) in text.bytes().zip(text.bytes().skip(1)) {
        let bit = usize::from(first) * 31 + usize::from(second);
        if let Some(part) = all.get_mut(bit / 32 % 4) {
            *part |= 1 << (bit % 32);
        }
    }
    all
}

/// Whether a word occurs in a text. The standard library prepares each search, which pays in long
/// texts; these are short, and there are ten thousand of them at a keystroke.
fn occurs(word: &str, text: &str) -> bool {
    let text = text.as_bytes();
    match word.as_bytes() {
        [] => true,
        [one] => text.contains(one),
        [first, second, rest @ ..] => {
            let pair = u16::from_be_bytes([*first, *second]);
            let mut seen = 0_u16;
            text.iter().enumerate().any(|(at, byte)| {
                seen = seen << 8 | u16::from(*byte);
                seen == pair
                    && at > 0
                    && text
                        .get(at + 1..)
                        .is_some_and(|left| left.starts_with(rest))
            })
        }
    }
}

/// The rows that match, in the given order. `lower` is what the rows were prepared with.
#[must_use]
pub fn matches(
    rows: &[Row],
    order: &[u32],
    query: &Query,
    lower: Lower,
    role: RoleOf<'_>,
    picked: Picked<'_>,
) -> Matches {
    let text = lower(&query.text);
    let words = text.split_whitespace();
    let words: Vec<(&str, Pairs)> = words.map(|word| (word, pairs(word))).collect();
    let may = |row: &Row, wanted: &Pairs| {
        let mut both = row.pairs.iter().zip(wanted);
        both.all(|(there, wanted)| there & wanted == *wanted)
    };
    let mut found = Matches::default();
    for position in order {
        let Some(row) = rows.get(*position as usize) else {
            continue;
        };
        let mut words = words.iter();
        if !words.all(|(word, pairs)| may(row, pairs) && occurs(word, &row.haystack)) {
            continue;
        }
        if query.picks_accounts() && !picked(&row.key.account) {
            continue;
        }
        if !query.billing.is_empty()
            && !row
                .workspace
                .billing
                .as_ref()
                .is_some_and(|mode| query.billing.contains(mode))
        {
            continue;
        }
        let archived = row.workspace.state.is_archived();
        let shown = match query.state {
            StateFilter::Active => !archived,
            StateFilter::Archived => archived,
            StateFilter::All => true,
        };
        if !query.roles.is_empty() {
            match role(&row.key) {
                Some(Some(role)) if query.roles.contains(&role) => {}
                Some(_) => continue,
                None => {
                    found.undecided += usize::from(shown);
                    continue;
                }
            }
        }
        if archived {
            found.counts.archived += 1;
        } else {
            found.counts.active += 1;
        }
        if shown {
            found.rows.push(*position);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::WorkspaceId;
    use crate::testing::{OWNER, VIEWER};
    use crate::time::Timestamp;
    use crate::workspace::State;
    use proptest::prelude::*;

    fn row(id: &str, name: &str, description: Option<&str>, archived: bool) -> Row {
        let id = WorkspaceId::new(id).unwrap();
        let mut workspace = crate::testing::workspace(id.as_str(), name);
        workspace.description = description.map(str::to_owned);
        workspace.billing = Some(BillingMode::Pooled);
        workspace.updated = Some(Timestamp(i64::try_from(name.len()).unwrap()));
        if archived {
            workspace.state = State::Archived(None);
        }
        Row::new(
            WorkspaceKey {
                account: AccountId::new("a").unwrap(),
                id,
            },
            Arc::new(workspace),
            0,
            str::to_lowercase,
        )
    }

    fn shown(rows: &[Row], query: &Query, role: RoleOf<'_>) -> Vec<String> {
        let order = order(rows, query.column, query.descending, role, &[]);
        matches(rows, &order, query, str::to_lowercase, role, &|_| true)
            .rows
            .iter()
            .map(|position| rows[*position as usize].workspace.name.clone())
            .collect()
    }

    fn sample() -> Vec<Row> {
        vec![
            row("ws_3", "beta", Some("Zürich office"), false),
            row("ws_1", "Alpha", None, false),
            row("ws_2", "gamma", None, true),
        ]
    }

    #[test]
    fn searches_name_id_and_description_without_case() {
        for (text, found) in [
            ("ALPHA", vec!["Alpha"]),
            ("ws_3", vec!["beta"]),
            ("zürich", vec!["beta"]),
            ("office beta", vec!["beta"]),
            ("nothing", vec![]),
            ("  ", vec!["Alpha", "beta"]),
        ] {
            let query = Query {
                text: text.into(),
                ..Query::default()
            };
            assert_eq!(shown(&sample(), &query, &|_| None), found, "{text}");
        }
    }

    #[test]
    fn counts_speak_of_all_states_whatever_is_shown() {
        let rows = sample();
        let query = Query::default();
        let order = order(&rows, query.column, false, &|_| None, &[]);
        let found = matches(&rows, &order, &query, str::to_lowercase, &|_| None, &|_| {
            true
        });
        assert_eq!(
            found.counts,
            Counts {
                active: 2,
                archived: 1
            }
        );
        assert_eq!(found.rows.len(), 2);
    }

    #[test]
    fn a_role_filter_says_how_many_it_cannot_decide() {
        let rows = sample();
        let query = Query {
            roles: vec![OWNER],
            ..Query::default()
        };
        let role = |key: &WorkspaceKey| (key.id.as_str() == "ws_1").then_some(Some(OWNER));
        let order = order(&rows, query.column, false, &role, &[]);
        let found = matches(&rows, &order, &query, str::to_lowercase, &role, &|_| true);
        assert_eq!((found.rows.len(), found.undecided), (1, 1));
    }

    #[test]
    fn a_workspace_known_to_hold_no_role_of_mine_is_decided() {
        let rows = sample();
        let query = Query {
            roles: vec![OWNER],
            column: Column::Role,
            ..Query::default()
        };
        let role = |key: &WorkspaceKey| Some((key.id.as_str() == "ws_1").then_some(OWNER));
        let order = order(&rows, query.column, false, &role, &[]);
        let found = matches(&rows, &order, &query, str::to_lowercase, &role, &|_| true);
        assert_eq!((found.rows.len(), found.undecided), (1, 0));
        // Sorted by role: mine first, then none, then not known yet.
        let role = |key: &WorkspaceKey| match key.id.as_str() {
            "ws_1" => None,
            "ws_2" => Some(Some(VIEWER)),
            _ => Some(None),
        };
        let all = Query {
            state: StateFilter::All,
            column: Column::Role,
            ..Query::default()
        };
        assert_eq!(shown(&rows, &all, &role), ["gamma", "beta", "Alpha"]);
    }

    #[test]
    fn sorts_by_every_column_both_ways() {
        let mut query = Query {
            state: StateFilter::All,
            ..Query::default()
        };
        assert_eq!(
            shown(&sample(), &query, &|_| None),
            ["Alpha", "beta", "gamma"]
        );
        query.descending = true;
        assert_eq!(
            shown(&sample(), &query, &|_| None),
            ["gamma", "beta", "Alpha"]
        );
        query = Query {
            column: Column::State,
            ..query
        };
        assert_eq!(
            shown(&sample(), &query, &|_| None),
            ["gamma", "beta", "Alpha"]
        );
        query = Query {
            column: Column::Updated,
            descending: false,
            ..query
        };
        assert_eq!(
            shown(&sample(), &query, &|_| None),
            ["beta", "Alpha", "gamma"]
        );
        let role = |key: &WorkspaceKey| (key.id.as_str() == "ws_2").then_some(Some(VIEWER));
        query = Query {
            column: Column::Role,
            ..query
        };
        assert_eq!(shown(&sample(), &query, &role), ["gamma", "Alpha", "beta"]);
    }

    #[test]
    fn only_the_accounts_that_are_picked_are_found_and_counted() {
        let rows = sample();
        let order = order(&rows, Column::Name, false, &|_| None, &[]);
        let count = |query: &Query, picked: Picked<'_>| {
            let found = matches(&rows, &order, query, str::to_lowercase, &|_| None, picked);
            (found.rows.len(), found.counts.archived)
        };
        let mut query = Query::default();
        assert_eq!(count(&query, &|_| false), (2, 1));
        query.services = vec!["test".into()];
        assert!(query.is_narrowed());
        assert_eq!(count(&query, &|_| false), (0, 0));
        assert_eq!(count(&query, &|account| account.as_str() == "a"), (2, 1));
    }

    #[test]
    fn by_key_every_key_stands_once() {
        let rows = by_key([sample(), sample()].concat());
        let ids: Vec<&str> = rows.iter().map(|row| row.key.id.as_str()).collect();
        assert_eq!(ids, ["ws_1", "ws_2", "ws_3"]);
        assert!(by_key(Vec::new()).is_empty());
    }

    proptest! {
        #[test]
        fn an_order_is_a_permutation_and_the_same_wherever_it_begins(names in proptest::collection::vec("\\PC{0,8}", 0..40), descending: bool) {
            let rows: Vec<Row> = names.iter().enumerate()
                .map(|(number, name)| row(&format!("ws_{number}"), name, None, number % 3 == 0)).collect();
            for column in Column::ALL {
                let from = |before: &[u32]| order(&rows, column, descending, &|_| None, before);
                let mut all = from(&[]);
                prop_assert_eq!(&from(&all), &all);
                prop_assert_eq!(&from(&order(&rows, Column::Name, !descending, &|_| None, &[])), &all);
                all.sort_unstable();
                prop_assert_eq!(all, (0..u32::try_from(rows.len()).unwrap()).collect::<Vec<_>>());
            }
        }

        #[test]
        fn a_word_occurs_where_the_standard_library_finds_it(
            word in "[ab\u{0}é]{0,4}", text in "[ab\u{0}é\n]{0,30}",
        ) {
            let there = text.contains(&word);
            prop_assert_eq!(occurs(&word, &text), there);
            let ruled_out = pairs(&word).iter().zip(pairs(&text)).any(|(word, text)| word & text != *word);
            prop_assert!(!(there && ruled_out));
        }

        #[test]
        fn every_part_of_a_name_finds_it(name in "[a-zA-ZäÖ🦀 ]{1,20}", from in 0_usize..20, length in 1_usize..10) {
            let part: String = name.chars().skip(from).take(length).collect();
            let rows = [row("ws_1", &name, None, false)];
            let query = Query { text: part, ..Query::default() };
            prop_assert_eq!(shown(&rows, &query, &|_| None).len(), 1);
        }
    }
}
