//! What is drawn anew as a whole when it changes. Leptos would patch the nodes that stand there; software that translates
//! the page or marks words in it may have put others in the place of its texts, and what was written to them would be seen
//! by nobody. Elements whose text alone changes set `textContent` instead.

use std::sync::Arc;

use leptos::prelude::*;

/// Something drawn that waits for its place.
type Drawn = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// Draws its children anew whenever `on` changes, under an owner of their own. What they read does not count: they follow
/// it where they show it.
#[component]
pub fn Redrawn<T, EF, V>(
    /// What they are drawn from.
    on: Memo<T>,
    /// What is drawn from it, as with `<For let(..)>`. What stood there before is in the page still while this runs.
    children: EF,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    EF: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    replaced(Arc::new(move || {
        let (now, children) = (on.get(), Arc::clone(&children));
        Arc::new(move || children(now.clone()).into_any())
    }))
}

/// The part that is the same for every type, once.
fn replaced(draw: Arc<dyn Fn() -> Drawn + Send + Sync>) -> impl IntoView {
    move || {
        let drawn = draw();
        // A function is not patched: its nodes take the place of those of the function before.
        move || untrack(|| drawn())
    }
}
