//! What all dialects read alike: the status first, then whether there is a body to read at all,
//! then the service's words about a refusal.
//!
//! Guarantees: a reply becomes data or a failure, by the same table for every service. Must not
//! know any service's own fields.

use serde::Deserialize;
use steward_domain::failure::{Failure, FailureKind, Operation, ServiceWords, Unreadable};
use steward_domain::time::Timestamp;

use crate::http::Reply;
use crate::json::{Nested, Scalar, read_begun};

/// The body of a reply, if the service did what it was asked and there is data.
pub(crate) fn body(operation: Operation, reply: &Reply) -> Result<&[u8], Failure> {
    accepted(operation, reply)?;
    let body = trimmed(&reply.body);
    if body.is_empty() {
        return Err(unreadable(operation, reply, Unreadable::Empty));
    }
    Ok(body)
}

/// Whether the service did what it was asked, as far as its answer says; what else it said does not matter.
///
/// A web page with a success status does not count: captive portals and proxies answer so in the
/// service's place. Nor does a refusal in the body: some services and gateways send `success: false` or an error
/// object under a success status.
pub(crate) fn accepted(operation: Operation, reply: &Reply) -> Result<(), Failure> {
    if !(200..300).contains(&reply.status) {
        return Err(refusal(operation, reply));
    }
    if is_web_page(reply) {
        return Err(unreadable(operation, reply, Unreadable::WebPage));
    }
    if may_refuse(&reply.body) {
        let said = ErrorBody::read(reply);
        if said.is_refusal() {
            let kind = said.kind();
            return Err(in_words(operation, kind, said, reply));
        }
    }
    Ok(())
}

/// Whether a body has a word that every refusal has: lists are long, and not worth reading twice.
fn may_refuse(body: &[u8]) -> bool {
    let has = |word: &[u8]| body.windows(word.len()).any(|part| part == word);
    has(b"\"error") || has(b"\"success\"")
}

/// A failure to read a reply that the service gave with a success status.
pub(crate) fn unreadable(operation: Operation, reply: &Reply, why: Unreadable) -> Failure {
    let mut failure = Failure::new(operation, FailureKind::Unreadable(why));
    failure.service.request_id.clone_from(&reply.request_id);
    failure
}

/// The failure that a status other than success stands for.
fn refusal(operation: Operation, reply: &Reply) -> Failure {
    let kind = match reply.status {
        // Whoever answers a missing thing with a web page is no service of these.
        404 if is_web_page(reply) => FailureKind::Unreadable(Unreadable::WebPage),
        status => kind_of(status, reply),
    };
    in_words(operation, kind, ErrorBody::read(reply), reply)
}

fn kind_of(status: u16, reply: &Reply) -> FailureKind {
    match status {
        400 | 422 => FailureKind::Invalid(None),
        401 => FailureKind::SignedOut,
        402 => FailureKind::PaymentRequired,
        403 => FailureKind::Forbidden,
        404 => FailureKind::NotFound,
        // The service or a proxy gave up waiting for the request.
        408 => FailureKind::TimedOut,
        409 => FailureKind::Conflict,
        429 => FailureKind::RateLimited(retry_after(reply)),
        500.. => FailureKind::ServiceFault(retry_after(reply)),
        _ => FailureKind::Refused,
    }
}

fn in_words(operation: Operation, kind: FailureKind, said: ErrorBody, reply: &Reply) -> Failure {
    let mut failure = Failure::new(operation, kind);
    failure.service = said.words(reply);
    failure
}

/// Seconds to wait, rounded up: `retry-after-ms` where there is one, else `retry-after` as seconds or as a date
/// (RFC 9110 section 10.2.3). A date is counted from the reply's own `date`, since this device's clock may be wrong by
/// more than the wait; its time stands in where the browser may not read that header. A moment that has passed is no
/// wait.
fn retry_after(reply: &Reply) -> Option<u32> {
    let number = |text: &str| {
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // More than fits in the number is a long wait, not none.
        is_number.then(|| text.parse().unwrap_or(u32::MAX))
    };
    if let Some(millis) = reply.retry_after_ms.as_deref().and_then(number) {
        return Some(millis.div_ceil(1_000));
    }
    let text = reply.retry_after.as_deref()?;
    number(text).or_else(|| {
        let until = Timestamp::parse(text.trim())?;
        let date = reply.date.as_deref().and_then(Timestamp::parse);
        let seconds = until.seconds_since(date.or(reply.received)?).max(0);
        Some(u32::try_from(seconds).unwrap_or(u32::MAX))
    })
}

