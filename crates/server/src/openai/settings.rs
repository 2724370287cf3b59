//! The answers to what OpenAI's document for projects leaves open.
//!
//! Guarantees: every open question has one field with the proposed answer as its default, and each
//! answer a name for the command line. Must not know how an answer is carried out.

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

/// One `--setting` of this dialect.
#[derive(Clone, Copy, Debug)]
pub struct Setting(fn(&mut Settings));

/// Every answer by its name, the proposed one of each question first.
const ALL: [(&str, Setting); 8] = [
    (
        "openai_archive_again=200",
        Setting(|s| s.archive_again_400 = false),
    ),
    (
        "openai_archive_again=400",
        Setting(|s| s.archive_again_400 = true),
    ),
    (
        "openai_unknown_after=400",
        Setting(|s| s.unknown_after_empty = false),
    ),
    (
        "openai_unknown_after=empty",
        Setting(|s| s.unknown_after_empty = true),
    ),
    (
        "openai_add_again=400",
        Setting(|s| s.add_again_sets_role = false),
    ),
    (
        "openai_add_again=200",
        Setting(|s| s.add_again_sets_role = true),
    ),
    ("openai_outsider=404", Setting(|s| s.outsider_403 = false)),
    ("openai_outsider=403", Setting(|s| s.outsider_403 = true)),
];

impl Setting {
    /// The setting of that name and value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let found = ALL.iter().find(|(name, _)| *name == text)?;
        Some(found.1)
    }

    /// Every name with its values, for whoever gave another.
    #[must_use]
    pub fn names() -> String {
        ALL.map(|(name, _)| name).join(", ")
    }

    /// Puts it among the others.
    pub fn apply(self, settings: &mut Settings) {
        (self.0)(settings);
    }
}
