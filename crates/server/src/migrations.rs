//! The order in which the tables of all vendors came to be.
//!
//! Guarantees: a migration's number is its place here. One that has shipped is neither changed nor moved; a new one is added at the end.

use crate::core::db;
use crate::vendors::{altostrat, anthropic, flashback, openai};

/// Every migration, from the first.
pub(crate) const MIGRATIONS: [&str; 10] = [
    db::META,
    altostrat::tables::WORKSPACES,
    altostrat::tables::SIGN_IN,
    anthropic::tables::WORKSPACES,
    flashback::tables::WORKSPACES,
    openai::tables::PROJECTS,
    altostrat::tables::SUBSCRIPTIONS,
    anthropic::tables::ACCOUNT_KEYS,
    flashback::tables::STORAGE,
    openai::tables::KEYS,
];
