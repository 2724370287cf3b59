//! Parts that the sign-in methods share: a field and its help, the button, the choice to stay signed in, and what went
//! wrong.
//!
//! Guarantees: what stands in a field is in its element alone; a button that is pressed while a sign-in is under way
//! does nothing.

use leptos::html;
use leptos::prelude::*;
use steward_domain::failure::ServiceWords;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;

use super::methods::SignInState;
use crate::components::failure_notice::LikelyCauses;
use crate::text;
use crate::ui::layout::{Copyable, Fact, Note};

/// A field below its label. It is uncontrolled: what stands in it is in no attribute and no signal, and is asked of
/// `input`.
#[component]
pub(super) fn UncontrolledField(
    input: NodeRef<html::Input>,
    id: String,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    #[prop(optional)] autocapitalize: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] help: Option<String>,
) -> impl IntoView {
    let described_by = help.is_some().then(|| format!("{id}-help"));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                node_ref=input
                id=id.clone()
                type=kind
                autocomplete=autocomplete
                autocapitalize=autocapitalize
                spellcheck="false"
                required=required
                aria-describedby=described_by
            />
            {help.map(|help| view! { <Help id=id text=help/> })}
        </div>
    }
}

/// What stands below the field with this id.
#[component]
pub(super) fn Help(id: String, #[prop(into)] text: String) -> impl IntoView {
    view! { <p class="help" id=format!("{id}-help")>{text}</p> }
}

/// What stands in a field. The element is asked: software that fills it in need not tell the page as typing does.
pub(super) fn field_value(input: NodeRef<html::Input>) -> String {
    let input = input.get_untracked();
    input.map_or_else(String::new, |input| input.value())
}

/// Empties a field, whatever the page knows of what stands there.
pub(super) fn clear_field(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.set_value("");
    }
}

/// A button that says when a sign-in is under way. Pressing it then does nothing. Without `on_press` it submits its
/// form.
#[component]
pub(super) fn SignInButton(
    state: SignInState,
    class: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    let busy = move || state.is_busy().then_some("true");
    view! {
        <button
            type=if on_press.is_some() { "button" } else { "submit" }
            class=class
            aria-disabled=busy
            aria-busy=busy
            on:click=move |_| {
                if let Some(on_press) = on_press.filter(|_| !state.is_busy_untracked()) {
                    on_press.run(());
                }
            }
            prop:textContent=move || label.get()
        ></button>
    }
}

/// Whether to keep the session for this tab.
#[component]
pub(super) fn KeepSession(state: SignInState) -> impl IntoView {
    let id = state.id("keep");
    view! {
        <div class="keep">
            <label class="check">
                <input type="checkbox" aria-describedby=format!("{id}-help") bind:checked=state.keep/>
                <span>{text::KEEP}</span>
            </label>
            <Help id=id text=text::KEEP_HELP/>
        </div>
    }
}

/// What went wrong at a service, while it is to be `shown` here. `kind` is what was signed in with.
#[component]
pub(super) fn ProblemNote(
    state: SignInState,
    entry: AccountId,
    kind: CredentialKind,
    #[prop(into, default = true.into())] shown: Signal<bool>,
) -> impl IntoView {
    let whose = entry.clone();
    let problem = Memo::new(move |_| {
        let problem = shown
            .get()
            .then(|| state.app.accounts.progress.problem())
            .flatten();
        problem.and_then(|(at, problem)| (at == entry).then_some(problem))
    });
    move || {
        let problem = problem.get()?;
        let (title, words, failure) = text::sign_in_problem(&problem, kind);
        let whose = whose.clone();
        let more = failure.cloned().map(|failure| {
            let service = failure.service.clone();
            view! {
                <LikelyCauses whose=whose failure=failure again=None/>
                <ServiceMessage words=service/>
            }
        });
        Some(view! { <Note tone="danger" title=title text=words>{more}</Note> })
    }
}

/// What a service said of a sign-in, to be copied.
#[component]
fn ServiceMessage(words: ServiceWords) -> impl IntoView {
    let said = [
        (text::SERVICE_SAYS, text::COPY_MESSAGE, words.message),
        (text::REQUEST_ID, text::COPY_REQUEST_ID, words.request_id),
    ];
    let rows: Vec<_> = said
        .into_iter()
        .filter_map(|(term, what, value)| {
            let value = value?;
            Some(view! { <Fact term=term><Copyable what=what text=value/></Fact> })
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <dl class="details">{rows}</dl> })
}
