//! An address that this app does not have.

use leptos::prelude::*;
use leptos_router::components::A;

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
                <A
                    href=Route::List(Default::default()).href()
                    exact=true
                    attr:class="btn primary"
                >
                    {text::TO_WORKSPACES}
                </A>
            </StateBlock>
        </PlainPage>
    }
}
