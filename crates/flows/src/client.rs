//! One request and its reply, and reads that try again: the steps every verb is made of.
//!
//! Guarantees: a write leaves at most once. A read leaves at most three times, and again only
//! after a failure that passes by itself. Neither leaves during a pause that the service asked
//! for. Must not know what is read or written.

use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_providers::http::{Reply, Request};

use crate::clock::Clock;
use crate::rate_limit::RateLimit;
use crate::transport::{Interrupted, Transport};

/// How long a read may take.
const READ_LIMIT_MS: u32 = 10_000;
/// How long a write may take.
pub(crate) const WRITE_LIMIT_MS: u32 = 20_000;
/// How often a read is tried in all.
const TRIES: u32 = 3;
/// The longest first wait of a read; it doubles with each try up to the cap.
const FIRST_WAIT_MS: u32 = 250;
/// The longest wait of our own choice.
const WAIT_CAP_MS: u32 = 8_000;
/// The longest wait that a service may ask for. A longer one is a person's decision.
const ASKED_WAIT_CAP_S: u32 = 60;
/// How much longer a wait may become because timers wake a little early.
const SLACK_MS: u32 = 1_000;

/// The way to one service.
pub(crate) struct Client<'a> {
    pub(crate) transport: &'a dyn Transport,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) rate_limit: &'a RateLimit,
    /// Whether somebody waits who would rather know now: a read then waits for no moment that the
    /// service asks for, and fails at once.
    pub(crate) hurried: bool,
}

impl Client<'_> {
    /// Sends a request that may change something: once, or not at all during a pause.
    pub(crate) async fn write(
        &self,
        operation: Operation,
        request: Request,
    ) -> Result<Reply, Failure> {
        match self.rate_limit.left(self.clock.now()) {
            Some(left) => Err(limited(operation, left)),
            None => self.send(operation, request, WRITE_LIMIT_MS).await,
        }
    }

    /// Passes on what a reply was read as, after taking note of a pause that it asks for.
    pub(crate) fn observe<T>(&self, read: Result<T, Failure>) -> Result<T, Failure> {
        match &read {
            Ok(_) => self.rate_limit.answered(),
            Err(failure) => self.rate_limit.observe(failure, self.clock.now()),
        }
        read
    }

    /// Sends a request that changes nothing, again if need be, and reads the reply as one value.
    pub(crate) async fn read_one<T>(
        &self,
        operation: Operation,
        request: Request,
        reader: &dyn Fn(Reply) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut read = None;
        self.read(operation, request, &mut |reply| {
            read = Some(reader(reply)?);
            Ok(())
        })
        .await?;
        // It is there: a reading that succeeds has taken a reply.
        read.ok_or_else(|| Failure::new(operation, FailureKind::Unreachable))
    }

    /// Sends a request that changes nothing, again if need be, and hands the replies to `take`
    /// until it takes one. No type of what is read, so that this is in the download once.
    pub(crate) async fn read(
        &self,
        operation: Operation,
        request: Request,
        take: &mut dyn FnMut(Reply) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut tries = 0;
        loop {
            self.pause(operation).await?;
            let reply = self.send(operation, request.clone(), READ_LIMIT_MS).await;
            let Err(failure) = self.observe(reply.and_then(&mut *take)) else {
                return Ok(());
            };
            if self.hurried && asks_to_wait(&failure) {
                return Err(failure);
            }
            tries += 1;
            // What was refused for being too many is asked for again at the service's own word.
            let asked = matches!(failure.kind, FailureKind::RateLimited(_));
            if tries < TRIES && failure.is_passing() && !asked && !self.rate_limit.withdraw() {
                return Err(failure);
            }
            if let Some(millis) = wait(failure, tries, self.clock.chance())? {
                let _waits = self.rate_limit.waits();
                self.clock.sleep(millis).await;
            }
        }
    }

    async fn send(
        &self,
        operation: Operation,
        request: Request,
        limit_ms: u32,
    ) -> Result<Reply, Failure> {
        self.rate_limit.deposit();
        self.transport
            .send(request, limit_ms)
            .await
            .map_err(|interrupted| {
                let kind = match interrupted {
                    Interrupted::Unreachable => FailureKind::Unreachable,
                    Interrupted::TimedOut => FailureKind::TimedOut,
                    Interrupted::Redirected => FailureKind::Redirected,
                };
                Failure::new(operation, kind)
            })
    }

    /// Waits for the end of the pause, unless somebody is in a hurry; also if another request makes it
    /// longer meanwhile, but not for more than may be asked for.
    async fn pause(&self, operation: Operation) -> Result<(), Failure> {
        let cap = ASKED_WAIT_CAP_S * 1000;
        let mut waited = 0;
        while let Some(left) = self.rate_limit.left_ms(self.clock.now()) {
            if self.hurried || left > cap || waited + left > cap + SLACK_MS {
                return Err(limited(operation, left.div_ceil(1000)));
            }
            self.clock.sleep(left).await;
            waited += left;
        }
        Ok(())
    }
}

fn limited(operation: Operation, seconds: u32) -> Failure {
    Failure::new(operation, FailureKind::RateLimited(Some(seconds)))
}

fn asks_to_wait(failure: &Failure) -> bool {
    failure.asks_for_pause() || matches!(failure.kind, FailureKind::RateLimited(_))
}

/// Milliseconds to wait before the next try, besides the account's pause; or the failure back if
/// there is no next try.
///
/// The wait is random over its whole range ("full jitter"), so that consoles that lost a service
/// together don't come back together.
fn wait(failure: Failure, tries: u32, chance: f64) -> Result<Option<u32>, Failure> {
    if tries >= TRIES || !failure.is_passing() {
        return Err(failure);
    }
    match failure.kind {
        FailureKind::RateLimited(Some(seconds)) | FailureKind::ServiceFault(Some(seconds))
            if seconds > ASKED_WAIT_CAP_S =>
        {
            Err(failure)
        }
        FailureKind::RateLimited(Some(1..)) => Ok(None),
        FailureKind::ServiceFault(Some(seconds @ 1..)) => Ok(Some(seconds * 1000)),
        _ => {
            let longest = (FIRST_WAIT_MS << (tries - 1)).min(WAIT_CAP_MS);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let millis = (f64::from(longest) * chance) as u32;
            Ok(Some(millis))
        }
    }
}
