//! Settings of this browser.

use leptos::prelude::*;

use super::plain_page;
use crate::state::console;
use crate::state::settings::Values;
use crate::text;

type Read = fn(&Values) -> &str;
type Write = fn(&mut Values, &str);

/// The settings page.
pub fn settings_page() -> AnyView {
    let content = view! {
        <form class="settings">
            {choice(
                "theme",
                text::THEME,
                &[("", text::THEME_SYSTEM), ("light", text::THEME_LIGHT), ("dark", text::THEME_DARK)],
                |values| &values.theme,
                |values, value| values.theme = value.to_owned(),
            )}
            {choice(
                "density",
                text::DENSITY,
                &[("", text::DENSITY_COMFORTABLE), ("compact", text::DENSITY_COMPACT)],
                |values| &values.density,
                |values, value| values.density = value.to_owned(),
            )}
            {choice(
                "keys",
                text::KEYS,
                &[("", text::KEYS_ON), ("off", text::KEYS_OFF)],
                |values| if values.keys_off { "off" } else { "" },
                |values, value| values.keys_off = value == "off",
            )}
        </form>
    };
    plain_page(text::SETTINGS, content.into_any())
}

fn choice(
    name: &'static str,
    legend: &'static str,
    options: &'static [(&'static str, &'static str)],
    read: Read,
    write: Write,
) -> AnyView {
    let settings = console().settings;
    let radios = options
        .iter()
        .map(|(value, label)| {
            view! {
                <label>
                    <input
                        type="radio"
                        name=name
                        value=*value
                        prop:checked=move || read(&settings.get()) == *value
                        on:change=move |_| settings.change(|values| write(values, value))
                    />
                    <span>{*label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{legend}</legend>
            {radios}
        </fieldset>
    }
    .into_any()
}
