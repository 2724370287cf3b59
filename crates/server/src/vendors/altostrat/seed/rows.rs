//! Writes the seed's rows with statements that are prepared once.
//!
//! Must not decide what is written.

use rusqlite::{Connection, Statement, params};

use crate::core::clock::Timestamp;
use crate::core::seed::names;
use crate::core::seed::rng::Rng;
use crate::vendors::altostrat::objects::{BillingMode, Role};
use crate::vendors::altostrat::subscription::{Product, SubscriptionStatus};

/// A row of workspaces.
pub(super) struct NewWorkspace {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) billing_mode: BillingMode,
    pub(super) pooled_seat_limit: Option<i64>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) archived_at: Option<Timestamp>,
}

/// A row of members.
pub(super) struct Member<'a> {
    pub(super) workspace: &'a str,
    pub(super) user: &'a str,
    pub(super) role: Role,
    pub(super) joined: Timestamp,
}

/// A row of subscriptions, and those of its products.
pub(super) struct NewSubscription<'a> {
    pub(super) id: &'a str,
    pub(super) account: &'a str,
    pub(super) status: SubscriptionStatus,
    pub(super) products: &'a [(Product, i64)],
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) ended: Option<Timestamp>,
}

/// An organization that others are put below.
pub(super) struct Root {
    id: String,
}

/// The prepared statements.
pub(super) struct Inserts<'db> {
    workspace: Statement<'db>,
    member: Statement<'db>,
    account: Statement<'db>,
    subscription: Statement<'db>,
    product: Statement<'db>,
    organization: Statement<'db>,
}

impl<'db> Inserts<'db> {
    pub(super) fn prepare(db: &'db Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            workspace: db.prepare(
                "INSERT INTO altostrat_workspaces VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?,
            member: db.prepare("INSERT INTO altostrat_members VALUES (?1, ?2, ?3, ?4, ?4)")?,
            account: db.prepare(
                "INSERT INTO altostrat_billing_accounts (id, workspace_id, name, email, currency, \
                 country, line1, city, postal_code, created_at, updated_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, 'ZA', ?6, ?7, ?8, ?9, ?9)",
            )?,
            subscription: db.prepare(
                "INSERT INTO altostrat_subscriptions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4, ?7)",
            )?,
            product: db.prepare(
                "INSERT INTO altostrat_subscription_products VALUES (?1, ?2, ?3, 'month')",
            )?,
            organization: db.prepare(
                "INSERT INTO altostrat_organizations VALUES \
                 (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)",
            )?,
        })
    }

    pub(super) fn workspace(&mut self, new: &NewWorkspace) -> rusqlite::Result<()> {
        self.workspace.execute(params![
            new.id,
            new.name,
            new.description,
            new.billing_mode.name(),
            new.pooled_seat_limit,
            new.created_at,
            new.updated_at,
            new.archived_at
        ])?;
        Ok(())
    }

    pub(super) fn member(&mut self, new: &Member<'_>) -> rusqlite::Result<()> {
        self.member
            .execute(params![new.workspace, new.user, new.role, new.joined])?;
        Ok(())
    }

    pub(super) fn account(
        &mut self,
        id: &str,
        workspace: &NewWorkspace,
        name: &str,
        currency: &str,
        rng: &mut Rng,
    ) -> rusqlite::Result<()> {
        self.account.execute(params![
            id,
            workspace.id,
            name,
            "accounts@example.com",
            currency,
            format!("{} Harbour Road", rng.between(1, 400)),
            names::place(rng),
            rng.between(1000, 9999).to_string(),
            workspace.created_at
        ])?;
        Ok(())
    }

    pub(super) fn subscription(&mut self, new: &NewSubscription<'_>) -> rusqlite::Result<()> {
        self.subscription.execute(params![
            new.id,
            new.account,
            new.status.name(),
            new.start,
            new.end,
            new.ended,
            new.ended.unwrap_or(new.start)
        ])?;
        for (product, quantity) in new.products {
            self.product
                .execute(params![new.id, product.name(), quantity])?;
        }
        Ok(())
    }

    pub(super) fn organization(
        &mut self,
        workspace: &NewWorkspace,
        parent: Option<&Root>,
        payer: Option<&str>,
        name: &str,
        [locations, users, sso]: [i64; 3],
        rng: &mut Rng,
    ) -> rusqlite::Result<Root> {
        let id = rng.id("org_");
        let parent = parent.map(|root| root.id.as_str());
        let path = parent.map_or_else(|| id.clone(), |parent| format!("{parent}#{id}"));
        self.organization.execute(params![
            id,
            workspace.id,
            rng.uuid(),
            name,
            parent,
            path,
            i64::from(parent.is_some()),
            payer,
            locations,
            users,
            sso,
            workspace.created_at
        ])?;
        Ok(Root { id })
    }
}
