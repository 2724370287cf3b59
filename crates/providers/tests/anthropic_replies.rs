//! Replies to the Anthropic dialect: the contract's own, older ones, odd ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{at, bare, fixture, id, member, odd, page, person, reply, role, user};
use steward_domain::failure::{Changed, FailureKind, Operation};
use steward_domain::field::{Field, parse_tags};
use steward_domain::odd::Part;
use steward_domain::role::Member;
use steward_domain::workspace::{Kind, State, Workspace};
use steward_providers::anthropic::Anthropic;
use steward_providers::dialect::{ApiKey, Listed, Next, Page};
use steward_providers::oauth::Identity;
use steward_providers::{Desk, Dialect};

fn list(body: &[u8]) -> Page<Listed> {
    Anthropic.read_list(&reply(200, body)).unwrap()
}

fn more(texts: &[(Field, &str)]) -> Vec<(Field, String)> {
    texts
        .iter()
        .map(|(field, text)| (*field, (*text).to_owned()))
        .collect()
}

#[test]
fn reads_every_field() {
    let expected = vec![
        Workspace {
            name: "Production".into(),
            created: at("2024-10-30T23:58:27.427722Z"),
            more: more(&[
                (Field::Color, "#6C5BB9"),
                (Field::Tags, "env=prod\nteam=blue=green"),
                (Field::InferenceGeo, "us"),
                (Field::AllowedGeos, "global, us"),
                (Field::WorkspaceGeo, "us"),
                (Field::ExternalKey, "extkey_1"),
                (Field::Compartment, "0b7c5d3e-1111-4222-8333-444455556666"),
                (Field::Profile, "uprof_1"),
            ]),
            ..bare("wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ")
        },
        // The first generation of the contract: six fields.
        Workspace {
            name: "\u{202e}🦀 <img src=x onerror=alert(1)>".into(),
            state: State::Archived(at("2024-11-01T23:59:27.427Z")),
            created: at("2024-10-30T23:58:27Z"),
            more: more(&[(Field::Color, "#6C5BB9")]),
            ..bare("wrkspc_old")
        },
        Workspace {
            name: "Default".into(),
            kind: Kind::Default,
            created: at("2024-01-01T00:00:00Z"),
            more: more(&[
                (Field::Color, "#FFFFFF"),
                (Field::InferenceGeo, "global"),
                (Field::AllowedGeos, "unrestricted"),
                (Field::WorkspaceGeo, "us"),
                (Field::Compartment, "0b7c5d3e-1111-4222-8333-444455556667"),
            ]),
            ..bare("wrkspc_default")
        },
        Workspace {
            name: "Claude Code".into(),
            kind: Kind::ForTool,
            created: at("2025-01-01T00:00:00Z"),
            ..bare("wrkspc_cc")
        },
    ];
    assert_eq!(
        list(fixture!("anthropic/list.json")),
        page(expected, 0, Next::Cursor("wrkspc_cc".into()))
    );
}

#[test]
fn what_is_missing_or_null_is_missing_and_what_is_odd_keeps_its_words() {
    let named_default = |id: &str| Workspace {
        name: "Default".into(),
        ..bare(id)
    };
    let archived = |id: &str, since| Workspace {
        state: State::Archived(since),
        ..bare(id)
    };
    let expected = vec![
        Workspace {
            name: "7".into(),
            more: more(&[
                (Field::Color, "{}"),
                (Field::Tags, "a"),
                (Field::InferenceGeo, "us"),
                (Field::ExternalKey, "1"),
            ]),
            odd: odd(&[
                (Part::Field(Field::Name), "7"),
                (Part::Created, "[]"),
                (Part::Field(Field::Color), "{}"),
                (Part::Field(Field::Tags), "a"),
                (Part::Field(Field::InferenceGeo), "us"),
                (Part::Field(Field::ExternalKey), "1"),
            ]),
            ..bare("wrkspc_1")
        },
        Workspace {
            more: more(&[
                (
                    Field::Tags,
                    "deep={ \"x\": \"y\" }\nempty=\nnumber=1\ntext=kept",
                ),
                (Field::InferenceGeo, "[\"us\"]"),
                (Field::AllowedGeos, "us"),
                (Field::WorkspaceGeo, "1"),
            ]),
            odd: odd(&[
                (
                    Part::Field(Field::Tags),
                    "deep={ \"x\": \"y\" }\nempty=\nnumber=1\ntext=kept",
                ),
                (Part::Field(Field::InferenceGeo), "[\"us\"]"),
                (Part::Field(Field::AllowedGeos), "us"),
                (Part::Field(Field::WorkspaceGeo), "1"),
            ]),
            ..bare("wrkspc_2")
        },
        Workspace {
            more: more(&[
                (Field::Tags, "=no key\na\\=b=c=d\\n\\\\"),
                (Field::AllowedGeos, "5, [\"global\"], eu, us"),
            ]),
            odd: odd(&[(Part::Field(Field::AllowedGeos), "5, [\"global\"], eu, us")]),
            ..bare("wrkspc_3")
        },
        Workspace {
            state: State::Unknown("archived_at: some day".into()),
            ..bare("wrkspc_4")
        },
        archived("wrkspc_5", at("2024-11-01T23:59:27Z")),
        // A time to come is still a mark of having been archived.
        archived("wrkspc_6", at("2999-01-01T00:00:00Z")),
        // What can't be archived nor have a profile is not the default one, whatever its name.
        Workspace {
            name: "Default".into(),
            ..archived("wrkspc_7", at("2024-11-01T23:59:27Z"))
        },
        Workspace {
            more: more(&[(Field::Profile, "uprof_1")]),
            ..named_default("wrkspc_8")
        },
        Workspace {
            name: "default".into(),
            ..bare("wrkspc_9")
        },
    ];
    assert_eq!(
        list(fixture!("anthropic/list-odd.json")),
        page(expected, 3, Next::End)
    );
}

