//! The dialog that asks what a file is to have: its format, its columns, and the roles that are not
//! known yet.
//!
//! Guarantees: what the file will not have is said before it is written, and why there is none. Must
//! not know how a file is written.

use leptos::prelude::*;
use steward_domain::export::Column;
use web_sys::SubmitEvent;

use super::export::{Export, Extents, Phase};
use crate::state::app_state;
use crate::state::export::Format;
use crate::text;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;
use crate::ui::layout::Note;

/// The dialog, once for the whole app.
#[component]
pub(super) fn ExportDialog() -> impl IntoView {
    let app = app_state();
    let export = Export::new(app);
    view! {
        <Dialog
            open=move || export.asked().is_some()
            title=move || text::export_many(export.count())
            return_to=Some(String::from("export-matching"))
            on_close=Callback::new(move |()| app.selection.end())
        >
            <ExportForm export=export/>
        </Dialog>
    }
}

/// What can be chosen, and the way to the file.
#[component]
fn ExportForm(export: Export) -> impl IntoView {
    export.phase.set(Phase::Choosing);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        export.write();
    };
    view! {
        <form class="form" on:submit=submit>
            <div class="body">
                <Obstacle export=export/>
                <fieldset class="options">
                    <legend>{text::FORMAT}</legend>
                    <FormatOption export=export format=Format::Csv label=text::CSV/>
                    <FormatOption export=export format=Format::Json label=text::JSON/>
                    <p class="help">{text::CSV_HELP}</p>
                </fieldset>
                <fieldset class="options">
                    <legend>{text::COLUMNS}</legend>
                    {Column::ALL
                        .map(|column| view! { <ColumnOption export=export column=column/> })
                        .into_iter()
                        .collect_view()}
                </fieldset>
                <MissingRoles export=export/>
                <Progress export=export/>
            </div>
            <ExportFoot export=export/>
        </form>
    }
}

/// What the file will not have, or why there is none.
#[component]
fn Obstacle(export: Export) -> impl IntoView {
    let extents = Memo::new(move |_| export.extents());
    move || match export.phase.get() {
        Phase::Missing(count) => {
            let words = text::export_missing(count);
            Some(view! { <Note tone="danger" title=text::NO_FILE text=words/> }.into_any())
        }
        Phase::NotTaken => {
            let words = text::FILE_NOT_TAKEN;
            Some(view! { <Note tone="danger" title=text::NO_FILE text=words/> }.into_any())
        }
        Phase::Choosing | Phase::Writing(_) => match extents.get() {
            Extents::Complete => None,
            Extents::Cut => {
                let words = text::EXPORT_CUT_TEXT;
                Some(view! { <Note tone="warning" title=text::EXPORT_CUT text=words/> }.into_any())
            }
            Extents::Partial(why) => {
                Some(view! { <PartialList export=export why=why.join(" ")/> }.into_any())
            }
        },
    }
}

/// The lists are not all here: why, and the way to have them loaded.
#[component]
fn PartialList(export: Export, why: String) -> impl IntoView {
    let reload = move |_| {
        export.app.workspaces.load_all();
        export.app.selection.end();
    };
    view! {
        <Note tone="warning" title=text::EXPORT_PARTIAL text=why>
            <div class="acts">
                <button type="button" class="btn" on:click=reload>
                    {text::RELOAD}
                </button>
            </div>
        </Note>
    }
}

/// One format to choose.
#[component]
fn FormatOption(export: Export, format: Format, label: &'static str) -> impl IntoView {
    view! {
        <label>
            <input
                type="radio"
                name="export-format"
                prop:checked=move || export.format.get() == format
                on:change=move |_| export.format.set(format)
            />
            {label}
        </label>
    }
}

/// One column to take in or leave out.
#[component]
fn ColumnOption(export: Export, column: Column) -> impl IntoView {
    view! {
        <label>
            <input
                type="checkbox"
                prop:checked=move || export.has_column(column)
                on:change=move |event| export.set_column(column, event_target_checked(&event))
            />
            {text::export_column(column)}
        </label>
    }
}

/// How many roles the file would not have. They cost a request each at some services: they are read only if the
/// person wants them.
#[component]
fn MissingRoles(export: Export) -> impl IntoView {
    let missing = Memo::new(move |_| export.roles_missing());
    move || {
        let missing = missing.get();
        (missing > 0).then(|| {
            view! {
                <Note
                    tone="info"
                    title=text::ROLES_MISSING
                    text=text::roles_missing(missing)
                >
                    <div class="acts">
                        <button type="button" class="btn" on:click=move |_| export.read_roles()>
                            {text::READ_ROLES}
                        </button>
                    </div>
                </Note>
            }
        })
    }
}

/// How far the writing has come.
#[component]
fn Progress(export: Export) -> impl IntoView {
    move || {
        let Phase::Writing(written) = export.phase.get() else {
            return None;
        };
        let all = export.count();
        Some(view! {
            <progress
                aria-label=text::PROGRESS
                max=all.to_string()
                value=written.to_string()
            ></progress>
            <p role="status" prop:textContent=text::written(written, all)></p>
        })
    }
}

/// The way out, and the way to the file.
#[component]
fn ExportFoot(export: Export) -> impl IntoView {
    let refusal = Memo::new(move |_| export.refusal());
    view! {
        <footer>
            <button type="button" class="btn" on:click=move |_| export.app.selection.end()>
                {text::CANCEL}
            </button>
            <button
                type="submit"
                class="btn primary"
                aria-disabled=move || refusal.with(Option::is_some).then_some("true")
                aria-description=move || refusal.get()
            >
                <Icon icon=Icon::Download/>
                {text::DOWNLOAD}
            </button>
        </footer>
    }
}
