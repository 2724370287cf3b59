//! Settings of this browser.

use web_sys::Node;

use super::plain_page;
use crate::state::app_state;
use crate::state::settings::{Settings, Values};
use crate::text;
use crate::ui::el::el;

/// One thing to set: its name in the form, its legend, its options and what they are called.
struct Choice {
    name: &'static str,
    legend: &'static str,
    options: &'static [(&'static str, &'static str)],
    read: fn(&Values) -> &str,
    write: fn(&mut Values, &str),
}

const CHOICES: [Choice; 3] = [
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
pub fn settings_page() -> Node {
    let settings = app_state().settings;
    let mut form = el("form").class("settings");
    for choice in &CHOICES {
        let mut group = el("fieldset").add(el("legend").text(choice.legend));
        for (value, label) in choice.options {
            group = group.add(radio(settings, choice, value, label));
        }
        form = form.add(group);
    }
    plain_page(text::SETTINGS, form.node())
}

fn radio(
    settings: Settings,
    choice: &'static Choice,
    value: &'static str,
    label: &'static str,
) -> Node {
    let input = el("input")
        .attr("type", "radio")
        .attr("name", choice.name)
        .attr("value", value)
        .property("checked", move || {
            ((choice.read)(&settings.get()) == value).into()
        })
        .on("change", move |_| {
            settings.change(|values| (choice.write)(values, value));
        });
    let label = el("span").text(label);
    el("label").add(input).add(label).node()
}
