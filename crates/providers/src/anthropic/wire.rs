//! The workspace as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! newest SDK calls most of them required, but older servers of this contract leave them out.

use std::collections::BTreeMap;

use serde::Deserialize;
use steward_domain::field::{Field, print_tags};
use steward_domain::odd::{Part, short};
use steward_domain::workspace::Kind;

use crate::dialect::Listed;
use crate::json::{Nested, Says, Scalar};
use crate::pagination::{Row, is_other, plain, set_state};

/// A workspace.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Workspace {
    id: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    name: Scalar,
    created_at: Scalar,
    archived_at: Scalar,
    display_color: Scalar,
    tags: Tags,
    data_residency: Nested<Residency>,
    external_key_id: Scalar,
    compartment_id: Scalar,
    user_profile_id: Scalar,
}

impl Row for Workspace {
    fn listed(self) -> Option<Listed> {
        let row = self;
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
        let instead = words(row.data_residency.instead);
        let residency = row.data_residency.record;
        let default = match instead.is_empty() {
            true => said(residency.default_inference_geo),
            false => (Some(instead.join(", ")), true),
        };
        for (field, (text, is_odd)) in [
            (Field::Color, said(row.display_color)),
            (Field::Tags, tags(row.tags)),
            (Field::InferenceGeo, default),
            (Field::AllowedGeos, geos(residency.allowed_inference_geos)),
            (Field::WorkspaceGeo, said(residency.workspace_geo)),
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
type Said = (Option<String>, bool);

fn said(value: Scalar) -> Said {
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

/// The service's words for plain values.
fn words(values: Vec<Scalar>) -> Vec<String> {
    values.into_iter().filter_map(Scalar::said).collect()
}

/// Where requests are worked on and data lie.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Residency {
    default_inference_geo: Scalar,
    /// A word or an array of them is due.
    allowed_inference_geos: Nested<BTreeMap<String, Scalar>>,
    workspace_geo: Scalar,
}

/// One word, or an array of them: `"unrestricted"` or `["global", "us"]`. Kept in the order of the
/// alphabet, joined by `, `, so that the same places are the same text.
fn geos(geos: Nested<BTreeMap<String, Scalar>>) -> Said {
    // Of an object the names say more than what stands under them.
    let names = geos.record.into_keys().map(Scalar::Odd);
    let (mut all, mut is_odd) = (Vec::new(), false);
    for value in geos.instead.into_iter().chain(names) {
        let (text, odd) = said(value);
        if let Some(word) = text {
            is_odd |= odd;
            all.push(word);
        }
    }
    all.sort();
    ((!all.is_empty()).then(|| all.join(", ")), is_odd)
}

/// An open map of texts. `null` is no tag.
type Tags = Nested<BTreeMap<String, Scalar>>;

fn tags(tags: Tags) -> Said {
    let instead = words(tags.instead);
    match (tags.is_array, instead.is_empty()) {
        // Perhaps an empty map of a program that has no maps; perhaps not.
        (true, true) => return (Some("[]".to_owned()), true),
        (_, false) => return (Some(instead.join(", ")), true),
        (false, true) => {}
    }
    let (mut all, mut is_odd): (Vec<(String, String)>, _) = (Vec::new(), false);
    for (key, value) in tags.record {
        match value {
            // An empty text is a tag as well.
            Scalar::Text(value) => all.push((key, value)),
            other => {
                if let Some(words) = other.said() {
                    is_odd = true;
                    all.push((key, words));
                }
            }
        }
    }
    ((!all.is_empty()).then(|| print_tags(all)), is_odd)
}
