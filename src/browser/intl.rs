//! Dates, spans of time and numbers in the words of the browser's own locale, and names in its order. The
//! formatters are made once, at first use: making one costs more than a hundred uses. It never fails: a
//! moment that is no date is an empty string. It must not know what a date belongs to.

use std::cmp::Ordering;

use js_sys::{
    Array, Date, Function,
    Intl::{self, DateTimeFormat, NumberFormat, RelativeTimeFormat},
    JsString, Map, Object, Reflect,
};
use steward_domain::listing::Language;
use wasm_bindgen::{JsCast, JsValue};

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
/// The last moment a `Date` can hold: beyond it the platform throws.
const LAST: f64 = 8.64e15;

thread_local! {
    static RELATIVE: RelativeTimeFormat = RelativeTimeFormat::new(
        &Array::new(),
        &options("style", "short", "numeric", "auto"),
    );
    static DATE_TIME: Function =
        DateTimeFormat::new(&Array::new(), &options("dateStyle", "medium", "timeStyle", "short")).format();
    static DATE: Function =
        DateTimeFormat::new(&Array::new(), &options("dateStyle", "medium", "", "")).format();
    static COMPARE: Function = {
        let options = Object::new();
        // Numbers in names count by their value. A plain object takes every property.
        let _ = Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
        Intl::Collator::new(&Array::new(), &options).compare()
    };
    static NUMBER: Function = NumberFormat::new(&Array::new(), &Object::new()).format();
}

/// How long ago `then` was, short: "now", "2 min ago", "yesterday", "3 wk ago", and the date itself once
/// a span of time says less than it. A moment ahead of our clock by a little is "now": clocks differ.
#[must_use]
pub fn relative(then: f64, now: f64) -> String {
    let age = now - then;
    if !(-MINUTE..30.0 * DAY).contains(&age) {
        return date(then);
    }
    let (count, unit) = if age < MINUTE {
        (0.0, "second")
    } else if age < HOUR {
        (age / MINUTE, "minute")
    } else if age < DAY {
        (age / HOUR, "hour")
    } else {
        // "Yesterday" is a matter of midnights, not of 24 hours.
        let days = local_day(now) - local_day(then);
        if days < 14.0 {
            (days, "day")
        } else {
            (days / 7.0, "week")
        }
    };
    RELATIVE.with(|format| {
        // English abbreviates with a full stop inside the phrase, which reads as noise in a column.
        String::from(format.format(-count.floor(), unit).replace(". ", " "))
    })
}

/// Date and time, exact to the minute.
#[must_use]
pub fn date_time(ms: f64) -> String {
    DATE_TIME.with(|format| moment(format, ms))
}

/// The date alone.
#[must_use]
pub fn date(ms: f64) -> String {
    DATE.with(|format| moment(format, ms))
}

/// A count with the locale's grouping.
#[must_use]
pub fn number(count: usize) -> String {
    NUMBER.with(|format| call(format, count as f64))
}

/// The order of names in the browser's own locale, with the numbers in them by value.
pub struct Collator;

impl Language for Collator {
    fn compare(&self, a: &str, b: &str) -> Ordering {
        let answer =
            COMPARE.with(|compare| compare.call2(&JsValue::UNDEFINED, &a.into(), &b.into()));
        let answer = answer.ok().and_then(|answer| answer.as_f64());
        answer.map_or(Ordering::Equal, |answer| answer.total_cmp(&0.0))
    }

    /// All of the comparing is the browser's own: to call it for each pair from here took several times as
    /// long.
    fn sorted(&self, texts: &[&str]) -> Vec<u32> {
        let (names, places) = (Array::new(), Map::new());
        for (place, text) in (0_u32..).zip(texts) {
            let name = JsValue::from_str(text);
            places.set(&name, &place.into());
            names.push(&name);
        }
        let sort = Reflect::get(&names, &"sort".into()).ok();
        if let Some(sort) = sort.and_then(|sort| sort.dyn_into::<Function>().ok()) {
            // Sorts in place; what it gives back is the same array.
            let _ = COMPARE.with(|compare| sort.call1(&names, compare));
        }
        let place = |name| places.get(&name).as_f64();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let sorted = names.iter().filter_map(place).map(|place| place as u32);
        sorted.collect()
    }
}

/// An amount of this currency, by its code of three letters, which has to be one that exists.
#[must_use]
pub fn money(amount: f64, currency: &'static str) -> String {
    let style = options("style", "currency", "currency", currency);
    call(&NumberFormat::new(&Array::new(), &style).format(), amount)
}

/// The moment as machines read it, for `datetime` attributes. Empty for what is no date.
#[must_use]
pub fn iso(ms: f64) -> String {
    if ms.abs() <= LAST {
        String::from(Date::new(&ms.into()).to_iso_string())
    } else {
        String::new()
    }
}

fn moment(format: &Function, ms: f64) -> String {
    // Also refuses what is not a number.
    if ms.abs() <= LAST {
        call(format, ms)
    } else {
        String::new()
    }
}

fn call(format: &Function, value: f64) -> String {
    format
        .call1(&JsValue::UNDEFINED, &value.into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn local_day(ms: f64) -> f64 {
    let offset = Date::new(&ms.into()).get_timezone_offset();
    ((ms - offset * MINUTE) / DAY).floor()
}

fn options(name: &str, value: &str, other: &str, other_value: &str) -> Object {
    let options = Object::new();
    for (name, value) in [(name, value), (other, other_value)] {
        if !name.is_empty() {
            // A plain object takes every property.
            let _ = Reflect::set(&options, &JsString::from(name), &JsString::from(value));
        }
    }
    options
}
