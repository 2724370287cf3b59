//! Requests of the Anthropic dialect, as they would be on the wire.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;

use common::{bare, change, credential, draft, endpoint, id, line, role, user, wire};
use proptest::prelude::*;
use steward_domain::draft::{Problem, RawDraft};
use steward_domain::field::{Field, parse_tags, print_tags};
use steward_domain::membership::MemberChange;
use steward_domain::workspace::Workspace;
use steward_providers::anthropic::{Anthropic, DESCRIPTION};
use steward_providers::http::HeaderValue;
use steward_providers::{Credential, Desk, Dialect};

const BASE: &str = "https://api.anthropic.com";

fn base() -> Workspace {
    let mut base = Workspace {
        name: "Old".into(),
        ..bare("wrkspc_1")
    };
    for (field, text) in [
        (Field::Color, "#6C5BB9"),
        (Field::Tags, "env=prod\nteam=blue"),
        (Field::InferenceGeo, "us"),
        (Field::AllowedGeos, "global, us"),
        (Field::WorkspaceGeo, "us"),
        (Field::Compartment, "0b7c"),
    ] {
        base.set(field, text.into());
    }
    base
}

fn saved(base: &Workspace, texts: &[(Field, &str)]) -> String {
    let change = change(&DESCRIPTION, base, texts);
    let request = Anthropic.save(endpoint("", &Credential::Gateway), &base.id, &change);
    assert!(line(&request).starts_with("POST /v1/organizations/workspaces/wrkspc_1 "));
    request.body.unwrap()
}

#[test]
fn each_intent_is_one_request_of_the_contract() {
    let (key, id) = (credential("sk-ant-admin01-k"), id("wrkspc_1"));
    let endpoint = endpoint(BASE, &key);
    let headers = "accept: application/json\nx-api-key: sk-ant-admin01-k\n\
                   anthropic-version: 2023-06-01\n\
                   anthropic-dangerous-direct-browser-access: true";
    for (request, expected) in [
        (
            Anthropic.list(endpoint, None),
            "GET https://api.anthropic.com/v1/organizations/workspaces?limit=1000&include_archived=true&include_default=true",
        ),
        (
            Anthropic.list(endpoint, Some("wrkspc_1&limit=1")),
            "GET https://api.anthropic.com/v1/organizations/workspaces?limit=1000&include_archived=true&include_default=true&after_id=wrkspc_1%26limit%3D1",
        ),
        (
            Anthropic.open(endpoint, &id),
            "GET https://api.anthropic.com/v1/organizations/workspaces/wrkspc_1",
        ),
        (
            Anthropic.members(endpoint, &id, None),
            "GET https://api.anthropic.com/v1/organizations/workspaces/wrkspc_1/members?limit=1000",
        ),
        (
            Anthropic.members(endpoint, &id, Some("user_9")),
            "GET https://api.anthropic.com/v1/organizations/workspaces/wrkspc_1/members?limit=1000&after_id=user_9",
        ),
        (
            Anthropic.archive(endpoint, &id),
            "POST https://api.anthropic.com/v1/organizations/workspaces/wrkspc_1/archive",
        ),
        (
            Anthropic.people(endpoint, None).unwrap(),
            "GET https://api.anthropic.com/v1/organizations/users?limit=1000",
        ),
        (
            Anthropic.people(endpoint, Some("user_9")).unwrap(),
            "GET https://api.anthropic.com/v1/organizations/users?limit=1000&after_id=user_9",
        ),
        (
            Anthropic.keys(endpoint, &id, None).unwrap(),
            "GET https://api.anthropic.com/v1/organizations/api_keys?status=active&limit=1000&workspace_id=wrkspc_1",
        ),
        (
            Anthropic.keys(endpoint, &id, Some("apikey_9")).unwrap(),
            "GET https://api.anthropic.com/v1/organizations/api_keys?status=active&limit=1000&after_id=apikey_9&workspace_id=wrkspc_1",
        ),
        (
            Anthropic.who(endpoint).unwrap(),
            "GET https://api.anthropic.com/v1/organizations/me",
        ),
    ] {
        assert_eq!(wire(&request), format!("{expected}\n{headers}"));
    }
}

