//! The report: what has become of each workspace, how far it has come, and the way on.

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use web_sys::Node;

use super::archive::REPORT_ID;
use crate::browser::{clock, focus};
use crate::state::AppState;
use crate::state::bulk::{Bulk, Entry, Phase, Standing, Summary};
use crate::text;
use crate::ui::el::{El, el, fragment, part};
use crate::ui::layout::{badge, button, note, press};
use leptos::task::spawn_local;

/// How many are drawn. What needs a person comes first.
const DRAWN: usize = 100;

/// How far it has come, and the workspaces, those that need a person first.
pub fn report(app: AppState, bulk: Bulk) -> Node {
    let tally = Memo::new(move |_| bulk.summary());
    let settled = move || {
        let tally = tally.get();
        (tally.all - tally.open - tally.not_tried).to_string()
    };
    let bar = el("progress")
        .attr("aria-label", text::PROGRESS)
        .live("max", move || Some(tally.get().all.to_string()))
        .live("value", move || Some(settled()));
    announce_end(app, bulk);
    let state = el("p")
        .attr("id", REPORT_ID)
        .attr("tabindex", "-1")
        .live_text(move || text::tally(&words_of(tally.get())));
    let ends = part(move || ends(app, bulk));
    let table = part(move || Some(table(app, bulk)));
    let frame = el("div")
        .class("wide")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", text::BULK_REPORT)
        .add(table);
    fragment([state.node(), bar.node(), ends, frame.node()])
}

fn words_of(tally: Summary) -> [(usize, &'static str); 7] {
    [
        (tally.done, text::ARCHIVED_WORD),
        (tally.blocked, text::BLOCKED_WORD),
        (tally.refused, text::REFUSED_WORD),
        (tally.accepted, text::ACCEPTED_WORD),
        (tally.unknown, text::UNKNOWN_WORD),
        (tally.open, text::OPEN_WORD),
        (tally.not_tried, text::NOT_TRIED_WORD),
    ]
}

/// Every row told would be noise: it is told once, at the end.
fn announce_end(app: AppState, bulk: Bulk) {
    Effect::new(move |_| {
        if matches!(bulk.phase(), Phase::Ended(_)) {
            let words = untrack(|| text::tally(&words_of(bulk.summary())));
            app.notices.announce(words);
        }
    });
}

/// Accounts that could not go on, with why.
fn ends(app: AppState, bulk: Bulk) -> Option<Node> {
    let Phase::Ended(ends) = bulk.phase() else {
        return None;
    };
    let mut notes = el("div").class("notes");
    let mut any = false;
    for (account, end) in ends {
        let label = app.accounts.get(&account);
        let label = label.map_or_else(String::new, |account| account.label.clone());
        if let Some(words) = text::ended_early(end) {
            notes = notes.add(note("warning", label, words.to_owned(), None));
            any = true;
        }
    }
    any.then(|| notes.node())
}

fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Unknown(_) => 0,
        Standing::Refused(_) => 1,
        Standing::Blocked(_) => 2,
        Standing::Accepted(_) => 3,
        Standing::Waiting(_) => 4,
        Standing::UnderWay => 5,
        Standing::NotTried => 6,
        Standing::Done(_) => 7,
    }
}

fn table(app: AppState, bulk: Bulk) -> Node {
    let entries = bulk.entries();
    let mut heads = el("tr");
    for head in [text::WORKSPACE, text::ACCOUNT, text::RESULT] {
        heads = heads.add(el("th").attr("scope", "col").text(head));
    }
    let mut rows = el("tbody");
    let mut drawn = 0;
    for wanted in 0..=7 {
        let fit = entries.iter();
        for entry in fit.filter(|entry| rank(&entry.standing) == wanted) {
            if drawn == DRAWN {
                break;
            }
            drawn += 1;
            rows = rows.add(untrack(|| row(app, bulk, entry)));
        }
    }
    let table = el("table")
        .class("members")
        .attr("aria-label", text::BULK_REPORT)
        .add(el("thead").add(heads))
        .add(rows);
    let more = entries.len() - drawn;
    let more = (more > 0).then(|| el("p").class("help").text(&text::and_more(more)).node());
    el("div").add(table).add_some(more).node()
}

