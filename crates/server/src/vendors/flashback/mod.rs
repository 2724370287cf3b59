//! Flashback, under `/api/flashback` in the vendor's own paths.
//!
//! Guarantees: statuses, shapes and messages are the vendor's to the letter wherever it documents
//! them. What it leaves open is decided in [`settings::Settings`]; messages for that are our own.

mod access;
mod delete;
pub mod errors;
mod input;
pub mod mfa;
pub mod objects;
mod organization;
pub mod password;
pub mod people;
pub mod seed;
mod sessions;
pub mod settings;
mod sign_in;
mod storage;
pub mod stored;
pub mod tables;
pub mod tokens;
mod users;
mod workspaces;

use axum::Router;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::routes;

use crate::core::openapi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Flashback API, as the reference server serves it",
        version = "0.0.60",
        description = "Workspaces, who may do what in them, what is stored in them, and signing in.",
        license(name = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/flashback")),
    security(("BearerAuth" = []))
)]
struct Document;

/// What the handlers of this vendor may ask for.
pub type App = crate::core::app::App<settings::Settings>;

/// The routes, and the OpenAPI document made from them.
pub fn routes() -> (Router<App>, OpenApi) {
    let router = openapi::router(
        Document::openapi(),
        [("BearerAuth", openapi::bearer(Some("JWT")))],
    )
    .routes(routes!(workspaces::list, workspaces::create))
    .routes(routes!(
        workspaces::retrieve,
        workspaces::update,
        delete::delete
    ))
    .routes(routes!(users::add))
    .routes(routes!(users::change, users::remove))
    .routes(routes!(sign_in::login))
    .routes(routes!(sign_in::refresh))
    .routes(routes!(sign_in::logout))
    .routes(routes!(mfa::status))
    .routes(routes!(mfa::verify_login))
    .routes(routes!(storage::list_buckets))
    .routes(routes!(storage::delete_bucket))
    .routes(routes!(storage::list_repos))
    .routes(routes!(storage::delete_repo))
    .routes(routes!(organization::profile))
    .routes(routes!(organization::list))
    .routes(routes!(organization::retrieve));
    let (router, document) = openapi::serve(router);
    (openapi::refuse_preflights(router, &document), document)
}
