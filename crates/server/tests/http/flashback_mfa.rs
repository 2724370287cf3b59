//! The second factor of a Flashback sign-in.

use serde_json::{Value, json};

use crate::flashback_kit::{call, call_with, login, post, refused, said, text, token_of, with};
use crate::support::{self, Server, claims};

/// One whose sign-in asks for a code.
const WITH_CODE: &str = "diego.dlamini@example.com";
const CODE: &str = "246810";

fn verify(server: &Server, token: &str, body: &Value) -> support::Reply {
    call_with(server, token, "POST", "/mfa/verify-login", Some(body))
}

fn code(code: &str) -> Value {
    json!({"mfaType": "GOOGLE_AUTH", "code": code})
}

#[test]
fn the_password_alone_opens_the_profile_and_the_second_step() {
    let server = support::start();
    let half = login(&server, WITH_CODE);
    assert!(half.get("refreshToken").is_none() && half.get("tokenId").is_none());
    let token = text(&half["accessToken"]);
    let profile = call_with(&server, &token, "GET", "/user/profile", None).json();
    assert_eq!(profile["data"]["mfaRequired"], true);
    let status = call_with(&server, &token, "GET", "/mfa/status", None).json();
    assert_eq!(
        status,
        json!({"success": true, "data": {
            "isEnabled": true, "isRequired": true, "isEnforced": false,
            "enabledMethods": ["GOOGLE_AUTH"], "primaryMethod": "GOOGLE_AUTH",
            "sessionVerified": false
        }})
    );
    for path in ["/workspace", "/organization/users", "/bucket", "/repo"] {
        let reply = call_with(&server, &token, "GET", path, None);
        assert_eq!(
            said(&reply),
            refused(403, "MFA verification required"),
            "{path}"
        );
    }
}

#[test]
fn the_code_opens_everything_and_begins_a_session() {
    let server = support::start();
    let half = text(&login(&server, WITH_CODE)["accessToken"]);
    let reply = verify(&server, &half, &code(CODE));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let full = reply.json();
    let token = text(&full["fullAccessToken"]);
    let mine = call_with(&server, &token, "GET", "/workspace", None).json();
    assert_eq!(mine["workspaces"].as_array().unwrap().len(), 3);
    let status = call_with(&server, &token, "GET", "/mfa/status", None).json();
    assert_eq!(status["data"]["sessionVerified"], true);
    let body = json!({"refreshToken": full["refreshToken"]});
    let refreshed = post(&server, "/user/refresh", &body);
    assert_eq!(refreshed.status, 200, "{}", refreshed.text());
    assert_eq!(
        claims(&text(&refreshed.json()["accessToken"]))["type"],
        "access"
    );
}

#[test]
fn a_wrong_code_opens_nothing_whatever_status_refuses_it() {
    for (setting, status) in [
        ("flashback_wrong_code=401", 401),
        ("flashback_wrong_code=400", 400),
        ("flashback_wrong_code=200", 200),
    ] {
        let server = with(setting);
        let half = text(&login(&server, WITH_CODE)["accessToken"]);
        let reply = verify(&server, &half, &code("000000"));
        assert_eq!(said(&reply), refused(status, "Invalid verification code"));
        assert_eq!(server.number("SELECT count(*) FROM flashback_sessions"), 0);
        // The same half sign-in goes on with the right one.
        assert_eq!(verify(&server, &half, &code(CODE)).status, 200);
    }
}

#[test]
fn what_is_missing_is_named_and_no_code_does_for_whoever_has_none() {
    let server = support::start();
    let half = text(&login(&server, WITH_CODE)["accessToken"]);
    for (body, message) in [
        (json!({}), "MFA type is required"),
        (
            json!({"mfaType": "GOOGLE_AUTH"}),
            "Verification code is required",
        ),
        (
            json!({"mfaType": "PASSKEY", "code": CODE}),
            "MFA method is not enabled",
        ),
    ] {
        assert_eq!(said(&verify(&server, &half, &body)), refused(400, message));
    }
    let owner = token_of(&server, "olivia.okafor@example.com");
    assert_eq!(verify(&server, &owner, &code(CODE)).status, 401);
    assert_eq!(verify(&server, "forged", &code(CODE)).status, 401);
    let status = call(&server, "owner", "GET", "/mfa/status", None).json();
    assert_eq!(status["data"]["isEnabled"], false);
    assert_eq!(status["data"]["sessionVerified"], true);
}

#[test]
fn a_half_token_may_open_everything() {
    let server = with("flashback_half_token=all");
    let half = text(&login(&server, WITH_CODE)["accessToken"]);
    assert_eq!(
        call_with(&server, &half, "GET", "/workspace", None).status,
        200
    );
    let status = call_with(&server, &half, "GET", "/mfa/status", None).json();
    assert_eq!(status["data"]["sessionVerified"], false);
}
