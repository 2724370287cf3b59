//! The bodies that make and change a workspace.
//!
//! Guarantees: only what changes is in a change. Tags are sent as the difference that the service
//! merges into what it has, so that a tag which somebody else sets meanwhile stays.

use steward_domain::draft::{Change, Draft, UNRESTRICTED};
use steward_domain::field::{Field, parse_tags};

use super::DESCRIPTION;
use crate::writer::Object;

#[derive(Default)]
struct Body {
    top: Object,
    residency: Object,
}

/// The body that makes a change.
pub(super) fn update(change: &Change) -> String {
    let mut body = Body::default();
    // WorkspaceUpdateParams.data_residency has no `workspace_geo`.
    let changed = change
        .fields()
        .filter(|changed| changed.field != Field::WorkspaceGeo);
    for changed in changed {
        body.set(changed.field, &changed.before, &changed.after);
    }
    body.finish()
}

/// The body that makes a workspace; what has been left empty is the service's to choose.
pub(super) fn create(draft: &Draft) -> String {
    let mut body = Body::default();
    for facts in DESCRIPTION.fields {
        let text = draft.get(facts.field);
        if !text.is_empty() {
            body.set(facts.field, "", text);
        }
    }
    body.finish()
}

impl Body {
    fn set(&mut self, field: Field, before: &str, after: &str) {
        let Self { top, residency } = self;
        match field {
            Field::Name => top.text("name", after),
            Field::Color => top.text_or_null("display_color", after),
            Field::Tags => top.object("tags", difference(before, after)),
            // What `null` does here is not written anywhere.
            Field::InferenceGeo | Field::AllowedGeos | Field::WorkspaceGeo if after.is_empty() => {}
            Field::InferenceGeo => residency.text("default_inference_geo", after),
            Field::AllowedGeos if after == UNRESTRICTED => {
                residency.text("allowed_inference_geos", after);
            }
            Field::AllowedGeos => {
                let words: Vec<&str> = after.split(',').map(str::trim_start).collect();
                residency.texts("allowed_inference_geos", &words);
            }
            Field::WorkspaceGeo => residency.text("workspace_geo", after),
            _ => {}
        }
    }

    fn finish(mut self) -> String {
        if !self.residency.is_empty() {
            self.top.object("data_residency", self.residency);
        }
        self.top.finish()
    }
}

/// What merging makes the tags before into those after: changed and new keys with their values,
/// keys that go with `null`. The rest is left as it is.
fn difference(before: &str, after: &str) -> Object {
    let (before, after) = (tags(before), tags(after));
    let mut merged = Object::default();
    for tag in &after {
        if !before.contains(tag) {
            merged.text(&tag.0, &tag.1);
        }
    }
    for (key, _) in &before {
        if !after.iter().any(|(other, _)| other == key) {
            merged.word(key, "null");
        }
    }
    merged
}

/// The tags of a text, line by line: one that the service has and people could not type, such as
/// one with an empty key, does not hide the others.
fn tags(text: &str) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    for line in text.lines() {
        if let Ok(mut tag) = parse_tags(line) {
            tags.append(&mut tag);
        }
    }
    tags
}
