//! The Flashback organization that a database starts with, and another that the outsider owns.
//!
//! Guarantees: sown once, in the caller's transaction, into a database of any age. The names are
//! those of the other vendors' workspaces, the first twenty the odd ones; three of those that the
//! demo owner administers cannot be deleted at first; one person signs in with a second factor.

use rusqlite::{Connection, Statement, params};

use super::objects::Access::{self, Admin, Read, Write};
use super::password;
use super::people::OrgRole;
use crate::core::persona::Persona;
use crate::core::seed::people;
use crate::core::seed::rng::Rng;
use crate::core::seed::seed_once::seed_once;
use crate::core::seed::{OWNER_ROLES, Plan, REFERENCE, earlier, edge_cases, names};

/// The password of everyone who has one.
pub const PASSWORD: &str = "demo";

/// What the authenticator of whoever has one shows.
pub const MFA_CODE: &str = "246810";

/// Which of the others has one.
const WITH_CODE: usize = 3;

/// This many buckets and repos stand in the workspace with this index.
const IN_USE: [(u32, u32, u32); 3] = [(0, 1, 0), (1, 0, 2), (3, 3, 1)];

/// Where the one who is not validated administers, so that a refusal for that alone can be seen.
const OF_UNVALIDATED: u32 = 7;

/// The ids of those who have a place in workspaces.
struct Cast {
    owner: String,
    admin: String,
    viewer: String,
    unvalidated: String,
    others: Vec<String>,
}

impl Cast {
    fn other(&self, rng: &mut Rng) -> &str {
        let count = u64::try_from(self.others.len()).unwrap_or(1);
        let at = usize::try_from(rng.below(count)).unwrap_or_default();
        self.others
            .get(at)
            .map_or(self.owner.as_str(), String::as_str)
    }
}

/// Fills the tables; leaves those that were sown before alone.
///
/// # Errors
/// When the database fails.
pub fn sow(db: &Connection, plan: Plan) -> rusqlite::Result<()> {
    seed_once(db, "seed_flashback", plan, |db| {
        let mut rng = Rng::new(0x464C_4153_4842);
        let org = organization(db, &mut rng, "Okafor Holdings")?;
        let cast = sow_people(db, &mut rng, &org)?;
        let mut inserts = Inserts::prepare(db)?;
        for index in 0..plan.workspaces {
            let name = match (plan.edge_cases, edge_cases::odd(index)) {
                (true, Some(odd)) => odd.name,
                (true, None) => names::workspace(index),
                (false, _) => names::of(&names::STORES, index),
            };
            sow_workspace(&mut inserts, &mut rng, &cast, &org, (index, &name))?;
        }
        Ok(())
    })?;
    seed_once(db, "seed_flashback_storage", plan, |db| {
        join_storage(db)?;
        ask_for_code(db)
    })
}

/// Where a workspace has both, its repositories use the first two of its buckets.
fn join_storage(db: &Connection) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO flashback_repo_buckets SELECT r.id, b.id FROM flashback_repos r \
         JOIN flashback_buckets b ON b.workspace_id = r.workspace_id \
         WHERE b.name IN ('archive-1', 'archive-2')",
        [],
    )?;
    Ok(())
}

/// One of the others signs in with the password of all and a code, and administers a workspace.
fn ask_for_code(db: &Connection) -> rusqlite::Result<()> {
    let Some((given, family)) = people::others().nth(WITH_CODE) else {
        return Ok(());
    };
    let email = people::email(given, family);
    db.execute(
        "UPDATE flashback_users SET password = ?2, mfa_code = ?3 WHERE email = ?1",
        params![email, password::keep(PASSWORD, email.as_bytes()), MFA_CODE],
    )?;
    db.execute(
        "INSERT OR REPLACE INTO flashback_workspace_users \
         SELECT w.id, u.id, 'ADMIN' FROM flashback_users u \
         JOIN flashback_workspaces w ON w.org_id = u.org_id \
         WHERE u.email = ?1 ORDER BY w.created_at DESC, w.id LIMIT 3",
        [email],
    )?;
    Ok(())
}

fn organization(db: &Connection, rng: &mut Rng, name: &str) -> rusqlite::Result<String> {
    let id = rng.uuid();
    db.execute(
        "INSERT INTO flashback_organizations VALUES (?1, ?2)",
        [&id, name],
    )?;
    Ok(id)
}

/// What sets one user apart from another.
struct Account {
    persona: Option<Persona>,
    role: Option<OrgRole>,
    has_password: bool,
    validated: bool,
    deleted: bool,
}

impl Account {
    fn demo(persona: Persona, role: OrgRole) -> Self {
        Self {
            persona: Some(persona),
            ..Self::with_password(role)
        }
    }

    fn with_password(role: OrgRole) -> Self {
        Self {
            persona: None,
            role: Some(role),
            has_password: true,
            validated: true,
            deleted: false,
        }
    }
}

