//! The browser's way of sending: fetch with a time limit. Also the browser's clock.
//!
//! Guarantees: one request is sent at most once; a reply that does not begin ends at the limit, and one
//! that never ends a minute later; a read whose future is dropped is ended, a write never. Must not know what a request is about, must
//! not retry, must not log.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use gloo_net::http::{Method as GlooMethod, RequestBuilder, Response};
use js_sys::{Promise, Reflect};
use steward_domain::time::Timestamp;
use steward_flows::{Clock, Interrupted, Transport};
use steward_providers::http::{HeaderValue, Method, Reply, Request};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::browser::clock::{self, Timer};

/// How long the body of a reply that has begun may take: 10,000 workspaces on a slow line.
const BODY_LIMIT_MS: u32 = 60_000;

/// Sends by `fetch`.
pub struct BrowserTransport;

impl Transport for BrowserTransport {
    fn send(
        &self,
        request: Request,
        limit_ms: u32,
    ) -> LocalBoxFuture<'static, Result<Reply, Interrupted>> {
        Box::pin(send(request, limit_ms))
    }
}

async fn send(request: Request, limit_ms: u32) -> Result<Reply, Interrupted> {
    let timed_out = Rc::new(Cell::new(false));
    let begun = begun_by_boot(&request).or_else(|| begin(&request));
    let (reply, abort) = begun.ok_or(Interrupted::Unreachable)?;
    // A write goes on: whether it took effect could not be told otherwise.
    let _awaited = (request.method == Method::Get).then(|| Awaited(abort.clone()));
    let limit = |limit_ms| {
        let (late, abort) = (Rc::clone(&timed_out), abort.clone());
        Timer::after(limit_ms, move || {
            late.set(true);
            abort.abort();
        })
    };
    let broken = |_| match timed_out.get() {
        true => Interrupted::TimedOut,
        false => Interrupted::Unreachable,
    };
    let begins = limit(limit_ms);
    let response = JsFuture::from(reply).await.map_err(broken)?;
    drop(begins);
    // A reply can also stop in the middle.
    let _ends = limit(BODY_LIMIT_MS);
    read(response).await.map_err(broken)
}

/// A reply that is awaited. Once nobody waits any more its request is ended.
struct Awaited(AbortController);

impl Drop for Awaited {
    fn drop(&mut self) {
        // Of no effect on a reply that is there.
        self.0.abort();
    }
}

/// A request that is under way, and what ends it.
type Begun = (Promise, AbortController);

fn begin(request: &Request) -> Option<Begun> {
    let abort = AbortController::new().ok()?;
    let mut builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => GlooMethod::GET,
            Method::Post => GlooMethod::POST,
            Method::Put => GlooMethod::PUT,
            Method::Patch => GlooMethod::PATCH,
            Method::Delete => GlooMethod::DELETE,
        })
        .abort_signal(Some(&abort.signal()));
    for (name, value) in &request.headers {
        let (HeaderValue::Plain(value) | HeaderValue::Secret(value)) = value;
        builder = builder.header(name, value);
    }
    let built = match &request.body {
        Some(body) => builder.body(body.as_str()),
        None => builder.build(),
    };
    // Sent by hand: gloo-net's own sending ends the page on a rejection that is no Error.
    let reply = web_sys::window()?.fetch_with_request(&built.ok()?.into());
    Some((reply, abort))
}

async fn read(reply: JsValue) -> Result<Reply, JsValue> {
    let response: web_sys::Response = reply.dyn_into()?;
    let response = Response::from(response);
    let headers = response.headers();
    Ok(Reply {
        status: response.status(),
        content_type: headers.get("content-type"),
        request_id: headers
            .get("request-id")
            .or_else(|| headers.get("x-request-id")),
        retry_after: headers.get("retry-after"),
        body: response.binary().await.map_err(|_| JsValue::NULL)?,
    })
}

/// The reply to a request that boot.js began while this module was still on its way. Given out
/// once, since whoever asks again wants a fresh answer, and only for the same credential, since
/// another person may have signed in meanwhile.
fn begun_by_boot(request: &Request) -> Option<Begun> {
    if request.method != Method::Get {
        return None;
    }
    let get = |from: &JsValue, name: &str| Reflect::get(from, &JsValue::from_str(name)).ok();
    let boot = get(&js_sys::global(), "steward")?;
    let begun: js_sys::Array = get(&boot, "first")?.dyn_into().ok()?;
    let at = begun.iter().position(|first| {
        let text = |name| get(&first, name).and_then(|text| text.as_string());
        let (url, by) = (text("url"), text("by"));
        let same = |value: &HeaderValue| matches!(value, HeaderValue::Secret(value) if by.as_ref() == Some(value));
        url.as_ref() == Some(&request.url) && request.headers.iter().any(|(_, value)| same(value))
    })?;
    let at = u32::try_from(at).ok()?;
    let first = begun.get(at);
    begun.set(at, JsValue::NULL);
    let reply = get(&first, "reply")?.dyn_into().ok()?;
    Some((reply, get(&first, "abort")?.dyn_into().ok()?))
}

/// The browser's clock and its chance.
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(clock::now())
    }

    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()> {
        Box::pin(clock::sleep(millis))
    }

    fn chance(&self) -> f64 {
        js_sys::Math::random()
    }
}
