//! A refusal because the workspace is still in use: in the service's terms, with its own words whole.

use steward_domain::failure::Failure;
use steward_domain::provider::Description;
use web_sys::Node;

use crate::pages::failed::failed_note;
use crate::text;
use crate::ui::el::el;

/// The refusal.
pub fn in_use(failure: &Failure, service: &Description) -> Node {
    let whole = failed_note(failure, None);
    // A note begins with its title and its sentence: what every service has in common. Here it is
    // known what this one means.
    for _ in 0..2 {
        if let Some(common) = whole.first_child() {
            let _ = whole.remove_child(&common);
        }
    }
    let sentence = text::still_in_use(service);
    let details = whole.first_child();
    for own in [
        el("strong").text(text::STILL_IN_USE),
        el("p").text(&sentence),
    ] {
        let _ = whole.insert_before(&own.node(), details.as_ref());
    }
    whole
}
