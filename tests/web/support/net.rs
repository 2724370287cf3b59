//! The network of a test: a `fetch` that answers from a [`World`], or as the test says, and
//! remembers every request. Answers are genuine responses; what is rejected is a genuine error, as
//! a browser's own `fetch` does it. An answer can be held back to look at the state in between.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, pending, select};
use js_sys::Promise;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::world::World;
use super::{cast, get, js, swap};

/// What a request is answered with.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Option<String>,
    /// The connection breaks instead.
    lost: bool,
    /// It is a redirect, or came by one.
    by: Option<By>,
}

/// How a redirect shows.
#[derive(Clone, Copy, Debug)]
enum By {
    /// It was held back.
    Held,
    /// It was followed, and this is what it led to.
    Followed,
}

impl Reply {
    /// Without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
            lost: false,
            by: None,
        }
    }

    /// A redirect that the browser holds back, as who asks so is shown it.
    pub fn held_redirect() -> Self {
        Self {
            by: Some(By::Held),
            ..Self::empty(0)
        }
    }

    /// This, where a redirect that was followed has led to.
    pub fn after_redirect(self) -> Self {
        Self {
            by: Some(By::Followed),
            ..self
        }
    }

    /// With any body.
    pub fn text(status: u16, media_type: &str, body: &str) -> Self {
        Self {
            body: Some(body.to_owned()),
            ..Self::empty(status)
        }
        .header("content-type", media_type)
    }

    /// With a JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", &body.to_string())
    }

    /// The error body of the contract.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let doc_url = format!("https://docs.altostrat.io/errors/{code}");
        let body = serde_json::json!({
            "type": "invalid_request_error", "code": code, "message": message, "doc_url": doc_url,
        });
        Self::json(status, &body)
    }

    /// No answer: the connection breaks.
    pub fn lost() -> Self {
        Self {
            lost: true,
            ..Self::empty(0)
        }
    }

    /// With one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a header.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    fn give(self) -> Result<JsValue, JsValue> {
        if self.lost {
            return Err(js("", "return new TypeError('Failed to fetch')", &[]));
        }
        let headers: js_sys::Array = self
            .headers
            .iter()
            .map(|(name, value)| js_sys::Array::of2(&name.into(), &value.into()))
            .collect();
        let body = self.body.map_or(JsValue::NULL, JsValue::from);
        let make = match self.by {
            None => "return new Response(body, { status, headers })",
            // Only a browser makes these. They are told by their properties.
            Some(By::Held) => {
                "return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })"
            }
            Some(By::Followed) => {
                "return Object.defineProperty(new Response(body, { status, headers }), 'redirected', { value: true })"
            }
        };
        Ok(js(
            "body, status, headers",
            make,
            &[&body, &self.status.into(), &headers],
        ))
    }
}

/// A request that was made.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Its headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body, if it has one.
    pub body: String,
    /// Its origin.
    pub origin: String,
    /// What it asks of the browser: cache, redirect, mode and credentials, in its words.
    pub asks: [String; 4],
}

struct Rule {
    method: &'static str,
    /// The path, with any query unless it names one; `*` at the start stands for anything before.
    path: String,
    left: usize,
    answer: Answer,
}

#[derive(Clone)]
enum Answer {
    Reply(Reply),
    Hold(Held),
}

type Waiting = oneshot::Sender<Option<Reply>>;

/// Requests whose answers are held back.
#[derive(Clone, Default)]
pub struct Held(Rc<RefCell<VecDeque<Waiting>>>);

impl Held {
    /// How many are waiting.
    pub fn waiting(&self) -> usize {
        self.0.borrow_mut().retain(|waiting| !waiting.is_canceled());
        self.0.borrow().len()
    }

    /// Answers the one that waits longest.
    pub fn reply(&self, reply: Reply) {
        self.first().send(Some(reply)).unwrap();
    }

    /// Lets the world answer the one that waits longest.
    pub fn pass(&self) {
        self.first().send(None).unwrap();
    }

    fn first(&self) -> Waiting {
        assert!(self.waiting() > 0, "no request is waiting");
        self.0.borrow_mut().pop_front().unwrap()
    }
}

#[derive(Default)]
struct State {
    world: World,
    rules: Vec<Rule>,
    requests: Vec<Request>,
    /// The test has ended.
    over: bool,
}

/// The network. Gone with it is only what it stands for: the former `fetch` comes back.
pub struct Net {
    state: Rc<RefCell<State>>,
    former: JsValue,
    _fetch: Closure<dyn FnMut(JsValue, JsValue) -> Promise>,
}

impl Net {
    /// Takes the place of the browser's network.
    pub fn new(world: World) -> Self {
        let state = Rc::new(RefCell::new(State {
            world,
            ..State::default()
        }));
        let fetch = {
            let state = Rc::clone(&state);
            Closure::new(move |input: JsValue, init: JsValue| fetch(&state, &input, &init))
        };
        let function: &JsValue = fetch.as_ref();
        let former = swap(&js_sys::global(), "fetch", function);
        Self {
            state,
            former,
            _fetch: fetch,
        }
    }

