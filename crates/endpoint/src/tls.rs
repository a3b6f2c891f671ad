//! TLS: a key and a self-signed certificate of the endpoint's own, which the office pins in its directory. An operator may put others in their place.

use std::path::Path;
use std::sync::Arc;

use protocol::Digest;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PublicKeyData};
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest as _, Sha256};

use crate::data_dir::{DataDirError, demand_private, io, write_private};

/// Certificate chain, PEM.
pub(crate) const CERTIFICATE_FILE: &str = "tls-certificate.pem";
/// Private key, PKCS #8 PEM.
pub(crate) const TLS_KEY_FILE: &str = "tls-key.pem";

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is missing, unreadable or open to other accounts.
    #[error(transparent)]
    File(#[from] DataDirError),
    /// No certificate or key in the PEM files, or of a kind that is not supported.
    #[error("{CERTIFICATE_FILE} or {TLS_KEY_FILE} is not usable")]
    Unusable,
    /// Certificate and key do not belong together, or TLS cannot be set up with them.
    #[error("TLS cannot be set up: {0}")]
    Rustls(#[from] rustls::Error),
}

/// Makes key and certificate for these host names and addresses.
pub(crate) fn make(dir: &Path, names: &[String]) -> Result<(), TlsError> {
    let key = KeyPair::generate().map_err(|_| TlsError::Unusable)?;
    let mut params = CertificateParams::new(names.to_vec()).map_err(|_| TlsError::Unusable)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "bogen-endpoint");
    // Clients pin the key, not the dates: the certificate must merely not end an office's work on some morning.
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(2075, 1, 1);
    let certificate = params.self_signed(&key).map_err(|_| TlsError::Unusable)?;
    write_private(&dir.join(TLS_KEY_FILE), key.serialize_pem().as_bytes())?;
    write_private(&dir.join(CERTIFICATE_FILE), certificate.pem().as_bytes())?;
    Ok(())
}

/// SHA-256 of the certificate's SubjectPublicKeyInfo (RFC 7469, section 2.4): what a directory pins.
pub(crate) fn pin(dir: &Path) -> Result<Digest, TlsError> {
    let path = dir.join(TLS_KEY_FILE);
    demand_private(&path)?;
    let pem = zeroize::Zeroizing::new(std::fs::read_to_string(&path).map_err(io(&path))?);
    let key = KeyPair::from_pem(&pem).map_err(|_| TlsError::Unusable)?;
    Ok(Digest(Sha256::digest(key.subject_public_key_info()).into()))
}

/// The server side: TLS 1.3 and 1.2, HTTP/2 preferred.
pub(crate) fn server_config(dir: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let key_path = dir.join(TLS_KEY_FILE);
    demand_private(&key_path)?;
    let key = PrivateKeyDer::from_pem_file(&key_path).map_err(|_| TlsError::Unusable)?;
    let certificates = CertificateDer::pem_file_iter(dir.join(CERTIFICATE_FILE)).map_err(|_| TlsError::Unusable)?;
    let chain: Vec<_> = certificates.collect::<Result<_, _>>().map_err(|_| TlsError::Unusable)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
