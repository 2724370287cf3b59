//! Accepts connections and ends them: header timeouts, dropped replies, a graceful stop.
//!
//! Guarantees: a client that dawdles over its headers is let go, and a request under way when the
//! stop comes is answered. Must not know any route.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Put among a response's extensions to have the connection closed in place of that response.
#[derive(Clone, Copy, Debug)]
pub struct DropConnection;

#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was dropped on request")
    }
}

impl std::error::Error for Dropped {}

/// Takes the port.
///
/// # Errors
/// A sentence that says what to do.
pub async fn bind(listen: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(listen).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!(
            "The address {listen} is already in use; stop the program that uses it or choose another with --listen."
        ),
        ErrorKind::PermissionDenied => format!(
            "This user may not listen on {listen}; choose a port above 1023 with --listen."
        ),
        _ => format!("The address {listen} cannot be used ({error}); choose another with --listen."),
    })
}

/// Serves until `stop` comes, then lets what is under way finish.
pub async fn run(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => connect(stream, router.clone(), &graceful),
            Err(error) => {
                // Out of file handles, most likely: waiting lets some connections end.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    let finished = tokio::time::timeout(STOP_TIMEOUT, graceful.shutdown()).await;
    if finished.is_err() {
        tracing::warn!("some connections were still open and have been cut");
    }
}

fn connect(stream: TcpStream, router: Router, graceful: &GracefulShutdown) {
    // Small replies should not wait for more to send; failing to say so costs only speed.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let response: Result<Response, Infallible> =
                router.oneshot(request.map(Body::new)).await;
            match response {
                Ok(response) if response.extensions().get::<DropConnection>().is_none() => {
                    Ok(response)
                }
                _ => Err(Dropped),
            }
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// A future that ends at the first request to stop: Ctrl+C, or on Unix a SIGTERM. Requests count from
/// this call on, before the future is first looked at.
///
/// # Errors
/// When the system does not let a program listen for them.
pub fn stop_requests() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
