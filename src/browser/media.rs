//! Media queries: the width, the theme and the motion a person has. It must not know what follows from them.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MediaQueryList;

/// Whether the query holds now; false where the browser cannot tell.
#[must_use]
pub fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

/// A query under watch. Keep it; dropping it ends the watch.
#[must_use = "a watch that is dropped sees nothing"]
pub struct Watch {
    list: MediaQueryList,
    run: Closure<dyn FnMut()>,
}

/// Calls `run` whenever the answer to the query changes; nothing where the browser cannot tell.
pub fn watch(query: &str, run: Box<dyn FnMut()>) -> Option<Watch> {
    let list = list(query)?;
    let run = Closure::wrap(run);
    let _ = list.add_event_listener_with_callback("change", run.as_ref().unchecked_ref());
    Some(Watch { list, run })
}

impl Drop for Watch {
    fn drop(&mut self) {
        let run = self.run.as_ref().unchecked_ref();
        let _ = self.list.remove_event_listener_with_callback("change", run);
    }
}

fn list(query: &str) -> Option<MediaQueryList> {
    super::window()?.match_media(query).ok()?
}
