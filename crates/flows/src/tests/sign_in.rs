//! Sign-in: codes and refresh tokens leave once, sessions know their end.

use futures::executor::block_on;
use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};
use steward_domain::id::UserId;
use steward_providers::oauth::{Endpoints, RefreshToken};

use super::dialect::{FANCY, FORGETFUL};
use super::*;
use crate::{Session, SignIn};

/// `{"sub":"auth0|1","name":"Ada","exp":5000}`
const TOKEN: &str = "e30.eyJzdWIiOiJhdXRoMHwxIiwibmFtZSI6IkFkYSIsImV4cCI6NTAwMH0.c2ln";

fn sign_in(steps: impl IntoIterator<Item = Step>) -> (SignIn, Script, SimulatedClock) {
    sign_in_to(&Altostrat, steps)
}

pub(super) fn sign_in_to(
    dialect: &'static dyn Dialect,
    steps: impl IntoIterator<Item = Step>,
) -> (SignIn, Script, SimulatedClock) {
    let clock = SimulatedClock::at(seconds(1_000));
    let script = Script::new(&clock, steps);
    let endpoints = Endpoints {
        authorize: "/authorize".into(),
        token: "/token".into(),
        userinfo: Some("/userinfo".into()),
        revoke: Some("/revoke".into()),
        client_id: "steward".into(),
        scope: String::new(),
    };
    let sign_in = SignIn {
        transport: Rc::new(script.clone()),
        clock: Rc::new(clock.clone()),
        dialect,
        base: Rc::from("/api"),
        endpoints: Some(Rc::new(endpoints)),
    };
    (sign_in, script, clock)
}

fn endpoints(sign_in: &mut SignIn) -> &mut Endpoints {
    Rc::make_mut(sign_in.endpoints.as_mut().unwrap())
}

fn seconds(seconds: i64) -> Timestamp {
    Timestamp(0).plus_seconds(seconds)
}

fn granted(rest: &str) -> Step {
    reply(
        200,
        &["{\"access_token\":\"", TOKEN, "\"", rest, "}"].concat(),
    )
}

fn old() -> RefreshToken {
    RefreshToken::new("old".into()).unwrap_or_else(|| unreachable!())
}

fn pasted() -> Credential {
    Credential::from_pasted(TOKEN).unwrap_or_else(|| unreachable!())
}

