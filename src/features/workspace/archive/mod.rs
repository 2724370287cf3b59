//! The archive dialog: what stands in the way, what it means, which workspace exactly, the typed name,
//! one request. A refusal stays in the dialog with the service's own words.

mod after;
mod blocker;
mod checks;
mod confirm;
mod keys;
mod panel;
mod stored;
mod warnings;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::capability::{Action, Verdict};
use steward_domain::confusables::{Confusable, has, turns};
use steward_domain::failure::FailureKind;
use steward_domain::fold::Likeness;
use steward_domain::id::WorkspaceKey;
use steward_domain::provider::Description;
use steward_domain::workspace::Workspace;
use web_sys::{SubmitEvent, VisibilityState};

use self::checks::{Because, Checks, Comes};
use self::keys::StoppingKeys;
use self::panel::ChecksPanel;
use self::warnings::Warnings;
use super::archive_id;
use crate::browser::events::on_window;
use crate::browser::letters;
use crate::components::availability::pending;
use crate::components::display_name::DisplayName;
use crate::components::failure_notice::{Again, FailureNotice};
use crate::state::archiving::Target;
use crate::state::navigation::Navigation;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::copy::CopyButton;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

/// The dialog, once for the whole app.
#[component]
pub(crate) fn ArchiveDialog() -> impl IntoView {
    let app = app_state();
    let archiving = app.archiving;
    after::follow_success(app, Navigation::get());
    let open = RwSignal::new(None::<Checks>);
    follow_return(open);
    let title = move || {
        archiving
            .target()
            .map(|target| text::archive(&target.name))
            .unwrap_or_default()
    };
    let opener = move || archiving.target().map(|target| archive_id(&target.key));
    view! {
        <Dialog
            open=Signal::derive(move || archiving.target().is_some())
            title=Signal::derive(title)
            busy=Signal::derive(move || archiving.is_busy())
            return_to=Signal::derive(opener)
            on_close=Callback::new(move |()| archiving.close())
        >
            <ArchiveForm app=app open=open/>
        </Dialog>
    }
}

/// Whoever comes back to the tab may have cleared something up elsewhere.
fn follow_return(open: RwSignal<Option<Checks>>) {
    let returned = move |_| {
        let is_back = document().visibility_state() == VisibilityState::Visible;
        if let (true, Some(Some(checks))) = (is_back, open.try_get_untracked()) {
            checks.run(Because::Returned);
        }
    };
    on_window("visibilitychange", returned);
}

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Asked {
    app: AppState,
    /// What the service offers.
    service: Option<&'static Description>,
    target: StoredValue<Target>,
    opened_with: StoredValue<Option<Arc<Workspace>>>,
    typed: RwSignal<String>,
    /// How what was typed stands to the name.
    likeness: Memo<Likeness>,
    checks: Option<Checks>,
    /// A press that waits for the checks.
    held: RwSignal<bool>,
}

impl Asked {
    /// What the dialog asks about this workspace, nothing of it answered yet. The checks begin at once.
    fn begin(app: AppState, target: &Target) -> Self {
        let account = app.accounts.of(&target.key);
        let service = account.map(|account| account.description());
        let typed = RwSignal::new(String::new());
        let name = target.name.clone();
        Self {
            app,
            service,
            target: StoredValue::new(target.clone()),
            opened_with: StoredValue::new(app.workspaces.get_untracked(&target.key)),
            typed,
            likeness: Memo::new(move |_| typed.with(|typed| letters::likeness(typed, &name))),
            checks: service.map(|service| Checks::begin(app, service, target)),
            held: RwSignal::new(false),
        }
    }

    /// Why this workspace cannot be archived, whatever is typed.
    fn denied(self) -> Option<String> {
        let key = self.target.with_value(|target| target.key.clone());
        let workspaces = self.app.workspaces;
        let workspace = workspaces
            .get(&key)
            .or_else(|| self.opened_with.get_value());
        let verdict = workspace.map_or(Verdict::Pending, |workspace| {
            self.app.verdict(Action::Archive, &key, &workspace)
        });
        match verdict {
            Verdict::Allowed => None,
            Verdict::Pending => Some(pending(self.app, Action::Archive, &key).to_owned()),
            Verdict::Denied(denial) => Some(text::denial(Action::Archive, &denial)),
        }
    }

    /// Why the request cannot be sent now. The button says it, and sending asks it again.
    fn refusal(self) -> Option<String> {
        let exact = self.likeness.get() == Likeness::Same;
        let obstacle = self.checks.and_then(Checks::obstacle);
        self.denied()
            .or_else(|| obstacle.map(str::to_owned))
            .or_else(|| (!exact).then(|| text::EXACT_NAME.to_owned()))
    }

    fn is_sending(self) -> bool {
        self.app.archiving.pending()
    }

    fn is_ready(self) -> bool {
        !self.is_sending() && self.refusal().is_none()
    }

    /// The one way to the request. A press before the checks are done waits for them.
    fn send(self) {
        if untrack(|| self.is_ready()) {
            match untrack(|| self.checks.is_some_and(Checks::holds)) {
                true => self.held.set(true),
                false => self.app.archiving.send(self.app, text::archived),
            }
        }
    }

