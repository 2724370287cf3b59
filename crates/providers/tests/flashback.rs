//! Requests of the Flashback dialect as on the wire, and replies to it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{
    at, bare, bearer, change, draft, endpoint, fixture, id, line, member, person, reply, role,
    user, wire,
};
use steward_domain::blocker::Check;
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, Unreadable};
use steward_domain::field::Field;
use steward_domain::membership::MemberChange;
use steward_domain::workspace::{State, Workspace};
use steward_providers::dialect::{Listed, Next, Page};
use steward_providers::flashback::{DESCRIPTION, Flashback};
use steward_providers::oauth::{Identity, RefreshToken};
use steward_providers::{Desk, Dialect};

const BASE: &str = "https://backend.flashback.tech";
const MEDIA: &str = "2f1e0d3c-0000-4000-8000-000000000001";

fn media() -> Workspace {
    Workspace {
        name: "Media".into(),
        ..bare(MEDIA)
    }
}

#[test]
fn each_intent_is_one_request_of_the_contract() {
    let (bearer, id) = (bearer(), id("u/1"));
    let endpoint = endpoint(BASE, &bearer);
    let headers = "accept: application/json\nauthorization: Bearer t0ken";
    for (request, line) in [
        (
            Flashback.list(endpoint, Some("not of this contract")),
            "GET https://backend.flashback.tech/workspace",
        ),
        (
            Flashback.open(endpoint, &id),
            "GET https://backend.flashback.tech/workspace/u%2F1",
        ),
        (
            Flashback.members(endpoint, &id, None),
            "GET https://backend.flashback.tech/workspace/u%2F1",
        ),
        (
            Flashback.archive(endpoint, &id),
            "DELETE https://backend.flashback.tech/workspace/u%2F1",
        ),
        (
            Flashback.people(endpoint, None).unwrap(),
            "GET https://backend.flashback.tech/organization/users",
        ),
        (
            Flashback.who(endpoint).unwrap(),
            "GET https://backend.flashback.tech/user/profile",
        ),
    ] {
        assert_eq!(wire(&request), format!("{line}\n{headers}"));
    }
    assert_eq!(Flashback.keys(endpoint, &id, None), None);
}

#[test]
fn what_is_written_is_the_name_and_who_is_in() {
    let bearer = bearer();
    let endpoint = endpoint("", &bearer);
    let new = change(&DESCRIPTION, &media(), &[(Field::Name, "New")]);
    let none = change(&DESCRIPTION, &media(), &[]);
    let made = draft(&DESCRIPTION, &[(Field::Name, "Made")]);
    let (who, id) = (user("u|1"), id("w"));
    for (request, expected) in [
        (
            Flashback.save(endpoint, &id, &new),
            r#"PUT /workspace/w {"name":"New"}"#,
        ),
        (Flashback.save(endpoint, &id, &none), "PUT /workspace/w {}"),
        (
            Flashback.create(endpoint, &made),
            r#"POST /workspace {"name":"Made"}"#,
        ),
        (
            Flashback.manage(endpoint, &id, &MemberChange::Add(who.clone(), role("READ"))),
            r#"POST /workspace/w/users {"userId":"u|1","role":"READ"}"#,
        ),
        (
            Flashback.manage(
                endpoint,
                &id,
                &MemberChange::Change(who.clone(), role("WRITE")),
            ),
            r#"PUT /workspace/w/users/u%7C1 {"role":"WRITE"}"#,
        ),
        (
            Flashback.manage(endpoint, &id, &MemberChange::Remove(who)),
            "DELETE /workspace/w/users/u%7C1",
        ),
    ] {
        assert_eq!(line(&request), expected);
    }
}

#[test]
fn a_session_begins_goes_on_and_ends() {
    let (bearer, token) = (bearer(), RefreshToken::new("r\"1".into()).unwrap());
    let plain = "accept: application/json\ncontent-type: application/json";
    let signed =
        "accept: application/json\nauthorization: Bearer t0ken\ncontent-type: application/json";
    for (request, expected) in [
        (
            Flashback.log_in(BASE, "a@x.org", "p\"w\u{1}d"),
            format!(
                "/user/login\n{plain}\n\n{{\"email\":\"a@x.org\",\"password\":\"p\\\"w\\u0001d\"}}"
            ),
        ),
        (
            Flashback.renew(BASE, &token),
            format!(
                "/user/refresh\n{plain}\n\n{{\"refreshToken\":\"r\\\"1\",\"refresh_token\":\"r\\\"1\"}}"
            ),
        ),
        (
            Flashback.log_out(endpoint(BASE, &bearer), &token),
            format!("/user/logout\n{signed}\n\n{{\"refresh_token\":\"r\\\"1\"}}"),
        ),
    ] {
        let request = request.unwrap();
        assert_eq!(wire(&request), format!("POST {BASE}{expected}"));
        let printed = format!("{request:?}");
        assert!(
            !["a@x", "p\"w", "t0ken", "r\"1", "r\\\"1"]
                .iter()
                .any(|secret| printed.contains(secret))
        );
    }
}

