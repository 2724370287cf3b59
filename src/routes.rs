//! Every address of the app: parsed here, printed here, and nowhere else.
//!
//! Guarantees: `Route::parse` never fails (what it does not know is [`Route::Unknown`]), and
//! parsing what [`Route::href`] printed gives the same route back. Because an address that a
//! person wanted is kept as a parsed `Route`, it can only ever lead into this app.

use std::mem::{Discriminant, discriminant};

use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_domain::listing::{Column, Query, StateFilter};
use steward_domain::percent::{decode, decode_value, encode, push_segment};
use steward_domain::role::Role;
use steward_domain::workspace::BillingMode;

/// The file that says which services there are. public/boot.js asks for it as well.
pub const CONFIG: &str = "/config.json";

/// A place in the app.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// All workspaces.
    List(Query),
    /// One workspace, beside the list.
    Workspace {
        /// Which.
        key: WorkspaceKey,
        /// Which part of it.
        tab: Tab,
        /// The view on the list beside it.
        query: Query,
    },
    /// What was attempted from this tab.
    Activity,
    /// Making a workspace, in this account if one is named.
    New(Option<AccountId>),
    /// The accounts.
    Accounts,
    /// Signing in to a further account, or again to one, and where to go afterwards.
    AddAccount(Option<Box<Route>>),
    /// Settings of this browser.
    Settings,
    /// Signing in, and where to go afterwards.
    SignIn(Option<Box<Route>>),
    /// Where the sign-in service sends people back to. The query is read by the sign-in alone.
    SignInReturn,
    /// An address that this app does not have.
    Unknown,
}

/// A part of a workspace's page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    /// Its fields.
    Overview,
    /// Its members.
    Members,
    /// The form.
    Edit,
}

impl Route {
    /// Reads a path and a query (without its question mark).
    #[must_use]
    pub fn parse(path: &str, search: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["workspaces"] => Self::List(parse_query(search)),
            ["workspaces", "new"] => Self::New(
                pairs(search)
                    .find(|(key, _)| *key == "account")
                    .and_then(|(_, account)| AccountId::new(account)),
            ),
            ["workspaces", account, id, rest @ ..] => {
                let tab = match rest {
                    [] => Tab::Overview,
                    ["members"] => Tab::Members,
                    ["edit"] => Tab::Edit,
                    _ => return Self::Unknown,
                };
                match (
                    AccountId::new(segment(account)),
                    WorkspaceId::new(segment(id)),
                ) {
                    (Some(account), Some(id)) => Self::Workspace {
                        key: WorkspaceKey { account, id },
                        tab,
                        query: parse_query(search),
                    },
                    _ => Self::Unknown,
                }
            }
            ["activity"] => Self::Activity,
            ["accounts"] => Self::Accounts,
            ["accounts", "add"] => Self::AddAccount(next(search)),
            ["settings"] => Self::Settings,
            ["sign-in"] => Self::SignIn(next(search)),
            ["sign-in", "callback"] => Self::SignInReturn,
            _ => Self::Unknown,
        }
    }

    /// Reads a path with its query. Whatever is not a path of this origin is `Unknown`.
    #[must_use]
    pub fn parse_address(address: &str) -> Self {
        // `//host` and `/\host` lead to another origin in a browser.
        if !address.starts_with('/') || address.starts_with("//") || address.starts_with("/\\") {
            return Self::Unknown;
        }
        let address = address.split('#').next().unwrap_or_default();
        match address.split_once('?') {
            Some((path, search)) => Self::parse(path, search),
            None => Self::parse(address, ""),
        }
    }

    /// The address, from the root of the origin.
    #[must_use]
    pub fn href(&self) -> String {
        let mut out = String::new();
        match self {
            Self::List(query) => {
                out.push_str("/workspaces");
                print_query(&mut out, query);
            }
            Self::Workspace { key, tab, query } => {
                out.push_str("/workspaces");
                push_segment(&mut out, key.account.as_str());
                push_segment(&mut out, key.id.as_str());
                out.push_str(match tab {
                    Tab::Overview => "",
                    Tab::Members => "/members",
                    Tab::Edit => "/edit",
                });
                print_query(&mut out, query);
            }
            Self::Activity => out.push_str("/activity"),
            Self::New(account) => {
                out.push_str("/workspaces/new");
                if let Some(account) = account {
                    out.push_str("?account=");
                    out.push_str(&encode(account.as_str()));
                }
            }
            Self::Accounts => out.push_str("/accounts"),
            Self::Settings => out.push_str("/settings"),
            Self::SignIn(next) | Self::AddAccount(next) => {
                out.push_str(match self {
                    Self::SignIn(_) => "/sign-in",
                    _ => "/accounts/add",
                });
                if let Some(next) = next {
                    out.push_str("?next=");
                    out.push_str(&encode(&next.href()));
                }
            }
            Self::SignInReturn => out.push_str("/sign-in/callback"),
            Self::Unknown => out.push('/'),
        }
        out
    }

    /// The view on the list that this place carries along.
    #[must_use]
    pub fn query(&self) -> Query {
        match self {
            Self::List(query) | Self::Workspace { query, .. } => query.clone(),
            _ => Query::default(),
        }
    }

    /// Which screen it is: two places that differ in their part of an address alone are on one.
    #[must_use]
    pub fn screen(&self) -> Discriminant<Self> {
        match self {
            Self::Workspace { .. } => discriminant(&Self::List(Query::default())),
            route => discriminant(route),
        }
    }

    /// The open workspace.
    #[must_use]
    pub fn workspace(&self) -> Option<&WorkspaceKey> {
        match self {
            Self::Workspace { key, .. } => Some(key),
            _ => None,
        }
    }

    /// The same place with another view on the list.
    #[must_use]
    pub fn with_query(self, query: Query) -> Self {
        match self {
            Self::Workspace { key, tab, .. } => Self::Workspace { key, tab, query },
            _ => Self::List(query),
        }
    }
}

