//! Replies that were good once, damaged in every way, for each of the seven decoders: never a panic,
//! and what is damaged inside one entry costs no other.
//!
//! A second each by default. `STEWARD_FUZZ_SECONDS=600 cargo test --release -p steward-providers --test
//! fuzz -- --nocapture` goes on for ten minutes and says how many replies were read; a failure names
//! the seed and the reply, and `STEWARD_FUZZ_SEED` begins there again.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stdout
)]

mod common;

use std::time::{Duration, Instant};

use common::readers::{READERS, read};
use common::reply;
use serde_json::{Value, json};
use steward_domain::blocker::Payer;
use steward_domain::failure::Operation;
use steward_domain::time::Timestamp;
use steward_providers::http::Reply;
use steward_providers::{Dialect, desk, jwt, named, oauth};

/// A generator of numbers that needs no crate and gives the same ones for the same seed (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 33) as usize) % end.max(1)
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Pieces of JSON in place of a value. All of them end where they begin: a reply with one of them has
/// as many entries as before.
const VALUES: [&str; 44] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "2",
    "-1",
    "1.5",
    "0.06",
    "1e3",
    "1e-7",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "007",
    ".5",
    "+1",
    "18446744073709551616",
    "9007199254740993",
    "\"\"",
    "\" \"",
    "\"\\ud83d\"",
    "\"\\ude80 Rest\"",
    "\"\\u0000\"",
    "\"a\tb\nc\"",
    "\"C:\\dir\\x\"",
    "\"\u{202e}\u{fffd}🦀\"",
    "\"2025-05-04\"",
    "\"2025-05-04T10:00:00\"",
    "\"Sun, 04 May 2025 10:00:00 GMT\"",
    "1746352800",
    "1746352800000",
    "\"never\"",
    "\"false\"",
    "[]",
    "{}",
    "[[[[]]]]",
    "{\"id\":\"x\",\"user\":{\"user\":{}}}",
    "[null,{},\"a\",1e999]",
    "\"..\"",
    "{\"\\ud83d\":NaN,\"a\":\"\\udead\"}",
];

const NAMES: [&str; 16] = [
    "id",
    "name",
    "user",
    "user_id",
    "role",
    "status",
    "archived",
    "archived_at",
    "created_at",
    "tags",
    "data_residency",
    "type",
    "object",
    "users",
    "\\ud83d",
    "data",
];

