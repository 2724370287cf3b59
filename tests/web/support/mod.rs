//! What every test stands on: a page with the app in it, a network that is ours, and ways to look
//! and to act that a person has too. Must not know a screen.

pub mod act;
pub mod console;
pub mod look;
pub mod net;
pub mod page;
pub mod world;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Runs a few words of JavaScript, for what the bindings of the app do not cover.
pub fn js(parameters: &str, body: &str, values: &[&JsValue]) -> JsValue {
    let values: Array = values.iter().map(|value| (*value).clone()).collect();
    Function::new_with_args(parameters, body)
        .apply(&JsValue::UNDEFINED, &values)
        .unwrap()
}

/// A property of a value.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap()
}

/// Replaces a property of a value, and gives the former back.
pub fn swap(of: &JsValue, name: &str, value: &JsValue) -> JsValue {
    let before = get(of, name);
    Reflect::set(of, &JsValue::from_str(name), value).unwrap();
    before
}

/// The same as another type. Fails the test if it is none.
pub fn cast<T: JsCast>(value: impl Into<JsValue>) -> T {
    value
        .into()
        .dyn_into()
        .unwrap_or_else(|value| panic!("not of the type wanted: {value:?}"))
}
