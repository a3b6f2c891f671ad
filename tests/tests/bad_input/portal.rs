//! A captive portal: TLS with the endpoint's own certificate, and the same page for every request.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use whole_system::wire::server_config;

const PAGE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\nconnection: close\r\n\r\n<h1>WLAN</h1>\r\n";

/// Ends when dropped.
pub struct Portal {
    asked: Arc<AtomicU32>,
    _runtime: Runtime,
}

impl Portal {
    /// Takes the address, with the TLS key in the endpoint's folder.
    pub fn start(address: &str, endpoint: &Path) -> Self {
        let config = server_config(endpoint);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let asked = Arc::new(AtomicU32::new(0));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = runtime.block_on(async { tokio::net::TcpListener::bind(address).await }).expect("the address is free");
        runtime.spawn(serve(listener, acceptor, Arc::clone(&asked)));
        Self { asked, _runtime: runtime }
    }

    /// Requests so far.
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn serve(listener: tokio::net::TcpListener, acceptor: TlsAcceptor, asked: Arc<AtomicU32>) {
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(mut stream) = acceptor.accept(stream).await else { continue };
        let mut request = [0; 4096];
        if stream.read(&mut request).await.is_ok_and(|read| read > 0) {
            asked.fetch_add(1, Ordering::SeqCst);
            // The client may be gone; then nobody reads the page.
            let _ = stream.write_all(PAGE).await;
            let _ = stream.shutdown().await;
        }
    }
}
