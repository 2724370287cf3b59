//! The screens: one folder or file each. A page reads signals and calls `state`; it decides what is
//! drawn and which sentence of `text` is due. It must not know a request, a reply or a status.

pub mod accounts;
pub mod activity;
pub mod bulk;
pub mod keyboard;
pub mod new_workspace;
pub mod settings;
pub mod sign_in;
pub mod undo;
pub mod unknown;
pub mod workspace;
pub mod workspaces;

use crate::routes::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;

/// What the page at this place is called in the browser's title.
#[must_use]
pub fn name(app: AppState, navigation: Navigation) -> String {
    navigation.with(|route| match route {
        Route::List(_) => text::WORKSPACES.to_owned(),
        Route::Workspace { key, tab, .. } => {
            let name = app.workspaces.get(key).map_or_else(
                || key.id.as_str().to_owned(),
                |workspace| text::name(&workspace),
            );
            match tab {
                Tab::Edit => text::edit(&name),
                Tab::Overview | Tab::Members => name,
            }
        }
        Route::Activity => text::ACTIVITY.to_owned(),
        Route::New(_) => text::NEW_WORKSPACE.to_owned(),
        Route::Accounts => text::ACCOUNTS.to_owned(),
        Route::AddAccount(_) => text::ADD_ACCOUNT.to_owned(),
        Route::Settings => text::SETTINGS.to_owned(),
        Route::SignIn(_) | Route::SignInReturn => text::SIGN_IN.to_owned(),
        Route::Unknown => text::NOT_FOUND.to_owned(),
    })
}
