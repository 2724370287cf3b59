//! An address that this app does not have.

use leptos::prelude::*;

use crate::components::page::PlainPage;
use crate::routes::Route;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;

/// Says so, and offers the way on.
#[component]
pub(crate) fn UnknownPage() -> impl IntoView {
    view! {
        <PlainPage heading=text::NOT_FOUND>
            <StateBlock icon=Icon::Find title=text::NO_SUCH_PAGE text="">
                <a class="btn primary" href=Route::List(Default::default()).href()>
                    {text::TO_WORKSPACES}
                </a>
            </StateBlock>
        </PlainPage>
    }
}
