//! The one HTTP client: signs requests (RFC 9421), keeps the server's nonce, believes nothing that does not decode or verify.

use std::sync::Mutex;
use std::time::Duration;

use minicbor::{Decode, Encode};
use office::keys::SigningSecret;
use office::requests::{KeyId, RequestParts, sign};
use protocol::api::{MEDIA_TYPE, NONCE_HEADER, PROBLEM_MEDIA_TYPE, Reply};
use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::problem::ProblemCode;
use protocol::{from_cbor, to_cbor};
use receipts::{LogIdentity, LogMemory};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Response};
use url::Url;

use crate::call::{Answer, CallError};
use crate::trust::{TlsTrust, TrustError, client_config};

/// How to reach the endpoint.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// `https://host[:port]`, or `http://` on loopback.
    pub url: String,
    /// Which certificates count.
    pub trust: TlsTrust,
    /// This client's version, `major.minor.patch`.
    pub version: &'static str,
}

/// Who signs a request.
pub struct Signer<'a> {
    /// Under which name.
    pub key_id: KeyId,
    /// With which key.
    pub secret: &'a SigningSecret,
}

/// A connection to the endpoint.
pub struct EndpointClient {
    http: reqwest::Client,
    base: Url,
    authority: String,
    version: &'static str,
    nonce: Mutex<Option<String>>,
}

impl std::fmt::Debug for EndpointClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EndpointClient").field("authority", &self.authority).finish_non_exhaustive()
    }
}

impl EndpointClient {
    /// Prepares a client; connects on first use. Uses no proxy of the environment and follows no redirect: an endpoint of ours sends none.
    ///
    /// # Errors
    /// [`CallError::BadAddress`] if the address is not `https`, nor `http` on loopback.
    pub fn new(options: &ClientOptions) -> Result<Self, CallError> {
        let base = Url::parse(&options.url).map_err(|_| CallError::BadAddress)?;
        let authority = authority(&base).ok_or(CallError::BadAddress)?;
        if base.scheme() != "https" && !(base.scheme() == "http" && is_loopback(&base)) {
            return Err(CallError::BadAddress);
        }
        let http = http_client(&options.trust).map_err(|_| CallError::BadAddress)?;
        Ok(Self { http, base, authority, version: options.version, nonce: Mutex::new(None) })
    }

    /// A request that needs no signature: identity, founding, enrolment.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call_unsigned<Q, A>(&self, method: Method, path_and_query: &str, body: Option<&Q>) -> Result<A, CallError>
    where
        Q: Encode<()>,
        A: for<'b> Decode<'b, ()> + Encode<()>,
    {
        let bytes = body.map(|body| to_cbor(body)).unwrap_or_default();
        let response = self.send(method, path_and_query, HeaderMap::new(), bytes).await?;
        decode(&self.read(response).await?)
    }

    /// A signed request. The answer counts only if the log shown with it is consistent with what was known.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call<Q, A>(
        &self,
        method: Method,
        path_and_query: &str,
        body: Option<&Q>,
        signer: &Signer<'_>,
        known: (&LogMemory, &LogIdentity),
    ) -> Result<Answer<A>, CallError>
    where
        Q: Encode<()>,
        A: for<'b> Decode<'b, ()> + Encode<()>,
    {
        let bytes = body.map(|body| to_cbor(body)).unwrap_or_default();
        let raw = self.signed_exchange(method, path_and_query, bytes, signer, known.0.known_size()).await?;
        let reply: Reply = decode(&raw)?;
        let log = known.0.observe(&reply.log, known.1).map_err(|fault| CallError::log(fault, &reply.log.checkpoint, known.1))?;
        Ok(Answer { body: decode(&reply.body)?, log })
    }

    /// The same for the one moment when the log is not known yet: the caller verifies the directory inside against the root and then the log.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call_before_log_is_known<A>(&self, method: Method, path_and_query: &str, signer: &Signer<'_>) -> Result<(Reply, A), CallError>
    where
        A: for<'b> Decode<'b, ()> + Encode<()>,
    {
        let raw = self.signed_exchange(method, path_and_query, Vec::new(), signer, 0).await?;
        let reply: Reply = decode(&raw)?;
        let body = decode(&reply.body)?;
        Ok((reply, body))
    }

    async fn signed_exchange(&self, method: Method, path: &str, body: Vec<u8>, signer: &Signer<'_>, known_size: u64) -> Result<Vec<u8>, CallError> {
        // A nonce may have been used up or forgotten by a restart: one more try with the fresh one that came with the refusal.
        match self.signed_once(method.clone(), path, body.clone(), signer, known_size).await {
            Err(CallError::Problem(ProblemCode::NonceStale)) => self.signed_once(method, path, body, signer, known_size).await,
            other => other,
        }
    }

    async fn signed_once(&self, method: Method, path: &str, body: Vec<u8>, signer: &Signer<'_>, known_size: u64) -> Result<Vec<u8>, CallError> {
        let nonce = self.take_nonce().await?;
        let parts = RequestParts {
            method: method.as_str(),
            authority: &self.authority,
            path_and_query: path,
            body: &body,
            nonce: &nonce,
            known_size,
            client: self.version,
        };
        let signed = sign(&parts, &signer.key_id, signer.secret);
        let mut headers = HeaderMap::new();
        for (name, value) in signed.pairs() {
            headers.insert(name, value.parse().map_err(|_| CallError::BadAddress)?);
        }
        let response = self.send(method, path, headers, body).await?;
        self.read(response).await
    }

    /// The nonce of the last answer, or a fresh one.
    async fn take_nonce(&self) -> Result<String, CallError> {
        let kept = self.nonce.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(nonce) = kept {
            return Ok(nonce);
        }
        let response = self.send(Method::GET, "/v1/identity", HeaderMap::new(), Vec::new()).await?;
        self.read(response).await?;
        self.nonce.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take().ok_or(CallError::NotOurs)
    }

    async fn send(&self, method: Method, path_and_query: &str, headers: HeaderMap, body: Vec<u8>) -> Result<Response, CallError> {
        let url = self.base.join(path_and_query).map_err(|_| CallError::BadAddress)?;
        let mut request = self.http.request(method, url).headers(headers);
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, MEDIA_TYPE).body(body);
        }
        let response = request.send().await.map_err(|error| connection_error(&error))?;
        if let Some(nonce) = response.headers().get(NONCE_HEADER).and_then(|value| value.to_str().ok()) {
            *self.nonce.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(nonce.to_owned());
        }
        Ok(response)
    }

    /// The body of a good answer; a problem of ours; or [`CallError::NotOurs`].
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, CallError> {
        let status = response.status();
        let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| CallError::Unreachable)? {
            if body.len() + chunk.len() > MAX_RESPONSE_BYTES {
                return Err(CallError::NotOurs);
            }
            body.extend_from_slice(&chunk);
        }
        match media_type.as_str() {
            MEDIA_TYPE if status.is_success() => Ok(body),
            PROBLEM_MEDIA_TYPE => Err(problem(&body).map_or(CallError::NotOurs, CallError::Problem)),
            _ => Err(CallError::NotOurs),
        }
    }
}

