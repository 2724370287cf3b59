//! The OpenAPI documents are those that were agreed on. `UPDATE_SNAPSHOTS=1` agrees on the present ones.

use std::path::Path;

use crate::support;

fn is_the_committed_one(dialect: &str) {
    let server = support::start();
    let path = format!("/api/{dialect}/openapi.json");
    let served = server.send("GET", &path, &[], b"").unwrap().json();
    assert_eq!(served["openapi"], "3.1.0");
    let text = format!("{served:#}\n");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let file = folder.join(format!("{dialect}-openapi.json"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "the document of {dialect} changed; look at it, then run with UPDATE_SNAPSHOTS=1"
    );
}

#[test]
fn the_document_of_altostrat_is_the_committed_one() {
    is_the_committed_one("altostrat");
}

#[test]
fn the_document_of_openai_is_the_committed_one() {
    is_the_committed_one("openai");
}

#[test]
fn the_document_of_flashback_is_the_committed_one() {
    is_the_committed_one("flashback");
}

#[test]
fn the_document_of_anthropic_is_the_committed_one() {
    is_the_committed_one("anthropic");
}
