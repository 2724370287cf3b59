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

use crate::clock::Clock;
use crate::config::Settings;
use crate::cors;
use crate::db::Database;
use crate::jwt::Keys;
use crate::{
    altostrat, altostrat_signin, anthropic, assets, faults, flashback, headers, observe, openai,
};

/// What every handler may ask for.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// The key that access tokens are signed with.
    pub keys: Arc<Keys>,
    /// The answers to what the contract leaves open.
    pub settings: Arc<Settings>,
    /// Where sign-in may return to.
    pub redirect_uris: Arc<Vec<String>>,
}

impl App {
    /// With the proposed settings and no address to return to.
    #[must_use]
    pub fn new(database: Database, keys: Keys, clock: Clock) -> Self {
        Self {
            database,
            clock,
            keys: Arc::new(keys),
            settings: Arc::default(),
            redirect_uris: Arc::default(),
        }
    }

    /// With these settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = Arc::new(settings);
        self
    }

    /// With these addresses for sign-in to return to.
    #[must_use]
    pub fn with_redirect_uris(mut self, uris: Vec<String>) -> Self {
        self.redirect_uris = Arc::new(uris);
        self
    }
}

/// What lies around the dialects.
#[derive(Debug, Default)]
pub struct Edge {
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
fn apis(app: App) -> Router {
    let (altostrat, _) = altostrat::routes();
    let (anthropic, _) = anthropic::routes();
    let (flashback, _) = flashback::routes();
    let (openai, _) = openai::routes();
    Router::new()
        .nest("/api/altostrat", altostrat.with_state(app.clone()))
        .nest("/api/anthropic", anthropic.with_state(app.clone()))
        .nest("/api/flashback", flashback.with_state(app.clone()))
        .nest("/api/openai", openai.with_state(app.clone()))
        .nest(
            "/api/altostrat-signin",
            altostrat_signin::routes().with_state(app),
        )
}

/// Makes the APIs over a copy of the database, for reads that are to lag behind.
fn freezing(app: App) -> faults::Freeze {
    Arc::new(move || {
        let app = app.clone();
        Box::pin(async move {
            let database = app.database.copy().await?;
            Ok(apis(App { database, ..app }))
        })
    })
}

/// The whole server as one service.
///
/// # Errors
/// A sentence when an option makes no sense.
pub fn router(app: App, edge: &Edge) -> Result<Router, String> {
    let policy = Arc::new(headers::Policy::new(&edge.connect_src)?);
    let faults = edge
        .faults
        .then(|| faults::Faults::new(freezing(app.clone()), app.clock.clone()));
    let mut router = apis(app)
        .route("/healthz", get(|| async { "ok" }))
        .fallback_service(assets::service(edge.dist.as_deref()));
    if let Some(faults) = &faults {
        router = router
            .nest("/api/_faults", faults::routes(faults.clone()))
            .layer(middleware::from_fn_with_state(
                faults.clone(),
                faults::inject,
            ));
    }
    // Outside the faults, whose made-up replies a page of another origin may read as well.
    if let Some(origin) = &edge.pages {
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

/// What is answered when a handler gave no answer: in the shape that its dialect documents.
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
