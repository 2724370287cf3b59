//! A workspace to be made or changed, from what a person types to what may be sent.
//!
//! [`RawDraft`] is what stands in the fields, [`Draft`] is what has been checked, [`Change`] is
//! the difference from the base. Only a `Draft` can be made into a workspace and only a `Change`
//! can be sent for one, and it can only be made from a `Draft`: an unchecked text cannot reach a
//! request.

use crate::field::{Field, FieldFacts, Form, parse_tags, print_tags};
use crate::provider::Description;
use crate::workspace::Workspace;

/// Why a field cannot be sent as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It must not be empty.
    Empty,
    /// It has more code points than the service takes.
    TooLong {
        /// What the service takes.
        limit: usize,
        /// What there is.
        length: usize,
    },
    /// It is no colour.
    NotAColor,
    /// This line, from 1, is no tag, or its key has been there.
    NotATag(usize),
    /// This key's beginning is reserved by the service.
    Reserved(String),
    /// It is not among what the service takes.
    NotAChoice,
    /// The default place is not among the allowed ones.
    NotAllowed,
    /// The service's own words about it.
    Service(String),
}

/// What stands in the fields, in the form's order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct RawDraft(Vec<(Field, String)>);

/// Checked text, in its canonical form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft(Vec<(Field, String)>);

/// What a save would change: the changed fields and nothing else.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Change(Vec<Changed>);

/// One changed field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Which.
    pub field: Field,
    /// Its canonical text before.
    pub before: String,
    /// What it is to be; empty clears it.
    pub after: String,
}

/// How long a text is to a service: in Unicode code points.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().count()
}

impl RawDraft {
    /// What the form of a workspace begins with.
    #[must_use]
    pub fn of(base: &Workspace, service: &Description) -> Self {
        let text = |facts: &FieldFacts| (facts.field, base.text(facts.field).to_owned());
        Self(service.editable(base).map(text).collect())
    }

    /// What the form of a new workspace begins with: a choice at what the service takes by itself,
    /// all else empty.
    #[must_use]
    pub fn new(service: &Description) -> Self {
        let text = |facts: &FieldFacts| {
            let text = match facts.form {
                Form::Choice(words) => words.first().copied().unwrap_or_default(),
                _ => "",
            };
            (facts.field, text.to_owned())
        };
        Self(service.for_new().map(text).collect())
    }

    /// The text in a field; empty where there is no such field.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        let found = self.0.iter().find(|(other, _)| *other == field);
        found.map_or("", |(_, text)| text)
    }

    /// Changes the text in a field, if there is such a field.
    pub fn set(&mut self, field: Field, text: String) {
        if let Some((_, place)) = self.0.iter_mut().find(|(other, _)| *other == field) {
            *place = text;
        }
    }

    /// The fields and their texts.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Whether saving would change anything, as far as can be told without checking.
    #[must_use]
    pub fn is_dirty(&self, base: &Workspace) -> bool {
        self.fields().any(|(field, text)| text != base.text(field))
    }

    /// Checks every field against the service's limits. `base` is the workspace to be changed: what
    /// it already has is taken as it is, even where the service's contract does not name it.
    ///
    /// # Errors
    /// Every problem found, in the order of the form.
    pub fn check(
        &self,
        service: &Description,
        base: Option<&Workspace>,
    ) -> Result<Draft, Vec<(Field, Problem)>> {
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        for (field, text) in self.fields() {
            let before = base.map_or("", |base| base.text(field));
            match service.field(field) {
                Some(facts) if base.is_none() || before != text => match check(facts, text, before)
                {
                    Ok(text) => texts.push((field, text)),
                    Err(problem) => problems.push((field, problem)),
                },
                _ => texts.push((field, text.to_owned())),
            }
        }
        let draft = Draft(texts);
        if !draft.is_inside() {
            let place = |wanted| self.0.iter().position(|(field, _)| *field == wanted);
            let before = |(field, _): &(Field, Problem)| place(*field) < place(Field::InferenceGeo);
            let at = problems.partition_point(before);
            problems.insert(at, (Field::InferenceGeo, Problem::NotAllowed));
        }
        if problems.is_empty() {
            Ok(draft)
        } else {
            Err(problems)
        }
    }
}