fn decode<A: for<'b> Decode<'b, ()> + Encode<()>>(bytes: &[u8]) -> Result<A, CallError> {
    from_cbor(bytes, MAX_RESPONSE_BYTES).map_err(|_| CallError::NotOurs)
}

/// The code in an RFC 9457 body; nothing else of it is believed or shown.
fn problem(body: &[u8]) -> Option<ProblemCode> {
    #[derive(serde::Deserialize)]
    struct Problem {
        r#type: String,
    }
    let problem: Problem = serde_json::from_slice(body).ok()?;
    ProblemCode::from_type_uri(&problem.r#type)
}

fn http_client(trust: &TlsTrust) -> Result<reqwest::Client, TrustError> {
    // A second call finds the provider installed already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .tcp_nodelay(true);
    if let Some(config) = client_config(trust)? {
        builder = builder.tls_backend_preconfigured(config);
    }
    builder.build().map_err(|_| TrustError)
}

/// Tells a foreign certificate from a network that is not there.
fn connection_error(error: &reqwest::Error) -> CallError {
    if std::error::Error::source(error).is_some_and(rejects_certificate) { CallError::ForeignCertificate } else { CallError::Unreachable }
}

/// Looks through causes and through I/O errors that wrap others: their `source` leaves out the error they wrap.
fn rejects_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    if matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_))) {
        return true;
    }
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    wrapped.is_some_and(|wrapped| rejects_certificate(wrapped)) || error.source().is_some_and(rejects_certificate)
}

fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?.to_ascii_lowercase();
    Some(url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}")))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejected_certificate_is_found_however_deep_it_is_wrapped() {
        let rejected = || rustls::Error::InvalidCertificate(rustls::CertificateError::ApplicationVerificationFailure);
        let once = std::io::Error::new(std::io::ErrorKind::InvalidData, rejected());
        assert!(rejects_certificate(&rejected()) && rejects_certificate(&once));
        assert!(rejects_certificate(&std::io::Error::other(once)));
        assert!(!rejects_certificate(&std::io::Error::other(std::io::Error::from(std::io::ErrorKind::ConnectionRefused))));
    }

    fn new(url: &str) -> Result<EndpointClient, CallError> {
        EndpointClient::new(&ClientOptions { url: url.into(), trust: TlsTrust::Pins(Vec::new()), version: "0.1.0" })
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        assert!(new("https://bogen.example").is_ok());
        assert!(new("http://127.0.0.1:8080").is_ok());
        assert!(new("http://[::1]:8080").is_ok());
        for refused in ["http://bogen.example", "http://127.0.0.1.example", "ftp://127.0.0.1", "file:///etc/passwd", "", "bogen"] {
            assert!(matches!(new(refused), Err(CallError::BadAddress)), "{refused}");
        }
    }

    #[test]
    fn only_problems_of_ours_are_believed() {
        assert_eq!(problem(br#"{"type":"urn:bogen:problem:conflict","title":"x"}"#), Some(ProblemCode::Conflict));
        assert_eq!(problem(br#"{"type":"about:blank"}"#), None);
        assert_eq!(problem(b"<html>Anmeldung im WLAN</html>"), None);
    }
}
