//! Faults in time: accepted and carried out later, and reads that show the past.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use steward_server::core::persona::Persona;

use crate::faults::{put, start};
use crate::support::{Reply, Server};

/// What is true, whatever the rules are.
pub fn truth(server: &Server, path: &str) -> Value {
    let authorization = format!("Bearer {}", server.token("owner"));
    let headers = [
        ("authorization", authorization.as_str()),
        ("x-no-faults", "1"),
    ];
    let reply = server.send("GET", &format!("/api/altostrat{path}"), &headers, b"");
    reply.unwrap().json()
}

pub fn save(server: &Server, path: &str, body: &Value) -> Reply {
    server.call("owner", "PATCH", path, Some(&body.to_string()))
}

fn clear(server: &Server) {
    server.send("DELETE", "/api/_faults", &[], b"").unwrap();
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_was_accepted_is_carried_out_later_or_never() {
    let server = start();
    let [soon, later, never] = [(); 3].map(|()| format!("/workspaces/{}", server.fresh()));
    put(
        &server,
        &json!([
            {"method": "PATCH", "path": soon, "action": {"status": 202}, "perform_after_ms": 200},
            {"method": "PATCH", "path": later, "action": {"status": 202, "body": {"state": "queued"}}, "perform_after_ms": 3_600_000},
            {"method": "PATCH", "path": never, "action": {"status": 202}},
        ]),
    );
    // Answered at once, not after the hour that it takes.
    let reply = save(&server, &later, &json!({"name": "Later"}));
    assert_eq!(
        (reply.status, reply.json()),
        (202, json!({"state": "queued"}))
    );
    let reply = save(&server, &never, &json!({"name": "Never"}));
    assert_eq!((reply.status, reply.body.len()), (202, 0));
    let started = Instant::now();
    assert_eq!(save(&server, &soon, &json!({"name": "Soon"})).status, 202);
    until("carried out", || {
        server.get("owner", &soon)["name"] == "Soon"
    });
    assert!(started.elapsed() >= Duration::from_millis(200));
    assert_eq!(server.get("owner", &later)["name"], "Fresh");
    assert_eq!(server.get("owner", &never)["name"], "Fresh");
}

#[test]
fn reads_lag_behind_a_change_in_list_object_and_members_alike() {
    let server = start();
    let id = server.fresh();
    let (path, members) = (
        format!("/workspaces/{id}"),
        format!("/workspaces/{id}/members"),
    );
    let name_in_list =
        |all: &[Value]| all.iter().find(|each| each["id"] == id.as_str()).unwrap()["name"].clone();
    put(
        &server,
        &json!([{"dialect": "altostrat", "method": "PATCH", "path": "/workspaces/*", "times": 1, "lag": {}}]),
    );
    assert_eq!(
        save(&server, &path, &json!({"name": "Newer"})).json()["name"],
        "Newer"
    );
    // No rule is left, and a change in between is not seen either.
    let remove = format!("{members}/{}", server.user("viewer").replace('|', "%7C"));
    assert_eq!(server.call("owner", "DELETE", &remove, None).status, 204);
    let count = |found: &Value| found["data"].as_array().unwrap().len();
    assert_eq!(server.get("owner", &path)["name"], "Fresh");
    assert_eq!(name_in_list(&server.workspaces("owner")), "Fresh");
    assert_eq!(count(&server.get("owner", &members)), 3);
    assert_eq!(truth(&server, &path)["name"], "Newer");
    assert_eq!(count(&truth(&server, &members)), 2);
    clear(&server);
    assert_eq!(server.get("owner", &path)["name"], "Newer");
    assert_eq!(name_in_list(&server.workspaces("owner")), "Newer");
    assert_eq!(count(&server.get("owner", &members)), 2);
}

#[test]
fn a_lag_ends_by_itself() {
    let server = start();
    let path = format!("/workspaces/{}", server.fresh());
    put(
        &server,
        &json!([{"method": "PATCH", "times": 1, "lag": {"ms": 500}}]),
    );
    let started = Instant::now();
    save(&server, &path, &json!({"name": "Newer"}));
    until("caught up", || {
        server.get("owner", &path)["name"] == "Newer"
    });
    assert!(started.elapsed() >= Duration::from_millis(500));
}

#[test]
fn some_reads_lag_until_the_rules_are_cleared() {
    let server = start();
    let id = server.fresh();
    let path = format!("/workspaces/{id}");
    put(
        &server,
        &json!([{"method": "DELETE", "path": "/workspaces/*", "lag": {"reads": "/workspaces"}}]),
    );
    assert_eq!(server.call("owner", "DELETE", &path, None).status, 204);
    let archived = |server: &Server| {
        let all = server.workspaces("owner");
        all.iter().find(|each| each["id"] == id.as_str()).unwrap()["archived"].clone()
    };
    assert_eq!(archived(&server), false);
    assert_eq!(server.get("owner", &path)["archived"], true);
    clear(&server);
    assert_eq!(archived(&server), true);
}

#[test]
fn a_creation_is_not_there_yet_for_whoever_lags() {
    let server = start();
    let before = server.workspaces("owner").len();
    put(
        &server,
        &json!([{"method": "POST", "path": "/workspaces", "times": 1, "lag": {}}]),
    );
    let path = format!("/workspaces/{}", server.fresh());
    assert_eq!(server.call("owner", "GET", &path, None).status, 404);
    assert_eq!(server.workspaces("owner").len(), before);
    assert_eq!(truth(&server, &path)["name"], "Fresh");
}

#[test]
fn reads_lag_at_every_service() {
    let server = start();
    let anthropic = steward_server::vendors::anthropic::credentials::key(Persona::Owner).to_owned();
    let flashback = server.flashback_token("owner").to_owned();
    let openai = server.openai_key("owner").to_owned();
    for (service, path, token) in [
        ("anthropic", "/v1/organizations/workspaces", anthropic),
        ("flashback", "/workspace", flashback),
        ("openai", "/v1/organization/projects", openai),
    ] {
        let authorization = format!("Bearer {token}");
        let ask = |method: &str, path: &str, more: &[(&str, &str)], body: &[u8]| {
            let mut headers = vec![
                ("authorization", authorization.as_str()),
                ("content-type", "application/json"),
                ("anthropic-version", "2023-06-01"),
            ];
            if service == "anthropic" {
                headers[0] = ("x-api-key", &token);
            }
            headers.extend(more);
            let reply = server.send(method, &format!("/api/{service}{path}"), &headers, body);
            reply.unwrap()
        };
        put(
            &server,
            &json!([{"dialect": service, "method": "POST", "times": 1, "lag": {}}]),
        );
        let made = ask("POST", path, &[], br#"{"name":"Made while reads lag"}"#);
        assert!(
            (200..202).contains(&made.status),
            "{service} {}",
            made.text()
        );
        let lagging = ask("GET", path, &[], b"");
        assert_eq!(lagging.status, 200, "{service}: {}", lagging.text());
        assert!(!lagging.text().contains("Made while"), "{service}");
        let true_now = ask("GET", path, &[("x-no-faults", "1")], b"");
        assert!(true_now.text().contains("Made while"), "{service}");
    }
}

#[tokio::test]
async fn a_copy_of_a_database_in_a_file_goes_its_own_way() {
    use steward_server::core::db::Database;
    use steward_server::core::db::StartError;
    let folder = std::env::temp_dir().join(format!("steward-copy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("steward.db");
    let database = Database::open(file.to_str().unwrap(), &[]).unwrap();
    let put = |database: Database, value: i64| async move {
        let sql = format!(
            "CREATE TABLE IF NOT EXISTS t (v); DELETE FROM t; INSERT INTO t VALUES ({value})"
        );
        database
            .write(move |tx| -> Result<(), StartError> { Ok(tx.execute_batch(&sql)?) })
            .await
            .unwrap();
    };
    let read = |database: Database| async move {
        let look = |tx: &rusqlite::Transaction<'_>| -> Result<i64, StartError> {
            Ok(tx.query_row("SELECT v FROM t", [], |row| row.get(0))?)
        };
        database.read(look).await.unwrap()
    };
    put(database.clone(), 1).await;
    let copy = database.copy().await.unwrap();
    put(database.clone(), 2).await;
    assert_eq!(
        (read(copy.clone()).await, read(database.clone()).await),
        (1, 2)
    );
    put(copy.clone(), 3).await;
    assert_eq!((read(copy).await, read(database.clone()).await), (3, 2));
    drop(database);
    std::fs::remove_dir_all(&folder).unwrap();
}
