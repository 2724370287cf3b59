//! Members of workspaces and people of the organization.

use serde_json::{Value, json};

use crate::anthropic_support::{data, failure, id, ids, invalid, start};

#[test]
fn a_member_is_added_read_changed_and_removed() {
    let server = start(&[]);
    let user = server.person("developer");
    let workspace = server.made("Team");
    let members = format!("/workspaces/{workspace}/members");
    let one = format!("{members}/{user}");
    let member = |role: &str| json!({"type": "workspace_member", "user_id": user, "workspace_id": workspace, "workspace_role": role});
    let body = json!({"user_id": user, "workspace_role": "workspace_developer"});
    assert_eq!(server.post(&members, &body), member("workspace_developer"));
    assert_eq!(server.read(&one), member("workspace_developer"));
    for role in [
        "workspace_restricted_developer",
        "workspace_user",
        "workspace_admin",
    ] {
        assert_eq!(
            server.post(&one, &json!({ "workspace_role": role })),
            member(role)
        );
    }
    let page = server.read(&members);
    assert_eq!(page["data"], json!([member("workspace_admin")]));
    assert_eq!(
        (page["first_id"].as_str(), page["last_id"].as_str()),
        (Some(user.as_str()), Some(user.as_str()))
    );
    let gone = server.anthropic("owner", "DELETE", &one, None);
    assert_eq!(gone.status, 200);
    assert_eq!(
        gone.json(),
        json!({"type": "workspace_member_deleted", "user_id": user, "workspace_id": workspace})
    );
    for verb in ["GET", "DELETE"] {
        assert_eq!(
            server.anthropic("owner", verb, &one, None).refusal(),
            failure(404, "not_found_error")
        );
    }
    let body = json!({"workspace_role": "workspace_user"});
    assert_eq!(server.refused(&one, &body), failure(404, "not_found_error"));
}

#[test]
fn what_cannot_be_added_is_refused() {
    let server = start(&[]);
    let members = format!("/workspaces/{}/members", server.made("Team"));
    let [developer, admin, billing] =
        ["developer", "admin", "billing"].map(|role| server.person(role));
    let body = |user: &str, role: &str| json!({"user_id": user, "workspace_role": role});
    for wrong in [
        body(&developer, "workspace_billing"),
        body(&developer, "owner"),
        body("user_none", "workspace_user"),
        body(&admin, "workspace_admin"),
        body(&billing, "workspace_user"),
        json!({"user_id": developer}),
        json!({"workspace_role": "workspace_user"}),
        json!({"user_id": 7, "workspace_role": "workspace_user"}),
    ] {
        assert_eq!(server.refused(&members, &wrong), invalid(""), "{wrong}");
    }
    // Who pays may be raised to admin, and then lowered again.
    server.post(&members, &body(&billing, "workspace_admin"));
    let one = format!("{members}/{billing}");
    server.post(&one, &json!({"workspace_role": "workspace_billing"}));
    assert_eq!(
        server.refused(&one, &json!({"workspace_role": "workspace_user"})),
        invalid("")
    );
    // Inherited memberships are not there to be changed.
    let inherited = format!("{members}/{admin}");
    assert_eq!(
        server.refused(&inherited, &json!({"workspace_role": "workspace_user"})),
        invalid("")
    );
    assert_eq!(
        server
            .anthropic("owner", "DELETE", &inherited, None)
            .refusal(),
        invalid("")
    );
    assert_eq!(
        server.anthropic("owner", "GET", &inherited, None).status,
        404
    );
}

#[test]
fn adding_twice_is_refused_with_a_code_or_without() {
    for (settings, code) in [
        (&[][..], "already_member"),
        (&["anthropic_member_twice=bare"][..], ""),
    ] {
        let server = start(settings);
        let members = format!("/workspaces/{}/members", server.made("Team"));
        let body = json!({"user_id": server.person("user"), "workspace_role": "workspace_user"});
        server.post(&members, &body);
        assert_eq!(server.refused(&members, &body), invalid(code));
    }
}

#[test]
fn a_full_workspace_takes_nobody_more() {
    let server = start(&["anthropic_member_limit=2"]);
    let members = format!("/workspaces/{}/members", server.made("Small"));
    let people = ids(&server.read("/users?limit=3&roles[]=developer"));
    let body = |user: &str| json!({"user_id": user, "workspace_role": "workspace_user"});
    server.post(&members, &body(&people[0]));
    server.post(&members, &body(&people[1]));
    assert_eq!(
        server.refused(&members, &body(&people[2])),
        invalid("workspace_member_limit_exceeded")
    );
}

#[test]
fn people_are_found_by_address_and_role() {
    let server = start(&[]);
    let found = server.read("/users?email=OLIVIA.okafor@example.com");
    assert_eq!(data(&found).len(), 1);
    let olivia = &found["data"][0];
    assert_eq!(
        (olivia["name"].as_str(), olivia["role"].as_str()),
        (Some("Olivia Okafor"), Some("admin"))
    );
    let mut keys: Vec<&str> = olivia
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(keys, ["added_at", "email", "id", "name", "role", "type"]);
    assert_eq!(&server.read(&format!("/users/{}", id(olivia))), olivia);
    let some = server.read("/users?limit=1000&roles[]=billing&roles[]=claude_code_user");
    let roles: Vec<&Value> = data(&some).iter().map(|user| &user["role"]).collect();
    assert!(roles.contains(&&json!("billing")) && roles.contains(&&json!("claude_code_user")));
    assert!(
        roles
            .iter()
            .all(|role| *role == "billing" || *role == "claude_code_user")
    );
    assert_eq!(
        data(&server.read("/users?email=nobody@example.com")).len(),
        0
    );
    let nobody = server.anthropic("owner", "GET", "/users/user_none", None);
    assert_eq!(nobody.refusal(), failure(404, "not_found_error"));
}

#[test]
fn people_are_changed_and_removed_but_not_admins() {
    let server = start(&[]);
    let [user, admin] = ["user", "admin"].map(|role| server.person(role));
    let (one, boss) = (format!("/users/{user}"), format!("/users/{admin}"));
    assert_eq!(
        server.post(&one, &json!({"role": "developer"}))["role"],
        "developer"
    );
    for role in ["admin", "managed", "owner", "king"] {
        assert_eq!(
            server.refused(&one, &json!({ "role": role })),
            invalid(""),
            "{role}"
        );
    }
    assert_eq!(server.refused(&boss, &json!({"role": "user"})), invalid(""));
    assert_eq!(
        server.anthropic("owner", "DELETE", &boss, None).refusal(),
        invalid("")
    );
    let members = format!("/workspaces/{}/members", server.made("Team"));
    server.post(
        &members,
        &json!({"user_id": user, "workspace_role": "workspace_user"}),
    );
    let gone = server.anthropic("owner", "DELETE", &one, None);
    assert_eq!(gone.json(), json!({"id": user, "type": "user_deleted"}));
    assert_eq!(data(&server.read(&members)).len(), 0);
    assert_eq!(server.anthropic("owner", "DELETE", &one, None).status, 404);
    // The outsider is alone.
    let reply = server.anthropic("outsider", "GET", "/users", None);
    let alone = format!("/users/{}", id(&reply.json()["data"][0]));
    let reply = server.anthropic("outsider", "DELETE", &alone, None);
    assert_eq!(reply.refusal(), invalid("cannot_remove_last_member"));
}
