//! OpenAI's tables, as `crate::migrations` orders them.
//!
//! Guarantees: what has shipped is never changed.

/// Projects and their users.
pub(crate) const PROJECTS: &str = include_str!("migrations/0006_openai.sql");

/// The projects' API keys.
pub(crate) const KEYS: &str = include_str!("migrations/0010_openai_keys.sql");
