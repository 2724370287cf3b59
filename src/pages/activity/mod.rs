//! What was attempted from this tab, with what was wanted and what came of it; and the same as a file.

pub mod resume;

use leptos::prelude::*;
use steward_domain::failure::FailureKind;
use web_sys::Node;

use super::{plain_page, undo};
use crate::browser::download;
use crate::route::{Route, Tab};
use crate::state::activity::{Attempt, FieldChange, Outcome, Subject, report};
use crate::state::export::Format;
use crate::state::navigation::Navigation;
use crate::state::notices::Mark;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::el::{el, fragment, part, text};
use crate::ui::icon::Icon;
use crate::ui::layout::{badge, button, copyable, state_block};
use crate::ui::time::moment;

/// The activity page.
pub fn activity_page() -> Node {
    let (app, navigation) = (app_state(), Navigation::get());
    let all = part(move || Some(attempts(app, navigation)));
    plain_page(text::ACTIVITY, all)
}

fn attempts(app: AppState, navigation: Navigation) -> Node {
    let all = app.activity.all();
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
        text::WHAT_CHANGES,
        text::RESULT,
        text::REQUEST_ID,
    ] {
        heads = heads.add(el("th").attr("scope", "col").text(head));
    }
    let mut rows = el("tbody");
    for attempt in all {
        rows = rows.add(row(app, navigation, attempt));
    }
    let table = el("table")
        .class("members")
        .attr("aria-label", text::ACTIVITY)
        .add(el("thead").add(heads))
        .add(rows);
    let help = el("p").class("help").text(text::NO_ACTIVITY_TEXT);
    let acts = el("div")
        .class("acts")
        .add(button("btn", text::EXPORT_CSV, save(app, Format::Csv)))
        .add(button("btn", text::EXPORT_JSON, save(app, Format::Json)));
    fragment([help.node(), acts.node(), table.node()])
}

fn save(app: AppState, format: Format) -> Callback<()> {
    Callback::new(move |()| {
        let all = untrack(|| app.activity.all());
        let source = text::NO_ACTIVITY_TEXT;
        let file = report::file(&all, app.accounts, format, source);
        let said = match download::save(&file.name, file.media_type, &file.text) {
            true => text::saved_as(&file.name),
            false => text::FILE_NOT_TAKEN.to_owned(),
        };
        app.notices.confirm(said);
    })
}

/// The class of the badge with how something was done: marked as its confirmation was.
fn done_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Otherwise => "badge warn",
        Mark::Done | Mark::Open => "badge ok",
    }
}

fn row(app: AppState, navigation: Navigation, attempt: Attempt) -> Node {
    let action = &attempt.action;
    let name = match &action.key {
        Some(key) => {
            let to = Route::Workspace {
                key: key.clone(),
                tab: Tab::Overview,
                query: Default::default(),
            };
            el("a")
                .attr("href", &to.href())
                .attr("translate", "no")
                .text(&text::visible(&action.name))
        }
        None => el("bdi").text(&text::visible(&action.name)),
    };
    let (class, result) = match &attempt.outcome {
        Outcome::UnderWay => ("badge", text::UNDER_WAY_NOW),
        Outcome::Lost => ("badge bad", text::NOT_KNOWN),
        Outcome::Done(how) => (done_class(Mark::of(*how)), text::done_how(*how)),
        // What is accepted is no failure, and not done.
        Outcome::Failed(failure) if failure.kind == FailureKind::NotShown => {
            ("badge", text::outcome(failure))
        }
        Outcome::Failed(failure) => ("badge bad", text::outcome(failure)),
    };
    let said = match &attempt.outcome {
        Outcome::Failed(failure) => Some(text::failure_words(failure)),
        Outcome::Lost => Some(text::PAGE_CLOSED.to_owned()),
        Outcome::Done(_) => attempt.left.as_deref().map(text::left_to_do),
        Outcome::UnderWay => None,
    };
    let said = said.map(|words| el("p").class("m").text(&words).node());
    let operation = text::operation(action.operation);
    let operation = match action.undoes {
        Some(_) => text::undo_of(operation),
        None => operation.to_owned(),
    };
    let request = match &attempt.request_id {
        Some(id) => copyable(text::COPY_REQUEST_ID, id),
        None => text(text::NOT_GIVEN),
    };
    #[allow(clippy::cast_precision_loss)]
    let at = attempt.at as f64;
    el("tr")
        .add(el("td").add(moment(Some(at), text::NOT_GIVEN)))
        .add(el("td").text(&operation))
        .add(el("td").class("name").add(name))
        .add(el("td").class("turns").add(changes(&action.changes)))
        .add(
            el("td")
                .add(badge(class, result))
                .add_some(said)
                .add(undo::way(app, navigation, &attempt)),
        )
        .add(el("td").class("id").attr("translate", "no").add(request))
        .node()
}

fn changes(changes: &[FieldChange]) -> Node {
    let mut list = el("ul");
    for change in changes {
        let what = match &change.subject {
            Subject::Field(field) => text::field(*field).to_owned(),
            Subject::State => text::STATE.to_owned(),
            Subject::Member(id) | Subject::Thing(id) => id.clone(),
        };
        let value = |words: &str| match words.is_empty() {
            true => el("span").class("m").text(text::NONE),
            false => el("bdi").text(&text::visible(words)),
        };
        list = list.add(
            el("li")
                .add(el("strong").text(&text::visible(&what)))
                .text(" ")
                .add(value(&change.before))
                .text(" → ")
                .add(value(&change.after)),
        );
    }
    list.node()
}
