//! One account's service, ready to be asked.

use std::rc::Rc;

use steward_domain::provider::Description;
use steward_providers::{Credential, Desk, Dialect, Endpoint, desk};

use crate::client::Client;
use crate::clock::Clock;
use crate::rate_limit::RateLimit;
use crate::transport::Transport;

/// Everything a flow needs to speak to one account. Cheap to clone; a credential goes only to the
/// `base` it stands beside.
#[derive(Clone)]
pub struct Service {
    /// How requests leave.
    pub transport: Rc<dyn Transport>,
    /// Time and chance.
    pub clock: Rc<dyn Clock>,
    /// The service's dialect.
    pub dialect: &'static dyn Dialect,
    /// Where the service is, without a slash at the end.
    pub base: Rc<str>,
    /// What proves who is asking.
    pub credential: Credential,
    /// The account's rate limit. Every `Service` of one account has to have the same.
    pub rate_limit: RateLimit,
}

impl Service {
    /// The facts about the service.
    #[must_use]
    pub fn description(&self) -> &'static Description {
        self.dialect.description()
    }

    /// Where the service is, and what proves who is asking.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint<'_> {
        Endpoint {
            base: &self.base,
            credential: &self.credential,
        }
    }

    /// How it is changed.
    pub(crate) fn desk(&self) -> &'static dyn Desk {
        desk(self.dialect)
    }

    pub(crate) fn client(&self) -> Client<'_> {
        Client {
            transport: &*self.transport,
            clock: &*self.clock,
            rate_limit: &self.rate_limit,
            hurried: false,
        }
    }
}
