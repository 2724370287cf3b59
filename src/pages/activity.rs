//! What was attempted from this tab, with what came of it.

use web_sys::Node;

use super::plain_page;
use crate::route::{Route, Tab};
use crate::state::activity::{Activity, Attempt};
use crate::state::console;
use crate::text;
use crate::ui::block::{badge, copyable, state_block};
use crate::ui::el::{el, fragment, part, text};
use crate::ui::icon::Icon;
use crate::ui::time::moment;

/// The activity page.
pub fn activity_page() -> Node {
    let activity = console().activity;
    plain_page(text::ACTIVITY, part(move || Some(attempts(activity))))
}

fn attempts(activity: Activity) -> Node {
    let all = activity.all();
    if all.is_empty() {
        return state_block(
            Icon::Pulse,
            text::NO_ACTIVITY.to_owned(),
            text::NO_ACTIVITY_TEXT.to_owned(),
            false,
            None,
        );
    }
    let mut heads = el("tr");
    for head in [
        text::WHEN,
        text::ACTION,
        text::WORKSPACE,
        text::RESULT,
        text::REQUEST_ID,
    ] {
        heads = heads.add(el("th").attr("scope", "col").text(head));
    }
    let mut rows = el("tbody");
    for attempt in all {
        rows = rows.add(row(attempt));
    }
    let table = el("table")
        .class("members")
        .attr("aria-label", text::ACTIVITY)
        .add(el("thead").add(heads))
        .add(rows);
    let help = el("p").class("help").text(text::NO_ACTIVITY_TEXT);
    fragment([help.node(), table.node()])
}

fn row(attempt: Attempt) -> Node {
    let name = match attempt.key {
        Some(key) => {
            let to = Route::Workspace {
                key,
                tab: Tab::Overview,
                query: Default::default(),
            };
            el("a")
                .attr("href", &to.href())
                .text(&text::visible(&attempt.name))
        }
        None => el("bdi").text(&text::visible(&attempt.name)),
    };
    let (class, result, request) = match &attempt.result {
        Ok(()) => ("badge ok", text::DONE, None),
        Err(failure) => (
            "badge bad",
            text::outcome(failure),
            failure.service.request_id.as_deref(),
        ),
    };
    let request = match request {
        Some(id) => copyable(text::COPY_REQUEST_ID, id),
        None => text(text::NOT_GIVEN),
    };
    el("tr")
        .add(el("td").add(moment(Some(attempt.at), text::NOT_GIVEN)))
        .add(el("td").text(text::operation(attempt.operation)))
        .add(el("td").class("name").add(name))
        .add(el("td").add(badge(class, result)))
        .add(el("td").class("id").add(request))
        .node()
}
