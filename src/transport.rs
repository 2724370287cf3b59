//! The browser's way of sending: fetch with a time limit. Also the browser's clock.
//!
//! Guarantees: one request is sent at most once; a reply that does not begin ends at the limit, and one
//! that never ends a minute later; a read whose future is dropped is ended, a write never. No cache
//! stands in for a service, whatever headers its replies carry, and no redirect for its answer. A
//! credential and a body never follow a redirect to another origin. Must not know what a request is
//! about, must not retry, must not log.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use gloo_net::http::{Method as GlooMethod, RequestBuilder, Response};
use js_sys::{Promise, Reflect};
use steward_domain::reach::Heard;
use steward_domain::time::Timestamp;
use steward_flows::{Clock, Interrupted, Transport};
use steward_providers::http::{HeaderValue, Method, Reply, Request};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestMode, RequestRedirect, ResponseType,
};

use crate::browser::clock::{self, Timer};
use crate::browser::page;

/// How long the body of a reply that has begun may take: 10,000 workspaces on a slow line.
const BODY_LIMIT_MS: u32 = 60_000;

/// How old a request that boot.js began may be when its reply is taken, in milliseconds: three times
/// the slowest start that was measured. A page that was asleep meanwhile asks anew.
const EARLY_MS: f64 = 15_000.0;

/// How long is waited for a sign of life.
const PROBE_MS: u32 = 5_000;

/// What is known of the way to a service. Copies are handles to the same.
#[derive(Clone, Default)]
pub struct WayOf(Rc<Cell<Heard>>);

impl WayOf {
    /// Whether it has answered in a way that the page may read.
    #[must_use]
    pub fn heard(&self) -> Heard {
        self.0.get()
    }

    fn note(&self, reply: &Result<Reply, Interrupted>) {
        let heard = match (reply, self.0.get()) {
            (Ok(_), _) => Heard::Since,
            (Err(Interrupted::Unreachable), Heard::Since) => Heard::Before,
            (Err(_), heard) => heard,
        };
        self.0.set(heard);
    }
}

thread_local! {
    /// Who is told of each answer.
    static TOLD: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Has each answer of any service told from now on, in place of whoever was told before.
pub fn on_answer(tell: Rc<dyn Fn()>) {
    let before = TOLD.with_borrow_mut(|told| told.replace(tell));
    drop(before);
}

/// Sends by `fetch`.
#[derive(Default)]
pub struct BrowserTransport {
    /// Takes note of the answers.
    pub way: WayOf,
}

impl Transport for BrowserTransport {
    fn send(
        &self,
        request: Request,
        limit_ms: u32,
    ) -> LocalBoxFuture<'static, Result<Reply, Interrupted>> {
        let way = self.way.clone();
        Box::pin(async move {
            let reply = send(request, limit_ms).await;
            way.note(&reply);
            if reply.is_ok() {
                let told = TOLD.with_borrow(Clone::clone);
                if let Some(told) = told {
                    told();
                }
            }
            reply
        })
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
    let response: web_sys::Response = response.dyn_into().map_err(broken)?;
    if response.redirected() || response.type_() == ResponseType::Opaqueredirect {
        return Err(Interrupted::Redirected);
    }
    // A reply can also stop in the middle.
    let _ends = limit(BODY_LIMIT_MS);
    read(response).await.map_err(broken)
}

/// Whether an address is of the page's own origin. One without a host is.
#[must_use]
pub fn is_own(url: &str) -> bool {
    let origin = page::origin();
    let within = url.strip_prefix(&origin).filter(|_| !origin.is_empty());
    url.starts_with('/') && !url.starts_with("//")
        || within.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether anything answers at an address, whatever it says. Neither a credential nor a cookie is sent,
/// and nothing of the answer is looked at.
pub async fn answers(url: &str) -> bool {
    let Ok(abort) = AbortController::new() else {
        return false;
    };
    // A browser lets nobody hold a redirect back who asks without being allowed to read.
    let (mode, redirect) = match is_own(url) {
        true => (RequestMode::SameOrigin, RequestRedirect::Manual),
        false => (RequestMode::NoCors, RequestRedirect::Follow),
    };
    let built = RequestBuilder::new(url)
        .mode(mode)
        .redirect(redirect)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .abort_signal(Some(&abort.signal()))
        .build();
    let begun = built
        .ok()
        .and_then(|built| Some(web_sys::window()?.fetch_with_request(&built.into())));
    let Some(reply) = begun else {
        return false;
    };
    let ends = abort.clone();
    let _late = Timer::after(PROBE_MS, move || ends.abort());
    let answered = JsFuture::from(reply).await.is_ok();
    // What would come after the beginning is of no interest.
    abort.abort();
    answered
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
    // A read's redirect is held back. A write's is followed within the own origin, so that one which
    // keeps method and body works; elsewhere a browser would hand a key of a service's own header, or
    // a password, to whatever origin the redirect names.
    let (mode, redirect) = match (is_own(&request.url), request.method) {
        (true, Method::Get) => (RequestMode::SameOrigin, RequestRedirect::Manual),
        (true, _) => (RequestMode::SameOrigin, RequestRedirect::Follow),
        (false, _) => (RequestMode::Cors, RequestRedirect::Manual),
    };
    let mut builder = RequestBuilder::new(&request.url)
        .mode(mode)
        .redirect(redirect)
        .cache(RequestCache::NoStore)
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

async fn read(response: web_sys::Response) -> Result<Reply, JsValue> {
    let response = Response::from(response);
    let headers = response.headers();
    Ok(Reply {
        status: response.status(),
        content_type: headers.get("content-type"),
        request_id: headers
            .get("request-id")
            .or_else(|| headers.get("x-request-id")),
        retry_after: headers.get("retry-after"),
        retry_after_ms: headers.get("retry-after-ms"),
        date: headers.get("date"),
        received: Some(BrowserClock.now()),
        body: response.binary().await.map_err(|_| JsValue::NULL)?,
    })
}

/// The reply to a request that boot.js began while this module was still on its way. Given out
/// once, since whoever asks again wants a fresh answer, only for the same credential, since another
/// person may have signed in meanwhile, and only while it is young. By the clock that runs on while a
/// computer sleeps; one that was set back makes it old.
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
    let abort: AbortController = get(&first, "abort")?.dyn_into().ok()?;
    let age = get(&first, "at").and_then(|at| Some(clock::now() - at.as_f64()?));
    if age.is_none_or(|age| !(0.0..=EARLY_MS).contains(&age)) {
        abort.abort();
        return None;
    }
    Some((reply, abort))
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
