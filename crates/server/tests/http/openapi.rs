//! The OpenAPI document is the one that was agreed on. `UPDATE_SNAPSHOTS=1` agrees on the present one.

use std::path::Path;

use crate::support;

#[test]
fn the_document_is_the_committed_one() {
    let server = support::start();
    let reply = server
        .send("GET", "/api/altostrat/openapi.json", &[], b"")
        .unwrap();
    let served = reply.json();
    assert_eq!(served["openapi"], "3.1.0");
    let text = format!("{served:#}\n");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/altostrat-openapi.json");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "the document changed; look at it, then run with UPDATE_SNAPSHOTS=1"
    );
}
