//! Writing workspaces into a file: which columns, in which format, and whether it is all of them.
//!
//! Guarantees: a file has every workspace it was asked for, or there is none; a list that its service
//! cuts makes a file that says so, in its name and in its content; nothing is read from a service
//! unless the person asks for it. Must not know how it is asked for.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::export::{Column, Entry};
use steward_domain::id::WorkspaceKey;
use steward_domain::role::Access;

use crate::browser::{clock, download};
use crate::state::AppState;
use crate::state::export::{Format, Sheet};
use crate::state::selection::{ExportScope, Task};
use crate::state::workspaces::Phase as Loading;
use crate::text;

/// Rows that are written before the page may draw again.
const AT_ONCE: usize = 500;

/// Where the writing stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The person chooses what is in it.
    Choosing,
    /// So many rows are written.
    Writing(usize),
    /// So many workspaces are no longer in the list: there is no file.
    Missing(usize),
    /// The browser took no file.
    NotTaken,
}

/// The file that is asked for. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub(super) struct Export {
    /// The console's state.
    pub(super) app: AppState,
    /// In which format.
    pub(super) format: RwSignal<Format>,
    /// The columns that are not wanted.
    without: RwSignal<Vec<Column>>,
    /// Where the writing stands.
    pub(super) phase: RwSignal<Phase>,
}

/// How complete the lists are from which the workspaces come.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Extents {
    /// All there is to have is here.
    Complete,
    /// Their services cut them: this much there is to have.
    Cut,
    /// They are not all here; why, account by account.
    Partial(Vec<String>),
}

impl Export {
    /// Every column, and nothing asked for yet.
    pub(super) fn new(app: AppState) -> Self {
        Self {
            app,
            format: RwSignal::new(Format::Csv),
            without: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Choosing),
        }
    }

    /// The workspaces that are to be written, and what they are.
    pub(super) fn asked(self) -> Option<(Rc<[WorkspaceKey]>, ExportScope)> {
        match self.app.selection.task() {
            Some(Task::Export(keys, extent)) => Some((keys, extent)),
            _ => None,
        }
    }

    /// How many workspaces are to be written.
    pub(super) fn count(self) -> usize {
        self.asked().map_or(0, |(keys, _)| keys.len())
    }

    /// Whether a column is wanted.
    pub(super) fn has_column(self, column: Column) -> bool {
        self.without.with(|without| !without.contains(&column))
    }

    /// Takes a column in, or leaves it out.
    pub(super) fn set_column(self, column: Column, wanted: bool) {
        self.without.update(|without| {
            without.retain(|other| *other != column);
            if !wanted {
                without.push(column);
            }
        });
    }

    fn columns(self) -> Vec<Column> {
        let all = Column::ALL.into_iter();
        all.filter(|column| self.has_column(*column)).collect()
    }

    /// How complete the lists are.
    pub(super) fn extents(self) -> Extents {
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
    pub(super) fn refusal(self) -> Option<String> {
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
    pub(super) fn roles_missing(self) -> usize {
        let Some((keys, _)) = self.asked().filter(|_| self.has_column(Column::Role)) else {
            return 0;
        };
        // In batches, as answers come: thousands of workspaces are looked at each time.
        self.app
            .workspaces
            .with_roles(|role| keys.iter().filter(|key| role(key).is_none()).count())
    }

    /// Has the roles read that are not known.
    pub(super) fn read_roles(self) {
        let Some((keys, _)) = untrack(|| self.asked()) else {
            return;
        };
        let workspaces = self.app.workspaces;
        let unknown = |key: &&WorkspaceKey| untrack(|| workspaces.access(key)) == Access::Unknown;
        workspaces.want_members_of(keys.iter().filter(unknown).cloned().collect());
    }

    /// Writes the file, unless something is in the way.
    pub(super) fn write(self) {
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
        let access = untrack(|| self.app.workspaces.access(key));
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
        let file = sheet.finish("workspaces", complete, "workspaces", None);
        if download::save(&file.name, file.media_type, &file.text) {
            self.app.notices.confirm(text::exported(count, &file.name));
            self.app.selection.end();
        } else {
            self.phase.try_set(Phase::NotTaken);
        }
    }
}
