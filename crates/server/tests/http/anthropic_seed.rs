//! What the seed promises, in new databases and in old ones.

use crate::support::plan;
use serde_json::Value;
use steward_server::command;
use steward_server::core::db::StartError;

use crate::anthropic_support::{data, start};
use crate::command::Folder;

const ALL: &str = "/workspaces?limit=1000&include_archived=true&include_default=true";

#[test]
fn the_odd_ones_are_there_to_the_letter() {
    let server = start(&[]);
    let page = server.read(ALL);
    let all = data(&page);
    let count = |name: &str| all.iter().filter(|each| each["name"] == name).count();
    for name in [
        "<img src=x onerror=alert(1)>",
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "Default",
        "Claude Code",
    ] {
        assert_eq!(count(name), 1, "{name}");
    }
    assert_eq!(count("Field office"), 2);
    let names: Vec<&str> = all
        .iter()
        .map(|each| each["name"].as_str().unwrap())
        .collect();
    assert!(names.iter().any(|name| name.contains('\u{202E}')));
    assert_eq!(
        names.iter().map(|name| name.chars().count()).max(),
        Some(40)
    );
    let has = |test: &dyn Fn(&Value) -> bool| all.iter().any(test);
    assert!(has(&|each| each["archived_at"].is_string()));
    assert!(has(
        &|each| each["data_residency"]["allowed_inference_geos"] == "unrestricted"
    ));
    assert!(has(&|each| {
        each["data_residency"]["allowed_inference_geos"].is_array()
    }));
    assert!(has(&|each| each["external_key_id"].is_string()));
    assert!(has(&|each| each["user_profile_id"].is_string()));
    assert!(has(&|each| each["tags"].as_object().unwrap().len() == 10));
}

#[test]
fn the_same_seed_gives_the_same_data() {
    let (one, other) = (start(&[]), start(&[]));
    for path in [ALL, "/users?limit=1000", "/api_keys?limit=1000"] {
        assert_eq!(one.read(path), other.read(path));
    }
}

#[test]
fn a_database_is_filled_once_whatever_number_is_asked_for_later() {
    let folder = Folder::new("anthropic-seed");
    let file = folder.file("steward.db");
    let count = |workspaces: u32| -> i64 {
        let (database, _) = command::open(&file, plan(workspaces)).unwrap();
        database
            .write_blocking(move |tx| -> Result<i64, StartError> {
                let sql = "SELECT count(*) FROM anthropic_workspaces";
                Ok(tx.query_row(sql, [], |row| row.get(0))?)
            })
            .unwrap()
    };
    // Two organizations have four workspaces that do not come from the number.
    assert_eq!(count(7), 11);
    assert_eq!(count(9), 11);
}

#[test]
fn more_workspaces_than_the_limit_break_nothing_but_create() {
    let folder = Folder::new("anthropic-many");
    let file = folder.file("steward.db");
    let (database, _) = command::open(&file, plan(300)).unwrap();
    drop(database);
    let process = crate::command::Process::start(&file);
    let key = crate::anthropic_support::key("owner");
    let url = format!("{}/api/anthropic/v1/organizations/workspaces", process.1);
    let list = crate::support::send(
        "GET",
        &format!("{url}?limit=1000"),
        &[("x-api-key", &key)],
        b"",
    )
    .unwrap();
    assert!(data(&list.json()).len() > 250);
    let headers = [
        ("x-api-key", key.as_str()),
        ("content-type", "application/json"),
    ];
    let made = crate::support::send("POST", &url, &headers, b"{\"name\":\"x\"}").unwrap();
    assert_eq!(made.status, 400);
}

#[test]
fn the_command_prints_credentials_that_work_on_a_running_server() {
    let folder = Folder::new("anthropic-token");
    let file = folder.file("steward.db");
    let process = crate::command::Process::start(&file);
    let url = format!("{}/api/anthropic/v1/organizations/me", process.1);
    let printed = |words: &[&str]| {
        let args = ["token", "--database", &file, "anthropic"];
        let output = crate::command::run(&[&args[..], words].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    for (words, form, status) in [
        (&["owner"][..], "sk-ant-admin01-", 200),
        (&["admin"], "sk-ant-admin01-", 200),
        (&["outsider"], "sk-ant-admin01-", 200),
        (&["viewer"], "sk-ant-api03-", 403),
        (&["owner", "--bearer"], "sk-ant-oat01-", 200),
    ] {
        let credential = printed(words);
        assert!(credential.starts_with(form), "{credential}");
        let bearer = format!("Bearer {credential}");
        let reply = crate::support::send("GET", &url, &[("authorization", &bearer)], b"").unwrap();
        assert_eq!(reply.status, status, "{words:?}");
    }
    let none = crate::command::run(&[
        "token",
        "--database",
        &file,
        "anthropic",
        "viewer",
        "--bearer",
    ]);
    assert!(!none.status.success());
}

#[test]
fn the_database_keeps_no_credential() {
    let server = start(&[]);
    let kept = server.texts("SELECT fingerprint FROM anthropic_credentials");
    // An Admin key or an ordinary one, an OAuth token for three, and a key of each person's own.
    assert_eq!(kept.len(), 4 + 3 + 4);
    assert!(kept.iter().all(|text| !text.contains("sk-ant")));
}
