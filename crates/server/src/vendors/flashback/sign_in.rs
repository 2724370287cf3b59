//! Signing in with e-mail and password, refreshing, signing out.
//!
//! Guarantees: a refusal to sign in has the vendor's code for it. Signing out says the same whether
//! or not there was anything to end.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::App;
use super::errors::{ApiError, Failure, SignInFailure};
use super::input::{self, Input};
use super::objects::Done;
use super::password;
use super::people::{self, User};
use super::sessions;
use super::settings::{RefreshKey, Settings};
use super::tokens::{self, AccessToken};
use crate::core::json_body::Given;

/// Who signs in. `deviceInfo` may come with it and is not looked at.
#[derive(Deserialize, ToSchema)]
pub(super) struct LoginRequest {
    /// E-mail address.
    #[serde(default)]
    #[schema(value_type = String, required)]
    email: Given,
    /// Password.
    #[serde(default)]
    #[schema(value_type = String, required)]
    password: Given,
}

/// A refresh token, under one of two names: documentation and client of the vendor disagree.
#[derive(Deserialize, ToSchema)]
pub(super) struct RefreshRequest {
    /// As the documentation has it.
    #[serde(default, rename = "refreshToken")]
    #[schema(value_type = String, required = false)]
    camel: Given,
    /// As the vendor's client has it.
    #[serde(default, rename = "refresh_token")]
    #[schema(value_type = String, required = false)]
    snake: Given,
}

impl RefreshRequest {
    fn token(self, key: RefreshKey) -> Result<String, ApiError> {
        let given = match (key, self.camel) {
            (RefreshKey::Both, Given::Absent) | (RefreshKey::Snake, _) => self.snake,
            (RefreshKey::Both | RefreshKey::Camel, camel) => camel,
        };
        input::text(given, "Refresh token is required")
    }
}

/// Whoever signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignedIn {
    /// A UUID.
    id: String,
    /// E-mail address.
    email: String,
    /// Given name.
    name: String,
    /// Which organization.
    org_id: String,
    /// 0, 1, 2, 254, 255 or null.
    #[schema(required)]
    org_role: Option<i64>,
}

/// The answer to a sign-in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoginReply {
    /// Always true.
    success: bool,
    /// A JWT, good for an hour. Where the account has a second factor it opens little until that is
    /// given; nothing here says so, the profile does.
    access_token: String,
    /// Good for one refresh. Absent as long as a second step is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// The session. Absent as long as a second step is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_id: Option<String>,
    /// When the access token ends, in milliseconds since 1970.
    expires_at: i64,
    /// Whoever signed in.
    user: SignedIn,
}

/// The answer to a refresh.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefreshReply {
    /// Always true.
    success: bool,
    /// A JWT, good for an hour.
    access_token: String,
    /// Good for one refresh.
    refresh_token: String,
    /// When the access token ends, in milliseconds since 1970.
    expires_at: i64,
}

