//! A signed request, once its signature, its freshness and its client's version are verified. Nothing else reaches the handlers.

use std::sync::Arc;

use axum::body::{Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{Method, header};
use office::requests::{self, ClientVersion, KeyId, ReceivedRequest};
use protocol::PublicKey;
use protocol::problem::ProblemCode;

use super::App;
use super::body;
use super::nonces::NonceError;
use super::problem::Problem;
use crate::store::{Founded, PendingSigner};

/// A verified request.
pub(crate) struct Call {
    /// Whose key signed.
    pub(crate) key_id: KeyId,
    /// The office as it was when the request came in.
    pub(crate) founded: Arc<Founded>,
    /// Whether the signer is enrolled but in no directory yet.
    pub(crate) pending: bool,
    /// The tree size that the client knows.
    pub(crate) known_size: u64,
    /// The body.
    pub(crate) body: Bytes,
}

impl App {
    /// Reads and verifies a signed request with a body of at most `limit` bytes.
    pub(crate) async fn call(&self, request: Request, limit: usize) -> Result<Call, Problem> {
        let founded = self.store.snapshot().founded.clone().ok_or(ProblemCode::Unauthenticated)?;
        let (head, raw) = request.into_parts();
        // An opening has nothing to say beside its path.
        if head.method == Method::POST && raw.size_hint().exact() != Some(0) {
            body::demand_media_type(&head.headers)?;
        }
        let body = body::read(raw, limit, std::time::Duration::from_secs(self.config.body_seconds)).await?;
        let headers: Vec<(&str, &[u8])> = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let host = head.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let authority = head.uri.authority().map(|authority| authority.as_str()).or(host).unwrap_or_default();
        let path_and_query = head.uri.path_and_query().map_or("/", |target| target.as_str());
        let received = ReceivedRequest { method: head.method.as_str(), authority, path_and_query, body: &body, headers: &headers };
        let signer = self.signer(&founded, &received).await?;
        let verified = requests::verify(&received, |key_id| signer.filter(|known| known.key_id == *key_id).map(|known| known.key));
        let authenticated = verified.map_err(|_| ProblemCode::Unauthenticated)?;
        self.nonces.use_up(&authenticated.nonce, self.now()).map_err(|error| match error {
            NonceError::Stale => ProblemCode::NonceStale,
            NonceError::TooMany => ProblemCode::RateLimited,
        })?;
        demand_recent(&founded, authenticated.client)?;
        let pending = signer.is_some_and(|signer| signer.pending);
        Ok(Call { key_id: authenticated.key_id, founded, pending, known_size: authenticated.known_size, body })
    }

    /// The key that the request claims to be signed with: from the directory, or from an enrolment that waits for it.
    async fn signer(&self, founded: &Founded, received: &ReceivedRequest<'_>) -> Result<Option<Signer>, Problem> {
        // Only to find the key: the verification reads the header again, strictly.
        let Some(key_id) = claimed_key_id(received) else { return Ok(None) };
        if let Some(key) = founded.directory.key_of(&key_id) {
            return Ok(Some(Signer { key_id, key, pending: false }));
        }
        let waiting = match key_id {
            KeyId::Device(device) => PendingSigner::Device(device),
            KeyId::Member(member) => PendingSigner::Member(member),
        };
        let key = self.store.pending_key(waiting).await?;
        Ok(key.map(|key| Signer { key_id, key, pending: true }))
    }
}

/// A key and whose it is.
#[derive(Clone, Copy)]
struct Signer {
    key_id: KeyId,
    key: PublicKey,
    pending: bool,
}

fn claimed_key_id(received: &ReceivedRequest<'_>) -> Option<KeyId> {
    let (_, value) = received.headers.iter().find(|(name, _)| *name == requests::SIGNATURE_INPUT_HEADER)?;
    let (_, rest) = std::str::from_utf8(value).ok()?.split_once(";keyid=\"")?;
    KeyId::parse(rest.split_once('"')?.0)
}

fn demand_recent(founded: &Founded, client: ClientVersion) -> Result<(), Problem> {
    let minimum = ClientVersion::parse(&founded.directory.get().settings.minimum_client);
    if minimum.is_some_and(|minimum| client < minimum) { Err(ProblemCode::ClientTooOld.into()) } else { Ok(()) }
}
