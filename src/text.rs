//! Every sentence a person reads. Nothing else lives here: which sentence is due is decided where
//! this module is called. Sentence case, verbs on buttons, what will happen and what did.

mod accounts;
mod activity;
mod archive;
mod blockers;
mod bulk;
mod elsewhere;
mod evidence;
mod failures;
mod fields;
mod members;
mod merge;
mod reach;
mod storage;
mod undo;

pub use accounts::*;
pub use activity::*;
pub use archive::*;
pub use blockers::*;
pub use bulk::*;
pub use elsewhere::*;
pub use evidence::*;
pub use failures::*;
pub use fields::*;
pub use members::*;
pub use merge::*;
pub use reach::*;
pub use storage::*;
pub use undo::*;

use steward_domain::failure::Operation;
use steward_domain::listing::{Column, StateFilter};
use steward_domain::window::{ON_PAPER, WHOLE_TABLE};
use steward_domain::workspace::{BillingMode, State, Workspace};

use crate::browser::intl;

/// The product's name.
pub const STEWARD: &str = "Steward";

// Navigation.
#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const SKIP: &str = "Skip to content";
    pub const MAIN_NAVIGATION: &str = "Main";
    pub const NOTICES: &str = "Notices";
    pub const WORKSPACES: &str = "Workspaces";
    pub const ACTIVITY: &str = "Activity";
    pub const ACCOUNTS: &str = "Accounts";
    pub const SETTINGS: &str = "Settings";
    pub const SIGN_IN: &str = "Sign in";
    pub const NOT_FOUND: &str = "Page not found";

    pub const SEARCH: &str = "Search workspaces";
    pub const CLEAR_FILTERS: &str = "Clear filters";
    pub const STATE: &str = "State";
    pub const YOUR_ROLE: &str = "Your role";
    pub const BILLING: &str = "Billing";
    pub const BILLING_MODE: &str = "Billing mode";
    pub const NAME: &str = "Name";
    pub const DESCRIPTION: &str = "Description";
    pub const ACCOUNT: &str = "Account";
    pub const UPDATED: &str = "Updated";
    pub const CREATED: &str = "Created";
    pub const ARCHIVED_AT: &str = "Archived";
    pub const SEATS: &str = "Seats in the pool";
    pub const ACTIONS: &str = "Actions";
    pub const OPEN_ON_PAPER: &str =
        "This is the open workspace alone. To print the list, close it first.";
    pub const ROLES_ON_PAPER: &str = "Where “…” stands, your role has not been read yet.";
    pub const NONE: &str = "None";
    pub const NOT_GIVEN: &str = "—";
    pub const AS_WRITTEN: &str = "as the service writes it";
    pub const PART_UNREADABLE: &str = "A part of it came broken from the service.";

    pub const NOT_OFFERED: &str = "Not offered";
    pub const NEW_WORKSPACE: &str = "New workspace";

    pub const RELOAD: &str = "Refresh";
    pub const LOADING_PART: &str = "Loading";
    pub const PART_MISSING: &str = "This part could not be loaded";
    pub const PART_MISSING_TEXT: &str = "Nothing has changed. Check the connection, then refresh. If that does not help, reload the page: the console may have been updated.";
    pub const CANCEL: &str = "Cancel";
    pub const CLOSE: &str = "Close";
    pub const DISMISS: &str = "Dismiss";
    pub const EDIT: &str = "Edit";
    pub const BACK: &str = "Back to the list";
    pub const COPIED: &str = "Copied";
    pub const NOT_COPIED: &str = "Not copied: the browser did not allow it. Let this site use the clipboard, or select the text.";
    pub const COPY_ID: &str = "Copy id";
    pub const COPY_NAME: &str = "Copy name";
    pub const COPY_REQUEST_ID: &str = "Copy request id";
    pub const COPY_MESSAGE: &str = "Copy message";

    pub const LOADING: &str = "Loading workspaces";
    pub const LOADING_SLOW: &str = "Waiting for the service to send the list.";
    pub const LIST_FAILED: &str = "Not up to date";
    pub const RESTING_TITLE: &str = "Waiting as the service asked";
    pub const LOADING_LONG: &str =
        "The service has not sent the list yet. You can wait, refresh, or cancel.";
    pub const OFFLINE: &str = "Offline";
    pub const OFFLINE_TEXT: &str = "There is no network. What was loaded can be searched and exported. Nothing can be changed, and nothing is sent later by itself.";
    pub const OFFLINE_WRITES: &str =
        "There is no network. This can be done when it is back; nothing is sent by itself.";
    pub const AFTER_PAUSE: &str =
        "The service asked for a pause. This can be sent when it is over.";
    pub const BACK_ONLINE: &str = "The network is back.";
    pub const BACK_ONLINE_READ: &str = "The network is back. The list is up to date.";
    pub const CANCELLED_TITLE: &str = "Not loaded";
    pub const CANCELLED: &str = "You stopped waiting for the list.";
    pub const CUT: &str = "The service sent only part of the list, and offers no way to ask for \
                           the rest. Workspaces may be missing here.";
    pub const NOTHING_MATCHES: &str = "Nothing matches";
    pub const NOTHING_MATCHES_TEXT: &str = "No workspace fits the search and the filters.";
    pub const NO_WORKSPACES: &str = "No workspaces";
    pub const NO_WORKSPACES_TEXT: &str =
        "This account is a member of no workspace. An owner has to add you to one.";
    pub const NONE_ACTIVE: &str = "No active workspaces";
    pub const NONE_ACTIVE_TEXT: &str = "All workspaces of this account are archived.";
    pub const NONE_ACTIVE_ELSE_TEXT: &str =
        "The service gives workspaces of this account a state that this console does not know.";
    pub const NONE_OTHER: &str = "No workspaces in another state";
    pub const NONE_OTHER_TEXT: &str = "All workspaces are active or archived.";
    pub const SHOW_OTHER: &str = "Show other states";
    pub const SHOW_ARCHIVED: &str = "Show archived";
    pub const NONE_ARCHIVED: &str = "No archived workspaces";
    pub const NONE_ARCHIVED_TEXT: &str = "Nothing has been archived in this account.";
    pub const SHOW_ACTIVE: &str = "Show active";

    pub const OVERVIEW: &str = "Overview";
    pub const MEMBERS: &str = "Members";
    pub const LOADING_ONE: &str = "Loading workspace";

    pub const THEME: &str = "Appearance";
    pub const THEME_SYSTEM: &str = "System";
    pub const THEME_LIGHT: &str = "Light";
    pub const THEME_DARK: &str = "Dark";
    pub const DENSITY: &str = "Rows";
    pub const DENSITY_COMFORTABLE: &str = "Comfortable";
    pub const DENSITY_COMPACT: &str = "Compact";
    pub const KEYS: &str = "Single-key shortcuts";
    pub const KEYS_ON: &str = "On";
    pub const KEYS_OFF: &str = "Off";
    pub const KEYS_TITLE: &str = "Keyboard shortcuts";

    pub const WHEN: &str = "When";
    pub const ACTION: &str = "Action";
    pub const WORKSPACE: &str = "Workspace";
    pub const RESULT: &str = "Result";
    pub const DONE: &str = "Done";

    pub const NO_SUCH_PAGE: &str = "There is no page at this address.";
    pub const TO_WORKSPACES: &str = "Go to workspaces";
    pub const WORKSPACE_GONE: &str = "Workspace not found";
    pub const WORKSPACE_GONE_TEXT: &str =
        "It does not exist, or you are not a member of it. The service does not say which.";

    pub const CODE: &str = "Code";
    pub const REQUEST_ID: &str = "Request id";
    pub const SERVICE_SAYS: &str = "The service says";
    pub const DOCUMENTATION: &str = "Documentation";
}
pub use words::*;

