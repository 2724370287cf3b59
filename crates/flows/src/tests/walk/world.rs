//! The service of the walk: workspaces in memory behind the transport, speaking Altostrat's
//! dialect, with another person changing them and a network that fails in every way it can.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use serde_json::{Map, Value, json};
use steward_domain::time::Timestamp;
use steward_providers::http::{Reply, Request};

use super::dice::Dice;
use super::truth::{Ending, MODES, NAMES, ROLES, TEXTS, Truth, USERS, list};
use crate::clock::Clock;
use crate::testing::SimulatedClock;
use crate::transport::{Interrupted, Transport};

/// What one intent did to the service, and what the service last showed of it.
#[derive(Default)]
pub(super) struct Trail {
    /// Requests that could change something.
    pub(super) writes: usize,
    /// Where they went.
    pub(super) addresses: Vec<String>,
    /// Bodies of those, as `(member, text)`; an absent text is `null`.
    pub(super) bodies: Vec<Vec<(String, Option<String>)>>,
    /// Whether one of them took effect.
    pub(super) applied: bool,
    /// The workspace as a reply showed it last.
    pub(super) shown: Option<Truth>,
    /// The same when the change left.
    pub(super) before: Option<Truth>,
    /// The list as a reply showed it last.
    pub(super) listed: Option<Vec<Truth>>,
    /// The same list, as a reply to a question for buckets or repositories showed it last.
    pub(super) stored: Option<Vec<Truth>>,
    /// What was made.
    pub(super) made: Option<String>,
    /// Whether it was carried out otherwise than it was sent.
    pub(super) otherwise: bool,
}

/// A change that the service has accepted and not carried out yet.
struct Late {
    due: Timestamp,
    method: String,
    path: String,
    body: String,
}

pub(super) struct State {
    pub(super) truths: Vec<Truth>,
    pub(super) trail: Trail,
    /// Intents, replies, faults and changes by somebody else so far.
    pub(super) steps: usize,
    /// How often requests fail: one in so many.
    pub(super) one_in: usize,
    next_id: usize,
    /// Whether a cancelling ends a subscription at once. Otherwise it runs to the end of its period.
    pub(super) cancels_at_once: bool,
    /// Whether lists of buckets are everybody's, whichever were asked for.
    pub(super) ignores_filters: bool,
    late: Vec<Late>,
    /// What reading shows in place of what is true, and until when.
    stale: Option<(Timestamp, Vec<Truth>)>,
    /// The refresh token that is good.
    pub(super) token: usize,
}

/// The service. Cheap to clone; clones are one service.
#[derive(Clone)]
pub(super) struct World {
    pub(super) state: Rc<RefCell<State>>,
    pub(super) dice: Dice,
    clock: SimulatedClock,
}

