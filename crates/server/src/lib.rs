//! The reference server: the vendors' contracts over SQLite, as strict as their documents.
//!
//! It is the judge the console is tested against, so it shares no type with the console. What every vendor's
//! API stands on is in `core`; what only one vendor has is in its folder of `vendors`; the modules beside
//! these two put them together, and alone know which vendors there are.

pub mod cli;
pub mod command;
pub mod core;
mod migrations;
pub mod router;
pub mod vendors;
