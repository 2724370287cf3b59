//! One account's service, ready to be asked.

use std::rc::Rc;

use steward_domain::provider::Description;
use steward_providers::{Credential, Desk, Dialect, Endpoint, desk};

use crate::clock::Clock;
use crate::pace::Pace;
use crate::steps::Line;
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
    /// The account's pace. Every `Service` of one account has to have the same.
    pub pace: Pace,
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

    pub(crate) fn line(&self) -> Line<'_> {
        Line {
            transport: &*self.transport,
            clock: &*self.clock,
            pace: &self.pace,
            hurried: false,
        }
    }
}
