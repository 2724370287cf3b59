//! The part of the matrix about ending what stands in the way of an archive: a subscription, or a bucket. The answers to
//! these writes are a status alone, so that what they come to is in the list that is read after them.

use futures::executor::block_on;
use steward_domain::blocker::{Blocker, BlockerState, Check, Payer, Standing, Stored};

use super::*;

impl Op {
    /// Whether it ends what stands in the way of an archive. What such a thing is, is in a list of them alone.
    pub(super) fn ends_a_blocker(self) -> bool {
        matches!(self, Self::Cancel | Self::Delete)
    }

    /// The list that shows what was ended, or that nothing was. `fault` is what it meets itself.
    pub(super) fn blockers(self, is_done: bool, fault: &str) -> Step {
        if fault == "null list" {
            return reply(200, r#"{"success":true,"data":null,"buckets":null}"#);
        }
        let (state, after) = match (self, fault, is_done) {
            (Self::Cancel, "odd value", _) => (r#""status":{"a":[1]}"#, ""),
            (Self::Cancel, _, true) => (r#""status":"canceled""#, ""),
            (Self::Cancel, _, false) => (r#""status":"active""#, ""),
            (_, "odd value", _) => (r#""workspaceId":"ws_1""#, r#","deletedAt":{"a":[1]}"#),
            (_, _, true) => (
                r#""workspaceId":"ws_1""#,
                r#","deletedAt":"2026-03-01T12:00:00Z""#,
            ),
            (_, _, false) => (r#""workspaceId":"ws_1""#, ""),
        };
        let called = match fault {
            "a name of 10,000 letters" => "n".repeat(10_000),
            _ => name(fault),
        };
        let row = [
            r#"{"id":"one","name":""#,
            &called,
            r#"","#,
            state,
            after,
            "}",
        ]
        .concat();
        let rows = match fault {
            "every id twice" => [&row, ",", &row].concat(),
            _ => row,
        };
        let (begins, ends) = match self {
            Self::Cancel => (r#"{"data":["#, r#"],"has_more":false}"#),
            _ => (r#"{"success":true,"buckets":["#, "]}"),
        };
        reply(200, &[begins, &rows, ends].concat())
    }
}

/// What is ended.
pub(super) fn blocker(op: Op) -> Blocker {
    let is_paid = op == Op::Cancel;
    Blocker {
        check: match op {
            Op::Cancel => Check::Subscriptions,
            _ => Check::Buckets,
        },
        id: "one".to_owned(),
        name: None,
        state: BlockerState::Active,
        quantity: None,
        products: vec![],
        currency: None,
        until: None,
        payer: is_paid.then(|| Payer {
            id: "cus_1".to_owned(),
            name: "Main".to_owned(),
        }),
        stored: (!is_paid).then(|| Stored {
            is_here: true,
            ..Stored::default()
        }),
    }
}

/// What the checks come to when they are made again: nobody looks by themselves for an effect that may take a month.
pub(super) fn checked_again(op: Op, fault: &str) -> &'static str {
    let shown = matches!(fault, "accepted, shown later" | "lagging");
    let found = op.blockers(shown, fault);
    let steps = match op {
        Op::Cancel => vec![
            reply(200, r#"{"data":[{"id":"cus_1"}]}"#),
            found,
            reply(200, NO_MEMBERS),
        ],
        _ => vec![reply(200, r#"{"success":true,"repos":[]}"#), found],
    };
    let Scene {
        service, script, ..
    } = scene_in(op.dialect(), steps);
    let findings = block_on(service.blockers(&id()));
    assert_eq!(script.left(), 0);
    let check = blocker(op).check;
    let finding = findings.into_iter().find(|finding| finding.check == check);
    match finding.unwrap().standing {
        Standing::Pass => "; then seen",
        Standing::Blocked(..) => "; still there when checked again",
        _ => "; cannot be checked again",
    }
}
