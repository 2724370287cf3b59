//! Looks around when a service could not be reached: what is likely, and where its sign-in is.
//!
//! Guarantees: what is sent to find out carries no credential and no cookie, and its answer is not
//! looked at. Must not know what is said about it.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::{join, join_all};
use js_sys::Reflect;
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::AccountId;
use steward_domain::reach::{Cause, Heard, Sight, causes, is_insecure, origin_of};
use web_sys::Event;

use super::accounts::Accounts;
use crate::browser::events::{self, Listening};
use crate::browser::{clock, page};
use crate::routes::CONFIG;
use crate::transport::{answers, is_own};

/// The way to a service.
#[derive(Clone, PartialEq)]
pub struct Way {
    /// Where it was asked.
    pub address: String,
    /// Where its gateway, or whatever else stands in front, lets people sign in when it is opened
    /// in a window.
    pub sign_in_page: String,
    /// Whether a gateway holds its credential.
    pub gateway: bool,
    /// Whether it has answered readably.
    heard: Heard,
}

impl Accounts {
    /// The way that a request of an account went, or of a sign-in to a service.
    #[must_use]
    pub fn way(self, whose: &AccountId, operation: Operation) -> Option<Way> {
        let account = self.get_untracked(whose);
        let entry = account.as_ref().map_or(whose, |account| &account.entry);
        self.services.with(entry, |service| {
            let of = |address: &str| Some(address.to_owned()).filter(|one| !one.is_empty());
            let ends = service.sign_in.as_ref();
            let who = ends.and_then(|ends| of(ends.userinfo.as_deref()?));
            let token = ends.and_then(|ends| of(&ends.token));
            let base = service.base.to_string();
            let asked = match operation {
                Operation::SignIn | Operation::Refresh => token,
                Operation::WhoAmI => who.clone(),
                _ => None,
            };
            Way {
                address: asked.unwrap_or_else(|| base.clone()),
                sign_in_page: who.filter(|_| service.gateway).unwrap_or(base),
                gateway: service.gateway,
                heard: account
                    .as_ref()
                    .map_or(Heard::Never, |account| account.way.heard()),
            }
        })
    }
}

/// Looks for what may have kept a request of this way from being answered.
pub async fn look(way: &Way, failure: &Failure) -> Vec<Cause> {
    let refused = Refused::watch(&way.address);
    // The page's own server is asked for a file that it has, so that nothing is logged as missing.
    let own = is_own(&way.address);
    let (app, service) = match own {
        true => {
            let app = answers(CONFIG).await;
            (app, app)
        }
        false => join(answers(CONFIG), answers(&way.address)).await,
    };
    causes(Sight {
        writes: failure.operation.writes(),
        gateway: way.gateway,
        own,
        insecure: is_insecure(&page::origin(), &way.address),
        blocked: refused.has_been().await,
        console: app,
        service,
        heard: way.heard,
    })
}

/// Whether something answers that has to do with the accounts' services: where all are elsewhere, an
/// answer of the page's own server says nothing about them.
pub async fn is_anything_there(accounts: Accounts) -> bool {
    let all = accounts.all_untracked();
    let (own, elsewhere): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|account| is_own(&account.service.base));
    let mut asked: Vec<String> = Vec::new();
    for account in elsewhere {
        let base = account.service.base.to_string();
        if !asked.contains(&base) {
            asked.push(base);
        }
    }
    if !own.is_empty() || asked.is_empty() {
        asked.push(CONFIG.to_owned());
    }
    let asked = asked.iter().map(|address| answers(address));
    let answered = join_all(asked).await;
    answered.contains(&true)
}

/// Whether the page's policy refuses an address, from now on.
struct Refused {
    noted: Rc<Cell<bool>>,
    _listening: Option<Listening>,
}

impl Refused {
    fn watch(address: &str) -> Self {
        let noted = Rc::new(Cell::new(false));
        let (notes, address) = (Rc::clone(&noted), address.to_owned());
        let listening = events::on_document("securitypolicyviolation", move |event: Event| {
            let blocked = Reflect::get(&event, &"blockedURI".into()).ok();
            let blocked = blocked.and_then(|blocked| blocked.as_string());
            let of_it = |blocked: &str| origin_of(blocked) == origin_of(&address);
            if blocked.as_deref().is_some_and(of_it) {
                notes.set(true);
            }
        });
        Self {
            noted,
            _listening: listening,
        }
    }

    async fn has_been(&self) -> bool {
        // It is told in a turn of its own.
        clock::sleep(0).await;
        self.noted.get()
    }
}
