//! Views inside elements made by hand, and such elements inside views, for as long as both are in the app.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::Element as DomElement;
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::Node;

/// The nodes of a view, which lives as long as the current owner.
#[must_use]
pub fn node(view: impl IntoView) -> Node {
    node_of(view.into_any())
}

#[inline(never)]
fn node_of(view: AnyView) -> Node {
    let mut state = view.build();
    let fragment = document().create_document_fragment();
    state.mount(fragment.unchecked_ref(), None);
    let _ = StoredValue::new_local(state);
    fragment.into()
}

/// A node made by hand as a part of a view.
pub struct Raw(SendWrapper<Node>);

impl Raw {
    /// It.
    #[must_use]
    pub fn new(node: impl Into<Node>) -> Self {
        Self(SendWrapper::new(node.into()))
    }
}

/// Its first and last node as they stand in the page.
pub struct RawState(Node, Node);

impl Raw {
    fn ends(self) -> RawState {
        let node = self.0.take();
        if node.node_type() != Node::DOCUMENT_FRAGMENT_NODE {
            return RawState(node.clone(), node);
        }
        let mark = || -> Node { document().create_comment("").into() };
        let (first, last) = (mark(), mark());
        let _ = node.insert_before(&first, node.first_child().as_ref());
        let _ = node.append_child(&last);
        RawState(first, last)
    }
}

impl Mountable for RawState {
    fn unmount(&mut self) {
        let Self(first, last) = self;
        let home = document().create_document_fragment();
        let mut next = Some(first.clone());
        while let Some(node) = next {
            next = if node == *last {
                None
            } else {
                node.next_sibling()
            };
            let _ = home.append_child(&node);
        }
    }

    fn mount(&mut self, parent: &DomElement, marker: Option<&Node>) {
        let Self(first, last) = self;
        let mut next = Some(first.clone());
        while let Some(node) = next {
            next = if node == *last {
                None
            } else {
                node.next_sibling()
            };
            let _ = parent.insert_before(&node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.0.parent_node() else {
            return false;
        };
        child.mount(parent.unchecked_ref(), Some(&self.0));
        true
    }

    fn elements(&self) -> Vec<DomElement> {
        Vec::new()
    }
}

impl Render for Raw {
    type State = RawState;

    fn build(self) -> Self::State {
        self.ends()
    }

    fn rebuild(self, state: &mut Self::State) {
        let mut now = self.ends();
        state.insert_before_this(&mut now);
        state.unmount();
        *state = now;
    }
}

impl AddAnyAttr for Raw {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Raw {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> Self::State {
        self.ends()
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
