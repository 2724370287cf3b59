//! The dialog that signs in to an account again, on top of whatever is there, and the warning ahead of a
//! session's end.
//!
//! Guarantees: one dialog, however much failed; the page under it keeps every letter; whoever comes
//! instead of the person asked for is told what that means and is shown nothing of the other's text.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::listing::Query;
use web_sys::Node;

use super::sign_in::{Ways, by_window};
use crate::route::Route;
use crate::state::AppState;
use crate::state::accounts::Account;
use crate::state::navigation::Navigation;
use crate::state::reauthenticate::{Interrupted, Stranger};
use crate::state::signing_in::Again;
use crate::text;
use crate::ui::dialog::dialog;
use crate::ui::el::{El, el, fragment, group};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, note, press};

/// The dialog and the warning, once for the whole app.
#[must_use]
pub fn sign_in_again(app: AppState, navigation: Navigation) -> Node {
    let (accounts, reauthentication) = (app.accounts, app.reauthentication);
    accounts.listen();
    app.follow_expiry(move |account| leave(navigation, account));
    let asked = Memo::new(move |_| reauthentication.asked());
    let stranger = move || {
        reauthentication
            .stranger()
            .filter(|one| asked.get().as_ref() == Some(&one.asked))
    };
    let title = Signal::derive(move || {
        let label = asked.get().and_then(|id| accounts.get(&id));
        let label = label.map(|account| account.label.clone());
        match (label, stranger()) {
            (None, _) => String::new(),
            (Some(_), Some(_)) => text::SOMEBODY_ELSE.to_owned(),
            (Some(label), None) => text::sign_in_again_to(&label),
        }
    });
    let close = Callback::new(move |()| reauthentication.close());
    let body = move || {
        el("div")
            .class("asked")
            .part(move || {
                let asked = asked.get()?;
                let stranger = reauthentication.stranger();
                untrack(|| match stranger {
                    Some(stranger) => told(app, &stranger),
                    None => Some(ask(app, navigation, asked)),
                })
            })
            .node()
    };
    let dialog = dialog(
        Signal::derive(move || asked.with(Option::is_some)),
        title,
        Signal::derive(move || accounts.busy().is_some()),
        Signal::derive(|| None),
        close,
        Box::new(body),
    );
    fragment([dialog, warnings(app)])
}

/// Takes whoever is at the screen away from what belongs to another person.
fn leave(navigation: Navigation, account: &AccountId) {
    let route = navigation.route_untracked();
    let theirs = match &route {
        Route::Workspace { key, .. } => key.account == *account,
        Route::New(_) => true,
        _ => false,
    };
    if theirs {
        navigation.replace(&Route::List(match route {
            Route::Workspace { query, .. } => query,
            _ => Query::default(),
        }));
    }
}

/// What is asked of the person whose session has ended.
fn ask(app: AppState, navigation: Navigation, id: AccountId) -> Node {
    let (accounts, reauthentication) = (app.accounts, app.reauthentication);
    let account = accounts.get_untracked(&id);
    let offer = account
        .as_ref()
        .and_then(|account| accounts.offer_of(account));
    let (Some(account), Some(offer)) = (account, offer) else {
        return group(&[]);
    };
    let witness = navigation.open().filter(|key| key.account == id);
    let witness = witness.map(|key| key.id).or_else(|| {
        app.workspaces.with_rows(|rows| {
            let mut own = rows.iter().filter(|row| row.key.account == id);
            own.next().map(|row| row.key.id.clone())
        })
    });
    let ways = Ways {
        app,
        navigation,
        keep: RwSignal::new(account.kept),
        tried: RwSignal::new(None),
        next: |navigation| Some(navigation.route_untracked()),
        go: by_window,
        again: StoredValue::new(Some(Again {
            account: id.clone(),
            witness,
        })),
        ids: "again-",
        half: RwSignal::new(None),
    };
    let why = match accounts.has_ended(&id) {
        true => text::SIGN_IN_AGAIN_TEXT,
        false if accounts.ending().contains(&id) => text::ENDING_TEXT,
        false => text::MAY_HAVE_ENDED_TEXT,
    };
    let after = reauthentication.interrupted(&id).map(|what| match what {
        Interrupted::Repeats => text::GOES_ON,
        Interrupted::Confirms => text::TO_CONFIRM,
    });
    let mut body = el("div")
        .class("body")
        .add(which(&account))
        .add(el("p").text(why));
    if let Some(after) = after {
        body = body.add(el("p").text(after));
    }
    let not_now = Callback::new(move |()| reauthentication.close());
    let foot = el("footer").add(button("btn", text::NOT_NOW, not_now));
    fragment([body.add(ways.panel(offer)).node(), foot.node()])
}

/// Whose session it is, and where.
fn which(account: &Account) -> El {
    let mut which = el("p").class("which").text(account.description().name);
    let me = account.me.as_ref().map(|me| me.as_str());
    if let Some(who) = account.name.as_deref().or(me) {
        which = which.text(" · ").add(el("bdi").text(who));
    }
    which
}

/// What it means that somebody else has come.
fn told(app: AppState, stranger: &Stranger) -> Option<Node> {
    let (accounts, reauthentication) = (app.accounts, app.reauthentication);
    let asked = accounts.get_untracked(&stranger.asked)?;
    let came = accounts.get_untracked(&stranger.came)?;
    let words = text::somebody_else(&asked.label, &came.label);
    let body = el("div")
        .class("body")
        .add(which(&asked))
        .add(note(
            "warning",
            text::NOT_SENT_BY_OTHER.to_owned(),
            words,
            None,
        ))
        .add(el("p").text(&text::text_kept(&asked.label)));
    let id = stranger.asked.clone();
    let back = Callback::new(move |()| reauthentication.ask(&id));
    let go_on = Callback::new(move |()| reauthentication.close());
    let foot = el("footer")
        .add(press("btn", back).text(&text::sign_in_again_to(&asked.label)))
        .add(button("btn primary", text::GO_ON_AS_OTHER, go_on));
    Some(fragment([body.node(), foot.node()]))
}

/// The sessions that end soon, each with the way to extend it.
fn warnings(app: AppState) -> Node {
    let accounts = app.accounts;
    el("div")
        .class("notices ahead")
        .part(move || {
            let id = accounts.ending().into_iter().next()?;
            let account = accounts.get(&id)?;
            Some(untrack(|| warning(app, &account)))
        })
        .node()
}

fn warning(app: AppState, account: &Account) -> Node {
    let (extended, dismissed) = (account.id.clone(), account.id.clone());
    let extend = Callback::new(move |()| app.reauthentication.ask(&extended));
    let dismiss = Callback::new(move |()| app.accounts.forget_ending(&dismissed));
    el("div")
        .class("notice")
        .attr("role", "alert")
        .add(icon(Icon::Warning))
        .add(el("p").text(&text::ends_soon(&account.label)))
        .add(button("btn", text::EXTEND, extend))
        .add(
            press("icon", dismiss)
                .attr("aria-label", text::DISMISS)
                .add(icon(Icon::Close)),
        )
        .node()
}
