//! The other tabs of this console: what is said to them, and what is believed of what they say.
//!
//! Guarantees: no text of a person is ever said, and no credential but sealed, for a tab that holds the one before it;
//! whoever signs out here is signed out everywhere, once; what is heard is judged like any input, names an account or a
//! token that is here or changes nothing, and is never answered with the same. A browser without channels leaves each
//! tab by itself.

use leptos::prelude::*;
use std::rc::Rc;

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use serde::{Deserialize, Serialize};
use steward_domain::id::{AccountId, UserId};
use steward_flows::turn::{Reply, Turn};

use super::accounts::{Account, Accounts};
use super::shared_token;
use crate::browser::channel::Channel;
use crate::state::json;
use leptos::task::spawn_local;

/// The name of the channel. public/window.js speaks on the same.
const NAME: &str = "steward";

/// Longer than anything that is said here.
const LONGEST: usize = 64_000;

/// Of how many refresh tokens a tab knows what became of them.
const REMEMBERED: usize = 20;

/// What is done with the answer that a window brought.
type Back = Rc<dyn Fn(&str)>;

/// The other tabs. Copies are handles to the same channel.
#[derive(Clone, Copy)]
pub struct Tabs {
    channel: StoredValue<Option<Channel>, LocalStorage>,
    /// The sign-in that has a window of its own: its state, and what is done when it is back.
    expected: StoredValue<Option<(String, Back)>, LocalStorage>,
    /// The refresh tokens that are being sent or have been, the oldest first.
    tokens: StoredValue<Vec<Token>>,
}

/// A refresh token and what has become of it.
struct Token {
    /// What tabs call it.
    name: String,
    turn: Turn,
    /// Where this tab waits for its turn.
    told: Option<UnboundedSender<Word>>,
    /// The session that it brought, sealed.
    sealed: Option<String>,
}

/// What a tab that waits for its turn is told.
pub(super) enum Word {
    /// Another one sends it.
    Wait,
    /// It has been sent, and has brought this.
    Spent(Option<String>),
}

/// What one tab says to another. public/window.js says `back` and understands `taken`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(super) enum Said {
    /// This account has been signed out of.
    SignedOut(Whose),
    /// This account has been signed in to.
    SignedIn(Whose),
    /// The service's page has come back with this state and query.
    Back { state: String, query: String },
    /// The tab that asked has what came back with this state.
    Taken { state: String },
    /// A tab wants to send this refresh token, under a number that it drew.
    Asks {
        #[serde(rename = "name")]
        token: String,
        number: String,
    },
    /// Another tab sends it.
    Sends {
        #[serde(rename = "name")]
        token: String,
    },
    /// It has been sent. What it brought is sealed.
    Spent {
        #[serde(rename = "name")]
        token: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        sealed: Option<String>,
    },
}

/// Which account is meant, in whichever tab. Two tabs may call the same one differently.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(super) struct Whose {
    #[serde(rename = "place")]
    entry: String,
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
}

impl Whose {
    fn of(account: &Account) -> Self {
        Self {
            entry: account.entry.as_str().to_owned(),
            account: account.id.as_str().to_owned(),
            subject: account.me.as_ref().map(|me| me.as_str().to_owned()),
        }
    }

    /// Where nobody says whose a key is, the account of the same name is meant.
    fn is(&self, account: &Account) -> bool {
        let named = match (&self.subject, &account.me) {
            (None, None) => self.account == account.id.as_str(),
            (subject, me) => subject.as_deref() == me.as_ref().map(UserId::as_str),
        };
        named && self.entry == account.entry.as_str()
    }
}

impl Said {
    fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        json::parse(text)
    }
}

impl Tabs {
    pub(super) fn new() -> Self {
        Self {
            channel: StoredValue::new_local(None),
            expected: StoredValue::new_local(None),
            tokens: StoredValue::new(Vec::new()),
        }
    }

    /// Says something to the other tabs.
    pub(super) fn say(self, said: &Said) {
        self.channel.try_with_value(|channel| {
            if let Some(channel) = channel {
                channel.post(&json::print(said));
            }
        });
    }

    pub(super) fn say_signed_out(self, account: &Account) {
        self.say(&Said::SignedOut(Whose::of(account)));
    }

    /// Waits for the window with this state, in place of the one before.
    pub(super) fn expect(self, state: String, back: Back) {
        self.expected.set_value(Some((state, back)));
    }

    /// Begins to wait for this tab's turn with a token.
    pub(super) fn enter(self, name: &str, turn: Turn) -> UnboundedReceiver<Word> {
        let (told, words) = unbounded();
        self.note(name, turn, Some(told), None);
        words
    }

    /// Goes on with a token that this tab has entered.
    pub(super) fn turn(self, name: &str, turn: Turn) {
        self.with_token(name, |token| token.turn = turn);
    }

    /// Remembers that a token is spent, and what it brought.
    pub(super) fn has_spent(self, name: &str, sealed: Option<String>) {
        self.note(name, Turn::Spent, None, sealed);
    }

    /// What a token that is spent has brought.
    pub(super) fn spent(self, name: &str) -> Option<Option<String>> {
        let spent = |token: &mut Token| {
            let spent = token.turn == Turn::Spent;
            spent.then(|| token.sealed.clone())
        };
        self.with_token(name, spent).flatten()
    }

    fn with_token<R>(self, name: &str, look: impl FnOnce(&mut Token) -> R) -> Option<R> {
        self.tokens.try_update_value(|tokens| {
            let token = tokens.iter_mut().find(|token| token.name == name);
            token.map(look)
        })?
    }

