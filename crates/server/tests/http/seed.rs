//! The numbers and the oddities that the seed promises.

use std::collections::HashMap;

use steward_server::core::db::StartError;

use crate::support;

#[test]
fn the_owner_is_owner_of_most_admin_of_some_viewer_of_the_rest() {
    let server = support::start();
    let owner = server.user("owner");
    let mut roles: HashMap<String, usize> = HashMap::new();
    for workspace in server.workspaces("owner") {
        let path = format!("/workspaces/{}/members", workspace["id"].as_str().unwrap());
        let members = server.get("owner", &path);
        let members = members["data"].as_array().unwrap();
        let mine = members
            .iter()
            .find(|member| member["user_id"] == owner.as_str())
            .unwrap();
        *roles
            .entry(mine["role"].as_str().unwrap().to_owned())
            .or_default() += 1;
        assert!(members.iter().any(|member| member["role"] == "owner"));
    }
    assert_eq!(
        (roles["owner"], roles["admin"], roles["viewer"]),
        (24, 10, 6)
    );
}

#[test]
fn the_others_see_all_or_nothing() {
    let server = support::start();
    assert_eq!(server.workspaces("admin").len(), 40);
    assert_eq!(server.workspaces("viewer").len(), 40);
    assert_eq!(server.workspaces("outsider").len(), 0);
}

#[test]
fn the_odd_names_are_there_to_the_letter() {
    let server = support::start();
    let all = server.workspaces("owner");
    let count = |name: &str| all.iter().filter(|each| each["name"] == name).count();
    assert_eq!(count("<img src=x onerror=alert(1)>"), 1);
    assert_eq!(count("=HYPERLINK(\"http://example.com\",\"x\")"), 1);
    assert_eq!(count("Field office"), 2);
    let names: Vec<&str> = all
        .iter()
        .map(|each| each["name"].as_str().unwrap())
        .collect();
    assert!(names.iter().any(|name| name.contains('\u{202E}')));
    let emoji = names
        .iter()
        .filter(|name| name.chars().all(|c| u32::from(c) > 0x1F000));
    assert_eq!(
        emoji.map(|name| name.chars().count()).collect::<Vec<_>>(),
        [50]
    );
    assert!(all.iter().any(|each| each["description"].is_null()));
    let longest = all.iter().filter_map(|each| each["description"].as_str());
    assert_eq!(longest.map(|text| text.chars().count()).max(), Some(200));
    for mode in ["single", "assigned", "pooled"] {
        for archived in [false, true] {
            let found = all
                .iter()
                .any(|e| e["billing_mode"] == mode && e["archived"] == archived);
            assert!(found, "{mode} {archived}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_data() {
    let (one, other) = (support::start(), support::start());
    assert_eq!(one.workspaces("owner"), other.workspaces("owner"));
    assert_eq!(one.user("owner"), other.user("owner"));
}

#[test]
fn five_workspaces_resist_archiving_and_the_owner_owns_them() {
    let server = support::start();
    let mut blocked = Vec::new();
    for workspace in server.workspaces("owner") {
        let path = format!("/workspaces/{}", workspace["id"].as_str().unwrap());
        if workspace["archived"] == false {
            let reply = server.call("owner", "DELETE", &path, None);
            if reply.status == 409 {
                blocked.push(workspace["name"].as_str().unwrap().to_owned());
            }
        }
    }
    blocked.sort();
    assert_eq!(
        blocked,
        [
            "Eastgate Schools",
            "Lantern Hotels Group",
            "Ostrich & Sons Freight",
            "Ridgeway Clinics",
            "Saltmarsh Schools"
        ]
    );
    let states =
        server.texts("SELECT DISTINCT status FROM altostrat_subscriptions ORDER BY status");
    assert_eq!(
        states,
        [
            "active",
            "canceled",
            "incomplete",
            "incomplete_expired",
            "past_due",
            "paused",
            "trialing",
            "unpaid"
        ]
    );
    let active =
        server.number("SELECT count(*) FROM altostrat_subscriptions WHERE status = 'active'");
    assert_eq!(active, 7);
}

#[test]
fn the_demo_has_names_of_its_own_at_each_service_and_nothing_that_trips_programs_up() {
    let demo = steward_server::core::seed::Plan {
        workspaces: 40,
        edge_cases: false,
    };
    let (database, _) = steward_server::command::open(":memory:", demo).unwrap();
    let names = |table: &'static str| -> Vec<String> {
        database
            .write_blocking(move |tx| -> Result<Vec<String>, StartError> {
                let mut rows = tx.prepare(&format!("SELECT name FROM {table}"))?;
                let names = rows.query_map([], |row| row.get(0))?;
                Ok(names.collect::<Result<_, _>>()?)
            })
            .unwrap()
    };
    let mut seen = std::collections::HashSet::new();
    for table in [
        "altostrat_workspaces",
        "anthropic_workspaces",
        "flashback_workspaces",
        "openai_projects",
    ] {
        let names = names(table);
        assert!(names.len() >= 40, "{table}");
        for name in names {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || " &-".contains(letter);
            assert!(name.chars().all(plain), "{name}");
            // Each organization has a default one.
            let is_given = name.starts_with("Default");
            assert!(
                is_given || seen.insert(name.clone()),
                "{name} is there twice"
            );
        }
    }
}
