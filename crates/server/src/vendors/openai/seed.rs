//! The OpenAI organization that a database starts with, and another that the outsider's key opens.
//!
//! Guarantees: sown once, in the caller's transaction, into a database of any age. Beside its
//! Default project an organization has as many as asked for.

use rusqlite::{Connection, params};

use super::objects::{OrganizationRole, Role};
use crate::core::clock::Timestamp;
use crate::core::persona::Persona;
use crate::core::seed::people;
use crate::core::seed::rng::Rng;
use crate::core::seed::seed_once::seed_once;
use crate::core::seed::{OWNER_ROLES, Plan, REFERENCE, earlier, edge_cases, later, names};

/// 2023-06-01T00:00:00Z: before any project of the seed.
const FOUNDED: Timestamp = Timestamp(1_685_577_600_000_000);

/// Fills the tables; leaves those that were sown before alone.
///
/// # Errors
/// When the database fails.
pub fn sow(db: &Connection, plan: Plan) -> rusqlite::Result<()> {
    seed_once(db, "seed_openai", plan, |db| {
        let mut rng = Rng::new(0x4F50_454E_4149);
        let org = organization(db, &mut rng, "Okafor Research")?;
        let elsewhere = organization(db, &mut rng, "Lindqvist Labs")?;
        let owner = demo(db, &mut rng, &org, Persona::Owner)?;
        for persona in [Persona::Admin, Persona::Viewer] {
            demo(db, &mut rng, &org, persona)?;
        }
        demo(db, &mut rng, &elsewhere, Persona::Outsider)?;
        let mut others = Vec::new();
        for (minute, name) in (1..).zip(people::others()) {
            let role = if minute % 20 == 0 {
                OrganizationRole::Owner
            } else {
                OrganizationRole::Reader
            };
            // One after another, and all of them before any project.
            let place = (role, FOUNDED.plus_seconds(60 * minute));
            others.push(user(db, &mut rng, &org, None, name, place)?);
        }
        sow_projects(db, &mut rng, &org, &owner, &others, plan)
    })?;
    seed_once(db, "seed_openai_keys", plan, |db| {
        let mut rng = Rng::new(0x4F50_454E_4B45);
        sow_others_than_people(db, &mut rng)?;
        sow_keys(db, &mut rng)
    })
}

/// Users who cannot be put to work in a project: a program's account, one shut out, one switched off.
fn sow_others_than_people(db: &Connection, rng: &mut Rng) -> rusqlite::Result<()> {
    let mut insert = db.prepare(
        "INSERT INTO openai_users (id, org_id, name, email, role, added_at, is_service_account, \
         banned, enabled) SELECT ?1, org_id, ?2, ?3, 'reader', added_at, ?4, ?5, ?6 \
         FROM openai_users WHERE persona = 'owner'",
    )?;
    for (name, email, program, banned, enabled) in [
        ("Build robot", "build.robot@example.com", true, false, true),
        (
            "Basil Shutout",
            "basil.shutout@example.com",
            false,
            true,
            true,
        ),
        (
            "Dora Switchedoff",
            "dora.switchedoff@example.com",
            false,
            false,
            false,
        ),
    ] {
        insert.execute(params![
            rng.id("user_"),
            name,
            email,
            program,
            banned,
            enabled
        ])?;
    }
    Ok(())
}

