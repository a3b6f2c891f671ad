//! Which TLS certificates count: the keys that the directory lists, or public authorities, or (when founding) whichever is shown, to be compared
//! with what the founding code authenticates.

use std::sync::{Arc, Mutex};

use protocol::Digest;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use sha2::{Digest as _, Sha256};

/// Which certificates count.
#[derive(Clone, Debug)]
pub enum TlsTrust {
    /// Those of public authorities, as the operating system knows them.
    Authorities,
    /// Those whose SubjectPublicKeyInfo has one of these SHA-256 digests, by whomever they are signed.
    Pins(Vec<Digest>),
    /// Any; the digest of the one shown is noted, for the caller to compare. Only for the identity request of a founding.
    Noted(Arc<Mutex<Option<Digest>>>),
}

/// The TLS client could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("TLS could not be set up")]
pub struct TrustError;

/// The client configuration for pins or noting; none for public authorities (the HTTP client's own).
pub(crate) fn client_config(trust: &TlsTrust) -> Result<Option<ClientConfig>, TrustError> {
    let accepted = match trust {
        TlsTrust::Authorities => return Ok(None),
        TlsTrust::Pins(pins) => Accepted::Pins(pins.clone()),
        TlsTrust::Noted(place) => Accepted::Any(Arc::clone(place)),
    };
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Arc::new(KeyVerifier { accepted, provider: Arc::clone(&provider) });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| TrustError)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(Some(config))
}

#[derive(Debug)]
enum Accepted {
    Pins(Vec<Digest>),
    Any(Arc<Mutex<Option<Digest>>>),
}

/// Accepts a certificate by its key alone. The handshake signature is verified as always: a pin without it would be worth nothing.
#[derive(Debug)]
struct KeyVerifier {
    accepted: Accepted,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for KeyVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        let shown = Digest(Sha256::digest(certificate.subject_public_key_info().as_ref()).into());
        match &self.accepted {
            Accepted::Pins(pins) if pins.contains(&shown) => Ok(ServerCertVerified::assertion()),
            Accepted::Pins(_) => Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)),
            Accepted::Any(place) => {
                *place.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(shown);
                Ok(ServerCertVerified::assertion())
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