/// What services say about a refusal, flat or one in another: `{message, code, doc_url}`,
/// `{message}`, `{success: false, message, error_code}`, OAuth's `{error, error_description}` (RFC
/// 6749 section 5.2), `{error: {type, message, details: {error_code}}, request_id}` and
/// `{error: {message, type, param, code}}`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    message: Scalar,
    code: Scalar,
    doc_url: Scalar,
    error_code: Scalar,
    error_description: Scalar,
    request_id: Scalar,
    success: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    /// OAuth's is a word.
    error: Nested<Inner>,
}

/// The error of those who nest it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Inner {
    message: Scalar,
    code: Scalar,
    error_code: Scalar,
    param: Scalar,
    /// The broad kind.
    #[serde(rename = "type")]
    kind: Scalar,
    details: Nested<Details>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    error_code: Scalar,
}

impl ErrorBody {
    fn read(reply: &Reply) -> Self {
        if is_web_page(reply) {
            return Self::default();
        }
        // Whatever came before the body broke off is worth showing.
        let mut said: Self = read_begun(trimmed(&reply.body));
        if let Some(word) = said.error.instead.pop() {
            said.error.record.kind = word;
        }
        said
    }

    /// Whether this is a refusal, though the status says otherwise.
    fn is_refusal(&self) -> bool {
        let says = |value: &Scalar, word: &str| matches!(value, Scalar::Text(text) if text.eq_ignore_ascii_case(word));
        let error = &self.error.record;
        let words = [&error.message, &error.code, &error.kind, &error.error_code];
        self.success.is_false()
            || says(&self.success, "false")
            || says(&self.kind, "error")
            || words.into_iter().any(Scalar::is_mark)
    }

    /// The kind of a refusal that came under a success status: by the status or the type that its error names, as
    /// services and gateways write them there.
    fn kind(&self) -> FailureKind {
        let error = &self.error.record;
        let codes = [&self.code, &error.code];
        let mut codes = codes.into_iter().filter_map(Scalar::number);
        if let Some(status) = codes.find(|code| (400..600).contains(code)) {
            return kind_of(u16::try_from(status).unwrap_or_default(), &Reply::default());
        }
        match &error.kind {
            Scalar::Text(word) => match word.as_str() {
                "authentication_error" => FailureKind::SignedOut,
                "permission_error" => FailureKind::Forbidden,
                "not_found_error" => FailureKind::NotFound,
                "invalid_request_error" => FailureKind::Invalid(None),
                "rate_limit_error" => FailureKind::RateLimited(None),
                "api_error" | "overloaded_error" | "server_error" => {
                    FailureKind::ServiceFault(None)
                }
                _ => FailureKind::Refused,
            },
            _ => FailureKind::Refused,
        }
    }

    /// The narrowest code there is; a kind alone only where nothing is narrower.
    fn words(self, reply: &Reply) -> ServiceWords {
        let error = self.error.record;
        let details = error.details.record;
        let codes = [
            self.code,
            details.error_code,
            error.code,
            error.kind,
            self.error_code,
        ];
        let messages = [self.message, error.message, self.error_description];
        ServiceWords {
            message: messages.into_iter().find_map(Scalar::words),
            code: codes.into_iter().find_map(Scalar::words),
            doc_url: self
                .doc_url
                .words()
                .filter(|url| url.starts_with("https://")),
            request_id: reply.request_id.clone().or(self.request_id.words()),
        }
    }
}

/// The parameter that a refusal is about, where the service names it.
pub(crate) fn parameter(reply: &Reply) -> Option<String> {
    ErrorBody::read(reply).error.record.param.words()
}

fn is_web_page(reply: &Reply) -> bool {
    let body = trimmed(&reply.body);
    // An empty body is no page, whatever its type says: some services label every reply.
    let labelled = reply
        .content_type
        .as_deref()
        .and_then(|label| label.trim_start().get(..9));
    body.first() == Some(&b'<')
        || !body.is_empty() && labelled.is_some_and(|label| label.eq_ignore_ascii_case("text/html"))
}

/// Without white space around it and without the mark that some editors and proxies put in front.
fn trimmed(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii()
}
