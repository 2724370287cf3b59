//! The accounts: who is signed in where, how each is doing, and the way in for another.
//!
//! Guarantees: what is done to one account leaves the others alone; what leaves with an account is
//! said before it does, where there is more than one.

mod add;
mod card;
mod facts;
mod name;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use steward_domain::id::AccountId;

pub(crate) use add::AddAccountPage;

use card::AccountCard;

use crate::browser::clock;
use crate::routes::Route;
use crate::state::navigation::Navigation;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

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
#[component]
pub(crate) fn AccountsPage() -> impl IntoView {
    let app = app_state();
    let shared = Shared {
        app,
        navigation: Navigation::get(),
        renaming: RwSignal::new(None),
        typed: RwSignal::new(String::new()),
        leaving: RwSignal::new(None),
    };
    let ids = move || {
        let all = app.accounts.all();
        all.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
    };
    view! {
        <main class="main" id="main" tabindex="-1">
            <div class="page">
                <header class="head">
                    <h1>{text::ACCOUNTS}</h1>
                    <div class="act">
                        <A href=Route::AddAccount(None).href() attr:class="btn primary">
                            <Icon icon=Icon::Plus/>
                            {text::ADD_ACCOUNT}
                        </A>
                    </div>
                </header>
                <div class="scroll plain">
                    // A card stays while its account does, whatever changes in it: focus may be there.
                    <For each=ids key=AccountId::clone let:id>
                        <AccountCard shared=shared id=id/>
                    </For>
                </div>
                <SignOutDialog shared=shared/>
            </div>
        </main>
    }
}

/// Asks before an account leaves, and says what leaves with it.
#[component]
fn SignOutDialog(shared: Shared) -> impl IntoView {
    let (accounts, leaving) = (shared.app.accounts, shared.leaving);
    let asked = Memo::new(move |_| {
        let account = accounts.get(&leaving.get()?)?;
        Some(text::sign_out_of(&account.label))
    });
    let title = Signal::derive(move || asked.get().unwrap_or_default());
    let stay = Callback::new(move |()| leaving.set(None));
    let sign_out = move |_| {
        let id = leaving.get_untracked();
        leaving.set(None);
        if let Some(account) = id.and_then(|id| accounts.get_untracked(&id)) {
            accounts.sign_out(&account.id);
            confirm_soon(shared.app, text::signed_out_of(&account.label));
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            title=title
            on_close=stay
        >
            <div class="body">
                <p>{text::SIGN_OUT_TEXT}</p>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| stay.run(())>
                    {text::KEEP_ACCOUNT}
                </button>
                <button
                    type="button"
                    class="btn danger"
                    on:click=sign_out
                    prop:textContent=move || title.get()
                ></button>
            </footer>
        </Dialog>
    }
}

/// Confirms once everything that follows has been drawn: a change of screen takes confirmations
/// away.
fn confirm_soon(app: AppState, words: String) {
    spawn_local(async move {
        clock::sleep(0).await;
        app.notices.confirm(words);
    });
}
