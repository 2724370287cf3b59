//! The second factor of a sign-in: how far one has come, and the code that completes it.
//!
//! Guarantees: a token from before the second step opens nothing but these two calls and the
//! caller's own profile, unless a setting says otherwise; a session begins with the right code and
//! not before.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::App;
use super::access::HalfCaller;
use super::errors::{ApiError, Failure};
use super::input::{self, Input};
use super::settings::WrongCode;
use super::{people, sessions, tokens};
use crate::core::json_body::Given;

/// The one kind that this server knows: a code from an authenticator.
const GOOGLE_AUTH: &str = "GOOGLE_AUTH";

/// How far the second factor is set up, and whether this token is past it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MfaStatus {
    /// Whether the person has set one up.
    is_enabled: bool,
    /// Whether signing in asks for it.
    is_required: bool,
    /// Whether the organization wants everybody to have one.
    is_enforced: bool,
    /// The kinds that are set up.
    #[schema(example = json!(["GOOGLE_AUTH"]))]
    enabled_methods: Vec<&'static str>,
    /// The kind that is asked for first.
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_method: Option<&'static str>,
    /// Whether this token is past the second step.
    session_verified: bool,
}

/// The answer with the status.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StatusReply {
    /// Always true.
    success: bool,
    /// The status.
    data: MfaStatus,
}

/// The second step.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VerifyRequest {
    /// Which kind.
    #[serde(default)]
    #[schema(value_type = String, required, example = "GOOGLE_AUTH")]
    mfa_type: Given,
    /// What the authenticator shows.
    #[serde(default)]
    #[schema(value_type = String, required)]
    code: Given,
}

/// The answer to the second step.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VerifyReply {
    /// Always true.
    success: bool,
    /// For people.
    message: &'static str,
    /// A JWT, good for an hour.
    full_access_token: String,
    /// Good for one refresh.
    refresh_token: String,
}

/// How far the second factor has come
///
/// Whether the caller has one, and whether this token is past it.
#[utoipa::path(get, path = "/mfa/status", tag = "Account", operation_id = "mfa_status", responses(
    (status = 200, description = "The status.", body = StatusReply),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn status(
    State(app): State<App>,
    caller: HalfCaller,
) -> Result<Json<StatusReply>, ApiError> {
    let (caller, verified) = (caller.caller, caller.verified);
    let has_one = app
        .database
        .read(move |db| -> Result<bool, ApiError> {
            let user = caller.reader(db)?;
            Ok(people::mfa_code(db, &user.id)?.is_some())
        })
        .await?;
    Ok(Json(StatusReply {
        success: true,
        data: MfaStatus {
            is_enabled: has_one,
            is_required: has_one,
            is_enforced: false,
            enabled_methods: has_one.then_some(GOOGLE_AUTH).into_iter().collect(),
            primary_method: has_one.then_some(GOOGLE_AUTH),
            session_verified: verified,
        },
    }))
}

/// Complete a sign-in
///
/// With the code that the authenticator shows.
#[utoipa::path(post, path = "/mfa/verify-login", tag = "Account", operation_id = "mfa_verify_login",
    request_body = VerifyRequest, responses(
    (status = 200, description = "Tokens that open everything.", body = VerifyReply),
    (status = 400, description = "The kind or the code is missing or unknown.", body = Failure),
    (status = 401, description = "No valid token, or `Invalid verification code`.", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn verify_login(
    State(app): State<App>,
    caller: HalfCaller,
    Input(body): Input<VerifyRequest>,
) -> Result<Json<VerifyReply>, ApiError> {
    const WRONG: &str = "Invalid verification code";
    let body = body?;
    let kind = input::text(body.mfa_type, "MFA type is required")?;
    let code = input::text(body.code, "Verification code is required")?;
    if kind != GOOGLE_AUTH {
        return Err(ApiError::invalid("MFA method is not enabled"));
    }
    let (settings, keys) = (app.settings, app.keys);
    let now = app.clock.now();
    let refused = settings.wrong_code;
    let reply = app
        .database
        .write(move |db| -> Result<VerifyReply, ApiError> {
            let user = caller.caller.reader(db)?;
            if people::mfa_code(db, &user.id)?.as_deref() != Some(code.as_str()) {
                return Err(ApiError::Refused(refused.into(), WRONG));
            }
            let access = tokens::issue(&keys, &user, now)?;
            let session = sessions::start(db, &user, now)?;
            Ok(VerifyReply {
                success: true,
                message: "MFA verification successful",
                full_access_token: access.text,
                refresh_token: sessions::refresh_token(db, &session)?,
            })
        })
        .await?;
    Ok(Json(reply))
}

impl From<WrongCode> for StatusCode {
    fn from(answer: WrongCode) -> Self {
        match answer {
            WrongCode::Unauthorized => Self::UNAUTHORIZED,
            WrongCode::Invalid => Self::BAD_REQUEST,
            WrongCode::Success => Self::OK,
        }
    }
}
