//! The API keys that stop working with a workspace, where a service does that.
//!
//! Guarantees: not known is never shown as none.

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::provider::Effect;

use super::Asked;
use crate::components::display_name::DisplayName;
use crate::state::request::{self, Request};
use crate::text;
use crate::ui::layout::Note;

/// How many keys are named.
const NAMED: usize = 10;

/// The name of a key, and the part of it that the service shows.
type Key = (String, Option<String>);

/// The keys of the workspace, read as the dialog opens; nothing where the service leaves them working.
#[component]
pub(super) fn StoppingKeys(asked: Asked) -> impl IntoView {
    let effects = asked
        .service
        .map_or(&[][..], |service| service.archive.effects);
    let within_seconds = effects.contains(&Effect::KeysStop);
    let is_due = within_seconds || effects.contains(&Effect::KeysUnusable);
    is_due.then(|| view! { <KeysAsRead asked=asked within_seconds=within_seconds/> })
}

/// How many keys stop working, and which; or that they could not be read.
#[component]
fn KeysAsRead(
    asked: Asked,
    /// Whether the service says that it stops them at once.
    within_seconds: bool,
) -> impl IntoView {
    let found = Request::new();
    let read = Callback::new(move |()| read(asked, found));
    read.run(());
    let count = move || match found.outcome() {
        None => text::KEYS_LOADING.to_owned(),
        Some(Ok(keys)) if keys.is_empty() => text::KEYS_NONE.to_owned(),
        Some(Ok(keys)) => text::keys_stop(keys.len(), within_seconds),
        Some(Err(_)) => String::new(),
    };
    let list = move || match found.outcome()? {
        Ok(keys) if keys.is_empty() => None,
        Ok(keys) => Some(Either::Left(view! { <KeyList keys=keys/> })),
        Err(failure) => Some(Either::Right(
            view! { <UnreadKeys failure=failure again=read/> },
        )),
    };
    view! {
        <div class="keys">
            <p role="status" prop:textContent=count></p>
            {list}
        </div>
    }
}

fn read(asked: Asked, found: Request<Vec<Key>>) {
    let accounts = asked.app.accounts;
    let key = asked.target.with_value(|target| target.key.clone());
    found.read(async move {
        let account = accounts.of(&key)?;
        let keys = request::answer(accounts, &account, account.service.keys(&key.id)).await?;
        Some(keys.map(|keys| {
            let keys = keys.into_iter();
            keys.map(|key| (key.name, key.hint)).collect()
        }))
    });
}

/// The first keys by name, and how many there are besides.
#[component]
fn KeyList(keys: Vec<Key>) -> impl IntoView {
    let more = keys.len().saturating_sub(NAMED);
    let named = keys.into_iter().take(NAMED).map(|(name, hint)| {
        view! {
            <li>
                <DisplayName name=name/>
                " "
                {hint.map(|hint| view! {
                    <span class="id" translate="no">
                        <DisplayName name=hint/>
                    </span>
                })}
            </li>
        }
    });
    view! {
        <ul>
            {named.collect_view()}
            {(more > 0).then(|| view! { <li class="m">{text::and_more(more)}</li> })}
        </ul>
    }
}

/// That the keys could not be read, and the way to read them again.
#[component]
fn UnreadKeys(failure: Failure, again: Callback<()>) -> impl IntoView {
    let why = text::failure_text(&failure, false);
    view! {
        <Note
            tone="warning"
            title=text::KEYS_UNKNOWN
            text=format!("{} {why}", text::KEYS_UNKNOWN_TEXT)
        >
            <div class="acts">
                <button type="button" class="btn" on:click=move |_| again.run(())>
                    {text::RELOAD}
                </button>
            </div>
        </Note>
    }
}
