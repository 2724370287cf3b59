//! What a listing guarantees: its orders are the same however they begin, and a search finds what the standard library would.

use super::search::{Marks, occurs};
use super::*;
use crate::fold::tests::UNICODE;
use crate::id::WorkspaceId;
use crate::testing::{OWNER, VIEWER};
use crate::time::Timestamp;
use crate::workspace::State;
use proptest::prelude::*;
use std::cmp::Ordering;

/// A language that tells a few letters apart and orders its `z` before its `a`.
struct Backwards;

impl Backwards {
    fn key(text: &str) -> String {
        let rank = |letter: char| match letter {
            'a'..='z' => char::from(b'a' + b'z' - letter as u8),
            letter => letter,
        };
        text.to_lowercase().chars().map(rank).collect()
    }
}

impl Language for Backwards {
    fn compare(&self, a: &str, b: &str) -> Ordering {
        Self::key(a).cmp(&Self::key(b))
    }

    fn sorted(&self, texts: &[&str]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..u32::try_from(texts.len()).unwrap()).collect();
        order.sort_by(|a, b| self.compare(texts[*a as usize], texts[*b as usize]));
        order
    }
}

/// No language: whatever is sorted stays as it is without one.
struct NoLanguage;

impl Language for NoLanguage {
    fn compare(&self, _: &str, _: &str) -> Ordering {
        Ordering::Equal
    }

    fn sorted(&self, texts: &[&str]) -> Vec<u32> {
        (0..u32::try_from(texts.len()).unwrap()).collect()
    }
}

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
        UNICODE,
    )
}

fn order(rows: &[Row], column: Column, descending: bool, role: RoleOf<'_>) -> Vec<u32> {
    let mut order = Order::default();
    order.renew(rows, column, descending, role, &NoLanguage);
    order.positions().to_vec()
}

fn shown(rows: &[Row], query: &Query, role: RoleOf<'_>) -> Vec<String> {
    let order = order(rows, query.column, query.descending, role);
    matches(rows, &order, query, UNICODE, role, &|_| true)
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
    let order = order(&rows, query.column, false, &|_| None);
    let found = matches(&rows, &order, &query, UNICODE, &|_| None, &|_| true);
    assert_eq!(
        found.counts,
        Counts {
            active: 2,
            archived: 1,
            other: 0
        }
    );
    assert_eq!(found.rows.len(), 2);
}

#[test]
fn a_state_that_is_not_known_is_neither_active_nor_archived() {
    let mut rows = sample();
    let mut odd = crate::testing::workspace("ws_9", "Zeta");
    odd.state = State::Unknown("suspended".into());
    let key = WorkspaceKey {
        account: AccountId::new("a").unwrap(),
        id: odd.id.clone(),
    };
    rows.push(Row::new(key, Arc::new(odd), 0, UNICODE));
    let ask = |state| {
        let query = Query {
            state,
            column: Column::State,
            ..Query::default()
        };
        let order = order(&rows, query.column, false, &|_| None);
        let found = matches(&rows, &order, &query, UNICODE, &|_| None, &|_| true);
        let name = |at: &u32| rows[*at as usize].workspace.name.clone();
        (
            found.rows.iter().map(name).collect::<Vec<_>>(),
            found.counts,
        )
    };
    let counts = Counts {
        active: 2,
        archived: 1,
        other: 1,
    };
    assert_eq!(counts.all(), 4);
    for (state, names) in [
        (StateFilter::Active, vec!["Alpha", "beta"]),
        (StateFilter::Other, vec!["Zeta"]),
        (StateFilter::Archived, vec!["gamma"]),
        (StateFilter::All, vec!["Alpha", "beta", "Zeta", "gamma"]),
    ] {
        let names = names.into_iter().map(str::to_owned).collect();
        assert_eq!(ask(state), (names, counts), "{state:?}");
    }
}

