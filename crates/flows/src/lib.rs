//! The multi-step verbs: read all pages, open, save, create, archive, manage members, sign in.
//!
//! Everything goes through a [`Transport`] and a [`Clock`], so that each fault and each wait is a
//! native test. No browser, no signals, no sentences.

pub mod archive;
pub mod blockers;
pub mod bulk;
pub mod clock;
pub mod create;
pub mod manage;
pub mod outcome;
pub mod rate_limit;
pub mod read;
pub mod reconcile;
pub mod save;
pub mod service;
pub mod sign_in;
pub mod storage;
pub mod transport;
pub mod turn;

mod client;
mod pages;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;

pub use archive::Archived;
pub use blockers::{Cancelled, Scheduled};

pub use clock::Clock;
pub use create::Created;
pub use outcome::{Confirmed, Evidence};
pub use rate_limit::RateLimit;
pub use read::{Listing, Whole};
pub use save::{Edit, Saved};
pub use service::Service;
pub use sign_in::{Session, SignIn};
pub use transport::{Interrupted, Transport};

// What an account is made of. The layers above hold these values and hand them back; only this
// crate looks into them.
pub use steward_providers::jwt::base64url;
pub use steward_providers::oauth::{
    Callback, Endpoints, Identity, RefreshToken, authorize_url, parse_callback,
};
pub use steward_providers::{ApiKey, Credential, Dialect, Endpoint, Listed, Next, Page, named};
