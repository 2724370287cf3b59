//! The dialog that signs in to an account again, on top of whatever is there, and the warning ahead of a
//! session's end.
//!
//! Guarantees: one dialog, however much failed; the page under it keeps every letter; whoever comes
//! instead of the person asked for is told what that means and is shown nothing of the other's text.

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::id::{AccountId, WorkspaceId};
use steward_domain::listing::Query;

use super::{ServiceMethods, SignInState, by_window};
use crate::routes::Route;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::state::reauthenticate::{self, Interrupted};
use crate::state::session::sign_in::Again;
use crate::text;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;
use crate::ui::layout::Note;

/// What the dialog shows.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Shown {
    /// The ways to sign in to an account again.
    Methods {
        account: AccountId,
        /// Why it is asked.
        why: &'static str,
        /// What becomes afterwards of what was interrupted.
        after: Option<&'static str>,
    },
    /// Somebody else has come.
    Stranger { asked: AccountId, came: AccountId },
}

/// What the dialog shows while it asks for an account.
fn shown(app: AppState, account: AccountId) -> Shown {
    let (accounts, reauthentication) = (app.accounts, app.reauthentication);
    if let Some(stranger) = reauthentication.stranger() {
        return Shown::Stranger {
            asked: stranger.asked,
            came: stranger.came,
        };
    }
    // As it is when the dialog opens: under whoever types, the form is not drawn anew.
    let why = untrack(|| match accounts.has_ended(&account) {
        true => text::SIGN_IN_AGAIN_TEXT,
        false if accounts.renewals.ending().contains(&account) => text::ENDING_TEXT,
        false => text::MAY_HAVE_ENDED_TEXT,
    });
    let after = reauthentication
        .interrupted(&account)
        .map(|what| match what {
            Interrupted::Repeats => text::GOES_ON,
            Interrupted::Confirms => text::TO_CONFIRM,
        });
    Shown::Methods {
        account,
        why,
        after,
    }
}

