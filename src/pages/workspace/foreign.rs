//! A link to a workspace that this tab cannot open: of an account that is not signed in here, or that
//! does not show it.
//!
//! Guarantees: it says which of the two, and leads to a sign-in that comes back to this address.

use leptos::prelude::*;
use steward_domain::id::WorkspaceKey;
use web_sys::Node;

use crate::pages::link;
use crate::route::Route;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::el::el;
use crate::ui::icon::Icon;
use crate::ui::layout::state_block;
use leptos::task::spawn_local;

/// Asks the other accounts of its service for a link's workspace once it is `missing` where the link
/// says, and goes there if one has it. What has been seen in its own account stays there. Says whether
/// that is still to be waited for.
pub fn look_elsewhere(
    app: AppState,
    navigation: Navigation,
    key: &WorkspaceKey,
    missing: impl Fn() -> bool + Send + Sync + 'static,
) -> Memo<bool> {
    let (looked, looks) = (StoredValue::new(false), RwSignal::new(false));
    let missing = Memo::new(move |_| missing());
    let key = key.clone();
    Effect::new(move |_| {
        if !missing.get() {
            return;
        }
        if let Some(there) = app.found_elsewhere(&key) {
            untrack(|| go(navigation, &key, there));
        } else if !looked.get_value() && !app.others_there(&key.account).is_empty() {
            looked.set_value(true);
            looks.set(true);
            let key = key.clone();
            spawn_local(async move {
                app.look_elsewhere(key).await;
                looks.try_set(false);
            });
        }
    });
    Memo::new(move |_| looks.get())
}

/// To the same part of the same workspace, in another account.
fn go(navigation: Navigation, from: &WorkspaceKey, to: WorkspaceKey) {
    match navigation.route_untracked() {
        Route::Workspace { key, tab, query } if key == *from => {
            navigation.replace(&Route::Workspace {
                key: to,
                tab,
                query,
            });
        }
        _ => {}
    }
}

/// In place of a workspace whose account is not signed in here.
pub fn not_here(app: AppState, navigation: Navigation, key: &WorkspaceKey) -> Node {
    let Some(offer) = app.accounts.service_named(&key.account) else {
        return state_block(
            Icon::Find,
            text::NO_SUCH_SERVICE.to_owned(),
            text::no_such_service(key.account.as_str()),
            true,
            None,
        );
    };
    let some = !app.others_there(&key.account).is_empty();
    state_block(
        Icon::Find,
        text::NOT_HERE.to_owned(),
        text::not_here(&offer.label, some),
        true,
        Some(sign_in(navigation, &offer.label)),
    )
}

/// In place of a workspace that its account does not show.
pub fn gone(app: AppState, navigation: Navigation, key: &WorkspaceKey, was_here: bool) -> Node {
    let offer = app.accounts.service_named(&key.account);
    let other = offer.filter(|_| !was_here).map(|offer| {
        let words = el("p").text(&text::perhaps_of_another(&offer.label)).node();
        let acts = sign_in(navigation, &offer.label);
        crate::ui::el::group(&[words, acts])
    });
    state_block(
        Icon::Find,
        text::WORKSPACE_GONE.to_owned(),
        text::WORKSPACE_GONE_TEXT.to_owned(),
        true,
        other,
    )
}

/// The way to the sign-in of a service, and back to here.
fn sign_in(navigation: Navigation, label: &str) -> Node {
    let back = Route::AddAccount(Some(Box::new(navigation.route_untracked())));
    let link = link("btn", &back).text(&text::sign_in_to(label));
    el("div").class("acts").add(link).node()
}
