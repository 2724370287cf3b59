//! One request and its reply, and reads that try again: the steps every verb is made of.
//!
//! Guarantees: a write leaves exactly once. A read leaves at most three times, and again only
//! after a failure that passes by itself. Must not know what is read or written.

use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_providers::http::{Reply, Request};

use crate::clock::Clock;
use crate::transport::{Interrupted, Transport};

/// How long a read may take.
pub(crate) const READ_LIMIT_MS: u32 = 10_000;
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

/// Sends a request once.
pub(crate) async fn send(
    transport: &dyn Transport,
    operation: Operation,
    request: Request,
    limit_ms: u32,
) -> Result<Reply, Failure> {
    transport
        .send(request, limit_ms)
        .await
        .map_err(|interrupted| {
            let kind = match interrupted {
                Interrupted::Unreachable => FailureKind::Unreachable,
                Interrupted::TimedOut => FailureKind::TimedOut,
            };
            Failure::new(operation, kind)
        })
}

/// Sends a request that changes nothing, again if need be, and reads the reply.
pub(crate) async fn read<T>(
    transport: &dyn Transport,
    clock: &dyn Clock,
    operation: Operation,
    request: Request,
    reader: &dyn Fn(Reply) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut tries = 0;
    loop {
        let reply = send(transport, operation, request.clone(), READ_LIMIT_MS).await;
        match reply.and_then(reader) {
            Ok(read) => return Ok(read),
            Err(failure) => {
                tries += 1;
                clock.sleep(wait(failure, tries, clock.chance())?).await;
            }
        }
    }
}

/// Milliseconds to wait before the next try, or the failure back if there is none.
///
/// The wait is random over its whole range ("full jitter"), so that consoles that lost a service
/// together don't come back together.
fn wait(failure: Failure, tries: u32, chance: f64) -> Result<u32, Failure> {
    if tries >= TRIES || !failure.is_passing() {
        return Err(failure);
    }
    match failure.kind {
        FailureKind::RateLimited(Some(seconds)) | FailureKind::ServiceFault(Some(seconds)) => {
            if seconds > ASKED_WAIT_CAP_S {
                Err(failure)
            } else {
                Ok(seconds * 1000)
            }
        }
        _ => {
            let longest = (FIRST_WAIT_MS << (tries - 1)).min(WAIT_CAP_MS);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let millis = (f64::from(longest) * chance) as u32;
            Ok(millis)
        }
    }
}
