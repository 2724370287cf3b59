//! The command line, and the answers to what the contracts leave open.
//!
//! Guarantees: every open question has one field with the proposed answer as its default. Must not
//! know how a command is carried out.

pub mod anthropic;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::flashback;
use crate::openai;

/// The reference server for the console: the vendors' contracts over SQLite.
#[derive(Debug, Parser)]
#[command(name = "steward-server", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the APIs, the sign-in pages and, with --dist, the built app.
    Serve(ServeArgs),
    /// Print a credential for a script, alone on its line.
    Token(TokenArgs),
}

/// What `serve` can be told.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:4180")]
    pub listen: SocketAddr,
    /// A second address to listen on, whose APIs pages of the first may call: a service of another origin.
    #[arg(long, value_name = "ADDRESS")]
    pub also_listen: Option<SocketAddr>,
    /// The database file; `:memory:` for one that ends with the server.
    #[arg(long, value_name = "FILE")]
    pub database: String,
    /// The folder of the built app.
    #[arg(long, value_name = "DIR")]
    pub dist: Option<PathBuf>,
    /// How many workspaces a new database is given.
    #[arg(long, default_value_t = 40)]
    pub workspaces: u32,
    /// Offer `/api/_faults`, which makes the server fail on request.
    #[arg(long)]
    pub faults: bool,
    /// A further address that sign-in may return to; may be repeated.
    #[arg(long, value_name = "URL")]
    pub redirect_uri: Vec<String>,
    /// A further origin the app may send requests to; may be repeated.
    #[arg(long, value_name = "ORIGIN")]
    pub connect_src: Vec<String>,
    /// The other reading of an open question, such as `outsider=403`; may be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    pub setting: Vec<Setting>,
}

/// What `token` can be told.
#[derive(Args, Debug)]
pub struct TokenArgs {
    /// The database file, which a server may be using at the same time.
    #[arg(long, value_name = "FILE")]
    pub database: String,
    /// How many workspaces a new database is given.
    #[arg(long, default_value_t = 40)]
    pub workspaces: u32,
    /// Whose API the credential is for.
    pub provider: Provider,
    /// Which demo person it speaks for.
    pub person: Persona,
    /// The OAuth token of that person in place of the key, where the vendor takes both.
    #[arg(long)]
    pub bearer: bool,
    /// That person's own key in place of the Admin key, at Anthropic.
    #[arg(long, conflicts_with = "bearer")]
    pub personal: bool,
}

/// The vendors a credential can be made for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Provider {
    /// Altostrat Workspaces.
    Altostrat,
    /// The Anthropic Admin API.
    Anthropic,
    /// Flashback.
    Flashback,
    /// OpenAI projects.
    Openai,
}

/// The demo people, named by what they are to most workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Persona {
    /// Owner of about 60 % of the workspaces, admin of 25 %, viewer of the rest.
    Owner,
    /// Admin of all but a few.
    Admin,
    /// Viewer of all.
    Viewer,
    /// Member of none.
    Outsider,
}

impl Persona {
    /// All of them, in the order of the sign-in page.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Viewer, Self::Outsider];

    /// The name on the command line, in forms and in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::Outsider => "outsider",
        }
    }

    /// The persona of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|persona| persona.key() == key)
    }
}

/// How this server reads what the contracts do not state. Without a prefix: Altostrat's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// PATCH of an archived workspace or its members: 400 (proposed) or 409.
    pub archived_patch: u16,
    /// DELETE of an archived workspace: 409 (proposed) or 204.
    pub archived_delete: u16,
    /// A workspace the caller is no member of: 404 (proposed) or 403. One that does not exist is 404.
    pub outsider: u16,
    /// Whether the list holds archived workspaces: it does (proposed) or does not.
    pub list_archived: bool,
    /// `has_more` of the list: false (proposed), or true to try a client's reading of it; the list
    /// itself is complete either way, since the contract has no cursor.
    pub list_has_more: bool,
    /// A cancelled subscription ends with its period, as documented; or at once, for those who cannot
    /// wait for a month.
    pub cancel_at_once: bool,
    /// An accepted cancellation is answered with nothing (204, proposed), or with a message (200).
    pub cancel_message: bool,
    /// The Anthropic Admin API's.
    pub anthropic: anthropic::Settings,
    /// What only Flashback leaves open; named `flashback_…` on the command line.
    pub flashback: flashback::settings::Settings,
    /// What only OpenAI projects leave open; named `openai_…` on the command line.
    pub openai: openai::settings::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            archived_patch: 400,
            archived_delete: 409,
            outsider: 404,
            list_archived: true,
            list_has_more: false,
            cancel_at_once: false,
            cancel_message: false,
            anthropic: anthropic::Settings::default(),
            flashback: flashback::settings::Settings::default(),
            openai: openai::settings::Settings::default(),
        }
    }
}

