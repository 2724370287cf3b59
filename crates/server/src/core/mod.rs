//! What every vendor's API stands on: HTTP, the database, time, signed tokens, faults, and the kit for what all of them do alike.
//!
//! Guarantees: nothing here differs between vendors. Must not know any vendor, nor which vendors there are.

pub mod app;
pub mod assets;
pub mod clock;
pub mod cors;
pub mod db;
pub mod errors;
pub mod faults;
pub mod headers;
mod hs256;
pub mod json_body;
pub mod jwt;
pub mod observe;
pub mod openapi;
pub mod path;
pub mod persona;
pub mod random;
pub mod seed;
pub mod serve;
pub mod settings;
