//! Static files and the headers of every response.

use std::path::PathBuf;

use crate::support::{self, Options, Reply, Server};

/// A folder that goes away with the test.
struct Dist(PathBuf);

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn dist(name: &str) -> Dist {
    let folder = std::env::temp_dir().join(format!("steward-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (file, content) in [
        ("index.html", "<!doctype html>shell"),
        ("boot.js", "boot"),
        ("config.json", "{}"),
        ("favicon.svg", "<svg/>"),
        ("steward-0123456789abcdef.js", "glue"),
        ("steward-0123456789abcdef.js.br", "br"),
        ("steward-0123456789abcdef.js.gz", "gz"),
        ("steward-0123456789abcdef_bg.wasm", "wasm"),
        ("base-0123456789abcdef.css", "css"),
    ] {
        std::fs::write(folder.join(file), content).unwrap();
    }
    Dist(folder)
}

fn serve(dist: &Dist) -> Server {
    Server::start(Options {
        dist: Some(dist.0.clone()),
        connect_src: vec!["https://v1.api.altostrat.io".to_owned()],
        ..Options::default()
    })
}

fn get(server: &Server, path: &str, accept: &str, encoding: &str) -> Reply {
    let headers = [("accept", accept), ("accept-encoding", encoding)];
    server.send("GET", path, &headers, b"").unwrap()
}

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

#[test]
fn only_navigations_fall_back_to_the_shell() {
    let dist = dist("fallback");
    let server = serve(&dist);
    for path in ["/", "/workspaces/ws_1?q=x", "/sign-in/callback?code=1"] {
        let reply = get(&server, path, PAGE, "identity");
        assert_eq!(
            (reply.status, reply.text().as_str()),
            (200, "<!doctype html>shell"),
            "{path}"
        );
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(reply.header("cache-control"), "no-cache");
    }
    for (path, accept) in [
        ("/steward-ffffffffffffffff.js", "*/*"),
        ("/workspaces/ws_1", "application/json"),
        ("/api", PAGE),
        ("/api/nothing", PAGE),
        ("/api/altostrat/nothing", PAGE),
        ("/api/_faults", PAGE),
        ("/../Cargo.toml", "*/*"),
        ("/%2e%2e/Cargo.toml", "*/*"),
    ] {
        let reply = get(&server, path, accept, "identity");
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("shell"), "{path}");
        assert!(
            !reply.header("cache-control").contains("immutable"),
            "{path}"
        );
    }
    assert_eq!(
        server
            .send("POST", "/workspaces", &[("accept", PAGE)], b"x")
            .unwrap()
            .status,
        405
    );
}

#[test]
fn each_kind_of_file_has_its_type_and_its_time() {
    let dist = dist("types");
    let server = serve(&dist);
    let forever = "public, max-age=31536000, immutable";
    for (path, kind, cache) in [
        ("/boot.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/config.json", "application/json", "no-cache"),
        ("/favicon.svg", "image/svg+xml", "no-cache"),
        (
            "/steward-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            forever,
        ),
        (
            "/steward-0123456789abcdef_bg.wasm",
            "application/wasm",
            forever,
        ),
        (
            "/base-0123456789abcdef.css",
            "text/css; charset=utf-8",
            forever,
        ),
    ] {
        let reply = get(&server, path, "*/*", "identity");
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), kind, "{path}");
        assert_eq!(reply.header("cache-control"), cache, "{path}");
    }
}

