//! The session: who is signed in where, with which credential, and how that stays so.
//!
//! Guarantees: a credential is given to a `flows::Service` or `flows::SignIn`, or kept in this tab's storage if its
//! person asked for that, and goes nowhere else. `accounts` is the noun that everybody asks; whatever it knows is
//! written by the one file that owns it. Must not know what an account's workspaces are, nor how anything looks.

mod accept;
pub mod accounts;
mod authenticate;
pub mod config;
mod progress;
pub mod reauthenticate;
mod redirect;
mod refresh;
mod renewals;
mod resume;
mod shared_token;
pub mod sign_in;
mod storage;
mod tabs;