/// Sign in
///
/// With e-mail and password.
#[utoipa::path(post, path = "/user/login", tag = "Account", operation_id = "login", security(()),
    request_body = LoginRequest, responses(
    (status = 200, description = "Tokens, and who it is.", body = LoginReply),
    (status = 400, description = "E-mail or password is missing.", body = Failure),
    (status = 401, description = "`USER_NOT_FOUND`, `INVALID_PASSWORD`, `USER_INACTIVE` or `NO_PASSWORD_SET`", body = SignInFailure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn login(
    State(app): State<App>,
    Input(body): Input<LoginRequest>,
) -> Result<Json<LoginReply>, ApiError> {
    const REQUIRED: &str = "Email and password are required";
    let body = body?;
    let email = input::text(body.email, REQUIRED)?;
    let password = input::text(body.password, REQUIRED)?;
    let (settings, keys) = (app.settings, app.keys);
    let now = app.clock.now();
    let reply = app
        .database
        .write(move |db| -> Result<LoginReply, ApiError> {
            let user = recognized(db, &email, &password)?;
            let (access, refresh_token, token_id) = match people::mfa_code(db, &user.id)? {
                Some(_) => (tokens::issue_half(&keys, &user, now)?, None, None),
                None => {
                    let session = sessions::start(db, &user, now)?;
                    let refresh = sessions::refresh_token(db, &session)?;
                    let access = tokens::issue(&keys, &user, now)?;
                    (access, Some(refresh), Some(session))
                }
            };
            Ok(LoginReply {
                success: true,
                refresh_token,
                token_id,
                expires_at: expires_at(&settings, &access),
                access_token: access.text,
                user: SignedIn {
                    id: user.id,
                    email: user.email,
                    name: user.name,
                    org_id: user.org_id,
                    org_role: user.org_role,
                },
            })
        })
        .await?;
    Ok(Json(reply))
}

/// The user, if e-mail and password are theirs.
fn recognized(db: &Connection, email: &str, password: &str) -> Result<User, ApiError> {
    let refused = |code| ApiError::Coded(StatusCode::UNAUTHORIZED, code, None);
    let (user, kept) = people::by_email(db, email)?.ok_or_else(|| refused("USER_NOT_FOUND"))?;
    if user.is_deleted() {
        return Err(refused("USER_INACTIVE"));
    }
    let kept = kept.ok_or_else(|| refused("NO_PASSWORD_SET"))?;
    if !password::matches(password, &kept) {
        return Err(refused("INVALID_PASSWORD"));
    }
    Ok(user)
}

/// Refresh
///
/// The refresh token shown is spent; the next one comes with the answer.
#[utoipa::path(post, path = "/user/refresh", tag = "Account", operation_id = "refresh", security(()),
    request_body = RefreshRequest, responses(
    (status = 200, description = "New tokens.", body = RefreshReply),
    (status = 400, description = "There is no refresh token.", body = Failure),
    (status = 401, description = "The refresh token does not count.", body = SignInFailure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn refresh(
    State(app): State<App>,
    Input(body): Input<RefreshRequest>,
) -> Result<Json<RefreshReply>, ApiError> {
    let (settings, keys) = (app.settings, app.keys);
    let token = body?.token(settings.refresh_key)?;
    let now = app.clock.now();
    let status = if settings.refresh_refused_400 {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::UNAUTHORIZED
    };
    let reply = app
        .database
        // A refusal is a value, because ending a session has to be committed along with it.
        .write(move |db| -> Result<Option<RefreshReply>, ApiError> {
            let Some((session, user)) = sessions::redeem(db, &token, now)? else {
                return Ok(None);
            };
            let access = tokens::issue(&keys, &user, now)?;
            Ok(Some(RefreshReply {
                success: true,
                refresh_token: sessions::refresh_token(db, &session)?,
                expires_at: expires_at(&settings, &access),
                access_token: access.text,
            }))
        })
        .await?;
    reply.map(Json).ok_or(ApiError::Coded(
        status,
        "INVALID_REFRESH_TOKEN",
        Some("Invalid or expired refresh token"),
    ))
}

/// Sign out
///
/// Ends the session of a refresh token. An access token that is out stays good to its end.
#[utoipa::path(post, path = "/user/logout", tag = "Account", operation_id = "logout", security(()),
    request_body = RefreshRequest, responses(
    (status = 200, description = "There is no such session any more.", body = Done),
    (status = 400, description = "There is no refresh token.", body = Failure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn logout(
    State(app): State<App>,
    Input(body): Input<RefreshRequest>,
) -> Result<Json<Done>, ApiError> {
    let token = body?.token(RefreshKey::Both)?;
    let now = app.clock.now();
    app.database
        .write(move |db| -> Result<(), ApiError> { Ok(sessions::end_by(db, &token, now)?) })
        .await?;
    Ok(Json(Done::YES))
}

fn expires_at(settings: &Settings, access: &AccessToken) -> i64 {
    let seconds = access.expires.seconds();
    if settings.expires_in_seconds {
        seconds
    } else {
        seconds.saturating_mul(1_000)
    }
}
