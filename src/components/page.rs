//! The frame that pages share, and where focus goes when what held it is gone. Must not know which page it frames.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, focus};
use crate::text;
use crate::ui::icon::Icon;

/// The id of the place where confirmations are drawn.
pub const NOTICES_ID: &str = "notices";

/// What held the focus may leave with what is drawn anew: then it goes to the page's heading.
pub fn mend_focus() {
    spawn_local(async {
        clock::sleep(0).await;
        if focus::is_lost() {
            focus::focus_heading();
        }
    });
}

/// The product's mark and name.
#[component]
pub(crate) fn Brand() -> impl IntoView {
    view! {
        <div class="brand">
            <Icon icon=Icon::Brand/>
            <span>{text::STEWARD}</span>
        </div>
    }
}

/// The frame of a page that is not the list: a heading and what stands below it.
#[component]
pub(crate) fn PlainPage(heading: &'static str, children: Children) -> impl IntoView {
    view! {
        <main class="main" id="main" tabindex="-1">
            <div class="page">
                <header class="head">
                    <h1>{heading}</h1>
                </header>
                <div class="scroll plain">{children()}</div>
            </div>
        </main>
    }
}
