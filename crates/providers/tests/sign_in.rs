//! Sign-in: requests as on the wire, replies, the way back from the service, and token claims.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{bearer, fixture, reply, wire};
use proptest::prelude::*;
use steward_domain::failure::{FailureKind, Operation, Unreadable};
use steward_domain::id::UserId;
use steward_domain::time::Timestamp;
use steward_providers::jwt::{Claims, claims};
use steward_providers::oauth::*;

fn endpoints() -> Endpoints {
    Endpoints {
        authorize: "https://signin.altostrat.io/authorize".into(),
        token: "https://signin.altostrat.io/oauth/token".into(),
        userinfo: Some("https://signin.altostrat.io/userinfo".into()),
        revoke: Some("https://signin.altostrat.io/oauth/revoke".into()),
        client_id: "steward".into(),
        scope: "openid offline_access".into(),
    }
}

fn refresh_token() -> RefreshToken {
    RefreshToken::new("r/1+=".into()).unwrap()
}

#[test]
fn the_way_to_the_service_carries_the_challenge_and_no_secret() {
    let url = authorize_url(
        &endpoints(),
        "http://127.0.0.1:4180/signed-in",
        "st&te",
        "ch",
    );
    assert_eq!(
        url,
        "https://signin.altostrat.io/authorize?response_type=code&client_id=steward\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A4180%2Fsigned-in&scope=openid%20offline_access\
         &state=st%26te&code_challenge=ch&code_challenge_method=S256"
    );
    let narrow = Endpoints {
        authorize: "/a?tenant=1".into(),
        scope: String::new(),
        ..endpoints()
    };
    assert_eq!(
        authorize_url(&narrow, "/r", "s", "c"),
        "/a?tenant=1&response_type=code&client_id=steward&redirect_uri=%2Fr&state=s\
         &code_challenge=c&code_challenge_method=S256"
    );
}

#[test]
fn token_requests_are_forms_without_a_credential() {
    let head = |url: &str| {
        format!(
            "POST {url}\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\n"
        )
    };
    let token = head("https://signin.altostrat.io/oauth/token");
    assert_eq!(
        wire(&exchange(&endpoints(), "c/1", "ver-ifier", "http://x/y")),
        token.clone()
            + "grant_type=authorization_code&client_id=steward&code=c%2F1&code_verifier=ver-ifier\
               &redirect_uri=http%3A%2F%2Fx%2Fy"
    );
    assert_eq!(
        wire(&refresh(&endpoints(), &refresh_token())),
        token + "grant_type=refresh_token&client_id=steward&refresh_token=r%2F1%2B%3D"
    );
    assert_eq!(
        wire(&revoke(&endpoints(), &refresh_token()).unwrap()),
        head("https://signin.altostrat.io/oauth/revoke")
            + "client_id=steward&token=r%2F1%2B%3D&token_type_hint=refresh_token"
    );
    assert_eq!(
        wire(&userinfo(&endpoints(), &bearer()).unwrap()),
        "GET https://signin.altostrat.io/userinfo\naccept: application/json\nauthorization: Bearer t0ken"
    );
}

#[test]
fn what_a_service_does_not_offer_is_not_asked() {
    let bare = Endpoints {
        userinfo: None,
        revoke: None,
        ..endpoints()
    };
    assert_eq!(revoke(&bare, &refresh_token()), None);
    assert_eq!(userinfo(&bare, &bearer()), None);
}

#[test]
fn secrets_are_never_printed() {
    let token = RefreshToken::new("s3cret".into()).unwrap();
    let request = refresh(&endpoints(), &token);
    let callback = parse_callback("code=s3cret&state=s3cret");
    let tokens = read_tokens(
        reply(
            200,
            b"{\"access_token\":\"s3cret\",\"refresh_token\":\"s3cret\"}",
        ),
        Operation::SignIn,
    );
    assert!(!format!("{token:?} {request:?} {callback:?} {tokens:?}").contains("s3cret"));
}

