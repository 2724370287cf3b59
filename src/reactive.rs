//! Leptos' reactive graph, with one kind of node for every type.
//!
//! Each of Leptos' signals, memos and stored values copies its machinery for the type that it
//! holds and, in part, for each closure: a third of the download (docs/adr/0006-elements-and-nodes.md).
//! Here values lie in the graph as `dyn Any` and closures are boxed at the door; the types are only
//! on the handles. Tracking, batching, owners and clean-up are Leptos' own.
//!
//! Guarantees: a handle gives back the type it was made with. Reading a node whose owner has been
//! cleaned up ends the page, as it does in Leptos; the `try_` forms give `None`. Must not know
//! anything of this app.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};

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

macro_rules! copied_handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
}

type Slot = StoredValue<Rc<dyn Any>, LocalStorage>;

#[inline(never)]
fn slot(value: Rc<dyn Any>) -> Slot {
    StoredValue::new_local(value)
}

#[inline(never)]
fn held(slot: Slot) -> Rc<dyn Any> {
    slot.get_value()
}

#[inline(never)]
fn still_held(slot: Slot) -> Option<Rc<dyn Any>> {
    slot.try_get_value()
}

/// The value behind a handle is of the handle's type, because only its maker could put it there.
fn typed<T: 'static>(value: &dyn Any) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => std::process::abort(),
    }
}

/// A value that nothing follows. Copies are handles to the same one.
pub struct Store<T>(Slot, PhantomData<fn() -> T>);
copied_handle!(Store);

impl<T: 'static> Store<T> {
    /// Keeps a value as long as the current owner.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(slot(Rc::new(RefCell::new(value))), PhantomData)
    }

    /// Looks at it.
    pub fn with_value<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&typed::<RefCell<T>>(&*held(self.0)).borrow())
    }

    /// Looks at it, if it is still there.
    pub fn try_with_value<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        still_held(self.0).map(|value| look(&typed::<RefCell<T>>(&*value).borrow()))
    }

    /// Changes it, if it is still there.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        still_held(self.0).map(|value| change(&mut typed::<RefCell<T>>(&*value).borrow_mut()))
    }

    /// Changes it.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Replaces it.
    pub fn set_value(self, value: T) {
        self.try_update_value(|place| *place = value);
    }

    /// Replaces it, if it is still there; gives the value back otherwise.
    pub fn try_set_value(self, value: T) -> Option<T> {
        match still_held(self.0) {
            Some(place) => {
                // What is replaced may look at this very place while it is dropped.
                let before = typed::<RefCell<T>>(&*place).replace(value);
                drop(before);
                None
            }
            None => Some(value),
        }
    }
}

impl<T: Clone + 'static> Store<T> {
    /// A copy of it.
    #[must_use]
    pub fn get_value(self) -> T {
        self.with_value(T::clone)
    }

    /// A copy of it, if it is still there.
    #[must_use]
    pub fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}

/// A value that others follow. Copies are handles to the same one.
pub struct Value<T>(Trigger, Store<T>);
copied_handle!(Value);

#[inline(never)]
fn trigger() -> Trigger {
    Trigger::new()
}

#[inline(never)]
fn tell(trigger: Trigger) {
    trigger.notify();
}

#[inline(never)]
fn follow_trigger(trigger: Trigger) {
    trigger.track();
}

impl<T: 'static> Value<T> {
    /// Keeps a value as long as the current owner.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(trigger(), Store::new(value))
    }

    /// Follows it.
    pub fn track(self) {
        follow_trigger(self.0);
    }

    /// Looks at it and follows it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.1.with_value(look)
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.1.with_value(look)
    }

    /// Looks at it, if it is still there.
    pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.1.try_with_value(look)
    }

    /// Changes it and tells those who follow.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// The same, if it is still there.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let result = self.1.try_update_value(change);
        if result.is_some() {
            tell(self.0);
        }
        result
    }

    /// Replaces it and tells those who follow.
    pub fn set(self, value: T) {
        self.try_set(value);
    }

    /// The same, if it is still there; gives the value back otherwise.
    pub fn try_set(self, value: T) -> Option<T> {
        let back = self.1.try_set_value(value);
        if back.is_none() {
            tell(self.0);
        }
        back
    }
}

impl<T: Clone + 'static> Value<T> {
    /// A copy of it; follows it.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// A copy of it, if it is still there.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

/// A worked-out value as the graph keeps it, and how two of them are compared.
#[derive(Clone)]
struct Shared {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.value, &*other.value)
    }
}

/// A value worked out again only when something in it changes, and passed on only when it differs.
pub struct Memo<T>(leptos::prelude::Memo<Shared>, PhantomData<fn() -> T>);
copied_handle!(Memo);

/// A memo.
#[must_use]
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let same = |a: &dyn Any, b: &dyn Any| typed::<T>(a) == typed::<T>(b);
    Memo(
        memo_boxed(Box::new(move || Shared {
            value: Arc::new(value()),
            same,
        })),
        PhantomData,
    )
}

#[inline(never)]
fn memo_boxed(value: Box<dyn Ask<Shared> + Send + Sync>) -> leptos::prelude::Memo<Shared> {
    let memo = ArcMemo::new(move |_| value.ask());
    let subscriber = memo.to_any_subscriber();
    on_cleanup(move || subscriber.clear_sources(&subscriber));
    memo.into()
}

#[inline(never)]
fn worked_out(memo: leptos::prelude::Memo<Shared>) -> Arc<dyn Any + Send + Sync> {
    memo.get().value
}

impl<T: 'static> Memo<T> {
    /// Looks at it and follows it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(typed(&*worked_out(self.0)))
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(typed(&*untrack(|| worked_out(self.0))))
    }

    /// Follows it.
    pub fn track(self) {
        worked_out(self.0);
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// A copy of it; follows it.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// A copy of it, if it is still there.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T> {
        self.0
            .try_get_untracked()
            .map(|shared| typed::<T>(&*shared.value).clone())
    }
}

/// A value asked for anew at each reading; follows what its closure reads.
pub struct Live<T>(Store<Rc<dyn Ask<T>>>);
copied_handle!(Live);

/// A value asked for anew at each reading.
#[must_use]
pub fn live<T: 'static>(value: impl Fn() -> T + 'static) -> Live<T> {
    Live(Store::new(Rc::new(value)))
}

impl<T: 'static> Live<T> {
    /// The value; follows what it depends on.
    #[must_use]
    pub fn get(self) -> T {
        self.0.get_value().ask()
    }

    /// The value.
    #[must_use]
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// The value, if it is still there.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T> {
        let value = self.0.try_get_value()?;
        Some(untrack(|| value.ask()))
    }

    /// Looks at the value; follows what it depends on.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.get())
    }

    /// Looks at the value.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.get_untracked())
    }

    /// Looks at the value, if it is still there.
    pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.try_get_untracked().map(|value| look(&value))
    }
}

/// Runs now and whenever a signal it read changes, until the owner it was made under is cleaned up.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

#[inline(never)]
fn follow_boxed(mut run: Box<dyn Turn>) {
    let effect = RenderEffect::new(move |_: Option<()>| run.turn());
    // Leptos leaves an effect that is gone in the list of each signal it read until that signal
    // changes. Some of ours live as long as the page and hardly change, so it is taken out.
    let subscriber = effect.to_any_subscriber();
    on_cleanup(move || subscriber.clear_sources(&subscriber));
    // The owner's arena keeps it as long as it is needed.
    let _ = slot(Rc::new(effect));
}

/// Runs beside everything else.
pub fn spawn(run: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(run));
}

#[inline(never)]
fn spawn_boxed(run: Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(run);
}