/// The dialog and the warning, once for the whole app.
#[component]
pub(crate) fn SignInAgain(app: AppState, navigation: Navigation) -> impl IntoView {
    let (accounts, reauthentication) = (app.accounts, app.reauthentication);
    accounts.listen();
    reauthenticate::follow(app, move |account| leave(navigation, account));
    let asked = Memo::new(move |_| reauthentication.asked());
    let stranger = move || {
        reauthentication
            .stranger()
            .filter(|one| asked.get().as_ref() == Some(&one.asked))
    };
    let title = move || {
        let label = asked.get().and_then(|id| accounts.get(&id));
        let label = label.map(|account| account.label.clone());
        match (label, stranger()) {
            (None, _) => String::new(),
            (Some(_), Some(_)) => text::SOMEBODY_ELSE.to_owned(),
            (Some(label), None) => text::sign_in_again_to(&label),
        }
    };
    view! {
        <Dialog
            open=move || asked.with(Option::is_some)
            title=title
            busy=move || accounts.progress.busy().is_some()
            on_close=Callback::new(move |()| reauthentication.close())
        >
            <div class="asked">
                // Never drawn over: what was typed for one account does not stay in the form of another.
                <For
                    each=move || asked.get().map(|account| shown(app, account))
                    key=Clone::clone
                    let(shown)
                >
                    {match shown {
                        Shown::Methods { account, why, after } => Either::Left(view! {
                            <MethodsAgain app=app navigation=navigation account=account why=why after=after/>
                        }),
                        Shown::Stranger { asked, came } => Either::Right(view! {
                            <SomebodyElse app=app asked=asked came=came/>
                        }),
                    }}
                </For>
            </div>
        </Dialog>
        <SessionWarning app=app/>
    }
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
#[component]
fn MethodsAgain(
    app: AppState,
    navigation: Navigation,
    account: AccountId,
    why: &'static str,
    after: Option<&'static str>,
) -> impl IntoView {
    let (accounts, id) = (app.accounts, account);
    let account = accounts.get_untracked(&id)?;
    let offer = accounts.offer_of(&account)?;
    // As it is when the dialog opens.
    let witness = untrack(|| witness(app, navigation, &id));
    let state = SignInState {
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
    Some(view! {
        <div class="body">
            <Whose app=app account=id/>
            <p>{why}</p>
            {after.map(|after| view! { <p>{after}</p> })}
            <ServiceMethods state=state offer=offer/>
        </div>
        <footer>
            <button type="button" class="btn" on:click=move |_| app.reauthentication.close()>
                {text::NOT_NOW}
            </button>
        </footer>
    })
}

/// A workspace of the account, which shows whether the same person has come: the one that is open, or else the first
/// of its list.
fn witness(app: AppState, navigation: Navigation, account: &AccountId) -> Option<WorkspaceId> {
    let open = navigation.open().filter(|key| key.account == *account);
    open.map(|key| key.id).or_else(|| {
        app.workspaces.with_rows(|rows| {
            let mut own = rows.iter().filter(|row| row.key.account == *account);
            own.next().map(|row| row.key.id.clone())
        })
    })
}

/// Whose session it is, and where.
#[component]
fn Whose(app: AppState, account: AccountId) -> impl IntoView {
    let account = app.accounts.get_untracked(&account)?;
    let me = account.me.as_ref().map(|me| me.as_str());
    let who = account.name.as_deref().or(me).map(str::to_owned);
    Some(view! {
        <p class="which">
            {account.description().name}
            {who.map(|who| view! { " · " <bdi translate="no">{who}</bdi> })}
        </p>
    })
}

/// What it means that somebody else has come.
#[component]
fn SomebodyElse(app: AppState, asked: AccountId, came: AccountId) -> impl IntoView {
    let (accounts, reauthentication) = (app.accounts, app.reauthentication);
    let label = accounts.get_untracked(&asked)?.label.clone();
    let other = accounts.get_untracked(&came)?.label.clone();
    let again = asked.clone();
    Some(view! {
        <div class="body">
            <Whose app=app account=asked/>
            <Note
                tone="warning"
                title=text::NOT_SENT_BY_OTHER
                text=text::somebody_else(&label, &other)
            />
            <p>{text::text_kept(&label)}</p>
        </div>
        <footer>
            <button type="button" class="btn" on:click=move |_| reauthentication.ask(&again)>
                {text::sign_in_again_to(&label)}
            </button>
            <button
                type="button"
                class="btn primary"
                on:click=move |_| reauthentication.close()
            >
                {text::GO_ON_AS_OTHER}
            </button>
        </footer>
    })
}

/// The session that ends soon, with the way to extend it. One at a time, each told anew.
#[component]
fn SessionWarning(app: AppState) -> impl IntoView {
    let accounts = app.accounts;
    let ending = move || {
        let id = accounts.renewals.ending().into_iter().next()?;
        let label = accounts.get(&id)?.label.clone();
        Some((id, label))
    };
    view! {
        <div class="notices ahead">
            <For each=ending key=Clone::clone let((account, label))>
                <EndsSoon app=app account=account label=label/>
            </For>
        </div>
    }
}

/// Says that a session ends soon.
#[component]
fn EndsSoon(app: AppState, account: AccountId, label: String) -> impl IntoView {
    let ending = account.clone();
    view! {
        <div class="notice" role="alert">
            <Icon icon=Icon::Warning/>
            <p>{text::ends_soon(&label)}</p>
            <button
                type="button"
                class="btn"
                on:click=move |_| app.reauthentication.ask(&account)
            >
                {text::EXTEND}
            </button>
            <button
                type="button"
                class="icon"
                aria-label=text::DISMISS
                on:click=move |_| app.accounts.renewals.forget_ending(&ending)
            >
                <Icon icon=Icon::Close/>
            </button>
        </div>
    }
}
