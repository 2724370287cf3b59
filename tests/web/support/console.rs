//! The browser's console: an error or a warning there fails the test that caused it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::{cast, get, js, swap};

/// Listens to the console.
pub struct Console {
    said: Rc<RefCell<Vec<String>>>,
    former: Vec<(&'static str, JsValue)>,
    _listeners: Vec<Closure<dyn FnMut(Array)>>,
}

impl Console {
    /// Begins to listen. What is said is passed on, so that a failing test shows it.
    pub fn listen() -> Self {
        let said = Rc::new(RefCell::new(Vec::new()));
        let console = get(&js_sys::global(), "console");
        let mut former = Vec::new();
        let mut listeners = Vec::new();
        for method in ["error", "warn"] {
            let said = Rc::clone(&said);
            let listener = Closure::<dyn FnMut(Array)>::new(move |words: Array| {
                let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
                said.borrow_mut()
                    .push(format!("console.{method}: {}", words.join(" ")));
            });
            let wrap = "return (...words) => { listener(words); before.apply(console, words); }";
            let before = get(&console, method);
            let function: &JsValue = listener.as_ref();
            let wrapped = js("listener, before", wrap, &[function, &before]);
            former.push((method, swap(&console, method, &wrapped)));
            listeners.push(listener);
        }
        Self {
            said,
            former,
            _listeners: listeners,
        }
    }

    /// What was said so far.
    pub fn said(&self) -> Vec<String> {
        self.said.borrow().clone()
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let console: JsValue = cast::<js_sys::Object>(get(&js_sys::global(), "console")).into();
        for (method, function) in &self.former {
            swap(&console, method, function);
        }
    }
}
