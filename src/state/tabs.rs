//! The other tabs of this console: what is said to them, and what is believed of what they say.
//!
//! Guarantees: no credential and no text of a person is ever said; whoever signs out here is signed out
//! everywhere, once; what is heard is judged like any input, names an account that is here or changes
//! nothing, and is never answered with the same. A browser without channels leaves each tab by itself.

use std::rc::Rc;

use steward_domain::id::{AccountId, UserId};
use steward_flows::json::{Object, members};

use super::accounts::{Account, Accounts};
use crate::browser::channel::Channel;
use crate::reactive::{Store, follow};

/// The name of the channel. public/window.js speaks on the same.
const NAME: &str = "steward";

/// Longer than anything that is said here.
const LONGEST: usize = 8_000;

/// What is done with the answer that a window brought.
type Back = Rc<dyn Fn(&str)>;

/// The other tabs. Copies are handles to the same channel.
#[derive(Clone, Copy)]
pub struct Tabs {
    channel: Store<Option<Channel>>,
    /// The sign-in that has a window of its own: its state, and what is done when it is back.
    expected: Store<Option<(String, Back)>>,
}

/// What one tab says to another.
#[cfg_attr(test, derive(PartialEq, Debug))]
enum Said {
    /// This account has been signed out of.
    SignedOut(Whose),
    /// This account has been signed in to.
    SignedIn(Whose),
    /// The service's page has come back with this state and query.
    Back { state: String, query: String },
    /// The tab that asked has what came back with this state.
    Taken(String),
}

/// Which account is meant, in whichever tab. Two tabs may call the same one differently.
#[cfg_attr(test, derive(PartialEq, Debug))]
struct Whose {
    place: String,
    account: String,
    subject: Option<String>,
}

impl Whose {
    fn of(account: &Account) -> Self {
        Self {
            place: account.place.as_str().to_owned(),
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
        named && self.place == account.place.as_str()
    }
}

impl Said {
    fn print(&self) -> String {
        let mut text = Object::default();
        match self {
            Self::SignedOut(whose) | Self::SignedIn(whose) => {
                text.text(
                    "kind",
                    match self {
                        Self::SignedOut(_) => "signed-out",
                        _ => "signed-in",
                    },
                );
                text.text("place", &whose.place);
                text.text("account", &whose.account);
                text.text_if("subject", whose.subject.as_deref());
            }
            Self::Back { state, query } => {
                text.text("kind", "back");
                text.text("state", state);
                text.text("query", query);
            }
            Self::Taken(state) => {
                text.text("kind", "taken");
                text.text("state", state);
            }
        }
        text.finish()
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let [kind, place, account, subject, state, query] = members(
            text.as_bytes(),
            ["kind", "place", "account", "subject", "state", "query"],
        )?;
        let kind = kind.text()?;
        match kind.as_str() {
            "signed-out" | "signed-in" => {
                let whose = Whose {
                    place: place.text()?,
                    account: account.text()?,
                    subject: subject.text(),
                };
                Some(match kind.as_str() {
                    "signed-out" => Self::SignedOut(whose),
                    _ => Self::SignedIn(whose),
                })
            }
            "back" => Some(Self::Back {
                state: state.text()?,
                query: query.text()?,
            }),
            "taken" => Some(Self::Taken(state.text()?)),
            _ => None,
        }
    }
}

impl Tabs {
    pub(super) fn new() -> Self {
        Self {
            channel: Store::new(None),
            expected: Store::new(None),
        }
    }

    fn say(self, said: &Said) {
        self.channel.try_with_value(|channel| {
            if let Some(channel) = channel {
                channel.post(&said.print());
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

    /// What comes back with this state is taken once.
    fn taken(self, state: &str) -> Option<Back> {
        self.expected.try_update_value(|expected| {
            let (_, back) = expected.take_if(|(known, _)| known == state)?;
            Some(back)
        })?
    }
}

impl Accounts {
    /// Listens to the other tabs from now on, and tells them who has signed in since.
    pub fn listen(self) {
        let channel = Channel::open(NAME, move |text| {
            if let Some(said) = Said::parse(&text) {
                self.hear(said);
            }
        });
        self.tabs.channel.set_value(channel);
        let mut known: Option<Vec<u32>> = None;
        follow(move || {
            let all = self.all();
            let before = known.replace(all.iter().map(|account| account.number).collect());
            let Some(before) = before else { return };
            for account in all {
                if !before.contains(&account.number) {
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
                    if self.has_ended_untracked(&id) {
                        self.mend(&id);
                    }
                }
            }
            Said::Back { state, query } => {
                if let Some(back) = self.tabs.taken(&state) {
                    self.tabs.say(&Said::Taken(state));
                    back(&query);
                }
            }
            // For the window alone.
            Said::Taken(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Whose};

    #[test]
    fn what_is_said_is_understood() {
        let whose = |subject: Option<&str>| Whose {
            place: "altostrat".into(),
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
            Said::Taken("w.1".into()),
        ] {
            assert_eq!(Said::parse(&said.print()).as_ref(), Some(&said));
        }
    }

    #[test]
    fn what_nobody_says_is_ignored() {
        let long = [
            "{\"kind\":\"taken\",\"state\":\"",
            &"x".repeat(9_000),
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
            long.as_str(),
        ] {
            assert_eq!(Said::parse(junk), None, "{junk}");
        }
    }
}
