//! The multi-step verbs: read all pages, open, save, archive, sign in.
//!
//! Everything goes through a [`Transport`] and a [`Clock`], so that each fault and each wait is a
//! native test. No browser, no signals, no sentences.

pub mod archive;
pub mod clock;
pub mod read;
pub mod save;
pub mod service;
pub mod sign_in;
pub mod transport;

#[cfg(test)]
mod fake;

pub use clock::Clock;
pub use service::Service;
pub use transport::{Interrupted, Transport};
