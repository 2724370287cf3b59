//! The screens in a real browser, against a service that exists in this page only.
//!
//! One crate, because every test binary is its own start of a browser. Each test mounts the whole
//! app at an address ([`support::page::Page`]), finds things by role and accessible name alone, and
//! fails when the browser's console got an error or a warning meanwhile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

mod support;

mod accounts;
mod activity;
mod address;
mod archive;
mod archive_blockers;
mod archive_outcomes;
mod bulk;
mod drafts;
mod edge_values;
mod edit;
mod edit_fields;
mod edit_outcomes;
mod errors;
mod evidence;
mod foreign;
mod gates;
mod keyboard;
mod late;
mod leaving;
mod letters;
mod list;
mod list_states;
mod list_window;
mod members;
mod merge;
mod new;
mod new_accounts;
mod new_outcomes;
mod reach;
mod renewals;
mod roles;
mod rows;
mod settings;
mod several;
mod sign_in;
mod sign_in_again;
mod sign_in_code;
mod sign_in_methods;
mod sign_in_return;
mod slow_service;
mod tabs;
mod translated;
mod undo;
mod unknown;
mod workspace;
