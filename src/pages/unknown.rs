//! An address that this app does not have.

use web_sys::Node;

use super::{link, plain_page};
use crate::route::Route;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::state_block;

/// Says so, and offers the way on.
pub fn unknown_page() -> Node {
    let way_on = link("btn primary", &Route::List(Default::default())).text(text::TO_WORKSPACES);
    plain_page(
        text::NOT_FOUND,
        state_block(
            Icon::Find,
            text::NO_SUCH_PAGE.to_owned(),
            String::new(),
            false,
            Some(way_on.node()),
        ),
    )
}
