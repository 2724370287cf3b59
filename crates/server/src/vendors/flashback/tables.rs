//! Flashback's tables, as `crate::migrations` orders them.
//!
//! Guarantees: what has shipped is never changed.

/// Workspaces, people and sessions.
pub(crate) const WORKSPACES: &str = include_str!("migrations/0005_flashback.sql");

/// What is stored in a workspace.
pub(crate) const STORAGE: &str = include_str!("migrations/0009_flashback_storage.sql");
