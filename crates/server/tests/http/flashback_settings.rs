//! The other reading of each question that Flashback leaves open. The proposed one stands beside it,
//! or in the module of its subject.

use serde_json::{Value, json};

use crate::flashback_kit::{
    call, deleted, done, fresh, login, post, refused, said, text, user, with, workspaces,
};
use crate::support::{self, Server};

const OLIVIA: &str = "olivia.okafor@example.com";

fn create(server: &Server, name: &str) -> (u16, Value) {
    let body = json!({"name": name});
    said(&call(server, "owner", "POST", "/workspace", Some(&body)))
}

fn rename(server: &Server, path: &str, name: &str) -> (u16, Value) {
    let body = json!({"name": name});
    said(&call(server, "owner", "PUT", path, Some(&body)))
}

#[test]
fn expires_at_can_be_in_seconds() {
    for (server, expected) in [
        (with("flashback_expires=s"), 1),
        (with("flashback_expires=ms"), 1000),
    ] {
        let first = login(&server, OLIVIA);
        let body = json!({"refreshToken": first["refreshToken"]});
        for answer in [first, post(&server, "/user/refresh", &body).json()] {
            let exp = support::claims(&text(&answer["accessToken"]))["exp"]
                .as_i64()
                .unwrap();
            assert_eq!(answer["expiresAt"].as_i64().unwrap(), exp * expected);
        }
    }
}

#[test]
fn a_401_can_have_no_body() {
    let server = with("flashback_unauthorized=empty");
    let reply = server
        .send("GET", "/api/flashback/workspace", &[], b"")
        .unwrap();
    assert_eq!((reply.status, reply.body.len()), (401, 0));
    assert_eq!(reply.header("www-authenticate"), "Bearer");
}

#[test]
fn a_refresh_can_insist_on_one_name() {
    for (setting, right, wrong) in [
        (
            "flashback_refresh_key=refreshToken",
            "refreshToken",
            "refresh_token",
        ),
        (
            "flashback_refresh_key=refresh_token",
            "refresh_token",
            "refreshToken",
        ),
    ] {
        let server = with(setting);
        let token = text(&login(&server, OLIVIA)["refreshToken"]);
        let reply = post(&server, "/user/refresh", &json!({wrong: token}));
        assert_eq!(said(&reply), refused(400, "Refresh token is required"));
        let reply = post(&server, "/user/refresh", &json!({right: token}));
        assert_eq!(reply.status, 200, "{setting}");
    }
}

#[test]
fn a_refused_refresh_can_be_400() {
    let server = with("flashback_refresh_refused=400");
    let reply = post(&server, "/user/refresh", &json!({"refreshToken": "x"}));
    assert_eq!(
        (reply.status, &reply.json()["error_code"]),
        (400, &json!("INVALID_REFRESH_TOKEN"))
    );
}

#[test]
fn a_second_deletion_can_be_400() {
    let server = with("flashback_delete_again=400");
    let path = deleted(&server);
    let reply = call(&server, "owner", "DELETE", &path, None);
    assert_eq!(said(&reply), refused(400, "Workspace is already deleted"));
    let reply = call(&server, "outsider", "DELETE", &path, None);
    assert_eq!(said(&reply), refused(404, "Workspace not found"));
}

#[test]
fn an_empty_name_can_be_taken() {
    let server = with("flashback_empty_name=accept");
    let (status, body) = create(&server, "");
    assert_eq!((status, &body["workspace"]["name"]), (201, &json!("")));
    let path = fresh(&server);
    assert_eq!(rename(&server, &path, "").0, 200);
}

#[test]
fn a_long_name_can_be_refused() {
    let (longest, longer) = ("ü".repeat(255), "ü".repeat(256));
    let server = with("flashback_long_name=400");
    let path = fresh(&server);
    assert_eq!(create(&server, &longest).0, 201);
    assert_eq!(
        create(&server, &longer),
        refused(400, "Workspace name is too long")
    );
    assert_eq!(
        rename(&server, &path, &longer),
        refused(400, "Workspace name is too long")
    );
    let server = support::start();
    assert_eq!(create(&server, &longer).0, 201);
}

#[test]
fn a_name_can_be_refused_that_another_has() {
    const TAKEN: &str = "Workspace name already exists";
    let server = with("flashback_same_name=400");
    let path = fresh(&server);
    assert_eq!(create(&server, "Fresh"), refused(400, TAKEN));
    assert_eq!(rename(&server, &path, "Field office"), refused(400, TAKEN));
    assert_eq!(rename(&server, &path, "Fresh").0, 200);
    assert_eq!(said(&call(&server, "owner", "DELETE", &path, None)), done());
    assert_eq!(create(&server, "Fresh").0, 201);
    let server = support::start();
    assert_eq!(
        (create(&server, "Fresh").0, create(&server, "Fresh").0),
        (201, 201)
    );
}

