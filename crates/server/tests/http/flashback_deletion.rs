//! Deleting a Flashback workspace: what stands against it, and what is left afterwards.

use serde_json::json;

use crate::flashback_kit::{call, done, fresh, path_of, refused, said, text, workspaces};
use crate::support;

const IN_USE: &str = "Cannot delete workspace with existing buckets or repos";

#[test]
fn buckets_and_repos_stand_against_it_until_they_are_gone() {
    let server = support::start();
    for (name, rows) in [
        (
            "Ridgeway Clinics",
            "UPDATE flashback_buckets SET deleted_at = 1",
        ),
        (
            "Ostrich & Sons Freight",
            "UPDATE flashback_repos SET deleted_at = 1",
        ),
    ] {
        let path = path_of(&server, name);
        let reply = call(&server, "owner", "DELETE", &path, None);
        assert_eq!(said(&reply), refused(400, IN_USE), "{name}");
        assert_eq!(call(&server, "owner", "GET", &path, None).status, 200);
        server.change(rows);
        let reply = call(&server, "owner", "DELETE", &path, None);
        assert_eq!(said(&reply), done(), "{name}");
    }
}

#[test]
fn three_resist_and_the_owner_administers_them() {
    let server = support::start();
    let mut resisting = Vec::new();
    for workspace in workspaces(&server, "owner") {
        let path = format!("/workspace/{}", text(&workspace["id"]));
        if call(&server, "owner", "DELETE", &path, None).status == 400 {
            resisting.push(text(&workspace["name"]));
        }
    }
    resisting.sort();
    assert_eq!(
        resisting,
        [
            "Lantern Hotels Group",
            "Ostrich & Sons Freight",
            "Ridgeway Clinics"
        ]
    );
}

#[test]
fn deleting_marks_and_takes_all_users_out() {
    let server = support::start();
    let before = server.number("SELECT count(*) FROM flashback_workspaces");
    let path = fresh(&server);
    let id = path.trim_start_matches("/workspace/").to_owned();
    assert_eq!(said(&call(&server, "owner", "DELETE", &path, None)), done());
    assert_eq!(
        server.number("SELECT count(*) FROM flashback_workspaces"),
        before + 1
    );
    let marked = server.texts("SELECT id FROM flashback_workspaces WHERE deleted_at IS NOT NULL");
    assert_eq!(marked, [id.as_str()]);
    let places = server.texts("SELECT workspace_id FROM flashback_workspace_users");
    assert!(!places.contains(&id));
    for person in ["owner", "admin", "viewer"] {
        assert!(
            workspaces(&server, person)
                .iter()
                .all(|each| each["id"] != id.as_str())
        );
        let reply = call(&server, person, "GET", &path, None);
        assert_eq!(
            said(&reply),
            refused(404, "Workspace not found or access denied")
        );
    }
}

#[test]
fn a_deleted_workspace_is_not_found_by_any_change() {
    let server = support::start();
    let path = fresh(&server);
    assert_eq!(said(&call(&server, "owner", "DELETE", &path, None)), done());
    let again = call(&server, "owner", "DELETE", &path, None);
    assert_eq!(said(&again), refused(404, "Workspace not found"));
    let rename = call(&server, "owner", "PUT", &path, Some(&json!({"name": "x"})));
    assert_eq!(said(&rename), refused(404, "Workspace not found"));
}
