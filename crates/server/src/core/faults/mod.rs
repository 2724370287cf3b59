//! Failures on request, so that a client's behaviour in each can be tested. Only with `--faults`.
//!
//! `PUT /api/_faults` takes a JSON list of [`Rule`]s and replaces the earlier ones, `GET` lists those
//! that are left, `DELETE` clears them. The first rule that matches a request is used. `PUT
//! /api/_faults/clock` takes the seconds that the server's clock is ahead of the machine's. A request
//! with the header `x-no-faults` meets none: that is how a test learns what is true.
//! Must not know what any dialect answers.

mod edit;
mod lag;
mod reply;
mod rule;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header, header::HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use globset::GlobMatcher;
use tower::ServiceExt;

use crate::core::clock::Clock;
use crate::core::observe::RequestId;
pub use edit::{Change, Edit};
pub use lag::Freeze;
pub use rule::{Action, Lag, Rule};

/// A request that carries this is answered as if there were no rules.
const PASS: &str = "x-no-faults";

#[derive(Clone)]
struct Armed {
    rule: Rule,
    path: Option<GlobMatcher>,
}

#[derive(Default)]
struct Inner {
    rules: Vec<Armed>,
    lags: lag::Lags,
}

/// The rules in force.
#[derive(Clone)]
pub struct Faults {
    inner: Arc<Mutex<Inner>>,
    freeze: Freeze,
    clock: Clock,
}

/// `GET`, `PUT` and `DELETE` of the rules, and the clock.
pub fn routes(faults: Faults) -> Router {
    Router::new()
        .route("/", get(list).put(replace).delete(clear))
        .route("/clock", put(set_clock))
        .with_state(faults)
}

async fn list(State(faults): State<Faults>) -> Response {
    let rules: Vec<Rule> = faults.with(|inner| {
        let rules = inner.rules.iter();
        rules.map(|armed| armed.rule.clone()).collect()
    });
    axum::Json(rules).into_response()
}

async fn clear(State(faults): State<Faults>) -> StatusCode {
    faults.with(|inner| *inner = Inner::default());
    StatusCode::NO_CONTENT
}

async fn replace(State(faults): State<Faults>, body: Body) -> Response {
    let parsed = match to_bytes(body, 1 << 20).await {
        Ok(bytes) => arm(&bytes),
        Err(error) => Err(error.to_string()),
    };
    match parsed {
        Ok(rules) => {
            faults.with(|inner| {
                *inner = Inner {
                    rules,
                    ..Inner::default()
                };
            });
            StatusCode::NO_CONTENT.into_response()
        }
        Err(cause) => (StatusCode::BAD_REQUEST, cause).into_response(),
    }
}

async fn set_clock(State(faults): State<Faults>, body: String) -> Response {
    match body.trim().parse() {
        Ok(seconds) => {
            faults.clock.set_ahead(seconds);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(_) => (StatusCode::BAD_REQUEST, "a number of seconds is wanted").into_response(),
    }
}

fn arm(json: &[u8]) -> Result<Vec<Armed>, String> {
    let rules: Vec<Rule> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    rules
        .into_iter()
        .map(|rule| {
            rule.check()?;
            let reads = rule.lag.as_ref().and_then(|lag| lag.reads.as_deref());
            reads.map(rule::glob).transpose()?;
            let path = rule.path.as_deref().map(rule::glob).transpose()?;
            Ok(Armed { rule, path })
        })
        .collect()
}

/// The dialect that a path belongs to, and the rest of the path.
fn parts(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("/api/")?;
    let parts = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    (parts.0 != "_faults").then_some(parts)
}

impl Faults {
    /// No rules yet. `freeze` keeps what is true for reads that are to lag behind.
    pub fn new(freeze: Freeze, clock: Clock) -> Self {
        Self {
            inner: Arc::default(),
            freeze,
            clock,
        }
    }

    fn with<T>(&self, look: impl FnOnce(&mut Inner) -> T) -> T {
        look(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The rule for this request, counted as used.
    fn take(&self, request: &Request) -> Option<Rule> {
        let (dialect, rest) = parts(request.uri().path())?;
        let method = request.method().as_str();
        let query = request.uri().query().unwrap_or_default();
        let has = |(name, part): (&String, &String)| {
            let value = request.headers().get(name);
            value.is_some_and(|value| String::from_utf8_lossy(value.as_bytes()).contains(part))
        };
        self.with(|inner| {
            let rules = &mut inner.rules;
            let fits = |armed: &Armed| {
                let rule = &armed.rule;
                let is = |wanted: &Option<String>, found: &str| {
                    wanted
                        .as_deref()
                        .is_none_or(|wanted| wanted.eq_ignore_ascii_case(found))
                };
                is(&rule.dialect, dialect)
                    && is(&rule.method, method)
                    && armed.path.as_ref().is_none_or(|glob| glob.is_match(rest))
                    && rule
                        .query
                        .as_deref()
                        .is_none_or(|part| query.contains(part))
                    && rule.header.iter().all(has)
            };
            let at = rules.iter().position(fits)?;
            let armed = rules.get_mut(at)?;
            if armed.rule.skip > 0 {
                armed.rule.skip -= 1;
                return None;
            }
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
        })
    }

    /// The answer of the service: of the present, or of the past where reads lag behind.
    async fn real(&self, request: Request, next: Next) -> Response {
        let past = parts(request.uri().path())
            .filter(|_| request.method() == Method::GET)
            .and_then(|(dialect, rest)| self.with(|inner| inner.lags.of(dialect, rest)));
        match past {
            // A router cannot fail.
            Some(router) => router
                .oneshot(afresh(request))
                .await
                .unwrap_or_else(|never| match never {}),
            None => next.run(request).await,
        }
    }

    /// Keeps the present for reads to come.
    async fn lag(&self, dialect: &str, lag: &Lag) -> Result<(), String> {
        let router = (self.freeze)().await?;
        self.with(|inner| inner.lags.begin(dialect, lag, router))
    }
}

/// The layer that makes the failures happen.
pub async fn inject(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    if request.headers().contains_key(PASS) {
        return next.run(request).await;
    }
    let Some(rule) = faults.take(&request) else {
        return faults.real(request, next).await;
    };
    tracing::info!("a fault was asked for");
    if rule.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(rule.delay_ms)).await;
    }
    if rule.drop_before {
        return reply::dropped();
    }
    match answered(&faults, &rule, request, next).await {
        Ok(response) => finished(&rule, response).await,
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause).into_response(),
    }
}

