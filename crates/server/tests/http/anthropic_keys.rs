//! API keys and rate limits.

use serde_json::{Value, json};

use crate::anthropic_support::{data, failure, id, invalid, start};
use crate::support::Server;

/// The first key with this status.
fn key(server: &Server, status: &str) -> String {
    id(&server.read(&format!("/api_keys?limit=1&status={status}"))["data"][0])
}

#[test]
fn keys_are_filtered_and_have_the_fields_of_the_contract() {
    let server = start(&[]);
    let all = server.read("/api_keys?limit=1000");
    let mut counted = 0;
    for status in ["active", "inactive", "archived", "expired"] {
        let found = server.read(&format!("/api_keys?limit=1000&status={status}"));
        assert!(!data(&found).is_empty(), "{status}");
        assert!(data(&found).iter().all(|key| key["status"] == status));
        counted += data(&found).len();
    }
    assert_eq!(counted, data(&all).len());
    let mut keys: Vec<&str> = all["data"][0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "created_at",
            "created_by",
            "expires_at",
            "id",
            "name",
            "partial_key_hint",
            "principal",
            "scope",
            "status",
            "type"
        ]
    );
    let organizations = data(&all)
        .iter()
        .find(|key| key["scope"]["type"] == "organization")
        .unwrap();
    assert_eq!(organizations["scope"], json!({"type": "organization"}));
    assert_eq!(organizations["principal"]["type"], "service_account_actor");
    let default = server.named("Default");
    let of_default = server.read(&format!("/api_keys?workspace_id={default}"));
    assert_eq!(
        of_default["data"][0]["scope"],
        json!({"type": "workspace", "workspace_id": default})
    );
    let maker = of_default["data"][0]["created_by"]["id"].as_str().unwrap();
    let made = server.read(&format!("/api_keys?created_by_user_id={maker}"));
    assert!(
        data(&made)
            .iter()
            .all(|key| key["created_by"]["id"] == maker)
    );
    assert_eq!(
        data(&server.read("/api_keys?workspace_id=wrkspc_none")).len(),
        0
    );
    // Some workspaces have several, some none.
    let many = server.named("Claims Triage");
    let none = server.named("Evaluation Lab");
    assert_eq!(
        data(&server.read(&format!("/api_keys?workspace_id={many}&status=active"))).len(),
        3
    );
    assert_eq!(
        data(&server.read(&format!("/api_keys?workspace_id={none}"))).len(),
        0
    );
}

#[test]
fn a_key_is_renamed_switched_off_and_on_and_archived_for_good() {
    let server = start(&[]);
    let path = format!("/api_keys/{}", key(&server, "active"));
    let before = server.read(&path);
    assert_eq!(
        server.post(&path, &json!({"name": null, "status": null})),
        before
    );
    assert_eq!(
        server.post(&path, &json!({"name": "Renamed"}))["name"],
        "Renamed"
    );
    for status in ["inactive", "active", "archived", "archived"] {
        assert_eq!(
            server.post(&path, &json!({ "status": status }))["status"],
            status
        );
    }
    assert_eq!(
        server.post(&path, &json!({"name": "Still renamed"}))["status"],
        "archived"
    );
    for status in ["active", "inactive", "expired", "lost"] {
        assert_eq!(
            server.refused(&path, &json!({ "status": status })),
            invalid(""),
            "{status}"
        );
    }
    let path = format!("/api_keys/{}", key(&server, "expired"));
    assert_eq!(
        server.refused(&path, &json!({"status": "active"})),
        invalid("")
    );
    assert_eq!(
        server.post(&path, &json!({"status": "archived"}))["status"],
        "archived"
    );
    let none = server.anthropic("owner", "GET", "/api_keys/apikey_none", None);
    assert_eq!(none.refusal(), failure(404, "not_found_error"));
}

#[test]
fn a_workspace_has_only_so_many_active_keys() {
    let server = start(&["anthropic_key_limit=3"]);
    let workspace = server.named("Claims Triage");
    let off = server.read(&format!(
        "/api_keys?workspace_id={workspace}&status=inactive"
    ));
    let path = format!("/api_keys/{}", id(&off["data"][0]));
    let on = json!({"status": "active"});
    assert_eq!(
        server.refused(&path, &on),
        invalid("workspace_api_key_limit_exceeded")
    );
}

