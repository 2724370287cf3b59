//! The console in the browser: views, reactive state and the browser's edge.
//!
//! Guarantees: nothing here knows a wire format or an address of a service; what is shown as done
//! was confirmed by the service; text of people is set as text, never as markup.
//! Which module may use which is in docs/ARCHITECTURE.md and held by `cargo xtask ci`.

pub mod app;
pub mod browser;
pub mod components;
pub mod crash;
pub mod features;
mod lazy;
pub mod routes;
pub mod state;
pub mod text;
pub mod transport;
pub mod ui;