fn sow_people(db: &Connection, rng: &mut Rng, org: &str) -> rusqlite::Result<Cast> {
    let mut insert = db.prepare(
        "INSERT INTO flashback_users (id, persona, org_id, name, last_name, email, org_role, \
             validated, password, deleted_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let mut add = |rng: &mut Rng, org: &str, (given, family): (&str, &str), account: Account| {
        let id = rng.uuid();
        let salt = rng.uuid();
        let kept = account
            .has_password
            .then(|| password::keep(PASSWORD, salt.as_bytes()));
        insert.execute(params![
            id,
            account.persona.map(Persona::key),
            org,
            given,
            family,
            people::email(given, family),
            account.role.map(OrgRole::number),
            account.validated,
            kept,
            account.deleted.then_some(REFERENCE)
        ])?;
        Ok::<String, rusqlite::Error>(id)
    };
    let mut demo = |rng: &mut Rng, org: &str, persona: Persona, role: OrgRole| {
        let account = Account::demo(persona, role);
        add(rng, org, people::demo(persona), account)
    };
    let owner = demo(rng, org, Persona::Owner, OrgRole::Owner)?;
    let admin = demo(rng, org, Persona::Admin, OrgRole::Administrators)?;
    let viewer = demo(rng, org, Persona::Viewer, OrgRole::User)?;
    let elsewhere = organization(db, rng, "Lindqvist Consulting")?;
    demo(rng, &elsewhere, Persona::Outsider, OrgRole::Owner)?;
    let mut names = people::others();
    let unvalidated = Account {
        validated: false,
        ..Account::with_password(OrgRole::Workspaces)
    };
    let unvalidated = add(rng, org, names.next().unwrap_or_default(), unvalidated)?;
    let deleted = Account {
        deleted: true,
        ..Account::with_password(OrgRole::User)
    };
    add(rng, org, names.next().unwrap_or_default(), deleted)?;
    let mut others = Vec::new();
    for name in names {
        let role = match rng.below(12) {
            0 => Some(OrgRole::Billing),
            1 => Some(OrgRole::Workspaces),
            2 => None,
            _ => Some(OrgRole::User),
        };
        let account = Account {
            persona: None,
            role,
            has_password: false,
            validated: true,
            deleted: false,
        };
        others.push(add(rng, org, name, account)?);
    }
    Ok(Cast {
        owner,
        admin,
        viewer,
        unvalidated,
        others,
    })
}

struct Inserts<'db> {
    workspace: Statement<'db>,
    user: Statement<'db>,
    bucket: Statement<'db>,
    repo: Statement<'db>,
}

impl<'db> Inserts<'db> {
    fn prepare(db: &'db Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            workspace: db
                .prepare("INSERT INTO flashback_workspaces VALUES (?1, ?2, ?3, ?4, NULL)")?,
            user: db
                .prepare("INSERT OR IGNORE INTO flashback_workspace_users VALUES (?1, ?2, ?3)")?,
            bucket: db.prepare(
                "INSERT INTO flashback_buckets (id, workspace_id, name, created_at) \
                 VALUES (?1, ?2, ?3, ?4)",
            )?,
            repo: db.prepare(
                "INSERT INTO flashback_repos (id, workspace_id, name, created_at) \
                 VALUES (?1, ?2, ?3, ?4)",
            )?,
        })
    }
}

fn access_of_owner(index: u32) -> Access {
    let at = usize::try_from(index).unwrap_or_default() % OWNER_ROLES.len();
    match OWNER_ROLES.get(at) {
        Some(b'a') => Write,
        Some(b'v') => Read,
        _ => Admin,
    }
}

fn sow_workspace(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    cast: &Cast,
    org: &str,
    (index, name): (u32, &str),
) -> rusqlite::Result<()> {
    let id = rng.uuid();
    let age = rng.between(30, 3 * 365);
    let created = earlier(rng, REFERENCE, age);
    inserts.workspace.execute(params![id, org, name, created])?;
    // A few where even the demo admin is none.
    let admins = if index % 17 == 16 { Write } else { Admin };
    let mine = access_of_owner(index);
    let mut users = vec![
        (cast.owner.as_str(), mine),
        (cast.admin.as_str(), admins),
        (cast.viewer.as_str(), Read),
    ];
    if index == OF_UNVALIDATED {
        users.push((cast.unvalidated.as_str(), Admin));
    }
    let needs_admin = mine != Admin && admins != Admin;
    for number in 0..rng.below(3) + u64::from(needs_admin) {
        let access = match (number, rng.below(4)) {
            (0, _) if needs_admin => Admin,
            (_, 0) => Admin,
            (_, 1) => Write,
            _ => Read,
        };
        users.push((cast.other(rng), access));
    }
    for (user, access) in users {
        inserts.user.execute(params![id, user, access])?;
    }
    for (_, buckets, repos) in IN_USE.into_iter().filter(|(of, _, _)| *of == index) {
        for number in 1..=buckets {
            let name = format!("archive-{number}");
            let row = params![rng.uuid(), id, name, created];
            inserts.bucket.execute(row)?;
        }
        for number in 1..=repos {
            let name = format!("media-{number}");
            inserts
                .repo
                .execute(params![rng.uuid(), id, name, created])?;
        }
    }
    Ok(())
}
