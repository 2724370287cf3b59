//! The service behind the fake network: workspaces with members, changed by the requests that
//! arrive, answered as the contract says.

use serde_json::{Value, json};

use super::net::Reply;

/// The person who is signed in, by the id in the token.
pub const ME: &str = "auth0|me";
/// An owner of every workspace, whom a refusal should name.
pub const OWNER: &str = "auth0|anna-the-owner";
/// The list's address.
pub const LIST: &str = "/api/altostrat/workspaces";

/// The address of a workspace at the service.
pub fn item(id: &str) -> String {
    format!("{LIST}/{id}")
}

/// The address of a workspace's members at the service.
pub fn members(id: &str) -> String {
    format!("{LIST}/{id}/members")
}

/// The address of a workspace in the app.
pub fn open(id: &str) -> String {
    format!("/workspaces/altostrat/{id}")
}

/// The address of a workspace's form in the app.
pub fn edit(id: &str) -> String {
    format!("/workspaces/altostrat/{id}/edit")
}

/// One workspace.
#[derive(Clone)]
pub struct Workspace {
    /// Its id.
    pub id: String,
    /// The object as sent.
    pub object: Value,
    /// The members' list as sent; without one the service fails.
    pub members: Option<Vec<(String, String)>>,
    /// The subscriptions of its billing account, which is there only if it has any.
    pub subscriptions: Vec<Value>,
    /// Its organizations.
    pub organizations: Vec<Value>,
}

/// A subscription in this state.
pub fn subscription(id: &str, status: &str) -> Value {
    json!({
        "id": id, "billing_account_id": "cus_1", "status": status, "currency": "usd",
        "product_quantities": {"locations": {"price_id": "price_1", "quantity": 40, "interval": "month"}},
        "current_period_end": "2026-12-01T12:00:00.000000Z",
    })
}

/// The address of a workspace's subscriptions at the service.
pub fn subscriptions(id: &str) -> String {
    format!("{LIST}/{id}/billing-accounts/cus_1/subscriptions")
}

/// An active workspace of which I am an owner.
pub fn workspace(id: &str, name: &str) -> Workspace {
    let object = json!({
        "id": id, "name": name, "description": null, "billing_mode": "pooled",
        "pooled_seat_limit": 25, "archived": false, "archived_at": null,
        "created_at": "2025-10-29T00:40:06.000000Z", "updated_at": "2025-11-02T08:00:00.000000Z",
    });
    Workspace {
        id: id.to_owned(),
        object,
        members: None,
        subscriptions: Vec::new(),
        organizations: Vec::new(),
    }
    .role("owner")
}

impl Workspace {
    /// With another value of a field.
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.object[field] = value.into();
        self
    }

    /// Without a field.
    pub fn without(mut self, field: &str) -> Self {
        self.object.as_object_mut().unwrap().remove(field);
        self
    }

    /// With a description.
    pub fn described(self, text: &str) -> Self {
        self.with("description", text)
    }

    /// Archived.
    pub fn archived(self) -> Self {
        self.with("archived", true)
            .with("archived_at", "2025-11-20T12:00:00.000000Z")
    }

    /// With these subscriptions.
    pub fn subscribed(mut self, subscriptions: impl IntoIterator<Item = Value>) -> Self {
        self.subscriptions = subscriptions.into_iter().collect();
        self
    }

    /// With an organization that uses something.
    pub fn used(mut self, id: &str) -> Self {
        let usage = json!({"usage": {"users": 24, "locations": 3}, "subtree_usage": {}});
        self.organizations
            .push(json!({"id": id, "name": "Branch network", "usage": usage}));
        self
    }

    /// With me in this role.
    pub fn role(mut self, role: &str) -> Self {
        self.members = Some(vec![
            (OWNER.into(), "owner".into()),
            (ME.into(), role.into()),
        ]);
        self
    }

    /// Without me among the members.
    pub fn outside(mut self) -> Self {
        self.members = Some(vec![(OWNER.into(), "owner".into())]);
        self
    }

    /// With a members' list that the service refuses to give.
    pub fn unreadable(mut self) -> Self {
        self.members = None;
        self
    }
}

/// All of the service.
#[derive(Clone, Default)]
pub struct World {
    /// The workspaces, in the order of the list.
    pub workspaces: Vec<Workspace>,
    /// Entries of the list that are no workspaces.
    pub junk: Vec<Value>,
    /// The list says that there is more.
    pub has_more: bool,
}

impl World {
    /// With these workspaces.
    pub fn of(workspaces: impl IntoIterator<Item = Workspace>) -> Self {
        Self {
            workspaces: workspaces.into_iter().collect(),
            ..Self::default()
        }
    }

    /// With so many workspaces, named "Workspace 0001" and so on.
    pub fn many(count: usize) -> Self {
        Self::of(
            (1..=count).map(|n| workspace(&format!("ws_{n:05}"), &format!("Workspace {n:05}"))),
        )
    }

    /// Three active ones of which I am owner, admin and viewer, and one archived.
    pub fn small() -> Self {
        Self::of([
            workspace("ws_acme", "Acme prod").described("Everything that customers see"),
            workspace("ws_beta", "Beta lab")
                .role("admin")
                .with("billing_mode", "single"),
            workspace("ws_core", "Core")
                .role("viewer")
                .with("billing_mode", "assigned"),
            workspace("ws_old", "Old shop").archived(),
        ])
    }