fn sources(entry: &Value) -> Vec<(String, i64, String)> {
    let limits = entry["limits"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    limits
        .iter()
        .map(|limit| {
            (
                text(&limit["type"]),
                limit["value"].as_i64().unwrap(),
                text(&limit["source"]["type"]),
            )
        })
        .collect()
}

#[test]
fn limits_are_the_workspaces_own_or_with_what_it_inherits() {
    let server = start(&[]);
    let path = format!("/workspaces/{}/rate_limits", server.named("Production"));
    let own = server.read(&path);
    assert_eq!(own["next_page"], Value::Null);
    assert_eq!(data(&own).len(), 1);
    assert_eq!(
        sources(&own["data"][0]),
        [(
            "requests_per_minute".to_owned(),
            100,
            "workspace".to_owned()
        )]
    );
    assert_eq!(own["data"][0]["limits"][0]["org_limit"], 4000);
    let all = server.read(&format!("{path}?include_inherited=true"));
    assert_eq!(data(&all).len(), 6);
    assert!(all["data"][0]["models"].is_array() && all["data"][2]["models"].is_null());
    assert_eq!(
        sources(&all["data"][0])
            .iter()
            .filter(|(_, _, source)| source == "organization")
            .count(),
        2
    );
    let files = server.read(&format!("{path}?include_inherited=true&group_type=files"));
    assert_eq!(files["data"][0]["group"]["type"], "files");
    assert_eq!(data(&files).len(), 1);
    let mut walked = Vec::new();
    let mut query = format!("{path}?include_inherited=true&limit=4");
    loop {
        let page = server.read(&query);
        walked.extend(data(&page).iter().cloned());
        let Some(next) = page["next_page"].as_str() else {
            break;
        };
        query = format!("{path}?include_inherited=true&limit=4&page={next}");
    }
    assert_eq!(&walked, data(&all));
    for wrong in ["page=*", "limit=0", "group_type=x", "include_inherited=2"] {
        let reply = server.anthropic("owner", "GET", &format!("{path}?{wrong}"), None);
        assert_eq!(reply.refusal(), invalid(""), "{wrong}");
    }
}

#[test]
fn only_the_limits_that_are_named_change() {
    let server = start(&[]);
    let path = format!("/workspaces/{}/rate_limits", server.made("Limited"));
    assert_eq!(data(&server.read(&path)).len(), 0);
    let all = server.read(&format!("{path}?include_inherited=true"));
    let entry = all["data"][0]["rate_limit_id"].as_str().unwrap();
    let one = format!("{path}/{entry}");
    let set = |limits: Value| server.post(&one, &json!({ "limits": limits }));
    let requests = ("requests_per_minute".to_owned(), 7, "workspace".to_owned());
    let day = (
        "tokens_per_day".to_owned(),
        9_000_000,
        "workspace".to_owned(),
    );
    let changed = set(json!([{"type": "requests_per_minute", "value": 7}]));
    assert_eq!(sources(&changed), std::slice::from_ref(&requests));
    let changed = set(json!([{"type": "tokens_per_day", "value": 9_000_000}]));
    assert_eq!(sources(&changed), [requests, day.clone()]);
    assert_eq!(changed["limits"][1]["org_limit"], Value::Null);
    assert_eq!(server.read(&path)["data"][0], changed);
    let changed = set(json!([{"type": "requests_per_minute", "value": null}]));
    assert_eq!(sources(&changed), [day]);
    for wrong in [
        json!({"limits": [{"type": "tokens_per_day", "value": 1}, {"type": "x", "value": 1}]}),
        json!({"limits": [{"type": "tokens_per_day"}]}),
        json!({"limits": [{"type": "tokens_per_day", "value": -1}]}),
        json!({"limits": [{"type": "tokens_per_day", "value": "1"}]}),
        json!({"limits": [1]}),
        json!({"limits": {}}),
        json!({}),
    ] {
        assert_eq!(server.refused(&one, &wrong), invalid(""), "{wrong}");
    }
    assert_eq!(server.read(&path)["data"][0], changed);
    let missing = format!("{path}/rl_none");
    assert_eq!(
        server.refused(&missing, &json!({"limits": []})),
        failure(404, "not_found_error")
    );
}
