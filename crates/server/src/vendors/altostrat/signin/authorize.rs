//! `/authorize`: checks what the client asks for, lets a person be chosen, sends the browser back.
//!
//! Guarantees: a browser is sent only to a registered address, compared character by character;
//! with an unknown client or address the person sees a page that says so.

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::params;

use super::form::{Form, OAuthError};
use super::{CLIENT_ID, page, people, tokens};
use crate::core::persona::Persona;
use crate::core::random;
use crate::vendors::altostrat::App;

/// A code is for a redirect that takes no time; more would only help whoever stole it.
const CODE_SECONDS: i64 = 60;

/// What vendors' tokens may carry here.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// A request that has been checked.
pub(super) struct Request {
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) state: String,
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
}

/// What is wrong with a request, and whether the client may be told.
enum Refusal {
    /// Only the person is told.
    Page(&'static str),
    /// The client is told, at its own address.
    Redirect(String),
}

pub(super) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let request = match form
        .map_err(|_| Refusal::Page(TWICE))
        .and_then(|form| check(&app, &form))
    {
        Ok(request) => request,
        Err(refusal) => return refuse(refusal),
    };
    let people = app
        .database
        .read(|db| -> Result<Vec<_>, OAuthError> {
            let mut people = Vec::new();
            for persona in Persona::ALL {
                people.push((persona, people::by_persona(db, persona)?.name()));
            }
            Ok(people)
        })
        .await;
    match people {
        Ok(people) => page::choose(&request, &people),
        Err(error) => error.into_response(),
    }
}

pub(super) async fn choose(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let form = match Form::read(&headers, body).await {
        Ok(form) => form,
        Err(_) => return refuse(Refusal::Page("The form could not be read.")),
    };
    let request = match check(&app, &form) {
        Ok(request) => request,
        Err(refusal) => return refuse(refusal),
    };
    let Some(persona) = form.get("person").and_then(Persona::from_key) else {
        let denied = [("error", "access_denied"), ("state", &request.state)];
        return redirect(&request.redirect_uri, &denied);
    };
    match make_code(&app, &request, persona).await {
        Ok(code) => redirect(
            &request.redirect_uri,
            &[("code", &code), ("state", &request.state)],
        ),
        Err(error) => {
            let failed = [("error", error.error), ("state", &request.state)];
            redirect(&request.redirect_uri, &failed)
        }
    }
}

const TWICE: &str = "A parameter is given more than once.";

fn check(app: &App, form: &Form) -> Result<Request, Refusal> {
    if form.get("client_id") != Some(CLIENT_ID) {
        return Err(Refusal::Page(
            "The application that sent you here is not registered.",
        ));
    }
    let redirect_uri = form.get("redirect_uri").unwrap_or_default();
    if !app
        .settings
        .redirect_uris
        .iter()
        .any(|registered| registered == redirect_uri)
    {
        return Err(Refusal::Page(
            "The application asked to be answered at an address that is not registered for it.",
        ));
    }
    let wrong = |error: &str, description: &str| {
        let mut fields = vec![("error", error), ("error_description", description)];
        if let Some(state) = form.get("state") {
            fields.push(("state", state));
        }
        Refusal::Redirect(with_query(redirect_uri, &fields))
    };
    let invalid = |description: &str| wrong("invalid_request", description);
    if form.get("response_type") != Some("code") {
        return Err(wrong(
            "unsupported_response_type",
            "Use response_type=code.",
        ));
    }
    let state = form
        .get("state")
        .ok_or_else(|| invalid("The parameter state is missing."))?;
    if form.get("code_challenge_method") != Some("S256") {
        return Err(invalid("Use code_challenge_method=S256."));
    }
    let challenge = form.get("code_challenge").unwrap_or_default();
    let is_digest = data_encoding::BASE64URL_NOPAD
        .decode(challenge.as_bytes())
        .is_ok_and(|digest| digest.len() == 32);
    if !is_digest {
        return Err(invalid(
            "The code_challenge is not a SHA-256 digest in base64url.",
        ));
    }
    let asked = form.get("scope").unwrap_or("openid profile email");
    let scope: Vec<&str> = SCOPES
        .into_iter()
        .filter(|known| asked.split(' ').any(|each| each == *known))
        .collect();
    if scope.is_empty() {
        return Err(wrong("invalid_scope", "None of the scopes is known."));
    }
    Ok(Request {
        redirect_uri: redirect_uri.to_owned(),
        scope: scope.join(" "),
        state: state.to_owned(),
        challenge: challenge.to_owned(),
        nonce: form.get("nonce").map(str::to_owned),
    })
}

async fn make_code(app: &App, request: &Request, persona: Persona) -> Result<String, OAuthError> {
    let now = app.clock.now();
    let code = random::secret()?;
    let fingerprint = random::fingerprint(&code);
    let (redirect_uri, scope) = (request.redirect_uri.clone(), request.scope.clone());
    let (challenge, nonce) = (request.challenge.clone(), request.nonce.clone());
    app.database
        .write(move |db| -> Result<(), OAuthError> {
            let person = people::by_persona(db, persona)?;
            let session: String =
                tokens::start_session::<OAuthError>(db, &person.user_id, &scope, now)?;
            db.execute(
                "INSERT INTO altostrat_codes \
                 (fingerprint, session_id, redirect_uri, challenge, nonce, expires_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    fingerprint,
                    session,
                    redirect_uri,
                    challenge,
                    nonce,
                    now.plus_seconds(CODE_SECONDS)
                ],
            )?;
            Ok(())
        })
        .await?;
    Ok(code)
}

fn refuse(refusal: Refusal) -> Response {
    match refusal {
        Refusal::Page(message) => page::refused(message),
        Refusal::Redirect(address) => see_other(&address),
    }
}

fn redirect(address: &str, fields: &[(&str, &str)]) -> Response {
    see_other(&with_query(address, fields))
}

fn with_query(address: &str, fields: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields);
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{}", query.finish())
}

fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => page::refused("The application's address cannot be used."),
    }
}
