//! Members: who may add, change and remove whom.

use crate::support::{self, Server};

fn members(id: &str) -> String {
    format!("/workspaces/{id}/members")
}

fn member(id: &str, user: &str) -> String {
    format!("/workspaces/{id}/members/{}", user.replace('|', "%7C"))
}

fn cast(server: &Server) -> Vec<String> {
    server.texts("SELECT user_id FROM altostrat_people WHERE persona IS NULL ORDER BY user_id")
}

fn add(server: &Server, as_whom: &str, id: &str, user: &str, role: &str) -> support::Reply {
    let body = format!(r#"{{"user_id":"{user}","role":"{role}"}}"#);
    server.call(as_whom, "POST", &members(id), Some(&body))
}

fn change(server: &Server, as_whom: &str, id: &str, user: &str, role: &str) -> support::Reply {
    let body = format!(r#"{{"role":"{role}"}}"#);
    server.call(as_whom, "PATCH", &member(id, user), Some(&body))
}

const LAST: (u16, &str) = (422, "cannot_remove_last_owner");

#[test]
fn the_last_owner_can_neither_leave_nor_be_demoted() {
    let server = support::start();
    let id = server.fresh();
    let owner = server.user("owner");
    let leave = server.call("owner", "DELETE", &member(&id, &owner), None);
    assert_eq!(leave.outcome(), (LAST.0, LAST.1.to_owned()));
    assert_eq!(leave.json()["type"], "unprocessable_entity");
    let demote = change(&server, "owner", &id, &owner, "admin");
    assert_eq!(demote.outcome(), (LAST.0, LAST.1.to_owned()));
    let heir = &cast(&server)[0];
    assert_eq!(add(&server, "owner", &id, heir, "owner").status, 201);
    assert_eq!(change(&server, "owner", &id, &owner, "admin").status, 200);
    assert_eq!(
        server
            .call("owner", "DELETE", &member(&id, &owner), None)
            .status,
        204
    );
    assert_eq!(server.call("owner", "GET", &members(&id), None).status, 404);
}

#[test]
fn an_admin_can_neither_make_nor_change_nor_remove_an_owner() {
    let server = support::start();
    let id = server.fresh();
    let owner = server.user("owner");
    let viewer = server.user("viewer");
    let outcomes = [
        add(&server, "admin", &id, &cast(&server)[0], "owner"),
        change(&server, "admin", &id, &viewer, "owner"),
        change(&server, "admin", &id, &owner, "viewer"),
        server.call("admin", "DELETE", &member(&id, &owner), None),
    ];
    for reply in outcomes {
        assert_eq!((reply.status, reply.body.len()), (403, 0));
    }
    assert_eq!(change(&server, "admin", &id, &viewer, "admin").status, 200);
}

#[test]
fn anyone_may_leave() {
    let server = support::start();
    let id = server.fresh();
    for person in ["viewer", "admin"] {
        let path = member(&id, &server.user(person));
        assert_eq!(
            server.call(person, "DELETE", &path, None).status,
            204,
            "{person}"
        );
        assert_eq!(server.call(person, "GET", &members(&id), None).status, 404);
    }
}

#[test]
fn a_workspace_holds_a_hundred_members() {
    let server = support::start();
    let id = server.fresh();
    let cast = cast(&server);
    for user in &cast[..97] {
        assert_eq!(add(&server, "admin", &id, user, "viewer").status, 201);
    }
    assert_eq!(
        server.get("owner", &members(&id))["data"]
            .as_array()
            .unwrap()
            .len(),
        100
    );
    let full = add(&server, "admin", &id, &cast[97], "viewer");
    assert_eq!(full.outcome(), (422, "member_limit_reached".to_owned()));
}

#[test]
fn an_added_member_must_be_known_new_and_have_a_role() {
    let server = support::start();
    let id = server.fresh();
    let stranger = add(
        &server,
        "owner",
        &id,
        "auth0|000000000000000000000000",
        "viewer",
    );
    assert_eq!(stranger.outcome(), (400, "parameter_invalid".to_owned()));
    let twice = add(&server, "owner", &id, &server.user("viewer"), "viewer");
    assert_eq!(twice.outcome(), (409, "member_already_exists".to_owned()));
    let god = add(&server, "owner", &id, &cast(&server)[0], "god");
    assert_eq!(god.outcome(), (400, "parameter_invalid".to_owned()));
    for (body, code) in [
        (r#"{"role":"viewer"}"#, "parameter_missing"),
        (r#"{"user_id":"x"}"#, "parameter_missing"),
        ("[]", "parameter_invalid"),
    ] {
        let reply = server.call("owner", "POST", &members(&id), Some(body));
        assert_eq!(reply.outcome(), (400, code.to_owned()), "{body}");
    }
    let missing = server.call(
        "owner",
        "PATCH",
        &member(&id, &server.user("viewer")),
        Some("{}"),
    );
    assert_eq!(missing.outcome(), (400, "parameter_missing".to_owned()));
}

#[test]
fn a_person_who_is_no_member_is_not_found() {
    let server = support::start();
    let id = server.fresh();
    let outsider = server.user("outsider");
    assert_eq!(
        change(&server, "owner", &id, &outsider, "admin").status,
        404
    );
    assert_eq!(
        server
            .call("owner", "DELETE", &member(&id, &outsider), None)
            .status,
        404
    );
}

#[test]
fn a_role_that_stays_does_not_touch_updated_at() {
    let server = support::start();
    let id = server.fresh();
    let viewer = server.user("viewer");
    let before = change(&server, "owner", &id, &viewer, "viewer").json();
    server.clock.advance(5);
    assert_eq!(
        change(&server, "owner", &id, &viewer, "viewer").json(),
        before
    );
    let after = change(&server, "owner", &id, &viewer, "admin").json();
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    assert_eq!(after["created_at"], before["created_at"]);
}
