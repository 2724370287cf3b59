//! The command line, and the vendors' settings that it can change.
//!
//! Must not know how a command is carried out.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::core::persona::Persona;
use crate::core::seed::Plan;
use crate::core::settings;
use crate::vendors::{altostrat, anthropic, flashback, openai};

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
    /// What a new database is given.
    #[command(flatten)]
    pub plan: PlanArgs,
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

/// What a new database is given.
#[derive(Args, Clone, Copy, Debug)]
pub struct PlanArgs {
    /// How many workspaces a new database is given.
    #[arg(long, default_value_t = 40)]
    pub workspaces: u32,
    /// Give a new database what trips clients up: markup, formulas, emoji and other scripts for names. Tests do.
    #[arg(long)]
    pub edge_cases: bool,
}

impl From<PlanArgs> for Plan {
    fn from(args: PlanArgs) -> Self {
        Self {
            workspaces: args.workspaces,
            edge_cases: args.edge_cases,
        }
    }
}

/// What `token` can be told.
#[derive(Args, Debug)]
pub struct TokenArgs {
    /// The database file, which a server may be using at the same time.
    #[arg(long, value_name = "FILE")]
    pub database: String,
    /// What a new database is given.
    #[command(flatten)]
    pub plan: PlanArgs,
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

/// How this server reads what the contracts do not state, by vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Altostrat's; on the command line without a prefix.
    pub altostrat: altostrat::settings::Settings,
    /// The Anthropic Admin API's.
    pub anthropic: anthropic::settings::Settings,
    /// Flashback's.
    pub flashback: flashback::settings::Settings,
    /// OpenAI's.
    pub openai: openai::settings::Settings,
}

impl Settings {
    /// The defaults with these changes.
    #[must_use]
    pub fn with(changes: &[Setting]) -> Self {
        let mut settings = Self::default();
        for Setting(change) in changes {
            settings.set(change);
        }
        settings
    }

    /// Keeps one answer; false if no vendor has such a one.
    fn set(&mut self, text: &str) -> bool {
        settings::set(&altostrat::settings::QUESTIONS, &mut self.altostrat, text)
            || settings::set(&anthropic::settings::QUESTIONS, &mut self.anthropic, text)
            || settings::set(&flashback::settings::QUESTIONS, &mut self.flashback, text)
            || settings::set(&openai::settings::QUESTIONS, &mut self.openai, text)
    }
}

/// One `--setting`, which some vendor has.
#[derive(Clone, Debug)]
pub struct Setting(String);

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if Settings::default().set(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(format!(
            "one of {}, {}, {}, {}",
            settings::by_question(&altostrat::settings::QUESTIONS),
            settings::by_question(&anthropic::settings::QUESTIONS),
            settings::by_answer(&flashback::settings::QUESTIONS),
            settings::by_answer(&openai::settings::QUESTIONS)
        ))
    }
}
