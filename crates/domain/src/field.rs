//! The fields of a workspace, as text.
//!
//! Guarantees: every field has one canonical text, so that values are compared, kept and merged
//! alike whatever service they are of. What a field looks like on the wire is the dialect's.

/// A field of a workspace.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// Its name.
    Name,
    /// What it is for.
    Description,
    /// How it is paid for.
    Billing,
    /// The colour it is shown in, `#RRGGBB`.
    Color,
    /// Labels, in the form of [`print_tags`].
    Tags,
    /// Where its requests are worked on unless they say otherwise.
    InferenceGeo,
    /// Where its requests may be worked on: words joined by `, `, or one that means anywhere.
    AllowedGeos,
    /// Where its data lie.
    WorkspaceGeo,
    /// Where its data lie, and whether they are worked on there as well.
    Residency,
    /// The id of a key of the customer's own.
    ExternalKey,
    /// The id of its compartment.
    Compartment,
    /// The id of the user profile that it belongs to.
    Profile,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Description,
        Self::Billing,
        Self::Color,
        Self::Tags,
        Self::InferenceGeo,
        Self::AllowedGeos,
        Self::WorkspaceGeo,
        Self::Residency,
        Self::ExternalKey,
        Self::Compartment,
        Self::Profile,
    ];

    /// A word of the console's own, for ids in the page and for what is kept in the tab.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::Billing => "billing",
            Self::Color => "color",
            Self::Tags => "tags",
            Self::InferenceGeo => "inference",
            Self::AllowedGeos => "allowed",
            Self::WorkspaceGeo => "geo",
            Self::Residency => "residency",
            Self::ExternalKey => "external",
            Self::Compartment => "compartment",
            Self::Profile => "profile",
        }
    }
}

/// What a service says about a field that can be set.
#[derive(PartialEq, Debug)]
pub struct FieldFacts {
    /// Which.
    pub field: Field,
    /// What its text looks like.
    pub form: Form,
    /// Whether it must not be empty.
    pub required: bool,
    /// Whether it can be emptied once there is something in it.
    pub clears: bool,
    /// Most Unicode code points, where the service says so.
    pub limit: Option<usize>,
    /// When it can be set.
    pub when: When,
}

/// What the text of a field looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// One line.
    Line,
    /// Any text.
    Text,
    /// `#RRGGBB`.
    Color,
    /// A line for each, a key and a value; keys with this beginning are the service's own.
    Tags(&'static str),
    /// One of these words; the first is what the service takes by itself.
    Choice(&'static [&'static str]),
}

/// When a field can be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// At any time.
    Always,
    /// When the workspace is made, and never again.
    AtCreation,
}

/// Prints tags: a line for each, `key=value`, in the order of the keys. A backslash stands before
/// a backslash, before an equals sign of a key, and in `\n` for a line break.
#[must_use]
pub fn print_tags(tags: Vec<(String, String)>) -> String {
    let mut out = String::new();
    for (number, (key, value)) in in_order(tags).iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        escape(&mut out, key, true);
        out.push('=');
        escape(&mut out, value, false);
    }
    out
}

fn escape(out: &mut String, text: &str, key: bool) {
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '=' if key => out.push_str("\\="),
            letter => out.push(letter),
        }
    }
}

/// Reads tags as [`print_tags`] prints them and as people type them: blank lines and blanks around
/// keys and values do not count.
///
/// # Errors
/// The number, from 1, of a line that has no equals sign or no key, or whose key has been there.
pub fn parse_tags(text: &str) -> Result<Vec<(String, String)>, usize> {
    let mut tags: Vec<(String, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let (key, value) = parse_tag(line.trim()).ok_or(number + 1)?;
        if key.is_empty() || tags.iter().any(|(other, _)| *other == key) {
            return Err(number + 1);
        }
        tags.push((key, value));
    }
    Ok(in_order(tags))
}

fn in_order(mut tags: Vec<(String, String)>) -> Vec<(String, String)> {
    let order = crate::listing::positions(tags.len(), &[], &|a, b| tags.get(a).cmp(&tags.get(b)));
    let next = order.into_iter();
    next.filter_map(|at| tags.get_mut(at as usize).map(std::mem::take))
        .collect()
}

fn parse_tag(line: &str) -> Option<(String, String)> {
    let (mut key, mut value) = (None, String::new());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => value.push('\n'),
                Some(escaped @ ('\\' | '=')) => value.push(escaped),
                other => {
                    value.push('\\');
                    value.extend(other);
                }
            },
            '=' if key.is_none() => key = Some(std::mem::take(&mut value)),
            letter => value.push(letter),
        }
    }
    Some((key?.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_are_read_as_people_type_them() {
        let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            parse_tags("\n team = blue \r\nenv=\n\nurl=https://x/?a=b\n"),
            Ok(vec![
                tag("env", ""),
                tag("team", "blue"),
                tag("url", "https://x/?a=b")
            ])
        );
        assert_eq!(parse_tags("a=1\nnonsense"), Err(2));
        assert_eq!(parse_tags("a=1\n=2"), Err(2));
        assert_eq!(parse_tags("a=1\n\na = 2"), Err(3));
        assert_eq!(parse_tags(""), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn tags_are_read_as_they_were_printed(
            tags in proptest::collection::btree_map("[^\\s\r]([^\r]{0,8}[^\\s])?", "([^\\s]([^\r]{0,8}[^\\s])?)?", 0..6)
        ) {
            let tags: Vec<(String, String)> = tags.into_iter().collect();
            prop_assert_eq!(parse_tags(&print_tags(tags.clone())), Ok(tags));
        }
    }
}
