//! The browser's way of sending: fetch with a time limit. Also the browser's clock.
//!
//! Guarantees: one request is sent at most once; a reply that never comes ends at the limit. Must
//! not know what a request is about, must not retry, must not log.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use gloo_net::http::{Method as GlooMethod, RequestBuilder, Response};
use js_sys::Reflect;
use steward_domain::time::Timestamp;
use steward_flows::{Clock, Interrupted, Transport};
use steward_providers::http::{HeaderValue, Method, Reply, Request};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::browser::clock::{self, Timer};

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
    let interrupted = {
        let timed_out = Rc::clone(&timed_out);
        move || {
            if timed_out.get() {
                Interrupted::TimedOut
            } else {
                Interrupted::Unreachable
            }
        }
    };
    let abort = AbortController::new().map_err(|_| Interrupted::Unreachable)?;
    let signal = abort.signal();
    let _limit = Timer::after(limit_ms, move || {
        timed_out.set(true);
        // Without a reason of our own: gloo-net panics on rejections that are no Error.
        abort.abort();
    });

    let response = match begun_by_boot(&request) {
        Some(promise) => JsFuture::from(promise)
            .await
            .ok()
            .and_then(|value| value.dyn_into::<web_sys::Response>().ok())
            .map(Response::from)
            .ok_or_else(&interrupted)?,
        None => {
            let mut builder = RequestBuilder::new(&request.url)
                .method(match request.method {
                    Method::Get => GlooMethod::GET,
                    Method::Post => GlooMethod::POST,
                    Method::Patch => GlooMethod::PATCH,
                    Method::Delete => GlooMethod::DELETE,
                })
                .abort_signal(Some(&signal));
            for (name, value) in &request.headers {
                let (HeaderValue::Plain(value) | HeaderValue::Secret(value)) = value;
                builder = builder.header(name, value);
            }
            let built = match request.body {
                Some(body) => builder.body(body),
                None => builder.build(),
            };
            let built = built.map_err(|_| Interrupted::Unreachable)?;
            built.send().await.map_err(|_| interrupted())?
        }
    };

    let headers = response.headers();
    Ok(Reply {
        status: response.status(),
        content_type: headers.get("content-type"),
        request_id: headers
            .get("request-id")
            .or_else(|| headers.get("x-request-id")),
        retry_after: headers.get("retry-after"),
        body: response.binary().await.map_err(|_| interrupted())?,
    })
}

/// The reply to a request that boot.js began while this module was still on its way. Given out
/// once: whoever asks again wants a fresh answer.
fn begun_by_boot(request: &Request) -> Option<js_sys::Promise> {
    if request.method != Method::Get {
        return None;
    }
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("steward")).ok()?;
    let first = Reflect::get(&boot, &JsValue::from_str("first")).ok()?;
    let url = Reflect::get(&first, &JsValue::from_str("url")).ok()?;
    if url.as_string()? != request.url {
        return None;
    }
    Reflect::set(&boot, &JsValue::from_str("first"), &JsValue::NULL).ok()?;
    Reflect::get(&first, &JsValue::from_str("reply"))
        .ok()?
        .dyn_into()
        .ok()
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
