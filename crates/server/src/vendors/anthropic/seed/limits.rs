//! The rate limits an organization starts with, and a few overrides.
//!
//! Must not know a workspace beyond its id.

use rusqlite::{Connection, params};

/// Group, type, display name, models, limits.
type Limit = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

const LIMITS: [Limit; 6] = [
    (
        "rlg_01VPTCmyiu5ZLsWkcxYG2pY8",
        "model_group",
        Some("Claude Sonnet 4.x"),
        Some(r#"["claude-sonnet-4-5","claude-sonnet-4-5-20250929","claude-sonnet-4-6"]"#),
        r#"{"requests_per_minute":4000,"input_tokens_per_minute_cache_aware":2000000,"output_tokens_per_minute":400000}"#,
    ),
    (
        "rlg_01H9cQmZr4nKxYt7dWbLpV3s",
        "model_group",
        Some("Claude Opus 4.x"),
        Some(r#"["claude-opus-4-5","claude-opus-4-6"]"#),
        r#"{"requests_per_minute":2000,"input_tokens_per_minute_cache_aware":800000,"output_tokens_per_minute":160000}"#,
    ),
    (
        "rlg_01KdNn8vTqR2sGfXyUw5aJcE",
        "batch",
        None,
        None,
        r#"{"requests_per_minute":1000}"#,
    ),
    (
        "rlg_01MzPb6hYtL9eVxQkCr3wSfD",
        "token_count",
        None,
        None,
        r#"{"requests_per_minute":8000}"#,
    ),
    (
        "rlg_01RgTj4mXwN7uBvHsEd2kZaQ",
        "files",
        None,
        None,
        r#"{"requests_per_minute":100}"#,
    ),
    (
        "rlg_01WcFs5pDyK8iMnJtGb6qRvL",
        "web_search",
        None,
        None,
        r#"{"tool_uses_per_second":30}"#,
    ),
];

/// Writes the limits of an organization; `prefix` keeps the ids of two of them apart.
pub(super) fn insert(db: &Connection, organization: &str, prefix: &str) -> rusqlite::Result<()> {
    let mut statement =
        db.prepare("INSERT INTO anthropic_rate_limits VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for (position, (group, kind, name, models, limits)) in (0_i64..).zip(LIMITS) {
        let id = id(prefix, position);
        statement.execute(params![
            id,
            organization,
            position,
            group,
            kind,
            name,
            models,
            limits
        ])?;
    }
    Ok(())
}

/// The id of an organization's limit.
pub(super) fn id(prefix: &str, position: i64) -> String {
    format!("rl_{prefix}{position:02}")
}
