//! A wire with the endpoint's TLS key at the endpoint's address: it passes everything on, but cuts the connection instead of passing an answer back, or changes
//! bytes in it, as an endpoint could that is not honest.

use std::path::Path;
use std::sync::{Arc, Mutex};

use rustls::{ClientConfig, RootCertStore, ServerConfig};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::{TlsAcceptor, TlsConnector};

/// Ends when dropped.
pub struct Wire {
    /// Start of the requests whose answers get lost, and how many still; taken away by the last one that it fits.
    to_lose: Arc<Mutex<Option<(&'static str, u32)>>>,
    to_alter: Arc<Mutex<Option<Alteration>>>,
    _runtime: Runtime,
}

/// Bytes to exchange in the answers to requests that begin so, and how often that was done.
struct Alteration {
    request: &'static str,
    from: Vec<u8>,
    to: Vec<u8>,
    done: u32,
}

/// TLS with the key in the endpoint's folder.
///
/// # Panics
/// If that folder is none.
#[must_use]
pub fn server_config(endpoint: &Path) -> ServerConfig {
    let certificate = CertificateDer::from_pem_file(endpoint.join("tls-certificate.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(endpoint.join("tls-key.pem")).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they fit")
}

#[derive(Clone)]
struct Ends {
    acceptor: TlsAcceptor,
    connector: TlsConnector,
    endpoint: String,
    to_lose: Arc<Mutex<Option<(&'static str, u32)>>>,
    to_alter: Arc<Mutex<Option<Alteration>>>,
}

impl Wire {
    /// Takes `address` and leads to `endpoint`, both `host:port`; `folder` is the endpoint's.
    pub fn start(address: &str, endpoint: &str, folder: &Path) -> Self {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(folder.join("tls-certificate.pem")).expect("a certificate")).expect("it can be a root");
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let to_lose = Arc::<Mutex<Option<(&'static str, u32)>>>::default();
        let to_alter = Arc::<Mutex<Option<Alteration>>>::default();
        let ends = Ends {
            acceptor: TlsAcceptor::from(Arc::new(server_config(folder))),
            connector: TlsConnector::from(Arc::new(client)),
            endpoint: endpoint.to_owned(),
            to_lose: Arc::clone(&to_lose),
            to_alter: Arc::clone(&to_alter),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let listener = runtime.block_on(async { TcpListener::bind(address).await }).expect("the address is free");
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever gave up the connection, gave it up.
                tokio::spawn({
                    let ends = ends.clone();
                    async move { ends.join(stream).await.unwrap_or_default() }
                });
            }
        });
        Self { to_lose, to_alter, _runtime: runtime }
    }

    /// Loses the answer to the next request that begins so, once.
    pub fn lose(&self, request: &'static str) {
        self.lose_often(request, 1);
    }

    /// The same for as many requests.
    pub fn lose_often(&self, request: &'static str, times: u32) {
        *self.to_lose.lock().expect("nobody panics with it") = Some((request, times));
    }

    /// From now on, exchanges bytes for as many others in every answer to a request that begins so.
    ///
    /// # Panics
    /// If their number differs.
    pub fn alter(&self, request: &'static str, from: &[u8], to: &[u8]) {
        assert_eq!(from.len(), to.len(), "the answer keeps its length");
        *self.to_alter.lock().expect("nobody panics with it") = Some(Alteration { request, from: from.to_vec(), to: to.to_vec(), done: 0 });
    }

    /// Is honest again; how often bytes were exchanged.
    ///
    /// # Panics
    /// If nothing was altered since [`Self::alter`].
    pub fn end_altering(&self) -> u32 {
        self.to_alter.lock().expect("nobody panics with it").take().expect("it was altering").done
    }

    /// Whether all these answers were lost since [`Self::lose`].
    pub fn has_lost(&self) -> bool {
        self.to_lose.lock().expect("nobody panics with it").is_none()
    }
}

impl Ends {
    async fn join(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut client = self.acceptor.accept(stream).await?;
        let host = ServerName::try_from("127.0.0.1").expect("an address");
        let mut endpoint = self.connector.connect(host, TcpStream::connect(&self.endpoint).await?).await?;
        let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        let (mut is_lost, mut is_altered) = (false, false);
        loop {
            tokio::select! {
                read = client.read(&mut asked) => match read? {
                    0 => return endpoint.shutdown().await,
                    length => {
                        is_lost |= self.takes(&asked[..length]);
                        is_altered |= self.is_to_alter(&asked[..length]);
                        endpoint.write_all(&asked[..length]).await?;
                        endpoint.flush().await?;
                    }
                },
                read = endpoint.read(&mut answered) => match read? {
                    // The endpoint answered, so it acted; nobody hears of it.
                    _ if is_lost => return Ok(()),
                    0 => return client.shutdown().await,
                    length => {
                        if is_altered {
                            self.alter(&mut answered[..length]);
                        }
                        client.write_all(&answered[..length]).await?;
                        client.flush().await?;
                    }
                },
            }
        }
    }

    fn takes(&self, bytes: &[u8]) -> bool {
        let mut to_lose = self.to_lose.lock().expect("nobody panics with it");
        let Some((_, left)) = to_lose.as_mut().filter(|(request, _)| bytes.starts_with(request.as_bytes())) else { return false };
        *left -= 1;
        to_lose.take_if(|(_, left)| *left == 0);
        true
    }

    fn is_to_alter(&self, bytes: &[u8]) -> bool {
        let to_alter = self.to_alter.lock().expect("nobody panics with it");
        to_alter.as_ref().is_some_and(|alteration| bytes.starts_with(alteration.request.as_bytes()))
    }

    fn alter(&self, answer: &mut [u8]) {
        let mut to_alter = self.to_alter.lock().expect("nobody panics with it");
        let Some(Alteration { from, to, done, .. }) = to_alter.as_mut() else { return };
        let places: Vec<usize> = answer.windows(from.len()).enumerate().filter(|(_, bytes)| bytes == from).map(|(at, _)| at).collect();
        for at in places {
            answer[at..at + to.len()].copy_from_slice(to);
            *done += 1;
        }
    }
}
