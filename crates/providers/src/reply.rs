//! What all dialects read alike: the status first, then whether there is a body to read at all,
//! then the service's words about a refusal.
//!
//! Guarantees: a reply becomes data or a failure, by the same table for every service. Must not
//! know any service's own fields.

use steward_domain::failure::{Failure, FailureKind, Operation, ServiceWords, Unreadable};

use crate::http::Reply;
use crate::reader::{Place, Record, Scalar, fill};

/// The body of a reply, if the service did what it was asked and there is data.
pub(crate) fn body(operation: Operation, reply: &Reply) -> Result<&[u8], Failure> {
    accepted(operation, reply)?;
    let body = trimmed(&reply.body);
    if body.is_empty() {
        return Err(unreadable(operation, reply, Unreadable::Empty));
    }
    Ok(body)
}

/// Whether the service did what it was asked; what it said about it does not matter.
///
/// A web page with a success status does not count: captive portals and proxies answer so in the
/// service's place.
pub(crate) fn accepted(operation: Operation, reply: &Reply) -> Result<(), Failure> {
    if !(200..300).contains(&reply.status) {
        return Err(refusal(operation, reply));
    }
    if is_web_page(reply) {
        return Err(unreadable(operation, reply, Unreadable::WebPage));
    }
    Ok(())
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
        400 | 422 => FailureKind::Invalid(None),
        401 => FailureKind::SignedOut,
        403 => FailureKind::Forbidden,
        404 => FailureKind::NotFound,
        // The service or a proxy gave up waiting for the request.
        408 => FailureKind::TimedOut,
        409 => FailureKind::Conflict,
        429 => FailureKind::RateLimited(retry_after(reply)),
        500.. => FailureKind::ServiceFault(retry_after(reply)),
        _ => FailureKind::Refused,
    };
    let mut failure = Failure::new(operation, kind);
    failure.service = words(reply);
    failure
}

/// Seconds to wait. The date form of the header gives `None`: the reply's own date is not at hand,
/// and this device's clock may be wrong by more than the wait.
fn retry_after(reply: &Reply) -> Option<u32> {
    let text = reply.retry_after.as_deref()?.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // More seconds than fit in the number is a long wait, not none.
    is_number.then(|| text.parse().unwrap_or(u32::MAX))
}

/// What services say about a refusal: `{message, code, doc_url}`, `{message}`, and OAuth's
/// `{error, error_description}` (RFC 6749 section 5.2).
#[derive(Default)]
struct Refusal {
    message: Scalar,
    code: Scalar,
    doc_url: Scalar,
    error: Scalar,
    error_description: Scalar,
}

impl Record for Refusal {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "message" => &mut self.message,
            "code" => &mut self.code,
            "doc_url" => &mut self.doc_url,
            "error" => &mut self.error,
            "error_description" => &mut self.error_description,
            _ => return Place::Nowhere,
        })
    }
}

fn words(reply: &Reply) -> ServiceWords {
    let mut said = Refusal::default();
    if !is_web_page(reply) {
        // Whatever could be read before the body broke off is worth showing.
        let _ = fill(trimmed(&reply.body), &mut said);
    }
    ServiceWords {
        message: said.message.words().or(said.error_description.words()),
        code: said.code.words().or(said.error.words()),
        doc_url: said
            .doc_url
            .words()
            .filter(|url| url.starts_with("https://")),
        request_id: reply.request_id.clone(),
    }
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
