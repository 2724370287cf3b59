//! Where the keyboard is, and where it goes. It must not know why.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves focus to the element with this id; false if there is none or it cannot hold it.
pub fn focus_id(id: &str) -> bool {
    super::document()
        .and_then(|document| document.get_element_by_id(id))
        .is_some_and(give)
}

/// Moves focus to the page's heading, as a page load would tell a listener where they are.
pub fn focus_heading() -> bool {
    let Some(heading) =
        super::document().and_then(|document| document.query_selector("main h1").ok()?)
    else {
        return false;
    };
    // A heading holds focus only if it says so, and must stay out of the tab order.
    let _ = heading.set_attribute("tabindex", "-1");
    give(heading)
}

thread_local! {
    /// What was given focus last by this page or its browser, and not by a person.
    static GIVEN: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Where focus was at a moment.
pub struct Was(Option<Element>);

/// Where focus is now.
#[must_use]
pub fn here() -> Was {
    Was(active())
}

/// What has focus at this moment was given it by the page or its browser, and not by a person.
pub fn settle() {
    GIVEN.set(active());
}

impl Was {
    /// Whether a person has moved it since: who types somewhere by now is not to be taken away.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        let now = active();
        !is_lost() && now != self.0 && GIVEN.with_borrow(|given| now != *given)
    }
}

/// Whether focus is nowhere: what had it has left the page.
#[must_use]
pub fn is_lost() -> bool {
    active().is_none_or(|element| element.tag_name() == "BODY")
}

/// Whether focus is inside an element that fits this selector.
#[must_use]
pub fn is_within(selector: &str) -> bool {
    active().is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

pub(crate) fn give(element: Element) -> bool {
    let Ok(element) = element.dyn_into::<HtmlElement>() else {
        return false;
    };
    let _ = element.focus();
    let has_it = active().is_some_and(|active| active.is_same_node(Some(&element)));
    if has_it {
        settle();
    }
    has_it
}

fn active() -> Option<Element> {
    super::document()?.active_element()
}
