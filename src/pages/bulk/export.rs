//! Writing workspaces into a file: which columns, in which format, and whether it is all of them.
//!
//! Guarantees: a file has every workspace it was asked for, or there is none; a list that its service
//! cuts makes a file that says so, in its name and in its content; nothing is read from a service
//! unless the person asks for it.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::export::{Column, Entry};
use steward_domain::id::WorkspaceKey;
use steward_domain::role::Access;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, Node};

use crate::browser::{clock, download};
use crate::state::export::{Format, Sheet};
use crate::state::selection::{ExportScope, Task};
use crate::state::workspaces::Phase as Loading;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::dialog::dialog;
use crate::ui::el::{El, el, fragment};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, note};
use leptos::task::spawn_local;

/// Rows that are written before the page may draw again.
const AT_ONCE: usize = 500;

/// Where the writing stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Choosing,
    /// So many rows are written.
    Writing(usize),
    /// So many workspaces are no longer in the list: there is no file.
    Missing(usize),
    /// The browser took no file.
    NotTaken,
}

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Export {
    app: AppState,
    format: RwSignal<Format>,
    without: RwSignal<Vec<Column>>,
    phase: RwSignal<Phase>,
}

/// The dialog, once for the whole app.
pub fn export_dialog() -> Node {
    let app = app_state();
    let export = Export {
        app,
        format: RwSignal::new(Format::Csv),
        without: RwSignal::new(Vec::new()),
        phase: RwSignal::new(Phase::Choosing),
    };
    dialog(
        Signal::derive(move || export.asked().is_some()),
        Signal::derive(move || {
            let count = export.asked().map_or(0, |(keys, _)| keys.len());
            text::export_many(count)
        }),
        Signal::derive(|| false),
        Signal::derive(|| Some(String::from("export-matching"))),
        Callback::new(move |()| app.selection.end()),
        Box::new(move || {
            export.phase.set(Phase::Choosing);
            body(export)
        }),
    )
}

/// How complete the lists are from which the workspaces come.
enum Extents {
    Complete,
    /// Their services cut them: this much there is to have.
    Cut,
    /// They are not all here; why, account by account.
    Partial(Vec<String>),
}

impl Export {
    fn asked(self) -> Option<(Rc<[WorkspaceKey]>, ExportScope)> {
        match self.app.selection.task() {
            Some(Task::Export(keys, extent)) => Some((keys, extent)),
            _ => None,
        }
    }

    fn columns(self) -> Vec<Column> {
        let without = self.without.get();
        let all = Column::ALL.into_iter();
        all.filter(|column| !without.contains(column)).collect()
    }

    fn extents(self) -> Extents {
        let Some((
            _,
            ExportScope::Matching {
                accounts,
                undecided,
            },
        )) = self.asked()
        else {
            return Extents::Complete;
        };
        let (mut cut, mut partial) = (false, Vec::new());
        for load in self.app.workspaces.loads() {
            if !accounts.contains(&load.account) {
                continue;
            }
            let label = self.app.accounts.get(&load.account);
            let label = label.map_or_else(String::new, |account| account.label.clone());
            match load.phase {
                Loading::Loaded {
                    cut: false,
                    skipped: 0,
                } => {}
                Loading::Loaded { .. } => cut = true,
                Loading::Idle => partial.push(text::of_account(&label, text::CANCELLED)),
                Loading::Loading(_) => {
                    partial.push(text::of_account(&label, &text::arrived(load.arrived, true)));
                }
                Loading::Failed(failure) => {
                    partial.push(text::of_account(&label, &text::failure_title(&failure)));
                }
            }
        }
        if undecided > 0 {
            partial.push(text::undecided(undecided));
        }
        match (partial.is_empty(), cut) {
            (false, _) => Extents::Partial(partial),
            (true, true) => Extents::Cut,
            (true, false) => Extents::Complete,
        }
    }

