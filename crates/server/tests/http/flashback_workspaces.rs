//! Flashback workspaces: shapes of the answers, names, and what another organization can reach.

use serde_json::json;

use crate::flashback_kit::{call, fresh, refused, said, text, user, workspaces};
use crate::support;

#[test]
fn a_workspace_has_its_users_in_lists_and_single_reads() {
    let server = support::start();
    let path = fresh(&server);
    let read = call(&server, "viewer", "GET", &path, None).json();
    assert_eq!(read["success"], true);
    let workspace = &read["workspace"];
    let listed = workspaces(&server, "viewer");
    assert!(listed.contains(workspace));
    assert_eq!(workspace.as_object().unwrap().len(), 4);
    assert_eq!(workspace["name"], "Fresh");
    let users = workspace["users"].as_array().unwrap();
    assert_eq!(users.len(), 3);
    let me = users
        .iter()
        .find(|each| each["userId"] == user(&server, "owner"))
        .unwrap();
    assert_eq!(
        me,
        &json!({
            "userId": user(&server, "owner"),
            "role": "ADMIN",
            "user": {
                "id": user(&server, "owner"),
                "name": "Olivia",
                "lastName": "Okafor",
                "email": "olivia.okafor@example.com",
                "orgRole": 255
            }
        })
    );
}

#[test]
fn a_creation_and_an_update_answer_without_users() {
    let server = support::start();
    let name = json!({"name": "Plain & <b>"});
    let made = call(&server, "admin", "POST", "/workspace", Some(&name));
    assert_eq!(made.status, 201);
    let body = made.json();
    let workspace = &body["workspace"];
    let fields: Vec<&String> = workspace.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "name", "orgId"]);
    assert_eq!(body["success"], true);
    let id = text(&workspace["id"]);
    let shape: String = id
        .chars()
        .map(|c| if c.is_ascii_hexdigit() { 'x' } else { c })
        .collect();
    assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    assert_eq!(id.as_bytes()[14], b'4');
    assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
    let path = format!("/workspace/{id}");
    let renamed = call(
        &server,
        "admin",
        "PUT",
        &path,
        Some(&json!({"name": "Renamed"})),
    );
    let expected = json!({"success": true, "workspace": {"id": id, "name": "Renamed", "orgId": workspace["orgId"]}});
    assert_eq!(said(&renamed), (200, expected.clone()));
    let untouched = call(&server, "admin", "PUT", &path, Some(&json!({})));
    assert_eq!(said(&untouched), (200, expected));
    let users = call(&server, "admin", "GET", &path, None).json();
    assert_eq!(users["workspace"]["users"][0]["role"], "ADMIN");
    assert_eq!(call(&server, "owner", "GET", &path, None).status, 404);
}

#[test]
fn a_name_has_to_be_there_and_a_text() {
    let server = support::start();
    let path = fresh(&server);
    for (body, message) in [
        (json!({}), "Workspace name is required"),
        (json!({"name": null}), "Workspace name must be a string"),
        (json!({"name": 7}), "Workspace name must be a string"),
        (json!({"name": " \n"}), "Workspace name cannot be empty"),
        (json!(["x"]), "The request body must be a JSON object."),
    ] {
        let reply = call(&server, "owner", "POST", "/workspace", Some(&body));
        assert_eq!(said(&reply), refused(400, message));
        if body != json!({}) {
            let reply = call(&server, "owner", "PUT", &path, Some(&body));
            assert_eq!(said(&reply), refused(400, message));
        }
    }
    let read = call(&server, "owner", "GET", &path, None).json();
    assert_eq!(read["workspace"]["name"], "Fresh");
}

#[test]
fn a_body_is_looked_at_only_for_those_who_may() {
    let server = support::start();
    let path = fresh(&server);
    let wrong = json!({"name": 7});
    for (person, path, status) in [
        ("viewer", "/workspace", 403),
        ("viewer", path.as_str(), 403),
        ("outsider", path.as_str(), 404),
    ] {
        let verb = if path == "/workspace" { "POST" } else { "PUT" };
        let reply = call(&server, person, verb, path, Some(&wrong));
        assert_eq!(reply.status, status, "{person} {path}");
    }
}

#[test]
fn an_id_that_is_none_is_not_found() {
    let server = support::start();
    for id in ["nope", "%00", "%FF%FE", "a%2Fb", "'--", "%F0%9F%A6%8A"] {
        let path = format!("/workspace/{id}");
        let get = call(&server, "owner", "GET", &path, None);
        assert_eq!(
            said(&get),
            refused(404, "Workspace not found or access denied")
        );
        let put = call(&server, "owner", "PUT", &path, Some(&json!({})));
        assert_eq!(said(&put), refused(404, "Workspace not found"));
        let delete = call(&server, "owner", "DELETE", &path, None);
        assert_eq!(said(&delete), refused(404, "Workspace not found"));
    }
}

#[test]
fn the_outsider_reaches_only_the_outsiders_own_organization() {
    let server = support::start();
    assert_eq!(workspaces(&server, "outsider").len(), 0);
    let path = fresh(&server);
    let body = json!({"name": "Elsewhere"});
    let made = call(&server, "outsider", "POST", "/workspace", Some(&body)).json();
    let theirs = format!("/workspace/{}", text(&made["workspace"]["id"]));
    let ours = call(&server, "owner", "GET", &path, None).json();
    assert_ne!(made["workspace"]["orgId"], ours["workspace"]["orgId"]);
    for verb in ["GET", "DELETE"] {
        assert_eq!(call(&server, "owner", verb, &theirs, None).status, 404);
        assert_eq!(call(&server, "outsider", verb, &path, None).status, 404);
    }
    let add = json!({"userId": user(&server, "owner"), "role": "READ"});
    let users = format!("{theirs}/users");
    let reply = call(&server, "outsider", "POST", &users, Some(&add));
    assert_eq!(said(&reply), refused(404, "Target user not found"));
    let listed = call(&server, "outsider", "GET", "/organization/users", None).json();
    assert_eq!(
        (&listed["total"], &listed["data"][0]["email"]),
        (&json!(1), &json!("oskar.lindqvist@example.com"))
    );
    let one = format!("/organization/users/{}", user(&server, "owner"));
    let reply = call(&server, "outsider", "GET", &one, None);
    assert_eq!(
        said(&reply),
        refused(403, "Insufficient permissions to view users")
    );
}

#[test]
fn no_other_origin_is_let_in() {
    let server = support::start();
    for verb in ["GET", "OPTIONS"] {
        let headers = [
            ("origin", "http://evil.example"),
            ("access-control-request-method", "DELETE"),
        ];
        let reply = server
            .send(verb, "/api/flashback/workspace", &headers, b"")
            .unwrap();
        assert_eq!(reply.header("access-control-allow-origin"), "", "{verb}");
    }
}
