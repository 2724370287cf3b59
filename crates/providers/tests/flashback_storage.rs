//! Flashback's buckets, repositories and second factor: requests as on the wire, and replies of which
//! no secret is kept.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{bearer, credential, endpoint, fixture, id, line, reply, wire};
use steward_domain::blocker::{Blocker, BlockerState, Check, Stored};
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};
use steward_providers::desk::SecondFactor;
use steward_providers::dialect::Next;
use steward_providers::flashback::Flashback;
use steward_providers::{Credential, Desk};

fn stored(check: Check, id: &str, linked: &[&str]) -> Blocker {
    Blocker {
        check,
        id: id.into(),
        name: None,
        state: BlockerState::Active,
        quantity: None,
        until: None,
        payer: None,
        products: Vec::new(),
        currency: None,
        stored: Some(Stored {
            is_here: true,
            linked: linked.iter().map(|id| (*id).to_owned()).collect(),
            for_good: false,
        }),
    }
}

fn named(name: &str, row: Blocker) -> Blocker {
    Blocker {
        name: Some(name.into()),
        ..row
    }
}

#[test]
fn lists_and_deletions_are_requests_of_the_contract_and_ids_stay_in_their_place() {
    let (bearer, id) = (bearer(), id("w/1&x=é"));
    let endpoint = endpoint("", &bearer);
    let headers = "accept: application/json\nauthorization: Bearer t0ken";
    for (request, expected) in [
        (
            Flashback.stored(endpoint, &id, Check::Repositories),
            "GET /repo?workspaceId=w%2F1%26x%3D%C3%A9",
        ),
        (
            Flashback.stored(endpoint, &id, Check::Buckets),
            "GET /bucket?workspaceId=w%2F1%26x%3D%C3%A9",
        ),
        (
            Flashback.delete(endpoint, &stored(Check::Repositories, "../r?", &[])),
            "DELETE /repo/..%2Fr%3F",
        ),
        (
            Flashback.delete(endpoint, &stored(Check::Buckets, "b-1", &[])),
            "DELETE /bucket/b-1",
        ),
        (Flashback.second_factor(endpoint), "GET /mfa/status"),
    ] {
        let request = request.unwrap();
        assert_eq!(wire(&request), format!("{expected}\n{headers}"));
    }
    assert_eq!(Flashback.stored(endpoint, &id, Check::Usage), None);
    assert_eq!(
        Flashback.delete(endpoint, &stored(Check::Subscriptions, "s", &[])),
        None
    );
}

#[test]
fn a_bucket_is_read_with_what_uses_it_and_one_of_another_workspace_is_not() {
    let read = |of: &str| {
        let body = reply(200, fixture!("flashback/buckets.json"));
        Flashback
            .read_stored(body, &id(of), Check::Buckets)
            .unwrap()
    };
    let page = read("w-1");
    let mut unsaid = stored(Check::Buckets, "b-2", &[]);
    unsaid.stored.as_mut().unwrap().is_here = false;
    let gone = Blocker {
        state: BlockerState::Ended,
        ..stored(Check::Buckets, "b-4", &[])
    };
    assert_eq!(
        page.rows,
        [
            named("archive-1", stored(Check::Buckets, "b-1", &["r-1"])),
            unsaid,
            named("gone", gone),
        ]
    );
    assert_eq!((page.skipped, page.next), (1, Next::End));
    let other: Vec<String> = read("w-2").rows.into_iter().map(|row| row.id).collect();
    assert_eq!(other, ["b-2", "b-3"]);
}

#[test]
fn a_repository_is_read_with_its_buckets_in_either_form() {
    let body = reply(200, fixture!("flashback/repos.json"));
    let page = Flashback.read_stored(body, &id("w-1"), Check::Repositories);
    let mut wallet = named("chain", stored(Check::Repositories, "r-2", &[]));
    wallet.stored.as_mut().unwrap().for_good = true;
    assert_eq!(
        page.unwrap().rows,
        [
            named(
                "media-1",
                stored(Check::Repositories, "r-1", &["b-1", "b-2"])
            ),
            wallet
        ]
    );
}

#[test]
fn no_key_and_no_secret_is_in_anything_that_was_read_nor_in_what_prints_the_reply() {
    for (body, kind) in [
        (fixture!("flashback/buckets.json"), Check::Buckets),
        (fixture!("flashback/repos.json"), Check::Repositories),
    ] {
        let text = String::from_utf8_lossy(body);
        assert!(text.contains("planted-secret") && text.contains("AKIAPLANTEDKEY"));
        let reply = reply(200, body);
        let printed = format!("{reply:?}");
        for of in ["w-1", "w-2"] {
            let page = Flashback.read_stored(reply.clone(), &id(of), kind).unwrap();
            let read = format!("{page:?}{printed}");
            assert!(!read.contains("planted-secret") && !read.contains("AKIAPLANTEDKEY"));
        }
        // Nor in what is told about a list that broke off in the middle of them, or is none.
        for cut in 1..body.len() {
            let mut reply = reply.clone();
            reply.body.truncate(cut);
            if let Err(failure) = Flashback.read_stored(reply.clone(), &id("w-1"), kind) {
                let told = format!("{failure:?}");
                assert!(!told.contains("planted-secret") && !told.contains("AKIAPLANTEDKEY"));
            }
            // As the body of a refusal it is words: none of these is among those that count.
            reply.status = 403;
            let told = format!("{:?}", Flashback.read_delete(reply));
            assert!(!told.contains("planted-secret") && !told.contains("AKIAPLANTEDKEY"));
        }
    }
}

