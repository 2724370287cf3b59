//! The ways in, the same for the first account and for a further one: which service, then its
//! redirect or gateway, token, key, or e-mail and password.
//!
//! Guarantees: a secret leaves its field as it is sent, and is in no attribute, address or log; what
//! went wrong stands at what was tried, and the focus with it; nothing is sent twice.

use std::cell::Cell;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;
use web_sys::Node;

use super::parts::{details, help, input, labelled};
use crate::browser::{clock, focus};
use crate::reactive::{Store, Value, spawn};
use crate::route::Route;
use crate::state::accounts::{Account, Offer};
use crate::state::place::Place;
use crate::state::{Console, console};
use crate::text;
use crate::ui::block::{note, press};
use crate::ui::el::{El, el, group, part};

/// The ids of the fields. One form is drawn at a time.
const EMAIL: &str = "email";
const SECRET: &str = "secret";

thread_local! {
    /// The service at whose form the next page of ways begins.
    static WISH: Cell<Option<AccountId>> = const { Cell::new(None) };
}

/// Signs in to an account again and comes back here; where that takes something to be typed, goes
/// to its form.
pub fn again(console: Console, place: Place, account: &Account) {
    if !console
        .accounts
        .sign_in_again(account, place.route_untracked())
    {
        WISH.set(Some(account.place.clone()));
        let here = place.route_untracked();
        let next = (here != Route::Accounts).then(|| Box::new(here));
        place.go(&Route::AddAccount(next));
    }
}

/// The ways in. `next` is asked where to go after a redirect.
pub fn ways(next: fn(Place) -> Option<Route>) -> Node {
    let console = console();
    let offers = console.accounts.offered();
    let first = untrack(|| first_choice(console, &offers));
    let chosen = Value::new(first);
    let chooser = (offers.len() > 1).then(|| chooser(&offers, chosen));
    let ways = Ways {
        console,
        place: Place::get(),
        keep: Value::new(false),
        tried: Value::new(None),
        next,
    };
    let panel = part(move || Some(ways.panel(offers.get(chosen.get())?.clone())));
    group(&chooser.into_iter().chain([panel]).collect::<Vec<_>>())
}

/// The service that was asked for, else the one where something went wrong, else one whose session
/// has ended, else the first.
fn first_choice(console: Console, offers: &[Offer]) -> usize {
    let ended = || {
        let id = console.accounts.ended().into_iter().next()?;
        Some(console.accounts.get(&id)?.place.clone())
    };
    let wanted = WISH
        .take()
        .or_else(|| Some(console.accounts.problem()?.0))
        .or_else(ended);
    offers
        .iter()
        .position(|offer| wanted.as_ref() == Some(&offer.place))
        .unwrap_or_default()
}

fn chooser(offers: &[Offer], chosen: Value<usize>) -> Node {
    let mut group = el("fieldset")
        .class("services")
        .add(el("legend").text(text::SERVICE));
    for (at, offer) in offers.iter().enumerate() {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "service")
            .property("checked", move || (chosen.get() == at).into())
            .on("change", move |_| chosen.set(at));
        let label = el("span")
            .attr("data-mark", offer.service.mark)
            .text(&offer.label);
        group = group.add(el("label").add(input).add(label));
    }
    group.node()
}

/// What the ways of all services share.
#[derive(Clone, Copy)]
struct Ways {
    console: Console,
    place: Place,
    keep: Value<bool>,
    /// What was typed at the last attempt; `None` for a button alone.
    tried: Value<Option<CredentialKind>>,
    next: fn(Place) -> Option<Route>,
}

impl Ways {
    fn is_busy(self) -> bool {
        self.console.accounts.busy().is_some()
    }

    /// The ways into one service.
    fn panel(self, offer: Offer) -> Node {
        let mut panel = el("div").class("ways");
        let direct = offer.redirect || offer.gateway;
        if direct {
            let (at, wanted) = (offer.place.clone(), offer.place.clone());
            let kind = offer.service.credential;
            let go = self
                .button("button", true, &text::sign_in_with(&offer.label))
                .on("click", move |_| {
                    if !untrack(|| self.is_busy()) {
                        self.tried.set(None);
                        let next = (self.next)(self.place);
                        let keep = self.keep.get_untracked();
                        self.console.accounts.sign_in(at.clone(), next, keep);
                    }
                });
            panel = panel
                .part(move || match self.tried.get() {
                    None => self.problem(&wanted, kind),
                    Some(_) => None,
                })
                .add(go);
        }
        if offer.gateway {
            return panel.add(help("gateway", text::GATEWAY_HELP)).node();
        }
        if direct {
            panel = panel
                .add(self.tick())
                .add(el("div").class("or").add(el("span").text(text::OR)));
        }
        let kind = Value::new(offer.service.credential);
        let offer = Store::new(offer);
        panel
            .part(move || Some(self.form(offer, kind, kind.get())))
            .node()
    }

