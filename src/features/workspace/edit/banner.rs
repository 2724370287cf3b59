//! What is said above the fields: why nothing can be saved, what somebody else changed meanwhile, and why a save
//! failed.

use leptos::prelude::*;
use leptos_router::components::A;
use steward_domain::failure::Failure;

use super::form::Form;
use crate::components::failure_notice::{Again, FailureNotice};
use crate::components::workspace_fields::{OfflineNote, Phase, RestoredNote};
use crate::routes::Route;
use crate::text;
use crate::ui::layout::Note;

/// Why nothing can be saved, or else that text from before is in the form again.
#[component]
pub(super) fn Banner(
    form: Form,
    refusal: Memo<Option<String>>,
    dirty: Memo<bool>,
    is_back: bool,
) -> impl IntoView {
    let gone = Memo::new(move |_| form.is_gone());
    move || match refusal.get() {
        _ if gone.get() => view! { <GoneNote form=form/> }.into_any(),
        Some(reason) => view! { <ReadOnlyNote form=form reason=reason dirty=dirty/> }.into_any(),
        None if !form.app.network.is_up() => view! { <OfflineNote/> }.into_any(),
        None if is_back && dirty.get() => view! { <RestoredNote/> }.into_any(),
        None => ().into_any(),
    }
}

/// Said when the workspace has gone while it was being edited.
#[component]
fn GoneNote(form: Form) -> impl IntoView {
    let list = Route::List(form.navigation.route_untracked().query());
    view! {
        <Note tone="warning" title=text::GONE_TITLE text=text::GONE_TEXT>
            <div class="acts">
                <A href=list.href() exact=true attr:class="btn">
                    {text::BACK}
                </A>
            </div>
        </Note>
    }
}

/// Said to those who may not change it, or not any more. What they had typed holds them here, so there is a way on.
#[component]
fn ReadOnlyNote(form: Form, reason: String, dirty: Memo<bool>) -> impl IntoView {
    let leave = move |_| form.show_overview(form.key.get_value());
    view! {
        <Note tone="warning" title=text::READ_ONLY text=reason>
            <Show when=move || dirty.get()>
                <div class="acts">
                    <button type="button" class="btn" on:click=leave>
                        {text::BACK_TO_WORKSPACE}
                    </button>
                </div>
            </Show>
        </Note>
    }
}

/// Which fields somebody else changed meanwhile, and what became of them in the form.
#[component]
pub(super) fn MovedNote(form: Form, refused: Memo<bool>) -> impl IntoView {
    // Drawn anew only when it says something else: it would be announced at every key.
    let said = Memo::new(move |_| {
        let (followed, clash) = (form.followed.get(), form.clash());
        let none = followed.is_empty() && clash.is_empty();
        let hidden = none || refused.get() || form.asked.with(Option::is_some);
        let tone = if clash.is_empty() { "info" } else { "warning" };
        (!hidden).then(|| (tone, text::moved(&followed, &clash)))
    });
    move || {
        said.get()
            .map(|(tone, moved)| view! { <Note tone=tone title=text::MOVED_TITLE text=moved/> })
    }
}

/// Why the last save failed, if it did.
#[component]
pub(super) fn FailedSave(form: Form) -> impl IntoView {
    let failure = Memo::new(move |_| {
        form.fields.phase.with(|phase| match phase {
            Phase::Failed(failure) => Some(failure.clone()),
            Phase::Typing | Phase::Sending => None,
        })
    });
    move || {
        failure
            .get()
            .map(|failure| view! { <SaveFailure form=form failure=failure/> })
    }
}

/// The failure of a save. Where its outcome is not known, the workspace can be read again.
#[component]
fn SaveFailure(form: Form, failure: Failure) -> impl IntoView {
    let whose = form.key.with_value(|key| key.account.clone());
    let again = failure
        .asks_for_a_look()
        .then(|| Again::by_hand(Callback::new(move |()| form.look())));
    view! { <FailureNotice whose=whose failure=failure again=again/> }
}
