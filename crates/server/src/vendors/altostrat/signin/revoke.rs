//! `POST /oauth/revoke` (RFC 7009): ends the session of a refresh token or an access token.
//!
//! Guarantees: 200 whether or not the token meant anything, so that nothing can be learnt from it.
//! No `Clear-Site-Data`: it would wipe what the app keeps for other accounts signed in beside this.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use rusqlite::OptionalExtension;

use super::form::{Form, OAuthError};
use super::{CLIENT_ID, tokens};
use crate::core::random;
use crate::vendors::altostrat::App;

pub(super) async fn revoke(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, OAuthError> {
    let form = Form::read(&headers, body).await?;
    if form.require("client_id")? != CLIENT_ID {
        return Err(OAuthError::client());
    }
    let token = form.require("token")?.to_owned();
    let bearer = tokens::check::<OAuthError>(&app, &token).await?;
    let now = app.clock.now();
    app.database
        .write(move |db| -> Result<(), OAuthError> {
            let session: Option<String> = match bearer {
                Some(bearer) => Some(bearer.session),
                None => db
                    .query_row(
                        "SELECT session_id FROM altostrat_refresh_tokens WHERE fingerprint = ?1",
                        [random::fingerprint(&token)],
                        |row| row.get(0),
                    )
                    .optional()?,
            };
            if let Some(session) = session {
                tokens::end_session(db, &session, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(StatusCode::OK)
}
