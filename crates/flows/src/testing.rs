//! A scripted transport and a simulated clock, for tests here and, by the feature `testing`, of
//! those who use this crate.
//!
//! Guarantees: no real waiting and no real chance; every run is the same. A request beyond the
//! script finds nobody at the other end.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use steward_domain::time::Timestamp;
use steward_providers::http::{Reply, Request};

use crate::clock::Clock;
use crate::transport::{Interrupted, Transport};

/// A clock that stands still except while somebody waits. Cheap to clone; clones are one clock.
#[derive(Clone, Default)]
pub struct SimulatedClock(Rc<Dial>);

#[derive(Default)]
struct Dial {
    micros: Cell<i64>,
    waits: RefCell<Vec<u32>>,
    chance: Cell<f64>,
}

impl SimulatedClock {
    /// A clock that shows this time.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        let clock = Self::default();
        clock.0.micros.set(now.0);
        clock
    }

    /// Every wait so far, in milliseconds.
    #[must_use]
    pub fn waits(&self) -> Vec<u32> {
        self.0.waits.borrow().clone()
    }

    /// Sets what chance gives, from 0 up to but not including 1. It is 0 at first.
    pub fn set_chance(&self, chance: f64) {
        self.0.chance.set(chance);
    }

    /// Moves the hands.
    pub fn advance(&self, millis: u32) {
        self.0
            .micros
            .set(self.0.micros.get() + i64::from(millis) * 1000);
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.micros.get())
    }

    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()> {
        let clock = self.clone();
        async move {
            clock.0.waits.borrow_mut().push(millis);
            clock.advance(millis);
        }
        .boxed_local()
    }

    fn chance(&self) -> f64 {
        self.0.chance.get()
    }
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is answered.
    Reply(Reply),
    /// It is answered after so many milliseconds, or runs into its limit.
    Late(u32, Reply),
    /// It is lost.
    Lost(Interrupted),
}

/// A transport that follows a script and keeps what it was given. Cheap to clone; clones share
/// the script.
#[derive(Clone)]
pub struct Script(Rc<Stage>);

struct Stage {
    clock: SimulatedClock,
    steps: RefCell<VecDeque<Step>>,
    sent: RefCell<Vec<(Request, u32)>>,
}

impl Script {
    /// A transport that follows these steps, one a request, and is unreachable after the last.
    #[must_use]
    pub fn new(clock: &SimulatedClock, steps: impl IntoIterator<Item = Step>) -> Self {
        Self(Rc::new(Stage {
            clock: clock.clone(),
            steps: RefCell::new(steps.into_iter().collect()),
            sent: RefCell::default(),
        }))
    }

    /// Every request so far, each with its limit in milliseconds.
    #[must_use]
    pub fn sent(&self) -> Vec<(Request, u32)> {
        self.0.sent.borrow().clone()
    }

    /// How many steps were not needed.
    #[must_use]
    pub fn left(&self) -> usize {
        self.0.steps.borrow().len()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: Request,
        limit_ms: u32,
    ) -> LocalBoxFuture<'static, Result<Reply, Interrupted>> {
        let stage = Rc::clone(&self.0);
        async move {
            stage.sent.borrow_mut().push((request, limit_ms));
            let step = stage.steps.borrow_mut().pop_front();
            match step {
                Some(Step::Reply(reply)) => Ok(reply),
                Some(Step::Late(millis, reply)) if millis <= limit_ms => {
                    stage.clock.advance(millis);
                    Ok(reply)
                }
                Some(Step::Late(..) | Step::Lost(Interrupted::TimedOut)) => {
                    stage.clock.advance(limit_ms);
                    Err(Interrupted::TimedOut)
                }
                Some(Step::Lost(interrupted)) => Err(interrupted),
                None => Err(Interrupted::Unreachable),
            }
        }
        .boxed_local()
    }
}
