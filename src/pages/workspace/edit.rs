//! The form for name and description.
//!
//! Guarantees: what is typed is kept at every input; only changed fields are sent; nothing is
//! shown as saved before the service said so; a refusal keeps every letter.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::draft::{Change, Field as Which, Problem, RawDraft, length};
use steward_domain::failure::{Changed, Failure, FailureKind};
use steward_domain::id::{UserId, WorkspaceKey};
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, Node};

use super::{Shown, focus_soon};
use crate::browser::page;
use crate::pages::failed::failed_note;
use crate::pages::gate::verdict;
use crate::reactive::{Live, Memo, Store, Value, follow, live, memo, spawn};
use crate::route::{Route, Tab};
use crate::state::place::Place;
use crate::state::{Console, drafts};
use crate::text;
use crate::ui::block::{button, fact, note, press};
use crate::ui::copy::copy_button;
use crate::ui::dialog::dialog;
use crate::ui::el::{el, fragment, group};
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
    key: Store<WorkspaceKey>,
    /// What the service has now.
    shown: Shown,
    /// What the service had when the form opened: changes are told from it, so that what somebody
    /// else changed meanwhile is not sent back.
    base: Value<Arc<Workspace>>,
    name: Value<String>,
    description: Value<String>,
    problems: Value<Vec<(Which, Problem)>>,
    phase: Value<Phase>,
    asking: Value<bool>,
}

