//! The ways in, the same for the first account and for a further one: which service, then its
//! redirect or gateway, token, key, or e-mail and password. How a redirect is gone through is handed in:
//! `leave` here is the way of whoever has nothing to lose, `window` the way of everybody else.
//!
//! Guarantees: a secret leaves its field as it is sent, and is in no attribute, address or log; what
//! went wrong stands at what was tried, and the focus with it; nothing is sent twice.

use std::cell::Cell;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;
use web_sys::Node;

use super::code::{code_form, focus_code};
use super::parts::{details, empty, help, input, labelled, standing};
use crate::browser::{clock, focus};
use crate::pages::failure_notice::causes;
use crate::route::Route;
use crate::state::accounts::{Account, Offer};
use crate::state::navigation::Navigation;
use crate::state::signing_in::{Again, Ask, Half, Problem, Wish};
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::el::{El, el, group, part};
use crate::ui::layout::{note, press};
use leptos::task::spawn_local;

/// The ids of the fields, behind what the form's place puts before them.
pub(super) const EMAIL: &str = "email";
const SECRET: &str = "secret";

thread_local! {
    /// The service at whose form the next page of ways begins.
    static WISH: Cell<Option<AccountId>> = const { Cell::new(None) };
}

/// Goes to the form of an account's service, for another of its keys.
pub fn replace_key(navigation: Navigation, account: &Account) {
    WISH.set(Some(account.place.clone()));
    navigation.go(&Route::AddAccount(None));
}

