//! Archiving, what dies with a workspace, and what an archived or the default one still takes.

use serde_json::{Value, json};

use crate::anthropic_support::{data, failure, id, invalid, start};
use crate::support::Server;

fn keys_of(server: &Server, workspace: &str, query: &str) -> Vec<Value> {
    let page = server.read(&format!(
        "/api_keys?limit=1000&workspace_id={workspace}{query}"
    ));
    data(&page).clone()
}

#[test]
fn archiving_archives_the_keys_which_stay_listed() {
    let server = start(&[]);
    let workspace = server.named("Claims Triage");
    let before = keys_of(&server, &workspace, "");
    assert_eq!(keys_of(&server, &workspace, "&status=active").len(), 3);
    let elsewhere =
        server.number("SELECT count(*) FROM anthropic_api_keys WHERE status = 'active'");
    let path = format!("/workspaces/{workspace}/archive");
    let archived = server.anthropic("owner", "POST", &path, None);
    assert_eq!(archived.status, 200);
    assert!(archived.json()["archived_at"].is_string());
    assert_eq!(
        server.read(&format!("/workspaces/{workspace}")),
        archived.json()
    );
    let after = keys_of(&server, &workspace, "");
    assert_eq!(after.len(), before.len());
    assert!(after.iter().all(|key| key["status"] == "archived"));
    assert_eq!(keys_of(&server, &workspace, "&status=active").len(), 0);
    let left = server.number("SELECT count(*) FROM anthropic_api_keys WHERE status = 'active'");
    assert_eq!(left, elsewhere - 3);
    // No way back, not for a single key either.
    let path = format!("/api_keys/{}", id(&after[0]));
    assert_eq!(
        server.refused(&path, &json!({"status": "active"})),
        invalid("")
    );
}

#[test]
fn by_a_setting_it_is_archived_and_storage_hangs_on() {
    let server = start(&["anthropic_archive=storage"]);
    let id = server.made("Stored");
    let path = format!("/workspaces/{id}/archive");
    let reply = server.anthropic("owner", "POST", &path, Some(&json!({})));
    let error = &reply.json()["error"];
    assert_eq!(
        (reply.status, &error["type"]),
        (409, &"conflict_error".into())
    );
    assert_eq!(
        error["details"],
        json!({"error_code": "storage_attached_during_archive"})
    );
    let archived = server.read(&format!("/workspaces/{id}"));
    assert!(archived["archived_at"].is_string());
    // A second time detaches it.
    assert_eq!(server.post(&path, &json!({})), archived);
}

#[test]
fn by_settings_what_was_done_is_answered_as_a_failure_that_says_so_or_not() {
    let server = start(&["anthropic_create=incomplete", "anthropic_update=unknown"]);
    let body = json!({"name": "Half made", "tags": {"team": "a"}});
    let reply = server.anthropic("owner", "POST", "/workspaces", Some(&body));
    let error = reply.json()["error"].clone();
    assert_eq!((reply.status, &error["type"]), (503, &"api_error".into()));
    let id = server.named("Half made");
    let details = json!({"error_code": "workspace_created_incomplete", "workspace_id": id});
    assert_eq!(error["details"], details);
    let path = format!("/workspaces/{id}");
    assert_eq!(server.read(&path)["tags"], json!({}));
    let reply = server.anthropic("owner", "POST", &path, Some(&json!({"name": "Changed"})));
    let details = json!({"error_code": "change_outcome_unknown"});
    assert_eq!(
        (reply.status, &reply.json()["error"]["details"]),
        (503, &details)
    );
    assert_eq!(server.read(&path)["name"], "Changed");
}

#[test]
fn archiving_again_keeps_the_first_moment_or_is_refused() {
    let server = start(&[]);
    let path = format!("/workspaces/{}/archive", server.made("Twice"));
    let first = server.post(&path, &json!({}));
    server.clock.advance(3600);
    assert_eq!(server.post(&path, &json!({})), first);
    let server = start(&["anthropic_archive_again=400"]);
    let path = format!("/workspaces/{}/archive", server.made("Twice"));
    server.post(&path, &json!({}));
    assert_eq!(server.refused(&path, &json!({})), invalid(""));
}

#[test]
fn an_archived_workspace_takes_no_change_unless_the_setting_lets_it() {
    for (settings, status) in [
        (&[][..], 400),
        (&["anthropic_archived_update=200"][..], 200),
    ] {
        let server = start(settings);
        let user = server.person("developer");
        let workspace = server.made("Gone");
        let path = format!("/workspaces/{workspace}");
        let member = json!({"user_id": user, "workspace_role": "workspace_user"});
        server.post(&format!("{path}/members"), &member);
        server.post(&format!("{path}/archive"), &json!({}));
        let entry =
            server.read(&format!("{path}/rate_limits?include_inherited=true"))["data"][0].clone();
        let entry = entry["rate_limit_id"].as_str().unwrap();
        let other = json!({"user_id": server.person("user"), "workspace_role": "workspace_user"});
        let limits = json!({"limits": [{"type": "requests_per_minute", "value": 1}]});
        for (path, body) in [
            (path.clone(), json!({"name": "Back"})),
            (format!("{path}/members"), other),
            (
                format!("{path}/members/{user}"),
                json!({"workspace_role": "workspace_admin"}),
            ),
            (format!("{path}/rate_limits/{entry}"), limits),
        ] {
            let reply = server.anthropic("owner", "POST", &path, Some(&body));
            assert_eq!(reply.status, status, "{path}: {}", reply.text());
        }
        let path = format!("{path}/members/{user}");
        assert_eq!(
            server.anthropic("owner", "DELETE", &path, None).status,
            status
        );
        let still = server.anthropic(
            "owner",
            "GET",
            &format!("/workspaces/{workspace}/members"),
            None,
        );
        assert_eq!(still.status, 200);
    }
}

#[test]
fn the_default_workspace_is_protected() {
    for (settings, refusal) in [
        (&[][..], invalid("")),
        (
            &["anthropic_default_workspace=403"][..],
            failure(403, "permission_error"),
        ),
    ] {
        let server = start(settings);
        let default = format!("/workspaces/{}", server.named("Default"));
        let profile = server.read(&format!("/workspaces/{}", server.named("Claims Triage")));
        let profile = profile["user_profile_id"].as_str().unwrap();
        let user = server.person("developer");
        assert_eq!(server.read(&default)["name"], "Default");
        assert_eq!(server.refused(&default, &json!({"name": "Mine"})), refusal);
        assert_eq!(
            server.refused(&default, &json!({ "user_profile_id": profile })),
            refusal
        );
        assert_eq!(
            server.refused(&format!("{default}/archive"), &json!({})),
            refusal
        );
        let member = json!({"user_id": user, "workspace_role": "workspace_user"});
        assert_eq!(
            server.refused(&format!("{default}/members"), &member),
            refusal
        );
        let list = server.anthropic("owner", "GET", &format!("{default}/members"), None);
        assert_eq!(list.refusal(), refusal);
        // Everything else of it may change.
        let body = json!({"display_color": "#123456", "tags": {"a": "b"}});
        assert_eq!(server.post(&default, &body)["display_color"], "#123456");
        let gone = server.anthropic("owner", "DELETE", &default, None);
        assert_eq!(gone.refusal(), failure(405, "invalid_request_error"));
    }
}

#[test]
fn the_workspace_of_claude_code_can_be_archived() {
    let server = start(&[]);
    let path = format!("/workspaces/{}/archive", server.named("Claude Code"));
    assert!(server.post(&path, &json!({}))["archived_at"].is_string());
}
