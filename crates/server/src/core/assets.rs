//! Serves the built app from its folder.
//!
//! Guarantees: a hashed file may be kept for ever and everything else is asked for again; only a
//! navigation falls back to index.html, because a missing script answered with HTML would be run.
//! Must not know what the files are for.

use std::convert::Infallible;
use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tower::{ServiceExt, service_fn, util::BoxCloneSyncService};
use tower_http::services::ServeDir;

/// A year, as far as caches look ahead.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Says before the start what is missing.
///
/// # Errors
/// A sentence that says what to do.
pub fn check(dist: &Path) -> Result<(), String> {
    if dist.join("index.html").is_file() {
        return Ok(());
    }
    Err(format!(
        "There is no built app in {}; build it with `cargo xtask build` or leave --dist out.",
        dist.display()
    ))
}

/// The service for every path that is no route. Without a folder every path is missing.
#[must_use]
pub fn service(dist: Option<&Path>) -> BoxCloneSyncService<Request, Response, Infallible> {
    let files = dist.map(|dist| {
        ServeDir::new(dist)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
    });
    BoxCloneSyncService::new(service_fn(move |request: Request| {
        let files = files.clone();
        async move {
            let Some(files) = files else {
                return Ok(StatusCode::NOT_FOUND.into_response());
            };
            Ok(answer(files, request).await)
        }
    }))
}

async fn answer(files: ServeDir, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path == "/api" || path.starts_with("/api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if path == "/" {
        return file(files, index(&request)).await;
    }
    let fallback = is_navigation(&request).then(|| index(&request));
    let response = file(files.clone(), request).await;
    match fallback {
        Some(index) if response.status() == StatusCode::NOT_FOUND => file(files, index).await,
        _ => response,
    }
}

fn is_navigation(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
        && request
            .headers()
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.contains("text/html"))
}

/// The same request, for the shell of the app.
fn index(request: &Request) -> Request {
    let mut index = Request::new(Body::empty());
    request.method().clone_into(index.method_mut());
    request.headers().clone_into(index.headers_mut());
    *index.uri_mut() = Uri::from_static("/index.html");
    index
}

async fn file(files: ServeDir, request: Request) -> Response {
    let immutable = is_hashed(request.uri().path());
    let mut response = match files.oneshot(request).await {
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    };
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    // Which file answers depends on both: compressed or not, the file or the shell of the app.
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, accept"),
    );
    if found && immutable {
        headers.insert(header::CACHE_CONTROL, FOREVER);
    }
    if let Some(kind) = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        && kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(value) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
    response
}

/// Whether the name carries a hash of the content, as trunk writes it: `steward-1a2b….js`,
/// `steward-1a2b…_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 8 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for hashed in [
            "/steward-0123456789abcdef.js",
            "/steward-0123456789abcdef_bg.wasm",
            "/base-00ff00ff.css",
        ] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in [
            "/boot.js",
            "/config.json",
            "/index.html",
            "/a-facade.js",
            "/steward-zz.js",
        ] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