/// The request as it was before it was routed: another router would add its path's parts to those found.
fn afresh(request: Request) -> Request {
    let (mut head, body) = request.into_parts();
    let id = head.extensions.remove::<RequestId>();
    head.extensions.clear();
    if let Some(id) = id {
        head.extensions.insert(id);
    }
    Request::from_parts(head, body)
}

/// Carries the request out as far as the rule says, and gives the answer to begin with.
async fn answered(
    faults: &Faults,
    rule: &Rule,
    request: Request,
    next: Next,
) -> Result<Response, String> {
    let path = request.uri().path().to_owned();
    if let (Some(lag), Some((dialect, _))) = (&rule.lag, parts(&path)) {
        faults.lag(dialect, lag).await?;
    }
    let request = if rule.sent.is_empty() && rule.perform_after_ms.is_none() {
        request
    } else {
        as_sent(request, &rule.sent).await?
    };
    let Some(action) = &rule.action else {
        return Ok(faults.real(request, next).await);
    };
    if rule.perform || rule.drop_after {
        next.run(request).await;
    } else if let Some(ms) = rule.perform_after_ms {
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            next.run(request).await;
        });
    }
    reply::build(action, &path)
}

/// The request with its whole body, changed as the rule says: it can be carried out once its sender is gone.
async fn as_sent(request: Request, edits: &[Edit]) -> Result<Request, String> {
    let (mut head, body) = request.into_parts();
    let whole = to_bytes(body, 1 << 20)
        .await
        .map_err(|error| error.to_string())?;
    let body = match edit::edited(&whole, edits).filter(|_| !edits.is_empty()) {
        Some(changed) => {
            head.headers.remove(header::CONTENT_LENGTH);
            Body::from(changed)
        }
        None => Body::from(whole),
    };
    Ok(Request::from_parts(head, body))
}

/// What becomes of an answer on its way out.
async fn finished(rule: &Rule, mut response: Response) -> Response {
    if rule.drop_after {
        return reply::dropped();
    }
    if let Some(status) = rule
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
    {
        *response.status_mut() = status;
    }
    if !rule.edit.is_empty() {
        response = reply::edited(response, &rule.edit).await;
    }
    if let Some(length) = rule.truncate {
        response = reply::truncated(response, length).await;
    }
    if rule.no_cors || !rule.headers.is_empty() {
        let headers = reply::Headers::new(&rule.headers, rule.no_cors);
        response.extensions_mut().insert(headers);
    }
    response
}

/// The outermost layer: a fault's headers count after all that others set, and a clock that is off is off
/// in `Date` too.
pub async fn dress(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if faults.clock.is_off()
        && let Ok(date) = HeaderValue::from_str(&faults.clock.now().http_date())
    {
        response.headers_mut().insert(header::DATE, date);
    }
    if let Some(headers) = response.extensions().get::<reply::Headers>().cloned() {
        headers.apply(response.headers_mut());
    }
    response
}
