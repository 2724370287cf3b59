//! A service with everything that Altostrat does not have: pages, people, keys, archives that
//! disappear, passwords.

use std::cell::Cell;

use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::UserId;
use steward_domain::membership::MemberChange;
use steward_domain::odd::Odd;
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person, Role};
use steward_domain::workspace::{Kind, State, Workspace};
use steward_providers::altostrat::DESCRIPTION;
use steward_providers::dialect::Which;
use steward_providers::http::Method;
use steward_providers::oauth::{Identity, RefreshToken, Tokens, read_tokens, read_userinfo};
use steward_providers::{ApiKey, Desk, Endpoint, Listed, Next, Page};

use super::*;

/// Requests are Altostrat's, under addresses that show which was asked for. The body of a page is
/// `ids > cursor`: an id `?` is an entry without one; no cursor is the end, `!` is a cut list, and
/// `#` in either place is another text every time.
pub(super) struct Fancy {
    pub(super) shows_archived: bool,
    /// Whether it has ways of its own to sign in.
    pub(super) signs_in: bool,
}

pub(super) static FANCY: Fancy = Fancy {
    shows_archived: true,
    signs_in: true,
};

pub(super) static FORGETFUL: Fancy = Fancy {
    shows_archived: false,
    signs_in: false,
};

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

fn another(text: &str) -> String {
    if text != "#" {
        return text.to_owned();
    }
    COUNT.set(COUNT.get() + 1);
    COUNT.get().to_string()
}

fn page<T>(
    operation: Operation,
    reply: &Reply,
    row: impl Fn(String) -> T,
) -> Result<Page<T>, Failure> {
    if reply.status != 200 {
        return Altostrat.read_list(reply).map_or_else(
            |failure| {
                Err(Failure {
                    operation,
                    ..failure
                })
            },
            |_| unreachable!(),
        );
    }
    let body = std::str::from_utf8(&reply.body).unwrap();
    let (ids, cursor) = body.split_once('>').unwrap_or((body, ""));
    let ids: Vec<&str> = ids.split_whitespace().collect();
    Ok(Page {
        skipped: ids.iter().filter(|id| **id == "?").count(),
        rows: ids
            .into_iter()
            .filter(|id| *id != "?")
            .map(|id| row(another(id)))
            .collect(),
        next: match cursor.trim() {
            "" => Next::End,
            "!" => Next::Cut,
            cursor => Next::Cursor(another(cursor)),
        },
    })
}

fn get(endpoint: Endpoint<'_>, path: &str, cursor: Option<&str>) -> Request {
    Request {
        method: Method::Get,
        url: [endpoint.base, "/", path, "?", cursor.unwrap_or("first")].concat(),
        headers: Vec::new(),
        body: None,
    }
}

fn post(base: &str, path: &str, body: &str) -> Request {
    Request {
        method: Method::Post,
        url: [base, "/", path].concat(),
        headers: Vec::new(),
        body: Some(body.to_owned()),
    }
}

fn person(id: String) -> Person {
    Person {
        id: UserId::new(id).unwrap(),
        name: None,
        email: None,
    }
}

pub(super) fn workspace(id: String) -> Workspace {
    Workspace {
        id: WorkspaceId::new(id).unwrap(),
        name: String::new(),
        description: None,
        billing: None,
        seat_limit: None,
        state: State::Active,
        kind: Kind::Ordinary,
        created: None,
        updated: None,
        more: Vec::new(),
        odd: Odd::default(),
    }
}

impl Dialect for Fancy {
    fn which(&self) -> Which {
        Which::Other(match self.shows_archived {
            true => &FANCY,
            false => &FORGETFUL,
        })
    }
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }
    fn list(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Request {
        get(endpoint, "list", cursor)
    }
    fn read_list(&self, reply: &Reply) -> Result<Page<Listed>, Failure> {
        page(Operation::List, reply, |id| Listed {
            workspace: workspace(id),
            members: None,
        })
    }
    fn open(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        Altostrat.open(endpoint, id)
    }
    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        Altostrat.read_open(reply)
    }
    fn members(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, cursor: Option<&str>) -> Request {
        get(endpoint, &["members/", id.as_str()].concat(), cursor)
    }
    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure> {
        page(Operation::Members, &reply, |id| Member {
            person: person(id),
            role: Role::from_word("viewer".to_owned()),
            inherited: false,
            since: None,
            changed: None,
            odd: Odd::default(),
        })
    }
}

impl Desk for Fancy {
    fn save(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &Change) -> Request {
        Altostrat.save(endpoint, id, change)
    }
    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        Altostrat.read_save(reply)
    }
    fn archive(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        Altostrat.archive(endpoint, id)
    }
    /// Answers with the workspace where it still shows it, as some services do.
    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        if self.shows_archived {
            // Of the operation that it really was.
            let read = Altostrat.read_save(reply).map(Some);
            read.map_err(|failure| Failure {
                operation: Operation::Archive,
                ..failure
            })
        } else {
            Altostrat.read_archive(reply)
        }
    }
    fn shows_archived(&self) -> bool {
        self.shows_archived
    }
    fn create(&self, endpoint: Endpoint<'_>, draft: &Draft) -> Request {
        Altostrat.create(endpoint, draft)
    }
    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure> {
        Altostrat.read_create(reply)
    }
    fn manage(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &MemberChange) -> Request {
        Altostrat.manage(endpoint, id, change)
    }
    /// Answers with something that has to be read.
    fn read_manage(&self, reply: Reply) -> Result<(), Failure> {
        let read = Altostrat.read_save(reply).map(|_| ());
        read.map_err(|failure| Failure {
            operation: Operation::Manage,
            ..failure
        })
    }
    fn people(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Option<Request> {
        Some(get(endpoint, "people", cursor))
    }
    fn read_people(&self, reply: Reply) -> Result<Page<Person>, Failure> {
        page(Operation::People, &reply, person)
    }
    fn keys(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        cursor: Option<&str>,
    ) -> Option<Request> {
        Some(get(endpoint, &["keys/", id.as_str()].concat(), cursor))
    }
    fn read_keys(&self, reply: Reply) -> Result<Page<ApiKey>, Failure> {
        page(Operation::Keys, &reply, |id| ApiKey {
            name: id.clone(),
            id,
            hint: None,
        })
    }

    fn who(&self, endpoint: Endpoint<'_>) -> Option<Request> {
        self.signs_in.then(|| get(endpoint, "who", None))
    }
    fn read_who(&self, reply: Reply) -> Result<Identity, Failure> {
        let identity = read_userinfo(reply)?;
        Ok(Identity {
            organization: Some("Acme".to_owned()),
            asks_code: false,
            ..identity
        })
    }
    fn log_in(&self, base: &str, email: &str, password: &str) -> Option<Request> {
        self.signs_in
            .then(|| post(base, "login", &[email, " ", password].concat()))
    }
    fn renew(&self, base: &str, token: &RefreshToken) -> Option<Request> {
        self.signs_in
            .then(|| post(base, "renew", token.expose_for_storage()))
    }
    fn read_session(&self, reply: Reply, operation: Operation) -> Result<Tokens, Failure> {
        if reply.status == 418 {
            return Err(Failure::new(operation, FailureKind::Refused));
        }
        read_tokens(reply, operation)
    }
    fn log_out(&self, endpoint: Endpoint<'_>, token: &RefreshToken) -> Option<Request> {
        self.signs_in
            .then(|| post(endpoint.base, "logout", token.expose_for_storage()))
    }
}