    /// Why no file can be written now.
    fn refusal(self) -> Option<String> {
        if matches!(self.phase.get(), Phase::Writing(_)) {
            return Some(text::ONE_MOMENT.to_owned());
        }
        if self.columns().is_empty() {
            return Some(text::NO_COLUMNS.to_owned());
        }
        let partial = matches!(self.extents(), Extents::Partial(_));
        partial.then(|| text::EXPORT_PARTIAL.to_owned())
    }

    /// Roles that are not known, where they are to be written.
    fn roles_missing(self) -> usize {
        let Some((keys, _)) = self.asked().filter(|_| {
            self.without
                .with(|without| !without.contains(&Column::Role))
        }) else {
            return 0;
        };
        // In batches, as answers come: thousands of workspaces are looked at each time.
        self.app
            .roles
            .with_settled(|role| keys.iter().filter(|key| role(key).is_none()).count())
    }

    fn read_roles(self) {
        let Some((keys, _)) = untrack(|| self.asked()) else {
            return;
        };
        let roles = self.app.roles;
        let unknown = |key: &&WorkspaceKey| untrack(|| roles.access(key)) == Access::Unknown;
        roles.want_all(keys.iter().filter(unknown).cloned().collect());
    }

    /// Writes the file, unless something is in the way.
    fn write(self) {
        let ready = untrack(|| self.refusal().is_none());
        let Some((keys, _)) = untrack(|| self.asked()).filter(|_| ready) else {
            return;
        };
        let complete = untrack(|| matches!(self.extents(), Extents::Complete));
        let (columns, format) = (untrack(|| self.columns()), self.format.get_untracked());
        self.phase.set(Phase::Writing(0));
        spawn_local(async move {
            let heads = columns.iter().map(|column| column.key()).collect();
            let mut sheet = Sheet::new(format, heads);
            let mut missing = 0;
            for (number, key) in keys.iter().enumerate() {
                if number % AT_ONCE == 0 {
                    self.phase.try_set(Phase::Writing(number));
                    clock::sleep(0).await;
                    // Closed meanwhile: the person does not want it any more.
                    let asked = untrack(|| self.asked());
                    if !asked.is_some_and(|(now, _)| Rc::ptr_eq(&now, &keys)) {
                        self.phase.try_set(Phase::Choosing);
                        return;
                    }
                }
                match self.cells(key, &columns) {
                    Some(cells) => sheet.add(&cells),
                    None => missing += 1,
                }
            }
            match missing {
                0 => self.hand_out(sheet, keys.len(), complete),
                _ => drop(self.phase.try_set(Phase::Missing(missing))),
            }
        });
    }

    /// A workspace's cells; none if it is no longer in the list.
    fn cells(self, key: &WorkspaceKey, columns: &[Column]) -> Option<Vec<String>> {
        let workspace = self.app.workspaces.get_untracked(key)?;
        let account = self.app.accounts.of(key)?;
        let access = untrack(|| self.app.roles.access(key));
        let role = match &access {
            Access::Organization => text::ORGANIZATION_ROLE,
            access => access.role().map_or("", |role| role.as_str()),
        };
        let entry = Entry {
            workspace: &workspace,
            account: &account.label,
            service: account.description().name,
            role,
        };
        Some(columns.iter().map(|column| entry.cell(*column)).collect())
    }

    fn hand_out(self, sheet: Sheet, count: usize, complete: bool) {
        let file = sheet.finish("workspaces", complete, "workspaces", &[]);
        if download::save(&file.name, file.media_type, &file.text) {
            self.app.notices.confirm(text::exported(count, &file.name));
            self.app.selection.end();
        } else {
            self.phase.try_set(Phase::NotTaken);
        }
    }
}

fn body(export: Export) -> Node {
    let submit = move |event: Event| {
        event.prevent_default();
        export.write();
    };
    let content = el("div")
        .class("body")
        .part(move || standing(export))
        .add(formats(export))
        .add(columns(export))
        .part(move || roles(export))
        .part(move || progress(export));
    el("form")
        .class("form")
        .on("submit", submit)
        .add(content)
        .add(foot(export))
        .node()
}

