//! The vendor's sign-in, under `/api/altostrat-signin`: OAuth 2.0 with PKCE, for demo people.
//!
//! Guarantees: codes and refresh tokens are good for one use, nothing outlives its session, and a
//! browser is only ever sent to a registered address. There are no passwords: whoever reaches this
//! server may be any of the demo people.

mod authorize;
mod exchange;
mod form;
mod page;
mod people;
mod revoke;
pub mod tokens;
mod userinfo;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::vendors::altostrat::App;

/// The one client: the console, which runs in a browser and so has no secret.
pub const CLIENT_ID: &str = "steward-console";

/// A session ends eight hours after sign-in, however often it is refreshed.
pub const SESSION_SECONDS: i64 = 8 * 60 * 60;

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/authorize", get(authorize::show).post(authorize::choose))
        .route("/style.css", get(style))
        .route("/oauth/token", post(exchange::token))
        .route("/oauth/revoke", post(revoke::revoke))
        .route("/userinfo", get(userinfo::userinfo))
}

async fn style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (kind, include_str!("style.css")).into_response()
}
