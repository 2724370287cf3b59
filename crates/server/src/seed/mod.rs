//! The data a new database starts with: the same each time, for the same number of workspaces.
//!
//! Guarantees: sown once, in the caller's transaction. The first twenty workspaces are the odd ones
//! of `nasty`; the roles of the demo people repeat every twenty. Must not ask for the time or for
//! real randomness.

pub mod anthropic;
pub mod flashback;
mod names;
mod nasty;
mod once;
pub mod openai;
mod people;
mod rng;
mod rows;

use rusqlite::{Connection, OptionalExtension};

use crate::core::clock::Timestamp;
use crate::vendors::altostrat::objects::{BillingMode, Role};
use crate::vendors::altostrat::subscription::{Product, SubscriptionStatus};
use nasty::Odd;
use people::Cast;
use rng::Rng;
use rows::{Inserts, Member, NewSubscription, NewWorkspace, Root};

/// 2026-06-01T00:00:00Z: nothing in the seed was made after it.
const REFERENCE: Timestamp = Timestamp(1_780_272_000_000_000);

/// Holds 100,000 workspaces and all that belongs to them.
const SOWING_CACHE_KIB: i64 = 256 * 1024;
const USUAL_CACHE_KIB: i64 = 16 * 1024;

const DAY: i64 = 86_400;

/// A period, from which the others follow by the calendar.
const MONTH: i64 = 30 * DAY;

/// The workspace whose subscriptions are in every state.
const STATES_AT: u32 = 39;

/// The demo owner's roles, repeated: 12 of 20 owner, 5 admin, 3 viewer.
const OWNER_ROLES: &[u8; 20] = b"ooaovooaooaovoaoovao";

/// Fills a new database; leaves one that was sown before alone.
///
/// # Errors
/// When the database fails.
pub fn sow(db: &Connection, workspaces: u32) -> rusqlite::Result<()> {
    let sown: Option<i64> = db
        .query_row("SELECT 1 FROM meta WHERE key = 'seed'", [], |row| {
            row.get(0)
        })
        .optional()?;
    if sown.is_some() {
        return Ok(());
    }
    // Random keys touch every page: with SQLite's usual two megabytes each would be written many
    // times over. This is given back below.
    db.pragma_update(None, "cache_size", -SOWING_CACHE_KIB)?;
    let mut rng = Rng::new(0x5745_5741_5244);
    let cast = people::insert(db, &mut rng)?;
    let mut inserts = Inserts::prepare(db)?;
    for index in 0..workspaces {
        sow_workspace(&mut inserts, &mut rng, &cast, index)?;
    }
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('seed', ?1)",
        [workspaces.to_string().into_bytes()],
    )?;
    drop(inserts);
    db.pragma_update(None, "cache_size", -USUAL_CACHE_KIB)
}

fn role_of_owner(index: u32) -> Role {
    let at = usize::try_from(index).unwrap_or_default() % OWNER_ROLES.len();
    match OWNER_ROLES.get(at) {
        Some(b'a') => Role::Admin,
        Some(b'v') => Role::Viewer,
        _ => Role::Owner,
    }
}

fn sow_workspace(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    cast: &Cast,
    index: u32,
) -> rusqlite::Result<()> {
    let odd = nasty::odd(index).unwrap_or_else(|| usual(rng, index));
    let age = rng.between(30, 3 * 365);
    let created = earlier(rng, REFERENCE, age);
    let changed = later(rng, created);
    let workspace = NewWorkspace {
        id: rng.id("ws_"),
        name: odd.name,
        description: odd.description,
        billing_mode: odd.billing_mode,
        pooled_seat_limit: (odd.billing_mode == BillingMode::Pooled).then(|| rng.between(5, 400)),
        created_at: created,
        updated_at: changed,
        archived_at: odd.archived.then_some(changed),
    };
    inserts.workspace(&workspace)?;
    sow_members(inserts, rng, cast, index, &workspace)?;
    let (account, root) = sow_billing(inserts, rng, &workspace, odd.subscriptions, odd.usage)?;
    if index == STATES_AT {
        sow_states(inserts, &workspace, &account, &root)?;
    }
    Ok(())
}

fn usual(rng: &mut Rng, index: u32) -> Odd {
    Odd {
        name: names::workspace(index),
        description: (!rng.one_in(6)).then(|| names::description(rng)),
        billing_mode: match rng.below(3) {
            0 => BillingMode::Single,
            1 => BillingMode::Assigned,
            _ => BillingMode::Pooled,
        },
        archived: rng.one_in(10),
        subscriptions: 0,
        usage: false,
    }
}

