//! Requests and replies as plain values.
//!
//! Guarantees: printing one shows no credential and no body, since bodies carry tokens at sign-in.
//! Must not know any service.

use std::fmt;

use steward_domain::time::Timestamp;

use crate::credential::Credential;

/// What to send. Built only in this crate.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole address, or a path of the app's own origin.
    pub url: String,
    /// Headers, the credential's included. Names are lower case.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// The body, if there is one.
    pub body: Option<String>,
}

impl Request {
    /// A request for data.
    pub(crate) fn new(method: Method, url: String, credential: &Credential) -> Self {
        let accept = HeaderValue::Plain(String::from("application/json"));
        let mut request = Self {
            method,
            url,
            headers: vec![("accept", accept)],
            body: None,
        };
        credential.apply(&mut request);
        request
    }

    /// The same with a JSON body.
    pub(crate) fn with_json(self, body: String) -> Self {
        self.with_body("application/json", body)
    }

    /// The same with a body of this type.
    pub(crate) fn with_body(mut self, media_type: &str, body: String) -> Self {
        self.headers
            .push(("content-type", HeaderValue::Plain(String::from(media_type))));
        self.body = Some(body);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.as_ref().map(String::len))
            .finish()
    }
}

/// A header's value; a secret one is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// Anybody may see it.
    Plain(String),
    /// A credential.
    Secret(String),
}

impl fmt::Debug for HeaderValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(value) => f.write_str(value),
            Self::Secret(_) => f.write_str("[secret]"),
        }
    }
}

/// The methods that the dialects use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    /// As on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What came back. The transport fills in the headers named here and no others.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// `content-type`.
    pub content_type: Option<String>,
    /// `request-id` or `x-request-id`.
    pub request_id: Option<String>,
    /// `retry-after`, as sent.
    pub retry_after: Option<String>,
    /// `retry-after-ms`, as sent: milliseconds, which some services name beside the seconds.
    pub retry_after_ms: Option<String>,
    /// `date`, as sent: what the date form of `retry-after` is counted from.
    pub date: Option<String>,
    /// When the reply came, by this device's clock; stands in where `date` may not be read.
    pub received: Option<Timestamp>,
    /// The body; may break off.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page that a service sent before, as it was kept.
    #[must_use]
    pub fn kept(body: Vec<u8>) -> Self {
        Self {
            status: 200,
            content_type: Some(String::from("application/json")),
            body,
            ..Self::default()
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("request_id", &self.request_id)
            .field("retry_after", &self.retry_after)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
