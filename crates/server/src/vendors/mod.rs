//! The vendors, a folder each with all of its own: routes, objects, errors, credentials, settings, tables.
//!
//! Guarantees: no vendor knows another one; `cargo xtask ci` holds that. Must not know what lies around them.

pub mod altostrat;
pub mod anthropic;
pub mod flashback;
pub mod openai;
