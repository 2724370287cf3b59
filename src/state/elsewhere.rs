//! Links that another tab or another person made: which account here they are about.
//!
//! Guarantees: the number of a further account is this tab's own, so that a link which names one is about
//! any account of that service that has the workspace; only the accounts of that very service are asked.

use std::rc::Rc;

use futures::future::join_all;
use leptos::prelude::untrack;
use steward_domain::id::{AccountId, WorkspaceKey};

use super::AppState;
use super::accounts::{Account, Accounts};
use super::config::Offer;

impl Accounts {
    /// The service that a link's account is an account of. Further accounts have a number behind the
    /// service's name.
    #[must_use]
    pub fn service_named(self, id: &AccountId) -> Option<Offer> {
        let known = self.get_untracked(id).map(|account| account.entry.clone());
        let plain = without_number(id.as_str());
        let offers = self.offered();
        let of = |name: &str| offers.iter().find(|offer| offer.entry.as_str() == name);
        let known = known.as_ref().and_then(|entry| of(entry.as_str()));
        known
            .or_else(|| of(id.as_str()))
            .or_else(|| of(plain?))
            .cloned()
    }
}

/// The accounts of a link's service that are signed in here, besides the one it names.
#[must_use]
pub fn others_there(app: AppState, id: &AccountId) -> Vec<Rc<Account>> {
    let Some(offer) = app.accounts.service_named(id) else {
        return Vec::new();
    };
    let mut all = app.accounts.all();
    all.retain(|account| account.entry == offer.entry && account.id != *id);
    all
}

/// A link's workspace in another account of its service, once it is known there.
#[must_use]
pub fn found_elsewhere(app: AppState, key: &WorkspaceKey) -> Option<WorkspaceKey> {
    let others = others_there(app, &key.account).into_iter();
    let mut keys = others.map(|account| in_account(&account, key));
    keys.find(|key| app.workspaces.get(key).is_some())
}

/// Asks the other accounts of its service for a link's workspace, all at once.
pub async fn look_elsewhere(app: AppState, key: WorkspaceKey) {
    let others = untrack(|| others_there(app, &key.account));
    let others = others.iter();
    let keys: Vec<WorkspaceKey> = others.map(|account| in_account(account, &key)).collect();
    // Whoever does not have it says so, and nothing follows from that.
    let _ = join_all(keys.iter().map(|key| app.workspaces.refresh(key))).await;
}

fn in_account(account: &Account, key: &WorkspaceKey) -> WorkspaceKey {
    WorkspaceKey {
        account: account.id.clone(),
        id: key.id.clone(),
    }
}

/// What stands before the number of a further account.
fn without_number(name: &str) -> Option<&str> {
    let (name, number) = name.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::without_number;

    #[test]
    fn a_number_is_told_from_a_name() {
        for (name, plain) in [
            ("altostrat-2", Some("altostrat")),
            ("our-altostrat-12", Some("our-altostrat")),
            ("altostrat", None),
            ("our-altostrat", None),
            ("altostrat-", None),
            ("altostrat-2b", None),
            ("", None),
        ] {
            assert_eq!(without_number(name), plain, "{name}");
        }
    }
}
