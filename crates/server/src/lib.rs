//! The reference server: the vendors' contracts over SQLite, as strict as their documents.
//!
//! It is the judge the console is tested against, so it shares no type with the console. What every
//! dialect needs (database, faults, headers, logs, assets) stands at the root; what only one vendor
//! has stands in that vendor's folder, and no vendor's folder is known to another.

pub mod altostrat;
pub mod altostrat_signin;
pub mod anthropic;
pub mod app;
pub mod assets;
pub mod clock;
pub mod command;
pub mod config;
pub mod cors;
pub mod db;
pub mod faults;
pub mod flashback;
pub mod headers;
mod hs256;
mod json_body;
pub mod jwt;
pub mod observe;
pub mod openai;
pub mod random;
pub mod seed;
pub mod serve;
