//! Every fault at every operation: what it is told as, whether anything changed, what was sent and
//! how long it took. The first table in `docs/FAULTS.md` is made here and held against it; made anew with
//! `STEWARD_WRITE=1`. What follows it there is what `tests/e2e` shows of it.

mod ended;

use std::fs;
use std::io::{Write as _, stderr};
use std::path::Path;

use futures::executor::block_on;
use steward_domain::failure::{Changed, Failure, Unreadable};
use steward_domain::id::UserId;
use steward_domain::membership::MemberChange;
use steward_providers::flashback::Flashback;
use steward_providers::oauth::{Endpoints, RefreshToken};

use self::ended::{blocker, checked_again};
use super::dialect::workspace;
use super::*;
use crate::reconcile::{Edited, Intent};
use crate::{Cancelled, Edit, Listing, Saved, SignIn};

const FAULTS: [&str; 37] = [
    "connection refused",
    "reset in the middle",
    "no answer",
    "answer after 5 s",
    "truncated JSON",
    "another type",
    "another charset",
    "204 where a body is due",
    "200 with a web page",
    "400",
    "401",
    "403",
    "404",
    "408",
    "409",
    "412",
    "413",
    "422",
    "428",
    "429, Retry-After 7",
    "500",
    "502",
    "503, Retry-After 7",
    "504",
    "every id twice",
    "a name of 10,000 letters",
    "a name that turns direction, with emoji",
    "a clock that is a year off",
    "redirect",
    "accepted, shown later",
    "accepted, never shown",
    "not as sent",
    "error inside success",
    "another object",
    "lagging",
    "odd value",
    "null list",
];

/// Whether an operation can meet a fault at all.
fn meets(op: Op, fault: &str) -> bool {
    let answers_with_the_object = matches!(op, Op::Open | Op::Save | Op::Create);
    match fault {
        "accepted, shown later" | "accepted, never shown" | "lagging" => op.writes(),
        "not as sent" => matches!(op, Op::Save | Op::Create),
        "another object" => answers_with_the_object || op == Op::Archive || op.ends_a_blocker(),
        // Where nothing but a list can show the effect, the list is what meets these.
        "odd value" => answers_with_the_object || op == Op::List || op.ends_a_blocker(),
        "null list" => op == Op::List || op.ends_a_blocker(),
        _ => true,
    }
}

/// Whether nothing is wrong, so that looking afterwards finds what was done.
fn is_harmless(fault: &str) -> bool {
    matches!(
        fault,
        "answer after 5 s"
            | "every id twice"
            | "a name of 10,000 letters"
            | "a name that turns direction, with emoji"
            | "a clock that is a year off"
    )
}

