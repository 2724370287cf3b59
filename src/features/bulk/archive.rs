//! Archiving many: which can be archived and which not, and why, by account and role; the number to be
//! typed; then the report. Where none can be archived nothing is asked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::capability::{Action, Verdict};
use steward_domain::id::WorkspaceKey;
use steward_domain::role::Owners;
use web_sys::SubmitEvent;

use super::report::{Report, ReportFoot};
use crate::browser::letters::fold;
use crate::browser::{clock, focus};
use crate::state::bulk::{Bulk, Entry, Phase, Standing};
use crate::state::selection::Task;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

/// The id of the report's heading line, to which focus goes when the typed step gives way to it.
pub(super) const REPORT_ID: &str = "ledger";

/// The id of the only button where none can be archived.
const CLOSE_ID: &str = "close-many";

/// The id of the field into which the number is typed.
const NUMBER_ID: &str = "confirm-number";

/// The id of what says which number that is.
const NUMBER_HELP_ID: &str = "confirm-number-help";

/// The dialog, once for the whole app.
#[component]
pub(super) fn ArchiveManyDialog() -> impl IntoView {
    let app = app_state();
    let bulk = Bulk::new(app);
    let asked = move || match app.selection.task() {
        Some(Task::Archive(keys)) => Some(keys),
        _ => None,
    };
    view! {
        <Dialog
            open=move || asked().is_some()
            title=move || text::archive_many(asked().map_or(0, |keys| keys.len()))
            busy=move || bulk.is_under_way()
            return_to=Some(String::from("archive-selected"))
            on_close=Callback::new(move |()| app.selection.end())
        >
            <ArchiveForm app=app bulk=bulk/>
        </Dialog>
    }
}

/// Begins the report with the workspaces that are to be archived; none is sent yet.
fn begin(app: AppState, bulk: Bulk) {
    // As they were counted when it was asked for: they do not change while the dialog is open.
    let keys = untrack(|| match app.selection.task() {
        Some(Task::Archive(keys)) => keys,
        _ => [].into(),
    });
    bulk.begin(keys.iter().map(|key| entry(app, key)).collect());
    ask_for_roles(app, &keys);
}

fn entry(app: AppState, key: &WorkspaceKey) -> Entry {
    let found = app.workspaces.get_untracked(key);
    Entry {
        key: key.clone(),
        name: found.map_or_else(
            || key.id.as_str().to_owned(),
            |workspace| text::name(&workspace),
        ),
        standing: Standing::NotTried,
    }
}

/// Nobody can be told what may be archived before their role is known.
fn ask_for_roles(app: AppState, keys: &[WorkspaceKey]) {
    // Once: what is asked for now is not asked for again with every answer.
    let pending =
        |key: &&WorkspaceKey| untrack(|| app.verdict_of(Action::Archive, key)) == Verdict::Pending;
    let keys = keys.iter().filter(pending).cloned();
    app.workspaces.want_members_of(keys.collect());
}

/// Workspaces of one account, of which the same is to be said.
#[derive(Clone, PartialEq)]
struct Part {
    account: String,
    role: String,
    verdict: Verdict,
    count: usize,
}

fn parts(app: AppState, bulk: Bulk) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for entry in bulk.entries() {
        let account = app.accounts.get(&entry.key.account);
        let account = account.map_or_else(String::new, |account| account.label.clone());
        let mut verdict = app.verdict_of(Action::Archive, &entry.key);
        if let Verdict::Denied(denial) = &mut verdict {
            // Whom to ask differs from one to the next; the reason is the group's.
            denial.owners = Owners::new();
        }
        let role = text::role_or_state(&app.workspaces.access(&entry.key));
        let same = parts
            .iter_mut()
            .find(|part| part.account == account && part.role == role && part.verdict == verdict);
        match same {
            Some(part) => part.count += 1,
            None => parts.push(Part {
                account,
                role,
                verdict,
                count: 1,
            }),
        }
    }
    parts
}

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Asked {
    app: AppState,
    bulk: Bulk,
    parts: Memo<Vec<Part>>,
    /// Whether it is known of all that they cannot be archived.
    none: Memo<bool>,
    typed: RwSignal<String>,
}

