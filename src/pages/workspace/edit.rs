//! The form for name and description.
//!
//! Guarantees: what is typed is kept at every input; only changed fields are sent; nothing is
//! shown as saved before the service said so; a refusal keeps every letter.

use std::sync::Arc;

use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::{Change, Field as Which, Problem, RawDraft, length};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use crate::browser::{focus, page};
use crate::pages::failed::failed_note;
use crate::pages::gate::{standing, verdict};
use crate::route::{Route, Tab};
use crate::state::place::Place;
use crate::state::{Console, drafts};
use crate::text;
use crate::ui::action::Standing;
use crate::ui::block::{button, note};
use crate::ui::dialog::dialog;
use crate::ui::field::{Field, field, focus_field};

const NAME_ID: &str = "field-name";
const DESCRIPTION_ID: &str = "field-description";

#[derive(Clone, PartialEq)]
enum Phase {
    Typing,
    Sending,
    Failed(Failure),
}

/// Everything of the form that its parts share.
#[derive(Clone, Copy)]
struct Form {
    console: Console,
    place: Place,
    key: StoredValue<WorkspaceKey>,
    base: StoredValue<Arc<Workspace>>,
    name: RwSignal<String>,
    description: RwSignal<String>,
    problems: RwSignal<Vec<(Which, Problem)>>,
    phase: RwSignal<Phase>,
    asking: RwSignal<bool>,
    standing: Signal<Standing>,
}

/// The form, or its values as text for those who may not change them.
pub fn edit(console: Console, place: Place, key: WorkspaceKey, base: Arc<Workspace>) -> AnyView {
    let me = console
        .accounts
        .account()
        .and_then(|account| account.me.clone());
    let kept = drafts::kept(me.as_ref(), &key).filter(|kept| kept.is_dirty(&base));
    let restored = kept.is_some();
    let start = kept.unwrap_or_else(|| RawDraft::of(&base));
    let form = Form {
        console,
        place,
        name: RwSignal::new(start.name),
        description: RwSignal::new(start.description),
        problems: RwSignal::new(Vec::new()),
        phase: RwSignal::new(Phase::Typing),
        asking: RwSignal::new(false),
        standing: standing(console, Action::Edit, key.clone(), Arc::clone(&base)),
        key: StoredValue::new(key),
        base: StoredValue::new(base),
    };
    let dirty = Memo::new(move |_| form.is_dirty());
    Effect::new(move |_| page::guard_leaving(dirty.get()));
    on_cleanup(|| page::guard_leaving(false));

    let refused = Memo::new(move |_| matches!(form.standing.get(), Standing::Refused(_)));
    let banner = move || match form.standing.get() {
        Standing::Refused(why) => Some(note("warning", text::READ_ONLY.to_owned(), why, None)),
        _ if restored && dirty.get() => Some(note(
            "info",
            text::RESTORED.to_owned(),
            text::RESTORED_TEXT.to_owned(),
            None,
        )),
        _ => None,
    };
    let failed = move || match form.phase.get() {
        Phase::Failed(failure) => Some(failed_note(&failure, None)),
        Phase::Typing | Phase::Sending => None,
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                form.submit();
            }
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                    event.prevent_default();
                    form.submit();
                } else if event.key() == "Escape" {
                    event.stop_propagation();
                    form.leave();
                }
            }
        >
            {move || banner()}
            {move || failed()}
            {move || summary(form)}
            {move || if refused.get() { values(form) } else { fields(form) }}
            {move || (!refused.get()).then(|| foot(form, dirty))}
        </form>
        {discard_dialog(form)}
    }
    .into_any()
}

impl Form {
    fn raw(self) -> RawDraft {
        RawDraft {
            name: self.name.get(),
            description: self.description.get(),
        }
    }

    fn is_dirty(self) -> bool {
        let raw = self.raw();
        self.base.with_value(|base| raw.is_dirty(base))
    }

    fn me(self) -> Option<steward_domain::id::UserId> {
        let account = self.key.with_value(|key| self.console.accounts.of(key));
        account.and_then(|account| account.me.clone())
    }

    /// Keeps what stands in the form, and takes back what was said about it.
    fn typed(self) {
        let raw = untrack(|| self.raw());
        let me = self.me();
        self.key.with_value(|key| {
            if self.base.with_value(|base| raw.is_dirty(base)) {
                drafts::keep(me.as_ref(), key, &raw);
            } else {
                drafts::forget(me.as_ref(), key);
            }
        });
        if !self.problems.with_untracked(Vec::is_empty) {
            self.problems.set(self.check().err().unwrap_or_default());
        }
    }

