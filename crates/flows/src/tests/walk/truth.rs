//! What the walk's service has, in the words of its contract.

use serde_json::json;

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
        let description = Some(&self.description).filter(|text| !text.is_empty());
        let (id, name, mode) = (&self.id, &self.name, &self.billing);
        json!({"id": id, "name": name, "description": description, "billing_mode": mode, "archived": self.archived})
            .to_string()
    }

    /// Who pays for what runs in it.
    pub(super) fn payer(&self) -> String {
        ["cus_", &self.id].concat()
    }

    pub(super) fn payer_list(&self) -> String {
        list([json!({"id": self.payer()}).to_string()].into_iter())
    }

    pub(super) fn subscription_list(&self) -> String {
        let one = |row: &Ending| {
            let status = if row.is_over { "canceled" } else { "active" };
            json!({"id": row.id, "billing_account_id": self.payer(), "status": status}).to_string()
        };
        list(self.subscriptions.iter().map(one))
    }

    /// Its buckets, as Flashback lists them.
    pub(super) fn bucket_rows(&self) -> impl Iterator<Item = String> {
        self.buckets.iter().map(|row| {
            let deleted = row.is_over.then_some("2026-03-01T12:00:00Z");
            json!({"id": row.id, "workspaceId": self.id, "deletedAt": deleted}).to_string()
        })
    }

    pub(super) fn member_list(&self) -> String {
        let one =
            |(user, role): &(String, String)| json!({"user_id": user, "role": role}).to_string();
        list(self.members.iter().map(one))
    }
}

pub(super) fn list(rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    ["{\"data\":[", &rows.join(","), "],\"has_more\":false}"].concat()
}
