//! The answers to what Altostrat's documents leave open.
//!
//! Guarantees: every open question has one field with the proposed answer as its default, and each
//! answer a name for the command line. Must not know how an answer is carried out.

use crate::core::settings::{Question, flag, status};

/// How this server reads what the Altostrat documents do not state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// PATCH of an archived workspace or its members: 400 (proposed) or 409.
    pub archived_patch: u16,
    /// DELETE of an archived workspace: 409 (proposed) or 204.
    pub archived_delete: u16,
    /// A workspace the caller is no member of: 404 (proposed) or 403. One that does not exist is 404.
    pub outsider: u16,
    /// Whether the list holds archived workspaces: it does (proposed) or does not.
    pub list_archived: bool,
    /// `has_more` of the list: false (proposed), or true to try a client's reading of it; the list
    /// itself is complete either way, since the contract has no cursor.
    pub list_has_more: bool,
    /// A cancelled subscription ends with its period, as documented; or at once, for those who cannot
    /// wait for a month.
    pub cancel_at_once: bool,
    /// An accepted cancellation is answered with nothing (204, proposed), or with a message (200).
    pub cancel_message: bool,
    /// Where sign-in may return to. The command line has an option of its own for these.
    pub redirect_uris: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            archived_patch: 400,
            archived_delete: 409,
            outsider: 404,
            list_archived: true,
            list_has_more: false,
            cancel_at_once: false,
            cancel_message: false,
            redirect_uris: Vec::new(),
        }
    }
}

/// Every question by its name, the proposed answer first.
pub const QUESTIONS: [Question<Settings>; 7] = [
    status("archived_patch", [400, 409], |s| &mut s.archived_patch),
    status("archived_delete", [409, 204], |s| &mut s.archived_delete),
    status("outsider", [404, 403], |s| &mut s.outsider),
    flag(
        "list_archived",
        [("include", true), ("exclude", false)],
        |s| &mut s.list_archived,
    ),
    flag("list_has_more", [("false", false), ("true", true)], |s| {
        &mut s.list_has_more
    }),
    flag("cancel_ends", [("period", false), ("now", true)], |s| {
        &mut s.cancel_at_once
    }),
    flag("cancel_answer", [("204", false), ("message", true)], |s| {
        &mut s.cancel_message
    }),
];
