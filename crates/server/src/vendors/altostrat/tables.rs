//! Altostrat's tables, as `crate::migrations` orders them.
//!
//! Guarantees: what has shipped is never changed.

/// Workspaces, members and billing.
pub(crate) const WORKSPACES: &str = include_str!("migrations/0002_altostrat.sql");

/// Sessions and what they are opened with.
pub(crate) const SIGN_IN: &str = include_str!("migrations/0003_altostrat_signin.sql");

/// Subscriptions with all that the contract says of them.
pub(crate) const SUBSCRIPTIONS: &str = include_str!("migrations/0007_altostrat_subscriptions.sql");
