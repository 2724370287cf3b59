//! The workspace as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! newest SDK calls most of them required, but older servers of this contract leave them out.

use steward_domain::field::{Field, print_tags};
use steward_domain::workspace::Kind;

use crate::dialect::Listed;
use crate::page::{Row, plain, state};
use crate::reader::{Place, Record, Scalar};

/// A workspace.
#[derive(Default)]
pub(super) struct Workspace {
    id: Scalar,
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
        // There is no other mark.
        let archived = row.archived_at.is_mark();
        let may_be_default = !archived && !row.user_profile_id.is_mark();
        let mut workspace = plain(row.id, row.name, state(archived, row.archived_at.time()))?;
        workspace.kind = kind(&workspace.name, may_be_default);
        workspace.created = row.created_at.time();
        let more = &mut workspace.more;
        let residency = row.data_residency;
        push(more, Field::Color, row.display_color.words());
        push(more, Field::Tags, row.tags.print());
        push(more, Field::InferenceGeo, residency.default.words());
        push(more, Field::AllowedGeos, residency.allowed.print());
        push(more, Field::WorkspaceGeo, residency.geo.words());
        push(more, Field::ExternalKey, row.external_key_id.words());
        push(more, Field::Compartment, row.compartment_id.words());
        push(more, Field::Profile, row.user_profile_id.words());
        Some(Listed {
            workspace,
            members: None,
        })
    }
}

fn push(more: &mut Vec<(Field, String)>, field: Field, text: Option<String>) {
    if let Some(text) = text {
        more.push((field, text));
    }
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
}

/// One word, or an array of them: `"unrestricted"` or `["global", "us"]`. Kept in the order of the
/// alphabet, joined by `, `, so that the same places are the same text.
#[derive(Default)]
struct Geos(Vec<String>);

impl Record for Geos {
    fn place(&mut self, _: &str) -> Place<'_> {
        Place::Nowhere
    }

    fn plain(&mut self, value: Scalar) {
        if let Some(word) = value.words() {
            let later = self.0.iter().position(|other| *other > word);
            self.0.insert(later.unwrap_or(self.0.len()), word);
        }
    }
}

impl Geos {
    fn print(self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(", "))
    }
}

/// An open map of texts. Values of other types are left out, as `null` is.
#[derive(Default)]
struct Tags(Vec<(String, Scalar)>);

impl Record for Tags {
    fn place(&mut self, name: &str) -> Place<'_> {
        self.0.push((name.to_owned(), Scalar::Missing));
        match self.0.last_mut() {
            Some((_, value)) => Place::Value(value),
            None => Place::Nowhere,
        }
    }
}

impl Tags {
    fn print(self) -> Option<String> {
        let mut tags: Vec<(String, String)> = Vec::new();
        for (key, value) in self.0 {
            if let Some(value) = value.text() {
                tags.push((key, value));
            }
        }
        (!tags.is_empty()).then(|| print_tags(tags))
    }
}
