//! Short confirmations: drawn in one place, announced once, gone when dismissed or replaced. One that
//! offers to take something back stays while its person goes elsewhere, and for as long as they like.
//! Failures are not notices: they stand where they happened.

use super::activity::AttemptId;
use crate::reactive::Value;

/// The confirmation that stands at the moment, and what is being announced.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: Value<Option<Notice>>,
    announced: Value<String>,
}

/// What is said.
#[derive(Clone, PartialEq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether they are about something that is done. What is only accepted, or not known, is not.
    pub is_done: bool,
    /// The attempt that they are about, where it can be taken back.
    attempt: Option<AttemptId>,
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
        self.offer(text, None);
    }

    /// Confirms what an attempt did; where that can be taken back, the button for it stands there.
    pub fn offer(self, text: String, attempt: Option<AttemptId>) {
        self.show(text, true, attempt);
    }

    /// Says what is not done, or not known to be, and not the failure of anything on the screen.
    pub fn tell(self, text: String) {
        self.show(text, false, None);
    }

    fn show(self, text: String, is_done: bool, attempt: Option<AttemptId>) {
        self.announce(text.clone());
        self.shown.try_set(Some(Notice {
            text,
            is_done,
            attempt,
        }));
    }

    /// The attempt that the confirmation of the moment is about.
    #[must_use]
    pub fn offered(self) -> Option<AttemptId> {
        self.shown.with(|shown| shown.as_ref()?.attempt)
    }

    /// Takes away what belongs to a screen that is left.
    pub fn leave(self) {
        let offers =
            |shown: &Option<Notice>| shown.as_ref().is_some_and(|shown| shown.attempt.is_some());
        if !self.shown.with_untracked(offers) {
            self.clear();
        }
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
    pub fn shown(self) -> Option<Notice> {
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