    /// Answers such requests like this from now on.
    pub fn on(&self, method: &'static str, path: &str, reply: Reply) {
        self.rule(method, path, usize::MAX, Answer::Reply(reply));
    }

    /// Answers the next such request like this.
    pub fn once(&self, method: &'static str, path: &str, reply: Reply) {
        self.rule(method, path, 1, Answer::Reply(reply));
    }

    /// Holds such requests back from now on.
    pub fn hold(&self, method: &'static str, path: &str) -> Held {
        let held = Held::default();
        self.rule(method, path, usize::MAX, Answer::Hold(held.clone()));
        held
    }

    /// Answers everything from the world again.
    pub fn as_usual(&self) {
        self.state.borrow_mut().rules.clear();
    }

    fn rule(&self, method: &'static str, path: &str, left: usize, answer: Answer) {
        let path = path.to_owned();
        self.state.borrow_mut().rules.insert(
            0,
            Rule {
                method,
                path,
                left,
                answer,
            },
        );
    }

    /// Changes the world behind the app's back.
    pub fn change(&self, change: impl FnOnce(&mut World)) {
        change(&mut self.state.borrow_mut().world);
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state.borrow().requests.clone()
    }

    /// How many such requests were made so far.
    pub fn count(&self, method: &str, path: &str) -> usize {
        let requests = &self.state.borrow().requests;
        requests
            .iter()
            .filter(|request| request.method == method && fits(path, &request.path))
            .count()
    }

    /// The requests that could change something at the service.
    pub fn writes(&self) -> Vec<Request> {
        let all = self.requests().into_iter();
        all.filter(|request| {
            request.method != "GET" && request.path.starts_with(super::world::LIST)
        })
        .collect()
    }

    /// Forgets the requests so far.
    pub fn forget(&self) {
        self.state.borrow_mut().requests.clear();
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        self.state.borrow_mut().over = true;
        swap(&js_sys::global(), "fetch", &self.former);
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(end) => path.ends_with(end),
        None => {
            pattern == path
                || path
                    .split_once('?')
                    .is_some_and(|(path, _)| pattern == path)
        }
    }
}

fn fetch(state: &Rc<RefCell<State>>, input: &JsValue, init: &JsValue) -> Promise {
    let request = js(
        "input, init",
        "return new Request(input, init)",
        &[input, init],
    );
    let method = get(&request, "method").as_string().unwrap();
    let read = "const url = new URL(request.url); return url.pathname + url.search";
    let path = js("request", read, &[&request]).as_string().unwrap();
    let origin = js("request", "return new URL(request.url).origin", &[&request]);
    let asks = ["cache", "redirect", "mode", "credentials"]
        .map(|name| get(&request, name).as_string().unwrap());
    let headers = js(
        "request",
        "return JSON.stringify([...request.headers])",
        &[&request],
    );
    let headers: Vec<(String, String)> =
        serde_json::from_str(&headers.as_string().unwrap()).unwrap();
    let number = {
        let requests = &mut state.borrow_mut().requests;
        let (method, path) = (method.clone(), path.clone());
        let headers = headers.into_iter().collect();
        requests.push(Request {
            method,
            path,
            headers,
            body: String::new(),
            origin: origin.as_string().unwrap(),
            asks,
        });
        requests.len() - 1
    };
    let state = Rc::clone(state);
    future_to_promise(async move {
        let text: Promise = cast(js("request", "return request.text()", &[&request]));
        let body = JsFuture::from(text).await?.as_string().unwrap();
        if let Some(noted) = state.borrow_mut().requests.get_mut(number) {
            noted.body.clone_from(&body);
        }
        let held = match state.borrow_mut().rule_for(&method, &path) {
            Some(Answer::Reply(reply)) => return reply.give(),
            Some(Answer::Hold(held)) => Some(held),
            None => None,
        };
        if let Some(held) = held {
            let (give, answer) = oneshot::channel();
            held.0.borrow_mut().push_back(give);
            let end = select(answer, aborted(&request)).await;
            // What was held back when the test ended never ends: an app that is gone would try
            // again, at the network of the next test.
            if state.borrow().over {
                return pending().await;
            }
            match end {
                Either::Left((Ok(Some(reply)), _)) => return reply.give(),
                Either::Left((Ok(None), _)) => {}
                Either::Left((Err(_), _)) => return pending().await,
                Either::Right((reason, _)) => return Err(reason.unwrap_err()),
            }
        }
        let reply = state.borrow_mut().world.answer(&method, &path, &body);
        reply.give()
    })
}

/// Rejects with the signal's own reason once the request is given up.
fn aborted(request: &JsValue) -> JsFuture {
    let wait = "const signal = request.signal; return new Promise((_, no) => \
        signal.aborted ? no(signal.reason) : signal.addEventListener('abort', () => no(signal.reason)))";
    JsFuture::from(cast::<Promise>(js("request", wait, &[request])))
}

impl State {
    fn rule_for(&mut self, method: &str, path: &str) -> Option<Answer> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.left > 0 && rule.method == method && fits(&rule.path, path))?;
        rule.left -= 1;
        Some(rule.answer.clone())
    }
}
