//! What a fault is: the JSON that `/api/_faults` takes.
//!
//! Guarantees: a word that is not known is refused, so that a misspelt fault is no test that passes.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use globset::{GlobBuilder, GlobMatcher};
use serde::{Deserialize, Serialize};

use super::edit::Edit;

/// What goes wrong, for which requests, and how often. A field left out does not narrow or do anything.
///
/// What is asked for together happens in the order of the fields.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// The first part of the path after `/api/`: `altostrat`, `altostrat-signin`,
    /// `anthropic`.
    pub dialect: Option<String>,
    /// The method in capitals.
    pub method: Option<String>,
    /// A glob over the rest of the path as it was sent: `/workspaces/*`. `*` stays within one part,
    /// `**` does not.
    pub path: Option<String>,
    /// A part of the query as it was sent: `after_id=`.
    pub query: Option<String>,
    /// Parts of the values of these headers of the request, by the header's name in small letters.
    pub header: BTreeMap<String, String>,
    /// How many fitting requests go through untouched first.
    pub skip: u32,
    /// For how many requests; left out: until cleared.
    pub times: Option<u32>,
    /// Wait this long before anything else.
    pub delay_ms: u64,
    /// Close the connection without carrying the request out.
    pub drop_before: bool,
    /// Reads go on to show what was true before this request.
    pub lag: Option<Lag>,
    /// Carry out another body than the one that was sent. One that is not JSON stays as it is.
    pub sent: Vec<Edit>,
    /// The answer to give in place of the real one. The request is not carried out, unless
    /// `perform` or `perform_after_ms` says so.
    pub action: Option<Action>,
    /// Carry the request out even though `action` answers it: a change happened, the reply was lost.
    pub perform: bool,
    /// Answer with `action` at once and carry the request out so much later: it was accepted.
    pub perform_after_ms: Option<u64>,
    /// The status in place of the reply's own.
    pub status: Option<u16>,
    /// Changes in the reply's JSON. A reply that is not JSON stays as it is.
    pub edit: Vec<Edit>,
    /// Headers of the reply, in place of those of the same name; null takes one away.
    pub headers: BTreeMap<String, Option<String>>,
    /// Take away every header by which a page of another origin may read the reply.
    pub no_cors: bool,
    /// Carry the request out, then close the connection without an answer.
    pub drop_after: bool,
    /// Announce the whole body and break off after this many bytes of it.
    pub truncate: Option<usize>,
}

/// How long reads lag behind, and which.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lag {
    /// From this request on; left out: until the rules are cleared or replaced.
    #[serde(default)]
    pub ms: Option<u64>,
    /// A glob over the path of a read, as in [`Rule::path`]; left out: every GET of this dialect.
    #[serde(default)]
    pub reads: Option<String>,
}

/// An answer of the tester's own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The status code.
    pub status: u16,
    /// Header names and values. In a value, `{path}` is the request's path and `{parent}` that path
    /// without its last part, so that one rule can redirect many requests.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// A string is sent as it is; anything else is sent as JSON.
    #[serde(default)]
    pub body: Option<serde_json::Value>,
}

impl Rule {
    /// Looks at everything that could turn out to be wrong only once a request comes.
    ///
    /// # Errors
    /// What makes no sense.
    pub(super) fn check(&self) -> Result<(), String> {
        let known = |status: u16| StatusCode::from_u16(status).map_err(|error| error.to_string());
        if let Some(status) = self.status {
            known(status)?;
        }
        for (name, value) in &self.headers {
            header(name, value.as_deref().unwrap_or_default())?;
        }
        if let Some(action) = &self.action {
            known(action.status)?;
            for (name, value) in &action.headers {
                header(name, value)?;
            }
        } else if self.perform_after_ms.is_some() {
            return Err("perform_after_ms needs an action to answer with".to_owned());
        }
        self.sent.iter().chain(&self.edit).try_for_each(Edit::check)
    }
}

/// A header's name and value, if they can be ones.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|error| error.to_string())?;
    let value = HeaderValue::try_from(value).map_err(|error| error.to_string())?;
    Ok((name, value))
}

/// A glob over paths.
pub(super) fn glob(pattern: &str) -> Result<GlobMatcher, String> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| error.to_string())
}
