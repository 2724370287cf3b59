//! The OpenAPI document is the one that was agreed on. `UPDATE_SNAPSHOTS=1` agrees on the present one.

use std::path::Path;

use crate::support;

#[test]
fn the_document_of_altostrat_is_the_committed_one() {
    is_the_committed_one("altostrat");
}

#[test]
fn the_document_of_anthropic_is_the_committed_one() {
    is_the_committed_one("anthropic");
}

fn is_the_committed_one(dialect: &str) {
    let server = support::start();
    let path = format!("/api/{dialect}/openapi.json");
    let reply = server.send("GET", &path, &[], b"").unwrap();
    let served = reply.json();
    assert_eq!(served["openapi"], "3.1.0");
    let text = format!("{served:#}\n");
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/snapshots/{dialect}-openapi.json"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "the document changed; look at it, then run with UPDATE_SNAPSHOTS=1"
    );
}
