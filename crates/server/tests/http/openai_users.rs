//! Users of an OpenAI project: add, modify, remove, and pages of them; users of the organization.

use serde_json::{Value, json};

use crate::openai_kit::{
    PEOPLE, archived, call, every, fresh, get, others, refused, said, text, with, wrong,
};
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
    let [_, _, outsider] = people(&server);
    for user in [outsider.as_str(), "user_none"] {
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

/// The ids of the owner, of the viewer and of the outsider.
fn people(server: &Server) -> [String; 3] {
    [
        "SELECT id FROM openai_users WHERE persona = 'owner'",
        "SELECT id FROM openai_users WHERE persona = 'viewer'",
        "SELECT id FROM openai_users WHERE persona = 'outsider'",
    ]
    .map(|sql| server.texts(sql).remove(0))
}

fn emails(page: &Value) -> Vec<&str> {
    let users = page["data"].as_array().unwrap();
    users
        .iter()
        .map(|each| each["email"].as_str().unwrap())
        .collect()
}

#[test]
fn a_user_of_the_organization_has_every_field_in_its_exact_form() {
    let server = support::start();
    let [owner, viewer, _] = people(&server);
    let users = every(&server, "owner", &format!("{PEOPLE}?limit=100"));
    for (id, name, email, role) in [
        (owner, "Olivia Okafor", "olivia.okafor@example.com", "owner"),
        (
            viewer,
            "Vera Marchetti",
            "vera.marchetti@example.com",
            "reader",
        ),
    ] {
        let user = json!({
            "object": "organization.user",
            "id": id,
            "name": name,
            "email": email,
            "role": role,
            "added_at": 1_685_577_600,
            "is_service_account": false,
            "user": {
                "object": "user",
                "id": id.replacen("user_", "user-", 1),
                "name": name,
                "email": email,
                "picture": null,
                "enabled": true,
                "banned": false,
                "banned_at": null
            }
        });
        assert_eq!(get(&server, &format!("{PEOPLE}/{id}")), user);
        assert!(users.contains(&user), "{name}");
    }
}

#[test]
fn pages_of_the_organizations_users_join_to_the_whole_list() {
    let server = support::start();
    let whole = every(&server, "owner", &format!("{PEOPLE}?limit=100"));
    assert_eq!(whole.len(), 126);
    assert!(
        whole
            .windows(2)
            .all(|pair| text(&pair[0]["id"]) < text(&pair[1]["id"]))
    );
    for limit in [1, 41, 50] {
        let list = format!("{PEOPLE}?limit={limit}");
        assert_eq!(every(&server, "owner", &list), whole, "{limit}");
    }
    let first = get(&server, PEOPLE);
    let data = first["data"].as_array().unwrap();
    assert_eq!(
        (data.len(), &first["object"], &first["has_more"]),
        (20, &json!("list"), &json!(true))
    );
    assert_eq!(
        (&first["first_id"], &first["last_id"]),
        (&data[0]["id"], &data[19]["id"])
    );
    assert_eq!(first.as_object().unwrap().len(), 5);
    let last = text(&whole.last().unwrap()["id"]);
    let empty =
        json!({"object": "list", "data": [], "first_id": null, "last_id": null, "has_more": false});
    assert_eq!(get(&server, &format!("{PEOPLE}?after={last}")), empty);
    for (query, code) in [
        ("limit=0", "integer_below_min_value"),
        ("limit=101", "integer_above_max_value"),
        ("limit=ten", "invalid_type"),
    ] {
        let reply = call(&server, "owner", "GET", &format!("{PEOPLE}?{query}"), None);
        assert_eq!(
            (reply.status, &reply.json()["error"]["code"]),
            (400, &json!(code))
        );
    }
}

#[test]
fn the_organizations_users_are_found_by_their_addresses() {
    let server = support::start();
    let both = ["olivia.okafor@example.com", "vera.marchetti@example.com"];
    for query in [
        "emails[]=olivia.okafor@example.com&emails[]=vera.marchetti@example.com",
        "emails%5B%5D=Olivia.Okafor%40example.com&emails=vera.marchetti%40example.com",
    ] {
        let page = get(&server, &format!("{PEOPLE}?{query}"));
        let mut found = emails(&page);
        found.sort_unstable();
        assert_eq!(found, both, "{query}");
        let joined = every(&server, "owner", &format!("{PEOPLE}?{query}&limit=1"));
        assert_eq!(json!(joined), page["data"], "{query}");
    }
    for query in [
        "emails[]=oskar.lindqvist@example.com",
        "emails[]=",
        "emails[]=%25",
    ] {
        let page = get(&server, &format!("{PEOPLE}?{query}"));
        assert_eq!(emails(&page), [""; 0], "{query}");
    }
}

#[test]
fn nobody_sees_users_of_another_organization() {
    let server = support::start();
    let [owner, _, outsider] = people(&server);
    let theirs = every(&server, "outsider", &format!("{PEOPLE}?limit=100"));
    assert_eq!(
        (theirs.len(), &theirs[0]["id"], &theirs[0]["role"]),
        (1, &json!(outsider), &json!("owner"))
    );
    let ours = every(&server, "owner", &format!("{PEOPLE}?limit=100"));
    assert!(ours.iter().all(|each| each["id"] != json!(outsider)));
    for (caller, id) in [
        ("owner", outsider.as_str()),
        ("outsider", owner.as_str()),
        ("owner", "user_none"),
        ("viewer", "%FF"),
    ] {
        let reply = call(&server, caller, "GET", &format!("{PEOPLE}/{id}"), None);
        let id = if id == "%FF" { "" } else { id };
        assert_eq!(said(&reply), refused(404, &format!("No such user: {id}")));
    }
}

#[test]
fn a_key_that_can_only_read_sees_the_organizations_users() {
    let server = support::start();
    let seen = every(&server, "viewer", &format!("{PEOPLE}?limit=100"));
    assert_eq!(
        seen,
        every(&server, "owner", &format!("{PEOPLE}?limit=100"))
    );
    let one = format!("{PEOPLE}/{}", text(&seen[0]["id"]));
    let reply = call(&server, "viewer", "GET", &one, None);
    assert_eq!(said(&reply), (200, seen[0].clone()));
    let reply = call(
        &server,
        "viewer",
        "POST",
        &one,
        Some(&json!({"role": "owner"})),
    );
    assert_eq!(reply.status, 405);
}

#[test]
fn whom_the_list_names_can_be_added_to_a_project() {
    let server = support::start();
    let users = every(&server, "owner", &format!("{PEOPLE}?limit=100"));
    let project = fresh(&server);
    let user = &users[7];
    let added = add(&server, &project, &text(&user["id"]), "member").json();
    assert_eq!(
        (&added["id"], &added["name"], &added["email"]),
        (&user["id"], &user["name"], &user["email"])
    );
    assert!(added["added_at"].as_i64() > user["added_at"].as_i64());
}
