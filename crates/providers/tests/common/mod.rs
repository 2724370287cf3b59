//! What the tests of this crate share.
// Each test crate uses a part of it.
#![allow(dead_code, unused_imports, unused_macros)]

use steward_domain::id::WorkspaceId;
use steward_providers::Credential;
use steward_providers::http::{HeaderValue, Reply, Request};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/", $name)).trim_ascii()
    };
}
pub(crate) use fixture;

/// A JSON reply.
pub(crate) fn reply(status: u16, body: &[u8]) -> Reply {
    Reply {
        status,
        content_type: Some("application/json".into()),
        request_id: Some("req_1".into()),
        retry_after: None,
        body: body.to_vec(),
    }
}

pub(crate) fn bearer() -> Credential {
    Credential::from_pasted("t0ken").unwrap()
}

pub(crate) fn id(text: &str) -> WorkspaceId {
    WorkspaceId::new(text).unwrap()
}

/// Everything of a request in one text, secrets included: what the wire would show.
pub(crate) fn wire(request: &Request) -> String {
    let mut text = format!("{} {}", request.method.as_str(), request.url);
    for (name, value) in &request.headers {
        let (HeaderValue::Plain(value) | HeaderValue::Secret(value)) = value;
        text += &format!("\n{name}: {value}");
    }
    if let Some(body) = &request.body {
        text += &format!("\n\n{body}");
    }
    text
}
