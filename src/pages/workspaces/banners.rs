//! Above the rows: what is missing, awaited or from before, for each account by itself, while the rest
//! stays usable. A first screen that is well has none of it, so that this is in the second module.
//!
//! Guarantees: rows that are from before are said to be, with their age, for as long as they are shown;
//! focus is not lost with a note that goes.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::listing::Row;
use wasm_bindgen::JsCast;
use web_sys::{Event, FocusEvent, Node};

use super::acts;
use super::states::waiting_acts;
use super::view::View;
use crate::browser::intl;
use crate::pages::failure_notice::{Again, countdown, failed_as, sign_in_again};
use crate::pages::mend_focus;
use crate::state::AppState;
use crate::state::workspaces::{Load, LoadingPhase, Phase};
use crate::text;
use crate::ui::el::{el, group};
use crate::ui::layout::note;
use crate::ui::time::moment;

/// Above the rows: what is missing or out of date, while the rest stays usable.
pub fn banners(app: AppState, view: View) -> Node {
    let empty = Memo::new(move |_| app.workspaces.with_rows(<[_]>::is_empty));
    let ended = move || {
        let mut notes = Vec::new();
        for id in app.accounts.ended() {
            let title = titled(app, &id, text::ENDED);
            let again = (notes.is_empty()).then(|| sign_in_again("btn"));
            notes.push(note("warning", title, text::ENDED_TEXT.to_owned(), again));
        }
        notes
    };
    let loading = move || {
        let alone = !app.accounts.are_several();
        // With nothing to show, the one account's state stands in place of the rows, except for what
        // is said of a list that has come.
        let in_place = alone && empty.get();
        let loads = app.workspaces.loads();
        let notes: Vec<Node> = loads
            .iter()
            .filter(|load| !in_place || matches!(load.phase, Phase::Loaded { .. }))
            .flat_map(|load| notes_of(app, load))
            .collect();
        notes
    };
    // By itself, so that a keystroke which changes nothing here draws nothing.
    let undecided = Memo::new(move |_| view.found.with(|found| found.undecided));
    let undecided = move || {
        let count = undecided.get();
        (count > 0).then(|| note("info", text::undecided(count), String::new(), None))
    };
    let offline = move || {
        if app.network.is_up() {
            return None;
        }
        let from = |load: &Load| app.workspaces.are_from(load);
        let loads = app.workspaces.loads();
        let oldest = loads.iter().filter_map(from).reduce(f64::min);
        let words = text::OFFLINE_TEXT.to_owned();
        Some(note(
            "warning",
            text::OFFLINE.to_owned(),
            words,
            oldest.map(age),
        ))
    };
    // Focus that leaves for nothing has left with what held it.
    let had_focus = Rc::new(Cell::new(false));
    let (comes, goes) = (Rc::clone(&had_focus), Rc::clone(&had_focus));
    let leaves = move |event: Event| {
        let event: FocusEvent = event.unchecked_into();
        goes.set(event.related_target().is_none());
    };
    // One part for all: a part is a node, and a page has 700.
    let said = move || {
        if had_focus.replace(false) {
            // The button goes with what it mends.
            mend_focus();
        }
        let mut notes = ended();
        notes.extend(offline());
        notes.extend(loading());
        notes.extend(undecided());
        Some(group(&notes))
    };
    el("div")
        .class("banners")
        .on("focusin", move |_| comes.set(true))
        .on("focusout", leaves)
        .part(said)
        .node()
}

/// A title that says whose it is, where there could be a doubt.
fn titled(app: AppState, id: &AccountId, title: &str) -> String {
    match app.accounts.get(id) {
        Some(account) if app.accounts.are_several() => text::of_account(&account.label, title),
        _ => title.to_owned(),
    }
}

