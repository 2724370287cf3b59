//! Writes the seed's rows with statements that are prepared once.
//!
//! Must not decide what is written.

use rusqlite::{Connection, Statement, params};

use super::edge_cases::Odd;
use crate::core::clock::Timestamp;

/// A row of workspaces.
pub(super) struct NewWorkspace<'a> {
    pub(super) id: &'a str,
    pub(super) organization: &'a str,
    pub(super) kind: &'a str,
    pub(super) odd: Odd,
    pub(super) color: &'a str,
    pub(super) compartment: String,
    pub(super) external_key: Option<&'a str>,
    pub(super) profile: Option<&'a str>,
    pub(super) created: Timestamp,
    pub(super) archived: Option<Timestamp>,
}

/// A row of API keys.
pub(super) struct NewKey<'a> {
    pub(super) id: String,
    pub(super) organization: &'a str,
    pub(super) workspace: Option<&'a str>,
    pub(super) name: String,
    pub(super) status: &'a str,
    pub(super) hint: Option<String>,
    pub(super) maker: Option<&'a str>,
    pub(super) service_account: Option<String>,
    pub(super) created: Timestamp,
    pub(super) expires: Option<Timestamp>,
}

/// The prepared statements.
pub(super) struct Inserts<'db> {
    user: Statement<'db>,
    workspace: Statement<'db>,
    member: Statement<'db>,
    key: Statement<'db>,
}

impl<'db> Inserts<'db> {
    pub(super) fn prepare(db: &'db Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            user: db.prepare("INSERT INTO anthropic_users VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?,
            workspace: db.prepare(
                "INSERT INTO anthropic_workspaces (id, organization_id, kind, name, display_color, \
                 allowed_inference_geos, default_inference_geo, tags, compartment_id, external_key_id, \
                 user_profile_id, created_at, archived_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?,
            member: db.prepare("INSERT INTO anthropic_members VALUES (?1, ?2, ?3, ?4)")?,
            key: db.prepare(
                "INSERT INTO anthropic_api_keys VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?,
        })
    }

    pub(super) fn user(
        &mut self,
        id: &str,
        organization: &str,
        (given, family): (&str, &str),
        role: &str,
        added: Timestamp,
    ) -> rusqlite::Result<()> {
        let email = format!("{given}.{family}@example.com").to_lowercase();
        let name = format!("{given} {family}");
        self.user
            .execute(params![id, organization, name, email, role, added])?;
        Ok(())
    }

    pub(super) fn workspace(&mut self, new: &NewWorkspace<'_>) -> rusqlite::Result<()> {
        self.workspace.execute(params![
            new.id,
            new.organization,
            new.kind,
            new.odd.name,
            new.color,
            new.odd.allowed,
            new.odd.default_geo,
            new.odd.tags,
            new.compartment,
            new.external_key,
            new.profile,
            new.created,
            new.archived
        ])?;
        Ok(())
    }

    pub(super) fn member(
        &mut self,
        workspace: &str,
        user: &str,
        role: &str,
        added: Timestamp,
    ) -> rusqlite::Result<()> {
        self.member.execute(params![workspace, user, role, added])?;
        Ok(())
    }

    pub(super) fn key(&mut self, new: &NewKey<'_>) -> rusqlite::Result<()> {
        self.key.execute(params![
            new.id,
            new.organization,
            new.workspace,
            new.name,
            new.status,
            new.hint,
            new.maker,
            new.service_account,
            new.created,
            new.expires
        ])?;
        Ok(())
    }
}
