//! An address that this app does not have.

use leptos::prelude::*;
use web_sys::Node;

use super::PlainPage;
use crate::route::Route;
use crate::text;
use crate::ui::bridge::node;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;

/// [`UnknownPage`] as a node, for what is not a view.
pub fn unknown_page() -> Node {
    node(view! { <UnknownPage/> })
}

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