#[test]
fn reads_tokens() {
    let tokens = read_tokens(
        reply(200, fixture!("altostrat/tokens.json")),
        Operation::SignIn,
    )
    .unwrap();
    assert_eq!(tokens.access.expose_for_storage(), Some("eyJ0.eyJ9.c2ln"));
    assert_eq!(tokens.refresh.unwrap().expose_for_storage(), "r-1");
    assert_eq!(tokens.expires_in, Some(86_400));
    let lean = read_tokens(
        reply(
            200,
            br#"{"access_token":"a","token_type":"bearer","refresh_token":"","expires_in":-5}"#,
        ),
        Operation::Refresh,
    )
    .unwrap();
    assert_eq!((lean.refresh, lean.expires_in), (None, None));
    // Some services write the seconds as a text, or with a fraction.
    for (seconds, read) in [
        ("\"900\"", Some(900)),
        ("\"899.9\"", Some(899)),
        ("899.9", Some(899)),
        ("\"soon\"", None),
        ("\"\"", None),
        ("true", None),
    ] {
        let body = format!("{{\"access_token\":\"a\",\"expires_in\":{seconds}}}");
        let tokens = read_tokens(reply(200, body.as_bytes()), Operation::SignIn).unwrap();
        assert_eq!(tokens.expires_in, read, "{seconds}");
    }
}

#[test]
fn an_answer_without_a_usable_bearer_token_is_none() {
    for body in [
        "{}",
        "[]",
        "{\"access_token\":\"\"}",
        "{\"access_token\":5}",
        "{\"access_token\":\"a b\"}",
        "{\"access_token\":\"a\\r\\nx: y\"}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\"}",
    ] {
        let failure = read_tokens(reply(200, body.as_bytes()), Operation::Refresh).unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::Unreadable(Unreadable::OtherShape),
            "{body}"
        );
        assert_eq!(failure.operation, Operation::Refresh);
    }
}

#[test]
fn a_grant_that_no_longer_holds_means_signed_out() {
    for (status, error, kind) in [
        (400, "invalid_grant", FailureKind::SignedOut),
        (401, "invalid_client", FailureKind::SignedOut),
        (400, "invalid_scope", FailureKind::Invalid(None)),
        (403, "access_denied", FailureKind::Forbidden),
        (500, "server_error", FailureKind::ServiceFault(None)),
    ] {
        let body = format!("{{\"error\":\"{error}\",\"error_description\":\"Because.\"}}");
        let failure = read_tokens(reply(status, body.as_bytes()), Operation::Refresh).unwrap_err();
        assert_eq!(failure.kind, kind, "{error}");
        assert_eq!(failure.service.message.as_deref(), Some("Because."));
        assert_eq!(failure.service.code.as_deref(), Some(error));
    }
}

#[test]
fn reads_who_is_signed_in() {
    let person = read_userinfo(reply(200, fixture!("altostrat/userinfo.json"))).unwrap();
    assert_eq!(
        person,
        Identity {
            id: UserId::new("auth0|64f5"),
            name: Some("Ada Lovelace".into()),
            email: Some("ada@example.org".into()),
            organization: None,
            asks_code: false,
        }
    );
    let failure = read_userinfo(reply(200, b"{\"ok\":true}")).unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::Unreadable(Unreadable::OtherShape)
    );
}

#[test]
fn the_way_back_is_read() {
    let code = |code: &str, state: &str| Callback::Code {
        code: code.into(),
        state: state.into(),
    };
    for (query, expected) in [
        ("?code=a%2Fb+c&state=s%3D", code("a/b c", "s=")),
        ("state=s&iss=x&code=c", code("c", "s")),
        ("code=first&code=second&state=s", code("first", "s")),
        (
            "?error=access_denied&error_description=You+said+no.&state=s",
            Callback::Refused {
                error: "access_denied".into(),
                description: Some("You said no.".into()),
                state: Some("s".into()),
            },
        ),
        (
            "error=x&code=c&state=s",
            Callback::Refused {
                error: "x".into(),
                description: None,
                state: Some("s".into()),
            },
        ),
        ("code=c", Callback::Neither),
        ("code=&state=s", Callback::Neither),
        ("xcode=c&state=s", Callback::Neither),
        ("error&code", Callback::Neither),
        ("", Callback::Neither),
        ("?", Callback::Neither),
    ] {
        assert!(parse_callback(query) == expected, "{query}");
    }
}

