//! The answers to what OpenAI's document for projects leaves open.
//!
//! Guarantees: every open question has one field with the proposed answer as its default, and each
//! answer a name for the command line. Must not know how an answer is carried out.

use crate::core::settings::{Question, flag};

/// How this server reads what the OpenAI document does not state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Archiving an archived project is 400; proposed: 200 with the first `archived_at`.
    pub archive_again_400: bool,
    /// An `after` that names no project of the list gives an empty page; proposed: 400.
    pub unknown_after_empty: bool,
    /// Adding someone who is in the project already sets the role; proposed: 400.
    pub add_again_sets_role: bool,
    /// A project of another organization is 403; proposed: 404.
    pub outsider_403: bool,
}

/// Every question by its name, the proposed answer first.
pub const QUESTIONS: [Question<Settings>; 4] = [
    flag(
        "openai_archive_again",
        [("200", false), ("400", true)],
        |s| &mut s.archive_again_400,
    ),
    flag(
        "openai_unknown_after",
        [("400", false), ("empty", true)],
        |s| &mut s.unknown_after_empty,
    ),
    flag("openai_add_again", [("400", false), ("200", true)], |s| {
        &mut s.add_again_sets_role
    }),
    flag("openai_outsider", [("404", false), ("403", true)], |s| {
        &mut s.outsider_403
    }),
];
