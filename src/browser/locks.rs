//! Locks that the tabs of one origin share (Web Locks). A page that is closed or ends gives back what it holds.
//! It must not know what a lock is for.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{Either, select};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// A lock while it is held. Dropping it gives it back.
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// What asking for a lock came to.
pub enum Asked {
    /// No other tab has it.
    Got(Lock),
    /// Another tab had it all the time.
    Late,
    /// This browser has none, or does not give any here.
    Nowhere,
}

/// Asks for the lock of this name and waits for it, `limit_ms` at most. One that comes later is given back at once.
pub async fn ask(name: &str, limit_ms: u32) -> Asked {
    let Some((locks, request)) = manager() else {
        return Asked::Nowhere;
    };
    let (Some((done, release)), Some((held, got))) = (promise(), promise()) else {
        return Asked::Nowhere;
    };
    let hold = Closure::once_into_js(move || -> Promise {
        let _ = got.call0(&JsValue::UNDEFINED);
        done
    });
    let lock = Lock(release);
    let asked = request.call2(&locks, &name.into(), &hold);
    let asked = asked
        .ok()
        .and_then(|asked| asked.dyn_into::<Promise>().ok());
    let Some(asked) = asked else {
        return Asked::Nowhere;
    };
    // What is asked for comes to its end only with the lock, or where it is refused.
    let refused = JsFuture::from(asked);
    let limit = Box::pin(clock::sleep(limit_ms));
    let first = select(JsFuture::from(held), select(refused, limit)).await;
    match first {
        Either::Left(_) => Asked::Got(lock),
        Either::Right((Either::Left(_), _)) => Asked::Nowhere,
        Either::Right((Either::Right(_), _)) => Asked::Late,
    }
}

fn manager() -> Option<(JsValue, Function)> {
    let navigator = super::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into().ok()?))
}

/// A promise, and what keeps it.
fn promise() -> Option<(Promise, Function)> {
    let keep: Rc<RefCell<Option<Function>>> = Rc::default();
    let kept = Rc::clone(&keep);
    let promise = Promise::new(&mut move |resolve, _| {
        kept.replace(Some(resolve));
    });
    Some((promise, keep.take()?))
}