/// Encodes as a service does, by the alphabet and nothing of ours.
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let mut three = [0; 3];
            three[..chunk.len()].copy_from_slice(chunk);
            let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
            (0..=chunk.len())
                .map(move |n| char::from(ALPHABET[(bits >> (18 - 6 * n) & 63) as usize]))
        })
        .collect()
}

fn token(payload: &str) -> String {
    format!(
        "eyJhbGciOiJSUzI1NiJ9.{}.c2lnbmF0dXJl",
        base64url(payload.as_bytes())
    )
}

#[test]
fn reads_the_claims_of_a_token() {
    assert_eq!(
        claims(&token(
            r#"{"sub":"auth0|64f5","iat":1761697506,"exp":1761698406,"name":"Zoë 🦀","email":"z@x","scopes":["a"]}"#
        )),
        Some(Claims {
            subject: UserId::new("auth0|64f5"),
            expires: Some(Timestamp(1_761_698_406_000_000)),
            life: Some(900),
            name: Some("Zoë 🦀".into()),
            email: Some("z@x".into()),
        })
    );
    let altostrat = claims(&token(
        r#"{"urn:altostrat:name":"A","urn:altostrat:email":"a@x","exp":1.5}"#,
    ))
    .unwrap();
    assert_eq!(
        (altostrat.name.as_deref(), altostrat.email.as_deref()),
        (Some("A"), Some("a@x"))
    );
    assert_eq!(altostrat.expires, Some(Timestamp(1_000_000)));
    assert_eq!(claims(&token("{}")), Some(Claims::default()));
    for none in [
        r#"{"exp":900}"#,
        r#"{"exp":900,"iat":900}"#,
        r#"{"exp":900,"iat":901}"#,
        r#"{"exp":-9223372036854775808,"iat":9223372036854775807}"#,
    ] {
        assert_eq!(claims(&token(none)).unwrap().life, None, "{none}");
    }
}

#[test]
fn the_example_of_the_standard_is_read() {
    // RFC 7519 section 3.1: {"iss":"joe", "exp":1300819380, "http://example.com/is_root":true}
    let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(
        claims(token).unwrap().expires,
        Some(Timestamp(1_300_819_380_000_000))
    );
}

#[test]
fn what_is_no_token_has_no_claims() {
    for text in [
        "",
        "alto_sk_123",
        "a.b",
        "a.b.c",
        "a.e30.c.d",
        "a.e3 0.c",
        "a.e30+.c",
        "a.e30gA.c",
        "..",
        "a.WzFd!.c",
    ] {
        assert_eq!(claims(text), None, "{text}");
    }
    // Padding is not of the standard and does no harm.
    assert_eq!(claims("a.e30=.c"), Some(Claims::default()));
}

proptest! {
    #[test]
    fn any_payload_is_decoded_as_it_was(name in "\\PC{1,30}") {
        let payload = serde_json::json!({ "name": name }).to_string();
        prop_assert_eq!(claims(&token(&payload)).unwrap().name, Some(name));
    }

    #[test]
    fn junk_never_panics(text in ".{0,60}", shaped in "[A-Za-z0-9_=-]{0,8}\\.[A-Za-z0-9_=-]{0,40}\\.[A-Za-z]{0,4}", query in "[?&=+%a-z0-9]{0,40}") {
        let _ = (claims(&text), claims(&shaped), parse_callback(&text), parse_callback(&query));
    }
}

#[test]
fn only_the_answer_to_the_sign_in_under_way_counts_a_refusal_too() {
    for (query, is_ours) in [
        ("code=c&state=s", true),
        ("code=c&state=t", false),
        ("error=access_denied&state=s", true),
        ("error=access_denied&state=t", false),
        ("error=access_denied", false),
        ("state=s", false),
        ("", false),
    ] {
        assert_eq!(parse_callback(query).answers("s"), is_ours, "{query}");
    }
}