    fn check(self) -> Result<Change, Vec<(Which, Problem)>> {
        let raw = untrack(|| self.raw());
        let account = self.key.with_value(|key| self.console.accounts.of(key));
        let Some(account) = account else {
            return Ok(Change::default());
        };
        let draft = raw.check(account.description())?;
        Ok(self.base.with_value(|base| draft.change_from(base)))
    }

    fn error(self, which: Which) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problems.with(|problems| {
                let (field, problem) = problems.iter().find(|(field, _)| *field == which)?;
                Some(text::problem(*field, problem))
            })
        })
    }

    /// Sends the changes, once.
    fn submit(self) {
        if self.phase.with_untracked(|phase| *phase == Phase::Sending) {
            return;
        }
        let key = self.key.get_value();
        let base = self.base.get_value();
        if untrack(|| verdict(self.console, Action::Edit, &key, &base)) != Verdict::Allowed {
            return;
        }
        let change = match self.check() {
            Ok(change) => change,
            Err(problems) => {
                let first = problems.first().map(|(field, _)| *field);
                self.problems.set(problems);
                focus_field(id_of(first));
                return;
            }
        };
        self.problems.set(Vec::new());
        if change.is_empty() {
            self.console
                .notices
                .announce(text::NOTHING_TO_SAVE.to_owned());
            return;
        }
        let Some(account) = self.console.accounts.of(&key) else {
            return;
        };
        self.phase.set(Phase::Sending);
        spawn_local(async move {
            let result = account.service.save(&key.id, &change).await;
            let console = self.console;
            let noted = result.as_ref().map(|_| ()).map_err(Clone::clone);
            console
                .activity
                .note(key.clone(), base.name.clone(), Action::Edit, noted);
            match result {
                Ok(workspace) => {
                    drafts::forget(account.me.as_ref(), &key);
                    console.notices.confirm(text::saved(&workspace.name));
                    page::guard_leaving(false);
                    let here = self.phase.try_set(Phase::Typing).is_none();
                    console.workspaces.put(&key, workspace);
                    if here {
                        self.show_overview(key);
                    }
                }
                Err(failure) => self.take(failure, &key),
            }
        });
    }

    /// Takes a refusal: to the field it concerns, if the service named one.
    fn take(self, failure: Failure, key: &WorkspaceKey) {
        self.console.workspaces.heed(&failure);
        if failure.kind == FailureKind::Forbidden {
            self.console.roles.recheck(key);
        }
        match (&failure.kind, &failure.service.message) {
            (FailureKind::Invalid(Some(field)), Some(words)) => {
                self.problems
                    .try_set(vec![(*field, Problem::Service(words.clone()))]);
                self.phase.try_set(Phase::Typing);
                focus_field(id_of(Some(*field)));
            }
            _ => {
                self.phase.try_set(Phase::Failed(failure));
            }
        }
    }

    /// Leaves the form; asks first if something would be lost.
    fn leave(self) {
        if self.phase.with_untracked(|phase| *phase == Phase::Sending) {
            return;
        }
        if untrack(|| self.is_dirty())
            && self
                .standing
                .with_untracked(|standing| !matches!(standing, Standing::Refused(_)))
        {
            self.asking.set(true);
        } else {
            self.show_overview(self.key.get_value());
        }
    }

    fn discard(self) {
        let me = self.me();
        self.key.with_value(|key| drafts::forget(me.as_ref(), key));
        page::guard_leaving(false);
        self.asking.set(false);
        self.show_overview(self.key.get_value());
    }

    fn show_overview(self, key: WorkspaceKey) {
        let query = self.place.route_untracked().query();
        self.place.replace(&Route::Workspace {
            key,
            tab: Tab::Overview,
            query,
        });
        spawn_local(async {
            crate::browser::clock::sleep(0).await;
            if focus::is_lost() {
                focus::focus_id(super::HEADING_ID);
            }
        });
    }
}

fn id_of(field: Option<Which>) -> &'static str {
    match field {
        Some(Which::Description) => DESCRIPTION_ID,
        Some(Which::Name) | None => NAME_ID,
    }
}

