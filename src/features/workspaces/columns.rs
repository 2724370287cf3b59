//! The columns of the table, in one list: what heads each, how it looks, and what its cell says of a workspace.
//!
//! A new column is a line of [`COLUMNS`] with a cell of its own. Guarantees: a cell follows its row, so that nothing of
//! the workspace before stays in it; a text is set on its element, never on a text node, since software that translates
//! or marks words may have put something else in that one's place. Must not know which rows are drawn.

use leptos::prelude::*;
use steward_domain::listing::Column;

use super::row::{Facts, RowState};
use crate::browser::{clock, intl};
use crate::text;
use crate::ui::action::{Availability, availability_attributes};
use crate::ui::time::follow_minute;

/// A column.
pub struct ColumnFacts {
    /// What the list is sorted by when its head is pressed; none for a column that does not sort.
    pub sorts_by: Option<Column>,
    /// What its head says.
    pub label: &'static str,
    /// The class of its head.
    pub class: &'static str,
    /// Draws its cell.
    pub cell: fn(RowState) -> AnyView,
}

/// Every column, from left to right.
pub const COLUMNS: [ColumnFacts; 7] = [
    ColumnFacts {
        sorts_by: Some(Column::Name),
        label: text::NAME,
        class: "c-name",
        cell: |row| view! { <NameCell row=row/> }.into_any(),
    },
    ColumnFacts {
        sorts_by: Some(Column::Account),
        label: text::ACCOUNT,
        class: "c-acct",
        cell: |row| view! { <AccountCell row=row/> }.into_any(),
    },
    ColumnFacts {
        sorts_by: Some(Column::Role),
        label: text::YOUR_ROLE,
        class: "c-role",
        cell: |row| view! { <RoleCell row=row/> }.into_any(),
    },
    ColumnFacts {
        sorts_by: Some(Column::Billing),
        label: text::BILLING,
        class: "c-bill",
        cell: |row| view! { <BillingCell row=row/> }.into_any(),
    },
    ColumnFacts {
        sorts_by: Some(Column::State),
        label: text::STATE,
        class: "c-state",
        cell: |row| view! { <StateCell row=row/> }.into_any(),
    },
    ColumnFacts {
        sorts_by: Some(Column::Updated),
        label: text::UPDATED,
        class: "c-upd num",
        cell: |row| view! { <UpdatedCell row=row/> }.into_any(),
    },
    ColumnFacts {
        sorts_by: None,
        label: text::ACTIONS,
        class: "c-acts",
        cell: |row| view! { <ActionsCell row=row/> }.into_any(),
    },
];

/// The box that selects the workspace, the link that opens it, and its id.
#[component]
fn NameCell(row: RowState) -> impl IntoView {
    view! {
        <td role="cell" class="c-name name" translate="no">
            <input
                type="checkbox"
                class="pick"
                aria-label=row.fact(|facts| Some(facts.select_label.clone()))
                prop:checked=move || row.is_selected()
            />
            <a
                id=row.fact(|facts| Some(facts.open_id.clone()))
                href=move || row.href()
                title=row.fact(|facts| facts.name_note.clone())
                prop:textContent=row.words(|facts| facts.name.clone())
            ></a>
            <span class="id" prop:textContent=row.words(|facts| facts.key.id.as_str().to_owned())></span>
        </td>
    }
}

#[component]
fn AccountCell(row: RowState) -> impl IntoView {
    let mark = move || row.account(|account| account.service.mark.to_owned());
    let label = move || {
        row.account(|account| account.label.clone())
            .unwrap_or_default()
    };
    view! {
        <td
            role="cell"
            class="c-acct acct"
            translate="no"
            data-mark=mark
            prop:textContent=label
        ></td>
    }
}

#[component]
fn RoleCell(row: RowState) -> impl IntoView {
    view! { <td role="cell" class="c-role" prop:textContent=move || row.role()></td> }
}

#[component]
fn BillingCell(row: RowState) -> impl IntoView {
    view! {
        <td
            role="cell"
            class="c-bill"
            title=row.fact(|facts| facts.billing_note.clone())
            prop:textContent=move || row.billing()
        ></td>
    }
}

#[component]
fn StateCell(row: RowState) -> impl IntoView {
    view! {
        <td role="cell" class="c-state">
            <span
                class=row.words(|facts| facts.state_class.to_owned())
                title=row.fact(|facts| facts.state_note.clone())
                prop:textContent=row.words(|facts| facts.state.clone())
            ></span>
        </td>
    }
}

/// When the workspace was changed last, as a span of time; the service's own words where they name no moment.
#[component]
fn UpdatedCell(row: RowState) -> impl IntoView {
    // The last change is left out of a phone's rows where the service does not tell it.
    let class = move || match row.missing(Column::Updated) {
        text::NOT_OFFERED => "c-upd num off",
        _ => "c-upd num",
    };
    let at = move |facts: &Facts| facts.updated;
    let shown = move || {
        follow_minute();
        row.with(|facts| match (facts.updated, &facts.updated_words) {
            (Some(at), _) => intl::relative(at, clock::now()),
            (None, Some(words)) => words.clone(),
            (None, None) => row.missing(Column::Updated).to_owned(),
        })
        .unwrap_or_default()
    };
    view! {
        <td role="cell" class=class title=row.fact(|facts| facts.updated_note.clone())>
            <time
                datetime=move || row.with(at).flatten().map(intl::iso)
                title=move || row.with(at).flatten().map(intl::date_time)
                prop:textContent=shown
            ></time>
        </td>
    }
}

/// The buttons that edit and archive. Their words name the workspace.
#[component]
fn ActionsCell(row: RowState) -> impl IntoView {
    view! {
        <td role="cell" class="acts" translate="no">
            <RowButton
                class="icon i-pen"
                availability=row.edit
                id=row.fact(|facts| Some(facts.edit_id.clone()))
                label=row.fact(|facts| Some(facts.edit_label.clone()))
            />
            <RowButton
                class="icon i-box"
                availability=row.archive
                id=row.fact(|facts| Some(facts.archive_id.clone()))
                label=row.fact(|facts| Some(facts.archive_label.clone()))
            />
        </td>
    }
}

/// A button of a row. It has no listener: the table hears what is pressed in all of its rows.
#[component]
fn RowButton(
    class: &'static str,
    availability: Memo<Availability>,
    id: impl Fn() -> Option<String> + Send + Sync + 'static,
    label: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <button
            {..availability_attributes(availability)}
            type="button"
            class=class
            id=id
            aria-label=label
        ></button>
    }
}
