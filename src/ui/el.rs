//! Elements, made directly and kept in step by Leptos' reactive graph.
//!
//! Leptos' own view macro gives every element, attribute and closure a type of its own, and every
//! type its own code: for this app 223 kB of download against the 150 kB it may have in all
//! (docs/adr/0006-elements-and-nodes.md). Here every closure is boxed at once, so that a call costs bytes, not a copy
//! of the renderer. What is kept from Leptos: signals, memos, owners and their clean-up, context.
//!
//! Guarantees: text is set as text and attributes as attributes, never as markup; what is `live`
//! follows its signals and stops with the owner it was made under, whatever a translator or an extension
//! has put in the place of its texts; what stands in a `bdi`, a text from outside, is marked as not to be
//! translated. Must not know what it draws.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};
use leptos::reactive::owner::Owner;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, Node};

use crate::browser::events::{Hear, listen};

/// Runs now and whenever a signal it read changes, until the owner it was made under is cleaned up.
pub fn follow(mut run: impl FnMut() + 'static) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    // Leptos leaves an effect that is gone in the list of each signal it read until that signal
    // changes. Some of ours live as long as the page and hardly change, so it is taken out.
    let subscriber = effect.to_any_subscriber();
    on_cleanup(move || subscriber.clear_sources(&subscriber));
    // The owner's arena keeps it as long as it is needed.
    let _ = StoredValue::new_local(effect);
}

/// An element under construction. Every method adds something and gives it back.
#[derive(Clone)]
pub struct El(Element);

/// A new HTML element.
#[must_use]
#[inline(never)]
pub fn el(tag: &str) -> El {
    let element = made(document().create_element(tag));
    match tag {
        "bdi" => element.attr("translate", "no"),
        _ => element,
    }
}

/// A new SVG element.
#[must_use]
#[inline(never)]
pub fn svg(tag: &str) -> El {
    made(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag))
}

#[inline(never)]
fn made(element: Result<Element, JsValue>) -> El {
    // Fails only for names that are no names; ours are constants.
    El(element.unwrap_or_else(|_| JsValue::NULL.unchecked_into()))
}

/// Several nodes without an element around them.
#[must_use]
pub fn fragment<const N: usize>(nodes: [Node; N]) -> Node {
    group(&nodes)
}

/// The same for any number.
#[must_use]
#[inline(never)]
pub fn group(nodes: &[Node]) -> Node {
    let fragment: Node = document().create_document_fragment().into();
    for node in nodes {
        let _ = fragment.append_child(node);
    }
    fragment
}

/// A text.
#[must_use]
#[inline(never)]
pub fn text(text: &str) -> Node {
    document().create_text_node(text).into()
}

/// What marks a place. No text does: software that translates a page or marks words in it takes texts out, and joins those
/// that stand together.
#[inline(never)]
fn mark() -> Node {
    document().create_comment("").into()
}

/// A part that is drawn anew whenever its signals change; before a mark that holds its place.
#[must_use]
pub fn part(draw: impl Fn() -> Option<Node> + 'static) -> Node {
    part_boxed(Box::new(draw))
}

#[inline(never)]
fn part_boxed(draw: Box<dyn Fn() -> Option<Node>>) -> Node {
    let end = mark();
    let whole = group(std::slice::from_ref(&end));
    // One element is found again by itself. Where there are several the first can change under another
    // part, and a text may be replaced, so that a mark before them holds the place. A page has 700 nodes,
    // and parts are many.
    let first: RefCell<Option<Node>> = RefCell::new(None);
    follow(move || {
        if let Some(first) = first.take() {
            clear_up_to(first, &end);
        }
        if let (Some(node), Some(parent)) = (draw(), end.parent_node()) {
            let lost = node.node_type() != Node::ELEMENT_NODE;
            let begin = if lost { mark() } else { node.clone() };
            let _ = parent.insert_before(&begin, Some(&end));
            if lost {
                let _ = parent.insert_before(&node, Some(&end));
            }
            first.replace(Some(begin));
        }
    });
    whole
}

/// Takes out a node and what follows it, up to the end.
#[inline(never)]
fn clear_up_to(first: Node, end: &Node) {
    let mut next = Some(first);
    while let Some(node) = next.filter(|node| node != end) {
        next = node.next_sibling();
        match node.parent_node() {
            Some(parent) if parent.remove_child(&node).is_ok() => {}
            _ => break,
        }
    }
}

/// A list whose nodes stay while their key stays: moved if they moved, made if they are new.
#[must_use]
pub fn list<T: 'static>(
    each: impl Fn() -> Vec<T> + 'static,
    key: fn(&T) -> (usize, usize),
    draw: impl Fn(T) -> Node + 'static,
) -> Node {
    type Shown = Vec<((usize, usize), Node, Owner)>;
    let (start, end) = (mark(), mark());
    let whole = group(&[start.clone(), end.clone()]);
    let shown: RefCell<Shown> = RefCell::new(Vec::new());
    // Drawn items live under an owner of the list, not of the run that first drew them.
    let home = Owner::current().unwrap_or_default();
    // An owner that is done is used again: the one above it remembers each that ever was.
    let spare: RefCell<Vec<Owner>> = RefCell::new(Vec::new());
    follow(move || {
        let wanted = each();
        let Some(parent) = end.parent_node() else {
            return;
        };
        let mut before = shown.take();
        let mut now: Shown = Vec::with_capacity(wanted.len());
        for item in wanted {
            let key = key(&item);
            match before.iter().position(|(other, ..)| *other == key) {
                Some(at) => now.push(before.swap_remove(at)),
                None => {
                    let owner = spare.borrow_mut().pop();
                    let owner = owner.unwrap_or_else(|| home.with(Owner::new));
                    let node = untrack(|| owner.with(|| draw(item)));
                    now.push((key, node, owner));
                }
            }
        }
        for (_, node, owner) in before {
            let _ = parent.remove_child(&node);
            owner.cleanup();
            spare.borrow_mut().push(owner);
        }
        let nodes: Vec<Node> = now.iter().map(|(_, node, _)| node.clone()).collect();
        settle(&parent, start.next_sibling(), &nodes);
        shown.replace(now);
    });
    whole
}

