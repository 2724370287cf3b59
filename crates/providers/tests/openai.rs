//! Requests of the OpenAI dialect as on the wire, and replies to it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{
    at, bare, change, credential, draft, endpoint, fixture, id, line, member, odd, page, person,
    reply, role, user, wire,
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
    let endpoint = endpoint(BASE, &key);
    let headers = "accept: application/json\nauthorization: Bearer sk-admin-k";
    for (request, line) in [
        (
            OpenAi.list(endpoint, None),
            "GET https://api.openai.com/v1/organization/projects?limit=100&include_archived=true",
        ),
        (
            OpenAi.list(endpoint, Some("proj_é")),
            "GET https://api.openai.com/v1/organization/projects?limit=100&include_archived=true&after=proj_%C3%A9",
        ),
        (
            OpenAi.open(endpoint, &id),
            "GET https://api.openai.com/v1/organization/projects/proj_abc",
        ),
        (
            OpenAi.members(endpoint, &id, Some("user_1")),
            "GET https://api.openai.com/v1/organization/projects/proj_abc/users?limit=100&after=user_1",
        ),
        (
            OpenAi.archive(endpoint, &id),
            "POST https://api.openai.com/v1/organization/projects/proj_abc/archive",
        ),
        (
            OpenAi.people(endpoint, None).unwrap(),
            "GET https://api.openai.com/v1/organization/users?limit=100",
        ),
        (
            OpenAi.who(endpoint).unwrap(),
            "GET https://api.openai.com/v1/organization/projects?limit=1",
        ),
    ] {
        assert_eq!(wire(&request), format!("{line}\n{headers}"));
        assert!(!format!("{request:?}").contains("sk-admin"));
    }
    let keys = OpenAi.keys(endpoint, &id, Some("key_1"));
    assert_eq!(
        line(&keys.unwrap()),
        "GET https://api.openai.com/v1/organization/projects/proj_abc/api_keys?limit=100&owner_project_access=any&after=key_1"
    );
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
    let endpoint = endpoint("", &Credential::Gateway);
    let new = change(&DESCRIPTION, &project(), &[(Field::Name, "New")]);
    let none = change(&DESCRIPTION, &project(), &[]);
    let made = draft(&DESCRIPTION, &[(Field::Name, "Made")]);
    let in_europe = [
        (Field::Name, "Made"),
        (Field::Residency, "EU_STORAGE_PROCESSING"),
    ];
    let in_europe = draft(&DESCRIPTION, &in_europe);
    let (who, id) = (user("user_1"), id("proj_abc"));
    for (request, expected) in [
        (
            OpenAi.save(endpoint, &id, &new),
            r#"POST /v1/organization/projects/proj_abc {"name":"New"}"#,
        ),
        (
            OpenAi.save(endpoint, &id, &none),
            "POST /v1/organization/projects/proj_abc {}",
        ),
        (
            OpenAi.create(endpoint, &made),
            r#"POST /v1/organization/projects {"name":"Made"}"#,
        ),
        (
            OpenAi.create(endpoint, &in_europe),
            r#"POST /v1/organization/projects {"name":"Made","residency":"EU_STORAGE_PROCESSING"}"#,
        ),
        (
            OpenAi.manage(
                endpoint,
                &id,
                &MemberChange::Add(who.clone(), role("member")),
            ),
            r#"POST /v1/organization/projects/proj_abc/users {"user_id":"user_1","role":"member"}"#,
        ),
        (
            OpenAi.manage(
                endpoint,
                &id,
                &MemberChange::Change(who.clone(), role("owner")),
            ),
            r#"POST /v1/organization/projects/proj_abc/users/user_1 {"role":"owner"}"#,
        ),
        (
            OpenAi.manage(endpoint, &id, &MemberChange::Remove(who)),
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

#[test]
fn people_are_read_alike_in_whatever_order_what_is_nested_comes_and_only_those_at_work() {
    let page = OpenAi.read_people(reply(200, fixture!("openai/organization-users.json")));
    assert_eq!(
        page.unwrap(),
        Page {
            rows: vec![
                person("user_1", Some("Ada"), Some("ada@example.org")),
                // What stands inside fills what is missing outside; odd words say nothing.
                person("user_2", Some("Ben Inner"), Some("ben@example.org")),
            ],
            skipped: 1,
            next: Next::Cursor("user_5".into()),
        }
    );
}

#[test]
fn reads_keys_by_the_part_that_may_be_seen() {
    let page = OpenAi
        .read_keys(reply(200, fixture!("openai/keys.json")))
        .unwrap();
    let keys: Vec<(&str, &str, Option<&str>)> = page
        .rows
        .iter()
        .map(|key| (key.id.as_str(), key.name.as_str(), key.hint.as_deref()))
        .collect();
    assert_eq!(
        keys,
        [
            ("key_1", "production", Some("sk-proj-…a1b2")),
            ("key_2", "key_2", Some("sk-proj-…c3d4")),
        ]
    );
    assert_eq!(page.next, Next::Cursor("key_2".into()));
}

#[test]
fn where_a_projects_data_lie_is_read_and_never_sent_with_a_change() {
    let body = br#"{"id":"proj_abc","name":"P","residency":"EU_STORAGE","external_key_id":"ek_1"}"#;
    let project = OpenAi.read_open(reply(200, body)).unwrap();
    assert_eq!(project.text(Field::Residency), "EU_STORAGE");
    assert_eq!(project.text(Field::ExternalKey), "ek_1");
    // What is no text is shown in the service's own words.
    let odd = OpenAi.read_open(reply(
        200,
        br#"{"id":"p","residency":null,"external_key_id":7}"#,
    ));
    let odd = odd.unwrap();
    assert_eq!(odd.more, [(Field::ExternalKey, "7".to_owned())]);
    let renamed = change(&DESCRIPTION, &project, &[(Field::Name, "New")]);
    let request = OpenAi.save(
        endpoint("", &Credential::Gateway),
        &id("proj_abc"),
        &renamed,
    );
    assert_eq!(
        line(&request),
        r#"POST /v1/organization/projects/proj_abc {"name":"New"}"#
    );
}

#[test]
fn a_refused_residency_is_told_at_its_field() {
    let body = br#"{"error":{"message":"No access.","param":"residency","code":"invalid_value"}}"#;
    let failure = OpenAi.read_create(reply(400, body)).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid(Some(Field::Residency)));
}
