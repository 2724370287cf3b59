//! Time and timers. A [`Timer`] that is dropped never fires, so a page that goes away takes its timers
//! along. It must not know what anything waits for.

use js_sys::{Date, Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970, by the person's own clock, which may be wrong.
#[must_use]
pub fn now() -> f64 {
    Date::now()
}

/// Resolves after `ms` milliseconds, or never where there is no window.
pub async fn sleep(ms: u32) {
    let wait = Promise::new(&mut |resolve: Function, _reject: Function| {
        schedule(&resolve, ms, false);
    });
    // A timer cannot be refused: the promise has no way to reject.
    let _ = JsFuture::from(wait).await;
}

/// Resolves when the page has nothing else to do, or a little later where a browser cannot tell.
pub async fn idle() {
    let wait = Promise::new(&mut |resolve: Function, _reject: Function| {
        let ask = js_sys::Reflect::get(&js_sys::global(), &"requestIdleCallback".into());
        match ask.ok().and_then(|ask| ask.dyn_into::<Function>().ok()) {
            Some(ask) => drop(ask.call1(&JsValue::UNDEFINED, &resolve)),
            None => drop(schedule(&resolve, 200, false)),
        }
    });
    let _ = JsFuture::from(wait).await;
}

/// A pending call. Keep it; dropping it cancels.
#[must_use = "a timer that is dropped never fires"]
pub struct Timer {
    id: i32,
    repeats: bool,
    _run: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `run` once, `ms` milliseconds from now.
    pub fn after(ms: u32, run: impl FnOnce() + 'static) -> Self {
        let mut run = Some(run);
        let once = move || {
            if let Some(run) = run.take() {
                run();
            }
        };
        Self::start(ms, Box::new(once), false)
    }

    /// Calls `run` every `ms` milliseconds, the first time after the first interval.
    pub fn every(ms: u32, run: impl FnMut() + 'static) -> Self {
        Self::start(ms, Box::new(run), true)
    }

    fn start(ms: u32, run: Box<dyn FnMut()>, repeats: bool) -> Self {
        let run = Closure::wrap(run);
        let id = schedule(run.as_ref().unchecked_ref(), ms, repeats);
        Self {
            id,
            repeats,
            _run: run,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let Some(window) = super::window() else {
            return;
        };
        if self.repeats {
            window.clear_interval_with_handle(self.id);
        } else {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

fn schedule(run: &Function, ms: u32, repeats: bool) -> i32 {
    // The browser reads the delay as a signed number and fires at once when it does not fit.
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    let Some(window) = super::window() else {
        return 0;
    };
    let id = if repeats {
        window.set_interval_with_callback_and_timeout_and_arguments_0(run, ms)
    } else {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(run, ms)
    };
    id.unwrap_or_default()
}
