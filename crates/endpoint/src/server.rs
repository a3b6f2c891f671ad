//! Starting and stopping: the listener, TLS, and one task per connection, each within its limits.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use clock::Clock;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use protocol::UnixTime;
use protocol::enrolment::EndpointIdentity;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tower::Service;

use crate::config::{Config, ConfigError};
use crate::data_dir::{DataDir, DataDirError};
use crate::http::{self, App, Identity, Peer};
use crate::keys::EndpointSecrets;
use crate::store::{Store, StoreFault, StoreOptions, WriterThread};
use crate::tls::{self, TlsError};

/// Name of the database in the data directory.
pub const DATABASE_FILE: &str = "mailbox.sqlite";
/// On how many independent media a record is durable before it is acknowledged.
const COPIES: u8 = 1;
/// How often the endpoint looks for what its clerks entered a grace ago.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(2);
/// How often it looks for work that returns by itself.
const SECONDS_BETWEEN_ROUNDS: u64 = 60;
/// How long a stopping endpoint waits for requests that are under way.
const GRACE: Duration = Duration::from_secs(20);

/// Why the endpoint did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings contradict themselves.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data directory cannot be used.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// No TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The database cannot be used.
    #[error("database: {0}")]
    Store(#[from] StoreFault),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
}

/// What to serve, and how.
pub struct ServeOptions {
    /// A directory that [`crate::init`] made.
    pub data_dir: PathBuf,
    /// Settings, already merged with flags.
    pub config: Config,
    /// Where the endpoint takes its time from.
    pub clock: Arc<dyn Clock>,
}

/// An endpoint at work. [`RunningEndpoint::shutdown`] stops it and waits for the end; dropping it stops it too, some time later.
pub struct RunningEndpoint {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What it says of itself.
    pub identity: EndpointIdentity,
    /// The founding code as text, until the office is founded.
    pub founding_code: Option<zeroize::Zeroizing<String>>,
    stop: watch::Sender<bool>,
    accepting: tokio::task::JoinHandle<()>,
    sweeping: tokio::task::JoinHandle<()>,
    writer: WriterThread,
    app: Arc<App>,
}

impl RunningEndpoint {
    /// The routes without a network, for tests that send what no HTTP client would.
    pub fn router(&self) -> Router {
        http::router(Arc::clone(&self.app))
    }

    /// Stops accepting, lets requests under way end, folds the database together and releases the data directory.
    pub async fn shutdown(self) {
        let Self { stop, accepting, sweeping, writer, app, .. } = self;
        // Nobody listens any more if the accepting task has ended already.
        let _ = stop.send(true);
        if accepting.await.is_err() {
            tracing::error!("the accepting task ended by a panic");
        }
        if sweeping.await.is_err() {
            tracing::error!("the sweeping task ended by a panic");
        }
        drop(app);
        if tokio::task::spawn_blocking(move || writer.join()).await.is_err() {
            tracing::error!("the writer could not be waited for");
        }
    }
}

/// Starts the endpoint.
///
/// # Errors
/// [`ServeError`]; nothing then runs, and the data directory is free again.
pub async fn serve(options: ServeOptions) -> Result<RunningEndpoint, ServeError> {
    let ServeOptions { data_dir: dir, config, clock } = options;
    config.check()?;
    let lock = DataDir::lock(&dir)?;
    let secrets = EndpointSecrets::load(&dir)?;
    let tls = if config.plain_http { None } else { Some((tls::server_config(&dir)?, tls::pin(&dir)?)) };
    // Before the database: an address that is taken must leave it untouched.
    let listener = TcpListener::bind(config.listen).await.map_err(|error| ServeError::Listen(config.listen, error))?;
    let addr = listener.local_addr().map_err(|error| ServeError::Listen(config.listen, error))?;
    let signer = secrets.signer();
    let identity =
        Identity { generation: secrets.generation, receipt_key: signer.public_key(), tls_pin: tls.as_ref().map(|(_, pin)| *pin), copies: COPIES };
    let store = StoreOptions {
        signer,
        generation: secrets.generation,
        copies: COPIES,
        max_pages: config.max_pages(),
        lease: config.lease(),
        clock: Arc::clone(&clock),
    };
    let (store, writer) = Store::open(&dir.join(DATABASE_FILE), store, lock)?;
    let founding_code = unless_founded(&store, &dir, secrets)?;
    let shown_code = founding_code.as_ref().map(office::founding::FoundingCode::to_text);
    let app = Arc::new(App::new(store, clock, config.clone(), dir, founding_code, identity));
    let (stop, stopping) = watch::channel(false);
    let sweeping = tokio::spawn(sweep(app.store.clone(), Arc::clone(&app.clock), stopping.clone()));
    let entrance = Entrance { router: http::router(Arc::clone(&app)), tls: tls.map(|(config, _)| config.into()), config, stopping };
    let accepting = tokio::spawn(entrance.accept(listener));
    Ok(RunningEndpoint { addr, identity: app.identity(), founding_code: shown_code, stop, accepting, sweeping, writer, app })
}

