//! Killed while it writes, the server has kept every write it acknowledged, and nothing by halves.

use std::sync::Mutex;
use std::time::Duration;

use crate::command::{Folder, Process, token};
use crate::support;

#[test]
fn a_kill_during_writes_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new("kill");
    let database = folder.file("kill.db");
    let bearer = format!("Bearer {}", token(&database, "owner"));
    let acknowledged: Mutex<Vec<String>> = Mutex::default();
    for _ in 0..2 {
        let mut server = Process::start(&database);
        let url = format!("{}/api/altostrat/workspaces", server.1);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let headers = [
                        ("authorization", bearer.as_str()),
                        ("content-type", "application/json"),
                    ];
                    let body = br#"{"name":"Written","billing_mode":"pooled"}"#;
                    while let Ok(reply) = support::send("POST", &url, &headers, body) {
                        assert_eq!(reply.status, 201);
                        let id = reply.json()["id"].as_str().unwrap().to_owned();
                        acknowledged.lock().unwrap().push(id);
                    }
                });
            }
            std::thread::sleep(Duration::from_millis(700));
            // On Unix this is SIGKILL.
            server.0.kill().unwrap();
            server.0.wait().unwrap();
        });
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(
        acknowledged.len() > 10,
        "only {} writes",
        acknowledged.len()
    );
    let connection = rusqlite::Connection::open(&database).unwrap();
    let number = |sql: &str| {
        connection
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let check: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let halves = "SELECT count(*) FROM altostrat_workspaces w WHERE NOT EXISTS \
                  (SELECT 1 FROM altostrat_members m WHERE m.workspace_id = w.id)";
    assert_eq!(number(halves), 0);
    for id in &acknowledged {
        let sql = "SELECT count(*) FROM altostrat_workspaces WHERE id = ?1";
        let kept: i64 = connection.query_row(sql, [id], |row| row.get(0)).unwrap();
        assert_eq!(kept, 1, "{id}");
    }
}
