//! What the seed promises of Flashback, in a new file and in one from before there was Flashback.

use std::collections::HashMap;

use crate::command::{Folder, Process, token_for};
use crate::flashback_kit::{user, workspaces};
use crate::support;

#[test]
fn the_owner_is_admin_of_most_writes_in_some_reads_the_rest() {
    let server = support::start();
    let owner = user(&server, "owner");
    let mut roles: HashMap<String, usize> = HashMap::new();
    for workspace in workspaces(&server, "owner") {
        let users = workspace["users"].as_array().unwrap();
        let mine = users
            .iter()
            .find(|each| each["userId"] == owner.as_str())
            .unwrap();
        *roles
            .entry(mine["role"].as_str().unwrap().to_owned())
            .or_default() += 1;
        assert!(users.iter().any(|each| each["role"] == "ADMIN"));
    }
    assert_eq!((roles["ADMIN"], roles["WRITE"], roles["READ"]), (24, 10, 6));
}

#[test]
fn the_others_see_all_or_nothing_and_the_odd_names_are_there() {
    let server = support::start();
    for (person, count) in [("admin", 40), ("viewer", 40), ("outsider", 0)] {
        assert_eq!(workspaces(&server, person).len(), count, "{person}");
    }
    let all = workspaces(&server, "owner");
    let count = |name: &str| all.iter().filter(|each| each["name"] == name).count();
    assert_eq!(count("<img src=x onerror=alert(1)>"), 1);
    assert_eq!(count("Field office"), 2);
}

#[test]
fn the_same_seed_gives_the_same_data() {
    let (one, other) = (support::start(), support::start());
    assert_eq!(workspaces(&one, "owner"), workspaces(&other, "owner"));
    assert_eq!(user(&one, "owner"), user(&other, "owner"));
}

#[test]
fn a_file_from_before_gets_the_tables_and_the_data() {
    let folder = Folder::new("before");
    let file = folder.file("before.db");
    let before = rusqlite::Connection::open(&file).unwrap();
    for sql in [
        include_str!("../../src/core/db/0001_meta.sql"),
        include_str!("../../src/vendors/altostrat/migrations/0002_altostrat.sql"),
        include_str!("../../src/vendors/altostrat/migrations/0003_altostrat_signin.sql"),
    ] {
        before.execute_batch(sql).unwrap();
    }
    before
        .execute_batch(
            "PRAGMA application_id = 1937012580; PRAGMA user_version = 3; \
             INSERT INTO meta VALUES ('seed', x'3430'); \
             INSERT INTO altostrat_people VALUES ('auth0|x', 'owner', 'Olivia', 'Okafor', 'o@example.com', 'UTC', 'en', '', '')",
        )
        .unwrap();
    drop(before);
    let server = Process::start(&file);
    let seen = |token: &str, path: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let url = format!("{}/api/{path}", server.1);
        support::send("GET", &url, &headers, b"").unwrap().json()
    };
    let flashback = seen(
        &token_for(&file, "flashback", "owner"),
        "flashback/workspace",
    );
    assert_eq!(flashback["workspaces"].as_array().unwrap().len(), 40);
    let openai = seen(
        &token_for(&file, "openai", "viewer"),
        "openai/v1/organization/projects?include_archived=true&limit=100",
    );
    assert_eq!(openai["data"].as_array().unwrap().len(), 41);
    let anthropic = seen(
        &token_for(&file, "anthropic", "owner"),
        "anthropic/v1/organizations/workspaces?include_archived=true&limit=100",
    );
    assert!(anthropic["data"].as_array().unwrap().len() >= 40);
    // What the file held already is left as it was.
    let altostrat = seen(
        &token_for(&file, "altostrat", "owner"),
        "altostrat/workspaces",
    );
    assert_eq!(altostrat["data"].as_array().unwrap().len(), 0);
}
