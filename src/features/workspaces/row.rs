//! One row of the table: a slot, which is written over for one workspace after another.
//!
//! Guarantees: all that a row says follows from its slot, so that nothing of the workspace before stays when it is
//! written over; a slot that is kept for later says nothing of anybody; one that leaves the page says to its end what it
//! said. As few nodes as it can be told with.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::field::Field;
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Column;
use steward_domain::odd::Part;
use steward_domain::provider::Description;
use steward_domain::slots::SlotId;
use steward_domain::workspace::{BillingMode, State, Workspace};

use super::columns::COLUMNS;
use super::layout::Shown;
use super::rows::Rows;
use crate::components::availability::availability_now;
use crate::features::workspace::{archive_id, edit_id, open_id};
use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::action::Availability;

/// A workspace as the list has it. Two are the same only if the list has not been told of it anew.
#[derive(Clone)]
struct Listed {
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && Arc::ptr_eq(&self.workspace, &other.workspace)
    }
}

/// The account that a workspace belongs to.
#[derive(Clone, PartialEq)]
pub struct AccountFacts {
    /// What it is called.
    pub label: String,
    /// What is known of its service.
    pub service: &'static Description,
}

/// What a row says that follows from the workspace alone. A cell may be too narrow for a service's own words, so that
/// they stand in its note as well.
#[derive(Clone, PartialEq)]
pub struct Facts {
    pub key: WorkspaceKey,
    pub name: String,
    pub name_note: Option<String>,
    pub billing: Option<String>,
    pub billing_note: Option<String>,
    pub state: String,
    pub state_class: &'static str,
    pub state_note: Option<String>,
    /// The moment of the last change, in milliseconds since 1970.
    pub updated: Option<f64>,
    /// The service's words in place of the moment.
    pub updated_words: Option<String>,
    pub updated_note: Option<String>,
    pub open_id: String,
    pub edit_id: String,
    pub archive_id: String,
    pub select_label: String,
    pub edit_label: String,
    pub archive_label: String,
}

impl Facts {
    fn of(listed: &Listed) -> Self {
        let Listed { key, workspace } = listed;
        let name = text::name(workspace);
        let is_odd = workspace.is_odd(Field::Name);
        let visible = match is_odd {
            true => text::quoted(&name),
            false => text::visible(&name),
        };
        let written = |is: bool, words: &str| is.then(|| text::as_written(words));
        let name_note = match name.contains(char::REPLACEMENT_CHARACTER) {
            true => Some(text::PART_UNREADABLE.to_owned()),
            false => written(is_odd, &visible),
        };
        let billing = workspace.billing.as_ref();
        let other = |mode: &&BillingMode| matches!(mode, BillingMode::Other(_));
        let state = text::state(&workspace.state);
        let updated_words = workspace.odd.words(Part::Updated).map(text::quoted);
        Self {
            key: key.clone(),
            name_note,
            name: visible,
            billing: billing.map(text::billing),
            billing_note: billing
                .filter(other)
                .map(|mode| text::as_written(&text::billing(mode))),
            state_class: state_class(workspace),
            state_note: written(matches!(workspace.state, State::Unknown(_)), &state),
            state,
            updated: workspace.updated.map(|at| at.as_millis()),
            updated_note: updated_words.as_deref().map(text::as_written),
            updated_words,
            open_id: open_id(key),
            edit_id: edit_id(key),
            archive_id: archive_id(key),
            select_label: text::select(&name),
            edit_label: text::edit(&name),
            archive_label: text::archive(&name),
        }
    }
}

/// What the cells of a row follow. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct RowState {
    app: AppState,
    navigation: Navigation,
    facts: Memo<Option<Facts>>,
    account: Memo<Option<AccountFacts>>,
    /// Whether the workspace can be edited.
    pub edit: Memo<Availability>,
    /// Whether it can be archived.
    pub archive: Memo<Availability>,
}

impl RowState {
    fn new(app: AppState, navigation: Navigation, shown: Memo<Option<Shown>>) -> Self {
        let listed = Memo::new(move |before: Option<&Option<Listed>>| {
            let key = shown.with(|shown| shown.as_ref().map(|shown| shown.key.clone()))?;
            match app.workspaces.get(&key) {
                Some(workspace) => Some(Listed { key, workspace }),
                // The row of a workspace that has left the list is about to go.
                None => before.cloned().flatten().filter(|before| before.key == key),
            }
        });
        let availability = move |action| {
            Memo::new(move |_| {
                listed.with(|listed| match listed {
                    Some(Listed { key, workspace }) => {
                        availability_now(app, action, key, workspace)
                    }
                    None => Availability::Enabled,
                })
            })
        };
        Self {
            app,
            navigation,
            facts: Memo::new(move |_| listed.with(|listed| listed.as_ref().map(Facts::of))),
            account: Memo::new(move |_| {
                let key = shown.with(|shown| shown.as_ref().map(|shown| shown.key.clone()))?;
                let account = app.accounts.of(&key)?;
                Some(AccountFacts {
                    label: account.label.clone(),
                    service: account.description(),
                })
            }),
            edit: availability(Action::Edit),
            archive: availability(Action::Archive),
        }
    }

