//! Why there may be no answer, when a service could not be reached: what can be told apart from within a
//! page, in the order of likelihood.
//!
//! Guarantees: a cause is named only where nothing that was seen speaks against it, and there is always
//! at least one; that nothing can be reached is said only where nothing answers. Must not know how
//! anything is seen, nor a sentence.

use crate::failure::{Failure, FailureKind, Unreadable};

/// What was seen when somebody looked around.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sight {
    /// Whether something was to be changed.
    pub writes: bool,
    /// Whether a gateway holds the credential.
    pub gateway: bool,
    /// Whether the service's address is of the page's own origin.
    pub own: bool,
    /// Whether the page is on https and the service's address is not.
    pub insecure: bool,
    /// Whether the page's own policy has refused the address, or one that it redirects to: browsers tell
    /// the two by the same name.
    pub blocked: bool,
    /// Whether the server of the page itself answers.
    pub console: bool,
    /// Whether anything answers at the service's address, to a request whose answer nobody may read. A
    /// service can forbid that as well, so that silence proves nothing.
    pub service: bool,
    /// Whether the service has answered readably.
    pub heard: Heard,
}

/// Whether a service has answered an account in a way that the page may read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Heard {
    /// Not yet.
    #[default]
    Never,
    /// Before a request got no answer.
    Before,
    /// After every request that got none: the way is open.
    Since,
}

/// A likely cause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Browsers send nothing from a page on https to an address that is not.
    Insecure,
    /// The page's own policy does not allow the address.
    Policy,
    /// Nothing answers at all.
    Nothing,
    /// The connection broke, while others hold.
    Broken,
    /// A gateway's sign-in is over.
    Gateway,
    /// The session is over, and the refusal cannot be read.
    Session,
    /// The service does not let this page read.
    Reading,
    /// The service does not let this page change anything.
    Changing,
    /// The service is down, or something in between keeps this browser from it.
    Down,
    /// The address is wrong.
    Address,
}

/// The likely causes, the likeliest first.
#[must_use]
pub fn causes(seen: Sight) -> Vec<Cause> {
    let over = match seen.gateway {
        true => Cause::Gateway,
        false => Cause::Session,
    };
    let heard = seen.heard != Heard::Never;
    if seen.blocked && !heard {
        return vec![Cause::Policy];
    }
    if seen.insecure && !heard {
        return vec![Cause::Insecure];
    }
    // What was allowed before has led elsewhere now.
    match (seen.service || seen.blocked, seen.console) {
        (false, false) => vec![Cause::Nothing],
        // Within one origin a page may read every answer: what it cannot read is none of the service's.
        _ if seen.own && seen.gateway && seen.heard != Heard::Since => {
            vec![Cause::Gateway, Cause::Broken]
        }
        _ if seen.own => vec![Cause::Broken],
        (false, true) if seen.heard == Heard::Before => vec![Cause::Down, over],
        (false, true) if heard => vec![Cause::Down],
        (false, true) => vec![Cause::Address, Cause::Down, Cause::Reading],
        // Others have been answered since: the session holds, and so does the gateway's.
        (true, _) if seen.heard == Heard::Since => match seen.writes {
            true => vec![Cause::Changing, Cause::Broken],
            false => vec![Cause::Reading, Cause::Broken],
        },
        (true, _) if seen.writes && heard => vec![over, Cause::Changing],
        (true, _) if heard => vec![over, Cause::Reading, Cause::Broken],
        (true, _) if seen.gateway => vec![over, Cause::Reading, Cause::Address],
        (true, _) => vec![Cause::Reading, over, Cause::Address],
    }
}

/// Whether a failure leaves open why, so that looking around may tell.
#[must_use]
pub fn asks_why(failure: &Failure) -> bool {
    failure.kind == FailureKind::Unreachable
}

/// Whether something else has answered in the service's place, as a gateway does that wants a sign-in.
#[must_use]
pub fn is_of_another(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        FailureKind::Redirected | FailureKind::Unreadable(Unreadable::WebPage)
    )
}

/// Whether a browser refuses to ask an address from a page of this origin because it is not encrypted.
/// What is on the own machine may be asked.
#[must_use]
pub fn is_insecure(origin: &str, address: &str) -> bool {
    let is_of = |address: &str, wanted: &str| {
        let parts = address.split_once("://");
        parts.is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case(wanted))
    };
    let (_, rest) = address.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let here = ["localhost", "127.0.0.1", "[::1]"];
    let is_here = here.iter().any(|name| host.eq_ignore_ascii_case(name))
        || host.to_ascii_lowercase().ends_with(".localhost");
    is_of(origin, "https") && is_of(address, "http") && !is_here
}

/// Scheme, host and port of an address; `None` where it names no host.
#[must_use]
pub fn origin_of(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    address.get(..scheme.len() + "://".len() + host.len())
}

#[cfg(test)]
mod tests;