/// What the file will not have, or why there is none.
fn standing(export: Export) -> Option<Node> {
    match export.phase.get() {
        Phase::Missing(count) => {
            let (title, words) = (text::NO_FILE.to_owned(), text::export_missing(count));
            return Some(note("danger", title, words, None));
        }
        Phase::NotTaken => {
            let (title, words) = (text::NO_FILE.to_owned(), text::FILE_NOT_TAKEN.to_owned());
            return Some(note("danger", title, words, None));
        }
        Phase::Choosing | Phase::Writing(_) => {}
    }
    match export.extents() {
        Extents::Complete => None,
        Extents::Cut => Some(note(
            "warning",
            text::EXPORT_CUT.to_owned(),
            text::EXPORT_CUT_TEXT.to_owned(),
            None,
        )),
        Extents::Partial(why) => {
            let selection = export.app.selection;
            let load = Callback::new(move |()| {
                export.app.workspaces.load_all();
                selection.end();
            });
            let acts = el("div")
                .class("acts")
                .add(button("btn", text::RELOAD, load))
                .node();
            Some(note(
                "warning",
                text::EXPORT_PARTIAL.to_owned(),
                why.join(" "),
                Some(acts),
            ))
        }
    }
}

fn formats(export: Export) -> El {
    let choice = |format: Format, label: &'static str| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "export-format")
            .property("checked", move || (export.format.get() == format).into())
            .on("change", move |_| export.format.set(format));
        el("label").add(input).text(label)
    };
    el("fieldset")
        .class("options")
        .add(el("legend").text(text::FORMAT))
        .add(choice(Format::Csv, text::CSV))
        .add(choice(Format::Json, text::JSON))
        .add(el("p").class("help").text(text::CSV_HELP))
}

fn columns(export: Export) -> El {
    let mut all = el("fieldset")
        .class("options")
        .add(el("legend").text(text::COLUMNS));
    for column in Column::ALL {
        let input = el("input")
            .attr("type", "checkbox")
            .property("checked", move || {
                export
                    .without
                    .with(|without| !without.contains(&column))
                    .into()
            })
            .on("change", move |event| {
                let on = event
                    .target()
                    .and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
                    .is_some_and(|input| input.checked());
                export.without.update(|without| {
                    without.retain(|other| *other != column);
                    if !on {
                        without.push(column);
                    }
                });
            });
        all = all.add(el("label").add(input).text(text::export_column(column)));
    }
    all
}

/// Roles cost a request each at some services: they are read only if the person wants them.
fn roles(export: Export) -> Option<Node> {
    let missing = export.roles_missing();
    if missing == 0 {
        return None;
    }
    let read = Callback::new(move |()| export.read_roles());
    let acts = el("div")
        .class("acts")
        .add(button("btn", text::READ_ROLES, read))
        .node();
    Some(note(
        "info",
        text::ROLES_MISSING.to_owned(),
        text::roles_missing(missing),
        Some(acts),
    ))
}

fn progress(export: Export) -> Option<Node> {
    let Phase::Writing(written) = export.phase.get() else {
        return None;
    };
    let all = export.asked().map_or(0, |(keys, _)| keys.len());
    let bar = el("progress")
        .attr("aria-label", text::PROGRESS)
        .attr("max", &all.to_string())
        .attr("value", &written.to_string());
    let words = el("p")
        .attr("role", "status")
        .text(&text::written(written, all));
    Some(fragment([bar.node(), words.node()]))
}

fn foot(export: Export) -> El {
    let selection = export.app.selection;
    let close = Callback::new(move |()| selection.end());
    let refusal = Memo::new(move |_| export.refusal());
    let send = el("button")
        .attr("type", "submit")
        .class("btn primary")
        .when("aria-disabled", move || refusal.with(Option::is_some))
        .live("aria-description", move || refusal.get())
        .add(icon(Icon::Download))
        .text(text::DOWNLOAD);
    el("footer")
        .add(button("btn", text::CANCEL, close))
        .add(send)
}
