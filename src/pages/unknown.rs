//! An address that this app does not have.

use leptos::prelude::*;

use super::{href, plain_page};
use crate::route::Route;
use crate::text;
use crate::ui::block::state_block;
use crate::ui::icon::Icon;

/// Says so, and offers the way on.
pub fn unknown_page() -> AnyView {
    let way_on = view! {
        <a class="btn primary" href=href(&Route::List(Default::default()))>{text::TO_WORKSPACES}</a>
    };
    plain_page(
        text::NOT_FOUND,
        state_block(
            Icon::Find,
            text::NO_SUCH_PAGE.to_owned(),
            String::new(),
            false,
            Some(way_on.into_any()),
        ),
    )
}
