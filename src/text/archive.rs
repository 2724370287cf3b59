//! What is said about archiving, about the kinds of workspaces, and about names that hide something.

use steward_domain::confusables::{Confusable, is_hidden};
use steward_domain::provider::{Description, Effect, InUse, Reversibility};
use steward_flows::{Archived, Evidence};

use super::evidence::with_left;
use super::{counted, join};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const ARCHIVE: &str = "Archive";
    pub const ARCHIVE_HEADING: &str = "Archive this workspace";
    pub const TYPE_NAME: &str = "Type the name to confirm";
    pub const TYPE_NAME_HELP: &str = "Upper and lower case count. Pasting is fine.";
    pub const PASTE_NAME_HELP: &str =
        "This name cannot be typed as it is. Copy it with the button beside it and paste it here.";
    pub const HIDDEN_NAME_HELP: &str =
        "What cannot be seen need not be typed. Upper and lower case count.";
    pub const NAME_OF_ANOTHER_FORM: &str = "Not quite: upper and lower case, accents and the width of letters count. \
         Type it as it is shown, or copy it with the button beside it and paste it here.";
    pub const NAME_THAT_LOOKS_ALIKE: &str = "This looks like the name and is made of other letters. \
         Copy the name with the button beside it and paste it here.";
    pub const KEEP_WORKSPACE: &str = "Keep workspace";
    pub const ARCHIVING: &str = "Archiving";
    pub const ARCHIVED_ALREADY: &str = "This workspace is archived. Nothing in it can be changed.";
    pub const NOT_ALLOWED: &str = "It cannot be archived by you";
    pub const EXACT_NAME: &str = "Available once the name is typed exactly.";

    pub const KIND_DEFAULT: &str = "Default";
    pub const KIND_DEFAULT_TEXT: &str =
        "It can be neither renamed nor archived, and everybody in the organization is in it.";
    pub const KIND_TOOL: &str = "Claude Code";
    pub const KIND_TOOL_TEXT: &str = "The service made it for signing in to Claude Code.";
    pub const TOOL_STOPS: &str = "Nobody can sign in to Claude Code afterwards";
    pub const TOOL_STOPS_TEXT: &str = "The service made this workspace for signing in to Claude Code. Archiving it blocks \
         Claude Code sign-in for the whole organization.";

    pub const KEYS_LOADING: &str = "Looking for API keys that will stop working";
    pub const KEYS_NONE: &str = "It has no active API keys.";
    pub const KEYS_UNKNOWN: &str = "Its API keys could not be read";
    pub const KEYS_UNKNOWN_TEXT: &str =
        "It may have active ones. They stop working when it is archived.";

    pub const ODD_NAME: &str = "This name hides something";
    pub const ODD_HIDDEN: &str =
        "Characters in it cannot be seen, or turn its text around. They are written out below.";
    pub const ODD_ALIKE: &str =
        "The underlined letters look like Latin ones and are of another kind.";
    pub const TWINS: &str = "Compare account, service and id before you archive one.";
    pub const THIS_ONE: &str = "This one";
    pub const STILL_IN_USE: &str = "The workspace was not archived: it is still in use";
}
pub use words::*;

/// A name as a line of text that cannot turn its direction around nor hide a control in it: those
/// are written out. The rest of what a name may hide is shown where it matters, by `components::display_name`: it
/// takes tables that the list does without.
#[must_use]
pub fn visible(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        if is_hidden(letter) {
            out.push('[');
            out.push_str(&code_points(letter.encode_utf8(&mut [0; 4])));
            out.push(']');
        } else {
            out.push(letter);
        }
    }
    out
}

/// The codes of characters, as Unicode writes them.
#[must_use]
pub fn code_points(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        out.push_str(if out.is_empty() { "U+" } else { " U+" });
        let code = u32::from(letter);
        let digits = (u32::BITS - code.leading_zeros()).div_ceil(4).max(4);
        for place in (0..digits).rev() {
            let digit = char::from_digit(code >> (4 * place) & 15, 16);
            out.extend(digit.map(|digit| digit.to_ascii_uppercase()));
        }
    }
    out
}

/// What is odd about a piece of a name, for people who cannot see how it is drawn.
#[must_use]
pub fn oddity(piece: &str, odd: Confusable) -> &'static str {
    match (odd, piece.chars().next().unwrap_or_default()) {
        (Confusable::LookAlike, _) => "looks like Latin letters",
        (Confusable::Direction, '\u{202A}') => "left-to-right embedding",
        (Confusable::Direction, '\u{202B}') => "right-to-left embedding",
        (Confusable::Direction, '\u{202D}') => "left-to-right override",
        (Confusable::Direction, '\u{202E}') => "right-to-left override",
        (Confusable::Direction, '\u{200E}') => "left-to-right mark",
        (Confusable::Direction, '\u{200F}') => "right-to-left mark",
        (Confusable::Direction, _) => "change of direction",
        (Confusable::Invisible, '\u{200B}') => "zero-width space",
        (Confusable::Invisible, '\u{200C}') => "zero-width non-joiner",
        (Confusable::Invisible, '\u{200D}') => "zero-width joiner",
        (Confusable::Invisible, '\u{AD}') => "soft hyphen",
        (Confusable::Invisible, '\u{A0}') => "no-break space",
        (Confusable::Invisible, '\u{FEFF}') => "byte order mark",
        (Confusable::Invisible, '\t') => "tab",
        (Confusable::Invisible, '\n' | '\r') => "line break",
        (Confusable::Invisible, letter) if letter.is_whitespace() => "space of an unusual kind",
        (Confusable::Invisible, _) => "invisible character",
    }
}