/// What a request meets.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fault {
    LostBefore,
    LostAfter,
    TimedOutBefore,
    TimedOutAfter,
    Status(u16),
    BrokeBefore(u16),
    BrokeAfter(u16),
    Limited(&'static str),
    Portal,
    Odd(&'static str),
    Cut,
    RedirectedBefore,
    RedirectedAfter,
    /// A refusal under a success status.
    Inside(&'static str),
    /// Another workspace than was asked for, in place of this one.
    Another,
    /// 202, and carried out so many seconds later, or never.
    Accepted(Option<i64>),
    /// Carried out, and for so many seconds reading shows what was before.
    Lag(i64),
    /// Carried out with the name cut to its first letter.
    NotAsSent,
}

const FAULTS: [Fault; 46] = [
    Fault::RedirectedBefore,
    Fault::RedirectedAfter,
    Fault::Inside(r#"{"type":"error","error":{"type":"policy","message":"No."}}"#),
    Fault::Inside(r#"{"success":false,"message":"No."}"#),
    Fault::Another,
    Fault::Accepted(Some(3)),
    Fault::Accepted(Some(40)),
    Fault::Accepted(None),
    Fault::Lag(1),
    Fault::Lag(20),
    // Few requests can meet this one.
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::NotAsSent,
    Fault::LostBefore,
    Fault::LostAfter,
    Fault::TimedOutBefore,
    Fault::TimedOutAfter,
    Fault::Status(400),
    Fault::Status(401),
    Fault::Status(403),
    Fault::Status(404),
    Fault::Status(409),
    Fault::Status(412),
    Fault::Status(413),
    Fault::Status(422),
    Fault::Status(428),
    Fault::BrokeBefore(500),
    Fault::BrokeAfter(500),
    Fault::BrokeBefore(503),
    Fault::BrokeAfter(504),
    Fault::Limited("2"),
    Fault::Limited("90"),
    Fault::Limited("soon"),
    Fault::Portal,
    Fault::Odd(""),
    Fault::Odd("<html>"),
    Fault::Odd("[1]"),
    Fault::Cut,
];

impl World {
    pub(super) fn new(dice: &Dice, clock: &SimulatedClock) -> Self {
        let mut state = State {
            truths: Vec::new(),
            trail: Trail::default(),
            steps: 0,
            one_in: 3,
            next_id: 0,
            cancels_at_once: dice.is(2),
            ignores_filters: dice.is(4),
            late: Vec::new(),
            stale: None,
            token: 0,
        };
        for _ in 0..3 {
            let name = dice.one(&NAMES);
            state.make(name, "", "single");
        }
        Self {
            state: Rc::new(RefCell::new(state)),
            dice: dice.clone(),
            clock: clock.clone(),
        }
    }

    /// Somebody else does something. What has just been made is nobody else's yet.
    pub(super) fn somebody_else(&self) {
        let (dice, mut state) = (&self.dice, self.state.borrow_mut());
        state.steps += 1;
        let made = state.trail.made.clone();
        let crowd = state.truths.len();
        let mut others = state.truths.iter_mut();
        let mine = |one: &&mut Truth| Some(&one.id) == made.as_ref();
        let Some(truth) = others
            .nth(dice.below(crowd.max(1)))
            .filter(|one| !mine(one))
        else {
            return;
        };
        let id = truth.id.clone();
        match dice.below(16) {
            12 => truth
                .subscriptions
                .iter_mut()
                .for_each(|row| row.is_over = true),
            13 => truth.buckets.clear(),
            14 | 15 => state.stand(&id),
            0..=3 => truth.name = dice.one(&NAMES).to_owned(),
            4..=7 => truth.description = dice.one(&TEXTS).to_owned(),
            8 => truth.archived = true,
            9 if crowd > 3 => {
                state.truths.retain(|one| one.id != id);
            }
            10 if crowd < 6 => {
                state.make(dice.one(&NAMES), "", dice.one(&MODES));
            }
            _ => {
                let user = dice.one(&USERS);
                truth.members.retain(|(other, _)| other != user);
                if dice.is(2) {
                    let role = dice.one(&ROLES).to_owned();
                    truth.members.push((user.to_owned(), role));
                }
            }
        }
    }
}

impl State {
    fn make(&mut self, name: &str, description: &str, billing: &str) -> String {
        self.next_id += 1;
        let id = ["ws_", &self.next_id.to_string()].concat();
        self.truths.push(Truth {
            id: id.clone(),
            name: name.to_owned(),
            description: description.to_owned(),
            billing: billing.to_owned(),
            archived: false,
            members: vec![("me".to_owned(), "owner".to_owned())],
            subscriptions: Vec::new(),
            buckets: Vec::new(),
        });
        self.stand(&id);
        id
    }

    /// Has something more stand in the way of archiving it.
    pub(super) fn stand(&mut self, id: &str) {
        self.next_id += 1;
        let row = |kind: &str| Ending {
            id: [kind, &self.next_id.to_string()].concat(),
            is_over: false,
        };
        let (subscription, bucket) = (row("sub_"), row("b_"));
        if let Some(truth) = self.truths.iter_mut().find(|truth| truth.id == id) {
            for (rows, row) in [
                (&mut truth.subscriptions, subscription),
                (&mut truth.buckets, bucket),
            ] {
                // What was over long ago is not listed for ever.
                rows.retain(|row| !row.is_over);
                rows.truncate(3);
                rows.push(row);
            }
        }
    }

    /// Does what a request asks for; the status and the body of the answer.
    fn answer(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        if method == "GET"
            && let Some((_, stale)) = &self.stale
        {
            let now = std::mem::replace(&mut self.truths, stale.clone());
            let answer = self.answer_now(method, path, body);
            self.truths = now;
            return answer;
        }
        self.answer_now(method, path, body)
    }

    /// Carries out what is due, without anybody being told.
    fn catch_up(&mut self, now: Timestamp) {
        self.stale.take_if(|(until, _)| *until <= now);
        while let Some(at) = self.late.iter().position(|late| late.due <= now) {
            let late = self.late.remove(at);
            let trail = std::mem::take(&mut self.trail);
            self.answer_now(&late.method, &late.path, &late.body);
            self.trail = trail;
        }
    }

    fn answer_now(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        if path == "/token" {
            return self.renew(body);
        }
        if let Some(path) = path.strip_prefix("/flash/") {
            return self.store(method, path);
        }
        let path = path.strip_prefix("/api/workspaces").unwrap();
        let turns: Vec<&str> = path.split('/').filter(|turn| !turn.is_empty()).collect();
        let text = |name: &str| {
            let found = object(body).remove(name)?;
            found.as_str().map(ToOwned::to_owned)
        };
        let [id, rest @ ..] = turns.as_slice() else {
            if method == "GET" {
                self.trail.listed = Some(self.truths.clone());
                return (200, list(self.truths.iter().map(Truth::json)));
            }
            let (description, mode) = (text("description"), text("billing_mode"));
            let (name, description) = (text("name").unwrap(), description.unwrap_or_default());
            let id = self.make(&name, &description, &mode.unwrap());
            self.trail.applied = true;
            self.trail.made = Some(id);
            return (201, self.truths.last().unwrap().json());
        };
        let Some(truth) = self.truths.iter_mut().find(|truth| truth.id == *id) else {
            return (404, String::new());
        };
        match (method, rest) {
            ("GET", []) => {}
            ("GET", ["billing-accounts"]) => return (200, truth.payer_list()),
            ("GET", ["organizations"]) => return (200, list([].into_iter())),
            ("GET", ["billing-accounts", payer, ..]) if *payer != truth.payer() => {
                return (404, String::new());
            }
            ("GET", ["billing-accounts", ..]) => {
                self.trail.shown = Some(truth.clone());
                return (200, truth.subscription_list());
            }
            ("GET", _) => {
                self.trail.shown = Some(truth.clone());
                return (200, truth.member_list());
            }
            _ if truth.archived => return (409, String::new()),
            ("PATCH", []) => {
                self.trail.applied = true;
                for (name, text) in fields(body) {
                    match name.as_str() {
                        "name" => truth.name = text.unwrap(),
                        _ => truth.description = text.unwrap_or_default(),
                    }
                }
            }
            ("DELETE", ["billing-accounts", _, _, id]) => {
                let mut rows = truth.subscriptions.iter_mut();
                let Some(row) = rows.find(|row| row.id == *id) else {
                    return (404, String::new());
                };
                // Otherwise at the end of its period, of which nothing shows.
                row.is_over |= self.cancels_at_once;
                self.trail.applied = true;
                return (204, String::new());
            }
            ("DELETE", []) => {
                truth.archived = true;
                self.trail.applied = true;
                return (204, String::new());
            }
            (_, [_, user @ ..]) => {
                let user = user
                    .first()
                    .map_or_else(|| text("user_id"), |id| Some((*id).into()));
                let user = user.unwrap();
                truth.members.retain(|(other, _)| *other != user);
                if method != "DELETE" {
                    truth.members.push((user, text("role").unwrap()));
                }
                self.trail.applied = true;
                return (200, "{}".to_owned());
            }
            _ => return (405, String::new()),
        }
        self.trail.shown = Some(truth.clone());
        (200, truth.json())
    }

    /// Buckets, at the service that has them: listed, or one deleted.
    fn store(&mut self, method: &str, path: &str) -> (u16, String) {
        let listed = |rows: &[String]| {
            let rows = rows.join(",");
            let both = [r#"{"success":true,"repos":[],"buckets":["#, &rows, "]}"];
            (200, both.concat())
        };
        if method == "GET" {
            self.trail.stored = Some(self.truths.clone());
            let asked = path.rsplit('=').next().unwrap();
            let of = |truth: &&Truth| self.ignores_filters || truth.id == asked;
            let rows = self.truths.iter().filter(of).flat_map(Truth::bucket_rows);
            return listed(&rows.collect::<Vec<_>>());
        }
        let id = path.strip_prefix("bucket/").unwrap();
        let mut all = self.truths.iter_mut().flat_map(|truth| &mut truth.buckets);
        let Some(row) = all.find(|row| row.id == id && !row.is_over) else {
            let words = r#"{"success":false,"message":"Bucket not found"}"#;
            return (404, words.to_owned());
        };
        row.is_over = true;
        self.trail.applied = true;
        (200, r#"{"success":true}"#.to_owned())
    }

    /// Services that rotate tokens take a second use for theft.
    fn renew(&mut self, body: &str) -> (u16, String) {
        let good = ["refresh_token=r", &self.token.to_string()].concat();
        if !body.split('&').any(|pair| pair == good) {
            return (400, "{\"error\":\"invalid_grant\"}".to_owned());
        }
        self.token += 1;
        self.trail.applied = true;
        let next = format!("r{}", self.token);
        let granted = json!({"access_token": "a", "token_type": "Bearer", "refresh_token": next});
        (200, granted.to_string())
    }
}

fn object(body: &str) -> Map<String, Value> {
    serde_json::from_str(body).unwrap()
}

/// The members of a body that makes a change.
pub(super) fn fields(body: &str) -> Vec<(String, Option<String>)> {
    let mut found = object(body);
    let names = ["name", "description", "billing_mode"].into_iter();
    names
        .filter_map(|name| {
            let text = found.remove(name)?.as_str().map(ToOwned::to_owned);
            Some((name.to_owned(), text))
        })
        .collect()
}

impl Transport for World {
    fn send(
        &self,
        request: Request,
        limit_ms: u32,
    ) -> LocalBoxFuture<'static, Result<Reply, Interrupted>> {
        let world = self.clone();
        async move { world.carried(&request, limit_ms) }.boxed_local()
    }
}

impl World {
    fn carried(&self, request: &Request, limit_ms: u32) -> Result<Reply, Interrupted> {
        let (dice, method) = (&self.dice, request.method.as_str());
        let body = request.body.clone().unwrap_or_default();
        {
            let trail = &mut self.state.borrow_mut().trail;
            if method != "GET" {
                trail.writes += 1;
                trail.addresses.push(request.url.clone());
                if method == "PATCH" && !request.url.contains("/members") {
                    trail.bodies.push(fields(&body));
                    trail.before.clone_from(&trail.shown);
                }
            }
        }
        if dice.is(6) {
            self.somebody_else();
        }
        let one_in = self.state.borrow().one_in;
        let fault = dice.is(one_in).then(|| dice.one(&FAULTS));
        self.state.borrow_mut().steps += 1;
        let lost = |kind| {
            self.clock.advance(if kind == Interrupted::TimedOut {
                limit_ms
            } else {
                5
            });
            Err(kind)
        };
        let now = self.clock.now();
        self.state.borrow_mut().catch_up(now);
        let is_write = method != "GET" && request.url != "/token";
        let is_save = method == "PATCH" && !request.url.contains("/members");
        // What cannot happen to this request does not.
        let fault = fault.filter(|fault| match fault {
            Fault::Accepted(_) | Fault::Lag(_) => is_write,
            Fault::NotAsSent => is_save && body.contains("\"name\""),
            Fault::Another => {
                let is_one = method == "GET" && request.url.matches('/').count() == 3;
                is_save || is_one || request.url.contains("/subscriptions")
            }
            _ => true,
        });
        match fault {
            Some(Fault::RedirectedBefore) => return lost(Interrupted::Redirected),
            Some(Fault::Inside(body)) => return Ok(replied(200, body)),
            Some(Fault::Another) => {
                let state = self.state.borrow();
                let mut others = state.truths.iter();
                let is_list = request.url.ends_with("/subscriptions");
                let other = others.find(|one| match is_list {
                    true => !request.url.contains(&one.payer()),
                    false => !request.url.ends_with(&one.id),
                });
                let shown = match is_list {
                    true => Truth::subscription_list,
                    false => Truth::json,
                };
                return Ok(replied(200, &other.map(shown).unwrap_or_default()));
            }
            Some(Fault::Accepted(after)) => {
                if let Some(after) = after {
                    self.state.borrow_mut().late.push(Late {
                        due: now.plus_seconds(after),
                        method: method.to_owned(),
                        path: request.url.clone(),
                        body,
                    });
                }
                return Ok(replied(202, ""));
            }
            Some(Fault::Lag(seconds)) => {
                let mut state = self.state.borrow_mut();
                state.stale = Some((now.plus_seconds(seconds), state.truths.clone()));
            }
            Some(Fault::LostBefore) => return lost(Interrupted::Unreachable),
            Some(Fault::TimedOutBefore) => return lost(Interrupted::TimedOut),
            Some(Fault::Status(status) | Fault::BrokeBefore(status)) => {
                return Ok(replied(status, "{\"message\":\"No.\"}"));
            }
            Some(Fault::Limited(after)) => {
                return Ok(Reply {
                    retry_after: Some(after.to_owned()),
                    ..replied(429, "")
                });
            }
            Some(Fault::Portal) => return Ok(replied(200, "<html>Sign in")),
            _ => {}
        }
        let shown = self.state.borrow().trail.shown.clone();
        let listed = self.state.borrow().trail.listed.clone();
        let stored = self.state.borrow().trail.stored.clone();
        let body = match fault {
            Some(Fault::NotAsSent) => cut(&body),
            _ => body,
        };
        let (status, body) = self.state.borrow_mut().answer(method, &request.url, &body);
        if dice.is(6) {
            self.somebody_else();
        }
        let unseen = || {
            let trail = &mut self.state.borrow_mut().trail;
            (trail.shown, trail.listed, trail.stored) = (shown, listed, stored);
        };
        match fault {
            None | Some(Fault::Lag(_)) => {
                self.clock.advance(20);
                Ok(replied(status, &body))
            }
            Some(Fault::NotAsSent) => {
                self.state.borrow_mut().trail.otherwise = true;
                Ok(replied(status, &body))
            }
            Some(fault) => {
                unseen();
                match fault {
                    Fault::TimedOutAfter => lost(Interrupted::TimedOut),
                    Fault::RedirectedAfter => lost(Interrupted::Redirected),
                    Fault::BrokeAfter(status) => Ok(replied(status, "")),
                    Fault::Odd(odd) if status < 300 => Ok(replied(status, odd)),
                    Fault::Cut if status < 300 => {
                        let half = body.get(..body.len() / 2).unwrap_or_default();
                        Ok(replied(status, half))
                    }
                    Fault::Odd(_) | Fault::Cut => Ok(replied(status, &body)),
                    _ => lost(Interrupted::Unreachable),
                }
            }
        }
    }
}

/// The same body with the name cut to its first letter.
fn cut(body: &str) -> String {
    let cut = fields(body).into_iter().map(|(name, text)| {
        let text = match name.as_str() {
            "name" => text.map(|text| text.chars().take(1).collect()),
            _ => text.filter(|text| !text.is_empty()),
        };
        (name, Value::from(text))
    });
    Value::Object(cut.collect()).to_string()
}

fn replied(status: u16, body: &str) -> Reply {
    Reply {
        status,
        request_id: Some("req".to_owned()),
        body: body.as_bytes().to_vec(),
        ..Reply::default()
    }
}
