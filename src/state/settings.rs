//! Settings of this browser: appearance, density, keyboard. Kept across visits; nothing about a
//! person or an account is among them.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::json::{self, lenient};
use crate::browser::{page, storage};

/// What can be set. boot.js reads `theme` and `density` before the first paint.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(Debug))]
#[serde(default)]
pub struct Values {
    /// `light`, `dark`, or empty for the system's.
    #[serde(deserialize_with = "lenient")]
    pub theme: String,
    /// `compact`, or empty for comfortable.
    #[serde(deserialize_with = "lenient")]
    pub density: String,
    /// Single keys do nothing (WCAG 2.1.4).
    #[serde(deserialize_with = "lenient")]
    pub keys_off: bool,
}

/// The settings.
#[derive(Clone, Copy)]
pub struct Settings(RwSignal<Values>);

impl Settings {
    pub(super) fn new() -> Self {
        let values = storage::settings_get()
            .and_then(|text| json::parse(&text))
            .unwrap_or_default();
        Self(RwSignal::new(values))
    }

    /// The settings as they are.
    #[must_use]
    pub fn get(self) -> Values {
        self.0.get()
    }

    /// Subscribes to every setting.
    pub fn track(self) {
        self.0.track();
    }

    /// Whether single keys do something.
    #[must_use]
    pub fn keys_on(self) -> bool {
        self.0.with_untracked(|values| !values.keys_off)
    }

    /// Changes settings, applies them and keeps them.
    pub fn change(self, change: impl FnOnce(&mut Values)) {
        self.0.update(change);
        self.0.with_untracked(|values| {
            page::set_theme(Some(values.theme.as_str()).filter(|theme| !theme.is_empty()));
            page::set_density(Some(values.density.as_str()).filter(|density| !density.is_empty()));
            storage::settings_set(&json::print(values));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written_and_what_is_missing_is_the_default() {
        let values = Values {
            theme: "dark".into(),
            density: "compact".into(),
            keys_off: true,
        };
        assert_eq!(
            json::print(&values),
            r#"{"theme":"dark","density":"compact","keys_off":true}"#
        );
        assert_eq!(json::parse(&json::print(&values)), Some(values));
        assert_eq!(json::parse("{}"), Some(Values::default()));
        let odd = r#"{"theme":7,"density":null,"more":[1]}"#;
        assert_eq!(json::parse(odd), Some(Values::default()));
        assert_eq!(json::parse::<Values>("no"), None);
    }
}
