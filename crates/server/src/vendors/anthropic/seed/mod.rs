//! The Anthropic organizations a new database starts with: the same each time, for the same number of
//! workspaces.
//!
//! Guarantees: sown once, also into a database from before this vendor; the first twenty workspaces are
//! those of `edge_cases`, if they are asked for. Must not ask for the time or for real randomness.

mod edge_cases;
mod limits;
mod rows;
mod workspaces;

use rusqlite::{Connection, params};

use crate::core::clock::Timestamp;
use crate::core::persona::Persona;
use crate::core::random;
use crate::core::seed::people;
use crate::core::seed::rng::Rng;
use crate::core::seed::seed_once::seed_once;
use crate::core::seed::{Plan, REFERENCE, earlier, later};
use crate::vendors::anthropic::credentials;
use edge_cases::Odd;
use rows::{Inserts, NewKey, NewWorkspace};
use workspaces::{Life, hint, sow_key, sow_workspace};

/// More than fit into one workspace, so that its limit can be reached.
const OTHERS: usize = 120;

/// The ids that rows refer to.
struct Place {
    organization: String,
    people: Vec<(String, &'static str)>,
    external_key: String,
    bound_key: String,
    profile: String,
}

/// Fills the vendor's tables; leaves them alone if they were filled before.
///
/// # Errors
/// When the database fails.
pub fn sow(db: &Connection, plan: Plan) -> rusqlite::Result<()> {
    seed_once(db, "seed-anthropic", plan, |db| {
        let mut rng = Rng::new(0x434C_4155_4445);
        let mut inserts = Inserts::prepare(db)?;
        let place = sow_organization(db, &mut inserts, &mut rng)?;
        sow_own_workspaces(&mut inserts, &mut rng, &place)?;
        for index in 0..plan.workspaces {
            sow_workspace(db, &mut inserts, &mut rng, &place, index, plan)?;
        }
        sow_stranger(db, &mut inserts, &mut rng)
    })
}

fn sow_organization(
    db: &Connection,
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
) -> rusqlite::Result<Place> {
    let organization = rng.uuid();
    db.execute(
        "INSERT INTO anthropic_organizations VALUES (?1, 'Okafor Holdings')",
        [&organization],
    )?;
    for persona in [Persona::Owner, Persona::Admin, Persona::Viewer] {
        admit(db, persona, &organization)?;
    }
    limits::insert(db, &organization, "01")?;
    let place = Place {
        people: sow_people(inserts, rng, &organization)?,
        external_key: rng.id("extkey_01"),
        bound_key: rng.id("extkey_01"),
        profile: rng.id("uprof_01"),
        organization,
    };
    db.execute(
        "INSERT INTO anthropic_user_profiles VALUES (?1, ?2)",
        params![place.profile, place.organization],
    )?;
    db.execute(
        "INSERT INTO anthropic_external_keys VALUES (?1, ?3, NULL), (?2, ?3, ?4)",
        params![
            place.external_key,
            place.bound_key,
            place.organization,
            place.profile
        ],
    )?;
    Ok(place)
}

/// Lets a demo person in, with both forms of credential where the person has both.
fn admit(db: &Connection, person: Persona, organization: &str) -> rusqlite::Result<()> {
    let key = (
        credentials::key(person),
        credentials::key_kind(person).name(),
    );
    let bearer = credentials::bearer(person).map(|token| (token, credentials::Kind::Bearer.name()));
    for (secret, kind) in [Some(key), bearer].into_iter().flatten() {
        db.execute(
            "INSERT INTO anthropic_credentials (fingerprint, organization_id, kind) VALUES (?1, ?2, ?3)",
            params![random::fingerprint(&secret), organization, kind],
        )?;
    }
    let (secret, administers) = credentials::account_key(person);
    let kind = credentials::Kind::AccountKey.name();
    db.execute(
        "INSERT INTO anthropic_credentials VALUES (?1, ?2, ?3, ?4)",
        params![
            random::fingerprint(&secret),
            organization,
            kind,
            administers
        ],
    )?;
    Ok(())
}

/// The demo people first, then the rest; admins and who pays are members of no workspace by themselves.
fn sow_people(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    organization: &str,
) -> rusqlite::Result<Vec<(String, &'static str)>> {
    let demo = [
        (people::demo(Persona::Owner), "admin"),
        (people::demo(Persona::Admin), "admin"),
        (people::demo(Persona::Viewer), "user"),
    ];
    let mut people = Vec::new();
    for (number, name) in (0_usize..).zip(people::names().take(OTHERS)) {
        let role = match number % 12 {
            0..=4 => "developer",
            5..=8 => "user",
            9 => "claude_code_user",
            10 => "billing",
            _ if number % 24 == 11 => "admin",
            _ => "developer",
        };
        people.push((name, role));
    }
    let mut ids = Vec::new();
    for (name, role) in demo.into_iter().chain(people) {
        let id = rng.id("user_01");
        let added = earlier(rng, REFERENCE, 1200);
        inserts.user(&id, organization, name, role, later(rng, added))?;
        ids.push((id, role));
    }
    Ok(ids)
}

/// The workspaces that nobody made: the default one, and the one that Claude Code makes for itself.
fn sow_own_workspaces(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    place: &Place,
) -> rusqlite::Result<()> {
    for (kind, name, days) in [
        ("default", "Default", 1300),
        ("claude_code", "Claude Code", 400),
    ] {
        let id = rng.id("wrkspc_01");
        let created = earlier(rng, REFERENCE, days);
        inserts.workspace(&NewWorkspace {
            id: &id,
            organization: &place.organization,
            kind,
            odd: Odd::new(name, "{}"),
            color: "#6C5BB9",
            compartment: rng.uuid(),
            external_key: None,
            profile: None,
            created,
            archived: None,
        })?;
        for _ in 0..2 {
            sow_key(inserts, rng, place, &life(&id, created), "active")?;
        }
    }
    // One of the whole organization, which acts as a service account.
    let created = earlier(rng, REFERENCE, 200);
    inserts.key(&NewKey {
        id: rng.id("apikey_01"),
        organization: &place.organization,
        workspace: None,
        name: "organization-reports".to_owned(),
        status: "active",
        hint: Some(hint(rng)),
        maker: None,
        service_account: Some(rng.id("svac_01")),
        created,
        expires: None,
    })
}

/// An organization of its own for the outsider: one person, the default workspace and one more.
fn sow_stranger(db: &Connection, inserts: &mut Inserts<'_>, rng: &mut Rng) -> rusqlite::Result<()> {
    let organization = rng.uuid();
    db.execute(
        "INSERT INTO anthropic_organizations VALUES (?1, 'Lindqvist Research')",
        [&organization],
    )?;
    admit(db, Persona::Outsider, &organization)?;
    limits::insert(db, &organization, "02")?;
    let user = rng.id("user_01");
    let since = earlier(rng, REFERENCE, 300);
    let name = people::demo(Persona::Outsider);
    inserts.user(&user, &organization, name, "admin", since)?;
    let place = Place {
        organization,
        people: vec![(user, "admin")],
        external_key: String::new(),
        bound_key: String::new(),
        profile: String::new(),
    };
    for (kind, name) in [("default", "Default"), ("ordinary", "Thesis")] {
        let id = rng.id("wrkspc_01");
        inserts.workspace(&NewWorkspace {
            id: &id,
            organization: &place.organization,
            kind,
            odd: Odd::new(name, "{}"),
            color: "#6C5BB9",
            compartment: rng.uuid(),
            external_key: None,
            profile: None,
            created: since,
            archived: None,
        })?;
        sow_key(inserts, rng, &place, &life(&id, since), "active")?;
    }
    Ok(())
}

fn life(id: &str, from: Timestamp) -> Life<'_> {
    Life {
        id,
        from,
        until: REFERENCE,
    }
}

fn someone<'a>(rng: &mut Rng, place: &'a Place) -> Option<(&'a str, &'static str)> {
    let count = u64::try_from(place.people.len()).unwrap_or(1);
    let at = usize::try_from(rng.below(count)).unwrap_or_default();
    place.people.get(at).map(|(id, role)| (id.as_str(), *role))
}
