//! Workspaces: every field, what create and update take, and what they refuse.

use serde_json::{Value, json};

use crate::anthropic_support::{data, failure, id, invalid, start};

#[test]
fn a_workspace_has_exactly_the_fields_of_the_contract() {
    let server = start(&[]);
    let made = server.post("/workspaces", &json!({"name": "Plain"}));
    let mut keys: Vec<&str> = made
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "archived_at",
            "compartment_id",
            "created_at",
            "data_residency",
            "display_color",
            "external_key_id",
            "id",
            "name",
            "tags",
            "type",
            "user_profile_id"
        ]
    );
    assert_eq!(made["type"], "workspace");
    assert!(id(&made).starts_with("wrkspc_"));
    assert_eq!(made["tags"], json!({}));
    assert_eq!(
        made["data_residency"],
        json!({"allowed_inference_geos": "unrestricted", "default_inference_geo": "global", "workspace_geo": "us"})
    );
    for key in ["archived_at", "external_key_id", "user_profile_id"] {
        assert!(made[key].is_null(), "{key}");
    }
    let compartment = made["compartment_id"].as_str().unwrap();
    assert_eq!(
        compartment.split('-').map(str::len).collect::<Vec<_>>(),
        [8, 4, 4, 4, 12]
    );
    assert_eq!(server.read(&format!("/workspaces/{}", id(&made))), made);
}

#[test]
fn a_workspace_is_made_with_everything_at_once() {
    let server = start(&[]);
    let body = json!({
        "name": "🦊".repeat(40), "display_color": "#aBcDeF", "tags": {"env": "test"},
        "data_residency": {"allowed_inference_geos": ["us"], "default_inference_geo": "us", "workspace_geo": "us"},
        "external_key_id": null, "user_profile_id": null,
    });
    let made = server.post("/workspaces", &body);
    for key in ["name", "display_color", "tags", "data_residency"] {
        assert_eq!(made[key], body[key], "{key}");
    }
}

#[test]
fn wrong_fields_are_refused_and_change_nothing() {
    let server = start(&[]);
    let path = format!("/workspaces/{}", server.made("Before"));
    let before = server.read(&path);
    let count = server.number("SELECT count(*) FROM anthropic_workspaces");
    let mut bodies = vec![
        json!({"name": ""}),
        json!({"name": "x".repeat(41)}),
        json!({"name": 7}),
        json!({"name": null}),
        json!({"name": "a\u{0}b"}),
        json!({"name": "x", "display_color": "6C5BB9"}),
        json!({"name": "x", "display_color": "#6C5BB"}),
        json!({"name": "x", "display_color": "#6C5BBG"}),
        json!({"name": "x", "display_color": "#é5BB9"}),
        json!({"name": "x", "tags": {"anthropic-x": "1"}}),
        json!({"name": "x", "tags": {"a": 1}}),
        json!({"name": "x", "tags": []}),
        json!({"name": "x", "colour": "#000000"}),
        json!({"name": "x", "external_key_id": "extkey_none"}),
    ];
    for residency in [
        json!({"allowed_inference_geos": ["us"], "default_inference_geo": "global"}),
        json!({"allowed_inference_geos": []}),
        json!({"allowed_inference_geos": ["eu"]}),
        json!({"allowed_inference_geos": "global"}),
        json!({"default_inference_geo": "eu"}),
        json!({"workspace_geo": "eu"}),
        json!("us"),
    ] {
        bodies.push(json!({"name": "x", "data_residency": residency}));
    }
    for body in &bodies {
        assert_eq!(server.refused("/workspaces", body), invalid(""), "{body}");
        assert_eq!(server.refused(&path, body), invalid(""), "{body}");
    }
    let profile = json!({"name": "x", "user_profile_id": "uprof_none"});
    assert_eq!(
        server.refused("/workspaces", &profile),
        invalid("user_profile_not_found")
    );
    assert_eq!(server.refused("/workspaces", &json!({})), invalid(""));
    assert_eq!(server.read(&path), before);
    assert_eq!(
        server.number("SELECT count(*) FROM anthropic_workspaces"),
        count
    );
}

#[test]
fn a_body_that_is_no_json_object_is_a_400_and_a_huge_one_a_413() {
    let server = start(&[]);
    let key = crate::anthropic_support::key("owner");
    let send = |kind: &str, body: &[u8]| {
        let headers = [("x-api-key", key.as_str()), ("content-type", kind)];
        let path = "/api/anthropic/v1/organizations/workspaces";
        server.send("POST", path, &headers, body).unwrap().refusal()
    };
    for body in ["[]", "\"x\"", "{", "null", "{\"name\":\"x\"}x"] {
        assert_eq!(
            send("application/json", body.as_bytes()),
            invalid(""),
            "{body}"
        );
    }
    assert_eq!(send("text/plain", b"{\"name\":\"x\"}"), invalid(""));
    let huge = format!("{{\"name\":\"{}\"}}", "x".repeat(300_000));
    assert_eq!(
        send("application/json", huge.as_bytes()),
        failure(413, "request_too_large")
    );
}

#[test]
fn an_update_changes_what_it_names_and_nothing_else() {
    let server = start(&[]);
    let path = format!("/workspaces/{}", server.made("Before"));
    let before = server.read(&path);
    assert_eq!(server.post(&path, &json!({})), before);
    let after = server.post(&path, &json!({"name": "After"}));
    let mut expected = before.clone();
    expected["name"] = json!("After");
    assert_eq!(after, expected);
    expected["display_color"] = json!("#000000");
    assert_eq!(
        server.post(&path, &json!({"display_color": "#000000"})),
        expected
    );
    assert_eq!(
        server.refused(&path, &json!({"display_color": null})),
        invalid("")
    );
    assert_eq!(server.read(&path), expected);
}