impl Asked {
    fn new(app: AppState, bulk: Bulk) -> Self {
        let parts = Memo::new(move |_| parts(app, bulk));
        let denied = |part: &Part| matches!(part.verdict, Verdict::Denied(_));
        Self {
            app,
            bulk,
            parts,
            none: Memo::new(move |_| parts.with(|parts| parts.iter().all(denied))),
            typed: RwSignal::new(String::new()),
        }
    }

    fn count(self, which: fn(&Verdict) -> bool) -> usize {
        self.parts.with(|parts| {
            let fit = parts.iter().filter(|part| which(&part.verdict));
            fit.map(|part| part.count).sum()
        })
    }

    fn allowed(self) -> usize {
        self.count(|verdict| *verdict == Verdict::Allowed)
    }

    /// Why nothing can be sent now.
    fn refusal(self) -> Option<String> {
        if self.count(|verdict| *verdict == Verdict::Pending) > 0 {
            return Some(text::ONE_MOMENT.to_owned());
        }
        let allowed = self.allowed();
        if allowed == 0 {
            return Some(text::NONE_CAN_BE_ARCHIVED.to_owned());
        }
        let exact = self.typed.with(|typed| {
            let typed = fold(typed);
            // As it is shown, too: with other digits, or with signs between them.
            typed == allowed.to_string() || typed == fold(&text::plain_number(allowed))
        });
        (!exact).then(|| text::EXACT_NUMBER.to_owned())
    }

    /// The one way to the requests.
    fn send(self) {
        // It is asked at the press alone: nothing is to be sent later by itself.
        let ready = untrack(|| self.bulk.phase() == Phase::Confirming && self.refusal().is_none());
        if ready {
            self.bulk.run();
            spawn_local(async {
                clock::sleep(0).await;
                focus::focus_id(REPORT_ID);
            });
        }
    }
}