    /// Sends what was pressed before the checks were done, if they leave the way free.
    fn follow_checks(self) {
        Effect::new(move |_| {
            let waits = self.checks.is_some_and(Checks::holds);
            if self.held.get() && !waits {
                untrack(|| {
                    self.held.set(false);
                    let free = self
                        .checks
                        .is_some_and(|checks| checks.comes() == Comes::Free);
                    if free {
                        self.send();
                    }
                });
            }
        });
    }

    fn look(self) {
        let key = self.target.with_value(|target| target.key.clone());
        spawn_local(async move {
            let _ = self.app.workspaces.refresh(&key).await;
        });
    }
}

/// All that the open dialog holds. The target is that of the opening: it stays until the dialog is opened anew.
#[component]
fn ArchiveForm(app: AppState, open: RwSignal<Option<Checks>>) -> impl IntoView {
    untrack(|| app.archiving.target()).map(|target| {
        let asked = Asked::begin(app, &target);
        open.set(asked.checks);
        asked.follow_checks();
        let consequences = asked.service.map(text::archive_consequences);
        let consequences = consequences.unwrap_or_default().into_iter();
        let verb = text::archive(&target.name);
        view! {
            <form
                class="form"
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    asked.send();
                }
            >
                <div class="body">
                    <p class="which">
                        <WorkspacePlace app=app key=target.key/>
                    </p>
                    <Outcome asked=asked/>
                    {asked.checks.map(|checks| view! { <ChecksPanel checks=checks/> })}
                    <Warnings asked=asked/>
                    <ul class="effects">
                        {consequences.map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
                    </ul>
                    <StoppingKeys asked=asked/>
                    <NameField asked=asked name=target.name/>
                </div>
                <Foot asked=asked verb=verb/>
            </form>
        }
    })
}

/// What came of the request, where it did not go through.
#[component]
fn Outcome(asked: Asked) -> impl IntoView {
    move || {
        let failure = asked.app.archiving.failure()?;
        if failure.kind == FailureKind::InUse {
            // The checks tell it, with what stands in the way.
            return None;
        }
        let look = failure
            .asks_for_a_look()
            .then(|| Again::by_hand(Callback::new(move |()| asked.look())));
        let whose = asked.target.with_value(|target| target.key.account.clone());
        Some(view! { <FailureNotice whose=whose failure=failure again=look/> })
    }
}

/// Whether a name can be typed as it is read.
fn is_typed(name: &str) -> bool {
    let turned = name.chars().any(turns);
    !turned && !has(name, |odd| odd == Confusable::LookAlike) && !letters::seen(name).is_empty()
}

/// Where a workspace is: account, service and id.
#[component]
fn WorkspacePlace(app: AppState, key: WorkspaceKey) -> impl IntoView {
    let account = app.accounts.of(&key).map(|account| {
        let of = text::account_of(&account.label, account.description().name);
        format!("{of} · ")
    });
    view! {
        {account.unwrap_or_default()}
        <span class="id" translate="no">
            <DisplayName name=key.id.as_str()/>
        </span>
    }
}

/// The field for the name, with what helps to type it and what is still wrong with it.
#[component]
fn NameField(asked: Asked, name: String) -> impl IntoView {
    let help = match (is_typed(&name), has(&name, |_| true)) {
        (false, _) => text::PASTE_NAME_HELP,
        (true, true) => text::HIDDEN_NAME_HELP,
        (true, false) => text::TYPE_NAME_HELP,
    };
    let differs = move || match asked.likeness.get() {
        Likeness::Form => text::NAME_OF_ANOTHER_FORM,
        Likeness::Alike => text::NAME_THAT_LOOKS_ALIKE,
        Likeness::Same | Likeness::Other => "",
    };
    view! {
        <div class="field">
            <label for="confirm-name">{text::TYPE_NAME}</label>
            <p class="which-name">
                <DisplayName name=name.clone()/>
                <CopyButton what=text::COPY_NAME words=name/>
            </p>
            <input
                id="confirm-name"
                type="text"
                autocomplete="off"
                spellcheck="false"
                data-autofocus=""
                aria-describedby="confirm-warnings confirm-help"
                readonly=move || asked.is_sending().then_some("true")
                prop:value=move || asked.typed.get()
                on:input=move |event| {
                    asked.held.try_set(false);
                    asked.typed.try_set(event_target_value(&event));
                }
            />
            <p class="help" id="confirm-help">{help}</p>
            <p class="help" role="status" prop:textContent=differs></p>
            {move || {
                let obstacle = asked.checks.and_then(Checks::obstacle)?;
                Some(view! { <p class="help" prop:textContent=obstacle></p> })
            }}
        </div>
    }
}

/// The two ways out of the dialog: keeping the workspace, and archiving it.
#[component]
fn Foot(
    asked: Asked,
    /// What the button that archives says.
    verb: String,
) -> impl IntoView {
    let archiving = asked.app.archiving;
    let said = move || match asked.is_sending() {
        true => text::ARCHIVING,
        false => "",
    };
    view! {
        <footer>
            <button type="button" class="btn" on:click=move |_| archiving.close()>
                {text::KEEP_WORKSPACE}
            </button>
            <button
                type="submit"
                class="btn danger"
                aria-disabled=move || (!asked.is_ready()).then_some("true")
                aria-busy=move || (asked.is_sending() || asked.held.get()).then_some("true")
                aria-description=move || asked.refusal()
            >
                <Icon icon=Icon::Box/>
                <span class="cut" translate="no">{verb}</span>
            </button>
            <span class="sr" role="status" prop:textContent=said></span>
        </footer>
    }
}
