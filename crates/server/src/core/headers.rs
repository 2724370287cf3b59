//! The security headers of every response, errors included.
//!
//! Guarantees: a header a handler has set itself stays; everything else gets the strictest that
//! still works. Must not know which handler answered, only the path.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// Data is not a document: nothing in it may load, run or be framed.
const DATA_CSP: &str = "default-src 'none'; frame-ancestors 'none'";

const EVERYWHERE: [(HeaderName, &str); 4] = [
    (
        header::STRICT_TRANSPORT_SECURITY,
        "max-age=63072000; includeSubDomains; preload",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

const DOCUMENTS: [(HeaderName, &str); 3] = [
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        "credentialless",
    ),
    (
        // Names that a browser does not know make it warn in its console, so only well-known ones stand here.
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
         encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), \
         identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), picture-in-picture=(), \
         publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), \
         usb=(), xr-spatial-tracking=()",
    ),
];

/// The content policy of the app's own documents.
#[derive(Debug)]
pub struct Policy {
    app_csp: HeaderValue,
}

impl Policy {
    /// The strict policy, with these origins added to those the app may send requests to.
    ///
    /// # Errors
    /// A sentence when an origin is not one.
    pub fn new(connect_src: &[String]) -> Result<Self, String> {
        let mut connect = "'self'".to_owned();
        for origin in connect_src {
            let parsed = url::Url::parse(origin)
                .ok()
                .map(|url| url.origin().ascii_serialization());
            if parsed.as_deref() != Some(origin.as_str()) {
                return Err(format!(
                    "{origin} is not an origin; give --connect-src a scheme and a host, such as https://api.example.com."
                ));
            }
            connect.push(' ');
            connect.push_str(origin);
        }
        // 'wasm-unsafe-eval' allows compiling WebAssembly and nothing else. The app writes no markup at all, so that
        // Trusted Types need no policy.
        let csp = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; connect-src {connect}; manifest-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'"
        );
        let app_csp = HeaderValue::from_str(&csp)
            .map_err(|_| "An origin of --connect-src holds a character it must not.".to_owned())?;
        Ok(Self { app_csp })
    }
}

/// The layer that adds them.
pub async fn add(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_data = path == "/api" || path.starts_with("/api/") || path == "/healthz";
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        set(headers, name, HeaderValue::from_static(value));
    }
    if is_data {
        set(
            headers,
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        );
        set(
            headers,
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(DATA_CSP),
        );
    } else {
        set(
            headers,
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        );
        set(
            headers,
            header::CONTENT_SECURITY_POLICY,
            policy.app_csp.clone(),
        );
    }
    let is_html = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if !is_data || is_html {
        for (name, value) in DOCUMENTS {
            set(headers, name, HeaderValue::from_static(value));
        }
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}
