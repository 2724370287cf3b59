//! Anthropic's tables, as `crate::migrations` orders them.
//!
//! Guarantees: what has shipped is never changed.

/// Workspaces, people, keys and limits.
pub(crate) const WORKSPACES: &str = include_str!("migrations/0004_anthropic.sql");

/// Keys that belong to no workspace.
pub(crate) const ACCOUNT_KEYS: &str = include_str!("migrations/0008_anthropic_account_keys.sql");