/// The keyboard's shortcuts, and what they do.
pub const SHORTCUTS: [(&str, &str); 10] = [
    ("/", "Search"),
    ("j  ↓", "Next workspace"),
    ("k  ↑", "Previous workspace"),
    ("Enter", "Open"),
    ("e", "Edit the workspace that has focus or is open"),
    ("x", "Select the workspace that has focus, or take it out"),
    (
        "u",
        "Go to the button that undoes, or to what was attempted",
    ),
    ("Ctrl Enter", "Save"),
    ("Esc", "Close what is open"),
    ("?", "These shortcuts"),
];

fn join(parts: &[&str]) -> String {
    parts.concat()
}

fn counted(count: usize, one: &str, many: &str) -> String {
    join(&[
        &intl::number(count),
        " ",
        if count == 1 { one } else { many },
    ])
}

/// The browser's title: what it is, whose it is.
#[must_use]
pub fn title(page: &str) -> String {
    join(&[page, " · ", STEWARD])
}

/// "412 workspaces".
#[must_use]
pub fn workspaces(count: usize) -> String {
    counted(count, "workspace", "workspaces")
}

/// How many of how many are shown.
#[must_use]
pub fn shown(shown: usize, all: usize) -> String {
    if shown == all {
        workspaces(all)
    } else {
        join(&[&intl::number(shown), " of ", &workspaces(all)])
    }
}