/// What stands for something that a service does not have.
#[must_use]
pub fn not_offered_by(service: &str) -> String {
    join(&["Not offered by ", service])
}

/// The accessible name of every archive button, and the title of its dialog.
#[must_use]
pub fn archive(name: &str) -> String {
    join(&["Archive ", &visible(name)])
}

/// What archiving means at a service, before it is done, a sentence each.
#[must_use]
pub fn archive_consequences(service: &Description) -> Vec<String> {
    let effect = |effect: &Effect| match effect {
        Effect::Frozen => "Nobody can change it afterwards.",
        Effect::KeysStop => "Its API keys stop working within seconds.",
        Effect::KeysUnusable => "Its API keys cannot be used afterwards.",
        Effect::UsersRemoved => "All its users are taken out.",
    };
    let effects = service.archive.effects.iter();
    let mut out: Vec<String> = effects.map(|one| effect(one).to_owned()).collect();
    out.push(join(&match service.archive.reversibility {
        Reversibility::NoWayDocumented => [service.name, " documents no way to undo this."],
        Reversibility::Never => [service.name, " documents that this cannot be undone."],
        Reversibility::ByStaff => [
            service.name,
            "'s own staff may be able to bring it back. It offers no way to ask for that here.",
        ],
    }));
    if let Some(in_use) = service.archive.refused_while {
        let (what, _) = standing(in_use);
        out.push(join(&[
            service.name,
            " refuses while the workspace has ",
            what,
            ".",
        ]));
    }
    out
}

/// What keeps a workspace in use, and what to do about it.
fn standing(in_use: InUse) -> (&'static str, &'static str) {
    match in_use {
        InUse::Subscriptions => (
            "active subscriptions, or organizations with usage",
            "End them, then try again.",
        ),
        InUse::BucketsOrRepos => (
            "buckets or repositories",
            "Delete them, repositories first, then try again.",
        ),
    }
}

/// Why a workspace that is still in use was not archived.
#[must_use]
pub fn still_in_use(service: &Description) -> String {
    let (what, remedy) = service
        .archive
        .refused_while
        .map(standing)
        .unwrap_or_default();
    join(&[
        service.name,
        " refuses while the workspace has ",
        what,
        ". Nothing has changed. ",
        remedy,
    ])
}

/// The API keys that will stop; how soon, only where the service says so.
#[must_use]
pub fn keys_stop(count: usize, within_seconds: bool) -> String {
    let end = match (count, within_seconds) {
        (1, true) => " stops working within seconds:",
        (_, true) => " stop working within seconds:",
        (1, false) => " stops working:",
        (_, false) => " stop working:",
    };
    join(&[&counted(count, "active API key", "active API keys"), end])
}

/// Those that are not listed.
#[must_use]
pub fn and_more(count: usize) -> String {
    join(&["and ", &counted(count, "more", "more")])
}

/// Others have the same name, or one that can be taken for it.
#[must_use]
pub fn twins(name: &str, same: usize, alike: usize) -> String {
    match (same, alike) {
        (same, 0) => {
            let count = match same {
                1 => "Two workspaces".to_owned(),
                _ => counted(same + 1, "workspace", "workspaces"),
            };
            join(&[&count, " are called ", &visible(name)])
        }
        (0, 1) => "The name of another workspace looks the same".to_owned(),
        (same, alike) => join(&[
            &counted(same + alike, "other workspace has", "other workspaces have"),
            " this name, or one that looks the same",
        ]),
    }
}

/// Confirms an archive.
#[must_use]
pub fn archived(name: &str, archived: &Archived) -> String {
    let name = visible(name);
    let said = match archived.evidence {
        Evidence::Answered | Evidence::Differently => join(&[&name, " is archived."]),
        Evidence::InPart => join(&[&name, " is archived, and something is left to do."]),
        Evidence::ConfirmedByReading => join(&[
            "The answer was lost, so the workspace was read again: ",
            &name,
            " is archived.",
        ]),
        Evidence::AlreadyThere => join(&[&name, " was archived already."]),
        Evidence::Gone => join(&[
            &name,
            " is not there any more: somebody archived it, or it is closed to you.",
        ]),
    };
    with_left(said, archived.left.as_deref())
}
