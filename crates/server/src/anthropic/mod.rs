//! The Anthropic Admin API, under `/api/anthropic` in the vendor's own paths.
//!
//! Guarantees: what it sends is what the vendor's newest types say, down to the id in the body of a
//! failure. What the vendor leaves open is decided in [`crate::config::anthropic`].

mod access;
mod api_keys;
mod archive;
mod body;
pub mod credentials;
mod edge;
pub mod errors;
mod fields;
mod keys_and_profiles;
mod members;
mod members_change;
pub mod objects;
mod organization;
mod page;
mod query;
mod rate;
mod rate_limits;
mod rate_limits_change;
mod residency;
mod update;
mod users;
pub mod words;
mod workspaces;

use axum::routing::get;
use axum::{Extension, Router, middleware};
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
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
    security(("adminKey" = []), ("bearerAuth" = [])),
    modifiers(&Credentials)
)]
struct Document;

struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        let key = ApiKey::Header(ApiKeyValue::new("x-api-key"));
        components.add_security_scheme("adminKey", SecurityScheme::ApiKey(key));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearerAuth", SecurityScheme::Http(bearer));
    }
}

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let (router, document) = OpenApiRouter::with_openapi(Document::openapi())
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
        .routes(routes!(api_keys::retrieve, api_keys::change))
        .split_for_parts();
    let served = document.clone();
    let router = router
        .route("/openapi.json", get(move || async { axum::Json(served) }))
        .fallback(|| async { ApiError::NotFound("The requested resource") })
        .method_not_allowed_fallback(edge::other_method)
        .layer(middleware::from_fn(edge::around))
        .layer(Extension(Rates::default()));
    (router, document)
}
