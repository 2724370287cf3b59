//! The server over real HTTP, one module per concern. Every test starts a server of its own on a free
//! port, so none depends on another.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what is wrong by panicking, its helpers too"
)]

mod support;

mod anthropic_archive;
mod anthropic_keys;
mod anthropic_members;
mod anthropic_middleware;
mod anthropic_paging;
mod anthropic_seed;
mod anthropic_support;
mod anthropic_workspaces;
mod archive;
mod command;
mod contract;
mod durability;
mod faults;
mod faults_origins;
mod faults_truth;
mod faults_values;
mod flashback_deletion;
mod flashback_kit;
mod flashback_matrix;
mod flashback_mfa;
mod flashback_seed;
mod flashback_settings;
mod flashback_sign_in;
mod flashback_storage;
mod flashback_users;
mod flashback_workspaces;
mod matrix;
mod members;
mod middleware;
mod openai_keys;
mod openai_kit;
mod openai_lists;
mod openai_matrix;
mod openai_projects;
mod openai_users;
mod openapi;
mod seed;
mod settings;
mod sign_in;
mod tokens;
mod updates;
