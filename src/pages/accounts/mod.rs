//! The accounts: who is signed in where, how each is doing, and the way in for another.
//!
//! Guarantees: what is done to one account leaves the others alone; what leaves with an account is
//! said before it does, where there is more than one.

mod add;
mod card;
mod name;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use web_sys::Node;

pub use add::add_account_page;

use super::link;
use crate::browser::clock;
use crate::route::Route;
use crate::state::navigation::Navigation;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::dialog::dialog;
use crate::ui::el::{el, group, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, press};
use leptos::task::spawn_local;

/// What the cards share.
#[derive(Clone, Copy)]
struct Shared {
    app: AppState,
    navigation: Navigation,
    /// The account that is being renamed, and its name as typed so far.
    renaming: RwSignal<Option<AccountId>>,
    typed: RwSignal<String>,
    /// The account that is asked about before it leaves.
    leaving: RwSignal<Option<AccountId>>,
}

/// The accounts page.
pub fn accounts_page() -> Node {
    let app = app_state();
    let shared = Shared {
        app,
        navigation: Navigation::get(),
        renaming: RwSignal::new(None),
        typed: RwSignal::new(String::new()),
        leaving: RwSignal::new(None),
    };
    let add = link("btn primary", &Route::AddAccount(None))
        .add(icon(Icon::Plus))
        .text(text::ADD_ACCOUNT);
    let head = el("header")
        .class("head")
        .add(el("h1").text(text::ACCOUNTS))
        .add(el("div").class("act").add(add));
    // A card stays while its account does, whatever changes in it: focus may be there.
    let ids = Memo::new(move |_| {
        let all = app.accounts.all();
        all.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
    });
    let cards = part(move || {
        let cards = ids.get().into_iter().map(|id| card::card(shared, id));
        Some(group(&cards.collect::<Vec<_>>()))
    });
    let page = el("div")
        .class("page")
        .add(head)
        .add(el("div").class("scroll plain").add(cards))
        .add(sign_out_dialog(shared));
    el("main")
        .class("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .add(page)
        .node()
}

/// Asks before an account leaves, and says what leaves with it.
fn sign_out_dialog(shared: Shared) -> Node {
    let (accounts, leaving) = (shared.app.accounts, shared.leaving);
    let title = move || {
        let account = accounts.get(&leaving.get()?)?;
        Some(text::sign_out_of(&account.label))
    };
    let stay = Callback::new(move |()| leaving.set(None));
    let leave = Callback::new(move |()| {
        let id = leaving.get_untracked();
        leaving.set(None);
        if let Some(account) = id.and_then(|id| accounts.get_untracked(&id)) {
            accounts.sign_out(&account.id);
            confirm_soon(shared.app, text::signed_out_of(&account.label));
        }
    });
    dialog(
        Signal::derive(move || title().is_some()),
        Signal::derive(move || title().unwrap_or_default()),
        Signal::derive(|| false),
        Signal::derive(|| None),
        stay,
        Box::new(move || {
            let what = el("div")
                .class("body")
                .add(el("p").text(text::SIGN_OUT_TEXT));
            let go = press("btn danger", leave).live_text(move || title().unwrap_or_default());
            let acts = el("footer")
                .add(button("btn", text::KEEP_ACCOUNT, stay))
                .add(go);
            group(&[what.node(), acts.node()])
        }),
    )
}

/// Confirms once everything that follows has been drawn: a change of screen takes confirmations
/// away.
fn confirm_soon(app: AppState, words: String) {
    spawn_local(async move {
        clock::sleep(0).await;
        app.notices.confirm(words);
    });
}