/// Brings nodes of `parent` into their order, from where `place` stands, by moving as few as it takes. The one that
/// holds focus never moves: a node that is taken out and put back has lost it.
#[inline(never)]
pub fn settle(parent: &Node, mut place: Option<Node>, wanted: &[Node]) {
    let active: Option<Node> = document().active_element().map(Into::into);
    let active = active.filter(|active| parent.contains(Some(active)));
    let still = wanted
        .iter()
        .position(|node| active.is_some() && node.contains(active.as_ref()));
    for (at, node) in wanted.iter().enumerate() {
        if Some(at) == still {
            // What stands between here and the node that stays comes behind it.
            while let Some(other) = place.take().filter(|other| other != node) {
                place = other.next_sibling();
                let _ = parent.insert_before(&other, node.next_sibling().as_ref());
            }
            place = node.next_sibling();
        } else if place.as_ref() == Some(node) {
            place = node.next_sibling();
        } else {
            let _ = parent.insert_before(node, place.as_ref());
        }
    }
}

/// Sets an attribute, or takes it away.
#[inline(never)]
pub fn put(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

impl El {
    /// Its class.
    #[must_use]
    #[inline(never)]
    pub fn class(self, name: &str) -> Self {
        self.attr("class", name)
    }

    /// An attribute that stays.
    #[must_use]
    #[inline(never)]
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// An attribute that follows its signals, and is absent at `None`.
    #[must_use]
    pub fn live(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.live_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn live_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.clone();
        follow(move || put(&element, name, value().as_deref()));
        self
    }

    /// An attribute that is `true` or absent.
    #[must_use]
    pub fn when(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.when_boxed(name, Box::new(on))
    }

    #[inline(never)]
    fn when_boxed(self, name: &'static str, on: Box<dyn Fn() -> bool>) -> Self {
        self.live(name, move || on().then(|| String::from("true")))
    }

    /// A property that follows its signals: what an input holds is not its attribute.
    #[must_use]
    pub fn property(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        self.property_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn property_boxed(self, name: &'static str, value: Box<dyn Fn() -> JsValue>) -> Self {
        let element = self.0.clone();
        follow(move || {
            let (name, value) = (JsValue::from_str(name), value());
            // Setting an equal text would move the caret in some browsers.
            if js_sys::Reflect::get(&element, &name).ok().as_ref() != Some(&value) {
                let _ = js_sys::Reflect::set(&element, &name, &value);
            }
        });
        self
    }

    /// A style property that follows its signals, set through the object model as the content
    /// policy wants it.
    #[must_use]
    pub fn style(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.style_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn style_boxed(self, name: &'static str, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.html();
        follow(move || {
            let _ = element.style().set_property(name, &value());
        });
        self
    }

    /// Calls when the event happens.
    #[must_use]
    pub fn on(self, event: &str, run: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(run))
    }

    #[inline(never)]
    fn on_boxed(self, event: &str, mut run: Box<dyn Hear>) -> Self {
        // A focused element that leaves the page is told so after its owner, and with it every
        // signal that the closure holds, has been cleaned up.
        let alive = StoredValue::new_local(());
        let guarded = move |event| {
            if alive.try_get_value().is_some() {
                run.hear(event);
            }
        };
        listen(&self.0, event, Box::new(guarded));
        self
    }

    /// Adds a text.
    #[must_use]
    #[inline(never)]
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// The whole text of the element, which follows its signals. It is written anew in the element, since whatever
    /// stood there may have been replaced.
    #[must_use]
    pub fn live_text(self, value: impl Fn() -> String + 'static) -> Self {
        self.live_text_boxed(Box::new(value))
    }

    #[inline(never)]
    fn live_text_boxed(self, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        follow(move || element.set_text_content(Some(&value())));
        self
    }

    /// Adds a part that is drawn anew whenever its signals change.
    #[must_use]
    pub fn part(self, draw: impl Fn() -> Option<Node> + 'static) -> Self {
        self.add(part(draw))
    }

    /// Adds a node.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "a step of building, not a sum"
    )]
    pub fn add(self, node: impl Into<Node>) -> Self {
        self.add_node(node.into())
    }

    #[inline(never)]
    fn add_node(self, node: Node) -> Self {
        let _ = self.0.append_child(&node);
        self
    }

    /// Adds a node, if there is one.
    #[must_use]
    #[inline(never)]
    pub fn add_some(self, node: Option<Node>) -> Self {
        match node {
            Some(node) => self.add(node),
            None => self,
        }
    }

    /// The element itself.
    #[must_use]
    #[inline(never)]
    pub fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }

    /// Done.
    #[must_use]
    #[inline(never)]
    pub fn node(self) -> Node {
        self.0.into()
    }
}

impl From<El> for Node {
    fn from(element: El) -> Self {
        element.node()
    }
}

/// The text of the field that an event came from.
#[must_use]
#[inline(never)]
pub fn field_text(event: &Event) -> String {
    event_target_value(event)
}