/// The canonical text of a field that had another before.
fn check(facts: &FieldFacts, text: &str, before: &str) -> Result<String, Problem> {
    if text.trim().is_empty() {
        return match facts.required || !facts.clears && !before.is_empty() {
            true => Err(Problem::Empty),
            false if matches!(facts.form, Form::Text) => Ok(text.to_owned()),
            false => Ok(String::new()),
        };
    }
    if let Some(limit) = facts.limit {
        let length = length(text);
        if length > limit {
            return Err(Problem::TooLong { limit, length });
        }
    }
    match facts.form {
        Form::Line | Form::Text => Ok(text.to_owned()),
        Form::Color => {
            let color = text.trim();
            let digits = color.strip_prefix('#').unwrap_or_default();
            if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                Ok(color.to_owned())
            } else {
                Err(Problem::NotAColor)
            }
        }
        Form::Tags(reserved) => {
            let tags = parse_tags(text).map_err(Problem::NotATag)?;
            // The service's own tags may stay as they are.
            let own = parse_tags(before).unwrap_or_default();
            let taken = |tag: &&(String, String)| {
                !reserved.is_empty() && tag.0.starts_with(reserved) && !own.contains(tag)
            };
            match tags.iter().find(taken) {
                Some((key, _)) => Err(Problem::Reserved(key.clone())),
                None => Ok(print_tags(tags)),
            }
        }
        Form::Choice(words) if words.contains(&text) => Ok(text.to_owned()),
        Form::Choice(_) => Err(Problem::NotAChoice),
    }
}

impl Draft {
    /// The text of a field; empty where there is none.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        let found = self.0.iter().find(|(other, _)| *other == field);
        found.map_or("", |(_, text)| text)
    }

    /// The fields and their texts, in the order of the form.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Where a workspace is not as the draft wants it: what each field was to be, and what it is.
    #[must_use]
    pub fn differs(&self, found: &Workspace) -> Change {
        let changed = self.fields().filter_map(|(field, wanted)| {
            let kept = found.text(field);
            (kept != wanted).then(|| Changed {
                field,
                before: wanted.to_owned(),
                after: kept.to_owned(),
            })
        });
        Change(changed.collect())
    }

    /// The same fields with the texts that a workspace has.
    #[must_use]
    pub fn at(&self, workspace: &Workspace) -> Self {
        let text = |(field, _): &(Field, String)| (*field, workspace.text(*field).to_owned());
        Self(self.0.iter().map(text).collect())
    }

    /// Gives a field the text that it has in another draft.
    pub(crate) fn take(&mut self, field: Field, from: &Self) {
        self.set(field, from.get(field).to_owned());
    }

    /// Gives a field a text that has been checked.
    pub(crate) fn set(&mut self, field: Field, text: String) {
        if let Some((_, place)) = self.0.iter_mut().find(|(other, _)| *other == field) {
            *place = text;
        }
    }

    /// Whether requests are worked on by default where they may be. One word for anywhere, or a
    /// list that has to have the default.
    fn is_inside(&self) -> bool {
        let (geo, allowed) = (self.get(Field::InferenceGeo), self.get(Field::AllowedGeos));
        geo.is_empty()
            || allowed.is_empty()
            || allowed == UNRESTRICTED
            || allowed.split(", ").any(|word| word == geo)
    }

    /// The difference from a base. Put on the base it gives the draft back.
    #[must_use]
    pub fn change_from(&self, base: &Workspace) -> Change {
        let changed = self.0.iter().filter_map(|(field, after)| {
            let before = base.text(*field);
            (before != after).then(|| Changed {
                field: *field,
                before: before.to_owned(),
                after: after.clone(),
            })
        });
        Change(changed.collect())
    }
}

/// The text of [`Field::AllowedGeos`] that means anywhere.
pub const UNRESTRICTED: &str = "unrestricted";

impl FromIterator<Changed> for Change {
    fn from_iter<T: IntoIterator<Item = Changed>>(fields: T) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl Change {
    /// Whether there is nothing to send.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The changed fields.
    pub fn fields(&self) -> impl Iterator<Item = &Changed> {
        self.0.iter()
    }

    /// What a field is to be, if it changes.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Changed> {
        self.0.iter().find(|changed| changed.field == field)
    }
}

#[cfg(test)]
mod tests;