/// What paper does not have of a list of so many; nothing where it has all.
#[must_use]
pub fn on_paper(count: usize) -> String {
    let all = workspaces(count);
    let first = intl::number(ON_PAPER);
    if count <= WHOLE_TABLE {
        return String::new();
    }
    // Roles are read for what has been in view.
    if count <= ON_PAPER {
        return ROLES_ON_PAPER.to_owned();
    }
    join(&[
        "These are the first ",
        &first,
        " of ",
        &all,
        ". Export has all of them. ",
        ROLES_ON_PAPER,
    ])
}

/// What a change of the search is announced as.
#[must_use]
pub fn found(count: usize) -> String {
    match count {
        0 => NOTHING_MATCHES.to_owned(),
        _ => join(&[&workspaces(count), " shown"]),
    }
}

/// Roles that a role filter is still waiting for.
#[must_use]
pub fn undecided(count: usize) -> String {
    join(&[
        "Your role is not known yet in ",
        &counted(count, "workspace that fits", "workspaces that fit"),
        ". They appear here as the service answers.",
    ])
}

/// Entries that name nothing: without an id, or of another kind.
#[must_use]
pub fn skipped(count: usize) -> String {
    let rest = match count {
        1 => " of the list has no id or is of another kind, and cannot be shown.",
        _ => " of the list have no id or are of another kind, and cannot be shown.",
    };
    join(&[&counted(count, "entry", "entries"), rest])
}

/// What is said of one account among several.
#[must_use]
pub fn of_account(label: &str, what: &str) -> String {
    match what {
        "" => label.to_owned(),
        what => join(&[label, ": ", what]),
    }
}

/// How much of a list has come.
#[must_use]
pub fn arrived(count: usize, goes_on: bool) -> String {
    let end = if goes_on {
        " loaded, still loading"
    } else {
        " loaded"
    };
    join(&[&intl::number(count), end])
}

/// The list stands from before.
#[must_use]
pub fn as_of(moment: &str) -> String {
    join(&["What you see is from ", moment, " · "])
}

/// A state filter's name.
#[must_use]
pub fn state_filter(state: StateFilter) -> &'static str {
    match state {
        StateFilter::Active => "Active",
        StateFilter::Archived => "Archived",
        StateFilter::Other => "Other",
        StateFilter::All => "All",
    }
}

/// A column's name.
#[must_use]
pub fn column(column: Column) -> &'static str {
    match column {
        Column::Name => NAME,
        Column::Account => ACCOUNT,
        Column::Role => YOUR_ROLE,
        Column::Billing => BILLING,
        Column::State => STATE,
        Column::Updated => UPDATED,
    }
}

/// Words of the service's own, marked as such.
#[must_use]
pub fn quoted(words: &str) -> String {
    join(&["“", &visible(words), "”"])
}

/// The same, with what it is: for where it stands cut short. `words` are quoted already.
#[must_use]
pub fn as_written(words: &str) -> String {
    join(&[words, " ", AS_WRITTEN])
}

/// A workspace's state; one that is not known exactly as the service writes it.
#[must_use]
pub fn state(state: &State) -> String {
    match state {
        State::Unknown(words) => quoted(words),
        known => state_filter(StateFilter::of(known)).to_owned(),
    }
}

/// A billing mode; unknown ones exactly as the service writes them.
#[must_use]
pub fn billing(mode: &BillingMode) -> String {
    match mode {
        BillingMode::Single => "Single",
        BillingMode::Assigned => "Assigned",
        BillingMode::Pooled => "Pooled",
        BillingMode::Other(word) => return quoted(word),
    }
    .to_owned()
}

/// Seats in a pool.
#[must_use]
pub fn seats(count: i64) -> String {
    usize::try_from(count).map_or_else(|_| count.to_string(), intl::number)
}

/// What a workspace is called: its name, or its id where the service has no name for it.
#[must_use]
pub fn name(workspace: &Workspace) -> String {
    let name = if workspace.name.trim().is_empty() {
        workspace.id.as_str()
    } else {
        &workspace.name
    };
    name.to_owned()
}

/// The accessible name of a row's edit button.
#[must_use]
pub fn edit(name: &str) -> String {
    join(&["Edit ", &visible(name)])
}

/// What an attempt is called in the list of attempts.
#[must_use]
pub fn operation(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "Create",
        Operation::Manage => "Change members",
        Operation::Archive => ARCHIVE,
        Operation::Cancel => CANCEL_SUBSCRIPTION,
        Operation::Delete => "Delete",
        _ => EDIT,
    }
}