fn sow_members(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    cast: &Cast,
    index: u32,
    workspace: &NewWorkspace,
) -> rusqlite::Result<()> {
    let mine = role_of_owner(index);
    // A few where even the demo admin may only look.
    let admins = if index % 17 == 16 {
        Role::Viewer
    } else {
        Role::Admin
    };
    let mut members = vec![
        (cast.owner.as_str(), mine),
        (cast.admin.as_str(), admins),
        (cast.viewer.as_str(), Role::Viewer),
    ];
    let needs_owner = mine != Role::Owner;
    let others = rng.below(5) + u64::from(needs_owner);
    for number in 0..others {
        let role = match (number, needs_owner) {
            (0, true) => Role::Owner,
            _ if rng.one_in(6) => Role::Owner,
            _ if rng.one_in(3) => Role::Admin,
            _ => Role::Viewer,
        };
        let person = cast.other(rng);
        if members.iter().all(|(user, _)| *user != person) {
            members.push((person, role));
        }
    }
    for (user, role) in members {
        // Whoever owns it made it; the others came later.
        let joined = if role == Role::Owner {
            workspace.created_at
        } else {
            later(rng, workspace.created_at)
        };
        inserts.member(&Member {
            workspace: &workspace.id,
            user,
            role,
            joined,
        })?;
    }
    Ok(())
}

fn sow_billing(
    inserts: &mut Inserts<'_>,
    rng: &mut Rng,
    workspace: &NewWorkspace,
    active: u32,
    usage: bool,
) -> rusqlite::Result<(String, Root)> {
    let account = rng.id("cus_");
    inserts.account(
        &account,
        workspace,
        "Main Billing",
        names::currency(rng),
        rng,
    )?;
    for number in 0..active {
        let start = earlier(rng, REFERENCE, 20);
        let (id, quantity) = (rng.id("sub_"), rng.between(1, 250));
        inserts.subscription(&NewSubscription {
            id: &id,
            account: &account,
            status: SubscriptionStatus::Active,
            products: &products(number, quantity),
            start,
            end: start.plus_seconds(MONTH),
            ended: None,
        })?;
    }
    if active == 0 && rng.one_in(3) {
        let start = earlier(rng, workspace.created_at, 1);
        let (id, quantity) = (rng.id("sub_"), rng.between(1, 250));
        inserts.subscription(&NewSubscription {
            id: &id,
            account: &account,
            status: SubscriptionStatus::Canceled,
            products: &products(0, quantity),
            start,
            end: workspace.updated_at,
            ended: Some(workspace.updated_at),
        })?;
    }
    // In pooled mode the workspace pays, so its organizations name no account.
    let payer = (workspace.billing_mode != BillingMode::Pooled).then_some(account.as_str());
    let root = inserts.organization(workspace, None, payer, names::unit(rng), [0, 0, 0], rng)?;
    if usage {
        inserts.organization(
            workspace,
            Some(&root),
            None,
            "Branch network",
            [3, 24, 1],
            rng,
        )?;
    } else if rng.one_in(4) {
        inserts.organization(
            workspace,
            Some(&root),
            None,
            names::unit(rng),
            [0, 0, 0],
            rng,
        )?;
    }
    Ok((account, root))
}

/// What a subscription is for: each has something else, and the second two things.
fn products(number: u32, quantity: i64) -> Vec<(Product, i64)> {
    match number % 3 {
        0 => vec![(Product::Locations, quantity)],
        1 => vec![(Product::Users, quantity), (Product::Sso, 1)],
        _ => vec![(Product::Sso, quantity)],
    }
}

/// One workspace with a subscription in every state, and in use, so that one of them cannot be
/// cancelled.
fn sow_states(
    inserts: &mut Inserts<'_>,
    workspace: &NewWorkspace,
    account: &str,
    root: &Root,
) -> rusqlite::Result<()> {
    // Numbers of its own: those of the other data stay as they are.
    let mut rng = Rng::new(0x5354_4154_4553);
    for (status, products) in [
        (SubscriptionStatus::Active, &[(Product::Users, 30)][..]),
        (SubscriptionStatus::Trialing, &[(Product::Users, 10)]),
        (SubscriptionStatus::PastDue, &[(Product::Locations, 5)]),
        (
            SubscriptionStatus::Unpaid,
            &[(Product::Locations, 2), (Product::Users, 8)],
        ),
        (SubscriptionStatus::Incomplete, &[(Product::Sso, 1)]),
        (SubscriptionStatus::IncompleteExpired, &[(Product::Sso, 2)]),
        (SubscriptionStatus::Paused, &[(Product::Users, 3)]),
        (SubscriptionStatus::Canceled, &[(Product::Locations, 1)]),
    ] {
        let start = earlier(&mut rng, REFERENCE, 20);
        let end = start.plus_seconds(MONTH);
        let id = rng.id("sub_");
        inserts.subscription(&NewSubscription {
            id: &id,
            account,
            status,
            products,
            start,
            end,
            ended: (status == SubscriptionStatus::Canceled).then_some(end),
        })?;
    }
    let used = [3, 24, 0];
    inserts.organization(workspace, Some(root), None, "Test branch", used, &mut rng)?;
    Ok(())
}

fn earlier(rng: &mut Rng, than: Timestamp, days: i64) -> Timestamp {
    Timestamp(than.plus_seconds(-days * DAY).0 + rng.between(0, DAY * 1_000_000))
}

/// A moment between then and the reference.
fn later(rng: &mut Rng, than: Timestamp) -> Timestamp {
    Timestamp(rng.between(than.0, REFERENCE.0.max(than.0 + 1)))
}
