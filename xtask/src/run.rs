//! `cargo xtask run`: from a clone to a running console, in one command, until Ctrl+C.

use crate::{
    args::Args,
    build, console,
    failure::Outcome,
    layout,
    server::{self, Options},
    signals::Stop,
};
use std::{ffi::OsString, path::Path, thread, time::Duration};

const USAGE: &str = "cargo xtask run [--port N] [--database FILE] [--workspaces N] [--edge-cases] [--faults] [--connect-src ORIGIN]...";

pub(crate) fn run(words: impl IntoIterator<Item = String>) -> Outcome {
    let mut args = Args::new(words, USAGE);
    let options = Options {
        port: args.value("--port")?.unwrap_or(4180),
        database: match args.value::<OsString>("--database")? {
            Some(file) => file,
            None => server::default_database("steward.db")?.into(),
        },
        workspaces: args.value("--workspaces")?,
        edge_cases: args.flag("--edge-cases"),
        faults: args.flag("--faults"),
        dist: Some(layout::dist()),
        connect_src: args.values("--connect-src")?,
    };
    args.finish()?;

    // Asked before minutes of building, and again by the start itself.
    server::port_is_free(options.port, "give another with `--port`")?;
    build::app()?;
    let binary = build::server()?;
    let stop = Stop::listen()?;
    let mut server = server::start(&binary, &options)?;
    welcome(&server.address.to_string(), &binary, &options);

    while !stop.asked() {
        // Ctrl+C reaches the server as well, and it may be quicker than we are.
        if let Some(status) = server.ended()?.filter(|_| !stop.asked()) {
            return Err(server::stopped(status));
        }
        thread::sleep(Duration::from_millis(100));
    }
    console::note("\nStopping.");
    server.stop();
    Ok(())
}

fn welcome(address: &str, binary: &Path, options: &Options) {
    let database = options.database.display();
    console::say(format_args!(
        "
  Steward    http://{address}
  Sign in    choose a demo person on the sign-in page: Olivia Okafor is the owner; an admin, a viewer and an
             outsider are there too
  Flashback  olivia.okafor@example.com signs in with the password demo; anders.holm, vera.marchetti and oskar.lindqvist too
  Token      {} token --database {database} altostrat owner
             (or anthropic, flashback, openai; and admin, viewer or outsider)
  Data       {database}

  Ctrl+C stops it.",
        binary.display(),
    ));
}