#[test]
fn the_smallest_form_the_browser_takes_is_sent() {
    let dist = dist("encoding");
    let server = serve(&dist);
    for (asked, sent, body) in [
        ("br, gzip", "br", "br"),
        ("gzip", "gzip", "gz"),
        ("identity", "", "glue"),
    ] {
        let reply = get(&server, "/steward-0123456789abcdef.js", "*/*", asked);
        assert_eq!(
            (reply.header("content-encoding"), reply.text().as_str()),
            (sent, body)
        );
        assert_eq!(
            reply.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert!(reply.header("vary").contains("accept-encoding"));
    }
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let dist = dist("again");
    let server = serve(&dist);
    let first = get(&server, "/boot.js", "*/*", "identity");
    let since = [("if-modified-since", first.header("last-modified"))];
    assert_eq!(
        server.send("GET", "/boot.js", &since, b"").unwrap().status,
        304
    );
}

#[test]
fn every_response_has_the_headers_that_protect_it() {
    let dist = dist("headers");
    let server = serve(&dist);
    let bearer = format!("Bearer {}", server.token("owner"));
    let app = [
        get(&server, "/", PAGE, "br"),
        get(&server, "/boot.js", "*/*", "br"),
        get(&server, "/missing.js", "*/*", "br"),
        server.send("POST", "/", &[], b"x").unwrap(),
    ];
    let data = [
        get(&server, "/healthz", "*/*", "br"),
        get(&server, "/api/nothing", PAGE, "br"),
        get(&server, "/api/altostrat/workspaces", "*/*", "br"),
        server
            .send("PUT", "/api/altostrat/workspaces", &[], b"x")
            .unwrap(),
        server.call("owner", "POST", "/workspaces", Some("{")),
        server
            .send(
                "GET",
                "/api/altostrat/workspaces",
                &[("authorization", &bearer)],
                b"",
            )
            .unwrap(),
        get(&server, "/api/altostrat/openapi.json", "*/*", "br"),
        get(&server, "/api/altostrat-signin/style.css", "*/*", "br"),
        server
            .send("POST", "/api/altostrat-signin/oauth/token", &[], b"x")
            .unwrap(),
    ];
    let sign_in = get(&server, "/api/altostrat-signin/authorize", PAGE, "br");
    for reply in app.iter().chain(&data).chain([&sign_in]) {
        let hsts = "max-age=63072000; includeSubDomains; preload";
        assert_eq!(reply.header("strict-transport-security"), hsts);
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
        assert!(reply.header("x-request-id").starts_with("req_"));
    }
    for reply in &data {
        let csp = "default-src 'none'; frame-ancestors 'none'";
        assert_eq!(reply.header("content-security-policy"), csp);
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    for reply in app.iter().chain([&sign_in]) {
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(
            reply.header("cross-origin-embedder-policy"),
            "credentialless"
        );
        let permissions = reply.header("permissions-policy");
        assert!(permissions.contains("camera=()"));
        for unknown in ["bluetooth", "web-share"] {
            assert!(
                !permissions.contains(unknown),
                "Chromium warns about {unknown}"
            );
        }
    }
    for reply in &app {
        let csp = reply.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self' https://v1.api.altostrat.io",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ] {
            assert!(
                csp.split("; ").any(|each| each == part),
                "{part} not in {csp}"
            );
        }
    }
    assert_eq!(sign_in.header("cache-control"), "no-store");
}

#[test]
fn health_is_two_letters() {
    let server = support::start();
    let reply = server.send("GET", "/healthz", &[], b"").unwrap();
    assert_eq!((reply.status, reply.text().as_str()), (200, "ok"));
}

#[test]
fn long_lists_are_compressed_for_who_takes_it_and_tokens_never_are() {
    let server = support::start();
    let token = format!("Bearer {}", server.token("owner"));
    let list = |encoding| {
        let headers = [
            ("authorization", token.as_str()),
            ("accept-encoding", encoding),
        ];
        let path = "/api/altostrat/workspaces";
        server.send("GET", path, &headers, b"").unwrap()
    };
    let (plain, packed) = (list("identity"), list("gzip"));
    assert_eq!(plain.header("content-encoding"), "");
    assert!(plain.json()["data"].as_array().unwrap().len() > 30);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() * 3 < plain.body.len());
    let who = server
        .send(
            "GET",
            "/api/altostrat-signin/userinfo",
            &[
                ("authorization", token.as_str()),
                ("accept-encoding", "gzip"),
            ],
            b"",
        )
        .unwrap();
    assert_eq!((who.status, who.header("content-encoding")), (200, ""));
}
