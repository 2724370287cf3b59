//! A window of its own, beside the page. It must not know what it is for.

use wasm_bindgen::JsValue;

/// Opens `url` in a small window that knows nothing of this page. To be called while a press is handled,
/// or browsers refuse. Says whether this one let it.
#[must_use]
pub fn open(url: &str) -> bool {
    let Some(page) = super::window() else {
        return false;
    };
    // Empty at first: a window that is told to forget its opener at its birth cannot be told from one
    // that was blocked.
    let opened = page.open_with_url_and_target_and_features("", "_blank", SIZE);
    let Ok(Some(window)) = opened else {
        return false;
    };
    let _ = window.set_opener(&JsValue::NULL);
    window.location().set_href(url).is_ok()
}

const SIZE: &str = "popup,width=520,height=720";
