//! Buckets and repositories of Flashback: who sees them, who deletes them, and what stands against it.

use serde_json::{Value, json};

use crate::flashback_kit::{
    UNVALIDATED, call, call_with, done, fresh, path_of, refused, said, text, token_of, workspaces,
};
use crate::support::{self, Server};

fn of(path: &str) -> String {
    path.trim_start_matches("/workspace/").to_owned()
}

fn listed(server: &Server, person: &str, what: &str, workspace: &str) -> Vec<Value> {
    let path = format!("/{what}?workspaceId={workspace}");
    let reply = call(server, person, "GET", &path, None);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let rows = format!("{what}s");
    assert_eq!(reply.json()["success"], true);
    reply.json()[rows.as_str()].as_array().unwrap().clone()
}

fn names(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(&row["name"])).collect()
}

/// A workspace with one bucket that one repository uses.
fn stocked(server: &Server) -> (String, String, String) {
    let path = fresh(server);
    let workspace = of(&path);
    let id = |kind: &str| format!("{kind}-{workspace}");
    let (bucket, repo) = (id("b"), id("r"));
    for sql in [
        format!(
            "INSERT INTO flashback_buckets (id, workspace_id, name) VALUES ('{bucket}', '{workspace}', 'cold')"
        ),
        format!(
            "INSERT INTO flashback_repos (id, workspace_id, name) VALUES ('{repo}', '{workspace}', 'site')"
        ),
        format!("INSERT INTO flashback_repo_buckets VALUES ('{repo}', '{bucket}')"),
    ] {
        server.change(&sql);
    }
    (path, bucket, repo)
}

#[test]
fn three_seeded_workspaces_hold_what_stands_against_deleting_them() {
    let server = support::start();
    for (name, buckets, repos) in [
        ("Ridgeway Clinics", vec!["archive-1"], vec![]),
        ("Ostrich & Sons Freight", vec![], vec!["media-1", "media-2"]),
        (
            "Lantern Hotels Group",
            vec!["archive-1", "archive-2", "archive-3"],
            vec!["media-1"],
        ),
    ] {
        let workspace = of(&path_of(&server, name));
        assert_eq!(
            names(&listed(&server, "owner", "bucket", &workspace)),
            buckets,
            "{name}"
        );
        assert_eq!(
            names(&listed(&server, "owner", "repo", &workspace)),
            repos,
            "{name}"
        );
    }
    let lantern = of(&path_of(&server, "Lantern Hotels Group"));
    let repo = listed(&server, "owner", "repo", &lantern).remove(0);
    assert_eq!(repo["buckets"].as_array().unwrap().len(), 2);
    let used: Vec<bool> = listed(&server, "owner", "bucket", &lantern)
        .iter()
        .map(|row| row["repos"][0]["id"] == repo["id"])
        .collect();
    assert_eq!(used, [true, true, false]);
}

#[test]
fn without_a_workspace_all_that_one_may_see_is_listed_and_nothing_of_others() {
    let server = support::start();
    for (person, count) in [("owner", 4), ("viewer", 4), ("outsider", 0)] {
        let reply = call(&server, person, "GET", "/bucket", None).json();
        assert_eq!(
            reply["buckets"].as_array().unwrap().len(),
            count,
            "{person}"
        );
    }
    let ridgeway = of(&path_of(&server, "Ridgeway Clinics"));
    assert!(listed(&server, "outsider", "bucket", &ridgeway).is_empty());
    assert!(listed(&server, "outsider", "repo", &ridgeway).is_empty());
    // An empty name is no name: it filters by it, as any other does.
    assert!(listed(&server, "owner", "bucket", "").is_empty());
}

#[test]
fn a_bucket_comes_with_a_key_and_an_encrypted_secret() {
    let server = support::start();
    let ridgeway = of(&path_of(&server, "Ridgeway Clinics"));
    let bucket = listed(&server, "owner", "bucket", &ridgeway).remove(0);
    assert!(text(&bucket["key"]).starts_with("AKIA"));
    for part in ["key", "iv", "authTag", "message"] {
        assert!(
            text(&bucket["secret"][part]).starts_with("sealed-"),
            "{part}"
        );
    }
    assert_eq!(bucket["storageType"], "S3");
    assert_eq!(bucket["workspaceId"], ridgeway.as_str());
}

