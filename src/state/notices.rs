//! Short confirmations: drawn in one place, announced once, gone when dismissed or replaced.
//! Failures are not notices: they stand where they happened.

use crate::reactive::Value;

/// The confirmation that stands at the moment, and what is being announced.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: Value<Option<String>>,
    announced: Value<String>,
}

impl Notices {
    pub(super) fn new() -> Self {
        Self {
            shown: Value::new(None),
            announced: Value::new(String::new()),
        }
    }

    /// Confirms something that has happened.
    pub fn confirm(self, text: String) {
        self.announce(text.clone());
        self.shown.try_set(Some(text));
    }

    /// Says something to people who listen rather than look.
    pub fn announce(self, text: String) {
        // Equal text twice in a row is not announced by browsers: make it differ invisibly.
        let again = self
            .announced
            .try_get_untracked()
            .is_some_and(|before| before == text);
        self.announced
            .try_set(if again { text + "\u{a0}" } else { text });
    }

    /// What is confirmed at the moment.
    #[must_use]
    pub fn shown(self) -> Option<String> {
        self.shown.get()
    }

    /// What is announced at the moment.
    #[must_use]
    pub fn announced(self) -> String {
        self.announced.get()
    }

    /// Takes the confirmation away.
    pub fn clear(self) {
        self.shown.try_set(None);
    }
}
