//! The second factor of a sign-in: asked for only where it may come, never passed over, sent once.

use futures::executor::block_on;
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_providers::flashback::Flashback;
use steward_providers::oauth::{Identity, RefreshToken};

use super::sign_in::sign_in_to;
use super::*;
use crate::Session;
use crate::sign_in::{Half, Problem};

const LOGIN: &str = r#"{"success":true,"accessToken":"half"}"#;
const FULL: &str =
    r#"{"success":true,"message":"Ok","fullAccessToken":"full","refreshToken":"r1"}"#;

fn status(verified: &str, methods: &str) -> Step {
    let body = format!(
        r#"{{"success":true,"data":{{"enabledMethods":[{methods}],"sessionVerified":{verified}}}}}"#
    );
    reply(200, &body)
}

fn asks(asks_code: bool) -> Result<Identity, Failure> {
    Ok(Identity {
        asks_code,
        ..Identity::default()
    })
}

fn refused(kind: FailureKind) -> Result<Identity, Failure> {
    Err(Failure::new(Operation::WhoAmI, kind))
}

fn step(
    who: &Result<Identity, Failure>,
    steps: impl IntoIterator<Item = Step>,
) -> (Result<Option<Half>, Failure>, Vec<String>) {
    let all = [reply(200, LOGIN)].into_iter().chain(steps);
    let (sign_in, script, _) = sign_in_to(&Flashback, all);
    let session: Session = block_on(sign_in.log_in("a@b", "pw")).unwrap();
    let found = block_on(sign_in.second_step(&session, who));
    (found, sent(&script).split_off(1))
}

#[test]
fn whoever_has_none_is_not_asked_about_it() {
    for who in [
        asks(false),
        refused(FailureKind::SignedOut),
        refused(FailureKind::TimedOut),
    ] {
        let (found, sent) = step(&who, []);
        assert_eq!((found, sent), (Ok(None), vec![]));
    }
}

#[test]
fn only_a_token_that_is_said_to_be_past_it_is_a_session() {
    let (found, sent) = step(&asks(true), [status("true", "")]);
    assert_eq!(found, Ok(None));
    assert_eq!(sent, ["GET /api/mfa/status 10000"]);
    for (verified, methods, by_code) in [
        ("false", r#""GOOGLE_AUTH""#, true),
        ("null", "", true),
        ("\"true\"", "", true),
        ("false", r#""PASSKEY""#, false),
    ] {
        let (found, _) = step(&asks(true), [status(verified, methods)]);
        assert_eq!(
            found.unwrap().map(|half| half.by_code),
            Some(by_code),
            "{verified}"
        );
    }
    // A service that cannot say is given a code; one that fails leaves it unknown.
    let (found, _) = step(&asks(true), [reply(404, "")]);
    assert_eq!(found.unwrap().map(|half| half.by_code), Some(true));
    for (answer, kind) in [
        (reply(403, ""), FailureKind::Forbidden),
        (reply(401, ""), FailureKind::SignedOut),
        (
            reply(200, "<html>"),
            FailureKind::Unreadable(Unreadable::WebPage),
        ),
    ] {
        let (found, _) = step(&asks(true), [answer]);
        assert_eq!(found.unwrap_err().kind, kind);
    }
    // A reply that says nothing of it counts as still to come.
    for body in [
        "{}",
        "[]",
        r#"{"data":null}"#,
        r#"{"data":{"sessionVerified":"yes"}}"#,
    ] {
        let (found, _) = step(&asks(true), [reply(200, body)]);
        assert_eq!(
            found.unwrap().map(|half| half.by_code),
            Some(true),
            "{body}"
        );
    }
}

#[test]
fn a_token_that_may_not_even_read_whose_it_is_is_asked_about() {
    let forbidden = refused(FailureKind::Forbidden);
    let (found, _) = step(&forbidden, [status("false", "")]);
    assert_eq!(found.unwrap().map(|half| half.by_code), Some(true));
    // Forbidden for another reason: then the refusal itself is told.
    for answer in [status("true", ""), reply(403, ""), reply(404, "")] {
        let (found, _) = step(&forbidden, [answer]);
        assert_eq!(found, Ok(None));
    }
}

fn verified(answer: Step) -> (Result<Session, Problem>, Script) {
    let steps = [reply(200, LOGIN), status("false", ""), answer];
    let (sign_in, script, _) = sign_in_to(&Flashback, steps);
    let session = block_on(sign_in.log_in("a@b", "pw")).unwrap();
    let half = block_on(sign_in.second_step(&session, &asks(true)));
    let half = half.unwrap().unwrap();
    assert_eq!(
        format!("{half:?}"),
        "Half { credential: [credential], by_code: true }"
    );
    (block_on(sign_in.verify(&half, "246810")), script)
}

#[test]
fn the_code_gives_the_session_of_what_it_brought() {
    let (session, script) = verified(reply(200, FULL));
    let session = session.unwrap();
    assert_eq!(session.credential.expose_for_storage(), Some("full"));
    assert_eq!(session.refresh, RefreshToken::new("r1".into()));
    let (request, limit) = script.sent().pop().unwrap();
    assert_eq!(
        (request.url.as_str(), limit),
        ("/api/mfa/verify-login", 20_000)
    );
    assert!(request.body.unwrap().contains("246810"));
}

#[test]
fn a_wrong_code_is_told_as_one_and_what_was_lost_as_lost_and_neither_is_sent_again() {
    let words = r#"{"success":false,"message":"Invalid verification code"}"#;
    for status in [400, 401, 403, 200] {
        let (session, script) = verified(reply(status, words));
        let Err(Problem::WrongCode(failure)) = session else {
            unreachable!("{status}")
        };
        assert_eq!(
            failure.service.message.as_deref(),
            Some("Invalid verification code")
        );
        assert_eq!(script.sent().len(), 3);
    }
    for answer in [
        lost(),
        timed_out(),
        reply(500, ""),
        reply(200, LOGIN),
        reply(200, "<html>"),
    ] {
        let (session, script) = verified(answer);
        assert!(matches!(session, Err(Problem::Failed(_))));
        assert_eq!(script.sent().len(), 3);
    }
}

#[test]
fn a_service_without_one_is_never_asked() {
    let granted = reply(200, r#"{"access_token":"t"}"#);
    let (sign_in, script, _) = sign_in_to(&Altostrat, [granted]);
    let session = block_on(sign_in.exchange("c", "v", "/back")).unwrap();
    assert_eq!(
        block_on(sign_in.second_step(&session, &asks(true))),
        Ok(None)
    );
    assert_eq!(script.sent().len(), 1);
}
