//! Requests of the OpenAI dialect as on the wire, and replies to it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{
    at, bare, change, credential, door, draft, fixture, id, line, member, odd, page, person, reply,
    role, user, wire,
};
use steward_domain::failure::FailureKind;
use steward_domain::field::Field;
use steward_domain::membership::MemberChange;
use steward_domain::odd::Part;
use steward_domain::role::Member;
use steward_domain::workspace::{State, Workspace};
use steward_providers::dialect::{Next, Page};
use steward_providers::oauth::Identity;
use steward_providers::openai::{DESCRIPTION, OpenAi};
use steward_providers::{Credential, Desk, Dialect};

const BASE: &str = "https://api.openai.com";

fn project() -> Workspace {
    Workspace {
        name: "Project example".into(),
        created: at("2024-03-26T16:45:33Z"),
        ..bare("proj_abc")
    }
}

#[test]
fn each_intent_is_one_request_of_the_contract() {
    let (key, id) = (credential("sk-admin-k"), id("proj_abc"));
    let door = door(BASE, &key);
    let headers = "accept: application/json\nauthorization: Bearer sk-admin-k";
    for (request, line) in [
        (
            OpenAi.list(door, None),
            "GET https://api.openai.com/v1/organization/projects?limit=100&include_archived=true",
        ),
        (
            OpenAi.list(door, Some("proj_é")),
            "GET https://api.openai.com/v1/organization/projects?limit=100&include_archived=true&after=proj_%C3%A9",
        ),
        (
            OpenAi.open(door, &id),
            "GET https://api.openai.com/v1/organization/projects/proj_abc",
        ),
        (
            OpenAi.members(door, &id, Some("user_1")),
            "GET https://api.openai.com/v1/organization/projects/proj_abc/users?limit=100&after=user_1",
        ),
        (
            OpenAi.archive(door, &id),
            "POST https://api.openai.com/v1/organization/projects/proj_abc/archive",
        ),
        (
            OpenAi.people(door, None).unwrap(),
            "GET https://api.openai.com/v1/organization/users?limit=100",
        ),
        (
            OpenAi.who(door).unwrap(),
            "GET https://api.openai.com/v1/organization/projects?limit=1",
        ),
    ] {
        assert_eq!(wire(&request), format!("{line}\n{headers}"));
        assert!(!format!("{request:?}").contains("sk-admin"));
    }
    assert_eq!(OpenAi.keys(door, &id, None), None);
}

#[test]
fn a_key_is_good_if_it_lists_a_project_and_says_nothing_of_whose_it_is() {
    let list = reply(200, fixture!("openai/list.json"));
    assert_eq!(OpenAi.read_who(list), Ok(Identity::default()));
    let failure = OpenAi.read_who(reply(401, b"")).unwrap_err();
    assert_eq!(failure.kind, FailureKind::SignedOut);
}

#[test]
fn what_is_written_is_the_name_and_who_is_in() {
    let door = door("", &Credential::Gateway);
    let new = change(&DESCRIPTION, &project(), &[(Field::Name, "New")]);
    let none = change(&DESCRIPTION, &project(), &[]);
    let made = draft(&DESCRIPTION, &[(Field::Name, "Made")]);
    let (who, id) = (user("user_1"), id("proj_abc"));
    for (request, expected) in [
        (
            OpenAi.save(door, &id, &new),
            r#"POST /v1/organization/projects/proj_abc {"name":"New"}"#,
        ),
        (
            OpenAi.save(door, &id, &none),
            "POST /v1/organization/projects/proj_abc {}",
        ),
        (
            OpenAi.create(door, &made),
            r#"POST /v1/organization/projects {"name":"Made"}"#,
        ),
        (
            OpenAi.manage(door, &id, &MemberChange::Add(who.clone(), role("member"))),
            r#"POST /v1/organization/projects/proj_abc/users {"user_id":"user_1","role":"member"}"#,
        ),
        (
            OpenAi.manage(door, &id, &MemberChange::Change(who.clone(), role("owner"))),
            r#"POST /v1/organization/projects/proj_abc/users/user_1 {"role":"owner"}"#,
        ),
        (
            OpenAi.manage(door, &id, &MemberChange::Remove(who)),
            "DELETE /v1/organization/projects/proj_abc/users/user_1",
        ),
    ] {
        assert_eq!(line(&request), expected);
    }
}

#[test]
fn reads_the_list_with_times_in_seconds() {
    let archived = |id: &str, since| Workspace {
        state: State::Archived(since),
        ..bare(id)
    };
    let expected = vec![
        project(),
        Workspace {
            name: "\u{202e}🦀 <img src=x onerror=alert(1)>".into(),
            created: at("2024-03-26T16:45:33Z"),
            ..archived("proj_def", at("2024-03-26T16:46:39Z"))
        },
        // Either mark of an archive is enough, and so is a time to come.
        archived("proj_word", None),
        archived("proj_time", at("3000-01-01T00:00:00Z")),
        Workspace {
            name: "1".into(),
            state: State::Unknown("[\"archived\"]".into()),
            odd: odd(&[(Part::Field(Field::Name), "1"), (Part::Created, "2024")]),
            ..bare("proj_odd")
        },
    ];
    assert_eq!(
        OpenAi
            .read_list(&reply(200, fixture!("openai/list.json")))
            .unwrap(),
        page(expected, 1, Next::Cursor("proj_odd".into()))
    );
}

#[test]
fn one_project_is_read_alike_after_whatever_was_asked() {
    let body = fixture!("openai/project.json");
    assert_eq!(OpenAi.read_open(reply(200, body)), Ok(project()));
    assert_eq!(OpenAi.read_save(reply(200, body)), Ok(project()));
    assert_eq!(OpenAi.read_create(reply(200, body)), Ok(project()));
    let archived = OpenAi
        .read_archive(reply(200, fixture!("openai/archived.json")))
        .unwrap();
    assert_eq!(
        archived.unwrap().state,
        State::Archived(at("2024-03-26T16:46:39Z"))
    );
}

#[test]
fn reads_members_and_people() {
    let first = person("user_abc", Some("First Last"), Some("user@example.com"));
    let second = person("user_def", None, Some("b@example.com"));
    let body = fixture!("openai/users.json");
    let members = OpenAi.read_members(reply(200, body)).unwrap();
    assert_eq!(
        members,
        Page {
            rows: vec![
                Member {
                    since: at("2024-03-26T16:45:33Z"),
                    ..member(first.clone(), role("owner"))
                },
                member(second.clone(), role("reader")),
            ],
            skipped: 0,
            next: Next::End,
        }
    );
    assert!(members.rows[0].role.is_known() && !members.rows[1].role.is_known());
    assert_eq!(
        OpenAi.read_people(reply(200, body)).unwrap().rows,
        [first, second]
    );
    let deleted =
        br#"{"object":"organization.project.user.deleted","id":"user_abc","deleted":true}"#;
    assert_eq!(OpenAi.read_manage(reply(200, deleted)), Ok(()));
}
