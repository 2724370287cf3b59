//! The workspaces of an organization, with their members and API keys.
//!
//! Guarantees: of every four workspaces in a row one has no API key and one has several active ones; all
//! keys of an archived workspace are archived, and nothing came to it after that.

use rusqlite::{Connection, params};

use super::edge_cases::{self, Odd};
use super::rows::{Inserts, NewKey, NewWorkspace};
use super::{Place, limits, someone};
use crate::core::clock::Timestamp;
use crate::core::seed::rng::Rng;
use crate::core::seed::{Plan, REFERENCE, earlier, later, names};
use crate::vendors::anthropic::credentials;

const COLORS: [&str; 8] = [
    "#6C5BB9", "#D97757", "#0B7285", "#2B8A3E", "#C2255C", "#5C940D", "#E8590C", "#1864AB",
];

const SERVICES: [&str; 6] = [
    "ci",
    "backend",
    "notebooks",
    "batch-jobs",
    "support-bot",
    "laptop",
];

/// What a workspace without an odd one is like.
const USUAL_TAGS: [&str; 4] = [
    "{}",
    r#"{"env":"production"}"#,
    r#"{"env":"staging","team":"platform"}"#,
    r#"{"cost-center":"2090"}"#,
];

/// A workspace and the time in which something could come to it.
pub(super) struct Life<'a> {
    pub(super) id: &'a str,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl Life<'_> {
    fn moment(&self, rng: &mut Rng) -> Timestamp {
        Timestamp(rng.between(self.from.0, self.until.0.max(self.from.0 + 1)))
    }
}

/// A workspace with all that belongs to it.
pub(super) fn sow_workspace(
    db: &Connection,
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    place: &Place,
    index: u32,
    plan: Plan,
) -> rusqlite::Result<()> {
    let odd = match plan.edge_cases {
        true => edge_cases::odd(index).unwrap_or_else(|| usual(rng, &names::workspace(index))),
        false => usual(rng, &names::of(&names::ASSISTANTS, index)),
    };
    let age = rng.between(30, 3 * 365);
    let created = earlier(rng, REFERENCE, age);
    let archived = odd.archived.then(|| later(rng, created));
    let id = rng.id("wrkspc_01");
    let (external_key, profile) = match index {
        0 => (Some(place.external_key.as_str()), None),
        1 => (Some(place.bound_key.as_str()), Some(place.profile.as_str())),
        _ => (None, None),
    };
    inserts.workspace(&NewWorkspace {
        id: &id,
        organization: &place.organization,
        kind: "ordinary",
        odd,
        color: rng.pick(&COLORS),
        compartment: rng.uuid(),
        external_key,
        profile,
        created,
        archived,
    })?;
    let life = Life {
        id: &id,
        from: created,
        until: archived.unwrap_or(REFERENCE),
    };
    sow_members(inserts, rng, place, &life)?;
    for status in statuses(index) {
        let status = if archived.is_some() {
            "archived"
        } else {
            status
        };
        sow_key(inserts, rng, place, &life, status)?;
    }
    if index < 3 {
        db.execute(
            "INSERT INTO anthropic_rate_limit_overrides VALUES (?1, ?2, 'requests_per_minute', ?3)",
            params![id, limits::id("01", 0), 100 * (i64::from(index) + 1)],
        )?;
    }
    Ok(())
}

fn usual(rng: &mut Rng, name: &str) -> Odd {
    let odd = Odd::new(name, rng.pick(&USUAL_TAGS));
    let odd = match rng.below(5) {
        0 => odd.within(r#"["us"]"#, "us"),
        1 => odd.within(r#"["global","us"]"#, "global"),
        _ => odd,
    };
    Odd {
        archived: rng.one_in(10),
        ..odd
    }
}

fn sow_members(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    place: &Place,
    life: &Life<'_>,
) -> rusqlite::Result<()> {
    let mut chosen: Vec<&str> = Vec::new();
    for _ in 0..rng.below(7) {
        let Some((id, role)) = someone(rng, place) else {
            continue;
        };
        let listed = matches!(role, "user" | "developer" | "claude_code_user");
        if listed && !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    for user in chosen {
        let role = rng.pick(&[
            "workspace_user",
            "workspace_developer",
            "workspace_restricted_developer",
            "workspace_admin",
        ]);
        inserts.member(life.id, user, role, life.moment(rng))?;
    }
    Ok(())
}

fn statuses(index: u32) -> &'static [&'static str] {
    match index % 4 {
        0 => &["active"],
        1 => &["active", "active", "active", "inactive"],
        2 => &["active", "archived", "expired"],
        _ => &[],
    }
}

/// A key of a workspace.
pub(super) fn sow_key(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    place: &Place,
    life: &Life<'_>,
    status: &str,
) -> rusqlite::Result<()> {
    let created = life.moment(rng);
    let expires = (status == "expired").then(|| later(rng, created));
    let number = rng.below(100);
    let maker = someone(rng, place).map(|(id, _)| id);
    inserts.key(&NewKey {
        id: rng.id("apikey_01"),
        organization: &place.organization,
        workspace: Some(life.id),
        name: format!("{}-{number}", rng.pick(&SERVICES)),
        status: if status == "expired" {
            "active"
        } else {
            status
        },
        hint: Some(hint(rng)),
        maker,
        service_account: None,
        created,
        expires,
    })
}

/// What a list shows of a key that nobody has.
pub(super) fn hint(rng: &mut Rng) -> String {
    credentials::hint(&rng.id("sk-ant-api03-"))
}
