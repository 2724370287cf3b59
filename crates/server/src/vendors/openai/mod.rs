//! OpenAI projects, under `/api/openai` in the vendor's own paths.
//!
//! Guarantees: objects, lists and statuses are those of the vendor's document. What it leaves open
//! is decided in [`settings::Settings`].

mod api_keys;
pub mod errors;
mod input;
pub mod keys;
pub mod objects;
mod organization_users;
pub mod project_key;
mod projects;
pub mod seed;
pub mod settings;
pub mod tables;
mod users;

use axum::Router;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::routes;

use crate::core::openapi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "OpenAI projects, as the reference server serves them",
        version = "2.3.0",
        description = "The projects of an organization, who is in them, who could be, and their API keys.",
        license(name = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/openai")),
    security(("AdminApiKeyAuth" = []))
)]
struct Document;

/// What the handlers of this vendor may ask for.
pub type App = crate::core::app::App<settings::Settings>;

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let router = openapi::router(
        Document::openapi(),
        [("AdminApiKeyAuth", openapi::bearer(None))],
    )
    .routes(routes!(projects::list, projects::create))
    .routes(routes!(projects::retrieve, projects::modify))
    .routes(routes!(projects::archive))
    .routes(routes!(organization_users::list))
    .routes(routes!(organization_users::retrieve))
    .routes(routes!(api_keys::list))
    .routes(routes!(api_keys::retrieve, api_keys::delete))
    .routes(routes!(users::list, users::add))
    .routes(routes!(users::retrieve, users::modify, users::remove));
    let (router, document) = openapi::serve(router);
    (openapi::refuse_preflights(router, &document), document)
}