    /// What went wrong there.
    fn problem(self, at: &AccountId, kind: CredentialKind) -> Option<Node> {
        let (place, problem) = self.console.accounts.problem()?;
        if place != *at {
            return None;
        }
        let (title, words, service) = text::sign_in_problem(&problem, kind);
        let details = service.and_then(details);
        Some(note("danger", title, words, details))
    }

    /// A button that says when a sign-in is under way. Pressing it then does nothing.
    fn button(self, kind: &str, first: bool, label: &str) -> El {
        let busy = move || self.is_busy();
        el("button")
            .attr("type", kind)
            .class(if first { "btn primary" } else { "btn" })
            .when("aria-disabled", busy)
            .when("aria-busy", busy)
            .text(label)
    }

    fn tick(self) -> Node {
        let tick = el("input")
            .attr("type", "checkbox")
            .attr("aria-describedby", "keep-help")
            .property("checked", move || self.keep.get().into())
            .on("change", move |event| {
                self.keep.set(event_target_checked(&event));
            });
        let label = el("label")
            .class("check")
            .add(tick)
            .add(el("span").text(text::KEEP));
        el("div")
            .class("keep")
            .add(label)
            .add(help("keep", text::KEEP_HELP))
            .node()
    }

    /// The form for one kind of credential.
    fn form(self, offer: Store<Offer>, shown: Value<CredentialKind>, kind: CredentialKind) -> Node {
        let (at, own, direct) = offer.with_value(|offer| {
            let own = offer.service.credential;
            (offer.place.clone(), own, offer.redirect)
        });
        let passwords = kind == CredentialKind::Password;
        let (label, words, complete, submit) = match kind {
            CredentialKind::Token => (text::TOKEN, text::TOKEN_HELP, "off", text::USE_TOKEN),
            CredentialKind::AdminKey => {
                (text::ADMIN_KEY, text::ADMIN_KEY_HELP, "off", text::USE_KEY)
            }
            CredentialKind::Password => (
                text::PASSWORD,
                text::PASSWORD_HELP,
                "current-password",
                text::USE_PASSWORD,
            ),
        };
        let (email, secret) = (Value::new(String::new()), Value::new(String::new()));
        let wanted = at.clone();
        let mut form = el("form")
            .class("form")
            .on("submit", move |event| {
                event.prevent_default();
                if untrack(|| self.is_busy()) {
                    return;
                }
                self.tried.set(Some(kind));
                let (at, email) = (at.clone(), email.get_untracked());
                let keep = self.keep.get_untracked();
                let typed = secret.get_untracked();
                // The field is emptied at once: a secret lives in one place only.
                secret.set(String::new());
                spawn(async move {
                    let accounts = self.console.accounts;
                    let accepted = match passwords {
                        true => accounts.log_in(at, &email, &typed, keep).await,
                        false => accounts.paste(at, &typed, keep).await,
                    };
                    if !accepted {
                        focus::focus_id(SECRET);
                    }
                });
            })
            .part(move || {
                let here = match self.tried.get() {
                    Some(tried) => tried == kind,
                    None => !direct,
                };
                here.then(|| self.problem(&wanted, kind)).flatten()
            });
        if passwords {
            let input = input(EMAIL, "email", "username", email).attr("required", "");
            form = form.add(labelled(EMAIL, text::EMAIL, input));
        }
        let mut input = input(SECRET, "password", complete, secret);
        if passwords {
            input = input.attr("required", "");
        }
        let input = input.attr("aria-describedby", "secret-help");
        form = form.add(labelled(SECRET, label, input).add(help(SECRET, words)));
        if !direct {
            form = form.add(self.tick());
        }
        form = form.add(self.button("submit", !direct, submit));
        if own == CredentialKind::Password {
            let (other, words, first) = match passwords {
                true => (CredentialKind::Token, text::TOKEN_INSTEAD, SECRET),
                false => (own, text::PASSWORD_INSTEAD, EMAIL),
            };
            let change = Callback::new(move |()| {
                shown.set(other);
                spawn(async move {
                    clock::sleep(0).await;
                    focus::focus_id(first);
                });
            });
            form = form.add(press("btn quiet", change).text(words));
        }
        form.node()
    }
}