#[test]
fn reads_the_list_with_the_members_that_come_along() {
    let page = Flashback
        .read_list(&reply(200, fixture!("flashback/list.json")))
        .unwrap();
    let ada = person("u-1", Some("Ada Lovelace"), Some("ada@example.org"));
    let bob = person("u-2", Some("Bob"), Some("bob@example.org"));
    let listed = |workspace, members| Listed { workspace, members };
    let expected = Page {
        rows: vec![
            listed(
                media(),
                Some(vec![member(ada, role("ADMIN")), member(bob, role("READ"))]),
            ),
            listed(
                Workspace {
                    name: "\u{202e}🦀 <img src=x onerror=alert(1)>".into(),
                    ..bare("2f1e0d3c-0000-4000-8000-000000000002")
                },
                Some(Vec::new()),
            ),
            // Without the array nothing is known about the members: that is not none.
            listed(bare("2f1e0d3c-0000-4000-8000-000000000003"), None),
            listed(
                Workspace {
                    name: "Gone".into(),
                    state: State::Archived(at("2025-10-29T00:40:06.123Z")),
                    ..bare("2f1e0d3c-0000-4000-8000-000000000004")
                },
                None,
            ),
        ],
        skipped: 1,
        next: Next::End,
    };
    assert_eq!(page, expected);
}

#[test]
fn one_workspace_is_read_with_its_users_and_without() {
    for body in [
        fixture!("flashback/workspace.json"),
        fixture!("flashback/saved.json"),
    ] {
        assert_eq!(Flashback.read_open(reply(200, body)), Ok(media()));
        assert_eq!(Flashback.read_save(reply(200, body)), Ok(media()));
        assert_eq!(Flashback.read_create(reply(201, body)), Ok(media()));
    }
}

#[test]
fn reads_members_out_of_the_workspace() {
    let page = Flashback
        .read_members(reply(200, fixture!("flashback/workspace.json")))
        .unwrap();
    let ada = person("u-1", Some("Ada Lovelace"), Some("ada@example.org"));
    assert_eq!(
        page,
        Page {
            rows: vec![
                member(ada, role("ADMIN")),
                member(person("u-2", None, None), role("WRITE")),
                member(person("u-3", None, None), role("AUDIT")),
            ],
            skipped: 1,
            next: Next::End,
        }
    );
    assert!(!page.rows[2].role.is_known());
    // A workspace without its users is no list of members, least of all an empty one.
    let failure = Flashback
        .read_members(reply(200, fixture!("flashback/saved.json")))
        .unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::Unreadable(Unreadable::OtherShape)
    );
}

#[test]
fn reads_people_without_those_who_are_gone() {
    assert_eq!(
        Flashback
            .read_people(reply(200, fixture!("flashback/users.json")))
            .unwrap(),
        Page {
            rows: vec![
                person("u-1", Some("Ada Lovelace"), Some("ada@example.org")),
                person("u-3", Some("Only"), None),
            ],
            skipped: 0,
            next: Next::End,
        }
    );
}

#[test]
fn reads_who_is_signed_in() {
    assert_eq!(
        Flashback.read_who(reply(200, fixture!("flashback/profile.json"))),
        Ok(Identity {
            id: Some(user("u-1")),
            name: Some("Ada Lovelace".into()),
            email: Some("ada@example.org".into()),
            organization: None,
            asks_code: false,
        })
    );
}

#[test]
fn an_archive_is_done_unless_the_body_takes_it_back() {
    for (status, body) in [
        (200, "{\"success\":true}"),
        (200, ""),
        (204, ""),
        (200, "{}"),
    ] {
        assert_eq!(
            Flashback.read_archive(reply(status, body.as_bytes())),
            Ok(None)
        );
    }
    assert!(!Flashback.shows_archived());
}

fn archive(status: u16, message: &str) -> Failure {
    let body = format!("{{\"success\":false,\"message\":\"{message}\"}}");
    let failure = Flashback
        .read_archive(reply(status, body.as_bytes()))
        .unwrap_err();
    assert_eq!(failure.service.message.as_deref(), Some(message));
    assert_eq!(failure.changed, Changed::No);
    failure
}