/// Writes JSON, and here and there something else in place of a value, a name or a member.
fn damaged(dice: &mut Dice, value: &Value, one_in: usize, out: &mut String) {
    if dice.below(one_in) == 0 {
        match dice.below(12) {
            0 => {
                let depth = 200 + dice.below(3_000);
                let (open, close) =
                    [("[", "]"), ("{\"user\":", "}"), ("{\"tags\":[", "]}")][dice.below(3)];
                out.push_str(&open.repeat(depth));
                out.push('1');
                out.push_str(&close.repeat(depth));
            }
            1 => {
                let digits = "9".repeat(1 + dice.below(500));
                out.push_str(&digits);
            }
            _ => out.push_str(dice.pick(&VALUES)),
        }
        return;
    }
    match value {
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                damaged(dice, item, one_in, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut separator = '{';
            for (name, value) in members {
                if dice.below(one_in * 2) == 0 {
                    continue;
                }
                // Sometimes once more under the same or another name.
                for _ in 0..=usize::from(dice.below(one_in * 2) == 0) {
                    out.push(separator);
                    separator = ',';
                    let name = match dice.below(one_in * 2) {
                        0 => dice.pick(&NAMES),
                        _ => name.as_str(),
                    };
                    out.push('"');
                    out.push_str(name);
                    out.push_str("\":");
                    damaged(dice, value, one_in, out);
                }
            }
            if separator == '{' {
                out.push('{');
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// Damages the bytes themselves: what comes out may be anything.
fn broken(dice: &mut Dice, body: &mut Vec<u8>) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(body.len() + 1);
        match dice.below(6) {
            0 => body.truncate(at),
            1 => body.insert(at, dice.next() as u8),
            2 => {
                if let Some(byte) = body.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            3 => {
                let piece = dice.pick(&[
                    &b"\""[..],
                    b"\\",
                    b"\\u",
                    b"\\ud83d",
                    b"{",
                    b"}",
                    b"[",
                    b"]",
                    b",",
                    b":",
                    b"-",
                    b"e",
                    b"\xed\xa0\xbd",
                    b"\xff",
                    b"\0",
                    b"NaN",
                    b"<html>",
                ]);
                body.splice(at..at, piece.iter().copied());
            }
            4 => {
                let end = (at + dice.below(20)).min(body.len());
                body.drain(at.min(end)..end);
            }
            _ => {
                let end = (at + dice.below(40)).min(body.len());
                let twice: Vec<u8> = body[at.min(end)..end].to_vec();
                body.splice(at.min(end)..at.min(end), twice);
            }
        }
    }
}

/// The ids of what was read, and how many entries were counted without one.
type Ids = Option<(Vec<String>, usize)>;

/// A list to be damaged: who reads it, where its entries stand, and entries that it reads.
struct List {
    key: &'static str,
    at: &'static str,
    entry: Value,
    read: fn(&'static dyn Dialect, Reply) -> Ids,
}

fn workspaces(dialect: &'static dyn Dialect, reply: Reply) -> Ids {
    let page = dialect.read_list(&reply).ok()?;
    for row in &page.rows {
        let found = &row.workspace;
        // What is not known to be one of both is neither.
        assert!(!(found.state.is_active() && found.state.is_archived()));
    }
    let ids = page.rows.iter().map(|row| row.workspace.id.to_string());
    Some((ids.collect(), page.skipped))
}

fn members(dialect: &'static dyn Dialect, reply: Reply) -> Ids {
    let page = dialect.read_members(reply).ok()?;
    Some((
        page.rows
            .iter()
            .map(|row| row.person.id.to_string())
            .collect(),
        page.skipped,
    ))
}

fn people(dialect: &'static dyn Dialect, reply: Reply) -> Ids {
    let page = desk(dialect).read_people(reply).ok()?;
    Some((
        page.rows.iter().map(|row| row.id.to_string()).collect(),
        page.skipped,
    ))
}

fn keys(dialect: &'static dyn Dialect, reply: Reply) -> Ids {
    let page = desk(dialect).read_keys(reply).ok()?;
    Some((
        page.rows.iter().map(|row| row.id.clone()).collect(),
        page.skipped,
    ))
}

fn subscriptions(dialect: &'static dyn Dialect, reply: Reply) -> Ids {
    let payer = Payer {
        id: "cus_1".to_owned(),
        name: String::new(),
    };
    let page = desk(dialect).read_subscriptions(reply, &payer).ok()?;
    Some((
        page.rows.iter().map(|row| row.id.clone()).collect(),
        page.skipped,
    ))
}

/// The entries of a fixture, wherever they stand in it.
fn entries(body: &[u8]) -> Vec<Value> {
    let whole: Value = serde_json::from_slice(body).unwrap();
    let found = ["data", "workspaces"]
        .iter()
        .find_map(|name| whole.get(*name));
    let found = found.or_else(|| whole.pointer("/workspace/users"));
    found.and_then(Value::as_array).cloned().unwrap_or_default()
}

fn lists(operation: Operation) -> Vec<List> {
    let readers = READERS.iter().filter(|(_, of, _)| *of == operation);
    let mut lists = Vec::new();
    for (key, _, body) in readers {
        let read = match operation {
            Operation::List => workspaces,
            Operation::Members => members,
            Operation::People => people,
            Operation::Keys => keys,
            _ => subscriptions,
        };
        let at = match (*key, operation) {
            ("flashback", Operation::List) => "{\"success\":true,\"workspaces\":[@]}",
            ("flashback", Operation::Members) => {
                "{\"success\":true,\"workspace\":{\"id\":\"w\",\"users\":[@]}}"
            }
            _ => "{\"data\":[@],\"success\":true,\"has_more\":false}",
        };
        let entries = entries(body).into_iter();
        for entry in entries.filter(Value::is_object) {
            lists.push(List {
                key,
                at,
                entry,
                read,
            });
        }
    }
    assert!(!lists.is_empty());
    lists
}

/// Runs one round after another for as long as it was asked for, or for a share of that where a decoder
/// has several shapes.
fn rounds(what: &str, share: u32, round: &mut dyn FnMut(&mut Dice)) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let long = Duration::from_secs(number("STEWARD_FUZZ_SECONDS").unwrap_or(1)) / share;
    let seed = number("STEWARD_FUZZ_SEED").unwrap_or(1);
    let (began, mut count) = (Instant::now(), 0_u64);
    while began.elapsed() < long {
        for _ in 0..64 {
            let seed = seed + count;
            let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
            // The seed is what a failure needs to be seen again.
            let outcome =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| round(&mut dice)));
            assert!(outcome.is_ok(), "{what}: STEWARD_FUZZ_SEED={seed}");
            count += 1;
        }
    }
    println!("{what}: {count} replies");
}

/// Damages one entry between two good ones, then the bytes of the whole.
fn fuzz_list(what: &str, share: u32, operation: Operation) {
    let lists = lists(operation);
    rounds(what, share, &mut |dice| {
        let list = &lists[dice.below(lists.len())];
        let dialect = named(list.key).unwrap();
        let mut entry = String::new();
        let one_in = 2 + dice.below(12);
        damaged(dice, &list.entry, one_in, &mut entry);
        let good = |id: &str| {
            let entry = json!({"id": id, "user_id": id, "userId": id, "status": "active"});
            entry.to_string()
        };
        let rows = [good("first"), entry, good("last")].join(",");
        let body = list.at.replace('@', &rows);
        let read = (list.read)(dialect, reply(200, body.as_bytes()));
        let Some((ids, skipped)) = read else {
            unreachable!("{}: the list was lost: {body}", list.key);
        };
        // Who has been deleted is left out of the people, and neither read nor counted.
        let whole = ids.len() + skipped == 3 || operation == Operation::People;
        let ends = ids.first().zip(ids.last());
        let ends = ends.map(|(first, last)| (first.as_str(), last.as_str()));
        assert!(
            whole && ends == Some(("first", "last")),
            "{}: {ids:?} and {skipped}: {body}",
            list.key
        );
        let mut body = body.into_bytes();
        broken(dice, &mut body);
        let _ = (list.read)(dialect, reply(200, &body));
    });
}

/// Damages whole replies, of whatever shape.
fn fuzz_objects(what: &str, share: u32, bodies: &[(&'static str, Operation, &'static [u8])]) {
    rounds(what, share, &mut |dice| {
        let (key, operation, body) = bodies[dice.below(bodies.len())];
        let whole: Value = serde_json::from_slice(body).unwrap();
        let mut text = String::new();
        let one_in = 2 + dice.below(20);
        damaged(dice, &whole, one_in, &mut text);
        let mut body = text.into_bytes();
        if dice.below(2) == 0 {
            broken(dice, &mut body);
        }
        let _ = read(key, operation, reply(200, &body));
        let status = 100 + dice.below(500) as u16;
        let _ = read(key, operation, reply(status, &body));
    });
}

fn of(operations: &[Operation]) -> Vec<(&'static str, Operation, &'static [u8])> {
    let wanted = READERS.iter().filter(|(_, of, _)| operations.contains(of));
    wanted
        .filter(|(.., body)| !body.is_empty())
        .copied()
        .collect()
}

#[test]
fn lists_of_workspaces() {
    fuzz_list("list", 1, Operation::List);
}

#[test]
fn one_workspace() {
    use Operation::{Archive, Create, Open, Save};
    fuzz_objects("open", 1, &of(&[Open, Save, Create, Archive]));
}

#[test]
fn lists_of_members() {
    fuzz_list("members", 1, Operation::Members);
}

#[test]
fn lists_of_people() {
    fuzz_list("people", 1, Operation::People);
}

#[test]
fn lists_of_keys() {
    fuzz_list("keys", 1, Operation::Keys);
}

#[test]
fn lists_of_what_is_billed() {
    fuzz_list("subscriptions", 2, Operation::Blockers);
    fuzz_objects("billing", 2, &of(&[Operation::Blockers]));
}

#[test]
fn tokens_and_who_is_signed_in() {
    use Operation::{Refresh, SignIn, WhoAmI};
    fuzz_objects("tokens", 2, &of(&[SignIn, Refresh, WhoAmI]));
    let claims =
        json!({"sub": "auth0|1", "exp": 1_746_352_800, "name": "Ada", "email": "a@example.org"});
    rounds("claims", 2, &mut |dice| {
        let mut text = String::new();
        damaged(dice, &claims, 6, &mut text);
        let mut body = text.into_bytes();
        if dice.below(2) == 0 {
            broken(dice, &mut body);
        }
        let _ = jwt::claims(&["x.", &base64url(&body), ".y"].concat());
        let _ = Timestamp::parse(&String::from_utf8_lossy(&body));
        let _ = oauth::parse_callback(&String::from_utf8_lossy(&body));
    });
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            out.push(char::from(
                LETTERS[(bits >> (18 - 6 * place) & 63) as usize],
            ));
        }
    }
    out
}
