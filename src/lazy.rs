//! The second module: what a first visit does not need, and the one way into it.
//!
//! In a release build (the cfg `split`, which `build.rs` sets) everything that only [`drawn`] reaches
//! is cut off into a file of its own by `xtask/src/finish/split.rs`. Elsewhere it is there from the
//! start. What stands for a part meanwhile is `components::lazy_part`'s.

use futures::FutureExt;
use leptos::prelude::*;

use crate::components::lazy_part::{Lazy, Loader};
use crate::components::likely_causes::Causes;
use crate::features::accounts::{AccountsPage, AddAccountPage};
use crate::features::activity::ActivityPage;
use crate::features::activity::resume::Resume;
use crate::features::bulk::{BulkDialogs, SelectionBar};
use crate::features::keyboard::{self, ShortcutSheet};
use crate::features::new_workspace::NewPage;
use crate::features::settings::SettingsPage;
use crate::features::sign_in::again::SignInAgain;
use crate::features::undo::UndoOffer;
use crate::features::workspace::Pane;
use crate::features::workspace::archive::ArchiveDialog;
use crate::features::workspaces::banners::Banners;
use crate::state::app_state;
use crate::state::navigation::Navigation;

/// How the parts of the second module come.
pub const LOADER: Loader = Loader {
    is_there: cfg!(not(split)),
    load: || Box::pin(module::load()),
    draw: |part| module::draw(part).now_or_never().and_then(Result::ok),
};

/// Draws a part. The one way into the second module.
fn drawn(part: Lazy) -> AnyView {
    let (app, navigation) = (app_state(), Navigation::get());
    match part {
        Lazy::New => view! { <NewPage/> }.into_any(),
        Lazy::Activity => view! { <ActivityPage/> }.into_any(),
        Lazy::Accounts => view! { <AccountsPage/> }.into_any(),
        Lazy::AddAccount => view! { <AddAccountPage/> }.into_any(),
        Lazy::Settings => view! { <SettingsPage/> }.into_any(),
        Lazy::Pane => view! { <Pane app=app navigation=navigation/> }.into_any(),
        Lazy::Archive => view! { <ArchiveDialog/> }.into_any(),
        Lazy::Banners => view! { <Banners app=app/> }.into_any(),
        Lazy::Resume => view! { <Resume app=app/> }.into_any(),
        Lazy::Undo => view! { <UndoOffer app=app navigation=navigation/> }.into_any(),
        Lazy::Causes(whose, failure, again) => {
            view! { <Causes app=app whose=whose failure=failure again=again/> }.into_any()
        }
        Lazy::Many => view! { <BulkDialogs/> }.into_any(),
        Lazy::Selection => view! { <SelectionBar/> }.into_any(),
        Lazy::SignInAgain => view! { <SignInAgain app=app navigation=navigation/> }.into_any(),
        Lazy::Keyboard => {
            keyboard::listen(app, navigation);
            view! { <ShortcutSheet/> }.into_any()
        }
    }
}

#[cfg(split)]
mod module {
    use super::{Lazy, drawn};
    use leptos::prelude::AnyView;

    /// As the macro wants it: a load that failed becomes the function's own error.
    pub(super) struct Missing;

    impl From<wasm_split_helpers::SplitLoaderError> for Missing {
        fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split_helpers::wasm_split(later, fallible, preload(fetched))]
    pub(super) fn draw(part: Lazy) -> Result<AnyView, Missing> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        fetched().await.is_ok()
    }
}

#[cfg(not(split))]
mod module {
    use super::{Lazy, drawn};
    use leptos::prelude::AnyView;

    pub(super) async fn draw(part: Lazy) -> Result<AnyView, ()> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        true
    }
}
