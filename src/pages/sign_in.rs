//! The page for whoever is signed in nowhere, and what stands there before anybody can be.

mod code;
mod parts;
mod ways;
mod window;

use web_sys::Node;

pub(super) use ways::{Ways, replace_key, ways};
pub(super) use window::by_window;

use super::brand;
use crate::route::Route;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::el::{El, el};
use crate::ui::icon::Icon;
use crate::ui::layout::state_block;

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
    let card = el("div")
        .class("card")
        .add(brand())
        .add(el("h1").text(text::WELCOME))
        .add(el("p").text(text::WELCOME_TEXT))
        .add(ways(wanted, ways::leave));
    welcome().add(card).node()
}

/// Where a person who signs in wants to go.
fn wanted(navigation: Navigation) -> Option<Route> {
    match navigation.route_untracked() {
        Route::SignIn(next) => next.map(|next| *next),
        Route::SignInReturn | Route::Unknown => None,
        route => Some(route),
    }
}
