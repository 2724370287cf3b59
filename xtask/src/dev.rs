//! `cargo xtask dev`: the server and `trunk serve` side by side, both ended by one Ctrl+C.

use crate::{
    args::Args,
    build, command, console,
    failure::{Failure, OrSay, Outcome},
    layout, progress, server,
    server::Options,
    setup,
    signals::Stop,
};
use std::{ffi::OsString, process::Child, thread, time::Duration};

const USAGE: &str =
    "cargo xtask dev [--database FILE] [--workspaces N] [--edge-cases] [--connect-src ORIGIN]...";
/// Trunk.toml sends /api to this one.
const API_PORT: u16 = 4180;
const APP_PORT: u16 = 8080;

/// A child that does not outlive us.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        server::end(&mut self.0);
    }
}

pub(crate) fn dev(words: impl IntoIterator<Item = String>) -> Outcome {
    let mut args = Args::new(words, USAGE);
    let options = Options {
        port: API_PORT,
        database: match args.value::<OsString>("--database")? {
            Some(file) => file,
            None => server::default_database("dev.db")?.into(),
        },
        workspaces: args.value("--workspaces")?,
        edge_cases: args.flag("--edge-cases"),
        faults: true,
        // trunk serves the app here.
        dist: None,
        connect_src: args.values("--connect-src")?,
    };
    args.finish()?;

    server::port_is_free(APP_PORT, "end the other `trunk serve`")?;
    server::port_is_free(API_PORT, "end the other `cargo xtask run`")?;
    let toolbox = setup::build()?;
    let mut cargo = command::cargo();
    progress::step(
        "Building the server",
        cargo.args(["build", "--package", "steward-server"]),
    )?;
    let binary = layout::target()
        .join("debug")
        .join(format!("steward-server{}", std::env::consts::EXE_SUFFIX));

    let stop = Stop::listen()?;
    let mut server = server::start(&binary, &options)?;
    let mut trunk = build::trunk(&toolbox)?;
    trunk.arg("serve");
    let mut trunk = Guard(trunk.spawn().or_say(|| "start trunk".to_owned())?);
    console::say(format_args!(
        "\n  Steward, rebuilt on every change    http://127.0.0.1:{APP_PORT}\n  The server, with faults allowed     http://{}\n",
        server.address
    ));

    while !stop.asked() {
        // Ctrl+C reaches both of them as well, and they may be quicker than we are.
        if let Some(status) = server.ended()?.filter(|_| !stop.asked()) {
            return Err(server::stopped(status));
        }
        let ended = trunk.0.try_wait().or_say(|| "watch trunk".to_owned())?;
        if let Some(status) = ended.filter(|_| !stop.asked()) {
            return Err(Failure::new(format!(
                "trunk stopped by itself ({status}): see what it says above."
            )));
        }
        thread::sleep(Duration::from_millis(100));
    }
    drop(trunk);
    server.stop();
    Ok(())
}
