//! Whether the sheet that explains the keyboard is open: what opens it stands far from where it is drawn.

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Sheet(RwSignal<bool>);

/// Puts the sheet's signal into context, and gives it. It is closed at first.
pub fn provide_shortcut_sheet() -> RwSignal<bool> {
    let open = RwSignal::new(false);
    provide_context(Sheet(open));
    open
}

/// The sheet's signal.
#[must_use]
pub fn shortcut_sheet() -> RwSignal<bool> {
    expect_context::<Sheet>().0
}
