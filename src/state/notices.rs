//! Short confirmations: drawn in one place, announced once, gone when dismissed or replaced. One that
//! offers to take something back stays while its person goes elsewhere, and for as long as they like.
//! Failures are not notices: they stand where they happened.

use leptos::prelude::*;
use steward_flows::Evidence;

use super::activity::{Attempt, AttemptId, Outcome};

/// The confirmation that stands at the moment, and what is being announced.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Option<Notice>>,
    announced: RwSignal<String>,
}

/// How much of what was wanted is done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// All of it.
    Done,
    /// Not as it was sent, or not all of it: there is something to look at.
    Otherwise,
    /// Nothing yet: it is only accepted, or not known.
    Open,
}

impl Mark {
    /// Of what was done, by how it was.
    #[must_use]
    pub fn of(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Differently | Evidence::InPart => Self::Otherwise,
            Evidence::Answered
            | Evidence::ConfirmedByReading
            | Evidence::AlreadyThere
            | Evidence::Gone => Self::Done,
        }
    }

    /// Of an attempt that is confirmed.
    #[must_use]
    pub fn of_attempt(attempt: &Attempt) -> Self {
        match &attempt.outcome {
            Outcome::Done(how) => Self::of(*how),
            _ => Self::Done,
        }
    }
}

/// What is said.
#[derive(Clone, PartialEq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// How much is done of what they are about.
    pub mark: Mark,
    /// The attempt that they are about, where it can be taken back.
    attempt: Option<AttemptId>,
}

impl Notices {
    pub(super) fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            announced: RwSignal::new(String::new()),
        }
    }

    /// Confirms something that has happened.
    pub fn confirm(self, text: String) {
        self.confirm_as(text, Mark::Done);
    }

    /// Confirms something of which not all may be as it was wanted.
    pub fn confirm_as(self, text: String, mark: Mark) {
        self.offer(text, mark, None);
    }

    /// Confirms what an attempt did; where that can be taken back, the button for it stands there.
    pub fn offer(self, text: String, mark: Mark, attempt: Option<AttemptId>) {
        self.announce(text.clone());
        self.shown.try_set(Some(Notice {
            text,
            mark,
            attempt,
        }));
    }

    /// Says what is not done, or not known to be, and not the failure of anything on the screen.
    pub fn tell(self, text: String) {
        self.offer(text, Mark::Open, None);
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
