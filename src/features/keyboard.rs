//! The keyboard: what single keys do, and the sheet that says so. They are off while typing, while
//! a dialog is open, and when a person has turned them off (WCAG 2.1.4).

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::undo::{BUTTON_ID, EACH};
use super::workspace::{edit_id, open_id};
use super::workspaces::filters::SEARCH_ID;
use crate::browser::events::on_window;
use crate::browser::{clock, focus, keys};
use crate::components::shortcuts::shortcut_sheet;
use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::dialog::Dialog;
use crate::ui::tooltip::Tooltip;
use leptos::task::spawn_local;

/// Listens to the whole page, for as long as the app is there.
pub fn listen(app: AppState, navigation: Navigation) {
    let sheet = shortcut_sheet();
    let hint = Tooltip::get();
    on_window("keydown", move |event| {
        // Browsers that fill in a form send key presses that are none.
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.default_prevented() || find("dialog[open]").is_some() {
            return;
        }
        let Some(key) = keys::meant(event) else {
            return;
        };
        let typing = keys::is_typing(event);
        if key == "Escape" {
            // The topmost alone: what lies below goes with the next press.
            let was_shown = hint.is_shown();
            hint.hide(true);
            if !was_shown && !typing {
                close(navigation);
            }
            return;
        }
        if typing || !app.settings.keys_on() {
            return;
        }
        let done = match key.as_str() {
            "j" | "ArrowDown" => step(1),
            "k" | "ArrowUp" => step(-1),
            // One that is held down is one press.
            _ if event.repeat() => false,
            "/" => focus::focus_id(SEARCH_ID),
            "e" => edit(app, navigation, hint),
            "x" => select(app),
            "u" => undo(navigation),
            "?" => {
                sheet.set(true);
                true
            }
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
}

/// The first element that a selector finds.
fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Closes the open workspace, and returns to its row.
fn close(navigation: Navigation) {
    let Route::Workspace { key, tab, query } = navigation.route_untracked() else {
        return;
    };
    if tab == Tab::Edit {
        return;
    }
    navigation.go(&Route::List(query));
    spawn_local(async move {
        // Where the pane covered the list, its rows are drawn only once it is seen again.
        for wait in [0, 60] {
            clock::sleep(wait).await;
            if focus::focus_id(&open_id(&key)) {
                return;
            }
        }
        focus::focus_heading();
    });
}

/// The key of the row that holds focus.
fn focused_row() -> Option<(WorkspaceKey, usize)> {
    let row = document()
        .active_element()?
        .closest("tr[aria-rowindex]")
        .ok()??;
    let id = row.query_selector("a[id]").ok()??.id();
    let (account, id) = id.strip_prefix("open/")?.split_once('/')?;
    let key = WorkspaceKey {
        account: AccountId::new(account)?,
        id: WorkspaceId::new(id)?,
    };
    let index = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some((key, index))
}

/// Moves focus from row to row. Rows that are not drawn yet are scrolled to first.
fn step(by: isize) -> bool {
    if find("table.rows").is_none() {
        return false;
    }
    let index = match focused_row() {
        Some((_, index)) => index.saturating_add_signed(by),
        // The first row below the head.
        None => 2,
    };
    if focus_row(index) {
        return true;
    }
    let Some(scroll) = find(".scroll") else {
        return false;
    };
    // All rows are of one height; the row is brought to the middle.
    let row = find("table.rows tr:not([hidden], [data-content]) > td")
        .map_or(0, |cell| cell.offset_height());
    let above = i32::try_from(index).unwrap_or(2).saturating_sub(2);
    scroll.set_scroll_top(above.saturating_mul(row) - scroll.client_height() / 2);
    spawn_local(async move {
        // It is drawn once the scrolling has been noticed, with one of the next frames.
        for _ in 0..20 {
            clock::sleep(16).await;
            if focus_row(index) {
                return;
            }
        }
    });
    true
}

/// Moves focus to the row with this number, if it is drawn.
fn focus_row(index: usize) -> bool {
    let selector = format!("tr[aria-rowindex=\"{index}\"] a");
    find(&selector).is_some_and(|link| link.focus().is_ok())
}

/// Selects the workspace that has focus, or takes it out again.
fn select(app: AppState) -> bool {
    let row = focused_row();
    if let Some((key, _)) = &row {
        app.selection.toggle(key);
    }
    row.is_some()
}

/// Goes to the button that takes back what the notice confirms, or else to what was attempted, where
/// there is one for each.
fn undo(navigation: Navigation) -> bool {
    let first = || find(EACH).is_some_and(|button| button.focus().is_ok());
    if !focus::focus_id(BUTTON_ID) && !first() {
        navigation.go(&Route::Activity);
    }
    true
}

/// Edits the workspace that has focus, or the open one, if it may be edited.
fn edit(app: AppState, navigation: Navigation, hint: Tooltip) -> bool {
    let Some(key) = focused_row()
        .map(|(key, _)| key)
        .or_else(|| untrack(|| navigation.open()))
    else {
        return false;
    };
    let Some(workspace) = app.workspaces.get_untracked(&key) else {
        return false;
    };
    match untrack(|| app.verdict(Action::Edit, &key, &workspace)) {
        Verdict::Allowed => {
            let query = navigation.route_untracked().query();
            navigation.go(&Route::Workspace {
                key,
                tab: Tab::Edit,
                query,
            });
        }
        Verdict::Pending => app.notices.announce(text::ONE_MOMENT.to_owned()),
        Verdict::Denied(denial) => {
            // The reason stands at the button, where the pointer would have found it. A list that
            // the open workspace covers has buttons too, and they are nowhere.
            let button = document()
                .get_element_by_id(&edit_id(&key))
                .and_then(|button| button.dyn_into::<HtmlElement>().ok())
                .filter(|button| button.offset_width() > 0)
                .or_else(|| find("#pane-edit"));
            let reason = text::denial(Action::Edit, &denial);
            match button {
                Some(button) => hint.show(reason, &button, true),
                None => app.notices.announce(reason),
            }
        }
    }
    true
}

/// The sheet that says what the keys do.
#[component]
pub(crate) fn ShortcutSheet() -> impl IntoView {
    let open = shortcut_sheet();
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open=open title=text::KEYS_TITLE.to_owned() on_close=close>
            <div class="body">
                <table class="kbd-sheet">
                    <tbody>
                        {text::SHORTCUTS
                            .map(|(keys, what)| {
                                view! {
                                    <tr>
                                        <th scope="row">
                                            <kbd>{keys}</kbd>
                                        </th>
                                        <td>{what}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
            <footer>
                <button type="button" class="btn" on:click=move |_| close.run(())>
                    {text::CLOSE}
                </button>
            </footer>
        </Dialog>
    }
}
