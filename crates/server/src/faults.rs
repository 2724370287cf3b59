//! Failures on request, so that a client's behaviour in each can be tested. Only with `--faults`.
//!
//! `PUT /api/_faults` takes a JSON list of [`Rule`]s and replaces the earlier ones, `GET` lists those
//! that are left, `DELETE` clears them. The first rule that matches a request is used.
//! Must not know what any dialect answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, StreamExt};
use globset::{GlobBuilder, GlobMatcher};
use serde::{Deserialize, Serialize};

use crate::serve::DropConnection;

/// What goes wrong, for which requests, and how often. A field left out does not narrow or do anything.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// The first part of the path after `/api/`: `altostrat`, `altostrat-signin`,
    /// `anthropic`.
    pub dialect: Option<String>,
    /// The method in capitals.
    pub method: Option<String>,
    /// A glob over the rest of the path as it was sent: `/workspaces/*`. `*` stays within one part,
    /// `**` does not.
    pub path: Option<String>,
    /// For how many requests; left out: until cleared.
    pub times: Option<u32>,
    /// The answer to give in place of the real one. The request is not carried out, unless
    /// `perform` says so.
    pub action: Option<Action>,
    /// Carry the request out even though `action` answers it: a change happened, the reply was lost.
    pub perform: bool,
    /// Wait this long before anything else.
    pub delay_ms: u64,
    /// Close the connection without carrying the request out.
    pub drop_before: bool,
    /// Carry the request out, then close the connection without an answer.
    pub drop_after: bool,
    /// Announce the whole body and break off after this many bytes of it.
    pub truncate: Option<usize>,
}

/// An answer of the tester's own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The status code.
    pub status: u16,
    /// Header names and values.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// A string is sent as it is; anything else is sent as JSON.
    #[serde(default)]
    pub body: Option<serde_json::Value>,
}

#[derive(Clone)]
struct Armed {
    rule: Rule,
    path: Option<GlobMatcher>,
}

/// The rules in force.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Armed>>>);

/// `GET`, `PUT` and `DELETE` of the rules.
pub fn routes(faults: Faults) -> Router {
    Router::new()
        .route("/", get(list).put(replace).delete(clear))
        .with_state(faults)
}

async fn list(State(faults): State<Faults>) -> Response {
    let rules: Vec<Rule> = faults
        .lock()
        .iter()
        .map(|armed| armed.rule.clone())
        .collect();
    axum::Json(rules).into_response()
}

async fn clear(State(faults): State<Faults>) -> StatusCode {
    faults.lock().clear();
    StatusCode::NO_CONTENT
}

async fn replace(State(faults): State<Faults>, body: Body) -> Response {
    let parsed = match to_bytes(body, 1 << 20).await {
        Ok(bytes) => arm(&bytes),
        Err(error) => Err(error.to_string()),
    };
    match parsed {
        Ok(rules) => {
            *faults.lock() = rules;
            StatusCode::NO_CONTENT.into_response()
        }
        Err(cause) => (StatusCode::BAD_REQUEST, cause).into_response(),
    }
}

fn arm(json: &[u8]) -> Result<Vec<Armed>, String> {
    let rules: Vec<Rule> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    rules
        .into_iter()
        .map(|rule| {
            if let Some(action) = &rule.action {
                build(action)?;
            }
            let path = match &rule.path {
                Some(glob) => Some(
                    GlobBuilder::new(glob)
                        .literal_separator(true)
                        .build()
                        .map_err(|error| error.to_string())?
                        .compile_matcher(),
                ),
                None => None,
            };
            Ok(Armed { rule, path })
        })
        .collect()
}

impl Faults {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Armed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rule for this request, counted as used.
    fn take(&self, method: &str, path: &str) -> Option<Rule> {
        let rest = path.strip_prefix("/api/")?;
        let (dialect, rest) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        if dialect == "_faults" {
            return None;
        }
        let mut rules = self.lock();
        let at = rules.iter().position(|armed| {
            let rule = &armed.rule;
            rule.dialect.as_deref().is_none_or(|name| name == dialect)
                && rule
                    .method
                    .as_deref()
                    .is_none_or(|name| name.eq_ignore_ascii_case(method))
                && armed.path.as_ref().is_none_or(|glob| glob.is_match(rest))
        })?;
        let armed = rules.get_mut(at)?;
        let rule = armed.rule.clone();
        match &mut armed.rule.times {
            Some(left) if *left > 1 => *left -= 1,
            Some(_) => {
                rules.remove(at);
            }
            None => {}
        }
        // A rule put in with `times: 0` is spent from the start.
        (rule.times != Some(0)).then_some(rule)
    }
}

/// The layer that makes the failures happen.
pub async fn inject(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let Some(rule) = faults.take(request.method().as_str(), request.uri().path()) else {
        return next.run(request).await;
    };
    tracing::info!("a fault was asked for");
    if rule.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(rule.delay_ms)).await;
    }
    if rule.drop_before {
        return dropped();
    }
    let response = match &rule.action {
        Some(action) => {
            if rule.perform || rule.drop_after {
                next.run(request).await;
            }
            match build(action) {
                Ok(response) => response,
                Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause).into_response(),
            }
        }
        None => next.run(request).await,
    };
    if rule.drop_after {
        return dropped();
    }
    match rule.truncate {
        Some(length) => truncated(response, length).await,
        None => response,
    }
}

fn dropped() -> Response {
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response.extensions_mut().insert(DropConnection);
    response
}

fn build(action: &Action) -> Result<Response, String> {
    let status = StatusCode::from_u16(action.status).map_err(|error| error.to_string())?;
    let mut headers = HeaderMap::new();
    for (name, value) in &action.headers {
        let name = HeaderName::try_from(name).map_err(|error| error.to_string())?;
        let value = HeaderValue::try_from(value).map_err(|error| error.to_string())?;
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

async fn truncated(response: Response, length: usize) -> Response {
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
