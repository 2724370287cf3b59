//! What holds for every dialect: ids keep their place, credentials are kept to themselves, long
//! and future values are read, and each description agrees with what is sent.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{bare, change, credential, draft, endpoint, id, reply, user};
use proptest::prelude::*;
use steward_domain::field::{Field, Form};
use steward_domain::membership::MemberChange;
use steward_domain::percent::decode;
use steward_domain::provider::{AccessSource, CredentialKind, Power};
use steward_providers::http::{HeaderValue, Request};
use steward_providers::oauth::RefreshToken;
use steward_providers::{Credential, Desk, Endpoint, desk, named};

const KEYS: [&str; 4] = ["altostrat", "anthropic", "flashback", "openai"];

fn dialects() -> impl Iterator<Item = &'static dyn Desk> {
    KEYS.into_iter().map(|key| desk(named(key).unwrap()))
}

/// Every request that names a workspace or a user.
fn requests(
    dialect: &dyn Desk,
    endpoint: Endpoint<'_>,
    workspace: &str,
    who: &str,
) -> Vec<Request> {
    let service = dialect.description();
    let (workspace, who) = (id(workspace), user(who));
    let strongest = service.roles[0].role.clone();
    let change = change(service, &bare("w"), &[(Field::Name, "New")]);
    let mut all = vec![
        dialect.list(endpoint, None),
        dialect.list(endpoint, Some(who.as_str())),
        dialect.open(endpoint, &workspace),
        dialect.members(endpoint, &workspace, Some(who.as_str())),
        dialect.save(endpoint, &workspace, &change),
        dialect.archive(endpoint, &workspace),
        dialect.create(endpoint, &draft(service, &[(Field::Name, "New")])),
        dialect.manage(
            endpoint,
            &workspace,
            &MemberChange::Add(who.clone(), strongest.clone()),
        ),
        dialect.manage(
            endpoint,
            &workspace,
            &MemberChange::Change(who.clone(), strongest),
        ),
        dialect.manage(endpoint, &workspace, &MemberChange::Remove(who.clone())),
    ];
    all.extend(dialect.people(endpoint, Some(who.as_str())));
    all.extend(dialect.keys(endpoint, &workspace, None));
    all.extend(dialect.who(endpoint));
    all
}

/// The path without ids, which makes requests for different ids comparable.
fn shape(request: &Request) -> String {
    let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    let names: Vec<_> = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap())
        .collect();
    format!(
        "{} {} {}",
        request.method.as_str(),
        path.split('/').count(),
        names.join("&")
    )
}

#[test]
fn an_id_cannot_leave_its_place_in_the_address() {
    for dialect in dialects() {
        let endpoint = endpoint("/api/x", &Credential::Gateway);
        let plain = requests(dialect, endpoint, "w", "u");
        for odd in [
            "a/b",
            "..",
            ".",
            "auth0|1",
            "a?b=c&d#e",
            "%2e%2e",
            "\r\nx: y",
            "\\",
            "é🦀",
        ] {
            let odd = requests(dialect, endpoint, odd, odd);
            for (request, plain) in odd.iter().zip(&plain) {
                assert_eq!(shape(request), shape(plain));
                assert!(request.url.bytes().all(|byte| byte.is_ascii_graphic()));
                let steps = ["/./", "/../", "/.?", "/..?", "%2e", "%2E/", "#", "|", "\\"];
                let found = steps.iter().find(|step| request.url.contains(**step));
                assert!(found.is_none(), "{} {found:?}", request.url);
                assert!(!request.url.ends_with("/.") && !request.url.ends_with("/.."));
            }
        }
    }
}

#[test]
fn a_credential_goes_into_one_secret_header_and_nowhere_else() {
    for dialect in dialects() {
        for text in ["t0ken", "sk-ant-admin01-t0ken", "sk-admin-t0ken"] {
            let credential = credential(text);
            for request in requests(dialect, endpoint("https://x", &credential), "w", "u") {
                let secret = |value: &HeaderValue| matches!(value, HeaderValue::Secret(text) if text.contains("t0ken"));
                let secrets = request.headers.iter().filter(|(_, value)| secret(value));
                assert_eq!(secrets.count(), 1);
                assert!(!request.url.contains("t0ken"));
                assert!(
                    !request
                        .body
                        .as_deref()
                        .unwrap_or_default()
                        .contains("t0ken")
                );
                assert!(!format!("{request:?}").contains("t0ken"));
            }
        }
        for request in requests(dialect, endpoint("/api", &Credential::Gateway), "w", "u") {
            let plain = |value: &HeaderValue| matches!(value, HeaderValue::Plain(_));
            assert!(request.headers.iter().all(|(_, value)| plain(value)));
            assert!(
                !request
                    .headers
                    .iter()
                    .any(|(name, _)| *name == "authorization")
            );
        }
    }
}

