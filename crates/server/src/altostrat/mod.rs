//! Altostrat Workspaces, under `/api/altostrat` in the vendor's own paths.
//!
//! Guarantees: what it sends is what the vendor documents, down to the absent bodies. What the
//! vendor leaves open is decided in [`crate::config::Settings`].

mod access;
mod archive;
mod billing;
pub mod errors;
mod input;
mod invoices;
mod members;
pub mod objects;
mod organizations;
pub mod subscription;
mod workspaces;

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
        title = "Altostrat Workspaces API, as the reference server serves it",
        version = "1.0.0",
        description = "Workspaces, their members, and what stands against archiving them.",
        license(name = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/altostrat")),
    security(("bearerAuth" = [])),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("bearerAuth", SecurityScheme::Http(scheme));
    }
}

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let (router, document) = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(workspaces::list, workspaces::create))
        .routes(routes!(
            workspaces::retrieve,
            workspaces::update,
            archive::archive
        ))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::change, members::remove))
        .routes(routes!(organizations::list))
        .routes(routes!(billing::accounts))
        .routes(routes!(billing::subscriptions))
        .routes(routes!(billing::cancel))
        .routes(routes!(invoices::preview))
        .split_for_parts();
    let served = document.clone();
    let mut router = router.route("/openapi.json", get(move || async { axum::Json(served) }));
    for path in document.paths.paths.keys() {
        // A preflight that allows nobody: the app comes from this origin, and no other is let in.
        // Without an `Allow`, because the vendor's document lists only some of the methods.
        router = router.route(path, options(|| async { StatusCode::NO_CONTENT }));
    }
    (router, document)
}