fn notes_of(app: AppState, load: &Load) -> Vec<Node> {
    let titled = |title: &str| titled(app, &load.account, title);
    let simple = |title: &str| note("warning", titled(title), String::new(), None);
    // Without a network that is said of all of them together.
    let alone = || app.network.is_up() || app.accounts.are_several();
    let age = || app.workspaces.are_from(load).filter(|_| alone()).map(age);
    match &load.phase {
        Phase::Failed(failure) if !app.accounts.has_ended(&load.account) => {
            let id = load.account.clone();
            let again = Callback::new(move |()| app.workspaces.reload(&id));
            let of_it = |rows: &[Row]| rows.iter().any(|row| row.key.account == load.account);
            let is_begun = untrack(|| app.workspaces.with_rows(of_it));
            // Where it once was complete, its rows are from then, and their age is told.
            let broke_off = is_begun && app.workspaces.are_from(load).is_none();
            let title = match broke_off {
                true => titled(text::LIST_BROKE_OFF),
                false => titled(&text::failure_title(failure)),
            };
            let failed = failed_as(title, &load.account, failure, Some(Again::by_hand(again)));
            let several = app.accounts.are_several();
            let arrived = match broke_off {
                true => Some(text::broke_off(load.arrived)),
                false => (several && load.arrived > 0).then(|| text::arrived(load.arrived, false)),
            };
            let whose = |said: String| el("p").class("whose").text(&titled(&said)).node();
            let part = arrived.map(whose);
            let name = match several {
                true => titled(""),
                false => text::LIST_FAILED.to_owned(),
            };
            let parts: Vec<Node> = [part, age(), Some(failed)].into_iter().flatten().collect();
            vec![
                el("section")
                    .attr("aria-label", &name)
                    .add(group(&parts))
                    .node(),
            ]
        }
        Phase::Loading(patience) => {
            let (tone, title, words) = match patience {
                _ if app.accounts.is_resting(&load.account) => {
                    ("warning", text::RESTING_TITLE, arrived(load))
                }
                LoadingPhase::Long => ("warning", text::LOADING_LONG, arrived(load)),
                LoadingPhase::Slow => ("info", text::LOADING, slow(load)),
                // What is shown from before is told from the first moment.
                LoadingPhase::Initial if app.workspaces.is_kept(load) => {
                    ("info", text::LOADING, arrived(load))
                }
                LoadingPhase::Initial if load.arrived > 0 && load.complete_at.is_none() => {
                    return vec![note("info", titled(&arrived(load)), String::new(), None)];
                }
                LoadingPhase::Initial => return Vec::new(),
            };
            let (accounts, id) = (app.accounts, load.account.clone());
            let rests = accounts.is_resting(&load.account);
            let pause = rests.then(|| countdown(move || accounts.rests(&id)));
            let acts = (*patience == LoadingPhase::Long).then(|| waiting_acts(app, &load.account));
            let parts: Vec<Node> = [pause, age(), acts].into_iter().flatten().collect();
            vec![note(tone, titled(title), words, Some(group(&parts)))]
        }
        Phase::Loaded { cut, skipped } => {
            let mut said = Vec::new();
            if *cut {
                said.push(simple(text::CUT));
            }
            if *skipped > 0 {
                said.push(simple(&text::skipped(*skipped)));
            }
            said
        }
        Phase::Idle => {
            let id = load.account.clone();
            let again = Callback::new(move |()| app.workspaces.reload(&id));
            let acts = Some(acts(&[("btn", text::RELOAD, again)]));
            let parts: Vec<Node> = [age(), acts].into_iter().flatten().collect();
            let (title, words) = (titled(text::CANCELLED_TITLE), text::CANCELLED.to_owned());
            vec![note("info", title, words, Some(group(&parts)))]
        }
        // That the session has ended is told; the rows stay what they are.
        Phase::Failed(_) if app.workspaces.is_kept(load) => {
            vec![note(
                "info",
                titled(text::LIST_FAILED),
                String::new(),
                age(),
            )]
        }
        Phase::Failed(_) => Vec::new(),
    }
}

/// That the rows are from before, and how long ago that was.
fn age(at: f64) -> Node {
    let words = text::as_of(&intl::date_time(at));
    let ago = moment(Some(at), text::NOT_GIVEN);
    el("p").class("age").text(&words).add(ago).node()
}

fn slow(load: &Load) -> String {
    match load.arrived {
        0 => text::LOADING_SLOW.to_owned(),
        _ => arrived(load),
    }
}

fn arrived(load: &Load) -> String {
    match load.arrived {
        0 => String::new(),
        count => text::arrived(count, true),
    }
}
