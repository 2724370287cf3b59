//! A panic ends a WebAssembly page: nothing of the app can run afterwards. What is left is to say
//! so, outside the app, by the script that started it. What people typed is safe already: drafts
//! are stored at every input (state/drafts.rs).

use wasm_bindgen::{JsCast, JsValue};

/// Makes every panic show the bar of boot.js. The bar's words are in boot.js, because the app's
/// own memory can no longer be trusted; the panic's text goes to the browser's console alone.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let text = match panic.location() {
            Some(place) => {
                // Its folders are those of whoever built it, and nobody else's business.
                let file = place.file().rsplit('/').next().unwrap_or_default();
                [file, ":", &place.line().to_string()].concat()
            }
            None => String::new(),
        };
        let boot = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("steward"));
        let stopped =
            boot.and_then(|boot| js_sys::Reflect::get(&boot, &JsValue::from_str("stopped")));
        if let Some(stopped) = stopped
            .ok()
            .and_then(|value| value.dyn_into::<js_sys::Function>().ok())
        {
            // A bar that cannot be drawn leaves nothing further to try.
            let _ = stopped.call1(&JsValue::UNDEFINED, &JsValue::from_str(&text));
        }
    }));
}