#[test]
fn tags_merge_and_null_removes_one() {
    let server = start(&[]);
    let made = server.post(
        "/workspaces",
        &json!({"name": "Tagged", "tags": {"a": "1", "b": "2"}}),
    );
    let path = format!("/workspaces/{}", id(&made));
    let tags = |body: Value| server.post(&path, &json!({ "tags": body }))["tags"].clone();
    assert_eq!(
        tags(json!({"c": "3"})),
        json!({"a": "1", "b": "2", "c": "3"})
    );
    assert_eq!(
        tags(json!({"a": "9", "b": null})),
        json!({"a": "9", "c": "3"})
    );
    assert_eq!(tags(json!({"never": null})), json!({"a": "9", "c": "3"}));
    assert_eq!(tags(json!({})), json!({"a": "9", "c": "3"}));
    assert_eq!(tags(Value::Null), json!({"a": "9", "c": "3"}));
    assert_eq!(
        tags(json!({"Anthropic": "", "not-anthropic": "x"}))["Anthropic"],
        ""
    );
    for wrong in [json!({"anthropic": "x"}), json!({"anthropic_x": null})] {
        assert_eq!(
            server.refused(&path, &json!({ "tags": wrong })),
            invalid("")
        );
    }
    // A new workspace has nothing that null could remove.
    let body = json!({"name": "x", "tags": {"a": null}});
    assert_eq!(server.refused("/workspaces", &body), invalid(""));
}

#[test]
fn residency_is_judged_together_with_what_is_there() {
    let server = start(&[]);
    let path = format!("/workspaces/{}", server.made("Resident"));
    let send = |residency: Value| json!({ "data_residency": residency });
    // The default is `global`, which these no longer allow.
    let only_us = send(json!({"allowed_inference_geos": ["us"]}));
    assert_eq!(server.refused(&path, &only_us), invalid(""));
    let both = json!({"allowed_inference_geos": ["us"], "default_inference_geo": "us"});
    let after = server.post(&path, &send(both));
    assert_eq!(
        after["data_residency"]["allowed_inference_geos"],
        json!(["us"])
    );
    let global = send(json!({"default_inference_geo": "global"}));
    assert_eq!(server.refused(&path, &global), invalid(""));
    let open =
        send(json!({"allowed_inference_geos": "unrestricted", "default_inference_geo": null}));
    let after = server.post(&path, &open)["data_residency"].clone();
    assert_eq!(after["default_inference_geo"], "us");
    assert_eq!(after["allowed_inference_geos"], "unrestricted");
    assert_eq!(
        server.post(&path, &global)["data_residency"]["default_inference_geo"],
        "global"
    );
    for geo in ["us", "eu"] {
        let moved = send(json!({ "workspace_geo": geo }));
        assert_eq!(server.refused(&path, &moved), invalid(""));
    }
}

#[test]
fn an_external_key_and_a_profile_are_written_once_and_have_to_fit() {
    let server = start(&[]);
    let keyed = server.read(&format!("/workspaces/{}", server.named("Production")));
    let bound = server.read(&format!("/workspaces/{}", server.named("Claims Triage")));
    let key = keyed["external_key_id"].as_str().unwrap();
    let bound_key = bound["external_key_id"].as_str().unwrap();
    let profile = bound["user_profile_id"].as_str().unwrap();
    let path = format!("/workspaces/{}", server.made("Keyed"));
    let mismatch = json!({ "external_key_id": bound_key });
    assert_eq!(
        server.refused(&path, &mismatch),
        invalid("key_profile_mismatch")
    );
    assert_eq!(
        server.post(&path, &json!({ "external_key_id": key }))["external_key_id"],
        key
    );
    // The same again is no change.
    server.post(&path, &json!({ "external_key_id": key }));
    assert_eq!(server.refused(&path, &mismatch), invalid(""));
    assert_eq!(
        server.refused(&path, &json!({"external_key_id": null})),
        invalid("")
    );
    let late = json!({ "user_profile_id": profile });
    assert_eq!(
        server.refused(&path, &late),
        invalid("key_profile_mismatch")
    );
    let body = json!({"name": "Both", "external_key_id": bound_key, "user_profile_id": profile});
    assert_eq!(
        server.post("/workspaces", &body)["user_profile_id"],
        profile
    );
}

#[test]
fn a_policy_can_ask_for_an_external_key() {
    let server = start(&["anthropic_policy=external_key"]);
    let reply = server.anthropic("owner", "POST", "/workspaces", Some(&json!({"name": "x"})));
    assert_eq!(reply.refusal(), invalid("workspace_policy_violation"));
    assert_eq!(reply.json()["error"]["details"]["field"], "external_key_id");
}

#[test]
fn the_hundred_and_first_active_workspace_is_refused_until_one_is_archived() {
    for (settings, refusal) in [
        (&[][..], invalid("")),
        (
            &["anthropic_workspace_limit=409"][..],
            failure(409, "conflict_error"),
        ),
    ] {
        let server = start(settings);
        let active = data(&server.read("/workspaces?limit=1000")).len();
        let mut last = String::new();
        for number in active..100 {
            last = server.made(&format!("Number {number}"));
        }
        assert_eq!(
            server.refused("/workspaces", &json!({"name": "One more"})),
            refusal
        );
        server.post(&format!("/workspaces/{last}/archive"), &json!({}));
        server.made("One more");
    }
}
