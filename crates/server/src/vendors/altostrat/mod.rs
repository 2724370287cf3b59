//! Altostrat Workspaces, under `/api/altostrat` in the vendor's own paths.
//!
//! Guarantees: what it sends is what the vendor documents, down to the absent bodies. What the
//! vendor leaves open is decided in [`settings::Settings`].

mod access;
mod archive;
mod billing;
pub mod errors;
mod input;
mod invoices;
mod members;
pub mod objects;
mod organizations;
pub mod seed;
pub mod settings;
pub mod signin;
pub mod subscription;
pub mod tables;
mod workspaces;

use axum::Router;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::routes;

use crate::core::openapi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Altostrat Workspaces API, as the reference server serves it",
        version = "1.0.0",
        description = "Workspaces, their members, and what stands against archiving them.",
        license(name = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/altostrat")),
    security(("bearerAuth" = []))
)]
struct Document;

/// What the handlers of this vendor may ask for.
pub type App = crate::core::app::App<settings::Settings>;

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let router = openapi::router(
        Document::openapi(),
        [("bearerAuth", openapi::bearer(Some("JWT")))],
    )
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
    .routes(routes!(invoices::preview));
    let (router, document) = openapi::serve(router);
    (openapi::refuse_preflights(router, &document), document)
}
