//! A wire that loses replies: it stands at the endpoint's address with the endpoint's TLS key, passes everything on, and cuts the connection instead of
//! passing one answer back.

use std::path::Path;
use std::sync::{Arc, Mutex};

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::portal::server_config;

/// Ends when dropped.
pub struct Wire {
    /// Start of the requests whose answers get lost, and how many still; taken away by the last one that it fits.
    to_lose: Arc<Mutex<Option<(&'static str, u32)>>>,
    _runtime: Runtime,
}

#[derive(Clone)]
struct Ends {
    acceptor: TlsAcceptor,
    connector: TlsConnector,
    endpoint: String,
    to_lose: Arc<Mutex<Option<(&'static str, u32)>>>,
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
        let ends = Ends {
            acceptor: TlsAcceptor::from(Arc::new(server_config(folder))),
            connector: TlsConnector::from(Arc::new(client)),
            endpoint: endpoint.to_owned(),
            to_lose: Arc::clone(&to_lose),
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
        Self { to_lose, _runtime: runtime }
    }

    /// Loses the answer to the next request that begins so, once.
    pub fn lose(&self, request: &'static str) {
        self.lose_often(request, 1);
    }

    /// The same for as many requests.
    pub fn lose_often(&self, request: &'static str, times: u32) {
        *self.to_lose.lock().expect("nobody panics with it") = Some((request, times));
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
        let mut is_lost = false;
        loop {
            tokio::select! {
                read = client.read(&mut asked) => match read? {
                    0 => return endpoint.shutdown().await,
                    length => {
                        is_lost |= self.takes(&asked[..length]);
                        endpoint.write_all(&asked[..length]).await?;
                        endpoint.flush().await?;
                    }
                },
                read = endpoint.read(&mut answered) => match read? {
                    // The endpoint answered, so it acted; nobody hears of it.
                    _ if is_lost => return Ok(()),
                    0 => return client.shutdown().await,
                    length => {
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
}