/// The name that is typed.
fn name(fault: &str) -> String {
    match fault {
        "a name that turns direction, with emoji" => "\u{202e}gpj.exe 🦀".to_owned(),
        _ => "New".to_owned(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Op {
    List,
    Open,
    Save,
    Archive,
    Create,
    Members,
    Cancel,
    Delete,
    SignIn,
    Refresh,
}

/// Where the part of `docs/FAULTS.md` begins that is made elsewhere.
const IN_THE_BROWSER: &str = "## In the browser";

const OPS: [(Op, &str); 10] = [
    (Op::List, "list"),
    (Op::Open, "open"),
    (Op::Save, "save"),
    (Op::Archive, "archive"),
    (Op::Create, "create"),
    (Op::Members, "change a member"),
    (Op::Cancel, "cancel a subscription"),
    (Op::Delete, "delete storage"),
    (Op::SignIn, "sign in"),
    (Op::Refresh, "renew"),
];

const BASE: &str = r#"{"id":"ws_1","name":"Old","description":"Text","billing_mode":"single"}"#;
const TOKENS: &str = r#"{"access_token":"e30.e30.c2ln","refresh_token":"r2","expires_in":900}"#;
const NO_MEMBERS: &str = r#"{"data":[]}"#;
const MEMBER: &str = r#"{"data":[{"user_id":"u","role":"viewer"}]}"#;
const ANOTHER: &str =
    r#"{"id":"ws_9","name":"New","description":"Text","billing_mode":"single","archived":true}"#;

impl Op {
    fn writes(self) -> bool {
        matches!(
            self,
            Self::Save | Self::Archive | Self::Create | Self::Members | Self::Cancel | Self::Delete
        )
    }

    /// Who is asked: buckets and repositories are Flashback's.
    fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Delete => &Flashback,
            _ => &Altostrat,
        }
    }

    /// What the service answers if nothing is wrong.
    fn good(self) -> (u16, String) {
        let text = |text: &str| text.to_owned();
        match self {
            Self::List => (
                200,
                [r#"{"data":["#, BASE, r#"],"has_more":false}"#].concat(),
            ),
            Self::Open => (200, text(BASE)),
            Self::Save => (200, BASE.replace("Old", "New")),
            Self::Archive | Self::Cancel => (204, String::new()),
            Self::Delete => (200, text(r#"{"success":true}"#)),
            Self::Create => (
                201,
                text(r#"{"id":"ws_2","name":"New","billing_mode":"single"}"#),
            ),
            Self::Members => (201, text(r#"{"user_id":"u","role":"viewer"}"#)),
            Self::SignIn | Self::Refresh => (200, text(TOKENS)),
        }
    }

    /// The answers before that of the operation itself.
    fn before(self) -> Vec<Step> {
        match self {
            Self::Save => vec![reply(200, BASE)],
            _ => vec![],
        }
    }

    /// The answer to looking afterwards, which finds what was done or everything as it was.
    fn look(self, is_done: bool) -> Vec<Step> {
        let list = |rows: &str| [r#"{"data":["#, rows, "]}"].concat();
        let (done, not_done) = match self {
            Self::Save => (BASE.replace("Old", "New"), BASE.to_owned()),
            Self::Archive => (BASE.replace("}", r#","archived":true}"#), BASE.to_owned()),
            Self::Create => {
                let (_, made) = self.good();
                (list(&[BASE, ",", &made].concat()), list(BASE))
            }
            Self::Members => (MEMBER.to_owned(), NO_MEMBERS.to_owned()),
            _ => return vec![],
        };
        vec![reply(200, if is_done { &done } else { &not_done })]
    }
}

/// What happens to the request of the operation.
fn step(fault: &str, op: Op) -> Step {
    let (status, good) = op.good();
    let body = |body: Vec<u8>| {
        Step::Reply(Reply {
            status,
            body,
            ..Reply::default()
        })
    };
    let named = |name: &str| {
        let quoted = [r#""name":""#, name, r#"""#].concat();
        let renamed = good
            .replace(r#""name":"Old""#, &quoted)
            .replace(r#""name":"New""#, &quoted);
        body(renamed.into_bytes())
    };
    match fault {
        "connection refused" | "reset in the middle" => lost(),
        "no answer" => timed_out(),
        "answer after 5 s" => Step::Late(
            5_000,
            Reply {
                status,
                body: good.into_bytes(),
                ..Reply::default()
            },
        ),
        "truncated JSON" => {
            let half = good.len() / 2;
            body(good.into_bytes()[..half].to_vec())
        }
        "another type" => body(br#"["a",1]"#.to_vec()),
        "another charset" => body(vec![0xff, 0xfe, b'{', 0, b'}', 0]),
        "204 where a body is due" => reply(204, ""),
        "200 with a web page" => Step::Reply(Reply {
            status: 200,
            content_type: Some("text/html".into()),
            body: b"<html>Sign in".to_vec(),
            ..Reply::default()
        }),
        "429, Retry-After 7" => later(429, "7"),
        "503, Retry-After 7" => later(503, "7"),
        "every id twice" if op == Op::List => {
            let twice = [r#"{"data":["#, BASE, ",", BASE, r#"],"has_more":false}"#].concat();
            body(twice.into_bytes())
        }
        "every id twice" => body(good.into_bytes()),
        // Longer than could be typed, so that it is not what was sent.
        "a name of 10,000 letters" => named(&"n".repeat(10_000)),
        "a name that turns direction, with emoji" => named(&name(fault)),
        "a clock that is a year off" => body(good.into_bytes()),
        "redirect" => redirected(),
        "accepted, shown later" | "accepted, never shown" => reply(202, ""),
        "lagging" => reply(status, ""),
        "not as sent" => named("N"),
        "error inside success" if op == Op::Delete => {
            reply(200, r#"{"success":false,"message":"Not today."}"#)
        }
        "error inside success" => reply(
            200,
            r#"{"type":"error","error":{"type":"policy","message":"Not today."}}"#,
        ),
        // The workspace that was there before is what a creation cannot have made.
        "another object" if op == Op::Create => reply(201, BASE),
        "another object" if op.ends_a_blocker() => {
            reply(200, r#"{"success":true,"id":"another","deleted":true}"#)
        }
        "another object" => reply(200, ANOTHER),
        "odd value" => body(
            good.replace(r#""billing_mode":"single""#, r#""billing_mode":{"a":[1]}"#)
                .into_bytes(),
        ),
        // Their own answers hold no list.
        "null list" if op.ends_a_blocker() => body(good.into_bytes()),
        "null list" => reply(200, r#"{"data":null,"has_more":false}"#),
        status => reply(status.parse().unwrap(), ""),
    }
}

/// What an operation came to.
struct Ends {
    words: String,
    failed: Option<Failure>,
    sent: usize,
    writes: usize,
    waited_ms: i64,
}

fn run(op: Op, fault: &str) -> Ends {
    let began = match fault {
        "a clock that is a year off" => Timestamp(0).plus_seconds(365 * 86_400),
        _ => Timestamp(0),
    };
    let after = match fault {
        "accepted, shown later" | "lagging" if op == Op::Delete => [false, false, true]
            .map(|is_done| op.blockers(is_done, fault))
            .to_vec(),
        // As often as it looks.
        _ if op.ends_a_blocker() => vec![op.blockers(is_harmless(fault), fault); 9],
        "accepted, shown later" | "lagging" => {
            [op.look(false), op.look(false), op.look(true)].concat()
        }
        "accepted, never shown" => op.look(false).into_iter().cycle().take(9).collect(),
        "not as sent" => vec![step(fault, op)],
        _ if is_harmless(fault) && fault.starts_with("a name") => match op {
            Op::Save => vec![step(fault, op)],
            _ => op.look(true),
        },
        _ => op.look(is_harmless(fault)),
    };
    // A read is tried again, and meets the same; a write leaves once.
    let times = if op.writes() { 1 } else { 3 };
    let faults = (0..times).map(|_| step(fault, op));
    let before = op.before().into_iter();
    let steps: Vec<Step> = before.chain(faults).chain(after).collect();
    let Scene {
        service,
        script,
        clock,
    } = scene_at(began, op.dialect(), steps);
    let result: Result<&'static str, Failure> = match op {
        Op::List => {
            let mut rows = 0;
            let mut count = |page: crate::Page<crate::Listed>, _: Vec<u8>| rows += page.rows.len();
            let listing: Result<Listing, Failure> = block_on(service.list(None, &mut count));
            assert_eq!(rows > 0, listing.is_ok());
            listing.map(|_| "shown")
        }
        Op::Open => block_on(service.open(&id())).map(|_| "shown"),
        Op::Save => block_on(async {
            let base = block_on_base();
            let mine = typed(&base, &[(Field::Name, &name(fault))]);
            let edit = Edit {
                base: &base,
                mine: &mine,
                answers: &[],
            };
            match service.save(&id(), edit).await? {
                Saved::Done { done, .. } => Ok(known(done.evidence)),
                Saved::Differently { .. } => Ok("not as sent"),
                Saved::Answered { .. } => Ok("answered with something else"),
                Saved::Asks { .. } => Ok("asked"),
                Saved::Archived(_) => Ok("archived meanwhile"),
                Saved::Gone => Ok("gone"),
            }
        }),
        Op::Archive => block_on(service.archive(&id())).map(|done| known(done.evidence)),
        Op::Create => {
            let mut raw = RawDraft::new(&DESCRIPTION);
            raw.set(Field::Name, name(fault));
            let draft = raw.check(&DESCRIPTION, None).unwrap();
            block_on(service.create(&draft, Some(&[id()]), &mut Vec::new())).map(|created| {
                match created.kept.is_empty() {
                    true => known(created.done.evidence),
                    false => "not as sent",
                }
            })
        }
        Op::Members => {
            let user = UserId::new("u").unwrap();
            let change = MemberChange::Add(user, DESCRIPTION.role("viewer".to_owned()));
            block_on(service.manage(&id(), &change, None)).map(|done| known(done.evidence))
        }
        Op::Cancel => block_on(service.cancel_subscription(&id(), &blocker(op)))
            .and_then(Cancelled::shown)
            .map(|done| known(done.evidence)),
        Op::Delete => {
            block_on(service.delete_stored(&id(), &blocker(op))).map(|done| known(done.evidence))
        }
        Op::SignIn => {
            block_on(sign_in(&script, &clock).exchange("c", "v", "/back")).map(|_| "signed in")
        }
        Op::Refresh => {
            let token = RefreshToken::new("r1".into()).unwrap();
            block_on(sign_in(&script, &clock).refresh(&token)).map(|_| "renewed")
        }
    };
    let sent = script.sent();
    let waited_ms = (clock.now().0 - began.0) / 1_000;
    let later = match &result {
        Err(failure) if failure.kind == FailureKind::NotShown && op.ends_a_blocker() => {
            checked_again(op, fault)
        }
        Err(failure) if failure.kind == FailureKind::NotShown => watched(&service, op),
        _ => "",
    };
    Ends {
        words: match &result {
            Ok(done) => (*done).to_owned(),
            Err(failure) => [&told(failure), later].concat(),
        },
        failed: result.err(),
        sent: sent.len(),
        writes: sent
            .iter()
            .filter(|(request, _)| request.method.as_str() != "GET")
            .count(),
        waited_ms,
    }
}

/// What looking at an accepted write for a minute comes to.
fn watched(service: &Service, op: Op) -> &'static str {
    let name = Edited {
        field: Field::Name,
        before: "Old".to_owned(),
        after: "New".to_owned(),
    };
    let user = UserId::new("u").unwrap();
    let seen = match op {
        Op::Save => block_on(service.watch(&id(), &Intent::Save(vec![name]))).is_ok(),
        Op::Archive => block_on(service.watch(&id(), &Intent::Archive)).is_ok(),
        Op::Members => {
            let intent = Intent::Member(user, Some("viewer".to_owned()));
            block_on(service.watch(&id(), &intent)).is_ok()
        }
        _ => {
            let mut raw = RawDraft::new(&DESCRIPTION);
            raw.set(Field::Name, "New".to_owned());
            let draft = raw.check(&DESCRIPTION, None).unwrap();
            block_on(service.watch_created(&draft, Some(&[id()]))).is_ok()
        }
    };
    match seen {
        true => "; then seen",
        false => "; not seen in a minute",
    }
}

fn block_on_base() -> Workspace {
    let mut base = workspace("ws_1".to_owned());
    base.name = "Old".to_owned();
    base.description = Some("Text".to_owned());
    base
}

fn sign_in(script: &Script, clock: &SimulatedClock) -> SignIn {
    SignIn {
        transport: Rc::new(script.clone()),
        clock: Rc::new(clock.clone()),
        dialect: &Altostrat,
        base: Rc::from("/api"),
        endpoints: Some(Rc::new(Endpoints {
            authorize: "/authorize".into(),
            token: "/token".into(),
            userinfo: None,
            revoke: None,
            client_id: "steward".into(),
            scope: String::new(),
        })),
    }
}

fn known(how: crate::Evidence) -> &'static str {
    match how {
        crate::Evidence::Answered => "done",
        crate::Evidence::ConfirmedByReading => "done, seen",
        crate::Evidence::AlreadyThere => "was so already",
        crate::Evidence::Gone => "gone",
        crate::Evidence::Differently => "done otherwise",
        crate::Evidence::InPart => "done in part",
    }
}

fn told(failure: &Failure) -> String {
    let kind = match &failure.kind {
        FailureKind::SignedOut => "sign in again".to_owned(),
        FailureKind::Forbidden => "not allowed".to_owned(),
        FailureKind::NotFound => "not there".to_owned(),
        FailureKind::Conflict => "conflict".to_owned(),
        FailureKind::InUse => "in use".to_owned(),
        FailureKind::Invalid(_) => "invalid".to_owned(),
        FailureKind::RateLimited(Some(seconds)) => {
            ["too many, ", &seconds.to_string(), " s"].concat()
        }
        FailureKind::RateLimited(None) => "too many".to_owned(),
        FailureKind::ServiceFault(_) => "service failed".to_owned(),
        FailureKind::PaymentRequired => "payment required".to_owned(),
        FailureKind::Refused => "refused".to_owned(),
        FailureKind::Unreachable => "not reached".to_owned(),
        FailureKind::TimedOut => "no answer".to_owned(),
        FailureKind::Unreadable(Unreadable::Empty) => "empty".to_owned(),
        FailureKind::Unreadable(Unreadable::WebPage) => "web page".to_owned(),
        FailureKind::Unreadable(Unreadable::Truncated) => "broken off".to_owned(),
        FailureKind::Unreadable(Unreadable::OtherShape) => "unreadable".to_owned(),
        FailureKind::Unreadable(Unreadable::AnotherObject) => "another object".to_owned(),
        FailureKind::Redirected => "redirected".to_owned(),
        FailureKind::NotShown => "accepted".to_owned(),
        FailureKind::NeverShown => "accepted, and never shown".to_owned(),
        FailureKind::NotAsSent => "not as sent".to_owned(),
    };
    let changed = match failure.changed {
        _ if !failure.operation.writes() => "",
        Changed::No => "; nothing changed",
        Changed::Perhaps => "; not known",
    };
    kind + changed
}

/// The laws that hold in every cell, whatever is told.
fn hold(op: Op, fault: &str, ends: &Ends) {
    let cell = [
        fault,
        " at ",
        OPS.iter().find(|(one, _)| *one == op).unwrap().1,
    ]
    .concat();
    assert!(ends.writes <= 1 || !op.writes(), "{cell}: sent twice");
    // One more where an accepted write is looked for by the verb itself.
    let most = if op == Op::Delete { 6 } else { 5 };
    assert!(ends.sent <= most, "{cell}: {} requests", ends.sent);
    assert!(ends.waited_ms <= 60_000, "{cell}: {} ms", ends.waited_ms);
    if let Some(failure) = &ends.failed {
        // Whoever gave up waiting refused nothing, and what still runs may be cancelled all the same.
        let gave_up = op == Op::Cancel && fault == "408";
        let refused = matches!(fault.parse(), Ok(400..=499)) && !gave_up;
        // What a service refused did not happen, and nobody is left in doubt about it.
        assert!(!refused || failure.changed == Changed::No, "{cell}");
    }
    // The service was asked and everything is as it was: nobody may be told that it is done by that.
    let is_claimed = ends.words.starts_with("done") || ends.words.contains("then seen");
    let may_be = is_harmless(fault)
        || matches!(fault, "accepted, shown later" | "lagging" | "odd value")
        // The contract has no body at these, so that what comes in one is not looked at.
        || fault.starts_with("every");
    assert!(!is_claimed || may_be, "{cell}: {}", ends.words);
}

#[test]
fn every_fault_at_every_operation_ends_as_the_table_says() {
    let mut table = String::from(
        "# Faults\n\nWhat each fault comes to at each operation, when looking again finds everything as it was (where a fault changes nothing, what was done). Made by \
         `crates/flows/src/tests/matrix.rs`, which runs every cell against a simulated clock and fails when this table is not \
         what it finds; `STEWARD_WRITE=1 cargo test -p steward-flows matrix` makes it anew. In every cell: a write leaves at \
         most once, nothing waits over a minute, what a service refused is told as \"nothing changed\". Writes that \
         took effect although their answer was lost are in the second table, in the tests of each verb and in the random \
         walk.\n\n| fault |",
    );
    for (_, name) in OPS {
        table.push_str(&[" ", name, " |"].concat());
    }
    table.push_str("\n| --- |");
    table.push_str(&" --- |".repeat(OPS.len()));
    let mut cells = 0;
    for fault in FAULTS {
        table.push_str(&["\n| ", fault, " |"].concat());
        for (op, _) in OPS {
            if !meets(op, fault) {
                table.push_str(" – |");
                continue;
            }
            let ends = run(op, fault);
            hold(op, fault, &ends);
            table.push_str(&[" ", &ends.words, " |"].concat());
            cells += 1;
        }
    }
    table.push_str(&["\n\n", &cells.to_string(), " cells.\n\n"].concat());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FAULTS.md");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let (ours, theirs) = kept.split_at(kept.find(IN_THE_BROWSER).unwrap_or(kept.len()));
    if std::env::var_os("STEWARD_WRITE").is_some() {
        fs::write(&path, [&table, theirs].concat()).unwrap();
    } else {
        assert_eq!(ours, table, "docs/FAULTS.md is not what is found");
    }
    // `cargo xtask test` counts these lines. Written past the runner, which shows nothing of a test that passes.
    let lines = OPS.map(|(op, name)| {
        let mut rows = FAULTS.to_vec();
        rows.retain(|fault| meets(op, fault));
        ["fault matrix, native: ", name, ": ", &rows.join("; "), "\n"].concat()
    });
    stderr().write_all(lines.concat().as_bytes()).unwrap();
}
