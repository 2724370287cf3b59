//! Requests and replies as plain values.

/// What to send. Built only in this crate.
#[derive(Clone, PartialEq, Eq, Debug)]
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

/// A header's value; a secret one is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// Anybody may see it.
    Plain(String),
    /// A credential.
    Secret(String),
}

impl std::fmt::Debug for HeaderValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What came back. The transport fills in the headers named here and no others.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// `content-type`.
    pub content_type: Option<String>,
    /// `request-id` or `x-request-id`.
    pub request_id: Option<String>,
    /// `retry-after`, as sent.
    pub retry_after: Option<String>,
    /// The body; may break off.
    pub body: Vec<u8>,
}
