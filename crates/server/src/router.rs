//! Puts the parts together: which address leads where, and what lies around all of them.
//!
//! Guarantees: every response passes the fault switch, the headers and the log, in this order.

use std::path::PathBuf;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, http::StatusCode, middleware};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use crate::cli::Settings;
use crate::core::app::App;
use crate::core::{assets, cors, faults, headers, observe};
use crate::vendors::altostrat::signin;
use crate::vendors::{altostrat, anthropic, flashback, openai};

/// What lies around the vendors.
#[derive(Debug, Default)]
pub struct Options {
    /// The folder of the built app, if it is to be served.
    pub dist: Option<PathBuf>,
    /// Whether `/api/_faults` is there.
    pub faults: bool,
    /// Further origins the app may send requests to.
    pub connect_src: Vec<String>,
    /// The origin whose pages may call under every other address that the server has.
    pub pages: Option<String>,
}

/// Bodies of more bytes than this are compressed, if they are not already.
const COMPRESSED_ABOVE: u64 = 8192;

/// The APIs and their sign-in pages.
fn apis(app: &App<Settings>) -> Router {
    let settings = &app.settings;
    let altostrat = app.with_settings(settings.altostrat.clone());
    let anthropic = app.with_settings(settings.anthropic.clone());
    let flashback = app.with_settings(settings.flashback.clone());
    let openai = app.with_settings(settings.openai.clone());
    let signin = signin::routes().with_state(altostrat.clone());
    Router::new()
        .nest(
            "/api/altostrat",
            altostrat::routes().0.with_state(altostrat),
        )
        .nest("/api/altostrat-signin", signin)
        .nest(
            "/api/anthropic",
            anthropic::routes().0.with_state(anthropic),
        )
        .nest(
            "/api/flashback",
            flashback::routes().0.with_state(flashback),
        )
        .nest("/api/openai", openai::routes().0.with_state(openai))
}

/// Makes the APIs over a copy of the database, for reads that are to lag behind.
fn freezing(app: App<Settings>) -> faults::Freeze {
    Arc::new(move || {
        let app = app.clone();
        Box::pin(async move {
            let database = app.database.copy().await?;
            Ok(apis(&App { database, ..app }))
        })
    })
}

/// The whole server as one service.
///
/// # Errors
/// A sentence when an option makes no sense.
pub fn router(app: &App<Settings>, options: &Options) -> Result<Router, String> {
    let policy = Arc::new(headers::Policy::new(&options.connect_src)?);
    let faults = options
        .faults
        .then(|| faults::Faults::new(freezing(app.clone()), app.clock.clone()));
    let mut router = apis(app)
        .route("/healthz", get(|| async { "ok" }))
        .fallback_service(assets::service(options.dist.as_deref()));
    if let Some(faults) = &faults {
        router = router
            .nest("/api/_faults", faults::routes(faults.clone()))
            .layer(middleware::from_fn_with_state(
                faults.clone(),
                faults::inject,
            ));
    }
    // Outside the faults, whose made-up replies a page of another origin may read as well.
    if let Some(origin) = &options.pages {
        router = router.layer(middleware::from_fn_with_state(
            cors::Pages::of(origin),
            cors::allow,
        ));
    }
    router = router
        // Outside the faults, which cut bodies as they are read by people. Small replies stay as they
        // are: tokens among them, whose length must not depend on what stands beside them.
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(COMPRESSED_ABOVE)))
        .layer(middleware::from_fn_with_state(policy, headers::add));
    if let Some(faults) = faults {
        router = router.layer(middleware::from_fn_with_state(faults, faults::dress));
    }
    Ok(router.layer(middleware::from_fn_with_state(
        observe::Failure(failure),
        observe::watch,
    )))
}

/// What is answered when a handler gave no answer: in the shape that its vendor documents.
fn failure(path: &str, id: &observe::RequestId) -> Response {
    if path.starts_with("/api/altostrat/") {
        altostrat::errors::ApiError::Internal("no answer".to_owned()).into_response()
    } else if path.starts_with("/api/flashback/") {
        flashback::errors::ApiError::internal("no answer").into_response()
    } else if path.starts_with("/api/openai/") {
        openai::errors::ApiError::Internal("no answer".to_owned()).into_response()
    } else if path.starts_with("/api/anthropic/") {
        anthropic::errors::no_answer(id)
    } else {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
