//! A change to a workspace, from what a person types to what may be sent.
//!
//! [`RawDraft`] is what stands in the fields, [`Draft`] is what has been checked, [`Change`] is
//! the difference from the base. Only a `Change` can be sent, and it can only be made from a
//! `Draft`: an unchecked text cannot reach a request.

use crate::provider::Description;
use crate::workspace::Workspace;

/// A field of the edit form. Extend the checks below when a field is added.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// The name.
    Name,
    /// The description.
    Description,
}

/// What is wrong with a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It must not be empty.
    Empty,
    /// It is longer than the service takes.
    TooLong {
        /// Most code points that the service takes.
        limit: usize,
        /// Code points that stand in the field.
        length: usize,
    },
    /// What the service said about it, in its own words.
    Service(String),
}

/// The texts in the form, as typed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct RawDraft {
    /// Text of the name field.
    pub name: String,
    /// Text of the description field; empty means "no description".
    pub description: String,
}

/// Texts that the service should accept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    name: String,
    description: Option<String>,
}

/// What to do with one nullable field.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Patch<T> {
    /// Leave it as it is: the field is absent from the request.
    #[default]
    Keep,
    /// Take the value away: `null` in the request.
    Clear,
    /// Set it.
    Set(T),
}

/// The fields that differ from the base, and nothing else.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Change {
    /// The new name, if it changes.
    pub name: Option<String>,
    /// What happens to the description.
    pub description: Patch<String>,
}

/// Length as the services count it: Unicode code points, neither bytes nor letters seen.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().count()
}

impl RawDraft {
    /// The form as it opens.
    #[must_use]
    pub fn of(base: &Workspace) -> Self {
        Self {
            name: base.name.clone(),
            description: base.description.clone().unwrap_or_default(),
        }
    }

    /// Whether the form says something else than the base.
    #[must_use]
    pub fn is_dirty(&self, base: &Workspace) -> bool {
        self.name != base.name || self.description != base.description.as_deref().unwrap_or("")
    }

    /// Checks every field as the service does.
    ///
    /// # Errors
    /// Every problem found, in the order of the form.
    pub fn check(&self, service: &Description) -> Result<Draft, Vec<(Field, Problem)>> {
        let mut problems = Vec::new();
        if self.name.trim().is_empty() {
            problems.push((Field::Name, Problem::Empty));
        }
        let mut within = |field, text: &str, limit| {
            let length = length(text);
            if length > limit {
                problems.push((field, Problem::TooLong { limit, length }));
            }
        };
        within(Field::Name, &self.name, service.name_limit);
        if let Some(limit) = service.description_limit {
            within(Field::Description, &self.description, limit);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Draft {
            name: self.name.clone(),
            description: (!self.description.is_empty()).then(|| self.description.clone()),
        })
    }
}

impl Draft {
    /// What must be sent to turn the base into this draft.
    #[must_use]
    pub fn change_from(&self, base: &Workspace) -> Change {
        // Some services keep an empty description and some turn it into none: to a person the two
        // are one, so neither is a change of the other.
        let before = base.description.as_deref().filter(|text| !text.is_empty());
        Change {
            name: (self.name != base.name).then(|| self.name.clone()),
            description: match (&self.description, before) {
                (Some(text), before) if before != Some(text) => Patch::Set(text.clone()),
                (None, Some(_)) => Patch::Clear,
                _ => Patch::Keep,
            },
        }
    }
}

impl Change {
    /// Whether there is nothing to send.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.description == Patch::Keep
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::WorkspaceId;
    use crate::provider::Reversibility;
    use crate::workspace::State;
    use proptest::prelude::*;

    const SERVICE: Description = Description {
        key: "test",
        name: "Test",
        mark: "T",
        may_edit: &[],
        may_archive: &[],
        name_limit: 50,
        description_limit: Some(200),
        archive: Reversibility::NoWayDocumented,
    };

    fn workspace(name: &str, description: Option<&str>) -> Workspace {
        Workspace {
            id: WorkspaceId::new("ws_1").unwrap(),
            name: name.to_owned(),
            description: description.map(str::to_owned),
            billing: None,
            seat_limit: None,
            state: State::Active,
            created: None,
            updated: None,
        }
    }

    fn raw(name: &str, description: &str) -> RawDraft {
        RawDraft {
            name: name.to_owned(),
            description: description.to_owned(),
        }
    }

    /// What a service does with a change, by its contract.
    fn apply(change: &Change, base: &Workspace) -> Workspace {
        let mut after = base.clone();
        if let Some(name) = &change.name {
            after.name.clone_from(name);
        }
        match &change.description {
            Patch::Keep => {}
            Patch::Clear => after.description = None,
            Patch::Set(text) => after.description = Some(text.clone()),
        }
        after
    }

    #[test]
    fn limits_count_code_points() {
        assert!(raw(&"🦀".repeat(50), "").check(&SERVICE).is_ok());
        assert_eq!(
            raw(&"🦀".repeat(51), &"é".repeat(201)).check(&SERVICE),
            Err(vec![
                (
                    Field::Name,
                    Problem::TooLong {
                        limit: 50,
                        length: 51
                    }
                ),
                (
                    Field::Description,
                    Problem::TooLong {
                        limit: 200,
                        length: 201
                    }
                ),
            ])
        );
    }

    #[test]
    fn a_blank_name_is_refused() {
        assert_eq!(
            raw("  \u{a0}", "").check(&SERVICE),
            Err(vec![(Field::Name, Problem::Empty)])
        );
    }

    #[test]
    fn only_what_changed_is_in_the_change() {
        let base = workspace("Acme", Some("Old"));
        let change = |name: &str, description: &str| {
            raw(name, description)
                .check(&SERVICE)
                .unwrap()
                .change_from(&base)
        };
        assert!(change("Acme", "Old").is_empty());
        assert_eq!(
            change("Acme 2", "Old"),
            Change {
                name: Some("Acme 2".into()),
                description: Patch::Keep
            }
        );
        assert_eq!(
            change("Acme", ""),
            Change {
                name: None,
                description: Patch::Clear
            }
        );
        assert_eq!(
            change("Acme", "New"),
            Change {
                name: None,
                description: Patch::Set("New".into())
            }
        );
    }

    #[test]
    fn an_empty_description_equals_none() {
        for base in [workspace("Acme", None), workspace("Acme", Some(""))] {
            let form = RawDraft::of(&base);
            assert!(!form.is_dirty(&base));
            assert!(form.check(&SERVICE).unwrap().change_from(&base).is_empty());
        }
    }

    proptest! {
        #[test]
        fn a_change_turns_the_base_into_the_draft(
            old_name in "\\PC{1,20}", old in proptest::option::of("\\PC{0,20}"),
            name in "\\PC{1,20}", description in "\\PC{0,20}",
        ) {
            let base = workspace(&old_name, old.as_deref());
            let form = raw(&name, &description);
            if let Ok(draft) = form.check(&SERVICE) {
                let after = apply(&draft.change_from(&base), &base);
                prop_assert!(!form.is_dirty(&after));
                prop_assert!(draft.change_from(&after).is_empty());
            }
        }

        #[test]
        fn a_form_that_is_not_dirty_changes_nothing(name in "\\PC{1,20}", old in proptest::option::of("\\PC{0,20}")) {
            let base = workspace(&name, old.as_deref());
            if let Ok(draft) = RawDraft::of(&base).check(&SERVICE) {
                prop_assert!(draft.change_from(&base).is_empty());
            }
        }
    }
}