#[test]
fn repositories_first_then_buckets_then_the_workspace() {
    let server = support::start();
    let path = path_of(&server, "Lantern Hotels Group");
    let workspace = of(&path);
    let delete = |what: &str, id: &Value| {
        let path = format!("/{what}/{}", text(id));
        said(&call(&server, "owner", "DELETE", &path, None))
    };
    let buckets = listed(&server, "owner", "bucket", &workspace);
    let in_use = refused(403, "Cannot delete bucket that is used by a repository");
    assert_eq!(delete("bucket", &buckets[0]["id"]), in_use);
    assert_eq!(delete("bucket", &buckets[2]["id"]), done());
    for repo in listed(&server, "owner", "repo", &workspace) {
        assert_eq!(delete("repo", &repo["id"]), done());
        assert_eq!(
            delete("repo", &repo["id"]),
            refused(404, "Repository not found")
        );
    }
    for bucket in &buckets[..2] {
        assert_eq!(call(&server, "owner", "DELETE", &path, None).status, 400);
        assert_eq!(delete("bucket", &bucket["id"]), done());
    }
    assert_eq!(said(&call(&server, "owner", "DELETE", &path, None)), done());
    // Marked, not removed.
    assert_eq!(
        server.number("SELECT count(*) FROM flashback_buckets WHERE deleted_at IS NOT NULL"),
        3
    );
}

#[test]
fn only_an_admin_of_the_workspace_deletes() {
    let server = support::start();
    let unvalidated = token_of(&server, UNVALIDATED);
    let (_, bucket, repo) = stocked(&server);
    for (what, id, forbidden, missing) in [
        (
            "repo",
            &repo,
            "Insufficient permissions to delete repo",
            "Repository not found",
        ),
        (
            "bucket",
            &bucket,
            "Insufficient permissions to delete bucket",
            "Bucket not found",
        ),
    ] {
        let path = format!("/{what}/{id}");
        for person in ["admin", "viewer"] {
            let reply = call(&server, person, "DELETE", &path, None);
            assert_eq!(said(&reply), refused(403, forbidden), "{person}");
        }
        let reply = call(&server, "outsider", "DELETE", &path, None);
        assert_eq!(said(&reply), refused(404, missing));
        let reply = call_with(&server, &unvalidated, "DELETE", &path, None);
        assert_eq!(said(&reply), refused(404, missing));
        let reply = call_with(&server, "forged", "DELETE", &path, None);
        assert_eq!(reply.status, 401);
        assert_eq!(said(&call(&server, "owner", "DELETE", &path, None)), done());
    }
}

#[test]
fn a_failure_inside_has_the_sentence_of_its_call() {
    let server = support::start();
    let (_, bucket, repo) = stocked(&server);
    server.change("ALTER TABLE flashback_workspace_users RENAME TO nowhere");
    for (verb, path, message) in [
        ("GET", "/bucket".to_owned(), "Failed to fetch buckets"),
        ("GET", "/repo".to_owned(), "Failed to fetch repos"),
        (
            "DELETE",
            format!("/bucket/{bucket}"),
            "Failed to delete bucket",
        ),
        ("DELETE", format!("/repo/{repo}"), "Failed to delete repo"),
    ] {
        let reply = call(&server, "owner", verb, &path, None);
        assert_eq!(said(&reply), refused(500, message), "{verb} {path}");
    }
}

#[test]
fn a_workspace_with_marked_ones_alone_can_be_deleted() {
    let server = support::start();
    let (path, ..) = stocked(&server);
    server.change("UPDATE flashback_buckets SET deleted_at = 1");
    assert_eq!(call(&server, "owner", "DELETE", &path, None).status, 400);
    server.change("UPDATE flashback_repos SET deleted_at = 1");
    assert_eq!(said(&call(&server, "owner", "DELETE", &path, None)), done());
    let gone = workspaces(&server, "owner");
    assert!(gone.iter().all(|each| each["id"] != json!(of(&path))));
}
