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
pub mod settings;
mod users;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, options};
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "OpenAI projects, as the reference server serves them",
        version = "2.3.0",
        description = "The projects of an organization, who is in them, who could be, and their API keys.",
        license(name = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/openai")),
    security(("AdminApiKeyAuth" = [])),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("AdminApiKeyAuth", SecurityScheme::Http(scheme));
    }
}

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let (router, document) = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(projects::list, projects::create))
        .routes(routes!(projects::retrieve, projects::modify))
        .routes(routes!(projects::archive))
        .routes(routes!(organization_users::list))
        .routes(routes!(organization_users::retrieve))
        .routes(routes!(api_keys::list))
        .routes(routes!(api_keys::retrieve, api_keys::delete))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::retrieve, users::modify, users::remove))
        .split_for_parts();
    let served = document.clone();
    let mut router = router.route("/openapi.json", get(move || async { axum::Json(served) }));
    for path in document.paths.paths.keys() {
        // A preflight that allows nobody: the app comes from this origin, and no other is let in.
        router = router.route(path, options(|| async { StatusCode::NO_CONTENT }));
    }
    (router, document)
}
