//! The workspace as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! newest SDK calls most of them required, but older servers of this contract leave them out.

use steward_domain::field::{Field, print_tags};
use steward_domain::odd::{Part, short};
use steward_domain::workspace::Kind;

use crate::dialect::Listed;
use crate::pagination::{Row, is_other, plain, set_state};
use crate::reader::{Place, Record, Says, Scalar};

/// A workspace.
#[derive(Default)]
pub(super) struct Workspace {
    id: Scalar,
    kind: Scalar,
    name: Scalar,
    created_at: Scalar,
    archived_at: Scalar,
    display_color: Scalar,
    tags: Tags,
    data_residency: Residency,
    external_key_id: Scalar,
    compartment_id: Scalar,
    user_profile_id: Scalar,
}

impl Record for Workspace {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "type" => &mut self.kind,
            "name" => &mut self.name,
            "created_at" => &mut self.created_at,
            "archived_at" => &mut self.archived_at,
            "display_color" => &mut self.display_color,
            "external_key_id" => &mut self.external_key_id,
            "compartment_id" => &mut self.compartment_id,
            "user_profile_id" => &mut self.user_profile_id,
            "tags" => return Place::Record(&mut self.tags),
            "data_residency" => return Place::Record(&mut self.data_residency),
            _ => return Place::Nowhere,
        })
    }
}

impl Row for Workspace {
    fn take(&mut self) -> Option<Listed> {
        let row = std::mem::take(self);
        if is_other(&row.kind, &["workspace"]) {
            return None;
        }
        let mut workspace = plain(row.id, row.name)?;
        // There is no other mark.
        set_state(
            &mut workspace,
            Says::Nothing,
            "archived_at",
            row.archived_at,
        );
        let may_be_default = !workspace.state.is_archived() && !row.user_profile_id.is_mark();
        workspace.kind = kind(&workspace.name, may_be_default);
        workspace.created = row.created_at.time_or(Part::Created, &mut workspace.odd);
        let residency = row.data_residency;
        let default = match residency.odd.is_empty() {
            true => said(residency.default),
            false => (Some(residency.odd.join(", ")), true),
        };
        for (field, (text, is_odd)) in [
            (Field::Color, said(row.display_color)),
            (Field::Tags, row.tags.said()),
            (Field::InferenceGeo, default),
            (Field::AllowedGeos, residency.allowed.said()),
            (Field::WorkspaceGeo, said(residency.geo)),
            (Field::ExternalKey, said(row.external_key_id)),
            (Field::Compartment, said(row.compartment_id)),
            (Field::Profile, said(row.user_profile_id)),
        ] {
            let Some(text) = text else {
                continue;
            };
            if is_odd {
                workspace.odd.note(Part::Field(field), short(&text));
            }
            workspace.more.push((field, text));
        }
        Some(Listed {
            workspace,
            members: None,
        })
    }
}

/// The text of a field, and whether it is only the service's words for what is no text.
type ErrorBody = (Option<String>, bool);

fn said(value: Scalar) -> ErrorBody {
    let is_odd = !matches!(value, Scalar::Text(_));
    (value.said(), is_odd)
}

/// Whether the service treats a workspace like any other.
///
/// Nothing in the object says that it is the default one: the SDK knows it only as something that
/// a list can be asked to include. What is documented is that it reads back with the name
/// `Default`, and that it can be neither renamed, nor archived, nor given a user profile. So the
/// name counts unless something of that speaks against it. Somebody may have given the name to a
/// workspace of their own; being protected from archiving by mistake is the error that costs less.
///
/// The workspace for Claude Code is known by its name alone too ("automatically creates a Claude
/// Code workspace").
fn kind(name: &str, may_be_default: bool) -> Kind {
    match name {
        "Default" if may_be_default => Kind::Default,
        "Claude Code" => Kind::ForTool,
        _ => Kind::Ordinary,
    }
}

/// Where requests are worked on and data lie.
#[derive(Default)]
struct Residency {
    default: Scalar,
    allowed: Geos,
    geo: Scalar,
    /// What came in place of the object.
    odd: Vec<String>,
}

impl Record for Residency {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "default_inference_geo" => &mut self.default,
            "workspace_geo" => &mut self.geo,
            "allowed_inference_geos" => return Place::Record(&mut self.allowed),
            _ => return Place::Nowhere,
        })
    }

    fn plain(&mut self, value: Scalar) {
        self.odd.extend(value.said());
    }
}

/// One word, or an array of them: `"unrestricted"` or `["global", "us"]`. Kept in the order of the
/// alphabet, joined by `, `, so that the same places are the same text.
#[derive(Default)]
struct Geos {
    words: Vec<String>,
    is_odd: bool,
}

impl Record for Geos {
    fn place(&mut self, name: &str) -> Place<'_> {
        self.plain(Scalar::Odd(name.to_owned()));
        Place::Nowhere
    }

    fn plain(&mut self, value: Scalar) {
        let (text, is_odd) = said(value);
        if let Some(word) = text {
            self.is_odd |= is_odd;
            let later = self.words.iter().position(|other| *other > word);
            self.words.insert(later.unwrap_or(self.words.len()), word);
        }
    }
}

impl Geos {
    fn said(self) -> ErrorBody {
        let text = (!self.words.is_empty()).then(|| self.words.join(", "));
        (text, self.is_odd)
    }
}

/// An open map of texts. `null` is no tag.
#[derive(Default)]
struct Tags {
    tags: Vec<(String, Scalar)>,
    /// What came in place of the map.
    odd: Vec<String>,
    is_array: bool,
}

impl Record for Tags {
    fn place(&mut self, name: &str) -> Place<'_> {
        self.tags.push((name.to_owned(), Scalar::Missing));
        match self.tags.last_mut() {
            Some((_, value)) => Place::Value(value),
            None => Place::Nowhere,
        }
    }

    fn plain(&mut self, value: Scalar) {
        self.odd.extend(value.said());
    }

    fn array(&mut self) {
        self.is_array = true;
    }
}

impl Tags {
    fn said(self) -> ErrorBody {
        match (self.is_array, self.odd.is_empty()) {
            // Perhaps an empty map of a program that has no maps; perhaps not.
            (true, true) => return (Some("[]".to_owned()), true),
            (_, false) => return (Some(self.odd.join(", ")), true),
            (false, true) => {}
        }
        let (mut tags, mut is_odd): (Vec<(String, String)>, _) = (Vec::new(), false);
        for (key, value) in self.tags {
            match value {
                Scalar::Text(value) => tags.push((key, value)),
                other => {
                    if let Some(words) = other.said() {
                        is_odd = true;
                        tags.push((key, words));
                    }
                }
            }
        }
        let text = (!tags.is_empty()).then(|| print_tags(tags));
        (text, is_odd)
    }
}
