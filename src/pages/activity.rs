//! What was attempted from this tab, with what came of it.

use leptos::prelude::*;
use steward_domain::failure::Failure;

use super::{href, plain_page};
use crate::route::{Route, Tab};
use crate::state::activity::Attempt;
use crate::state::console;
use crate::text;
use crate::ui::block::{badge, copyable, state_block};
use crate::ui::icon::Icon;
use crate::ui::time::moment;

/// The activity page.
pub fn activity_page() -> AnyView {
    let activity = console().activity;
    let content = move || {
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
        let rows = all.into_iter().map(attempt).collect_view();
        view! {
            <p class="help">{text::NO_ACTIVITY_TEXT}</p>
            <table class="members" aria-label=text::ACTIVITY>
                <thead>
                    <tr>
                        <th scope="col">{text::WHEN}</th>
                        <th scope="col">{text::ACTION}</th>
                        <th scope="col">{text::WORKSPACE}</th>
                        <th scope="col">{text::RESULT}</th>
                        <th scope="col">{text::REQUEST_ID}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    plain_page(text::ACTIVITY, view! { {move || content()} }.into_any())
}

fn attempt(attempt: Attempt) -> AnyView {
    let to = Route::Workspace {
        key: attempt.key,
        tab: Tab::Overview,
        query: Default::default(),
    };
    let (class, result) = match &attempt.result {
        Ok(()) => ("badge ok", text::DONE),
        Err(failure) => ("badge bad", text::outcome(failure)),
    };
    let request = attempt
        .result
        .err()
        .and_then(|Failure { service, .. }| service.request_id);
    view! {
        <tr>
            <td>{moment(Some(attempt.at), text::NOT_GIVEN)}</td>
            <td>{text::action(attempt.action)}</td>
            <td class="name"><a href=href(&to)>{attempt.name}</a></td>
            <td>{badge(class, result)}</td>
            <td class="id">
                {match request {
                    Some(id) => copyable(text::COPY_REQUEST_ID, &id),
                    None => text::NOT_GIVEN.into_any(),
                }}
            </td>
        </tr>
    }
    .into_any()
}