#[test]
fn adding_again_is_refused_or_sets_the_role() {
    let add = |server: &Server, path: &str, person: &str, role: &str| {
        let body = json!({"userId": user(server, person), "role": role});
        said(&call(
            server,
            "owner",
            "POST",
            &format!("{path}/users"),
            Some(&body),
        ))
    };
    let server = support::start();
    let path = fresh(&server);
    let again = add(&server, &path, "viewer", "ADMIN");
    assert_eq!(again, refused(400, "User is already in the workspace"));
    assert_eq!(call(&server, "viewer", "DELETE", &path, None).status, 403);
    let server = with("flashback_add_again=200");
    let path = fresh(&server);
    let last = add(&server, &path, "owner", "READ");
    assert_eq!(last, refused(400, LAST));
    assert_eq!(add(&server, &path, "viewer", "ADMIN"), done());
    assert_eq!(
        said(&call(&server, "viewer", "DELETE", &path, None)),
        done()
    );
}

const LAST: &str = "Cannot remove or demote the last workspace admin";

#[test]
fn the_last_admin_stays_or_may_go() {
    for (setting, expected) in [
        ("flashback_last_admin=400", refused(400, LAST)),
        ("flashback_last_admin=200", done()),
    ] {
        let server = with(setting);
        let (demoted, removed) = (fresh(&server), fresh(&server));
        let me = user(&server, "owner");
        let body = json!({"role": "READ"});
        let one = format!("{demoted}/users/{me}");
        assert_eq!(
            said(&call(&server, "owner", "PUT", &one, Some(&body))),
            expected
        );
        let one = format!("{removed}/users/{me}");
        assert_eq!(
            said(&call(&server, "owner", "DELETE", &one, None)),
            expected
        );
    }
}

#[test]
fn one_of_two_admins_may_leave_or_may_not() {
    for (setting, expected) in [
        ("flashback_leave=200", done()),
        (
            "flashback_leave=400",
            refused(400, "Cannot remove yourself from workspace"),
        ),
    ] {
        let server = with(setting);
        let path = fresh(&server);
        let other = format!("{path}/users/{}", user(&server, "admin"));
        let body = json!({"role": "ADMIN"});
        assert_eq!(
            said(&call(&server, "owner", "PUT", &other, Some(&body))),
            done()
        );
        let me = format!("{path}/users/{}", user(&server, "owner"));
        assert_eq!(said(&call(&server, "owner", "DELETE", &me, None)), expected);
    }
}

#[test]
fn the_owner_of_the_organization_sees_their_own_or_all() {
    for (setting, sees) in [
        ("flashback_org_owner=own", false),
        ("flashback_org_owner=all", true),
    ] {
        let server = with(setting);
        let body = json!({"name": "Of another"});
        let made = call(&server, "admin", "POST", "/workspace", Some(&body)).json();
        let path = format!("/workspace/{}", text(&made["workspace"]["id"]));
        let listed = |person: &str| {
            let all = workspaces(&server, person);
            all.iter().any(|each| each["id"] == made["workspace"]["id"])
        };
        assert_eq!(
            (
                listed("owner"),
                listed("admin"),
                listed("viewer"),
                listed("outsider")
            ),
            (sees, true, false, false)
        );
        let status = if sees { 200 } else { 404 };
        assert_eq!(call(&server, "owner", "GET", &path, None).status, status);
        assert_eq!(call(&server, "outsider", "GET", &path, None).status, 404);
        assert_eq!(call(&server, "owner", "DELETE", &path, None).status, 403);
    }
}

#[test]
fn an_outsider_can_be_told_that_there_is_something() {
    let server = with("flashback_outsider=403");
    let path = fresh(&server);
    let put = call(&server, "outsider", "PUT", &path, Some(&json!({})));
    assert_eq!(
        said(&put),
        refused(403, "Insufficient permissions to update workspace")
    );
    let delete = call(&server, "outsider", "DELETE", &path, None);
    assert_eq!(
        said(&delete),
        refused(403, "Insufficient permissions to delete workspace")
    );
    let none = call(&server, "outsider", "DELETE", "/workspace/nope", None);
    assert_eq!(said(&none), refused(404, "Workspace not found"));
}

#[test]
fn deleted_users_can_be_left_out() {
    for (setting, total) in [
        ("flashback_deleted_users=include", 123),
        ("flashback_deleted_users=exclude", 122),
    ] {
        let server = with(setting);
        let list = call(&server, "owner", "GET", "/organization/users", None).json();
        assert_eq!(list["total"], total);
    }
}

#[test]
fn a_setting_that_is_none_names_all_that_are() {
    let said = "flashback_expires=h".parse::<steward_server::cli::Setting>();
    let said = said.unwrap_err();
    for name in [
        "outsider=404|403",
        "flashback_expires=ms",
        "flashback_deleted_users=exclude",
    ] {
        assert!(said.contains(name), "{said}");
    }
}