#[test]
fn a_code_becomes_a_session_that_knows_its_person_and_its_end() {
    let (sign_in, script, _) = sign_in([granted(r#","refresh_token":"r1","expires_in":900"#)]);
    let session = block_on(sign_in.exchange("c", "v", "/back")).unwrap();
    assert_eq!(session.credential, pasted());
    assert_eq!(session.refresh, RefreshToken::new("r1".into()));
    assert_eq!(
        (session.since, session.expires),
        (seconds(1_000), Some(seconds(1_900)))
    );
    assert_eq!(session.subject, UserId::new("auth0|1"));
    assert_eq!(session.name.as_deref(), Some("Ada"));
    assert_eq!(sent(&script), ["POST /token 20000"]);
}

#[test]
fn without_a_span_the_tokens_own_claim_counts() {
    let (sign_in, ..) = sign_in([granted("")]);
    let session = block_on(sign_in.exchange("c", "v", "/back")).unwrap();
    assert_eq!(
        (session.expires, session.refresh),
        (Some(seconds(5_000)), None)
    );
}

#[test]
fn the_span_counts_from_before_the_request() {
    let Step::Reply(slow) = granted(r#","expires_in":900"#) else {
        unreachable!()
    };
    let (sign_in, _, clock) = sign_in([Step::Late(9_000, slow)]);
    let session = block_on(sign_in.exchange("c", "v", "/back")).unwrap();
    assert_eq!(
        (session.expires, clock.now()),
        (Some(seconds(1_900)), seconds(1_009))
    );
}

#[test]
fn renewing_takes_the_new_refresh_token_or_keeps_the_old() {
    for (rest, kept) in [(r#","refresh_token":"new""#, "new"), ("", "old")] {
        let (sign_in, script, _) = sign_in([granted(rest)]);
        let session = block_on(sign_in.refresh(&old())).unwrap();
        assert_eq!(session.refresh, RefreshToken::new(kept.into()));
        let body = script.sent()[0].0.body.clone().unwrap();
        assert_eq!(
            body,
            "grant_type=refresh_token&client_id=steward&refresh_token=old"
        );
    }
}

#[test]
fn neither_a_code_nor_a_refresh_token_is_ever_sent_twice() {
    for (step, kind) in [
        (lost(), FailureKind::Unreachable),
        (timed_out(), FailureKind::TimedOut),
        (reply(503, ""), FailureKind::ServiceFault(None)),
        (later(429, "1"), FailureKind::RateLimited(Some(1))),
        (
            reply(400, r#"{"error":"invalid_grant"}"#),
            FailureKind::SignedOut,
        ),
        (reply(401, ""), FailureKind::SignedOut),
        (
            reply(200, "<html>"),
            FailureKind::Unreadable(Unreadable::WebPage),
        ),
        (
            reply(200, "{\"access_token\":\"a"),
            FailureKind::Unreadable(Unreadable::Truncated),
        ),
    ] {
        let second = granted("");
        let (first, script, clock) = sign_in([step.clone(), second.clone()]);
        let failure: Failure = block_on(first.refresh(&old())).unwrap_err();
        assert_eq!(
            (failure.operation, &failure.kind),
            (Operation::Refresh, &kind)
        );
        assert_eq!((script.left(), clock.waits().len()), (1, 0));

        let (first, script, clock) = sign_in([step, second]);
        let failure = block_on(first.exchange("c", "v", "/back")).unwrap_err();
        assert_eq!(
            (failure.operation, &failure.kind),
            (Operation::SignIn, &kind)
        );
        assert_eq!((script.left(), clock.waits().len()), (1, 0));
    }
}

#[test]
fn asking_who_it_is_tries_again() {
    let (sign_in, script, _) = sign_in([lost(), reply(200, r#"{"sub":"u","email":"e@x"}"#)]);
    let person = block_on(sign_in.who_am_i(&pasted())).unwrap();
    assert_eq!(
        (person.id, person.email.as_deref()),
        (UserId::new("u"), Some("e@x"))
    );
    assert_eq!(sent(&script), ["GET /userinfo 10000"; 2]);
}

#[test]
fn a_refused_credential_is_known_by_asking() {
    let (sign_in, ..) = sign_in([reply(401, "")]);
    let failure = block_on(sign_in.who_am_i(&pasted())).unwrap_err();
    assert_eq!(
        (failure.operation, failure.kind),
        (Operation::WhoAmI, FailureKind::SignedOut)
    );
}

#[test]
fn where_nobody_can_be_asked_the_token_speaks_for_itself() {
    let (mut sign_in, script, _) = sign_in([]);
    endpoints(&mut sign_in).userinfo = None;
    let person = block_on(sign_in.who_am_i(&pasted())).unwrap();
    assert_eq!(
        (person.id, person.name.as_deref()),
        (UserId::new("auth0|1"), Some("Ada"))
    );
    assert!(
        block_on(sign_in.who_am_i(&Credential::Gateway))
            .unwrap()
            .id
            .is_none()
    );
    assert_eq!(script.sent().len(), 0);
}

#[test]
fn signing_out_revokes_what_this_console_got_and_nothing_else() {
    for step in [reply(200, ""), reply(500, ""), lost()] {
        let (sign_in, script, _) = sign_in([step]);
        let session = Session::restored(pasted(), Some(old()), seconds(0), None);
        block_on(sign_in.sign_out(&session));
        assert_eq!(sent(&script), ["POST /revoke 20000"]);
    }
    let (mut sign_in, script, _) = sign_in([]);
    block_on(sign_in.sign_out(&Session::from_pasted(pasted(), seconds(0))));
    endpoints(&mut sign_in).revoke = None;
    block_on(sign_in.sign_out(&Session::restored(pasted(), Some(old()), seconds(0), None)));
    assert_eq!(script.sent().len(), 0);
}

#[test]
fn an_address_and_a_password_become_a_session() {
    let (sign_in, script, _) = sign_in_to(
        &FANCY,
        [granted(r#","refresh_token":"r1","expires_in":900"#)],
    );
    let session = block_on(sign_in.log_in("e@x", "secret")).unwrap();
    assert_eq!(session.refresh, RefreshToken::new("r1".into()));
    assert_eq!(session.expires, Some(seconds(1_900)));
    assert_eq!(sent(&script), ["POST /api/login 20000"]);
    assert_eq!(script.sent()[0].0.body.as_deref(), Some("e@x secret"));
}

#[test]
fn a_password_is_never_sent_twice() {
    for (step, kind) in [
        (lost(), FailureKind::Unreachable),
        (timed_out(), FailureKind::TimedOut),
        (reply(503, ""), FailureKind::ServiceFault(None)),
        (later(429, "1"), FailureKind::RateLimited(Some(1))),
        (reply(401, ""), FailureKind::SignedOut),
        (reply(418, ""), FailureKind::Refused),
    ] {
        let (sign_in, script, clock) = sign_in_to(&FANCY, [step, granted("")]);
        let failure = block_on(sign_in.log_in("e@x", "secret")).unwrap_err();
        assert_eq!((failure.operation, failure.kind), (Operation::SignIn, kind));
        assert_eq!((script.left(), clock.waits().len()), (1, 0));
    }
}

#[test]
fn what_a_service_does_not_offer_is_refused_without_asking() {
    let (mut sign_in, script, _) = sign_in([]);
    let failure = block_on(sign_in.log_in("e@x", "secret")).unwrap_err();
    assert_eq!(
        failure,
        Failure::new(Operation::SignIn, FailureKind::Refused)
    );
    sign_in.endpoints = None;
    let failure = block_on(sign_in.exchange("c", "v", "/back")).unwrap_err();
    assert_eq!(
        failure,
        Failure::new(Operation::SignIn, FailureKind::Refused)
    );
    let failure = block_on(sign_in.refresh(&old())).unwrap_err();
    assert_eq!(
        failure,
        Failure::new(Operation::Refresh, FailureKind::Refused)
    );
    block_on(sign_in.sign_out(&Session::restored(pasted(), Some(old()), seconds(0), None)));
    let person = block_on(sign_in.who_am_i(&pasted())).unwrap();
    assert_eq!(person.id, UserId::new("auth0|1"));
    assert_eq!(script.sent().len(), 0);
}

#[test]
fn a_session_is_renewed_and_ended_where_it_began() {
    for (rest, kept) in [(r#","refresh_token":"new""#, "new"), ("", "old")] {
        let (sign_in, script, _) = sign_in_to(&FANCY, [granted(rest), reply(200, "")]);
        let session = block_on(sign_in.refresh(&old())).unwrap();
        assert_eq!(session.refresh, RefreshToken::new(kept.into()));
        block_on(sign_in.sign_out(&session));
        assert_eq!(
            sent(&script),
            ["POST /api/renew 20000", "POST /api/logout 20000"]
        );
        let bodies: Vec<_> = script.sent().into_iter().map(|sent| sent.0.body).collect();
        assert_eq!(bodies, [Some("old".to_owned()), Some(kept.to_owned())]);
    }
    let (sign_in, script, clock) = sign_in_to(&FANCY, [lost(), granted("")]);
    let failure = block_on(sign_in.refresh(&old())).unwrap_err();
    assert_eq!(
        (failure.operation, failure.kind),
        (Operation::Refresh, FailureKind::Unreachable)
    );
    assert_eq!((script.left(), clock.waits().len()), (1, 0));

    // One without ways of its own leaves it to the redirect's service.
    let (sign_in, script, _) = sign_in_to(&FORGETFUL, [granted(""), reply(200, "")]);
    let session = block_on(sign_in.refresh(&old())).unwrap();
    block_on(sign_in.sign_out(&session));
    assert_eq!(sent(&script), ["POST /token 20000", "POST /revoke 20000"]);
}

#[test]
fn the_service_itself_is_asked_first_who_it_is() {
    let (sign_in, script, _) = sign_in_to(&FANCY, [later(429, "2"), reply(200, r#"{"sub":"u"}"#)]);
    let identity = block_on(sign_in.who_am_i(&pasted())).unwrap();
    assert_eq!(
        (identity.id, identity.organization.as_deref()),
        (UserId::new("u"), Some("Acme"))
    );
    assert_eq!(sent(&script), ["GET /api/who?first 10000"; 2]);
}

#[test]
fn the_end_is_told_ahead_where_nothing_renews_the_session() {
    let warn_at = |refresh: Option<RefreshToken>, expires: Option<i64>| {
        let (since, end) = (seconds(1_000), expires.map(seconds));
        Session::restored(Credential::Gateway, refresh, since, end).warn_at()
    };
    assert_eq!(warn_at(None, Some(1_900)), Some(seconds(1_780)));
    assert_eq!(warn_at(None, Some(1_060)), Some(seconds(940)), "at once");
    assert_eq!(warn_at(None, None), None);
    assert_eq!(warn_at(Some(old()), Some(1_900)), None, "it renews itself");
}

#[test]
fn a_session_is_renewed_ahead_of_its_end() {
    let renew_at = |since, expires: Option<i64>| {
        Session::restored(
            Credential::Gateway,
            Some(old()),
            seconds(since),
            expires.map(seconds),
        )
        .renew_at()
    };
    assert_eq!(renew_at(1_000, Some(1_900)), Some(seconds(1_840)));
    assert_eq!(renew_at(1_000, Some(1_120)), Some(seconds(1_060)));
    assert_eq!(
        renew_at(1_000, Some(1_030)),
        Some(seconds(1_015)),
        "half of a short life"
    );
    assert_eq!(
        renew_at(1_000, Some(900)),
        Some(seconds(1_010)),
        "over already, and not renewed in a circle"
    );
    assert_eq!(renew_at(1_000, Some(1_004)), Some(seconds(1_010)));
    assert_eq!(renew_at(1_000, None), None);
    assert_eq!(
        Session::from_pasted(pasted(), seconds(1_000)).renew_at(),
        None
    );
}

/// A token that says these things about itself.
fn claiming(claims: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::from("e30.");
    for group in claims.as_bytes().chunks(3) {
        let mut bits = 0_u32;
        for at in 0..3 {
            bits = bits << 8 | group.get(at).copied().map_or(0, u32::from);
        }
        for at in 0..=group.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    text + ".c2ln"
}

/// The end of a session that begins at 1,000 by this device's clock.
fn end_of(token: &str, rest: &str) -> Option<Timestamp> {
    let body = ["{\"access_token\":\"", token, "\"", rest, "}"].concat();
    let (sign_in, ..) = sign_in([reply(200, &body)]);
    block_on(sign_in.refresh(&old())).unwrap().expires
}

#[test]
fn the_end_of_a_session_does_not_hang_on_this_devices_clock() {
    // The service's clock is right, at 1,000, a day ahead, and a day behind.
    for theirs in [1_000, 87_400, -85_400] {
        let token = claiming(&format!(r#"{{"iat":{theirs},"exp":{}}}"#, theirs + 900));
        assert_eq!(end_of(&token, ""), Some(seconds(1_900)), "at {theirs}");
        assert_eq!(
            end_of(&token, r#","expires_in":300"#),
            Some(seconds(1_300)),
            "what the service says counts, at {theirs}"
        );
    }
}

#[test]
fn a_session_that_comes_back_already_over_has_no_known_end() {
    let over = |claims: &str, rest: &str| end_of(&claiming(claims), rest);
    assert_eq!(over(r#"{"exp":400}"#, ""), None);
    assert_eq!(over(r#"{"exp":400}"#, r#","expires_in":0"#), None);
    assert_eq!(over(r#"{"exp":1000}"#, r#","expires_in":-5"#), None);
    assert_eq!(over(r#"{"exp":900,"iat":900}"#, ""), None);
    assert_eq!(over(r#"{"exp":400,"iat":900}"#, ""), None);
    assert_eq!(over(r#"{"exp":-9223372036854775808,"iat":1}"#, ""), None);
    assert_eq!(over("{}", r#","expires_in":0"#), None);
    let long = r#"{"exp":4000,"iat":1000}"#;
    assert_eq!(over(long, r#","expires_in":0"#), Some(seconds(4_000)));
}

#[test]
fn a_pasted_token_that_seems_over_is_not_warned_of() {
    let token = |claims: &str| {
        let credential = Credential::from_pasted(&claiming(claims)).unwrap();
        Session::from_pasted(credential, seconds(1_000)).warn_at()
    };
    assert_eq!(token(r#"{"exp":1060}"#), Some(seconds(940)));
    assert_eq!(
        token(r#"{"exp":1000}"#),
        None,
        "the service has accepted it"
    );
    assert_eq!(token(r#"{"exp":1}"#), None);
}

#[test]
fn a_session_that_its_service_refuses_is_renewed_once_a_minute_at_most() {
    let session = |refresh| Session::restored(pasted(), refresh, seconds(1_000), None);
    let own = session(Some(old()));
    for (now, can) in [
        (1_000, false),
        (1_059, false),
        (1_060, true),
        (90_000, true),
        (999, true),
        (-80_000, true),
    ] {
        assert_eq!(own.can_be_mended(seconds(now)), can, "at {now}");
        assert!(!session(None).can_be_mended(seconds(now)));
    }
}

#[test]
fn a_session_seems_over_by_the_clock_alone() {
    let ends = |end: Option<i64>| Session::restored(pasted(), None, seconds(1), end.map(seconds));
    assert!(ends(Some(1_000)).seems_over(seconds(1_000)));
    assert!(!ends(Some(1_001)).seems_over(seconds(1_000)));
    assert!(!ends(None).seems_over(seconds(1_000)));
}