/// How the page of a service is gone to: draws what does it, with the class of its button.
pub type Go = fn(Ways, Offer, &'static str) -> Node;

/// The ways in. `next` is asked where to go after a redirect.
pub fn ways(next: fn(Navigation) -> Option<Route>, go: Go) -> Node {
    let app = app_state();
    let offers = app.accounts.offered();
    let navigation = Navigation::get();
    let first = untrack(|| first_choice(app, &offers, next(navigation)));
    let chosen = RwSignal::new(first);
    let chooser = (offers.len() > 1).then(|| chooser(&offers, chosen));
    let ways = Ways {
        app,
        navigation,
        keep: RwSignal::new(false),
        tried: RwSignal::new(None),
        next,
        go,
        again: StoredValue::new(None),
        ids: "",
        half: RwSignal::new(None),
    };
    let panel = part(move || Some(ways.panel(offers.get(chosen.get())?.clone())));
    group(&chooser.into_iter().chain([panel]).collect::<Vec<_>>())
}

/// The service that was asked for, else the one where something went wrong, else that of the link one
/// came by, else one whose session has ended, else the first.
fn first_choice(app: AppState, offers: &[Offer], next: Option<Route>) -> usize {
    let ended = || {
        let id = app.accounts.ended().into_iter().next()?;
        Some(app.accounts.get(&id)?.place.clone())
    };
    let wanted = WISH
        .take()
        .or_else(|| Some(app.accounts.problem()?.0))
        .or_else(|| {
            let account = match next? {
                Route::Workspace { key, .. } => key.account,
                Route::New(account) => account?,
                _ => return None,
            };
            Some(app.accounts.service_named(&account)?.place)
        })
        .or_else(ended);
    offers
        .iter()
        .position(|offer| wanted.as_ref() == Some(&offer.place))
        .unwrap_or_default()
}

fn chooser(offers: &[Offer], chosen: RwSignal<usize>) -> Node {
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

/// The button that leaves for the service's page, or asks a gateway, where that is offered.
pub fn leave(ways: Ways, offer: Offer, class: &'static str) -> Node {
    let label = text::sign_in_with(&offer.label);
    leave_by(ways, offer, class, &label)
}

/// The same with words of its own.
pub fn leave_by(ways: Ways, offer: Offer, class: &'static str, label: &str) -> Node {
    ways.button("button", class, label)
        .on("click", move |_| {
            if !untrack(|| ways.is_busy()) {
                ways.tried.set(None);
                let next = (ways.next)(ways.navigation);
                ways.app.accounts.sign_in(ways.wish(&offer.place), next);
            }
        })
        .node()
}

/// What the ways of all services share.
#[derive(Clone, Copy)]
pub struct Ways {
    /// The console's state.
    pub app: AppState,
    /// Where the person is.
    pub navigation: Navigation,
    /// Whether to keep the session for this tab.
    pub keep: RwSignal<bool>,
    /// What was typed at the last attempt; `None` for a button alone.
    pub tried: RwSignal<Option<CredentialKind>>,
    /// Where to go after a redirect.
    pub next: fn(Navigation) -> Option<Route>,
    /// How the page of a service is gone to.
    pub go: Go,
    /// The account that is signed in to again, if it is one.
    pub again: StoredValue<Option<Again>>,
    /// What the ids of the fields begin with.
    pub ids: &'static str,
    /// A sign-in that waits for its second step, and where. It is in this page alone.
    pub half: RwSignal<Option<(AccountId, Half)>>,
}

impl Ways {
    /// Whether a sign-in is under way.
    pub fn is_busy(self) -> bool {
        self.app.accounts.busy().is_some()
    }

    /// What is wanted of a sign-in there.
    pub fn wish(self, place: &AccountId) -> Wish {
        Wish {
            place: place.clone(),
            keep: self.keep.get_untracked(),
            again: self.again.get_value(),
        }
    }

    pub(super) fn id(self, id: &str) -> String {
        [self.ids, id].concat()
    }

    /// The ways into one service.
    pub fn panel(self, offer: Offer) -> Node {
        let mut panel = el("div").class("ways");
        let direct = offer.redirect || offer.gateway;
        if direct {
            let wanted = offer.place.clone();
            let kind = offer.service.credential;
            let go = match offer.gateway {
                true => leave(self, offer.clone(), "btn primary"),
                false => (self.go)(self, offer.clone(), "btn primary"),
            };
            panel = panel
                .part(move || match self.tried.get() {
                    None => self.problem(&wanted, kind),
                    Some(_) => None,
                })
                .add(go);
        }
        if offer.gateway {
            let words = help(&self.id("gateway"), text::GATEWAY_HELP);
            return panel.add(words).node();
        }
        if direct {
            panel = panel
                .add(self.tick())
                .add(el("div").class("or").add(el("span").text(text::OR)));
        }
        let kind = RwSignal::new(offer.service.credential);
        let offer = StoredValue::new(offer);
        panel
            .part(move || match self.half_at(offer) {
                Some(half) => Some(untrack(|| code_form(self, offer, half))),
                None => Some(self.form(offer, kind, kind.get())),
            })
            .node()
    }

    /// The sign-in there that waits for its second step.
    fn half_at(self, offer: StoredValue<Offer>) -> Option<Half> {
        let (at, half) = self.half.get()?;
        offer.with_value(|offer| offer.place == at).then_some(half)
    }

    /// Takes up a sign-in that the service wants a code for, and says whether it does.
    pub(super) fn asks_code(self, at: &AccountId) -> bool {
        let accounts = self.app.accounts;
        match accounts.problem_untracked() {
            Some((place, Problem::SecondFactor(half))) if place == *at && half.by_code => {
                accounts.forget_problem();
                self.half.try_set(Some((place, half)));
                true
            }
            _ => false,
        }
    }

    /// What went wrong there.
    pub(super) fn problem(self, at: &AccountId, kind: CredentialKind) -> Option<Node> {
        let (place, problem) = self.app.accounts.problem()?;
        if place != *at {
            return None;
        }
        let (title, words, failure) = text::sign_in_problem(&problem, kind);
        let more = failure.map(|failure| [causes(at, failure, None), details(&failure.service)]);
        let more: Vec<Node> = more.into_iter().flatten().flatten().collect();
        Some(note("danger", title, words, Some(group(&more))))
    }

    /// A button that says when a sign-in is under way. Pressing it then does nothing.
    pub fn button(self, kind: &str, class: &str, label: &str) -> El {
        let busy = move || self.is_busy();
        el("button")
            .attr("type", kind)
            .class(class)
            .when("aria-disabled", busy)
            .when("aria-busy", busy)
            .text(label)
    }

    fn tick(self) -> Node {
        let tick = el("input")
            .attr("type", "checkbox")
            .attr("aria-describedby", &self.id("keep-help"))
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
            .add(help(&self.id("keep"), text::KEEP_HELP))
            .node()
    }

    /// The form for one kind of credential.
    fn form(
        self,
        offer: StoredValue<Offer>,
        shown: RwSignal<CredentialKind>,
        kind: CredentialKind,
    ) -> Node {
        let (at, own, direct, key_help) = offer.with_value(|offer| {
            let own = offer.service.credential;
            let key_help = text::admin_key_help(offer.service);
            (offer.place.clone(), own, offer.redirect, key_help)
        });
        let passwords = kind == CredentialKind::Password;
        let (label, words, complete, submit) = match kind {
            CredentialKind::Token => (text::TOKEN, text::TOKEN_HELP, "off", text::USE_TOKEN),
            CredentialKind::AdminKey => (text::ADMIN_KEY, key_help.as_str(), "off", text::USE_KEY),
            CredentialKind::Password => (
                text::PASSWORD,
                text::PASSWORD_HELP,
                "current-password",
                text::USE_PASSWORD,
            ),
        };
        let wanted = at.clone();
        let mut form = el("form")
            .class("form")
            .on("submit", move |event| {
                event.prevent_default();
                if untrack(|| self.is_busy()) {
                    return;
                }
                self.tried.set(Some(kind));
                let wish = self.wish(&at);
                let email = standing(&self.id(EMAIL));
                let typed = standing(&self.id(SECRET));
                // The field is emptied at once: a secret lives in one place only.
                empty(&self.id(SECRET));
                let ask = match passwords {
                    true => Ask::Password(email, typed),
                    false => Ask::Typed(typed),
                };
                let at = at.clone();
                spawn_local(async move {
                    let accounts = self.app.accounts;
                    if accounts.enter(wish, ask).await.is_some() {
                        return;
                    }
                    if self.asks_code(&at) {
                        focus_code(self).await;
                    } else {
                        focus::focus_id(&self.id(SECRET));
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
            let id = self.id(EMAIL);
            let input = input(&id, "email", "username").attr("required", "");
            form = form.add(labelled(&id, text::EMAIL, input));
        }
        let id = self.id(SECRET);
        let mut input = input(&id, "password", complete);
        if passwords {
            input = input.attr("required", "");
        }
        let input = input.attr("aria-describedby", &[&id, "-help"].concat());
        form = form.add(labelled(&id, label, input).add(help(&id, words)));
        if !direct {
            form = form.add(self.tick());
        }
        form = form.add(self.button("submit", if direct { "btn" } else { "btn primary" }, submit));
        if own == CredentialKind::Password {
            let (other, words, first) = match passwords {
                true => (CredentialKind::Token, text::TOKEN_INSTEAD, SECRET),
                false => (own, text::PASSWORD_INSTEAD, EMAIL),
            };
            let change = Callback::new(move |()| {
                shown.set(other);
                spawn_local(async move {
                    clock::sleep(0).await;
                    focus::focus_id(&self.id(first));
                });
            });
            form = form.add(press("btn quiet", change).text(words));
        }
        form.node()
    }
}
