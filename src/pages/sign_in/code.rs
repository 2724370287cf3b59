//! The second step of a sign-in: the code that the person's authenticator shows.
//!
//! Guarantees: what stands in the field is what is sent, blanks aside, once; the field is emptied as it
//! is, and the code is in no attribute, address or log; nobody is signed in before the service took it.

use leptos::prelude::*;
use steward_domain::provider::CredentialKind;
use web_sys::Node;

use super::parts::{empty, help, input, labelled, standing};
use super::ways::{EMAIL, Ways};
use crate::browser::{clock, focus};
use crate::state::accounts::Offer;
use crate::state::signing_in::{Ask, Half};
use crate::text;
use crate::ui::el::el;
use crate::ui::layout::press;
use leptos::task::spawn_local;

const CODE: &str = "code";

/// Moves focus to the field once it has been drawn.
pub(super) async fn focus_code(ways: Ways) {
    clock::sleep(0).await;
    focus::focus_id(&ways.id(CODE));
}

/// The form.
pub(super) fn code_form(ways: Ways, offer: StoredValue<Offer>, half: Half) -> Node {
    let at = offer.with_value(|offer| offer.place.clone());
    let kind = CredentialKind::Password;
    let id = ways.id(CODE);
    let (field, wanted) = (id.clone(), at.clone());
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if untrack(|| ways.is_busy()) {
            return;
        }
        let code: String = standing(&field).split_whitespace().collect();
        if code.is_empty() {
            focus::focus_id(&field);
            return;
        }
        empty(&field);
        ways.tried.set(Some(kind));
        let (wish, at) = (ways.wish(&at), at.clone());
        let ask = Ask::SecondFactor(half.clone(), code);
        spawn_local(async move {
            // Whoever is signed in has left this form, and what it held is gone with it.
            if ways.app.accounts.enter(wish, ask).await.is_some() {
                return;
            }
            // A service may ask for one more.
            ways.asks_code(&at);
            focus_code(ways).await;
        });
    };
    let again = Callback::new(move |()| {
        if untrack(|| ways.is_busy()) {
            return;
        }
        ways.half.set(None);
        ways.app.accounts.forget_problem();
        spawn_local(async move {
            clock::sleep(0).await;
            focus::focus_id(&ways.id(EMAIL));
        });
    });
    let input = input(&id, "text", "one-time-code")
        .attr("autocapitalize", "none")
        .attr("aria-describedby", &[&id, "-help"].concat());
    el("form")
        .class("form")
        .on("submit", submit)
        .part(move || ways.problem(&wanted, kind))
        .add(labelled(&id, text::AUTHENTICATOR_CODE, input).add(help(&id, text::CODE_HELP)))
        .add(ways.button("submit", "btn primary", text::USE_CODE))
        .add(press("btn quiet", again).text(text::START_AGAIN))
        .node()
}