/// The form, or the values as text for those who may not change them.
pub fn edit(console: Console, place: Place, key: WorkspaceKey, shown: Shown) -> Node {
    let Some(base) = shown.get_untracked() else {
        return group(&[]);
    };
    let account = console.accounts.of(&key);
    let me = account.as_ref().and_then(|account| account.me.as_ref());
    let kept = drafts::kept(me, &key).filter(|kept| kept.is_dirty(&base));
    let restored = kept.is_some();
    let start = kept.unwrap_or_else(|| RawDraft::of(&base));
    let form = Form {
        console,
        place,
        key: Store::new(key),
        shown,
        base: Value::new(base),
        name: Value::new(start.name),
        description: Value::new(start.description),
        problems: Value::new(Vec::new()),
        phase: Value::new(Phase::Typing),
        asking: Value::new(false),
    };
    let dirty = memo(move || form.is_dirty());
    let refusal = memo(move || match form.verdict() {
        Verdict::Denied(denial) => Some(text::denial(Action::Edit, &denial)),
        Verdict::Allowed | Verdict::Pending => None,
    });
    let refused = move || refusal.with(Option::is_some);
    // Who may not save cannot lose anything by leaving.
    follow(move || page::guard_leaving(dirty.get() && !refused()));
    on_cleanup(|| page::guard_leaving(false));

    let banner = move || match refusal.get() {
        Some(why) => Some(note("warning", text::READ_ONLY.to_owned(), why, None)),
        None if restored && dirty.get() => {
            let (title, words) = (text::RESTORED.to_owned(), text::RESTORED_TEXT.to_owned());
            Some(note("info", title, words, None))
        }
        None => None,
    };
    let failed = move || match form.phase.get() {
        Phase::Failed(failure) => {
            // After an unknown outcome the next step is to look, not to press again.
            let unknown = failure.changed != Changed::No && failure.kind != FailureKind::SignedOut;
            let look = unknown.then(|| Callback::new(move |()| form.look()));
            Some(failed_note(&failure, look))
        }
        Phase::Typing | Phase::Sending => None,
    };
    // Fields are drawn once: being drawn again would cost focus and caret.
    let values = move || match refused() {
        true => values(form, dirty.get()),
        false => untrack(|| fields(form)),
    };
    let submit = move |event: Event| {
        event.prevent_default();
        form.submit();
    };
    let form_element = el("form")
        .class("form")
        .on("submit", submit)
        .on("keydown", move |event| form.key_pressed(&event))
        .part(banner)
        .part(failed)
        .part(move || summary(form))
        .part(move || Some(values()))
        .part(move || (!refused()).then(|| untrack(|| foot(form, dirty))));
    fragment([form_element.node(), discard_dialog(form)])
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
        self.base.with(|base| raw.is_dirty(base))
    }

    /// The workspace as the service has it now, as far as is known.
    fn current(self) -> Arc<Workspace> {
        self.shown.get().unwrap_or_else(|| self.base.get())
    }

    fn verdict(self) -> Verdict {
        let current = self.current();
        self.key
            .with_value(|key| verdict(self.console, Action::Edit, key, &current))
    }

    fn is_sending(self) -> bool {
        self.phase.with(|phase| *phase == Phase::Sending)
    }

    fn me(self) -> Option<UserId> {
        let account = self.key.with_value(|key| self.console.accounts.of(key));
        account.and_then(|account| account.me.clone())
    }

    fn key_pressed(self, event: &Event) {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        match pressed.key().as_str() {
            _ if pressed.is_composing() => {}
            "Enter" if pressed.ctrl_key() || pressed.meta_key() => {
                event.prevent_default();
                self.submit();
            }
            "Escape" => {
                event.stop_propagation();
                // A second press before the question is seen takes it back.
                if self.asking.get_untracked() {
                    self.asking.set(false);
                } else {
                    self.leave();
                }
            }
            _ => {}
        }
    }

    /// Keeps what stands in the form, and takes back what was said about it.
    fn typed(self) {
        let raw = untrack(|| self.raw());
        let me = self.me();
        self.key.with_value(|key| {
            if self.base.with_untracked(|base| raw.is_dirty(base)) {
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
        Ok(self.base.with_untracked(|base| draft.change_from(base)))
    }

    fn error(self, which: Which) -> Live<Option<String>> {
        live(move || {
            self.problems.with(|problems| {
                let (field, problem) = problems.iter().find(|(field, _)| *field == which)?;
                Some(text::problem(*field, problem))
            })
        })
    }

    /// Sends the changes, once.
    fn submit(self) {
        if untrack(|| self.is_sending() || self.verdict() != Verdict::Allowed) {
            return;
        }
        let key = self.key.get_value();
        let base = self.base.get_untracked();
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
        spawn(async move {
            let result = account.service.save(&key.id, &change).await;
            let console = self.console;
            if !console.accounts.holds(&account) {
                // Whoever signed out has left this behind.
                return;
            }
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

    /// Reads the workspace again, and tells changes from what the service has now. A field that
    /// nobody typed in follows the service.
    fn look(self) {
        let key = self.key.get_value();
        spawn(async move {
            if self.console.workspaces.refresh(&key).await.is_err() {
                return;
            }
            let now = self.console.workspaces.get_untracked(&key);
            let (Some(now), Some(base)) = (now, self.base.try_get_untracked()) else {
                return;
            };
            let (old, new) = (RawDraft::of(&base), RawDraft::of(&now));
            let typed = untrack(|| self.raw());
            if typed.name == old.name {
                self.name.set(new.name);
            }
            if typed.description == old.description {
                self.description.set(new.description);
            }
            self.base.set(now);
            self.phase.set(Phase::Typing);
            self.typed();
        });
    }

    /// Leaves the form; asks first if something would be lost.
    fn leave(self) {
        let (sending, asks) = untrack(|| {
            let refused = matches!(self.verdict(), Verdict::Denied(_));
            (self.is_sending(), self.is_dirty() && !refused)
        });
        if asks && !sending {
            self.asking.set(true);
        } else if !sending {
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
        focus_soon(vec![super::HEADING_ID.to_owned()], true);
    }
}

fn id_of(field: Option<Which>) -> &'static str {
    match field {
        Some(Which::Description) => DESCRIPTION_ID,
        Some(Which::Name) | None => NAME_ID,
    }
}

fn fields(form: Form) -> Node {
    let limits = form.console.accounts.account().map(|account| {
        let service = account.description();
        (service.name_limit, service.description_limit)
    });
    let (name_limit, description_limit) = limits.unwrap_or((usize::MAX, None));
    let read_only = live(move || form.is_sending());
    let on_input = Callback::new(move |()| form.typed());
    let name = field(Field {
        id: NAME_ID,
        label: text::NAME,
        help: text::limit(name_limit),
        long: false,
        text: form.name,
        error: form.error(Which::Name),
        count: counter(form.name, name_limit),
        read_only,
        on_input,
    });
    let Some(limit) = description_limit else {
        return name;
    };
    let description = field(Field {
        id: DESCRIPTION_ID,
        label: text::DESCRIPTION,
        help: [text::limit(limit).as_str(), " ", text::DESCRIPTION_HELP].concat(),
        long: true,
        text: form.description,
        error: form.error(Which::Description),
        count: counter(form.description, limit),
        read_only,
        on_input,
    });
    fragment([name, description])
}

/// The counter appears at 80 % of the limit.
fn counter(text: Value<String>, limit: usize) -> Live<Option<String>> {
    live(move || {
        let length = text.with(|text| length(text));
        (length * 5 >= limit * 4).then(|| text::count(length, limit))
    })
}

/// For those who may not edit: what the service has, to read and copy, no inputs that only look
/// alive. What they had typed while they still might stands below it.
fn values(form: Form, dirty: bool) -> Node {
    let now = form.current();
    let description = match now.description.as_deref() {
        None | Some("") => text::NONE,
        Some(words) => words,
    };
    let facts = el("dl")
        .class("facts")
        .add(fact(text::NAME, el("bdi").text(&text::name(&now)).node()))
        .add(fact(
            text::DESCRIPTION,
            el("bdi").class("long").text(description).node(),
        ))
        .node();
    if !dirty {
        return facts;
    }
    let typed = form.raw();
    let typed = el("dl")
        .class("facts")
        .add(fact(text::NAME, kept(text::COPY_NAME, &typed.name)))
        .add(fact(
            text::DESCRIPTION,
            kept(text::COPY_DESCRIPTION, &typed.description),
        ))
        .node();
    let said = el("p").attr("role", "status").text(text::STILL_HERE).node();
    fragment([facts, said, typed])
}

fn kept(copy: &'static str, words: &str) -> Node {
    fragment([
        el("bdi").class("long").text(words).node(),
        copy_button(copy.to_owned(), text::COPIED.to_owned(), words.to_owned()),
    ])
}

/// What is wrong, together, each with the way to its field.
fn summary(form: Form) -> Option<Node> {
    let problems = form.problems.get();
    if problems.is_empty() {
        return None;
    }
    let mut list = el("ul");
    for (field, problem) in &problems {
        let id = id_of(Some(*field));
        let link = el("a")
            .attr("href", &["#", id].concat())
            .attr("rel", "external")
            .on("click", move |event| {
                event.prevent_default();
                focus_field(id);
            })
            .text(&text::problem(*field, problem));
        list = list.add(el("li").add(link));
    }
    let title = text::CHECK_FIELDS.to_owned();
    Some(note("danger", title, String::new(), Some(list.node())))
}

fn foot(form: Form, dirty: Memo<bool>) -> Node {
    let ready = move || dirty.get() && !form.is_sending() && form.verdict() == Verdict::Allowed;
    let leave = move || match dirty.get() {
        true => text::DISCARD.to_owned(),
        false => text::CANCEL.to_owned(),
    };
    let help = move || {
        let help = match (form.is_sending(), dirty.get()) {
            (true, _) => text::SAVING,
            (false, false) => text::NOTHING_TO_SAVE,
            (false, true) => "",
        };
        help.to_owned()
    };
    let save = el("button")
        .attr("type", "submit")
        .class("btn primary")
        .when("aria-disabled", move || !ready())
        .when("aria-busy", move || form.is_sending())
        .attr("aria-describedby", "save-help")
        .text(text::SAVE);
    let help = el("span")
        .class("sr")
        .attr("id", "save-help")
        .attr("role", "status")
        .live_text(help);
    el("div")
        .class("form-foot")
        .add(press("btn", Callback::new(move |()| form.leave())).live_text(leave))
        .add(save)
        .add(help)
        .node()
}

fn discard_dialog(form: Form) -> Node {
    let keep = Callback::new(move |()| form.asking.set(false));
    let discard = Callback::new(move |()| form.discard());
    let body = move || {
        let words = el("div")
            .class("body")
            .add(el("p").text(text::DISCARD_TEXT));
        let buttons = el("footer")
            .add(button("btn", text::KEEP_EDITING, keep))
            .add(button("btn danger", text::DISCARD, discard));
        fragment([words.node(), buttons.node()])
    };
    dialog(
        live(move || form.asking.get()),
        live(|| text::DISCARD_TITLE.to_owned()),
        live(|| false),
        live(|| Some(NAME_ID.to_owned())),
        keep,
        Box::new(body),
    )
}
