//! The data a new database starts with: the same each time, for the same number of workspaces.
//!
//! Guarantees: sown once, in the caller's transaction. The first twenty workspaces are those of
//! `edge_cases`, in the demo with plain names; the roles of the demo people repeat every twenty. Must not ask for the time or for
//! real randomness.

mod cast;
mod rows;

use rusqlite::Connection;

use super::objects::{BillingMode, Role};
use super::subscription::{Product, SubscriptionStatus};
use crate::core::seed::edge_cases::{self, Billing, Odd};
use crate::core::seed::rng::Rng;
use crate::core::seed::seed_once::seed_once;
use crate::core::seed::{DAY, OWNER_ROLES, Plan, REFERENCE, earlier, later, names};
use cast::Cast;
use rows::{Inserts, Member, NewSubscription, NewWorkspace, Root};

/// A period, from which the others follow by the calendar.
const MONTH: i64 = 30 * DAY;

/// The workspace whose subscriptions are in every state.
const STATES_AT: u32 = 39;

/// Fills a new database; leaves one that was sown before alone.
///
/// # Errors
/// When the database fails.
pub fn sow(db: &Connection, plan: Plan) -> rusqlite::Result<()> {
    seed_once(db, "seed", plan, |db| {
        let mut rng = Rng::new(0x5745_5741_5244);
        let cast = cast::insert(db, &mut rng)?;
        let mut inserts = Inserts::prepare(db)?;
        for index in 0..plan.workspaces {
            sow_workspace(&mut inserts, &mut rng, &cast, index, plan)?;
        }
        Ok(())
    })
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
    plan: Plan,
) -> rusqlite::Result<()> {
    let odd = match edge_cases::odd(index) {
        Some(odd) if plan.edge_cases => odd,
        // What stands against archiving is in the demo as well.
        Some(odd) => Odd {
            name: Some(odd.name)
                .filter(|name| is_a_companys(name))
                .unwrap_or_else(|| names::workspace(index)),
            description: Some(names::description(rng)),
            ..odd
        },
        None => usual(rng, index),
    };
    let billing_mode = match odd.billing_mode {
        Billing::Single => BillingMode::Single,
        Billing::Assigned => BillingMode::Assigned,
        Billing::Pooled => BillingMode::Pooled,
    };
    let age = rng.between(30, 3 * 365);
    let created = earlier(rng, REFERENCE, age);
    let changed = later(rng, created);
    let workspace = NewWorkspace {
        id: rng.id("ws_"),
        name: odd.name,
        description: odd.description,
        billing_mode,
        pooled_seat_limit: (billing_mode == BillingMode::Pooled).then(|| rng.between(5, 400)),
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

/// Whether a name is one of a company, in plain words: the demo keeps those.
fn is_a_companys(name: &str) -> bool {
    let is_titled =
        |word: &str| word == "&" || word.starts_with(|letter: char| letter.is_ascii_uppercase());
    let is_plain = |letter: char| letter.is_ascii_alphabetic() || " &".contains(letter);
    name.contains(' ') && name.split(' ').all(is_titled) && name.chars().all(is_plain)
}

fn usual(rng: &mut Rng, index: u32) -> Odd {
    Odd {
        name: names::workspace(index),
        description: (!rng.one_in(6)).then(|| names::description(rng)),
        billing_mode: match rng.below(3) {
            0 => Billing::Single,
            1 => Billing::Assigned,
            _ => Billing::Pooled,
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
