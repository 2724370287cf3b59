//! Users of an OpenAI project: add, modify, remove, and pages of them.

use serde_json::json;

use crate::openai_kit::{archived, call, fresh, get, others, refused, said, text, with, wrong};
use crate::support::{self, Reply, Server};

fn add(server: &Server, project: &str, user: &str, role: &str) -> Reply {
    let body = json!({"user_id": user, "role": role});
    call(
        server,
        "owner",
        "POST",
        &format!("{project}/users"),
        Some(&body),
    )
}

#[test]
fn a_user_is_added_modified_and_removed() {
    let server = support::start();
    let project = fresh(&server);
    let user = &others(&server)[0];
    let added = add(&server, &project, user, "member");
    assert_eq!(added.status, 200);
    let added = added.json();
    assert_eq!(
        added,
        json!({
            "object": "organization.project.user",
            "id": user,
            "name": added["name"],
            "email": added["email"],
            "role": "member",
            "added_at": added["added_at"]
        })
    );
    assert!(text(&added["email"]).ends_with("@example.com"));
    assert!(server.clock.now().seconds() - added["added_at"].as_i64().unwrap() < 5);
    let one = format!("{project}/users/{user}");
    assert_eq!(get(&server, &one), added);
    let modified = call(
        &server,
        "owner",
        "POST",
        &one,
        Some(&json!({"role": "owner"})),
    )
    .json();
    assert_eq!(
        (&modified["role"], &modified["added_at"]),
        (&json!("owner"), &added["added_at"])
    );
    assert_eq!(
        get(&server, &format!("{project}/users"))["data"],
        json!([modified])
    );
    let removed = call(&server, "owner", "DELETE", &one, None);
    let expected =
        json!({"object": "organization.project.user.deleted", "id": user, "deleted": true});
    assert_eq!(said(&removed), (200, expected));
    assert_eq!(get(&server, &format!("{project}/users"))["data"], json!([]));
    let missing = format!("No such user: {user}");
    for (verb, body) in [
        ("GET", None),
        ("POST", Some(json!({"role": "owner"}))),
        ("DELETE", None),
    ] {
        let reply = call(&server, "owner", verb, &one, body.as_ref());
        assert_eq!(said(&reply), refused(404, &missing), "{verb}");
    }
}

#[test]
fn only_users_of_the_organization_can_be_added() {
    let server = support::start();
    let project = fresh(&server);
    let outsider = server.texts("SELECT id FROM openai_users WHERE persona = 'outsider'");
    for user in [outsider[0].as_str(), "user_none"] {
        let reply = add(&server, &project, user, "member");
        assert_eq!(said(&reply), refused(404, &format!("No such user: {user}")));
    }
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let server = support::start();
    let project = fresh(&server);
    let users = format!("{project}/users");
    let expected = "Invalid value for 'role': expected owner or member.";
    for (body, param, code, message) in [
        (
            json!({"role": "member"}),
            "user_id",
            "missing_required_parameter",
            "Missing required parameter: 'user_id'.",
        ),
        (
            json!({"user_id": "x"}),
            "role",
            "missing_required_parameter",
            "Missing required parameter: 'role'.",
        ),
        (
            json!({"user_id": "x", "role": "admin"}),
            "role",
            "invalid_value",
            expected,
        ),
    ] {
        let reply = call(&server, "owner", "POST", &users, Some(&body));
        assert_eq!(said(&reply), wrong(param, code, message));
    }
    let user = &others(&server)[0];
    assert_eq!(add(&server, &project, user, "member").status, 200);
    let one = format!("{users}/{user}");
    let reply = call(
        &server,
        "owner",
        "POST",
        &one,
        Some(&json!({"role": "Owner"})),
    );
    assert_eq!(said(&reply), wrong("role", "invalid_value", expected));
}

#[test]
fn adding_again_is_refused_or_sets_the_role() {
    for setting in ["openai_add_again=400", "openai_add_again=200"] {
        let server = with(setting);
        let project = fresh(&server);
        let user = &others(&server)[0];
        let first = add(&server, &project, user, "member").json();
        server.clock.advance(60);
        let again = add(&server, &project, user, "owner");
        if setting.ends_with("400") {
            assert_eq!(
                said(&again),
                refused(400, "The user is already in the project.")
            );
        } else {
            assert_eq!(
                (again.status, &again.json()["role"]),
                (200, &json!("owner"))
            );
            assert_eq!(again.json()["added_at"], first["added_at"]);
        }
    }
}

#[test]
fn users_come_in_pages() {
    let server = support::start();
    let project = fresh(&server);
    let others = others(&server);
    for user in &others[..25] {
        assert_eq!(add(&server, &project, user, "member").status, 200);
    }
    let users = format!("{project}/users");
    let first = get(&server, &users);
    assert_eq!(
        (first["data"].as_array().unwrap().len(), &first["has_more"]),
        (20, &json!(true))
    );
    assert_eq!(first["last_id"], others[19].as_str());
    let rest = get(&server, &format!("{users}?after={}&limit=5", others[19]));
    assert_eq!(
        (rest["data"].as_array().unwrap().len(), &rest["has_more"]),
        (5, &json!(false))
    );
    let reply = call(&server, "owner", "GET", &format!("{users}?limit=101"), None);
    assert_eq!(reply.status, 400);
}

#[test]
fn an_archived_project_does_not_list_its_users() {
    let server = support::start();
    let users = format!("{}/users", archived(&server));
    let reply = call(&server, "owner", "GET", &users, None);
    assert_eq!(said(&reply), refused(400, "The project Fresh is archived"));
}
