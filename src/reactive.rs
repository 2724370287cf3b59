//! Leptos' reactive graph with every closure and future boxed at the door.
//!
//! Each generic call of the graph copies its machinery for the type of its closure; these copy it
//! once for the type of its value, which is what 30 kB of the download were (docs/DECISIONS.md).
//! Guarantees and meaning are those of Leptos; must not know anything of this app.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;

/// Something that gives a value each time it is asked.
///
/// In place of `Box<dyn Fn>`, whose table holds two more functions for every closure.
pub trait Ask<T> {
    /// Asks.
    fn ask(&self) -> T;
}

impl<T, F: Fn() -> T> Ask<T> for F {
    fn ask(&self) -> T {
        self()
    }
}

/// The same for what changes itself by being asked.
pub trait Turn {
    /// Once more.
    fn turn(&mut self);
}

impl<F: FnMut()> Turn for F {
    fn turn(&mut self) {
        self();
    }
}

/// A value worked out again only when a signal in it changes, and passed on only when it differs.
#[must_use]
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    memo_boxed(Box::new(value))
}

#[inline(never)]
fn memo_boxed<T: PartialEq + Send + Sync + 'static>(
    value: Box<dyn Ask<T> + Send + Sync>,
) -> Memo<T> {
    Memo::new(move |_| value.ask())
}

/// Runs now and whenever a signal it read changes, until the owner it was made under is cleaned up.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

#[inline(never)]
fn follow_boxed(mut run: Box<dyn Turn>) {
    let effect = RenderEffect::new(move |_: Option<()>| run.turn());
    // The owner's arena keeps it as long as it is needed.
    let _ = StoredValue::new_local(effect);
}

/// Runs beside everything else.
pub fn spawn(run: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(run));
}

#[inline(never)]
fn spawn_boxed(run: Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(run);
}