fn row(app: AppState, bulk: Bulk, entry: &Entry) -> Node {
    let account = app.accounts.of(&entry.key);
    let account = account.map_or_else(String::new, |account| account.label.clone());
    let (class, word, why) = said(app, bulk, entry);
    let why = (!why.is_empty()).then(|| el("p").class("m").text(&why).node());
    let name = el("bdi").text(&text::visible(&entry.name)).node();
    let id = el("span")
        .class("id")
        .attr("translate", "no")
        .text(entry.key.id.as_str())
        .node();
    el("tr")
        .add(el("td").class("name").add(fragment([name, id])))
        .add(el("td").add(el("bdi").text(&account)))
        .add(el("td").add(badge(class, word)).add_some(why))
        .node()
}

fn said(app: AppState, bulk: Bulk, entry: &Entry) -> (&'static str, &'static str, String) {
    match &entry.standing {
        Standing::Done(archived) => {
            let left = archived.left.as_deref().map(text::left_to_do);
            ("badge ok", text::ARCHIVED_AT, left.unwrap_or_default())
        }
        Standing::Blocked(failure) => ("badge bad", text::BLOCKED, text::failure_words(failure)),
        Standing::Refused(failure) => ("badge bad", text::REFUSED, text::failure_words(failure)),
        Standing::Unknown(failure) => ("badge bad", text::NOT_KNOWN, text::failure_words(failure)),
        Standing::Accepted(failure) => ("badge", text::ACCEPTED, text::failure_words(failure)),
        Standing::Waiting(seconds) => ("badge", text::WAITING, text::resting(*seconds)),
        Standing::UnderWay => ("badge", text::UNDER_WAY, String::new()),
        Standing::NotTried => {
            let why = match app.verdict_of(Action::Archive, &entry.key) {
                Verdict::Denied(denial) => text::denial(Action::Archive, &denial),
                _ if matches!(bulk.phase(), Phase::Ended(_)) => text::NOTHING_SENT.to_owned(),
                _ => String::new(),
            };
            ("badge", text::NOT_TRIED, why)
        }
    }
}

/// What can be done about it at the moment.
#[derive(Clone, Copy, PartialEq)]
enum Ways {
    Hold,
    Wait,
    Close,
}

/// The buttons below it.
pub fn foot(app: AppState, bulk: Bulk) -> Node {
    let ways = Memo::new(move |_| match bulk.phase() {
        Phase::Ended(_) => Ways::Close,
        Phase::Stopping => Ways::Wait,
        Phase::Confirming | Phase::Running | Phase::Held => Ways::Hold,
    });
    Effect::new(move |_| {
        ways.track();
        // The button that was pressed may leave with its row.
        spawn_local(async {
            clock::sleep(0).await;
            if focus::is_lost() {
                focus::focus_id(REPORT_ID);
            }
        });
    });
    part(move || {
        let (ways, foot) = (ways.get(), el("footer"));
        Some(untrack(|| match ways {
            Ways::Hold => hold_or_stop(foot, bulk),
            Ways::Wait => {
                let wait = el("p").class("help").attr("role", "status");
                foot.add(wait.text(text::STOPPING)).node()
            }
            Ways::Close => again_or_close(foot, app, bulk),
        }))
    })
}

fn hold_or_stop(foot: El, bulk: Bulk) -> Node {
    let held = Memo::new(move |_| bulk.phase() == Phase::Held);
    let hold = Callback::new(move |()| bulk.hold(!held.get_untracked()));
    let hold = press("btn primary", hold).live_text(move || {
        let words = if held.get() { text::GO_ON } else { text::HOLD };
        words.to_owned()
    });
    let stop = Callback::new(move |()| bulk.stop());
    foot.add(button("btn", text::CANCEL_REST, stop))
        .add(hold)
        .node()
}

fn again_or_close(foot: El, app: AppState, bulk: Bulk) -> Node {
    let left = rest(bulk);
    let again = (left > 0).then(|| {
        let again = Callback::new(move |()| bulk.run());
        press("btn", again).text(&text::retry_rest(left)).node()
    });
    let close = Callback::new(move |()| app.selection.end());
    foot.add_some(again)
        .add(button("btn primary", text::CLOSE, close))
        .node()
}

/// How many are left that may be sent.
fn rest(bulk: Bulk) -> usize {
    let entries = bulk.entries();
    let left = entries.iter();
    let is_open = |entry: &&Entry| {
        !entry.standing.is_done() && !matches!(entry.standing, Standing::Accepted(_))
    };
    left.filter(is_open)
        .filter(|entry| bulk.may(&entry.key))
        .count()
}
