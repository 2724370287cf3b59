//! Each verb against a scripted service: what is sent, how often, when, and what is concluded.

mod archive;
mod blockers;
mod bulk;
mod create;
mod dialect;
mod manage;
mod matrix;
mod pages;
mod rate_limit;
mod read;
mod reconcile;
mod save;
mod second_factor;
mod sign_in;
mod storage;
mod together;
mod walk;

use std::rc::Rc;

use steward_domain::draft::{Draft, RawDraft};
use steward_domain::failure::{FailureKind, Unreadable};
use steward_domain::field::Field;
use steward_domain::id::WorkspaceId;
use steward_domain::time::Timestamp;
use steward_domain::workspace::Workspace;
use steward_providers::altostrat::{Altostrat, DESCRIPTION};
use steward_providers::http::{Reply, Request};
use steward_providers::{Credential, Dialect};

use crate::clock::Clock;
use crate::testing::{Script, SimulatedClock, Step};
use crate::transport::Interrupted;
use crate::{Edit, RateLimit, Service};

/// A service and both ends of its strings.
struct Scene {
    service: Service,
    script: Script,
    clock: SimulatedClock,
}

fn scene(steps: impl IntoIterator<Item = Step>) -> Scene {
    scene_in(&Altostrat, steps)
}

fn scene_in(dialect: &'static dyn Dialect, steps: impl IntoIterator<Item = Step>) -> Scene {
    scene_at(Timestamp(0), dialect, steps)
}

fn scene_at(
    now: Timestamp,
    dialect: &'static dyn Dialect,
    steps: impl IntoIterator<Item = Step>,
) -> Scene {
    let clock = SimulatedClock::at(now);
    clock.set_chance(0.5);
    let script = Script::new(&clock, steps);
    let service = Service {
        transport: Rc::new(script.clone()),
        clock: Rc::new(clock.clone()),
        dialect,
        base: Rc::from("/api"),
        credential: Credential::Gateway,
        rate_limit: RateLimit::default(),
    };
    Scene {
        service,
        script,
        clock,
    }
}

impl Scene {
    /// Every request as `METHOD address limit`.
    fn sent(&self) -> Vec<String> {
        sent(&self.script)
    }

    /// How many requests could change something.
    fn writes(&self) -> usize {
        self.script
            .sent()
            .iter()
            .filter(|(request, _)| request.method.as_str() != "GET")
            .count()
    }
}

fn sent(script: &Script) -> Vec<String> {
    let line = |request: Request, limit: u32| {
        [
            request.method.as_str(),
            " ",
            &request.url,
            " ",
            &limit.to_string(),
        ]
        .concat()
    };
    script
        .sent()
        .into_iter()
        .map(|(request, limit)| line(request, limit))
        .collect()
}

fn id() -> WorkspaceId {
    WorkspaceId::new("ws_1").unwrap_or_else(|| unreachable!())
}

fn reply(status: u16, body: &str) -> Step {
    Step::Reply(Reply {
        status,
        body: body.as_bytes().to_vec(),
        ..Reply::default()
    })
}

fn later(status: u16, retry_after: &str) -> Step {
    Step::Reply(Reply {
        status,
        retry_after: Some(retry_after.to_owned()),
        ..Reply::default()
    })
}

fn lost() -> Step {
    Step::Lost(Interrupted::Unreachable)
}

fn redirected() -> Step {
    Step::Lost(Interrupted::Redirected)
}

fn timed_out() -> Step {
    Step::Lost(Interrupted::TimedOut)
}

/// A reply for each kind of refusal that is final.
fn final_refusals() -> Vec<(u16, FailureKind)> {
    vec![
        (400, FailureKind::Invalid(None)),
        (401, FailureKind::SignedOut),
        (402, FailureKind::PaymentRequired),
        (403, FailureKind::Forbidden),
        (404, FailureKind::NotFound),
        (422, FailureKind::Invalid(None)),
        (412, FailureKind::Refused),
        (302, FailureKind::Refused),
    ]
}

/// Steps after which nobody knows whether a change was made.
fn unknown_outcomes() -> [(Step, FailureKind); 7] {
    [
        (lost(), FailureKind::Unreachable),
        (timed_out(), FailureKind::TimedOut),
        (redirected(), FailureKind::Redirected),
        (reply(500, ""), FailureKind::ServiceFault(None)),
        (reply(502, "<html>"), FailureKind::ServiceFault(None)),
        (later(503, "99"), FailureKind::ServiceFault(Some(99))),
        (
            reply(200, "<html>Sign in"),
            FailureKind::Unreadable(Unreadable::WebPage),
        ),
    ]
}

/// What a workspace has, with these texts typed over it.
fn typed(base: &Workspace, texts: &[(Field, &str)]) -> Draft {
    let mut raw = RawDraft::of(base, &DESCRIPTION);
    for (field, text) in texts {
        raw.set(*field, (*text).to_owned());
    }
    raw.check(&DESCRIPTION, Some(base)).unwrap()
}

/// The same reply under a request id.
fn called(request_id: &str, step: Step) -> Step {
    match step {
        Step::Reply(reply) => Step::Reply(Reply {
            request_id: Some(request_id.to_owned()),
            ..reply
        }),
        step => step,
    }
}