#[test]
fn every_request_with_a_body_says_what_it_is_and_no_other_does() {
    for dialect in dialects() {
        for request in requests(dialect, endpoint("", &Credential::Gateway), "w", "u") {
            let labelled = request
                .headers
                .iter()
                .any(|(name, _)| *name == "content-type");
            assert_eq!(labelled, request.body.is_some());
            if let Some(body) = &request.body {
                assert!(serde_json::from_str::<serde_json::Value>(body).is_ok());
            }
        }
    }
}

/// A list with one row, in the envelope of every service at once.
fn list(row: &str) -> Vec<u8> {
    format!("{{\"success\":true,\"data\":[{row}],\"workspaces\":[{row}]}}").into_bytes()
}

#[test]
fn a_name_may_be_as_long_as_it_likes() {
    let name = "🦀".repeat(10_000);
    let row = format!("{{\"id\":\"w\",\"name\":\"{name}\"}}");
    for dialect in dialects() {
        let page = dialect.read_list(&reply(200, &list(&row))).unwrap();
        assert_eq!(page.rows[0].workspace.name, name);
    }
}

#[test]
fn a_time_to_come_marks_an_archive_all_the_same() {
    for (key, name, value) in [
        (
            "altostrat",
            "archived_at",
            "\"2999-01-01T00:00:00.000000Z\"",
        ),
        ("anthropic", "archived_at", "\"2999-01-01T00:00:00Z\""),
        ("flashback", "deletedAt", "\"2999-01-01T00:00:00Z\""),
        ("openai", "archived_at", "32472144000"),
    ] {
        let row = format!("{{\"id\":\"w\",\"{name}\":{value}}}");
        let page = named(key)
            .unwrap()
            .read_list(&reply(200, &list(&row)))
            .unwrap();
        assert!(page.rows[0].workspace.state.is_archived(), "{key}");
        for nothing in ["null", "\"\"", "0", "false"] {
            let row = format!("{{\"id\":\"w\",\"{name}\":{nothing}}}");
            let page = named(key)
                .unwrap()
                .read_list(&reply(200, &list(&row)))
                .unwrap();
            assert!(
                !page.rows[0].workspace.state.is_archived(),
                "{key} {nothing}"
            );
        }
    }
}

#[test]
fn ten_thousand_rows_are_read_whole() {
    let rows: Vec<_> = (0..10_000)
        .map(|n| format!("{{\"id\":\"w_{n}\"}}"))
        .collect();
    let body = list(&rows.join(","));
    for dialect in dialects() {
        let page = dialect.read_list(&reply(200, &body)).unwrap();
        assert_eq!((page.rows.len(), page.skipped), (10_000, 0));
        assert_eq!(page.rows[9_999].workspace.id, id("w_9999"));
    }
}

#[test]
fn each_description_holds_together() {
    for dialect in dialects() {
        let service = dialect.description();
        assert_eq!(named(service.key).unwrap().description(), service);
        // Roles are given from strongest to weakest, each with the rank of its place.
        for (place, facts) in service.roles.iter().enumerate() {
            assert_eq!(usize::from(facts.role.rank()), place, "{}", service.key);
            assert!(facts.powers.contains(&Power::Read));
        }
        assert!(!service.given_roles().is_empty());
        assert!(!service.with_power(Power::Manage).is_empty());
        // Where the credential is the organization's, no role is needed to edit or archive.
        let by_role = service.access == AccessSource::Members;
        assert_eq!(!service.with_power(Power::Archive).is_empty(), by_role);
        assert_eq!(!service.with_power(Power::Edit).is_empty(), by_role);
        // Every service wants a name, and offers what it takes by itself first.
        assert!(service.field(Field::Name).unwrap().required);
        for facts in service.fields {
            if let Form::Choice(words) = facts.form {
                assert!(!words.is_empty());
            }
        }
        // Who can be added is asked for exactly where the description says that it can be.
        let people = dialect.people(endpoint("", &Credential::Gateway), None);
        let rules = service.members.as_ref().unwrap();
        assert_eq!(people.is_some(), rules.people, "{}", service.key);
        let password = dialect.log_in("", "a@x", "p").is_some();
        assert_eq!(password, service.credential == CredentialKind::Password);
        let token = RefreshToken::new("r".into()).unwrap();
        assert_eq!(dialect.renew("", &token).is_some(), password);
        let out = dialect.log_out(endpoint("", &Credential::Gateway), &token);
        assert_eq!(out.is_some(), password);
    }
}

proptest! {
    #[test]
    fn whatever_an_id_is_the_service_gets_it_as_it_is(text in "\\PC{1,20}") {
        prop_assume!(text != "." && text != "..");
        for dialect in dialects() {
            let request = dialect.open(endpoint("", &Credential::Gateway), &id(&text));
            let last = request.url.rsplit('/').next().unwrap_or_default();
            prop_assert_eq!(decode(last), text.clone());
        }
    }
}