impl Settings {
    /// The defaults with these changes.
    #[must_use]
    pub fn with(changes: &[Setting]) -> Self {
        let mut settings = Self::default();
        for change in changes {
            match *change {
                Setting::ArchivedPatch(status) => settings.archived_patch = status,
                Setting::ArchivedDelete(status) => settings.archived_delete = status,
                Setting::Outsider(status) => settings.outsider = status,
                Setting::ListArchived(included) => settings.list_archived = included,
                Setting::ListHasMore(more) => settings.list_has_more = more,
                Setting::CancelAtOnce(at_once) => settings.cancel_at_once = at_once,
                Setting::CancelMessage(message) => settings.cancel_message = message,
                Setting::Anthropic(setting) => settings.anthropic.change(setting),
                Setting::Flashback(change) => change.apply(&mut settings.flashback),
                Setting::Openai(change) => change.apply(&mut settings.openai),
            }
        }
        settings
    }
}

/// One `--setting`.
#[derive(Clone, Copy, Debug)]
pub enum Setting {
    /// See [`Settings::archived_patch`].
    ArchivedPatch(u16),
    /// See [`Settings::archived_delete`].
    ArchivedDelete(u16),
    /// See [`Settings::outsider`].
    Outsider(u16),
    /// See [`Settings::list_archived`].
    ListArchived(bool),
    /// See [`Settings::list_has_more`].
    ListHasMore(bool),
    /// See [`Settings::cancel_at_once`].
    CancelAtOnce(bool),
    /// See [`Settings::cancel_message`].
    CancelMessage(bool),
    /// See [`Settings::anthropic`].
    Anthropic(anthropic::Setting),
    /// See [`Settings::flashback`].
    Flashback(flashback::settings::Setting),
    /// See [`Settings::openai`].
    Openai(openai::settings::Setting),
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(setting) = text.parse() {
            return Ok(Self::Anthropic(setting));
        }
        if let Some(change) = flashback::settings::Setting::parse(text) {
            return Ok(Self::Flashback(change));
        }
        if let Some(change) = openai::settings::Setting::parse(text) {
            return Ok(Self::Openai(change));
        }
        Ok(match text {
            "archived_patch=400" => Self::ArchivedPatch(400),
            "archived_patch=409" => Self::ArchivedPatch(409),
            "archived_delete=409" => Self::ArchivedDelete(409),
            "archived_delete=204" => Self::ArchivedDelete(204),
            "outsider=404" => Self::Outsider(404),
            "outsider=403" => Self::Outsider(403),
            "list_archived=include" => Self::ListArchived(true),
            "list_archived=exclude" => Self::ListArchived(false),
            "list_has_more=false" => Self::ListHasMore(false),
            "list_has_more=true" => Self::ListHasMore(true),
            "cancel_ends=period" => Self::CancelAtOnce(false),
            "cancel_ends=now" => Self::CancelAtOnce(true),
            "cancel_answer=204" => Self::CancelMessage(false),
            "cancel_answer=message" => Self::CancelMessage(true),
            _ => {
                let altostrat = "archived_patch=400|409, archived_delete=409|204, \
                            outsider=404|403, list_archived=include|exclude, \
                            list_has_more=false|true, cancel_ends=period|now, \
                            cancel_answer=204|message";
                return Err(format!(
                    "one of {altostrat}, {}, {}, {}",
                    anthropic::CHOICES,
                    flashback::settings::Setting::names(),
                    openai::settings::Setting::names()
                ));
            }
        })
    }
}
