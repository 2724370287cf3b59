//! The clipboard, writing only: nothing here ever reads what a person copied elsewhere.

use wasm_bindgen_futures::JsFuture;

/// Puts `text` on the clipboard; false where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = super::window() else {
        return false;
    };
    let clipboard = window.navigator().clipboard();
    // It is withheld outside a secure context, whatever the binding's type says.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
