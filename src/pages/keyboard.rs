//! The keyboard: what single keys do, and the sheet that says so. They are off while typing, while
//! a dialog is open, and when a person has turned them off (WCAG 2.1.4).

use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use steward_domain::capability::{Action, Verdict};
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::gate::verdict;
use super::workspace::open_id;
use super::workspaces::filters::SEARCH_ID;
use crate::browser::{clock, focus, keys};
use crate::route::{Route, Tab};
use crate::state::Console;
use crate::state::place::Place;
use crate::text;
use crate::ui::block::button;
use crate::ui::dialog::dialog;
use crate::ui::hint::Hint;

/// Whether the sheet is open.
#[derive(Clone, Copy)]
struct Sheet(RwSignal<bool>);

/// Opens the sheet.
pub fn open() {
    if let Some(Sheet(open)) = use_context::<Sheet>() {
        open.set(true);
    }
}

/// Listens to the whole page, once.
pub fn listen(console: Console, place: Place) {
    let sheet = RwSignal::new(false);
    provide_context(Sheet(sheet));
    let hint = Hint::get();
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || dialog_is_open() {
            return;
        }
        if event.key() == "Escape" {
            hint.hide(true);
            if !keys::is_typing(&event) {
                close(place);
            }
            return;
        }
        let free =
            console.settings.keys_on() && !keys::has_modifier(&event) && !keys::is_typing(&event);
        if !free {
            return;
        }
        let done = match event.key().as_str() {
            "/" => focus::focus_id(SEARCH_ID),
            "j" | "ArrowDown" => step(1),
            "k" | "ArrowUp" => step(-1),
            "e" => edit(console, place),
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
    on_cleanup(move || listener.remove());
}

fn dialog_is_open() -> bool {
    document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
}

/// Closes the open workspace, and returns to its row.
fn close(place: Place) {
    let Route::Workspace { key, tab, query } = place.route_untracked() else {
        return;
    };
    if tab == Tab::Edit {
        return;
    }
    place.go(&Route::List(query));
    spawn_local(async move {
        clock::sleep(0).await;
        focus::focus_id(&open_id(&key));
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
    if document()
        .query_selector("table.rows")
        .ok()
        .flatten()
        .is_none()
    {
        return false;
    }
    let index = match focused_row() {
        Some((_, index)) => index.saturating_add_signed(by),
        // The first row below the head.
        None => 2,
    };
    focus_row(index) || {
        let Some(scroll) = document().query_selector(".scroll").ok().flatten() else {
            return false;
        };
        let Ok(scroll) = scroll.dyn_into::<HtmlElement>() else {
            return false;
        };
        let height = scroll.client_height() / 2;
        scroll.set_scroll_top(scroll.scroll_top() + if by > 0 { height } else { -height });
        spawn_local(async move {
            clock::sleep(30).await;
            focus_row(index);
        });
        true
    }
}

fn focus_row(index: usize) -> bool {
    let selector = ["tr[aria-rowindex=\"", &index.to_string(), "\"] a"].concat();
    let link = document().query_selector(&selector).ok().flatten();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    link.focus().is_ok()
}

/// Edits the workspace that has focus, or the open one, if it may be edited.
fn edit(console: Console, place: Place) -> bool {
    let Some(key) = focused_row()
        .map(|(key, _)| key)
        .or_else(|| untrack(|| place.open()))
    else {
        return false;
    };
    let Some(workspace) = console.workspaces.get_untracked(&key) else {
        return false;
    };
    match untrack(|| verdict(console, Action::Edit, &key, &workspace)) {
        Verdict::Allowed => {
            let query = place.route_untracked().query();
            place.go(&Route::Workspace {
                key,
                tab: Tab::Edit,
                query,
            });
        }
        Verdict::Pending => console.notices.announce(text::ONE_MOMENT.to_owned()),
        Verdict::Denied(denial) => {
            // The reason stands at the button, where the pointer would have found it.
            let button = document().get_element_by_id(&super::workspace::edit_id(&key));
            let reason = text::denial(Action::Edit, &denial);
            match button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                Some(button) => Hint::get().show(reason, &button, true),
                None => console.notices.announce(reason),
            }
        }
    }
    true
}

/// The sheet.
pub fn sheet() -> AnyView {
    let Some(Sheet(open)) = use_context::<Sheet>() else {
        return ().into_any();
    };
    let close = Callback::new(move |()| open.set(false));
    let body = move || {
        let rows = text::SHORTCUTS
            .iter()
            .map(|(keys, what)| {
                view! {
                    <tr>
                        <th scope="row"><kbd>{*keys}</kbd></th>
                        <td>{*what}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="body">
                <table class="kbd-sheet">
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <footer>{button("btn", text::CLOSE, close)}</footer>
        }
        .into_any()
    };
    dialog(
        open.into(),
        Signal::derive(|| text::KEYS_TITLE.to_owned()),
        Signal::derive(|| false),
        Signal::derive(|| None),
        close,
        std::sync::Arc::new(body),
    )
}
