//! The vendor's objects as they go over the wire: every field, exact types, and their envelopes.
//!
//! Must not know who may see them.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::people::{OrgRole, User};
use crate::core::clock::Timestamp;

/// What a user may do in a workspace; a later one may do everything an earlier one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Access {
    /// Look.
    Read,
    /// Change what is in it.
    Write,
    /// Everything.
    Admin,
}

impl Access {
    /// As the vendor and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "READ",
            Self::Write => "WRITE",
            Self::Admin => "ADMIN",
        }
    }

    /// The access of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Admin]
            .into_iter()
            .find(|access| access.name() == name)
    }
}

impl FromSql for Access {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_name(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Access {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.name().to_sql()
    }
}

/// A workspace as lists and single reads have it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which organization.
    pub org_id: String,
    /// Who may do what there.
    pub users: Vec<WorkspaceUser>,
}

/// A workspace as the answers to a creation and an update have it: without its users.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BareWorkspace {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which organization.
    pub org_id: String,
}

/// A user's place in a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceUser {
    /// A UUID.
    pub user_id: String,
    /// What the user may do.
    pub role: Access,
    /// Who it is.
    pub user: Person,
}

/// A user as a workspace shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// A UUID.
    pub id: String,
    /// Given name.
    pub name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// 0, 1, 2, 254, 255 or null.
    #[schema(required)]
    pub org_role: Option<i64>,
}

impl WorkspaceUser {
    /// The columns that [`WorkspaceUser::from_row`] reads, of tables called `m` and `u`.
    pub(super) const COLUMNS: &'static str =
        "m.user_id, m.role, u.name, u.last_name, u.email, u.org_role";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let user_id: String = row.get(0)?;
        Ok(Self {
            role: row.get(1)?,
            user: Person {
                id: user_id.clone(),
                name: row.get(2)?,
                last_name: row.get(3)?,
                email: row.get(4)?,
                org_role: row.get(5)?,
            },
            user_id,
        })
    }
}

/// The answer of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Workspaces {
    /// Always true.
    pub success: bool,
    /// All of them.
    pub workspaces: Vec<Workspace>,
}

/// The answer with one workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct One<T> {
    /// Always true.
    pub success: bool,
    /// The workspace.
    pub workspace: T,
}

/// The answer with nothing but that it was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Done {
    /// Always true.
    pub success: bool,
}

impl Done {
    pub(super) const YES: Self = Self { success: true };
}

/// A moment with three fraction digits, as a JavaScript server writes one.
#[derive(Clone, Copy, Debug, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-03-01T12:00:00.000Z")]
pub struct Moment(pub Timestamp);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = jiff::Timestamp::from_microsecond(self.0.0);
        let moment = moment.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        serializer.collect_str(&format_args!("{moment:.3}"))
    }
}

/// A user as the organization shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrgUser {
    /// A UUID.
    pub id: String,
    /// E-mail address.
    pub email: String,
    /// Given name.
    pub name: String,
    /// Family name.
    pub last_name: String,
    /// Which organization.
    pub org_id: String,
    /// 0, 1, 2, 254, 255 or null.
    #[schema(required)]
    pub org_role: Option<i64>,
    /// Whether the account is validated.
    pub validated: bool,
    /// When the user was deleted.
    #[schema(required)]
    pub deleted_at: Option<Moment>,
    /// The name of the role.
    #[schema(example = "WORKSPACES")]
    pub org_role_description: &'static str,
    /// This role and those it includes.
    #[schema(example = json!([0, 1, 2]))]
    pub org_roles: Vec<i64>,
}

impl From<User> for OrgUser {
    fn from(user: User) -> Self {
        let role = OrgRole::of(user.org_role);
        Self {
            id: user.id,
            email: user.email,
            name: user.name,
            last_name: user.last_name,
            org_id: user.org_id,
            org_role: user.org_role,
            validated: user.validated,
            deleted_at: user.deleted_at.map(Moment),
            org_role_description: role.name(),
            org_roles: role.included(),
        }
    }
}

/// The answer with the users of an organization. A refusal has the same shape, empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrgUsers {
    /// Whether it succeeded.
    pub success: bool,
    /// All of them.
    pub data: Vec<OrgUser>,
    /// How many.
    pub total: usize,
}

/// Who the caller is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// A UUID.
    pub id: String,
    /// Given name.
    pub name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Which organization.
    pub org_id: String,
    /// 0, 1, 2, 254, 255 or null.
    #[schema(required)]
    pub org_role: Option<i64>,
    /// The name of the role.
    #[schema(example = "WORKSPACES")]
    pub org_role_description: &'static str,
    /// This role and those it includes.
    #[schema(example = json!([0, 1, 2]))]
    pub org_roles: Vec<i64>,
    /// Whether the account is validated.
    pub validated: bool,
    /// Whether signing in asks for a second factor.
    pub mfa_required: bool,
}

/// The answer with a profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileReply {
    /// Always true.
    pub success: bool,
    /// The caller.
    pub data: Profile,
}
