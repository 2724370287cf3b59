//! The Anthropic Admin API, under `/api/anthropic` in the vendor's own paths.
//!
//! Guarantees: what it sends is what the vendor's newest types say, down to the id in the body of a
//! failure. What the vendor leaves open is decided in [`settings::Settings`].

mod access;
mod api_keys;
mod archive;
mod body;
pub mod credentials;
pub mod errors;
mod fields;
mod keys_and_profiles;
mod members;
mod members_change;
mod middleware;
pub mod objects;
mod organization;
mod page;
mod query;
mod rate;
mod rate_limits;
mod rate_limits_change;
mod residency;
pub mod seed;
pub mod settings;
pub mod tables;
mod update;
mod users;
pub mod words;
mod workspaces;

use axum::middleware::from_fn;
use axum::{Extension, Router};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa_axum::routes;

use crate::core::openapi;
use errors::ApiError;
use rate::Rates;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Anthropic Admin API, as the reference server serves it",
        version = "2023-06-01",
        description = "Workspaces with their members, keys and limits, and the people of the organization.",
        license(name = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/anthropic")),
    security(("adminKey" = []), ("bearerAuth" = []))
)]
struct Document;

/// What the handlers of this vendor may ask for.
pub type App = crate::core::app::App<settings::Settings>;

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let key = ApiKey::Header(ApiKeyValue::new("x-api-key"));
    let router = openapi::router(
        Document::openapi(),
        [
            ("adminKey", SecurityScheme::ApiKey(key)),
            ("bearerAuth", openapi::bearer(None)),
        ],
    )
    .routes(routes!(organization::retrieve))
    .routes(routes!(workspaces::list, workspaces::create))
    .routes(routes!(workspaces::retrieve, update::update))
    .routes(routes!(archive::archive))
    .routes(routes!(members::list, members_change::add))
    .routes(routes!(
        members::retrieve,
        members_change::change,
        members_change::remove
    ))
    .routes(routes!(rate_limits::list))
    .routes(routes!(rate_limits_change::change))
    .routes(routes!(users::list))
    .routes(routes!(users::retrieve, users::change, users::remove))
    .routes(routes!(api_keys::list))
    .routes(routes!(api_keys::retrieve, api_keys::change));
    let (router, document) = openapi::serve(router);
    let router = router
        .fallback(|| async { ApiError::NotFound("The requested resource") })
        .method_not_allowed_fallback(middleware::other_method)
        .layer(from_fn(middleware::around))
        .layer(Extension(Rates::default()));
    (router, document)
}