    /// Looks at the facts, if the row shows a workspace.
    pub fn with<T>(self, look: impl FnOnce(&Facts) -> T) -> Option<T> {
        self.facts.with(|facts| facts.as_ref().map(look))
    }

    /// Looks at the account.
    pub fn account<T>(self, look: impl FnOnce(&AccountFacts) -> T) -> Option<T> {
        self.account.with(|account| account.as_ref().map(look))
    }

    /// An attribute that follows from the facts.
    pub fn fact(
        self,
        look: fn(&Facts) -> Option<String>,
    ) -> impl Fn() -> Option<String> + Copy + Send + Sync {
        move || self.with(look).flatten()
    }

    /// A text that follows from the facts.
    pub fn words(self, look: fn(&Facts) -> String) -> impl Fn() -> String + Copy + Send + Sync {
        move || self.with(look).unwrap_or_default()
    }

    /// What stands where there is nothing: that the service has no such thing, or did not give it.
    pub fn missing(self, column: Column) -> &'static str {
        missing(self.account(|account| account.service), column)
    }

    /// How the workspace is paid for.
    pub fn billing(self) -> String {
        self.with(|facts| {
            facts
                .billing
                .clone()
                .unwrap_or_else(|| self.missing(Column::Billing).to_owned())
        })
        .unwrap_or_default()
    }

    /// The role of the person who is signed in.
    pub fn role(self) -> String {
        self.with(|facts| text::role_or_state(&self.app.workspaces.access(&facts.key)))
            .unwrap_or_default()
    }

    /// Whether the workspace is selected.
    pub fn is_selected(self) -> bool {
        self.with(|facts| self.app.selection.has(&facts.key)) == Some(true)
    }

    /// The address of the workspace beside this view of the list.
    pub fn href(self) -> Option<String> {
        let key = self.with(|facts| facts.key.clone())?;
        let query = self.navigation.with(Route::query);
        let tab = Tab::Overview;
        Some(Route::Workspace { key, tab, query }.href())
    }

    fn is_open(self) -> bool {
        self.with(|facts| self.navigation.open().as_ref() == Some(&facts.key)) == Some(true)
    }
}

/// A row.
#[component]
pub(super) fn TableRow(rows: Rows, id: SlotId) -> impl IntoView {
    let shown = Memo::new(move |before: Option<&Option<Shown>>| match rows.shown(id) {
        Some(shown) => shown,
        // A slot that has been given up is about to leave the page, as it is.
        None => before.cloned().flatten(),
    });
    let row = RowState::new(rows.app, rows.navigation, shown);
    let element = NodeRef::<html::Tr>::new();
    rows.keep_element(id, element);
    // A row that is drawn out of sight, since it has the focus, is as high as the rows between it and the others.
    let stands_for = Memo::new(move |_| {
        let (above, below) = shown.with(|shown| {
            let shown = shown.as_ref();
            shown.map_or((0, 0), |shown| (shown.above, shown.below))
        });
        (above.max(below) > 0).then(|| ((above + below + 1) * rows.row_height(), above > 0))
    });
    let height = move || stands_for.get().map(|(pixels, _)| format!("{pixels}px"));
    let side = move || {
        let end = stands_for.get().map(|(_, end)| end);
        end.map(|end| if end { "end" } else { "start" })
    };
    // The head is a row too, and the first has the number 1.
    let index = move || shown.with(|shown| Some(shown.as_ref()?.number + 2));
    view! {
        <tr
            node_ref=element
            role="row"
            hidden=move || shown.with(Option::is_none)
            aria-rowindex=index
            aria-current=move || row.is_open().then_some("true")
            style:height=height
            data-content=side
        >
            {COLUMNS.each_ref().map(|column| (column.cell)(row))}
        </tr>
    }
}

fn missing(service: Option<&Description>, column: Column) -> &'static str {
    match service {
        Some(service) if !service.has_column(column) => text::NOT_OFFERED,
        _ => text::NOT_GIVEN,
    }
}

/// How a workspace is paid for, in words.
#[must_use]
pub fn billing_text(workspace: &Workspace, service: Option<&Description>) -> String {
    workspace.billing.as_ref().map_or_else(
        || missing(service, Column::Billing).to_owned(),
        text::billing,
    )
}

/// The class of the badge with a workspace's state, which [`text::state`] puts into words.
#[must_use]
pub fn state_class(workspace: &Workspace) -> &'static str {
    match workspace.state {
        State::Active => "badge ok",
        State::Archived(_) => "badge",
        State::Unknown(_) => "badge warn",
    }
}
