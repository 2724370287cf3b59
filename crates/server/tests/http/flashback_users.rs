//! Users of a Flashback workspace and of the organization.

use serde_json::{Value, json};

use crate::flashback_kit::{
    UNVALIDATED, call, done, fresh, path_of, refused, said, text, token_of, user,
};
use crate::support::{self, Server};

fn others(server: &Server) -> Vec<String> {
    server.texts(
        "SELECT id FROM flashback_users WHERE persona IS NULL AND validated AND deleted_at IS NULL ORDER BY id",
    )
}

fn role_in(server: &Server, path: &str, id: &str) -> Option<String> {
    let read = call(server, "owner", "GET", path, None).json();
    let users = read["workspace"]["users"].as_array().unwrap().clone();
    let found = users.iter().find(|each| each["userId"] == id)?;
    Some(text(&found["role"]))
}

#[test]
fn an_admin_adds_changes_and_removes() {
    let server = support::start();
    let path = fresh(&server);
    let id = &others(&server)[0];
    let (users, one) = (format!("{path}/users"), format!("{path}/users/{id}"));
    let add = json!({"userId": id, "role": "WRITE"});
    let reply = call(&server, "owner", "POST", &users, Some(&add));
    assert_eq!(said(&reply), done());
    assert_eq!(role_in(&server, &path, id).as_deref(), Some("WRITE"));
    let reply = call(
        &server,
        "owner",
        "PUT",
        &one,
        Some(&json!({"role": "ADMIN"})),
    );
    assert_eq!(said(&reply), done());
    assert_eq!(role_in(&server, &path, id).as_deref(), Some("ADMIN"));
    assert_eq!(said(&call(&server, "owner", "DELETE", &one, None)), done());
    assert_eq!(role_in(&server, &path, id), None);
}

#[test]
fn whoever_is_not_there_is_not_found() {
    let server = support::start();
    let path = fresh(&server);
    let stranger = others(&server)[0].clone();
    for id in [stranger.as_str(), "nope"] {
        let one = format!("{path}/users/{id}");
        let put = call(
            &server,
            "owner",
            "PUT",
            &one,
            Some(&json!({"role": "READ"})),
        );
        assert_eq!(said(&put), refused(404, "User not found in workspace"));
        let delete = call(&server, "owner", "DELETE", &one, None);
        assert_eq!(said(&delete), refused(404, "User not found in workspace"));
    }
    let gone = server.texts("SELECT id FROM flashback_users WHERE deleted_at IS NOT NULL");
    for id in ["nope", gone[0].as_str(), &user(&server, "outsider")] {
        let add = json!({"userId": id, "role": "READ"});
        let reply = call(
            &server,
            "owner",
            "POST",
            &format!("{path}/users"),
            Some(&add),
        );
        assert_eq!(said(&reply), refused(404, "Target user not found"), "{id}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let server = support::start();
    let path = fresh(&server);
    let one = format!("{path}/users/{}", user(&server, "viewer"));
    const ROLE: &str = "Role must be one of READ, WRITE, ADMIN";
    for (body, message) in [
        (json!({"role": "READ"}), "User ID is required"),
        (json!({"userId": "x"}), ROLE),
        (json!({"userId": "x", "role": "OWNER"}), ROLE),
        (json!({"userId": "x", "role": null}), ROLE),
    ] {
        let reply = call(
            &server,
            "owner",
            "POST",
            &format!("{path}/users"),
            Some(&body),
        );
        assert_eq!(said(&reply), refused(400, message), "{body}");
    }
    let reply = call(
        &server,
        "owner",
        "PUT",
        &one,
        Some(&json!({"role": "read"})),
    );
    assert_eq!(said(&reply), refused(400, ROLE));
}

#[test]
fn a_change_of_role_counts_at_once() {
    let server = support::start();
    let path = fresh(&server);
    let rename = json!({"name": "x"});
    assert_eq!(
        call(&server, "admin", "PUT", &path, Some(&rename)).status,
        403
    );
    let one = format!("{path}/users/{}", user(&server, "admin"));
    let promoted = call(
        &server,
        "owner",
        "PUT",
        &one,
        Some(&json!({"role": "ADMIN"})),
    );
    assert_eq!(said(&promoted), done());
    assert_eq!(
        call(&server, "admin", "PUT", &path, Some(&rename)).status,
        200
    );
}

#[test]
fn an_admin_who_is_not_validated_is_told_so() {
    let server = support::start();
    let path = path_of(&server, "Field office");
    let token = token_of(&server, UNVALIDATED);
    let reply = crate::flashback_kit::call_with(&server, &token, "DELETE", &path, None);
    let message = "User not found or account is not validated";
    assert_eq!(said(&reply), refused(400, message));
}

#[test]
fn the_organization_lists_everyone_with_a_role_in_numbers_and_words() {
    let server = support::start();
    let list = call(&server, "owner", "GET", "/organization/users", None).json();
    let data = list["data"].as_array().unwrap();
    assert_eq!(
        (data.len(), &list["total"], &list["success"]),
        (123, &json!(123), &json!(true))
    );
    let find = |email: &str| data.iter().find(|each| each["email"] == email).unwrap();
    let olivia = find("olivia.okafor@example.com");
    assert_eq!(
        olivia,
        &json!({
            "id": user(&server, "owner"),
            "email": "olivia.okafor@example.com",
            "name": "Olivia",
            "lastName": "Okafor",
            "orgId": olivia["orgId"],
            "orgRole": 255,
            "validated": true,
            "deletedAt": null,
            "orgRoleDescription": "OWNER",
            "orgRoles": [0, 1, 2, 254, 255]
        })
    );
    assert_eq!(find(UNVALIDATED)["validated"], false);
    assert_eq!(find(UNVALIDATED)["orgRoleDescription"], "WORKSPACES");
    assert_eq!(find(UNVALIDATED)["orgRoles"], json!([0, 1, 2]));
    assert_eq!(
        find(crate::flashback_kit::DELETED)["deletedAt"],
        "2026-06-01T00:00:00.000Z"
    );
    let no_role: Vec<&Value> = data
        .iter()
        .filter(|each| each["orgRole"].is_null())
        .collect();
    assert!(!no_role.is_empty());
    assert!(
        no_role
            .iter()
            .all(|each| each["orgRoleDescription"] == "USER")
    );
    let one = format!("/organization/users/{}", user(&server, "owner"));
    let reply = call(&server, "admin", "GET", &one, None);
    assert_eq!(said(&reply), (200, olivia.clone()));
    let none = call(&server, "admin", "GET", "/organization/users/nope", None);
    assert_eq!(said(&none), refused(404, "User not found"));
}
