//! How this server reads what the Anthropic Admin contract does not state.
//!
//! Guarantees: each question has one field with the proposed answer as its default, and each answer one
//! `--setting`. Must not know how an answer is carried out.

use crate::core::settings::{Question, flag, number, status, word};

/// What a page of another origin is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cors {
    /// What it asked for, if it sends the vendor's header for browsers.
    Allow,
    /// Its preflight is answered and its request is refused, as for organizations with certain data settings.
    Refuse,
    /// Nothing: the browser stops at the preflight.
    Unanswered,
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Archiving an archived workspace: 200 with the first `archived_at` (proposed) or 400.
    pub archive_again: u16,
    /// A change of an archived workspace, its members or its limits: 400 (proposed), or 200 and carried out.
    pub archived_update: u16,
    /// What the default workspace does not take (a new name, archiving, members): 400 (proposed) or 403.
    pub default_workspace: u16,
    /// The 101st active workspace: 400 (proposed) or 409.
    pub workspace_limit: u16,
    /// Lists without a documented order: newest first (proposed) or oldest first.
    pub newest_first: bool,
    /// An ordinary API key: 403 (proposed), or 401 as for no key at all.
    pub ordinary_key: u16,
    /// Pages of other origins.
    pub cors: Cors,
    /// Whether adding a member twice carries the code `already_member` (proposed), which the contract
    /// states for invitations, or none.
    pub member_twice_coded: bool,
    /// Whether the organization's policy asks for an external key on every new workspace: no (proposed) or yes.
    pub policy_needs_external_key: bool,
    /// Requests a minute for each organization, 100 by the contract; 0 for any number.
    pub rate: u32,
    /// Most explicit members of one workspace.
    pub member_limit: u32,
    /// Most active API keys of one workspace.
    pub key_limit: u32,
    /// Whether an archive is done (proposed), or done with storage that is still attached and a 409.
    pub storage_attached: bool,
    /// Whether a creation is done (proposed), or done without its tags and a 503 that names it.
    pub create_incomplete: bool,
    /// Whether an update is done (proposed), or done and answered with a 503 that does not say so.
    pub update_unknown: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            archive_again: 200,
            archived_update: 400,
            default_workspace: 400,
            workspace_limit: 400,
            newest_first: true,
            ordinary_key: 403,
            cors: Cors::Allow,
            member_twice_coded: true,
            policy_needs_external_key: false,
            rate: 100,
            member_limit: 100,
            key_limit: 100,
            storage_attached: false,
            create_incomplete: false,
            update_unknown: false,
        }
    }
}

/// Every question by its name, the proposed answer first.
pub const QUESTIONS: [Question<Settings>; 15] = [
    status("anthropic_archive_again", [200, 400], |s| {
        &mut s.archive_again
    }),
    status("anthropic_archived_update", [400, 200], |s| {
        &mut s.archived_update
    }),
    status("anthropic_default_workspace", [400, 403], |s| {
        &mut s.default_workspace
    }),
    status("anthropic_workspace_limit", [400, 409], |s| {
        &mut s.workspace_limit
    }),
    flag(
        "anthropic_order",
        [("newest", true), ("oldest", false)],
        |s| &mut s.newest_first,
    ),
    status("anthropic_ordinary_key", [403, 401], |s| {
        &mut s.ordinary_key
    }),
    word(
        "anthropic_cors",
        &[
            ("allow", |s| s.cors = Cors::Allow),
            ("refuse", |s| s.cors = Cors::Refuse),
            ("unanswered", |s| s.cors = Cors::Unanswered),
        ],
    ),
    flag(
        "anthropic_member_twice",
        [("coded", true), ("bare", false)],
        |s| &mut s.member_twice_coded,
    ),
    flag(
        "anthropic_policy",
        [("none", false), ("external_key", true)],
        |s| &mut s.policy_needs_external_key,
    ),
    number("anthropic_rate", |s| &mut s.rate),
    number("anthropic_member_limit", |s| &mut s.member_limit),
    number("anthropic_key_limit", |s| &mut s.key_limit),
    flag(
        "anthropic_archive",
        [("done", false), ("storage", true)],
        |s| &mut s.storage_attached,
    ),
    flag(
        "anthropic_create",
        [("done", false), ("incomplete", true)],
        |s| &mut s.create_incomplete,
    ),
    flag(
        "anthropic_update",
        [("done", false), ("unknown", true)],
        |s| &mut s.update_unknown,
    ),
];
