//! Who is calling, and what of it that organization has.
//!
//! Guarantees: another organization's objects are not found, as if they did not exist; no query here
//! leaves the organization out.

use axum::extract::FromRequestParts;
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use rusqlite::{Connection, OptionalExtension, params};

use super::App;
use super::errors::ApiError;
use super::middleware::{self, Told};
use super::objects::Workspace;
use super::rate::Rates;
use super::settings::Settings;
use crate::core::random;

/// Somebody with a key that administers an organization.
pub(super) struct Caller {
    pub(super) organization: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let told = parts.extensions.get::<Told>().cloned().unwrap_or_default();
        let settings = &app.settings;
        middleware::check_origin(&parts.headers, settings.cors, &told)?;
        let (fingerprint, header) = shown(&parts.headers)?;
        let known: Option<(String, String, bool)> = app
            .database
            .read(move |db| -> Result<_, ApiError> {
                Ok(db
                    .prepare_cached(
                        "SELECT organization_id, kind, administers FROM anthropic_credentials \
                         WHERE fingerprint = ?1",
                    )?
                    .query_row([fingerprint], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .optional()?)
            })
            .await?;
        let (organization, kind, administers) =
            known.ok_or(ApiError::Unauthorized(header.refusal()))?;
        match (kind.as_str(), header) {
            // The vendor's newest clients send a key as a bearer token; an OAuth token is never a key.
            ("admin_key", _) | ("bearer", Header::Bearer) => {}
            ("account_key", _) if administers => {}
            ("account_key", _) => {
                told.organization(&organization);
                return Err(ApiError::Forbidden(
                    "This API key acts as somebody who may not administer the organization.",
                ));
            }
            ("api_key", _) if settings.ordinary_key == 403 => {
                told.organization(&organization);
                return Err(ApiError::Forbidden(
                    "This API key belongs to a workspace; an Admin API key is needed here.",
                ));
            }
            _ => return Err(ApiError::Unauthorized(header.refusal())),
        }
        told.organization(&organization);
        if let Some(rates) = parts.extensions.get::<Rates>() {
            rates
                .admit(&organization, settings.rate, app.clock.now())
                .map_err(ApiError::TooMany)?;
        }
        Ok(Self { organization })
    }
}

/// Where a credential was shown.
#[derive(Clone, Copy)]
enum Header {
    Key,
    Bearer,
}

impl Header {
    fn refusal(self) -> &'static str {
        match self {
            Self::Key => "invalid x-api-key",
            Self::Bearer => "Invalid bearer token",
        }
    }
}

/// The fingerprint of the credential in the headers.
fn shown(headers: &HeaderMap) -> Result<(String, Header), ApiError> {
    if let Some(key) = headers.get("x-api-key") {
        let key = key.to_str().unwrap_or_default();
        return Ok((random::fingerprint(key), Header::Key));
    }
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match bearer {
        Some((_, token)) => Ok((random::fingerprint(token.trim()), Header::Bearer)),
        None => Err(ApiError::Unauthorized("x-api-key header is required")),
    }
}

/// A workspace of the caller's organization.
pub(super) fn workspace(db: &Connection, caller: &Caller, id: &str) -> Result<Workspace, ApiError> {
    db.prepare_cached(&format!(
        "SELECT {} FROM anthropic_workspaces w WHERE w.id = ?1 AND w.organization_id = ?2",
        Workspace::COLUMNS
    ))?
    .query_row(params![id, caller.organization], Workspace::from_row)
    .optional()?
    .ok_or(ApiError::NotFound("The workspace"))
}

/// Refuses what the default workspace does not take: 400, or 403 by setting.
pub(super) fn not_default(
    settings: &Settings,
    workspace: &Workspace,
    refusal: &'static str,
) -> Result<(), ApiError> {
    match (workspace.is_default, settings.default_workspace) {
        (false, _) => Ok(()),
        (true, 403) => Err(ApiError::Forbidden(refusal)),
        (true, _) => Err(ApiError::Invalid(refusal.to_owned())),
    }
}

/// Refuses a change to an archived workspace, unless the settings let it through.
pub(super) fn not_archived(settings: &Settings, workspace: &Workspace) -> Result<(), ApiError> {
    if workspace.archived_at.is_some() && settings.archived_update == 400 {
        let message = "The workspace is archived and cannot be changed.";
        return Err(ApiError::Invalid(message.to_owned()));
    }
    Ok(())
}
