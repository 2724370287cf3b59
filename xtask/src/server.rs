//! The running reference server: started once its port is free, ready once /healthz answers, and stopped by the
//! same signal that Ctrl+C sends, so that it can close its database.

use crate::{
    command,
    failure::{Failure, OrSay, Outcome, disk_full},
    layout,
};
use std::{
    ffi::OsString,
    fs,
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    thread,
    time::{Duration, Instant},
};

/// Seeding a hundred thousand workspaces on first start takes its time.
const READY_WITHIN: Duration = Duration::from_secs(120);
const STOPPED_WITHIN: Duration = Duration::from_secs(15);

/// How to start it.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) database: OsString,
    pub(crate) workspaces: Option<u32>,
    /// Whether a new database has what trips clients up.
    pub(crate) edge_cases: bool,
    pub(crate) faults: bool,
    /// The folder of the built app, where the server is to serve it.
    pub(crate) dist: Option<PathBuf>,
    /// Further origins that the app may send requests to.
    pub(crate) connect_src: Vec<String>,
}

impl Options {
    /// The words of the server's own command line.
    fn arguments(&self, address: SocketAddr) -> Vec<OsString> {
        let mut words: Vec<OsString> = ["serve", "--listen", &address.to_string(), "--database"]
            .map(OsString::from)
            .into();
        words.push(self.database.clone());
        if let Some(dist) = &self.dist {
            words.extend(["--dist".into(), dist.into()]);
        }
        if let Some(workspaces) = self.workspaces {
            words.extend(["--workspaces".into(), workspaces.to_string().into()]);
        }
        if self.edge_cases {
            words.push("--edge-cases".into());
        }
        if self.faults {
            words.push("--faults".into());
        }
        for origin in &self.connect_src {
            words.extend(["--connect-src".into(), origin.into()]);
        }
        words
    }
}

/// A server that answers.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// The database a person keeps between runs.
pub(crate) fn default_database(name: &str) -> Outcome<PathBuf> {
    Ok(layout::data()?.join(name))
}

/// Fails with a sentence when something else listens there.
pub(crate) fn port_is_free(port: u16, how_to_change: &str) -> Outcome {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(Failure::new(format!(
            "Port {port} is in use: stop the program that listens there, or {how_to_change}."
        ))),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(Failure::new(format!(
                "This user may not listen on port {port}: choose one above 1023 with `--port`."
            )))
        }
        Err(error) => Err(Failure::new(format!(
            "Could not listen on port {port}: {error}."
        ))),
    }
}

/// Starts the server and waits until it answers.
pub(crate) fn start(binary: &Path, options: &Options) -> Outcome<Server> {
    port_is_free(options.port, "give another with `--port`")?;
    prepare_database(Path::new(&options.database))?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let mut command = command::program(binary);
    command.args(options.arguments(address));
    let child = spawn(&mut command)?;
    let mut server = Server { child, address };
    server.wait_until_ready()?;
    Ok(server)
}

fn spawn(command: &mut Command) -> Outcome<Child> {
    command
        .spawn()
        .map_err(|error| command::cannot_start(command, &error))
}

fn prepare_database(database: &Path) -> Outcome {
    const NEEDED: u64 = 64 << 20;
    if database == Path::new(":memory:") {
        return Ok(());
    }
    let Some(dir) = database.parent().filter(|dir| !dir.as_os_str().is_empty()) else {
        return Ok(());
    };
    fs::create_dir_all(dir).or_say(|| format!("create {}", dir.display()))?;
    match rustix::fs::statvfs(dir) {
        Ok(disk) if disk.f_bavail.saturating_mul(disk.f_frsize) < NEEDED => Err(disk_full()),
        _ => Ok(()),
    }
}

impl Server {
    fn wait_until_ready(&mut self) -> Outcome {
        let began = Instant::now();
        while began.elapsed() < READY_WITHIN {
            if let Some(status) = self.ended()? {
                return Err(stopped(status));
            }
            if healthy(self.address) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        self.stop();
        Err(Failure::new(format!(
            "The server did not answer on {} within {} seconds: see what it says above.",
            self.address,
            READY_WITHIN.as_secs()
        )))
    }

    /// The exit status, once it has ended by itself.
    pub(crate) fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child
            .try_wait()
            .or_say(|| "watch the server".to_owned())
    }

    /// Asks it to end, waits, and only then insists.
    pub(crate) fn stop(&mut self) {
        end(&mut self.child);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Ends a child the gentle way first.
pub(crate) fn end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    #[cfg(unix)]
    {
        let _ = rustix::process::kill_process(
            rustix::process::Pid::from_child(child),
            rustix::process::Signal::TERM,
        );
        let asked = Instant::now();
        while asked.elapsed() < STOPPED_WITHIN {
            if matches!(child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The sentence for a server that ended when nobody asked it to.
pub(crate) fn stopped(status: ExitStatus) -> Failure {
    Failure::new(format!(
        "The server stopped by itself ({status}): see what it says above."
    ))
}

fn healthy(address: SocketAddr) -> bool {
    let answer = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut head = [0; 64];
        let read = stream.read(&mut head)?;
        Ok(String::from_utf8_lossy(head.get(..read).unwrap_or_default()).into_owned())
    };
    answer().is_ok_and(|head| head.split(' ').nth(1) == Some("200"))
}

#[cfg(test)]
mod tests {
    use super::{Options, port_is_free};
    use std::net::{SocketAddr, TcpListener};

    #[test]
    fn the_server_is_told_exactly_what_was_asked_for() {
        let mut options = Options {
            port: 4180,
            database: "a.db".into(),
            workspaces: None,
            edge_cases: false,
            faults: false,
            dist: None,
            connect_src: Vec::new(),
        };
        let line = |options: &Options| {
            let words = options.arguments(SocketAddr::from(([127, 0, 0, 1], options.port)));
            words
                .iter()
                .map(|word| word.to_string_lossy())
                .collect::<Vec<_>>()
                .join(" ")
        };
        // Without a built app, as `dev` starts it, there is no folder to name.
        assert_eq!(
            line(&options),
            "serve --listen 127.0.0.1:4180 --database a.db"
        );
        options.dist = Some("dist".into());
        options.workspaces = Some(50);
        options.edge_cases = true;
        options.faults = true;
        options.connect_src = vec!["https://one.example".into(), "https://two.example".into()];
        assert_eq!(
            line(&options),
            "serve --listen 127.0.0.1:4180 --database a.db --dist dist --workspaces 50 --edge-cases --faults \
             --connect-src https://one.example --connect-src https://two.example"
        );
    }

    #[test]
    fn a_taken_port_is_one_sentence_with_the_way_out() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let sentence = port_is_free(port, "give another with `--port`")
            .unwrap_err()
            .to_string();
        assert_eq!(
            sentence,
            format!(
                "Port {port} is in use: stop the program that listens there, or give another with `--port`."
            )
        );
    }
}
