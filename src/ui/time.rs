//! Moments as people read them: relative in view, exact on hover and to machines. Every relative time on
//! the page moves on together, by one ticker a minute, however many there are. It must not know what happened then.

use crate::browser::{clock, clock::Timer, intl};
use leptos::either::Either;
use leptos::prelude::*;

thread_local! {
    /// The minute's beat, and the timer that gives it, for as long as the page lives.
    static TICKER: (ArcTrigger, Timer) = {
        let beat = ArcTrigger::new();
        let given = beat.clone();
        (beat, Timer::every(60_000, move || given.notify()))
    };
}

/// Follows the ticker: what asks here is worked out again with its next beat.
pub fn follow_minute() {
    TICKER.with(|(beat, _)| beat.clone()).track();
}

/// `at_ms` as "2 min ago" with the exact moment as its title; `missing` where there is none.
#[component]
pub fn Moment(
    /// In milliseconds since 1970.
    at_ms: Option<f64>,
    /// What stands there where there is none.
    missing: &'static str,
) -> impl IntoView {
    let Some(at) = at_ms else {
        return Either::Left(missing);
    };
    let shown = move || {
        follow_minute();
        intl::relative(at, clock::now())
    };
    Either::Right(view! {
        <time datetime=intl::iso(at) title=intl::date_time(at) prop:textContent=shown></time>
    })
}

/// `at_ms` exact to the minute, in the person's own time zone.
#[component]
pub fn ExactTime(
    /// In milliseconds since 1970.
    at_ms: f64,
) -> impl IntoView {
    view! { <time datetime=intl::iso(at_ms)>{intl::date_time(at_ms)}</time> }
}
