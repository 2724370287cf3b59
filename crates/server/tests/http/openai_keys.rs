//! API keys of OpenAI projects, users who cannot work in one, and where a project's data lie.

use serde_json::{Value, json};

use crate::openai_kit::{
    PEOPLE, PROJECTS, all, call, every, fresh, get, others, refused, said, text, wrong,
};
use crate::support;

#[test]
fn a_project_is_made_where_its_data_are_to_lie() {
    let server = support::start();
    let body =
        json!({"name": "Lab", "residency": "EU_STORAGE_PROCESSING", "external_key_id": "ek_1"});
    let made = call(&server, "owner", "POST", PROJECTS, Some(&body)).json();
    let project = get(&server, &format!("{PROJECTS}/{}", text(&made["id"])));
    assert_eq!(project, made);
    assert_eq!(project["residency"], "EU_STORAGE_PROCESSING");
    assert_eq!(project["external_key_id"], "ek_1");
    let plain = get(&server, &fresh(&server));
    assert_eq!(
        (&plain["residency"], &plain["external_key_id"]),
        (&Value::Null, &Value::Null)
    );
    let body = json!({"name": "Lab", "residency": null, "external_key_id": null});
    assert_eq!(
        call(&server, "owner", "POST", PROJECTS, Some(&body)).status,
        200
    );
    for (word, code) in [
        (json!("MOON_STORAGE"), "invalid_value"),
        (json!(1), "invalid_type"),
        (json!(""), "empty_string"),
    ] {
        let body = json!({"name": "Lab", "residency": word});
        let reply = call(&server, "owner", "POST", PROJECTS, Some(&body));
        let error = &reply.json()["error"];
        assert_eq!(
            (reply.status, &error["param"], &error["code"]),
            (400, &json!("residency"), &json!(code))
        );
    }
}

#[test]
fn keys_are_listed_page_by_page_with_whose_they_are() {
    let server = support::start();
    let mut kinds = (0, 0);
    let mut most = 0;
    for project in all(&server, "owner", "limit=100") {
        let list = format!(
            "{PROJECTS}/{}/api_keys?owner_project_access=any&limit=1",
            text(&project["id"])
        );
        let keys = every(&server, "owner", &list);
        most = most.max(keys.len());
        for key in keys {
            assert!(text(&key["redacted_value"]).starts_with("sk-proj-…"));
            let owner = &key["owner"];
            match owner["type"].as_str().unwrap() {
                "user" => {
                    kinds.0 += 1;
                    assert!(text(&owner["user"]["email"]).contains('@'));
                    assert!(owner.get("service_account").is_none());
                }
                "service_account" => {
                    kinds.1 += 1;
                    assert_eq!(owner["service_account"]["name"], "deploy");
                }
                other => panic!("{other}"),
            }
        }
    }
    assert!(kinds.0 > 0 && kinds.1 > 0 && most == 2, "{kinds:?} {most}");
}

#[test]
fn keys_are_filtered_by_their_owners_access() {
    let server = support::start();
    let path = fresh(&server);
    let project = path.trim_start_matches(PROJECTS).trim_start_matches('/');
    let user = &others(&server)[0];
    server.change(&format!(
        "INSERT INTO openai_project_keys VALUES ('key_a', '{project}', 'gone', 'sk-proj-…aaaa', 0, NULL, '{user}', NULL), \
         ('key_b', '{project}', 'robot', 'sk-proj-…bbbb', 0, 0, NULL, 'deploy')"
    ));
    let names = |query: &str| -> Vec<String> {
        let list = get(&server, &format!("{path}/api_keys{query}"));
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| text(&key["name"]))
            .collect()
    };
    assert_eq!(names(""), ["robot"]);
    assert_eq!(names("?owner_project_access=inactive"), ["gone"]);
    assert_eq!(names("?owner_project_access=any"), ["gone", "robot"]);
    let odd = call(
        &server,
        "owner",
        "GET",
        &format!("{path}/api_keys?owner_project_access=x"),
        None,
    );
    assert_eq!(
        said(&odd),
        wrong(
            "owner_project_access",
            "invalid_value",
            "Invalid 'owner_project_access': expected active, inactive or any."
        )
    );
}

#[test]
fn a_key_is_deleted_by_whoever_may_write_and_stays_gone() {
    let server = support::start();
    let path = fresh(&server);
    let project = path.trim_start_matches(PROJECTS).trim_start_matches('/');
    server.change(&format!(
        "INSERT INTO openai_project_keys VALUES ('key_b', '{project}', 'robot', 'sk-proj-…bbbb', 0, 0, NULL, 'deploy')"
    ));
    let key = format!("{path}/api_keys/key_b");
    assert_eq!(get(&server, &key)["name"], "robot");
    assert_eq!(call(&server, "viewer", "DELETE", &key, None).status, 403);
    assert_eq!(call(&server, "outsider", "DELETE", &key, None).status, 404);
    let deleted = call(&server, "owner", "DELETE", &key, None);
    let said_so =
        json!({"object": "organization.project.api_key.deleted", "id": "key_b", "deleted": true});
    assert_eq!(said(&deleted), (200, said_so));
    let again = call(&server, "owner", "DELETE", &key, None);
    assert_eq!(said(&again), refused(404, "No such API key: key_b"));
}

#[test]
fn users_say_whether_they_are_programs_shut_out_or_switched_off() {
    let server = support::start();
    let users = every(&server, "owner", &format!("{PEOPLE}?limit=100"));
    let named = |name: &str| users.iter().find(|user| user["name"] == name).unwrap();
    assert_eq!(named("Build robot")["is_service_account"], true);
    assert_eq!(named("Basil Shutout")["user"]["banned"], true);
    assert_eq!(named("Dora Switchedoff")["user"]["enabled"], false);
    let owner = named("Olivia Okafor");
    assert_eq!(
        (
            &owner["is_service_account"],
            &owner["user"]["banned"],
            &owner["user"]["enabled"]
        ),
        (&json!(false), &json!(false), &json!(true))
    );
    // The id inside is another than the one that paths take.
    assert_ne!(owner["user"]["id"], owner["id"]);
    assert_eq!(owner["user"]["email"], owner["email"]);
}