#[test]
fn each_kind_of_credential_has_its_header_and_a_gateway_none() {
    let head = "GET /api/anthropic/v1/organizations/me\naccept: application/json\n";
    for (credential, header) in [
        (
            credential("sk-ant-admin01-s3cret"),
            "x-api-key: sk-ant-admin01-s3cret\n",
        ),
        (
            credential("sk-ant-api03-s3cret"),
            "x-api-key: sk-ant-api03-s3cret\n",
        ),
        (
            credential("sk-ant-oat01-s3cret"),
            "authorization: Bearer sk-ant-oat01-s3cret\n",
        ),
        (credential("eyJ.a.b"), "authorization: Bearer eyJ.a.b\n"),
        (Credential::Gateway, ""),
    ] {
        let request = Anthropic
            .who(endpoint("/api/anthropic", &credential))
            .unwrap();
        assert_eq!(
            wire(&request),
            format!("{head}{header}anthropic-version: 2023-06-01")
        );
        assert!(!format!("{request:?}{credential:?}").contains("-s3cret"));
    }
    let key = credential("sk-ant-admin01-s3cret");
    let request = Anthropic.list(endpoint(BASE, &key), None);
    let secret = HeaderValue::Secret("sk-ant-admin01-s3cret".into());
    assert!(request.headers.contains(&("x-api-key", secret)));
}