/// Keys of the projects in use: each third has none, some are a service account's, and the owner of
/// some has left the project.
fn sow_keys(db: &Connection, rng: &mut Rng) -> rusqlite::Result<()> {
    let mut projects = db.prepare(
        "SELECT p.id, p.created_at, \
         (SELECT user_id FROM openai_project_users m WHERE m.project_id = p.id LIMIT 1), \
         (SELECT u.id FROM openai_users u WHERE u.org_id = p.org_id AND persona IS NULL LIMIT 1) \
         FROM openai_projects p WHERE archived_at IS NULL ORDER BY created_at, id",
    )?;
    let mut insert = db.prepare(
        "INSERT INTO openai_project_keys (id, project_id, name, redacted_value, created_at, \
         last_used_at, user_id, account) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut rows = projects.query([])?;
    let mut at = 0_u32;
    while let Some(row) = rows.next()? {
        let project: String = row.get(0)?;
        let created: Timestamp = row.get(1)?;
        let inside: Option<String> = row.get(2)?;
        let outside: Option<String> = row.get(3)?;
        at += 1;
        for number in 0..at % 3 {
            let id = rng.id("key_");
            let end = id.get(id.len().saturating_sub(4)..).unwrap_or_default();
            let user = if number == 0 { &inside } else { &outside };
            let account = (rng.one_in(4) || user.is_none()).then_some("deploy");
            insert.execute(params![
                id,
                project,
                if number == 0 {
                    "production"
                } else {
                    "notebook"
                },
                format!("sk-proj-…{end}"),
                created,
                rng.one_in(2).then_some(created),
                user.as_ref().filter(|_| account.is_none()),
                account
            ])?;
        }
    }
    Ok(())
}

fn organization(db: &Connection, rng: &mut Rng, name: &str) -> rusqlite::Result<String> {
    let id = rng.id("org-");
    db.execute(
        "INSERT INTO openai_organizations VALUES (?1, ?2)",
        [&id, name],
    )?;
    db.execute(
        "INSERT INTO openai_projects (id, org_id, name, created_at, archived_at, is_default) \
         VALUES (?1, ?2, 'Default project', ?3, NULL, 1)",
        params![rng.id("proj_"), id, FOUNDED],
    )?;
    Ok(id)
}

fn demo(db: &Connection, rng: &mut Rng, org: &str, persona: Persona) -> rusqlite::Result<String> {
    let role = match persona {
        Persona::Owner | Persona::Admin | Persona::Outsider => OrganizationRole::Owner,
        Persona::Viewer => OrganizationRole::Reader,
    };
    let name = people::demo(persona);
    user(db, rng, org, Some(persona), name, (role, FOUNDED))
}

fn user(
    db: &Connection,
    rng: &mut Rng,
    org: &str,
    persona: Option<Persona>,
    (given, family): (&str, &str),
    (role, added_at): (OrganizationRole, Timestamp),
) -> rusqlite::Result<String> {
    let id = rng.id("user_");
    db.execute(
        "INSERT INTO openai_users (id, org_id, persona, name, email, role, added_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id,
            org,
            persona.map(Persona::key),
            format!("{given} {family}"),
            people::email(given, family),
            role.name(),
            added_at
        ],
    )?;
    Ok(id)
}

fn sow_projects(
    db: &Connection,
    rng: &mut Rng,
    org: &str,
    owner: &str,
    others: &[String],
    plan: Plan,
) -> rusqlite::Result<()> {
    let mut project = db.prepare(
        "INSERT INTO openai_projects (id, org_id, name, created_at, archived_at, is_default) \
         VALUES (?1, ?2, ?3, ?4, ?5, 0)",
    )?;
    let mut place =
        db.prepare("INSERT OR IGNORE INTO openai_project_users VALUES (?1, ?2, ?3, ?4)")?;
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    for index in 0..plan.workspaces {
        let id = rng.id("proj_");
        let (name, archived) = match (plan.edge_cases, edge_cases::odd(index)) {
            (true, Some(odd)) => (odd.name, odd.archived),
            (true, None) => (names::workspace(index), rng.one_in(10)),
            (false, _) => (names::of(&names::PROJECTS, index), rng.one_in(10)),
        };
        let age = rng.between(30, 3 * 365 - 1);
        let created = earlier(rng, REFERENCE, age);
        let changed = later(rng, created);
        let archived = archived.then_some(changed);
        project.execute(params![id, org, name, created, archived])?;
        let at = usize::try_from(index).unwrap_or_default() % OWNER_ROLES.len();
        let mine = match OWNER_ROLES.get(at) {
            Some(b'o') => Role::Owner,
            _ => Role::Member,
        };
        place.execute(params![id, owner, mine.name(), created])?;
        for _ in 0..rng.below(4) {
            let role = if rng.one_in(3) {
                Role::Owner
            } else {
                Role::Member
            };
            place.execute(params![id, rng.pick(&others), role.name(), changed])?;
        }
    }
    Ok(())
}
