//! What a write has shown of a workspace, held against readings that lag behind it.
//!
//! Guarantees: a reading that shows what was before a confirmed change, and nothing newer, does not undo the change;
//! whatever else it shows counts. Must not know how long a service may lag, nor what time it is.

use crate::field::Field;
use crate::workspace::Workspace;

/// A change that was confirmed.
#[derive(Clone, PartialEq, Debug)]
pub struct Confirmed {
    /// What the workspace was; `None` if it was made.
    pub before: Option<Workspace>,
    /// What it was shown to be then.
    pub after: Workspace,
}

/// What a reading says after a confirmed change.
#[derive(Clone, PartialEq, Debug)]
pub enum Reading {
    /// It is newer than the change, or as new: it counts as it is.
    Newer(Workspace),
    /// It is older: this is what it comes to with the change.
    Lagging(Workspace),
}

impl Confirmed {
    /// Whether the change is one that a reading could miss.
    #[must_use]
    pub fn is_change(&self) -> bool {
        match &self.before {
            Some(before) => {
                before.state != self.after.state || self.fields(before).next().is_some()
            }
            None => true,
        }
    }

    /// Holds a reading against the change.
    #[must_use]
    pub fn read(&self, mut read: Workspace) -> Reading {
        let Some(before) = &self.before else {
            return Reading::Newer(read);
        };
        let is_later = match (read.updated, self.after.updated) {
            (Some(read), Some(after)) => read > after,
            _ => false,
        };
        let changes_state = before.state != self.after.state;
        let is_before = (!changes_state || read.state == before.state)
            && self
                .fields(before)
                .all(|field| read.text(field) == before.text(field));
        if is_later || !is_before {
            return Reading::Newer(read);
        }
        let fields: Vec<Field> = self.fields(before).collect();
        for field in fields {
            read.set(field, self.after.text(field).to_owned());
        }
        if changes_state {
            read.state = self.after.state.clone();
        }
        read.updated = read.updated.max(self.after.updated);
        Reading::Lagging(read)
    }

    fn fields<'a>(&'a self, before: &'a Workspace) -> impl Iterator<Item = Field> + 'a {
        let differs = |field: &Field| before.text(*field) != self.after.text(*field);
        Field::ALL.into_iter().filter(differs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::workspace;
    use crate::time::Timestamp;
    use crate::workspace::State;

    fn named(name: &str) -> Workspace {
        let mut found = workspace("ws_1", name);

        found.updated = None;
        found
    }

    fn renamed() -> Confirmed {
        Confirmed {
            before: Some(named("Old")),
            after: named("New"),
        }
    }

    #[test]
    fn a_reading_of_what_was_before_does_not_undo_the_change() {
        assert_eq!(renamed().read(named("Old")), Reading::Lagging(named("New")));
        let archived = Confirmed {
            before: Some(named("Old")),
            after: Workspace {
                state: State::Archived(None),
                ..named("Old")
            },
        };
        let Reading::Lagging(shown) = archived.read(named("Old")) else {
            panic!("taken for newer");
        };
        assert!(shown.state.is_archived());
    }

    #[test]
    fn whatever_else_a_reading_shows_counts() {
        let mut beside = named("Old");
        beside.set(Field::Description, "theirs".to_owned());
        let Reading::Lagging(shown) = renamed().read(beside) else {
            panic!("taken for newer");
        };
        assert_eq!(
            (shown.name.as_str(), shown.text(Field::Description)),
            ("New", "theirs")
        );
        for name in ["New", "Theirs"] {
            assert_eq!(
                renamed().read(named(name)),
                Reading::Newer(named(name)),
                "{name}"
            );
        }
    }

    #[test]
    fn a_later_moment_of_the_services_own_tells_a_reading_that_is_newer() {
        let at = |name: &str, seconds: i64| Workspace {
            updated: Some(Timestamp(0).plus_seconds(seconds)),
            ..named(name)
        };
        let confirmed = Confirmed {
            before: Some(at("Old", 1)),
            after: at("New", 2),
        };
        assert_eq!(
            confirmed.read(at("Old", 3)),
            Reading::Newer(at("Old", 3)),
            "somebody took it back"
        );
        assert_eq!(confirmed.read(at("Old", 1)), Reading::Lagging(at("New", 2)));
    }

    #[test]
    fn what_was_made_counts_as_it_is_read() {
        let made = Confirmed {
            before: None,
            after: named("New"),
        };
        assert!(made.is_change());
        assert_eq!(made.read(named("Old")), Reading::Newer(named("Old")));
        let same = Confirmed {
            before: Some(named("New")),
            after: named("New"),
        };
        assert!(!same.is_change());
    }
}