#[test]
fn what_is_no_list_is_never_an_empty_one() {
    for (body, kind) in [
        (
            r#"{"success":true}"#,
            FailureKind::Unreadable(Unreadable::OtherShape),
        ),
        (
            r#"{"success":true,"buckets":null}"#,
            FailureKind::Unreadable(Unreadable::OtherShape),
        ),
        (
            r#"{"success":true,"buckets":{}}"#,
            FailureKind::Unreadable(Unreadable::OtherShape),
        ),
        (
            r#"{"success":true,"repos":[]}"#,
            FailureKind::Unreadable(Unreadable::OtherShape),
        ),
        ("", FailureKind::Unreadable(Unreadable::Empty)),
        (r#"{"success":false,"buckets":[]}"#, FailureKind::Refused),
    ] {
        let read = Flashback.read_stored(reply(200, body.as_bytes()), &id("w-1"), Check::Buckets);
        let failure = read.unwrap_err();
        assert_eq!(
            (failure.operation, failure.kind),
            (Operation::Blockers, kind),
            "{body}"
        );
    }
    let cut = br#"{"success":true,"buckets":[],"has_more":true}"#;
    let page = Flashback.read_stored(reply(200, cut), &id("w-1"), Check::Buckets);
    assert_eq!(page.unwrap().next, Next::Cut);
}

#[test]
fn a_refused_deletion_keeps_its_words_and_a_no_inside_a_success_is_one() {
    let body =
        br#"{"success":false,"message":"Cannot delete bucket that is used by a repository"}"#;
    for (status, kind) in [(403, FailureKind::Forbidden), (200, FailureKind::Refused)] {
        let failure = Flashback.read_delete(reply(status, body)).unwrap_err();
        assert_eq!(
            (failure.operation, &failure.kind),
            (Operation::Delete, &kind)
        );
        assert_eq!(failure.changed, Changed::No);
        assert!(
            failure
                .service
                .message
                .unwrap()
                .starts_with("Cannot delete bucket")
        );
    }
}

#[test]
fn the_code_goes_in_a_body_with_the_token_of_the_first_step() {
    let half = credential("half");
    let request = Flashback.verify(endpoint("", &half), "246810").unwrap();
    assert_eq!(
        line(&request),
        r#"POST /mfa/verify-login {"mfaType":"GOOGLE_AUTH","code":"246810"}"#
    );
    assert!(wire(&request).contains("authorization: Bearer half"));
    let printed = format!("{request:?}");
    assert!(!printed.contains("246810") && !printed.contains("half"));
}

#[test]
fn only_a_token_for_everything_completes_a_sign_in() {
    let tokens = Flashback.read_verify(reply(200, fixture!("flashback/verified.json")));
    let tokens = tokens.unwrap();
    assert_eq!(tokens.access.expose_for_storage(), Some("eyJ0.eyJ9.ZnVsbA"));
    assert_eq!(tokens.refresh.unwrap().expose_for_storage(), "r-2");
    for body in [
        r#"{"success":true,"accessToken":"a","refreshToken":"r"}"#,
        r#"{"success":true,"fullAccessToken":null}"#,
        r#"{"success":true,"fullAccessToken":""}"#,
        r#"{"success":true,"fullAccessToken":"a b"}"#,
        r#"{"success":true,"data":{"fullAccessToken":"a"}}"#,
    ] {
        let failure = Flashback
            .read_verify(reply(200, body.as_bytes()))
            .unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::Unreadable(Unreadable::OtherShape),
            "{body}"
        );
    }
    let wrong = br#"{"success":false,"message":"Invalid verification code","fullAccessToken":"a"}"#;
    let failure = Flashback.read_verify(reply(200, wrong)).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
}

#[test]
fn what_is_not_said_to_be_done_is_still_to_come() {
    let status = |data: &str| {
        let body = format!("{{\"success\":true,\"data\":{data}}}");
        Flashback
            .read_second_factor(reply(200, body.as_bytes()))
            .unwrap()
    };
    let whole = Flashback.read_second_factor(reply(200, fixture!("flashback/mfa-status.json")));
    assert_eq!(whole, Ok(SecondFactor::ByCode));
    for (data, expected) in [
        (r#"{"sessionVerified":true}"#, SecondFactor::Done),
        (r#"{"sessionVerified":"true"}"#, SecondFactor::ByCode),
        (r#"{"sessionVerified":null}"#, SecondFactor::ByCode),
        ("{}", SecondFactor::ByCode),
        (
            r#"{"enabledMethods":["PASSKEY","MAGIC_LINK"]}"#,
            SecondFactor::ByOther,
        ),
        (r#"{"enabledMethods":[null,7,{}]}"#, SecondFactor::ByCode),
        (r#"{"enabledMethods":"GOOGLE_AUTH"}"#, SecondFactor::ByCode),
        (r#"{"enabledMethods":[]}"#, SecondFactor::ByCode),
    ] {
        assert_eq!(status(data), expected, "{data}");
    }
    let refused = Flashback.read_second_factor(reply(404, b"")).unwrap_err();
    assert_eq!(refused.kind, FailureKind::NotFound);
}

#[test]
fn the_profile_says_whether_a_second_factor_is_asked_for() {
    let who = |word: &str| {
        let body = format!("{{\"success\":true,\"data\":{{\"id\":\"u\",\"mfaRequired\":{word}}}}}");
        Flashback
            .read_who(reply(200, body.as_bytes()))
            .unwrap()
            .asks_code
    };
    assert!(who("true") && !who("false") && !who("null"));
    let none = endpoint("", &Credential::Gateway);
    assert!(Flashback.verify(none, "1").is_some());
}
