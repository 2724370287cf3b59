//! The archive dialog: what it means, which workspace exactly, the typed name, one request. A
//! refusal stays in the dialog with the service's own words.

use leptos::{ev, prelude::*};
use steward_domain::failure::{Changed, FailureKind};
use steward_domain::listing::StateFilter;

use super::archive_id;
use crate::pages::failed::failed_note;
use crate::state::archiving::{Phase, Target};
use crate::state::{Console, console};
use crate::text;
use crate::ui::block::{button, note};
use crate::ui::copy::copy_button;
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};

/// The dialog, once for the whole app.
pub fn archive_dialog() -> AnyView {
    let console = console();
    let archiving = console.archiving;
    dialog(
        Signal::derive(move || archiving.target().is_some()),
        Signal::derive(move || {
            archiving
                .target()
                .map(|target| text::archive(&target.name))
                .unwrap_or_default()
        }),
        Signal::derive(move || archiving.phase() == Phase::Sending),
        Signal::derive(move || archiving.target().map(|target| archive_id(&target.key))),
        Callback::new(move |()| archiving.close()),
        std::sync::Arc::new(move || match archiving.target() {
            Some(target) => body(console, target),
            None => ().into_any(),
        }),
    )
}

fn body(console: Console, target: Target) -> AnyView {
    let archiving = console.archiving;
    let typed = RwSignal::new(String::new());
    let name = target.name.clone();
    let matches = Memo::new(move |_| typed.with(|typed| *typed == name));
    let sending = move || archiving.phase() == Phase::Sending;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if matches.get_untracked() {
            archiving.send(console, text::archived);
        }
    };
    let account = console.accounts.account();
    let (label, service, reversibility) = account
        .map(|account| {
            let service = account.description();
            (account.label.clone(), service.name, Some(service.archive))
        })
        .unwrap_or_default();
    let consequences = reversibility
        .map(|reversibility| text::archive_consequences(service, reversibility))
        .unwrap_or_default();
    let outcome = {
        let key = target.key.clone();
        move || match archiving.phase() {
            Phase::Failed(failure) => {
                let key = key.clone();
                // After an unknown outcome the next step is to look, not to press again.
                let look = Callback::new(move |()| {
                    let key = key.clone();
                    leptos::task::spawn_local(async move {
                        let _ = console.workspaces.refresh(&key).await;
                    });
                });
                let again = (failure.changed != Changed::No
                    && failure.kind != FailureKind::SignedOut)
                    .then_some(look);
                Some(failed_note(&failure, again))
            }
            Phase::Confirming | Phase::Sending => None,
        }
    };
    let is_archived = {
        let key = target.key.clone();
        Memo::new(move |_| {
            console
                .workspaces
                .get(&key)
                .is_some_and(|workspace| workspace.state.is_archived())
        })
    };
    let done = move || {
        is_archived.get().then(|| {
            let title = text::state_filter(StateFilter::Archived).to_owned();
            note("info", title, text::ARCHIVED_ALREADY.to_owned(), None)
        })
    };
    let ready = move || matches.get() && !sending() && !is_archived.get();
    let id = target.key.id.as_str().to_owned();
    let verb = text::archive(&target.name);
    view! {
        <form class="form" on:submit=submit>
            <div class="body">
                <p class="which">
                    {[label.as_str(), " · ", service, " · "].concat()}
                    <span class="id">{id}</span>
                </p>
                {move || outcome()}
                {move || done()}
                <p>{consequences}</p>
                <div class="field">
                    <label for="confirm-name">{text::TYPE_NAME}</label>
                    <p class="which-name">
                        <bdi>{target.name.clone()}</bdi>
                        {copy_button(text::COPY_NAME.to_owned(), text::COPIED.to_owned(), target.name.clone())}
                    </p>
                    <input
                        id="confirm-name"
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        data-autofocus=""
                        aria-describedby="confirm-help"
                        readonly=move || sending()
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <p class="help" id="confirm-help">{text::TYPE_NAME_HELP}</p>
                </div>
            </div>
            <footer>
                {button("btn", text::KEEP_WORKSPACE, Callback::new(move |()| archiving.close()))}
                <button
                    type="submit"
                    class="btn danger"
                    aria-disabled=move || (!ready()).then_some("true")
                    aria-busy=move || sending().then_some("true")
                    aria-description=move || (!matches.get()).then_some(text::EXACT_NAME)
                >
                    {icon(Icon::Box)}
                    <span class="cut">{verb}</span>
                </button>
                <span class="sr" role="status">{move || sending().then_some(text::ARCHIVING)}</span>
            </footer>
        </form>
    }
    .into_any()
}