#[test]
fn a_save_says_what_changes_and_nothing_else() {
    for (texts, body) in [
        (&[][..], "{}"),
        (&[(Field::Name, "New")], r#"{"name":"New"}"#),
        (
            &[(Field::Color, "#00ff00")],
            r##"{"display_color":"#00ff00"}"##,
        ),
        (
            &[(Field::Tags, "env=prod\nteam=red\nnew=")],
            r#"{"tags":{"new":"","team":"red"}}"#,
        ),
        (&[(Field::Tags, "team=blue")], r#"{"tags":{"env":null}}"#),
        (&[(Field::Tags, "")], r#"{"tags":{"env":null,"team":null}}"#),
        (
            &[(Field::InferenceGeo, "global")],
            r#"{"data_residency":{"default_inference_geo":"global"}}"#,
        ),
        (
            &[(Field::AllowedGeos, "us")],
            r#"{"data_residency":{"allowed_inference_geos":["us"]}}"#,
        ),
        (
            &[(Field::AllowedGeos, "unrestricted")],
            r#"{"data_residency":{"allowed_inference_geos":"unrestricted"}}"#,
        ),
        (
            &[(Field::Name, "\"\n</script>")],
            r#"{"name":"\"\n</script>"}"#,
        ),
    ] {
        assert_eq!(saved(&base(), texts), body);
    }
    // What null does to a residency is not written anywhere: it is refused before it is sent.
    for field in [Field::InferenceGeo, Field::AllowedGeos] {
        let mut raw = RawDraft::of(&base(), &DESCRIPTION);
        raw.set(field, String::new());
        let problems = raw.check(&DESCRIPTION, Some(&base())).unwrap_err();
        assert_eq!(problems, [(field, Problem::Empty)]);
    }
    let mut narrow = base();
    narrow.set(Field::AllowedGeos, "us".into());
    assert_eq!(
        saved(&narrow, &[(Field::AllowedGeos, "global, us")]),
        r#"{"data_residency":{"allowed_inference_geos":["global","us"]}}"#
    );
}

#[test]
fn a_change_never_moves_the_data() {
    // A draft for a new workspace has the field that a change must not have.
    let change = draft(&DESCRIPTION, &[(Field::Name, "New")]).change_from(&bare("wrkspc_1"));
    assert!(change.get(Field::WorkspaceGeo).is_some());
    let request = Anthropic.save(endpoint("", &Credential::Gateway), &id("wrkspc_1"), &change);
    assert_eq!(
        request.body.unwrap(),
        r#"{"name":"New","data_residency":{"default_inference_geo":"global","allowed_inference_geos":"unrestricted"}}"#
    );
}

#[test]
fn a_creation_says_what_was_chosen() {
    for (texts, body) in [
        (
            &[(Field::Name, "New")][..],
            r#"{"name":"New","data_residency":{"default_inference_geo":"global","allowed_inference_geos":"unrestricted","workspace_geo":"us"}}"#,
        ),
        (
            &[
                (Field::Name, "New"),
                (Field::Color, "#6C5BB9"),
                (Field::Tags, "team=blue\nenv=prod"),
                (Field::InferenceGeo, "us"),
                (Field::AllowedGeos, "global, us"),
            ],
            r##"{"name":"New","display_color":"#6C5BB9","tags":{"env":"prod","team":"blue"},"data_residency":{"default_inference_geo":"us","allowed_inference_geos":["global","us"],"workspace_geo":"us"}}"##,
        ),
    ] {
        let draft = draft(&DESCRIPTION, texts);
        let key = credential("sk-ant-admin01-k");
        let request = Anthropic.create(endpoint("/x", &key), &draft);
        assert_eq!(
            wire(&request),
            format!(
                "POST /x/v1/organizations/workspaces\naccept: application/json\n\
                 x-api-key: sk-ant-admin01-k\nanthropic-version: 2023-06-01\n\
                 content-type: application/json\n\n{body}"
            )
        );
    }
}

#[test]
fn a_member_is_added_changed_and_removed() {
    for (change, expected) in [
        (
            MemberChange::Add(user("user_1"), role("workspace_user")),
            r#"POST /v1/organizations/workspaces/wrkspc_1/members {"user_id":"user_1","workspace_role":"workspace_user"}"#,
        ),
        (
            MemberChange::Change(user("user_1"), role("workspace_admin")),
            r#"POST /v1/organizations/workspaces/wrkspc_1/members/user_1 {"workspace_role":"workspace_admin"}"#,
        ),
        (
            MemberChange::Remove(user("user_1")),
            "DELETE /v1/organizations/workspaces/wrkspc_1/members/user_1",
        ),
    ] {
        let endpoint = endpoint("", &Credential::Gateway);
        let request = Anthropic.manage(endpoint, &id("wrkspc_1"), &change);
        assert_eq!(line(&request), expected);
    }
}

#[test]
fn a_tag_that_nobody_could_type_does_not_hide_the_others() {
    let mut base = base();
    base.set(Field::Tags, "=no key\nenv=prod".into());
    assert_eq!(
        saved(&base, &[(Field::Tags, "team=blue")]),
        r#"{"tags":{"team":"blue","env":null}}"#
    );
}

type Tags = BTreeMap<String, String>;

/// What the service does with tags: "given keys are set, a key with value null is removed, others
/// stay".
fn merged(mut tags: Tags, body: &str) -> Tags {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let given = body["tags"].as_object().cloned().unwrap_or_default();
    for (key, value) in given {
        match value.as_str() {
            Some(text) => tags.insert(key, text.into()),
            None => tags.remove(&key),
        };
    }
    tags
}

/// Tags with every letter that is written in a way of its own, and none that the console trims.
fn tags() -> impl Strategy<Value = Tags> {
    let key = "[a-d=\\\\\"é]([a-b=\\\\\n \"]{0,2}[a-b=\\\\🦀])?";
    let value = "([a-b=\\\\\"]([a-b=\\\\\n ]{0,2}[a-b=\\\\])?)?";
    prop::collection::btree_map(key, value, 0..6)
}

fn text(tags: &Tags) -> String {
    print_tags(tags.clone().into_iter().collect())
}

proptest! {
    #[test]
    fn the_difference_merged_into_the_tags_before_gives_those_after(
        before in tags(),
        after in tags(),
    ) {
        let mut base = bare("wrkspc_1");
        base.set(Field::Name, "Old".into());
        base.set(Field::Tags, text(&before));
        prop_assert!(parse_tags(&text(&before)).is_ok());
        let body = saved(&base, &[(Field::Tags, &text(&after))]);
        // Nothing is said about what stays.
        let said: serde_json::Value = serde_json::from_str(&body).unwrap();
        for (key, value) in said["tags"].as_object().into_iter().flatten() {
            prop_assert_ne!(before.get(key).map(String::as_str), value.as_str());
        }
        prop_assert_eq!(merged(before, &body), after);
    }
}
