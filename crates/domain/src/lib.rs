//! What a workspace is, who may do what with it, and what a change to it is.
//!
//! Guarantees: pure values and pure functions. This crate must not know a wire format (no serde),
//! a browser (no web-sys) or waiting (no async); everything here can be tested in a microsecond.

pub mod blocker;
pub mod capability;
pub mod confirmed;
pub mod confusables;
pub mod decimal;
pub mod draft;
pub mod export;
pub mod failure;
pub mod field;
pub mod fold;
pub mod id;
pub mod invoice;
pub mod listing;
pub mod loading;
pub mod membership;
pub mod merge;
pub mod odd;
pub mod percent;
pub mod provider;
pub mod reach;
pub mod reversal;
pub mod role;
pub mod slots;
pub mod time;
pub mod window;
pub mod workspace;

#[cfg(test)]
mod testing;