/// The question, and after it the report.
#[component]
fn ArchiveForm(app: AppState, bulk: Bulk) -> impl IntoView {
    begin(app, bulk);
    let asked = Asked::new(app, bulk);
    let confirming = Memo::new(move |_| bulk.phase() == Phase::Confirming);
    Effect::new(move |_| {
        if confirming.get() && asked.none.get() {
            spawn_local(async {
                clock::sleep(0).await;
                // The field goes with what it asked.
                if focus::is_lost() {
                    focus::focus_id(CLOSE_ID);
                }
            });
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        asked.send();
    };
    view! {
        <form class="form" on:submit=submit>
            <div class="body">
                <Show
                    when=move || confirming.get()
                    fallback=move || view! { <Report app=app bulk=bulk/> }
                >
                    <Confirmation asked=asked/>
                </Show>
            </div>
            <Show
                when=move || confirming.get()
                fallback=move || view! { <ReportFoot app=app bulk=bulk/> }
            >
                <ConfirmationFoot asked=asked/>
            </Show>
        </form>
    }
}

/// What will happen to which of them, and the number to be typed.
#[component]
fn Confirmation(asked: Asked) -> impl IntoView {
    let summary = move || match asked.none.get() {
        true => text::NONE_CAN_BE_ARCHIVED.to_owned(),
        false => text::can_be_archived(
            asked.allowed(),
            asked.count(|verdict| matches!(verdict, Verdict::Denied(_))),
            asked.count(|verdict| *verdict == Verdict::Pending),
        ),
    };
    let rows = move || {
        let parts = asked.parts.get().into_iter();
        parts
            .map(|part| view! { <PartRow part=part/> })
            .collect_view()
    };
    view! {
        <p role="status" prop:textContent=summary></p>
        <div class="wide" tabindex="0" role="group" aria-label=text::WHAT_WILL_HAPPEN>
            <table class="members" aria-label=text::WHAT_WILL_HAPPEN>
                <thead>
                    <tr>
                        <th scope="col">{text::ACCOUNT}</th>
                        <th scope="col">{text::YOUR_ROLE}</th>
                        <th scope="col">{text::WORKSPACES}</th>
                        <th scope="col">{text::RESULT}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Show when=move || !asked.none.get()>
            <Consequences asked=asked/>
            <NumberField asked=asked/>
        </Show>
    }
}

/// What will happen to the workspaces of one part. Its row may become another part's, so that each text is set on its
/// element: software that translates the page replaces the texts themselves.
#[component]
fn PartRow(part: Part) -> impl IntoView {
    let result = match &part.verdict {
        Verdict::Allowed => text::WILL_BE_ARCHIVED.to_owned(),
        Verdict::Pending => text::ONE_MOMENT.to_owned(),
        Verdict::Denied(denial) => text::will_not(&text::denial(Action::Archive, denial)),
    };
    view! {
        <tr>
            <td>
                <bdi translate="no" prop:textContent=part.account></bdi>
            </td>
            <td prop:textContent=part.role></td>
            <td class="num" prop:textContent=text::plain_number(part.count)></td>
            <td prop:textContent=result></td>
        </tr>
    }
}

/// What archiving means, service by service.
#[component]
fn Consequences(asked: Asked) -> impl IntoView {
    let mut services = Vec::new();
    // The workspaces are the same as long as the dialog is open.
    for entry in untrack(|| asked.bulk.entries()) {
        let account = asked.app.accounts.of(&entry.key);
        if let Some(service) = account.map(|account| account.description())
            && !services.contains(&service)
        {
            services.push(service);
        }
    }
    let consequences = services.into_iter().map(|service| {
        let words = text::archive_consequences(service).join(" ");
        view! { <li>{text::of_account(service.name, &words)}</li> }
    });
    view! { <ul class="effects">{consequences.collect_view()}</ul> }
}

/// The field into which the number is typed.
#[component]
fn NumberField(asked: Asked) -> impl IntoView {
    let help = move || match asked.allowed() {
        // Some are still being looked at.
        0 => text::ONE_MOMENT.to_owned(),
        allowed => text::type_number(allowed),
    };
    view! {
        <div class="field">
            <label for=NUMBER_ID>{text::TYPE_NUMBER}</label>
            <input
                id=NUMBER_ID
                type="text"
                inputmode="numeric"
                autocomplete="off"
                data-autofocus=""
                aria-describedby=NUMBER_HELP_ID
                prop:value=move || asked.typed.get()
                on:input=move |event| asked.typed.set(event_target_value(&event))
            />
            <p class="help" id=NUMBER_HELP_ID prop:textContent=help></p>
        </div>
    }
}

/// The way out, and the way on where there is one.
#[component]
fn ConfirmationFoot(asked: Asked) -> impl IntoView {
    let selection = asked.app.selection;
    let refusal = Memo::new(move |_| asked.refusal());
    view! {
        <footer>
            <Show
                when=move || asked.none.get()
                fallback=move || {
                    view! {
                        <button type="button" class="btn" on:click=move |_| selection.end()>
                            {text::KEEP_WORKSPACES}
                        </button>
                        <button
                            type="submit"
                            class="btn danger"
                            aria-disabled=move || refusal.with(Option::is_some).then_some("true")
                            aria-description=move || refusal.get()
                        >
                            <Icon icon=Icon::Box/>
                            <span prop:textContent=move || text::archive_many(asked.allowed())></span>
                        </button>
                    }
                }
            >
                <button
                    type="button"
                    class="btn primary"
                    id=CLOSE_ID
                    data-autofocus=""
                    on:click=move |_| selection.end()
                >
                    {text::CLOSE}
                </button>
            </Show>
        </footer>
    }
}
