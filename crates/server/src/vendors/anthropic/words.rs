//! The contract's closed lists of words.
//!
//! Guarantees: each word is written in one place, which requests, replies, the document and the database
//! all read.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::Serialize;
use utoipa::ToSchema;

use super::errors::ApiError;

/// A closed list.
pub trait Word: Copy + 'static {
    /// All of it.
    const ALL: &'static [Self];

    /// As the contract and the database write it.
    fn name(self) -> &'static str;
}

/// The word of that name.
pub(super) fn read<W: Word>(parameter: &str, text: &str) -> Result<W, ApiError> {
    named(text).ok_or_else(|| {
        let names: Vec<&str> = W::ALL.iter().map(|word| word.name()).collect();
        ApiError::field(
            parameter,
            format!("Input should be one of {}", names.join(", ")),
        )
    })
}

fn named<W: Word>(text: &str) -> Option<W> {
    W::ALL.iter().copied().find(|word| word.name() == text)
}

macro_rules! words {
    ($(#[$about:meta])* $list:ident { $($(#[$meaning:meta])* $word:ident = $name:tt,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
        pub enum $list {
            $($(#[$meaning])* #[serde(rename = $name)] $word,)+
        }

        impl Word for $list {
            const ALL: &'static [Self] = &[$(Self::$word),+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$word => $name,)+
                }
            }
        }

        impl FromSql for $list {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                named(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }

        impl ToSql for $list {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.name().to_sql()
            }
        }
    };
}

words! {
    /// What a member may do in a workspace.
    WorkspaceRole {
        /// Everything, members included.
        Admin = "workspace_admin",
        /// Inherited from the organization; never given by adding.
        Billing = "workspace_billing",
        /// Keys too.
        Developer = "workspace_developer",
        /// As a developer, within narrower bounds.
        RestrictedDeveloper = "workspace_restricted_developer",
        /// Use.
        User = "workspace_user",
    }
}

words! {
    /// What a person is in the organization.
    OrganizationRole {
        /// Manages everything.
        Admin = "admin",
        /// Pays.
        Billing = "billing",
        /// Uses Claude Code.
        ClaudeCodeUser = "claude_code_user",
        /// Makes keys.
        Developer = "developer",
        /// Has what groups give.
        Managed = "managed",
        /// Manages members.
        MembershipAdmin = "membership_admin",
        /// Owns the organization.
        Owner = "owner",
        /// Owns it and cannot be removed.
        PrimaryOwner = "primary_owner",
        /// Uses it.
        User = "user",
    }
}

impl OrganizationRole {
    /// Whether it makes a person admin of every workspace without being listed there.
    pub(super) fn is_admin(self) -> bool {
        matches!(self, Self::Admin | Self::Owner | Self::PrimaryOwner)
    }

    /// Whether the API may give it in an organization of this kind.
    pub(super) fn is_assignable(self) -> bool {
        matches!(
            self,
            Self::User | Self::Developer | Self::Billing | Self::ClaudeCodeUser
        )
    }
}

words! {
    /// Whether an API key works.
    KeyStatus {
        /// It does.
        Active = "active",
        /// Never again.
        Archived = "archived",
        /// Its time is over.
        Expired = "expired",
        /// Not now.
        Inactive = "inactive",
    }
}

words! {
    /// Where a request may be computed.
    Geo {
        /// Anywhere.
        Global = "global",
        /// In the United States.
        Us = "us",
    }
}

words! {
    /// What a rate limit is about.
    GroupType {
        /// The Message Batches API.
        Batch = "batch",
        /// The Files API.
        Files = "files",
        /// A family of models.
        ModelGroup = "model_group",
        /// The Skills API.
        Skills = "skills",
        /// Counting tokens.
        TokenCount = "token_count",
        /// The web search tool.
        WebSearch = "web_search",
    }
}

words! {
    /// What a rate limit counts.
    LimiterType {
        /// Input tokens of fast mode, without what comes from the cache.
        FastInput = "fast_itpmca",
        /// Output tokens of fast mode.
        FastOutput = "fast_otpm",
        /// Input tokens.
        InputTokensPerMinute = "input_tokens_per_minute",
        /// Input tokens, without what comes from the cache.
        InputTokensPerMinuteCacheAware = "input_tokens_per_minute_cache_aware",
        /// Output tokens.
        OutputTokensPerMinute = "output_tokens_per_minute",
        /// Requests.
        RequestsPerMinute = "requests_per_minute",
        /// Tokens of a day.
        TokensPerDay = "tokens_per_day",
        /// Tokens.
        TokensPerMinute = "tokens_per_minute",
        /// Uses of a tool.
        ToolUsesPerSecond = "tool_uses_per_second",
    }
}
