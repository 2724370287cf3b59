//! What the walk's service has, in the words of its contract.

use crate::json::Object;

pub(super) const NAMES: [&str; 4] = ["Acme", "Beta \"lab\"", "Ünïcode 🦀", "x\\n=\u{202e}y"];
pub(super) const TEXTS: [&str; 4] = ["", "one", "two\nlines", "<b>"];
pub(super) const MODES: [&str; 3] = ["single", "assigned", "pooled"];
pub(super) const USERS: [&str; 3] = ["u1", "u2", "u3"];
pub(super) const ROLES: [&str; 3] = ["owner", "admin", "viewer"];

/// A workspace as it truly is.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Truth {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) billing: String,
    pub(super) archived: bool,
    pub(super) members: Vec<(String, String)>,
}

impl Truth {
    pub(super) fn json(&self) -> String {
        let mut object = Object::default();
        object.text("id", &self.id);
        object.text("name", &self.name);
        object.text_or_null("description", &self.description);
        object.text("billing_mode", &self.billing);
        object.word("archived", if self.archived { "true" } else { "false" });
        object.finish()
    }

    pub(super) fn member_list(&self) -> String {
        let one = |(user, role): &(String, String)| {
            let mut object = Object::default();
            object.text("user_id", user);
            object.text("role", role);
            object.finish()
        };
        list(self.members.iter().map(one))
    }
}

pub(super) fn list(rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    ["{\"data\":[", &rows.join(","), "],\"has_more\":false}"].concat()
}
