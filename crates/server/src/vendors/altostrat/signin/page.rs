//! The pages of the sign-in: choose a person, and the refusal.
//!
//! Guarantees: no script, no inline style, every value escaped; a form may lead only back here and
//! to the address that was checked. Must not know how a code is made.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::CLIENT_ID;
use super::authorize::Request;
use crate::core::persona::Persona;

/// The page with a button for each person.
pub(super) fn choose(request: &Request, people: &[(Persona, String)]) -> Response {
    let nonce = request.nonce.as_deref().unwrap_or_default();
    let hidden: String = [
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", &request.redirect_uri),
        ("scope", &request.scope),
        ("state", &request.state),
        ("code_challenge", &request.challenge),
        ("code_challenge_method", "S256"),
        ("nonce", nonce),
    ]
    .into_iter()
    .map(|(name, value)| {
        format!(
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n",
            escape(value)
        )
    })
    .collect();
    let buttons: String = people
        .iter()
        .map(|(persona, name)| {
            let key = persona.key();
            format!(
                "<li><button name=\"person\" value=\"{key}\" aria-describedby=\"about-{key}\">\
                 Continue as {}</button>\n<p id=\"about-{key}\">{}</p></li>\n",
                escape(name),
                about(*persona)
            )
        })
        .collect();
    let body = format!(
        "<h1>Choose who you are</h1>\n\
         <p>This is the demo sign-in of the reference server. There are no passwords here: \
         choose a person, and see the console with that person's rights.</p>\n\
         <form method=\"post\" action=\"/api/altostrat-signin/authorize\">\n{hidden}\
         <ul>\n{buttons}</ul>\n\
         <button class=\"plain\" name=\"person\" value=\"\">Cancel and go back</button>\n</form>"
    );
    let target = url::Url::parse(&request.redirect_uri)
        .map(|url| url.origin().ascii_serialization())
        .unwrap_or_default();
    // Chromium holds the redirect after the form to form-action too.
    html(
        StatusCode::OK,
        "Sign in",
        &body,
        &format!("form-action 'self' {target}"),
    )
}

/// The page that says why nobody is sent anywhere.
pub(super) fn refused(message: &str) -> Response {
    let body = format!(
        "<h1>Sign-in cannot go on</h1>\n<p role=\"alert\">{}</p>\n\
         <p>Nothing was shared with anyone. Close this page, or go back and start again from the \
         application.</p>",
        escape(message)
    );
    html(
        StatusCode::BAD_REQUEST,
        "Sign-in cannot go on",
        &body,
        "form-action 'none'",
    )
}

fn about(persona: Persona) -> &'static str {
    match persona {
        Persona::Owner => {
            "Owns most workspaces and may edit and archive those; admin or viewer in the others."
        }
        Persona::Admin => "May edit nearly every workspace, and archive none.",
        Persona::Viewer => "May look at every workspace, and change nothing.",
        Persona::Outsider => "Is a member of no workspace and sees an empty list.",
    }
}

fn html(status: StatusCode, title: &str, body: &str, form_action: &str) -> Response {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · Altostrat demo</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/api/altostrat-signin/style.css\">\n</head>\n\
         <body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    );
    let csp = format!(
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; {form_action}; \
         frame-ancestors 'none'"
    );
    let mut response = (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page,
    )
        .into_response();
    let csp = HeaderValue::from_str(&csp).unwrap_or(HeaderValue::from_static(
        "default-src 'none'; frame-ancestors 'none'",
    ));
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, csp);
    response
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
