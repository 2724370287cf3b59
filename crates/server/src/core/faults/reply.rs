//! Replies as faults have them: made up, with other headers, cut short, or none at all.
//!
//! Must not know what any dialect answers.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};

use super::edit::{self, Edit};
use super::rule::{self, Action};
use crate::core::serve::DropConnection;

/// Headers that go out in place of what every layer has set. Carried by the reply to the outermost one.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers {
    named: BTreeMap<String, Option<String>>,
    no_cors: bool,
}

impl Headers {
    pub(super) fn new(named: &BTreeMap<String, Option<String>>, no_cors: bool) -> Self {
        Self {
            named: named.clone(),
            no_cors,
        }
    }

    pub(super) fn apply(&self, headers: &mut HeaderMap) {
        if self.no_cors {
            let readable: Vec<HeaderName> = headers
                .keys()
                .filter(|name| name.as_str().starts_with("access-control-"))
                .cloned()
                .collect();
            for name in readable {
                headers.remove(name);
            }
        }
        for (name, value) in &self.named {
            // Looked at when the rule came.
            let Ok((name, text)) = rule::header(name, value.as_deref().unwrap_or_default()) else {
                continue;
            };
            match value {
                Some(_) => headers.insert(name, text),
                None => headers.remove(name),
            };
        }
    }
}

/// No reply: the connection is closed.
pub(super) fn dropped() -> Response {
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response.extensions_mut().insert(DropConnection);
    response
}

/// The tester's own answer to a request to `path`.
pub(super) fn build(action: &Action, path: &str) -> Result<Response, String> {
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    let status = StatusCode::from_u16(action.status).map_err(|error| error.to_string())?;
    let mut headers = HeaderMap::new();
    for (name, value) in &action.headers {
        let value = value.replace("{path}", path).replace("{parent}", parent);
        let (name, value) = rule::header(name, &value)?;
        headers.insert(name, value);
    }
    let body = match &action.body {
        None => Body::empty(),
        Some(serde_json::Value::String(text)) => Body::from(text.clone()),
        Some(json) => {
            headers
                .entry(header::CONTENT_TYPE)
                .or_insert(HeaderValue::from_static("application/json"));
            Body::from(json.to_string())
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// The reply with other values in its JSON.
pub(super) async fn edited(response: Response, edits: &[Edit]) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return dropped();
    };
    let body = match edit::edited(&whole, edits) {
        Some(changed) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            Body::from(changed)
        }
        None => Body::from(whole),
    };
    Response::from_parts(parts, body)
}

/// The reply as far as `length` bytes of its body.
pub(super) async fn truncated(response: Response, length: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return dropped();
    };
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let kept = whole.slice(..length.min(whole.len()));
    // Let the head and these bytes leave first: an error that is there at once cuts them off too.
    let broken = stream::once(async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err(std::io::Error::other("truncated on request"))
    });
    let body = Body::from_stream(stream::iter([Ok(kept)]).chain(broken));
    Response::from_parts(parts, body)
}
