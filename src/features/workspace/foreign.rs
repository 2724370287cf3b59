//! A link to a workspace that this tab cannot open: of an account that is not signed in here, or that
//! does not show it.
//!
//! Guarantees: it says which of the two, and leads to a sign-in that comes back to this address.

use crate::state::elsewhere;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::components::A;
use steward_domain::id::{AccountId, WorkspaceKey};

use crate::routes::Route;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;
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
        if let Some(there) = elsewhere::found_elsewhere(app, &key) {
            untrack(|| go(navigation, &key, there));
        } else if !looked.get_value() && !elsewhere::others_there(app, &key.account).is_empty() {
            looked.set_value(true);
            looks.set(true);
            let key = key.clone();
            spawn_local(async move {
                elsewhere::look_elsewhere(app, key).await;
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
#[component]
pub(crate) fn NotHere(app: AppState, navigation: Navigation, account: AccountId) -> impl IntoView {
    let Some(offer) = app.accounts.service_named(&account) else {
        return Either::Left(view! {
            <StateBlock
                icon=Icon::Find
                title=text::NO_SUCH_SERVICE
                text=text::no_such_service(account.as_str())
                urgent=true
            />
        });
    };
    // Asked once: the sentence does not change while somebody reads it.
    let others = untrack(|| elsewhere::others_there(app, &account));
    let words = text::not_here(&offer.label, !others.is_empty());
    Either::Right(view! {
        <StateBlock icon=Icon::Find title=text::NOT_HERE text=words urgent=true>
            <SignInLink navigation=navigation service=offer.label/>
        </StateBlock>
    })
}

/// In place of a workspace that its account does not show. `was_here`: whether it did before.
#[component]
pub(crate) fn Gone(
    app: AppState,
    navigation: Navigation,
    account: AccountId,
    was_here: bool,
) -> impl IntoView {
    let offer = app.accounts.service_named(&account);
    let other = offer.filter(|_| !was_here).map(|offer| {
        let words = text::perhaps_of_another(&offer.label);
        view! {
            <p>{words}</p>
            <SignInLink navigation=navigation service=offer.label/>
        }
    });
    view! {
        <StateBlock
            icon=Icon::Find
            title=text::WORKSPACE_GONE
            text=text::WORKSPACE_GONE_TEXT
            urgent=true
        >
            {other}
        </StateBlock>
    }
}

/// The way to the sign-in of a service, and back to here.
#[component]
fn SignInLink(navigation: Navigation, service: String) -> impl IntoView {
    let back = Route::AddAccount(Some(Box::new(navigation.route_untracked())));
    view! {
        <div class="acts">
            <A href=back.href() attr:class="btn">
                {text::sign_in_to(&service)}
            </A>
        </div>
    }
}