    fn note(
        self,
        name: &str,
        turn: Turn,
        told: Option<UnboundedSender<Word>>,
        sealed: Option<String>,
    ) {
        let token = Token {
            name: name.to_owned(),
            turn,
            told,
            sealed,
        };
        self.tokens.try_update_value(|tokens| {
            tokens.retain(|other| other.name != name);
            if tokens.len() == REMEMBERED {
                tokens.remove(0);
            }
            tokens.push(token);
        });
    }

    /// Tells what waits here for its turn.
    fn tell(self, name: &str, word: Word) -> bool {
        let told = self.with_token(name, |token| token.told.clone()).flatten();
        told.is_some_and(|told| told.unbounded_send(word).is_ok())
    }

    /// What comes back with this state is taken once.
    fn taken(self, state: &str) -> Option<Back> {
        self.expected.try_update_value(|expected| {
            let (_, back) = expected.take_if(|(known, _)| known == state)?;
            Some(back)
        })?
    }
}

impl Accounts {
    /// Hears the other tabs from now on.
    pub(super) fn open_channel(self) {
        if self.tabs.channel.with_value(Option::is_some) {
            return;
        }
        let channel = Channel::open(NAME, move |text| {
            if let Some(said) = Said::parse(&text) {
                self.hear(said);
            }
        });
        self.tabs.channel.set_value(channel);
    }

    /// Hears the other tabs from now on, and tells them who has signed in since.
    pub fn listen(self) {
        self.open_channel();
        let mut known: Option<Vec<u32>> = None;
        Effect::new(move |_| {
            let all = self.all();
            let before = known.replace(
                all.iter()
                    .map(|account| account.session_generation)
                    .collect(),
            );
            let Some(before) = before else { return };
            for account in all {
                if !before.contains(&account.session_generation) {
                    self.tabs.say(&Said::SignedIn(Whose::of(&account)));
                }
            }
        });
    }

    fn hear(self, said: Said) {
        let named = |whose: &Whose| -> Vec<AccountId> {
            let mut all = self.all_untracked();
            all.retain(|account| whose.is(account));
            all.iter().map(|account| account.id.clone()).collect()
        };
        match said {
            // The tab that was signed out of has told the service. This one's session ends with it,
            // and is said to nobody: there is no end to tabs that answer each other.
            Said::SignedOut(whose) => {
                for id in named(&whose) {
                    self.leave(&id);
                }
            }
            // Sessions are no tab's to give away; but one that has ended may have a way to renew.
            Said::SignedIn(whose) => {
                for id in named(&whose) {
                    if self.renewals.has_ended_untracked(&id) {
                        self.renew_ended(&id);
                    }
                }
            }
            Said::Back { state, query } => {
                if let Some(back) = self.tabs.taken(&state) {
                    self.tabs.say(&Said::Taken { state });
                    back(&query);
                }
            }
            // For the window alone.
            Said::Taken { .. } => {}
            Said::Asks { token, number } => self.hear_asked(token, &number),
            Said::Sends { token } => {
                self.tabs.tell(&token, Word::Wait);
            }
            Said::Spent { token, sealed } => {
                let waits = self.tabs.tell(&token, Word::Spent(sealed.clone()));
                self.tabs.has_spent(&token, sealed.clone());
                if !waits {
                    spawn_local(shared_token::learn(self, token, sealed));
                }
            }
        }
    }

    /// Another tab wants to send a token.
    fn hear_asked(self, token: String, number: &str) {
        let known = |token: &mut Token| Some((token.turn.reply(number)?, token.sealed.clone()));
        match self.tabs.with_token(&token, known).flatten() {
            Some((Reply::Wait, _)) => self.tabs.say(&Said::Sends { token }),
            Some((Reply::Spent, sealed)) => self.tabs.say(&Said::Spent { token, sealed }),
            Some((Reply::Yield, _)) => {
                self.tabs.tell(&token, Word::Wait);
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Whose, json};

    #[test]
    fn what_is_said_is_understood() {
        let whose = |subject: Option<&str>| Whose {
            entry: "altostrat".into(),
            account: "altostrat-2".into(),
            subject: subject.map(Into::into),
        };
        for said in [
            Said::SignedOut(whose(Some("auth0|\"1"))),
            Said::SignedIn(whose(None)),
            Said::Back {
                state: "w.1".into(),
                query: "code=a%20b&state=w.1".into(),
            },
            Said::Taken {
                state: "w.1".into(),
            },
            Said::Asks {
                token: "n".into(),
                number: "1".into(),
            },
            Said::Sends { token: "n".into() },
            Said::Spent {
                token: "n".into(),
                sealed: Some("c2VhbGVk".into()),
            },
            Said::Spent {
                token: "n".into(),
                sealed: None,
            },
        ] {
            assert_eq!(Said::parse(&json::print(&said)).as_ref(), Some(&said));
        }
    }

    #[test]
    fn what_nobody_says_is_ignored() {
        let long = [
            "{\"kind\":\"taken\",\"state\":\"",
            &"x".repeat(65_000),
            "\"}",
        ]
        .concat();
        for junk in [
            "",
            "[]",
            "null",
            "{}",
            r#"{"kind":"signed-out"}"#,
            r#"{"kind":"signed-out","place":"altostrat"}"#,
            r#"{"kind":1,"place":"a","account":"a"}"#,
            r#"{"kind":"session","token":"a.b.c"}"#,
            r#"{"kind":"back","state":"w.1"}"#,
            r#"{"kind":"asks","name":"n"}"#,
            r#"{"kind":"sends"}"#,
            r#"{"kind":"spent","sealed":"c2VhbGVk"}"#,
            long.as_str(),
        ] {
            assert_eq!(Said::parse(junk), None, "{junk}");
        }
    }
}
