//! The lazy groups: what a first visit does not need, and the one way into each.
//!
//! In a release build (the cfg `split`, which `build.rs` sets) everything that only a group's `draw` reaches is cut off
//! into a file of its own by `xtask/src/finish/split.rs`; what several groups reach is in files that they share.
//! Elsewhere it is there from the start. What stands for a part meanwhile is `components::lazy_part`'s.

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
use crate::features::sign_in::SignInHere;
use crate::features::sign_in::again::SignInAgain;
use crate::features::undo::UndoOffer;
use crate::features::workspace::Pane;
use crate::features::workspace::archive::ArchiveDialog;
use crate::features::workspaces::banners::Banners;
use crate::state::app_state;
use crate::state::navigation::Navigation;

/// How the parts come.
pub const LOADER: Loader = Loader {
    is_there: cfg!(not(split)),
    load: files::load,
    draw: files::draw,
};

/// What belongs to workspaces, one or many. The one way into that group.
fn workspace(part: Lazy) -> AnyView {
    let (app, navigation) = (app_state(), Navigation::get());
    match part {
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
        _ => ().into_any(),
    }
}

/// The ways to sign in. With `state::authenticate`, the one way into that group.
fn sign_in(part: Lazy) -> AnyView {
    let (app, navigation) = (app_state(), Navigation::get());
    match part {
        Lazy::SignIn => view! { <SignInHere/> }.into_any(),
        Lazy::AddAccount => view! { <AddAccountPage/> }.into_any(),
        Lazy::SignInAgain => view! { <SignInAgain app=app navigation=navigation/> }.into_any(),
        _ => ().into_any(),
    }
}

/// The other screens, and the keyboard. The one way into that group.
fn screens(part: Lazy) -> AnyView {
    match part {
        Lazy::New => view! { <NewPage/> }.into_any(),
        Lazy::Activity => view! { <ActivityPage/> }.into_any(),
        Lazy::Accounts => view! { <AccountsPage/> }.into_any(),
        Lazy::Settings => view! { <SettingsPage/> }.into_any(),
        Lazy::Keyboard => {
            keyboard::listen(app_state(), Navigation::get());
            view! { <ShortcutSheet/> }.into_any()
        }
        _ => ().into_any(),
    }
}

/// Each group in a file of its own: what follows the attribute is downloaded when it is first asked for.
#[cfg(split)]
mod files {
    use std::pin::Pin;

    use futures::FutureExt;
    use leptos::prelude::AnyView;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use crate::components::lazy_part::{Group, Lazy};

    /// As the macro wants it: a load that failed becomes the function's own error.
    struct Missing;

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(workspace, fallible, preload(load_workspace))]
    fn workspace(part: Lazy) -> Result<AnyView, Missing> {
        Ok(super::workspace(part))
    }

    #[wasm_split(sign_in, fallible, preload(load_sign_in))]
    fn sign_in(part: Lazy) -> Result<AnyView, Missing> {
        Ok(super::sign_in(part))
    }

    #[wasm_split(screens, fallible, preload(load_screens))]
    fn screens(part: Lazy) -> Result<AnyView, Missing> {
        Ok(super::screens(part))
    }

    pub(super) fn load(group: Group) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async move {
            let loaded = match group {
                Group::Workspace => load_workspace().await,
                Group::SignIn => load_sign_in().await,
                Group::Screens => load_screens().await,
            };
            loaded.is_ok()
        })
    }

    pub(super) fn draw(part: Lazy) -> Option<AnyView> {
        // What is there already is ready at once.
        let drawn = match part.group() {
            Group::Workspace => workspace(part).now_or_never(),
            Group::SignIn => sign_in(part).now_or_never(),
            Group::Screens => screens(part).now_or_never(),
        };
        drawn.and_then(Result::ok)
    }
}

/// All groups, as they are in every other build.
#[cfg(not(split))]
mod files {
    use std::future::ready;
    use std::pin::Pin;

    use leptos::prelude::AnyView;

    use crate::components::lazy_part::{Group, Lazy};

    pub(super) fn load(_: Group) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(ready(true))
    }

    pub(super) fn draw(part: Lazy) -> Option<AnyView> {
        Some(match part.group() {
            Group::Workspace => super::workspace(part),
            Group::SignIn => super::sign_in(part),
            Group::Screens => super::screens(part),
        })
    }
}
