//! Signing in: by the service's own page, or with a token.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use web_sys::Node;

use super::brand;
use crate::browser::focus;
use crate::reactive::{Value, spawn};
use crate::route::Route;
use crate::state::accounts::Phase;
use crate::state::place::Place;
use crate::state::{Console, console};
use crate::text;
use crate::ui::block::{note, state_block};
use crate::ui::el::{El, el, field_text};
use crate::ui::icon::Icon;

/// While the configuration is read and a kept session looked at: what the static shell shows.
pub fn starting_page() -> Node {
    let word = el("p")
        .class("sr")
        .attr("role", "status")
        .text(text::STARTING);
    welcome().attr("aria-busy", "true").add(word).node()
}

/// There is nothing to sign in to.
pub fn unconfigured_page() -> Node {
    welcome()
        .add(el("h1").class("sr").text(text::STEWARD))
        .add(state_block(
            Icon::Warning,
            text::UNCONFIGURED.to_owned(),
            text::UNCONFIGURED_TEXT.to_owned(),
            true,
            None,
        ))
        .node()
}

fn welcome() -> El {
    el("main").class("welcome").attr("id", "main")
}

/// The sign-in page.
pub fn sign_in_page() -> Node {
    let (console, place) = (console(), Place::get());
    let keep = Value::new(false);
    let services = console.accounts.offered();
    let mut card = el("div")
        .class("card")
        .add(brand())
        .add(el("h1").text(text::WELCOME))
        .add(el("p").text(text::WELCOME_TEXT))
        .part(move || {
            let (title, text) = text::sign_in_problem(&console.accounts.problem()?);
            Some(note("danger", title, text, None))
        });
    for (account, label, _, redirect) in &services {
        if !redirect {
            continue;
        }
        let account = account.clone();
        let button = button(console, "button", "btn primary", &text::sign_in_with(label));
        card = card.add(button.on("click", move |_| {
            if !untrack(|| is_busy(console)) {
                let next = wanted(place);
                console
                    .accounts
                    .sign_in(account.clone(), next, keep.get_untracked());
            }
        }));
    }
    let tick = el("input")
        .attr("type", "checkbox")
        .attr("aria-describedby", "keep-help")
        .property("checked", move || keep.get().into())
        .on("change", move |event| {
            keep.set(event_target_checked(&event))
        });
    let tick = el("label")
        .class("check")
        .add(tick)
        .add(el("span").text(text::KEEP));
    let form = services
        .into_iter()
        .find(|(account, ..)| console.accounts.offers_token(account))
        .map(|(account, ..)| token_form(console, account, keep));
    card = card
        .add(tick)
        .add(help("keep-help", text::KEEP_HELP))
        .add(el("div").class("or").add(el("span").text(text::OR)))
        .add_some(form);
    welcome().add(card).node()
}

/// Where a person who signs in wants to go.
fn wanted(place: Place) -> Option<Route> {
    match place.route_untracked() {
        Route::SignIn(next) => next.map(|next| *next),
        Route::SignInReturn | Route::Unknown => None,
        route => Some(route),
    }
}

fn is_busy(console: Console) -> bool {
    matches!(console.accounts.phase(), Phase::SigningIn)
}

/// A button that says when a sign-in is under way. Pressing it then is up to its form to ignore.
fn button(console: Console, kind: &str, class: &str, label: &str) -> El {
    el("button")
        .attr("type", kind)
        .class(class)
        .when("aria-disabled", move || is_busy(console))
        .when("aria-busy", move || is_busy(console))
        .text(label)
}

fn help(id: &str, words: &str) -> Node {
    el("p").class("help").attr("id", id).text(words).node()
}

fn token_form(console: Console, account: AccountId, keep: Value<bool>) -> Node {
    let token = Value::new(String::new());
    let input = el("input")
        .attr("id", "token")
        .attr("type", "password")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "token-help")
        .property("value", move || token.get().into())
        .on("input", move |event| token.set(field_text(&event)));
    let field = el("div")
        .class("field")
        .add(el("label").attr("for", "token").text(text::TOKEN))
        .add(input)
        .add(help("token-help", text::TOKEN_HELP));
    el("form")
        .class("form")
        .on("submit", move |event| {
            event.prevent_default();
            if untrack(|| is_busy(console)) {
                return;
            }
            let account = account.clone();
            let text = token.get_untracked();
            // The field is emptied at once: the token lives in one place only.
            token.set(String::new());
            spawn(async move {
                let accepted = console
                    .accounts
                    .paste(account, &text, keep.get_untracked())
                    .await;
                if !accepted {
                    focus::focus_id("token");
                }
            });
        })
        .add(field)
        .add(button(console, "submit", "btn", text::USE_TOKEN))
        .node()
}
