//! Assembles a vendor's routes and the OpenAPI document that is made from them.
//!
//! Guarantees: the document that is served is the one of the routes. Must not know any route.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, options};
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

/// The scheme of `Authorization: Bearer`, with the format of the token if the vendor names one.
#[must_use]
pub fn bearer(format: Option<&str>) -> SecurityScheme {
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
    SecurityScheme::Http(match format {
        Some(format) => scheme.bearer_format(format).build(),
        None => scheme.build(),
    })
}

/// A router for documented routes, whose document begins with this and has these security schemes.
pub fn router<S, const N: usize>(
    mut document: OpenApi,
    schemes: [(&str, SecurityScheme); N],
) -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    let components = document.components.get_or_insert_default();
    for (name, scheme) in schemes {
        components.add_security_scheme(name, scheme);
    }
    OpenApiRouter::with_openapi(document)
}

/// The routes with `/openapi.json`, and the document itself.
pub fn serve<S>(router: OpenApiRouter<S>) -> (Router<S>, OpenApi)
where
    S: Clone + Send + Sync + 'static,
{
    let (router, document) = router.split_for_parts();
    let served = document.clone();
    let router = router.route("/openapi.json", get(move || async { axum::Json(served) }));
    (router, document)
}

/// Adds a preflight that allows nobody to every path of the document: the app comes from this origin, and no
/// other is let in. Without an `Allow`, because a vendor's document may list only some of the methods.
pub fn refuse_preflights<S>(router: Router<S>, document: &OpenApi) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    document.paths.paths.keys().fold(router, |router, path| {
        router.route(path, options(|| async { StatusCode::NO_CONTENT }))
    })
}