#[test]
fn a_role_filter_says_how_many_it_cannot_decide() {
    let rows = sample();
    let query = Query {
        roles: vec![OWNER],
        ..Query::default()
    };
    let role = |key: &WorkspaceKey| (key.id.as_str() == "ws_1").then_some(Some(OWNER));
    let order = order(&rows, query.column, false, &role);
    let found = matches(&rows, &order, &query, UNICODE, &role, &|_| true);
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
    let order = order(&rows, query.column, false, &role);
    let found = matches(&rows, &order, &query, UNICODE, &role, &|_| true);
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
    let order = order(&rows, Column::Name, false, &|_| None);
    let count = |query: &Query, picked: Picked<'_>| {
        let found = matches(&rows, &order, query, UNICODE, &|_| None, picked);
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

#[test]
fn a_search_finds_every_form_of_a_letter_both_ways() {
    let names = [
        "Mu\u{308}ller Works",
        "M\u{fc}ller Labs",
        "MUELLER",
        "Cafe\u{301} Noir",
    ];
    let rows: Vec<Row> = (0..)
        .zip(names)
        .map(|(number, name)| row(&format!("ws_{number}"), name, None, false))
        .collect();
    for (text, found) in [
        ("mu\u{308}ller", 2),
        ("m\u{fc}ller", 2),
        ("M\u{dc}LLER", 2),
        ("muller", 2),
        ("cafe", 1),
        ("caf\u{e9}", 1),
        ("ＣＡＦＥ noir", 1),
        ("ca\u{ad}fé", 1),
    ] {
        let query = Query {
            text: text.into(),
            ..Query::default()
        };
        assert_eq!(shown(&rows, &query, &|_| None).len(), found, "{text}");
    }
}

#[test]
fn names_stand_in_the_order_of_the_language_and_numbers_by_value() {
    let names = ["Alpha", "beta", "Echo 10", "Echo 2", " beta", "alpha"];
    let rows: Vec<Row> = (0..)
        .zip(names)
        .map(|(number, name)| row(&format!("ws_{number}"), name, None, false))
        .collect();
    let by = |language: &dyn Language| {
        let mut order = Order::default();
        order.renew(&rows, Column::Name, false, &|_| None, language);
        let positions = order.positions().iter();
        positions.map(|at| names[*at as usize]).collect::<Vec<_>>()
    };
    let natural = ["Alpha", "alpha", "beta", " beta", "Echo 2", "Echo 10"];
    assert_eq!(by(&NoLanguage), natural);
    let backwards = ["Echo 10", "Echo 2", "beta", " beta", "Alpha", "alpha"];
    assert_eq!(by(&Backwards), backwards);
}

#[test]
fn accounts_stand_by_their_number() {
    let of = |account: &str| {
        let mut row = row(&format!("ws_{account}"), "One", None, false);
        row.key.account = AccountId::new(account).unwrap();
        row
    };
    let rows = [of("altostrat-10"), of("altostrat"), of("altostrat-2")];
    assert_eq!(order(&rows, Column::Account, false, &|_| None), [1, 2, 0]);
}

/// Forgets every other text.
struct Forgetful;

impl Language for Forgetful {
    fn compare(&self, a: &str, b: &str) -> Ordering {
        a.cmp(b)
    }

    fn sorted(&self, texts: &[&str]) -> Vec<u32> {
        (0..).zip(texts).map(|(at, _)| at).step_by(2).collect()
    }
}

#[test]
fn a_language_that_forgets_names_costs_no_row() {
    let mut order = Order::default();
    order.renew(&sample(), Column::Name, false, &|_| None, &Forgetful);
    assert_eq!(order.positions(), [1, 0, 2]);
}

proptest! {
    #[test]
    fn an_order_is_a_permutation_and_the_same_wherever_it_begins(names in proptest::collection::vec("\\PC{0,8}", 0..40), descending: bool) {
        let rows: Vec<Row> = names.iter().enumerate()
            .map(|(number, name)| row(&format!("ws_{number}"), name, None, number % 3 == 0)).collect();
        for column in Column::ALL {
            let mut all = order(&rows, column, descending, &|_| None);
            let mut other = Order::default();
            other.renew(&rows, Column::Name, !descending, &|_| None, &NoLanguage);
            other.renew(&rows, column, descending, &|_| None, &NoLanguage);
            prop_assert_eq!(other.positions(), &all);
            all.sort_unstable();
            prop_assert_eq!(all, (0..u32::try_from(rows.len()).unwrap()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn rows_that_changed_are_put_where_a_new_order_has_them(
        names in proptest::collection::vec("[a-cA-C]{0,2}", 1..60),
        changes in proptest::collection::vec((0_usize..60, "[a-cA-C]{0,2}", any::<bool>()), 0..50),
        descending: bool, more: bool, each: bool,
    ) {
        let new = |number: usize, name: &str, archived| row(&format!("ws_{number:02}"), name, None, archived);
        let rows: Vec<Row> = names.iter().enumerate()
            .map(|(number, name)| new(number, name, number % 3 == 0)).collect();
        for column in Column::ALL {
            let (mut rows, mut kept) = (rows.clone(), Order::default());
            kept.renew(&rows, column, descending, &|_| None, &Backwards);
            for (number, name, archived) in &changes {
                let number = number % rows.len();
                rows[number] = new(number, name, *archived);
                if each {
                    kept.renew(&rows, column, descending, &|_| None, &Backwards);
                }
            }
            if more {
                rows.push(new(99, "b", false));
            }
            kept.renew(&rows, column, descending, &|_| None, &Backwards);
            let mut anew = Order::default();
            anew.renew(&rows, column, descending, &|_| None, &Backwards);
            prop_assert_eq!(kept.positions(), anew.positions());
        }
    }

    #[test]
    fn a_word_occurs_where_the_standard_library_finds_it(
        word in "[ab\u{0}é]{0,4}", text in "[ab\u{0}é\n]{0,30}",
    ) {
        let there = text.contains(&word);
        prop_assert_eq!(occurs(&word, &text), there);
        prop_assert!(Marks::of(&text).may_hold(&Marks::of(&word)) || !there);
    }

    // The letters beside "é" are its two bytes without the highest bit.
    #[test]
    fn marks_tell_a_single_letter_exactly(letter in "[abC)]", text in "[abé]{0,30}") {
        let there = text.contains(&letter);
        prop_assert_eq!(Marks::of(&text).may_hold(&Marks::of(&letter)), there);
    }

    #[test]
    fn every_part_of_a_name_finds_it(name in "[a-zA-ZäÖ🦀 ]{1,20}", from in 0_usize..20, length in 1_usize..10) {
        let part: String = name.chars().skip(from).take(length).collect();
        let rows = [row("ws_1", &name, None, false)];
        let query = Query { text: part, ..Query::default() };
        prop_assert_eq!(shown(&rows, &query, &|_| None).len(), 1);
    }
}
