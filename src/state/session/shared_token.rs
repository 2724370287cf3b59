//! Renewing where other tabs may hold the same refresh token, as copies of a tab do: one of them sends it, and the
//! others get what it brought. In the second module, with all that asks for sessions.
//!
//! Guarantees: of tabs that hear each other one sends a token, once; what it brought is said so that only a tab that
//! held that very token can read it; where it is not this tab's turn nothing is sent and nothing spent.

use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use futures::future::{Either, select};
use steward_flows::sign_in::Problem;
use steward_flows::turn::Turn;
use steward_flows::{Clock, RefreshToken, Session, SignIn, base64url};

use super::accounts::Accounts;
use super::storage::StoredSession;
use super::tabs::{Said, Word};
use crate::browser::locks::{self, Asked};
use crate::browser::{clock, crypto};
use crate::state::json;
use crate::transport::BrowserClock;

/// How long another tab has to say that it sends a token, or has sent it.
const ANSWER_MS: u32 = 300;

/// How long a lock is waited for: a little longer than a request takes to be answered.
const LOCK_MS: u32 = 25_000;

/// How long a tab that sends one is waited for: longer than its request and the whole reply to that can last.
const TURN_MS: u32 = 85_000;

/// What renewing came to.
pub(super) enum Renewal {
    /// There is a new session, and it has been taken.
    Taken,
    /// The token was sent and brought nothing.
    Failed(Problem),
    /// Another tab has sent the token, and has nothing to give away.
    Spent,
    /// It has not been sent.
    NotSent,
}

/// A renewal that is wanted.
pub(super) struct Wanted {
    pub(super) accounts: Accounts,
    pub(super) sign_in: Rc<SignIn>,
    pub(super) token: RefreshToken,
    /// Run before the token leaves the page.
    pub(super) leaves: Box<dyn FnOnce()>,
    /// Takes the new session and says how it is stored.
    pub(super) take: Box<dyn FnOnce(Session) -> Option<StoredSession>>,
}

/// Renews by this tab or by another.
pub(super) async fn renew(wanted: Wanted) -> Renewal {
    let Wanted {
        accounts,
        sign_in,
        token,
        leaves,
        take,
    } = wanted;
    let secret = token.expose_for_storage();
    let name = name_of(secret).await;
    let mut lock = None;
    if let Some(name) = &name {
        accounts.open_channel();
        match locks::ask(&["steward.renewal/", name].concat(), LOCK_MS).await {
            Asked::Got(held) => lock = Some(held),
            Asked::Late => return Renewal::NotSent,
            Asked::Nowhere => {}
        }
        if let Some(sealed) = by_another(accounts, name).await {
            let session = brought(secret, sealed).await;
            return match session {
                Some(session) => {
                    take(session);
                    Renewal::Taken
                }
                None => Renewal::Spent,
            };
        }
    }
    leaves();
    let renewed = sign_in.refresh(&token).await;
    let (renewal, stored) = match renewed {
        Ok(session) => (Renewal::Taken, take(session)),
        Err(failure) => (Renewal::Failed(Problem::Failed(failure)), None),
    };
    if let Some(name) = name {
        let sealed = match stored {
            Some(stored) => crypto::seal(&key_of(secret), &json::print(&stored)).await,
            None => None,
        };
        accounts.tabs.has_spent(&name, sealed.clone());
        accounts.tabs.say(&Said::Spent {
            token: name,
            sealed,
        });
    }
    // The others ask only now, and are answered.
    drop(lock);
    renewal
}

/// Waits for this tab's turn. Where another tab has sent the token, what that brought, sealed; none of it where it
/// brought nothing.
async fn by_another(accounts: Accounts, name: &str) -> Option<Option<String>> {
    let tabs = accounts.tabs;
    if let Some(sealed) = tabs.spent(name) {
        return Some(sealed);
    }
    let number = crypto::random_token().unwrap_or_default();
    let mut words = tabs.enter(name, Turn::Asks(number.clone()));
    tabs.say(&Said::Asks {
        token: name.to_owned(),
        number,
    });
    match next(&mut words, ANSWER_MS).await {
        None => {
            tabs.turn(name, Turn::Sends);
            None
        }
        Some(Word::Spent(sealed)) => Some(sealed),
        Some(Word::Wait) => {
            tabs.turn(name, Turn::Waits);
            loop {
                match next(&mut words, TURN_MS).await {
                    Some(Word::Wait) => {}
                    Some(Word::Spent(sealed)) => return Some(sealed),
                    // A tab that ended in the middle may have sent it.
                    None => return Some(None),
                }
            }
        }
    }
}

async fn next(words: &mut UnboundedReceiver<Word>, limit_ms: u32) -> Option<Word> {
    let limit = Box::pin(clock::sleep(limit_ms));
    match select(words.next(), limit).await {
        Either::Left((word, _)) => word,
        Either::Right(_) => None,
    }
}

/// What another tab's renewal brought, where that can be read here.
async fn brought(secret: &str, sealed: Option<String>) -> Option<Session> {
    let sealed = base64url(&sealed?)?;
    let stored = crypto::unseal(&key_of(secret), &sealed).await?;
    json::parse::<StoredSession>(&stored)?.session(BrowserClock.now())
}

/// Takes note of what another tab has said of a token: whoever holds it here has what it brought, or cannot renew
/// any more.
pub(super) async fn learn(accounts: Accounts, name: String, sealed: Option<String>) {
    for account in accounts.all_untracked() {
        let Some(token) = account.unspent() else {
            continue;
        };
        let secret = token.expose_for_storage();
        if name_of(secret).await.as_ref() != Some(&name) || account.spent.replace(true) {
            continue;
        }
        match brought(secret, sealed.clone()).await {
            Some(session) => drop(accounts.take_renewed(&account, session)),
            None => accounts.goes_on_unrenewed(&account),
        }
    }
}

/// What tabs call a token when they speak of it. Nobody gets back from this to the token.
async fn name_of(secret: &str) -> Option<String> {
    crypto::sha256_base64url(&["steward.name/", secret].concat()).await
}

/// What what it brought is sealed with. Whoever has not had the token has not this either.
fn key_of(secret: &str) -> String {
    ["steward.key/", secret].concat()
}