const STATES: [(&str, StateFilter); 3] = [
    ("archived", StateFilter::Archived),
    ("other", StateFilter::Other),
    ("all", StateFilter::All),
];
const COLUMNS: [(&str, Column); 6] = [
    ("name", Column::Name),
    ("account", Column::Account),
    ("role", Column::Role),
    ("billing", Column::Billing),
    ("state", Column::State),
    ("updated", Column::Updated),
];

/// Reads what `push_segment` printed. The ids `.` and `..` come encoded twice, because a browser
/// takes them as steps in the path otherwise.
fn segment(part: &str) -> String {
    match part {
        "%252E" | "%252E%252E" => decode(&decode(part)),
        _ => decode(part),
    }
}

fn pairs(search: &str) -> impl Iterator<Item = (&str, String)> {
    search.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        Some((key, decode_value(value)))
    })
}

/// Where to go after signing in.
fn next(search: &str) -> Option<Box<Route>> {
    let (_, next) = pairs(search).find(|(key, _)| *key == "next")?;
    match Route::parse_address(&next) {
        // A sign-in that leads to a sign-in would never end.
        Route::SignIn(_) | Route::AddAccount(_) | Route::SignInReturn | Route::Unknown => None,
        route => Some(Box::new(route)),
    }
}

fn words<T: PartialEq>(text: &str, read: fn(String) -> T) -> Vec<T> {
    let mut all = Vec::new();
    for word in text.split(',').filter(|word| !word.is_empty()) {
        let value = read(word.to_owned());
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

fn parse_query(search: &str) -> Query {
    let mut query = Query::default();
    for (key, value) in pairs(search) {
        match key {
            "q" => query.text = value,
            "state" => {
                if let Some((_, state)) = STATES.iter().find(|(word, _)| *word == value) {
                    query.state = *state;
                }
            }
            "role" => query.roles = words(&value, Role::from_word),
            "billing" => query.billing = words(&value, BillingMode::from_word),
            "account" => {
                query.accounts = words(&value, AccountId::new)
                    .into_iter()
                    .flatten()
                    .collect();
            }
            "service" => query.services = words(&value, |word| word),
            "sort" => {
                let (descending, word) = match value.strip_prefix('-') {
                    Some(word) => (true, word),
                    None => (false, value.as_str()),
                };
                if let Some((_, column)) = COLUMNS.iter().find(|(name, _)| *name == word) {
                    query.column = *column;
                    query.descending = descending;
                }
            }
            _ => {}
        }
    }
    query
}

fn print_query(out: &mut String, query: &Query) {
    let mut separator = '?';
    let mut pair = |key: &str, value: &str| {
        out.push(separator);
        separator = '&';
        out.push_str(key);
        out.push('=');
        out.push_str(&encode(value));
    };
    if !query.text.is_empty() {
        pair("q", &query.text);
    }
    if let Some((word, _)) = STATES.iter().find(|(_, state)| *state == query.state) {
        pair("state", word);
    }
    let mut list = |key: &str, words: Vec<&str>| {
        if !words.is_empty() {
            pair(key, &words.join(","));
        }
    };
    list("role", query.roles.iter().map(Role::as_str).collect());
    list(
        "billing",
        query.billing.iter().map(BillingMode::as_str).collect(),
    );
    list(
        "account",
        query.accounts.iter().map(AccountId::as_str).collect(),
    );
    list(
        "service",
        query.services.iter().map(String::as_str).collect(),
    );
    let sorted = query.column != Column::Name || query.descending;
    if sorted && let Some((word, _)) = COLUMNS.iter().find(|(_, column)| *column == query.column) {
        pair(
            "sort",
            &[if query.descending { "-" } else { "" }, word].concat(),
        );
    }
}

#[cfg(test)]
mod tests;
