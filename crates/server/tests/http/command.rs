//! The binary: its commands, and what it says when it cannot.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::support;

const BINARY: &str = env!("CARGO_BIN_EXE_steward-server");

/// A folder that goes away with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("steward-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server process that is killed with the test, and its address.
pub struct Process(pub Child, pub String);

impl Process {
    pub fn start(database: &str) -> Self {
        let mut child = Command::new(BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .env_remove("STEWARD_LOG")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().unwrap().unwrap();
            let json: serde_json::Value = serde_json::from_str(&line).unwrap();
            if let Some(address) = json["address"].as_str() {
                break address.to_owned();
            }
        };
        // Nobody reading would block the server once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Self(child, address)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn token(database: &str, person: &str) -> String {
    token_for(database, "altostrat", person)
}

pub fn token_for(database: &str, provider: &str, person: &str) -> String {
    let output = run(&["token", "--database", database, provider, person]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1);
    text.trim().to_owned()
}

pub fn run(args: &[&str]) -> Output {
    Command::new(BINARY).args(args).output().unwrap()
}

/// One sentence on stderr, none on stdout, and a code that says failure.
fn fails_with(args: &[&str], part: &str) {
    let output = run(args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{args:?}");
    assert!(output.stdout.is_empty());
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(
        said.contains(part) && said.trim_end().ends_with('.'),
        "{said}"
    );
}

#[test]
fn a_token_works_on_a_running_server_and_a_new_file() {
    let folder = Folder::new("token");
    let database = folder.file("new.db");
    let before = token(&database, "viewer");
    let server = Process::start(&database);
    for token in [before, token(&database, "owner")] {
        let bearer = format!("Bearer {token}");
        let url = format!("{}/api/altostrat/workspaces", server.1);
        let reply = support::send("GET", &url, &[("authorization", &bearer)], b"").unwrap();
        assert_eq!(reply.json()["data"].as_array().unwrap().len(), 40);
    }
}

#[test]
fn what_stands_in_the_way_is_one_sentence() {
    let folder = Folder::new("ways");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fails_with(
        &["serve", "--listen", &address, "--database", ":memory:"],
        "already in use",
    );
    let junk = folder.file("junk.db");
    std::fs::write(
        &junk,
        "this is not a database, and long enough to be looked at".repeat(40),
    )
    .unwrap();
    let serve = |file: &str, part: &str| {
        fails_with(
            &["serve", "--listen", "127.0.0.1:0", "--database", file],
            part,
        );
    };
    serve(&junk, "not a database");
    serve(&folder.file("none/there.db"), "folder exists");
    let foreign = folder.file("foreign.db");
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    serve(&foreign, "another program");
    let newer = folder.file("newer.db");
    token(&newer, "owner");
    rusqlite::Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    serve(&newer, "newer version");
    let empty = folder.file("");
    fails_with(
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            ":memory:",
            "--dist",
            &empty,
        ],
        "no built app",
    );
    fails_with(
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            ":memory:",
            "--connect-src",
            "x",
        ],
        "not an origin",
    );
    #[cfg(target_os = "linux")]
    if Path::new("/dev/full").exists() {
        let output = Command::new(BINARY)
            .args(["token", "--database", ":memory:", "altostrat", "owner"])
            .stdout(
                std::fs::OpenOptions::new()
                    .write(true)
                    .open("/dev/full")
                    .unwrap(),
            )
            .output()
            .unwrap();
        assert!(!output.status.success());
    }
}

#[cfg(unix)]
#[test]
fn a_request_to_stop_is_followed() {
    let folder = Folder::new("stop");
    for signal in ["INT", "TERM"] {
        let mut server = Process::start(&folder.file("stop.db"));
        let id = server.0.id().to_string();
        Command::new("kill")
            .args([&format!("-{signal}"), &id])
            .status()
            .unwrap();
        assert!(server.0.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn the_log_has_no_token_no_code_and_no_body() {
    let folder = Folder::new("log");
    let database = folder.file("log.db");
    let secret = token(&database, "owner");
    let child = Command::new(BINARY)
        .args(["serve", "--listen", "127.0.0.1:0", "--database", &database])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut server = Process(child, String::new());
    let mut lines = BufReader::new(server.0.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    let base = first["address"].as_str().unwrap();
    let bearer = format!("Bearer {secret}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let create = br#"{"name":"quiet-word","billing_mode":"single"}"#;
    let url = format!("{base}/api/altostrat/workspaces?code=quiet-word");
    assert_eq!(
        support::send("POST", &url, &headers, create)
            .unwrap()
            .status,
        201
    );
    let line = lines.next().unwrap().unwrap();
    assert!(
        !line.contains(&secret) && !line.contains("quiet-word"),
        "{line}"
    );
    let json: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (&json["method"], &json["status"]),
        (&"POST".into(), &201.into())
    );
    assert!(json["ms"].is_u64() && json["span"]["id"].as_str().unwrap().starts_with("req_"));
}
