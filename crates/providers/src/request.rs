//! What the requests of several dialects have in common: addresses, cursors, changes to members.
//!
//! Guarantees: an id stays one segment of the path and a cursor one value of the query, whatever is
//! in them. Must not know any service's paths or words; those are handed in.

use steward_domain::membership::MemberChange;
use steward_domain::percent::{push_segment, push_value};

use crate::http::{Method, Request};
use crate::writer::Object;

/// An address below a base: parts of the contract's path and ids take turns, a part first.
pub(crate) fn address(base: &str, turns: &[&str]) -> String {
    let mut url = String::from(base);
    let mut is_id = false;
    for turn in turns {
        if is_id {
            push_segment(&mut url, turn);
        } else {
            url.push_str(turn);
        }
        is_id = !is_id;
    }
    url
}

/// Adds a value to a query that has one already; `None` adds nothing.
pub(crate) fn push_query(url: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        url.push('&');
        url.push_str(name);
        url.push('=');
        push_value(url, value);
    }
}

/// How a service writes a change to the members of a workspace.
pub(crate) struct MemberWords {
    /// The name under which a body says who.
    pub(crate) user: &'static str,
    /// The name under which a body says the role.
    pub(crate) role: &'static str,
    /// The method that gives a member another role.
    pub(crate) change: Method,
}

/// Makes the request that a change takes out of one that would POST to the list of members.
pub(crate) fn manage(mut request: Request, change: &MemberChange, words: &MemberWords) -> Request {
    let mut body = Object::default();
    let role = match change {
        MemberChange::Add(user, role) => {
            body.text(words.user, user.as_str());
            role
        }
        MemberChange::Change(user, role) => {
            push_segment(&mut request.url, user.as_str());
            request.method = words.change;
            role
        }
        MemberChange::Remove(user) => {
            push_segment(&mut request.url, user.as_str());
            request.method = Method::Delete;
            return request;
        }
    };
    body.text(words.role, role.as_str());
    request.with_json(body.finish())
}