    /// A workspace by its id.
    pub fn get(&mut self, id: &str) -> &mut Workspace {
        self.workspaces
            .iter_mut()
            .find(|workspace| workspace.id == id)
            .unwrap()
    }

    /// Answers as the contract says.
    pub fn answer(&mut self, method: &str, path: &str, body: &str) -> Reply {
        if path == "/api/altostrat-signin/userinfo" {
            return Reply::json(200, &json!({"sub": ME, "name": "Mia Me"}));
        }
        if path == "/api/altostrat-signin/oauth/revoke" {
            return Reply::empty(200);
        }
        let Some(rest) = path.strip_prefix(LIST) else {
            return Reply::empty(404);
        };
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        match (method, parts.as_slice()) {
            ("GET", []) => {
                let objects = self.workspaces.iter().map(|workspace| &workspace.object);
                let data: Vec<&Value> = objects.chain(&self.junk).collect();
                Reply::json(200, &json!({"data": data, "has_more": self.has_more}))
            }
            (method, [id, rest @ ..]) => {
                let Some(found) = self.workspaces.iter_mut().find(|found| found.id == *id) else {
                    return Reply::empty(404);
                };
                found.answer(method, rest, body)
            }
            _ => Reply::empty(404),
        }
    }
}

impl Workspace {
    fn answer(&mut self, method: &str, rest: &[&str], body: &str) -> Reply {
        match (method, rest) {
            ("GET", []) => Reply::json(200, &self.object),
            ("GET", ["members"]) => match &self.members {
                Some(members) => Reply::json(200, &member_list(&self.id, members)),
                None => Reply::error(500, "internal_error", "The members could not be read."),
            },
            ("POST", ["members"]) => {
                let one: Value = serde_json::from_str(body).unwrap();
                let text = |of: &str| one[of].as_str().unwrap().to_owned();
                let members = self.members.get_or_insert_default();
                members.push((text("user_id"), text("role")));
                Reply::json(201, &one)
            }
            (method @ ("PATCH" | "DELETE"), ["members", user]) => {
                let user = user.replace("%7C", "|");
                let members = self.members.get_or_insert_default();
                let Some(at) = members.iter().position(|(other, _)| *other == user) else {
                    return Reply::empty(404);
                };
                if method == "DELETE" {
                    members.remove(at);
                    return Reply::empty(204);
                }
                let change: Value = serde_json::from_str(body).unwrap();
                members[at].1 = change["role"].as_str().unwrap().to_owned();
                Reply::json(200, &json!({"user_id": user, "role": members[at].1}))
            }
            ("PATCH", []) => {
                let change: Value = serde_json::from_str(body).unwrap();
                for (field, value) in change.as_object().unwrap() {
                    self.object[field] = value.clone();
                }
                Reply::json(200, &self.object)
            }
            ("GET", ["billing-accounts"]) => {
                let payer = json!({"id": "cus_1", "name": "Main Billing"});
                let payers = [payer]
                    .into_iter()
                    .filter(|_| !self.subscriptions.is_empty());
                Reply::json(200, &listed(payers.collect()))
            }
            ("GET", ["billing-accounts", "cus_1", "subscriptions"]) => {
                Reply::json(200, &listed(self.subscriptions.clone()))
            }
            ("GET", ["organizations"]) => Reply::json(200, &listed(self.organizations.clone())),
            ("DELETE", ["billing-accounts", "cus_1", "subscriptions", id]) => {
                let found = self.subscriptions.iter().find(|one| one["id"] == *id);
                // It ends with its period, and shows nothing of it until then.
                Reply::empty(if found.is_some() { 204 } else { 404 })
            }
            ("POST", ["billing-accounts", "cus_1", "invoices", "preview"]) => {
                let asked: Value = serde_json::from_str(body).unwrap();
                let total = match asked["cancel_subscription"] {
                    Value::Bool(true) => 0,
                    _ => 48_000,
                };
                Reply::json(200, &json!({"total": total, "currency": "usd"}))
            }
            ("DELETE", []) if self.is_in_use() => Reply::error(
                409,
                "workspace_not_empty",
                "Cannot archive workspace because it is not empty.",
            ),
            ("DELETE", []) => {
                self.object["archived"] = true.into();
                self.object["archived_at"] = "2025-11-25T09:30:00.000000Z".into();
                Reply::empty(204)
            }
            _ => Reply::empty(404),
        }
    }
}

impl Workspace {
    fn is_in_use(&self) -> bool {
        let runs = |one: &Value| one["status"] != "canceled";
        self.subscriptions.iter().any(runs) || !self.organizations.is_empty()
    }
}

fn listed(data: Vec<Value>) -> Value {
    json!({"data": data, "has_more": false})
}

fn member_list(workspace: &str, members: &[(String, String)]) -> Value {
    let one = |(user, role): &(String, String)| {
        json!({
            "user_id": user, "workspace_id": workspace, "role": role,
            "created_at": "2025-10-29T00:40:06.000000Z", "updated_at": "2025-10-30T00:40:06.000000Z",
        })
    };
    json!({"data": members.iter().map(one).collect::<Vec<_>>(), "has_more": false})
}
