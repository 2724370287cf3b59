//! `GET /userinfo`: who a token speaks for.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::form::OAuthError;
use super::{people, tokens};
use crate::core::jwt;
use crate::vendors::altostrat::App;

#[derive(Serialize)]
struct UserInfo {
    sub: String,
    name: String,
    given_name: String,
    family_name: String,
    email: String,
    email_verified: bool,
    picture: Option<String>,
}

pub(super) async fn userinfo(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, OAuthError> {
    let bearer = match jwt::bearer(&headers) {
        Some(token) => tokens::check::<OAuthError>(&app, token).await?,
        None => None,
    };
    let Some(bearer) = bearer else {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        let headers = [(header::WWW_AUTHENTICATE, challenge)];
        return Ok((StatusCode::UNAUTHORIZED, headers).into_response());
    };
    let person = app
        .database
        .read(move |db| -> Result<_, OAuthError> { Ok(people::by_id(db, &bearer.user_id)?) })
        .await?
        .ok_or_else(|| OAuthError::internal("a session without its person"))?;
    let name = person.name();
    Ok(Json(UserInfo {
        sub: person.user_id,
        name,
        given_name: person.given_name,
        family_name: person.family_name,
        email: person.email,
        email_verified: true,
        picture: None,
    })
    .into_response())
}