/// The founding code, if it still has a use. A founding that was durable before a crash erases it here.
fn unless_founded(store: &Store, dir: &Path, secrets: EndpointSecrets) -> Result<Option<office::founding::FoundingCode>, ServeError> {
    if store.office_id().is_some() {
        EndpointSecrets::forget_founding_code(dir)?;
        return Ok(None);
    }
    Ok(secrets.founding_code)
}

/// Destroys, at once and every few seconds from then on, what was entered a grace ago: no clerk's app has to be there for it. And every minute returns the
/// work of clerks who are not there.
async fn sweep(store: Store, clock: Arc<dyn Clock>, mut stopping: watch::Receiver<bool>) {
    let mut next_round = UnixTime(0);
    loop {
        // The next time round it is tried again; a database that failed for good has said so itself.
        if let Err(refusal) = store.sweep(clock.now()).await {
            tracing::warn!(%refusal, "what is due could not be destroyed");
        }
        let now = clock.now();
        if now >= next_round {
            next_round = now.plus(SECONDS_BETWEEN_ROUNDS);
            if let Err(refusal) = store.make_round(now).await {
                tracing::warn!(%refusal, "work could not be returned");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(BETWEEN_SWEEPS) => {}
            () = stop(&mut stopping) => break,
        }
    }
}

/// Until the endpoint shall stop, or is dropped.
async fn stop(stopping: &mut watch::Receiver<bool>) {
    // An error says that the sender is gone: the endpoint was dropped.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Where connections come in.
#[derive(Clone)]
struct Entrance {
    router: Router,
    tls: Option<TlsAcceptor>,
    config: Config,
    stopping: watch::Receiver<bool>,
}

impl Entrance {
    async fn accept(self, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(self.config.max_connections));
        let mut connections = JoinSet::new();
        let mut stopping = self.stopping.clone();
        loop {
            let next = async { (Arc::clone(&places).acquire_owned().await, listener.accept().await) };
            let (place, incoming) = tokio::select! {
                next = next => next,
                () = stop(&mut stopping) => break,
            };
            let Ok(place) = place else { break };
            self.admit(incoming, place, &mut connections).await;
            while connections.try_join_next().is_some() {}
        }
        drop(listener);
        let _ = tokio::time::timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    }

    async fn admit(&self, incoming: std::io::Result<(TcpStream, SocketAddr)>, place: OwnedSemaphorePermit, connections: &mut JoinSet<()>) {
        match incoming {
            Ok((stream, peer)) => {
                let entrance = self.clone();
                connections.spawn(async move {
                    entrance.connection(stream, peer).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Too many open files, most likely: wait for some to close instead of spinning.
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }

    async fn connection(self, stream: TcpStream, peer: SocketAddr) {
        // Answers are small and written at once; waiting for more only delays them.
        let _ = stream.set_nodelay(true);
        match self.tls.clone() {
            None => self.serve(stream, peer, false).await,
            Some(acceptor) => {
                let handshake = tokio::time::timeout(self.config.head_timeout(), acceptor.accept(stream));
                let Ok(Ok(stream)) = handshake.await else { return };
                let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                self.serve(stream, peer, is_http2).await;
            }
        }
    }

    /// The protocol is settled by ALPN, not guessed from the first bytes: a connection that sends none would be guessed about for ever.
    async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, stream: S, peer: SocketAddr, is_http2: bool) {
        let builder = self.builder(is_http2);
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.clone().call(request)
        });
        let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
        let mut stopping = self.stopping.clone();
        let old = tokio::time::sleep(Duration::from_secs(self.config.connection_seconds));
        tokio::select! {
            _ = connection.as_mut() => return,
            () = stop(&mut stopping) => {}
            () = old => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(GRACE, connection).await;
    }

    fn builder(&self, is_http2: bool) -> auto::Builder<TokioExecutor> {
        let builder = auto::Builder::new(TokioExecutor::new());
        let mut builder = if is_http2 { builder.http2_only() } else { builder.http1_only() };
        let head = self.config.head_timeout();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(64 * 1024).max_headers(64);
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(self.config.max_streams)
            // Rapid reset (CVE-2023-44487): few streams may be opened and reset before the connection ends.
            .max_pending_accept_reset_streams(20)
            .max_local_error_reset_streams(64)
            .max_header_list_size(16 * 1024)
            .keep_alive_interval(Some(head))
            .keep_alive_timeout(head);
        builder
    }
}
