//! Settings of this browser.

use leptos::prelude::*;

use crate::components::page::PlainPage;
use crate::state::app_state;
use crate::state::settings::Values;
use crate::text;

/// One thing to set: its name in the form, its legend, its options and what they are called.
struct Choice {
    name: &'static str,
    legend: &'static str,
    options: &'static [(&'static str, &'static str)],
    read: fn(&Values) -> &str,
    write: fn(&mut Values, &str),
}

static CHOICES: [Choice; 3] = [
    Choice {
        name: "theme",
        legend: text::THEME,
        options: &[
            ("", text::THEME_SYSTEM),
            ("light", text::THEME_LIGHT),
            ("dark", text::THEME_DARK),
        ],
        read: |values| &values.theme,
        write: |values, value| values.theme = value.to_owned(),
    },
    Choice {
        name: "density",
        legend: text::DENSITY,
        options: &[
            ("", text::DENSITY_COMFORTABLE),
            ("compact", text::DENSITY_COMPACT),
        ],
        read: |values| &values.density,
        write: |values, value| values.density = value.to_owned(),
    },
    Choice {
        name: "keys",
        legend: text::KEYS,
        options: &[("", text::KEYS_ON), ("off", text::KEYS_OFF)],
        read: |values| if values.keys_off { "off" } else { "" },
        write: |values, value| values.keys_off = value == "off",
    },
];

/// The settings page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let groups = CHOICES
        .iter()
        .map(|choice| view! { <ChoiceGroup choice=choice/> })
        .collect_view();
    view! {
        <PlainPage heading=text::SETTINGS>
            <form class="settings">{groups}</form>
        </PlainPage>
    }
}

/// One thing to set, with all its options.
#[component]
fn ChoiceGroup(choice: &'static Choice) -> impl IntoView {
    let options = choice.options.iter();
    view! {
        <fieldset>
            <legend>{choice.legend}</legend>
            {options
                .map(|&(value, label)| view! { <ChoiceOption choice=choice value=value label=label/> })
                .collect_view()}
        </fieldset>
    }
}

/// One option. It is set as soon as it is chosen.
#[component]
fn ChoiceOption(
    choice: &'static Choice,
    value: &'static str,
    label: &'static str,
) -> impl IntoView {
    let settings = app_state().settings;
    view! {
        <label>
            <input
                type="radio"
                name=choice.name
                value=value
                prop:checked=move || (choice.read)(&settings.get()) == value
                on:change=move |_| settings.change(|values| (choice.write)(values, value))
            />
            <span>{label}</span>
        </label>
    }
}