#[test]
fn what_is_still_in_a_workspace_is_a_conflict_and_nothing_else_is() {
    let in_use = "Cannot delete workspace with existing buckets or repos";
    for (status, message, kind) in [
        (400, in_use, FailureKind::InUse),
        (
            400,
            "User not found or account is not validated",
            FailureKind::Invalid(None),
        ),
        (
            400,
            "Cannot delete workspace with existing buckets or repos.",
            FailureKind::Invalid(None),
        ),
        (
            403,
            "Insufficient permissions to delete workspace",
            FailureKind::Forbidden,
        ),
        (403, in_use, FailureKind::Forbidden),
        (404, "Workspace not found", FailureKind::NotFound),
    ] {
        assert_eq!(archive(status, message).kind, kind, "{message}");
    }
}

#[test]
fn success_false_is_a_refusal_whatever_the_status() {
    let body = br#"{"success":false,"message":"No.","error_code":"WHY","workspaces":[],"data":[],
        "workspace":{"id":"w","users":[]},"accessToken":"a"}"#;
    let read = |operation| {
        let reply = reply(200, body);
        match operation {
            Operation::List => Flashback.read_list(&reply).err(),
            Operation::Open => Flashback.read_open(reply).err(),
            Operation::Members => Flashback.read_members(reply).err(),
            Operation::Save => Flashback.read_save(reply).err(),
            Operation::Archive => Flashback.read_archive(reply).err(),
            Operation::Create => Flashback.read_create(reply).err(),
            Operation::Manage => Flashback.read_manage(reply).err(),
            Operation::People => Flashback.read_people(reply).err(),
            Operation::Blockers => {
                let read = Flashback.read_stored(reply, &id("w"), Check::Buckets);
                read.err()
            }
            Operation::Delete => Flashback.read_delete(reply).err(),
            Operation::Keys | Operation::Cancel => None,
            Operation::SignIn | Operation::Refresh => {
                Flashback.read_session(reply, operation).err()
            }
            Operation::WhoAmI => Flashback.read_who(reply).err(),
        }
    };
    for operation in Operation::ALL {
        if matches!(operation, Operation::Keys | Operation::Cancel) {
            continue;
        }
        let failure = read(operation).unwrap();
        let kind = match operation {
            Operation::SignIn | Operation::Refresh => FailureKind::SignedOut,
            _ => FailureKind::Refused,
        };
        assert_eq!((failure.operation, &failure.kind), (operation, &kind));
        assert_eq!(failure.changed, Changed::No);
        assert_eq!(failure.service.message.as_deref(), Some("No."));
        assert_eq!(failure.service.code.as_deref(), Some("WHY"));
        assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
    }
    let in_text = Flashback.read_archive(reply(200, br#"{"success":"false"}"#));
    assert_eq!(in_text.unwrap_err().kind, FailureKind::Refused);
    // Only a plain no is one.
    for body in [
        r#"{"success":null}"#,
        r#"{"success":[false]}"#,
        r#"{"workspace":{"success":false}}"#,
    ] {
        assert_eq!(
            Flashback.read_archive(reply(200, body.as_bytes())),
            Ok(None)
        );
    }
}

#[test]
fn reads_a_session() {
    let login = fixture!("flashback/login.json");
    let tokens = Flashback
        .read_session(reply(200, login), Operation::SignIn)
        .unwrap();
    assert_eq!(tokens.access.expose_for_storage(), Some("eyJ0.eyJ9.c2ln"));
    assert_eq!(tokens.refresh.as_ref().unwrap().expose_for_storage(), "r-1");
    assert_eq!(tokens.expires_in, None);
    assert!(!format!("{tokens:?}").contains("r-1"));
    for code in [
        "USER_NOT_FOUND",
        "INVALID_PASSWORD",
        "USER_INACTIVE",
        "NO_PASSWORD_SET",
    ] {
        let body = format!("{{\"success\":false,\"error_code\":\"{code}\"}}");
        let failure = Flashback
            .read_session(reply(401, body.as_bytes()), Operation::SignIn)
            .unwrap_err();
        assert_eq!(failure.operation, Operation::SignIn);
        assert_eq!(failure.kind, FailureKind::SignedOut);
        assert_eq!(failure.service.code.as_deref(), Some(code));
    }
    // A log-in that wants a second step brings no token.
    let failure = Flashback
        .read_session(
            reply(200, br#"{"success":true,"mfaRequired":true}"#),
            Operation::SignIn,
        )
        .unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::Unreadable(Unreadable::OtherShape)
    );
}

#[test]
fn not_found_keeps_its_words_since_it_may_mean_not_allowed() {
    let body = br#"{"success":false,"message":"Workspace not found or access denied"}"#;
    let failure = Flashback.read_open(reply(404, body)).unwrap_err();
    assert_eq!(failure.kind, FailureKind::NotFound);
    assert_eq!(
        failure.service.message.as_deref(),
        Some("Workspace not found or access denied")
    );
}
