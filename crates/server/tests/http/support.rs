//! Starts a server inside the test and speaks to it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde_json::Value;
use steward_server::cli::{Setting, Settings};
use steward_server::command;
use steward_server::core::app::App;
use steward_server::core::clock::Clock;
use steward_server::core::db::StartError;
use steward_server::core::persona::Persona;
use steward_server::core::serve;
use steward_server::router;
use steward_server::vendors::{altostrat::signin::tokens, flashback, openai};

/// The address registered for sign-in in every test server.
pub const CALLBACK: &str = "http://127.0.0.1:4180/sign-in/callback";

/// A server that ends with the test.
pub struct Server {
    pub address: SocketAddr,
    pub clock: Clock,
    pub database: steward_server::core::db::Database,
    tokens: HashMap<&'static str, String>,
    flashback: HashMap<&'static str, String>,
    openai: HashMap<&'static str, String>,
    _runtime: tokio::runtime::Runtime,
}

/// What to start it with.
#[derive(Default)]
pub struct Options {
    pub settings: Vec<&'static str>,
    pub faults: bool,
    pub dist: Option<PathBuf>,
    pub connect_src: Vec<String>,
    pub pages: Option<String>,
}

/// A reply, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Status, then the error code or, where there is none, nothing.
    pub fn outcome(&self) -> (u16, String) {
        let json: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        (
            self.status,
            json["code"].as_str().unwrap_or_default().to_owned(),
        )
    }
}

pub fn start() -> Server {
    Server::start(Options::default())
}

impl Server {
    pub fn start(options: Options) -> Self {
        let (database, keys) = command::open(":memory:", plan(40)).unwrap();
        let clock = Clock::default();
        let now = clock.now();
        let (tokens, flashback, openai, keys) = database
            .write_blocking(move |tx| -> Result<_, StartError> {
                let mut made = HashMap::new();
                let (mut flashback, mut openai) = (HashMap::new(), HashMap::new());
                for persona in Persona::ALL {
                    made.insert(persona.key(), tokens::for_script(tx, &keys, persona, now)?);
                    let token = flashback::tokens::for_script(tx, &keys, persona, now)?;
                    flashback.insert(persona.key(), token);
                    let key = openai::keys::for_script(tx, persona, now)?;
                    openai.insert(persona.key(), key);
                }
                Ok((made, flashback, openai, keys))
            })
            .unwrap();
        let settings: Vec<Setting> = options
            .settings
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let mut settings = Settings::with(&settings);
        settings.altostrat.redirect_uris = vec![CALLBACK.to_owned()];
        let state = App::new(database.clone(), keys, clock.clone(), settings);
        let around = router::Options {
            dist: options.dist,
            faults: options.faults,
            connect_src: options.connect_src,
            pages: options.pages,
        };
        let router = router::router(&state, &around).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(serve::bind("127.0.0.1:0".parse().unwrap()))
            .unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(serve::run(listener, router, std::future::pending()));
        Self {
            address,
            clock,
            database,
            tokens,
            flashback,
            openai,
            _runtime: runtime,
        }
    }

    pub fn token(&self, person: &str) -> &str {
        &self.tokens[person]
    }

    /// An access token of Flashback.
    pub fn flashback_token(&self, person: &str) -> &str {
        &self.flashback[person]
    }

    /// An admin key of OpenAI.
    pub fn openai_key(&self, person: &str) -> &str {
        &self.openai[person]
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Any request at all.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply, ureq::Error> {
        send(method, &self.url(path), headers, body)
    }

    /// A call of the Altostrat API as one of the demo people, with a JSON body if one is given.
    pub fn call(&self, person: &str, method: &str, path: &str, body: Option<&str>) -> Reply {
        let authorization = format!("Bearer {}", self.token(person));
        let mut headers = vec![("authorization", authorization.as_str())];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let path = format!("/api/altostrat{path}");
        self.send(method, &path, &headers, body.unwrap_or_default().as_bytes())
            .unwrap()
    }

    pub fn get(&self, person: &str, path: &str) -> Value {
        let reply = self.call(person, "GET", path, None);
        assert_eq!(reply.status, 200, "{path}");
        reply.json()
    }

    pub fn workspaces(&self, person: &str) -> Vec<Value> {
        self.get(person, "/workspaces")["data"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// The id of the seeded workspace with this name.
    pub fn id_of(&self, name: &str) -> String {
        let all = self.workspaces("owner");
        let found = all.iter().find(|workspace| workspace["name"] == name);
        found.unwrap_or_else(|| panic!("no {name}"))["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A new workspace with the demo people in their roles, and no one else.
    pub fn fresh(&self) -> String {
        let body = r#"{"name":"Fresh","billing_mode":"pooled"}"#;
        let reply = self.call("owner", "POST", "/workspaces", Some(body));
        assert_eq!(reply.status, 201, "{}", reply.text());
        let id = reply.json()["id"].as_str().unwrap().to_owned();
        for person in ["admin", "viewer"] {
            let body = format!(r#"{{"user_id":"{}","role":"{person}"}}"#, self.user(person));
            let path = format!("/workspaces/{id}/members");
            assert_eq!(self.call("owner", "POST", &path, Some(&body)).status, 201);
        }
        id
    }

    pub fn archived(&self) -> String {
        let id = self.fresh();
        assert_eq!(
            self.call("owner", "DELETE", &format!("/workspaces/{id}"), None)
                .status,
            204
        );
        id
    }

    /// The user id of a demo person, as the token says it.
    pub fn user(&self, person: &str) -> String {
        claims(self.token(person))["sub"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A row count or any other number straight from the database.
    pub fn number(&self, sql: &'static str) -> i64 {
        self.database
            .write_blocking(move |tx| -> Result<i64, StartError> {
                Ok(tx.query_row(sql, [], |row| row.get(0))?)
            })
            .unwrap()
    }

    /// A change straight in the database, for what no call can do.
    pub fn change(&self, sql: &str) {
        let sql = sql.to_owned();
        self.database
            .write_blocking(move |tx| -> Result<(), StartError> { Ok(tx.execute_batch(&sql)?) })
            .unwrap();
    }

    /// Texts straight from the database.
    pub fn texts(&self, sql: &'static str) -> Vec<String> {
        self.database
            .write_blocking(move |tx| -> Result<Vec<String>, StartError> {
                let mut statement = tx.prepare(sql)?;
                let rows = statement.query_map([], |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .unwrap()
    }
}

pub fn send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Reply, ureq::Error> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true)
        .timeout_global(Some(std::time::Duration::from_secs(20)))
        .build()
        .into();
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = if body.is_empty() {
        agent.run(request.body(()).unwrap())?
    } else {
        agent.run(request.body(body.to_vec()).unwrap())?
    };
    let body = response
        .body_mut()
        .with_config()
        .limit(200 << 20)
        .read_to_vec()?;
    Ok(Reply {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body,
    })
}

/// What a token says, unchecked.
pub fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(payload.as_bytes())
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// A database as tests want it.
pub fn plan(workspaces: u32) -> steward_server::core::seed::Plan {
    steward_server::core::seed::Plan {
        workspaces,
        edge_cases: true,
    }
}
