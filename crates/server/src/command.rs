//! Carries out a command; what goes wrong comes back as one sentence that says what to do.
//!
//! Must not know any route.

use std::io::Write;
use std::net::SocketAddr;

use futures_util::FutureExt;

use crate::cli::{Cli, Command, Provider, ServeArgs, Settings, TokenArgs};
use crate::core::app::App;
use crate::core::clock::Clock;
use crate::core::db::{Database, StartError};
use crate::core::jwt::{self, Keys};
use crate::core::seed::Plan;
use crate::core::{assets, observe, serve};
use crate::migrations::MIGRATIONS;
use crate::router::{self, Options};
use crate::vendors::altostrat::signin;
use crate::vendors::anthropic::credentials;
use crate::vendors::{altostrat, anthropic, flashback, openai};

/// Runs the command to its end.
///
/// # Errors
/// The sentence for the person who started it.
pub fn run(cli: Cli) -> Result<(), String> {
    match cli.command {
        Command::Serve(args) => run_server(args),
        Command::Token(args) => print_token(&args),
    }
}

/// Opens and, if it is new, fills the database; gives back the signing key that lives in it.
///
/// # Errors
/// The sentence for the person who started the program.
pub fn open(file: &str, plan: Plan) -> Result<(Database, Keys), String> {
    let database = Database::open(file, &MIGRATIONS).map_err(|error| error.to_string())?;
    let keys = database
        .write_blocking(move |tx| {
            altostrat::seed::sow(tx, plan)?;
            anthropic::seed::sow(tx, plan)?;
            flashback::seed::sow(tx, plan)?;
            openai::seed::sow(tx, plan)?;
            jwt::load_or_make_key(tx)
        })
        .map_err(|error: StartError| error.sentence(file))?;
    Ok((database, keys))
}

fn print_token(args: &TokenArgs) -> Result<(), String> {
    let (database, keys) = open(&args.database, args.plan.into())?;
    let (provider, person) = (args.provider, args.person);
    let now = Clock::default().now();
    let token = match (provider, args.bearer) {
        (Provider::Anthropic, false) if args.personal => credentials::account_key(person).0,
        (Provider::Anthropic, false) => credentials::key(person),
        (Provider::Anthropic, true) => credentials::bearer(person).ok_or_else(|| {
            "The viewer has an ordinary key and no OAuth token; leave out --bearer.".to_owned()
        })?,
        _ => database
            .write_blocking(move |tx| match provider {
                Provider::Flashback => flashback::tokens::for_script(tx, &keys, person, now),
                Provider::Openai => openai::keys::for_script(tx, person, now),
                Provider::Altostrat | Provider::Anthropic => {
                    signin::tokens::for_script(tx, &keys, person, now)
                }
            })
            .map_err(|error: StartError| error.sentence(&args.database))?,
    };
    writeln!(std::io::stdout(), "{token}")
        .map_err(|error| format!("The credential could not be printed ({error})."))
}

fn run_server(args: ServeArgs) -> Result<(), String> {
    observe::start_logging();
    if let Some(dist) = &args.dist {
        assets::check(dist)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("The server could not start its threads ({error}); end some other programs and try again."))?;
    // Bound first: a port in use should not cost the time that seeding takes.
    let listener = runtime.block_on(serve::bind(args.listen))?;
    let address = listener.local_addr().unwrap_or(args.listen);
    let other = match args.also_listen {
        Some(listen) => Some(runtime.block_on(serve::bind(listen))?),
        None => None,
    };
    let other_address = other.as_ref().and_then(|other| other.local_addr().ok());
    let mut connect_src = args.connect_src;
    connect_src.extend(other_address.map(|address| format!("http://{address}")));
    let (database, keys) = open(&args.database, args.plan.into())?;
    let mut settings = Settings::with(&args.setting);
    settings.altostrat.redirect_uris = redirect_uris(address, args.redirect_uri);
    let router = router::router(
        &App::new(database, keys, Clock::default(), settings),
        &Options {
            dist: args.dist,
            faults: args.faults,
            connect_src,
            pages: other_address.map(|_| format!("http://{address}")),
        },
    )?;
    let stop = {
        let _context = runtime.enter();
        serve::stop_requests().map_err(|error| {
            format!("The server could not listen for requests to stop ({error}); try again.")
        })?
    };
    let stop = stop.shared();
    if let Some(address) = other_address {
        tracing::info!(other = %format_args!("http://{address}"), "listening too");
    }
    tracing::info!(address = %format_args!("http://{address}"), "listening");
    runtime.block_on(async {
        let second = async {
            if let Some(other) = other {
                serve::run(other, router.clone(), stop.clone()).await;
            }
        };
        tokio::join!(serve::run(listener, router.clone(), stop.clone()), second);
    });
    tracing::info!("stopped");
    Ok(())
}

/// The addresses sign-in may return to: this server's own app, the one of `trunk serve`, and `more`.
#[must_use]
pub fn redirect_uris(listen: SocketAddr, more: Vec<String>) -> Vec<String> {
    let mut uris = more;
    for port in [listen.port(), 8080] {
        for host in ["127.0.0.1", "localhost"] {
            uris.push(format!("http://{host}:{port}/sign-in/callback"));
        }
    }
    uris
}