#[test]
fn a_list_goes_on_where_the_service_says_or_after_its_last_row() {
    let next = |rest: &str| {
        let body = format!("{{\"data\":[{{\"id\":\"a\"}},{{\"id\":\"b\"}},{{}}]{rest}}}");
        list(body.as_bytes()).next
    };
    let cursor = |id: &str| Next::Cursor(id.into());
    assert_eq!(next(r#","has_more":true,"last_id":"c""#), cursor("c"));
    assert_eq!(next(r#","has_more":true,"last_id":null"#), cursor("b"));
    assert_eq!(next(r#","has_more":true"#), cursor("b"));
    assert_eq!(next(r#","has_more":true,"last_id":"""#), cursor("b"));
    assert_eq!(next(r#","has_more":false,"last_id":"b""#), Next::End);
    assert_eq!(next(r#","last_id":"b""#), Next::End);
    let empty = br#"{"data":[],"first_id":null,"last_id":null,"has_more":true}"#;
    assert_eq!(list(empty).next, Next::Cut);
    let people = br#"{"data":[{"id":"user_1"}],"has_more":true}"#;
    assert_eq!(
        Anthropic.read_people(reply(200, people)).unwrap().next,
        cursor("user_1")
    );
    let members = br#"{"data":[{"user_id":"user_1"}],"has_more":true}"#;
    assert_eq!(
        Anthropic.read_members(reply(200, members)).unwrap().next,
        cursor("user_1")
    );
    let keys = br#"{"data":[{"id":"apikey_1"}],"has_more":true,"last_id":"apikey_2"}"#;
    assert_eq!(
        Anthropic.read_keys(reply(200, keys)).unwrap().next,
        cursor("apikey_2")
    );
}

#[test]
fn one_workspace_is_read_alike_after_whatever_was_asked() {
    let body = fixture!("anthropic/workspace.json");
    let workspace = Anthropic.read_open(reply(200, body)).unwrap();
    assert_eq!(workspace.text(Field::Tags), "team=blue");
    assert_eq!(Anthropic.read_save(reply(200, body)), Ok(workspace.clone()));
    assert_eq!(
        Anthropic.read_create(reply(200, body)),
        Ok(workspace.clone())
    );
    // The answer to an archive is believed as it is: here it shows the workspace in use.
    assert_eq!(
        Anthropic.read_archive(reply(200, body)),
        Ok(Some(workspace))
    );
    let archived = Anthropic
        .read_archive(reply(200, fixture!("anthropic/archived.json")))
        .unwrap();
    assert_eq!(
        archived.unwrap().state,
        State::Archived(at("2024-11-01T23:59:27.427722Z"))
    );
}

#[test]
fn reads_members_and_which_roles_are_inherited() {
    let known = |id: &str, word: &str| member(person(id, None, None), role(word));
    let page = Anthropic
        .read_members(reply(200, fixture!("anthropic/members.json")))
        .unwrap();
    let expected = Page {
        rows: vec![
            known("user_1", "workspace_admin"),
            Member {
                inherited: true,
                ..known("user_2", "workspace_billing")
            },
            known("user_3", "workspace_auditor"),
            known("user_4", ""),
        ],
        skipped: 1,
        next: Next::Cursor("user_4".into()),
    };
    assert_eq!(page, expected);
    assert!(page.rows[0].role.is_known() && !page.rows[2].role.is_known());
}

#[test]
fn reads_people_and_keys() {
    assert_eq!(
        Anthropic
            .read_people(reply(200, fixture!("anthropic/users.json")))
            .unwrap(),
        Page {
            rows: vec![
                person("user_1", Some("Ada Lovelace"), Some("ada@example.org")),
                person("user_2", None, Some("b@example.org")),
            ],
            skipped: 1,
            next: Next::End,
        }
    );
    let key = |id: &str, name: &str, hint: Option<&str>| ApiKey {
        id: id.into(),
        name: name.into(),
        hint: hint.map(Into::into),
    };
    assert_eq!(
        Anthropic
            .read_keys(reply(200, fixture!("anthropic/keys.json")))
            .unwrap()
            .rows,
        [
            key(
                "apikey_01Rj2N8SVvo6BePZj99NhmiT",
                "Developer Key",
                Some("sk-ant-api03-R2D...igAA")
            ),
            key("apikey_2", "apikey_2", None),
        ]
    );
}

#[test]
fn the_key_speaks_for_an_organization() {
    assert_eq!(
        Anthropic.read_who(reply(200, fixture!("anthropic/me.json"))),
        Ok(Identity {
            id: Some(user("12345678-1234-5678-1234-567812345678")),
            organization: Some("Organization Name".into()),
            asks_code: false,
            ..Identity::default()
        })
    );
}

#[test]
fn a_change_of_members_is_done_when_the_service_says_so_by_status() {
    for body in [
        r#"{"type":"workspace_member","user_id":"user_1","workspace_id":"w","workspace_role":"workspace_user"}"#,
        r#"{"type":"workspace_member_deleted","user_id":"user_1","workspace_id":"w"}"#,
        "",
    ] {
        assert_eq!(Anthropic.read_manage(reply(200, body.as_bytes())), Ok(()));
    }
    let failure = Anthropic
        .read_manage(reply(400, fixture!("anthropic/error-400.json")))
        .unwrap_err();
    assert_eq!(failure.operation, Operation::Manage);
    assert_eq!(failure.kind, FailureKind::Invalid(None));
    assert_eq!(failure.changed, Changed::No);
}

#[test]
fn tags_that_are_read_can_be_typed_again() {
    let page = list(fixture!("anthropic/list.json"));
    let Listed { workspace, .. } = &page.rows[0];
    assert_eq!(workspace.id, id("wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ"));
    let tags = parse_tags(workspace.text(Field::Tags)).unwrap();
    assert_eq!(tags[1], ("team".into(), "blue=green".into()));
}

fn coded(code: &str, details: &str) -> Vec<u8> {
    format!(
        r#"{{"type":"error","error":{{"type":"api_error","message":"Words.","details":{{"error_code":"{code}"{details}}}}},"request_id":"req_9"}}"#
    )
    .into_bytes()
}

#[test]
fn a_conflict_that_says_it_was_archived_is_not_told_as_nothing_changed() {
    for (code, changed) in [
        ("storage_attached_during_archive", Changed::Perhaps),
        ("external_key_changed", Changed::No),
        ("workspace_changed_concurrently", Changed::No),
    ] {
        let body = coded(code, "");
        let failure = Anthropic.read_archive(reply(409, &body)).unwrap_err();
        assert_eq!(
            (&failure.kind, failure.changed),
            (&FailureKind::Conflict, changed)
        );
        assert_eq!(failure.service.code.as_deref(), Some(code));
        assert_eq!(failure.service.message.as_deref(), Some("Words."));
    }
}

#[test]
fn what_was_made_although_the_service_failed_is_named() {
    let incomplete = "workspace_created_incomplete";
    let made = |id: &str| format!(r#","workspace_id":{id}"#);
    for (code, details, expected) in [
        (incomplete, made(r#""wrkspc_7""#), Some(id("wrkspc_7"))),
        (incomplete, made(r#""""#), None),
        (incomplete, made("7"), None),
        (incomplete, made("null"), None),
        (incomplete, String::new(), None),
        // An id beside another code is of something else.
        ("change_outcome_unknown", made(r#""wrkspc_7""#), None),
    ] {
        let body = coded(code, &details);
        let failure = Anthropic.read_create(reply(503, &body)).unwrap_err();
        assert_eq!(failure.made.map(|made| *made), expected, "{details}");
        assert_eq!(failure.changed, Changed::Perhaps);
        assert_eq!(failure.service.code.as_deref(), Some(code));
    }
}