fn fields(form: Form) -> AnyView {
    let limits = form.console.accounts.account().map(|account| {
        let service = account.description();
        (service.name_limit, service.description_limit)
    });
    let (name_limit, description_limit) = limits.unwrap_or((usize::MAX, None));
    let sending = Signal::derive(move || form.phase.with(|phase| *phase == Phase::Sending));
    let description = description_limit.map(|limit| {
        field(Field {
            id: DESCRIPTION_ID,
            label: text::DESCRIPTION,
            help: [text::limit(limit).as_str(), " ", text::DESCRIPTION_HELP].concat(),
            long: true,
            text: form.description,
            error: form.error(Which::Description),
            count: counter(form.description, limit),
            read_only: sending,
            on_input: Callback::new(move |()| form.typed()),
        })
    });
    view! {
        {field(Field {
            id: NAME_ID,
            label: text::NAME,
            help: text::limit(name_limit),
            long: false,
            text: form.name,
            error: form.error(Which::Name),
            count: counter(form.name, name_limit),
            read_only: sending,
            on_input: Callback::new(move |()| form.typed()),
        })}
        {description}
    }
    .into_any()
}

/// The counter appears at 80 % of the limit.
fn counter(text: RwSignal<String>, limit: usize) -> Signal<Option<String>> {
    Signal::derive(move || {
        let length = text.with(|text| length(text));
        (length * 5 >= limit * 4).then(|| text::count(length, limit))
    })
}

/// For those who may not edit: text to read and copy, no inputs that only look alive.
fn values(form: Form) -> AnyView {
    let raw = untrack(|| form.raw());
    let description = if raw.description.is_empty() {
        text::NONE.to_owned()
    } else {
        raw.description
    };
    view! {
        <dl class="facts">
            <dt>{text::NAME}</dt>
            <dd><bdi>{raw.name}</bdi></dd>
            <dt>{text::DESCRIPTION}</dt>
            <dd><bdi class="long">{description}</bdi></dd>
        </dl>
    }
    .into_any()
}

/// What is wrong, together, each with the way to its field.
fn summary(form: Form) -> Option<AnyView> {
    let problems = form.problems.get();
    if problems.is_empty() {
        return None;
    }
    let links = problems
        .iter()
        .map(|(field, problem)| {
            let id = id_of(Some(*field));
            view! {
                <li>
                    <a
                        href=["#", id].concat()
                        rel="external"
                        on:click=move |event| {
                            event.prevent_default();
                            focus_field(id);
                        }
                    >
                        {text::problem(*field, problem)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let list = view! { <ul>{links}</ul> };
    Some(note(
        "danger",
        text::CHECK_FIELDS.to_owned(),
        String::new(),
        Some(list.into_any()),
    ))
}

fn foot(form: Form, dirty: Memo<bool>) -> AnyView {
    let sending = move || form.phase.with(|phase| *phase == Phase::Sending);
    let ready = move || dirty.get() && !sending() && form.standing.get() == Standing::Ready;
    view! {
        <div class="form-foot">
            <button type="button" class="btn" on:click=move |_| form.leave()>
                {move || if dirty.get() { text::DISCARD } else { text::CANCEL }}
            </button>
            <button
                type="submit"
                class="btn primary"
                aria-disabled=move || (!ready()).then_some("true")
                aria-busy=move || sending().then_some("true")
                aria-describedby="save-help"
            >
                {text::SAVE}
            </button>
            <span class="sr" id="save-help" role="status">
                {move || match (sending(), dirty.get()) {
                    (true, _) => text::SAVING,
                    (false, false) => text::NOTHING_TO_SAVE,
                    (false, true) => "",
                }}
            </span>
        </div>
    }
    .into_any()
}

fn discard_dialog(form: Form) -> AnyView {
    let body = move || {
        view! {
            <div class="body"><p>{text::DISCARD_TEXT}</p></div>
            <footer>
                {button("btn", text::KEEP_EDITING, Callback::new(move |()| form.asking.set(false)))}
                {button("btn danger", text::DISCARD, Callback::new(move |()| form.discard()))}
            </footer>
        }
        .into_any()
    };
    dialog(
        form.asking.into(),
        Signal::derive(|| text::DISCARD_TITLE.to_owned()),
        Signal::derive(|| false),
        Signal::derive(|| Some(NAME_ID.to_owned())),
        Callback::new(move |()| form.asking.set(false)),
        Arc::new(body),
    )
}
