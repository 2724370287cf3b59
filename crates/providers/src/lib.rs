//! The dialects: an intent becomes a request value, a reply value becomes a domain result or a
//! domain failure.
//!
//! Guarantees: no I/O, no waiting, never a panic whatever a service sends. This is the only place
//! that knows addresses of services, headers, status codes and wire formats; nothing of them
//! leaves through the public types except as a [`http::Request`] for the transport.

pub mod altostrat;
pub mod anthropic;
pub mod credential;
pub mod desk;
pub mod dialect;
mod directory;
pub mod flashback;
pub mod http;
pub mod json;
pub mod jwt;
mod mend;
pub mod oauth;
pub mod openai;
mod pagination;
mod reply;
mod request;
mod scalar;
pub mod writer;

pub use credential::Credential;
pub use desk::{Desk, desk};
pub use dialect::{ApiKey, Dialect, Endpoint, Listed, Next, Page, named};
