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
    pub(super) subscriptions: Vec<Ending>,
    pub(super) buckets: Vec<Ending>,
}

/// Something that stands in the way of an archive until it has been ended.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Ending {
    pub(super) id: String,
    /// Whether it is over, and shown to be.
    pub(super) is_over: bool,
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

    /// Who pays for what runs in it.
    pub(super) fn payer(&self) -> String {
        ["cus_", &self.id].concat()
    }

    pub(super) fn payer_list(&self) -> String {
        let mut object = Object::default();
        object.text("id", &self.payer());
        list([object.finish()].into_iter())
    }

    pub(super) fn subscription_list(&self) -> String {
        let one = |row: &Ending| {
            let mut object = Object::default();
            object.text("id", &row.id);
            object.text("billing_account_id", &self.payer());
            object.text("status", if row.is_over { "canceled" } else { "active" });
            object.finish()
        };
        list(self.subscriptions.iter().map(one))
    }

    /// Its buckets, as Flashback lists them.
    pub(super) fn bucket_rows(&self) -> impl Iterator<Item = String> {
        self.buckets.iter().map(|row| {
            let mut object = Object::default();
            object.text("id", &row.id);
            object.text("workspaceId", &self.id);
            if row.is_over {
                object.text("deletedAt", "2026-03-01T12:00:00Z");
            }
            object.finish()
        })
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
