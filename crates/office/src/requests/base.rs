//! The signature base (RFC 9421, section 2.5) of our one profile, and signing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::Context;
use protocol::api::{CLIENT_HEADER, KNOWN_SIZE_HEADER};

use super::{CONTENT_DIGEST_HEADER, KeyId, SIGNATURE_HEADER, SIGNATURE_INPUT_HEADER};
use crate::keys::SigningSecret;
use crate::primitives;

/// The label of our one signature in the two signature headers.
pub(super) const LABEL: &str = "bogen";
/// The covered components; no other list is accepted.
pub(super) const COMPONENTS: &str = r#"("@method" "@authority" "@path" "@query" "content-digest" "bogen-known-size" "bogen-client")"#;

/// A request to be signed.
#[derive(Clone, Copy, Debug)]
pub struct RequestParts<'a> {
    /// `GET`, `POST`, in upper case.
    pub method: &'a str,
    /// Host, and port unless it is the scheme's default, as the HTTP client will send it; its case does not matter.
    pub authority: &'a str,
    /// The path with its query, if there is one, exactly as it is sent (percent-encoded).
    pub path_and_query: &'a str,
    /// The body; empty for a `GET`.
    pub body: &'a [u8],
    /// The nonce from the server's last answer.
    pub nonce: &'a str,
    /// The tree size that the client knows (`bogen-known-size`).
    pub known_size: u64,
    /// The client's version, `major.minor.patch` (`bogen-client`).
    pub client: &'a str,
}

/// The five headers that a signed request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeaders {
    /// `content-digest`.
    pub content_digest: String,
    /// `bogen-known-size`.
    pub known_size: String,
    /// `bogen-client`.
    pub client: String,
    /// `signature-input`.
    pub signature_input: String,
    /// `signature`.
    pub signature: String,
}

impl SignedHeaders {
    /// Names, lower case, and values.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 5] {
        [
            (CONTENT_DIGEST_HEADER, &self.content_digest),
            (KNOWN_SIZE_HEADER, &self.known_size),
            (CLIENT_HEADER, &self.client),
            (SIGNATURE_INPUT_HEADER, &self.signature_input),
            (SIGNATURE_HEADER, &self.signature),
        ]
    }
}

/// Signs a request. What is outside the profile (a method in lower case, say) is signed as it stands and refused by [`super::verify`].
#[must_use]
pub fn sign(parts: &RequestParts<'_>, key_id: &KeyId, secret: &SigningSecret) -> SignedHeaders {
    let content_digest = content_digest(parts.body);
    let known_size = parts.known_size.to_string();
    let authority = parts.authority.to_ascii_lowercase();
    let params = signature_params(key_id, parts.nonce);
    let covered = Covered {
        method: parts.method,
        authority: &authority,
        path_and_query: parts.path_and_query,
        content_digest: &content_digest,
        known_size: &known_size,
        client: parts.client,
    };
    let signature = secret.sign_signature_base(&covered.signature_base(&params));
    SignedHeaders {
        signature_input: format!("{LABEL}={params}"),
        signature: format!("{LABEL}=:{}:", STANDARD.encode(signature.as_bytes())),
        client: parts.client.to_owned(),
        content_digest,
        known_size,
    }
}

/// The value of `content-digest` for a body, also an empty one: `sha-256=:…:` (RFC 9530, section 2).
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(primitives::sha256(body).as_bytes()))
}

/// Host and port in the form that is signed (RFC 9421, section 2.2.3): lower case. None if it is empty or holds anything but host and port.
#[must_use]
pub fn normalise_authority(authority: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':' | b'[' | b']');
    (!authority.is_empty() && authority.bytes().all(plain)).then(|| authority.to_ascii_lowercase())
}

/// The values under the signature.
pub(super) struct Covered<'a> {
    pub method: &'a str,
    pub authority: &'a str,
    pub path_and_query: &'a str,
    pub content_digest: &'a str,
    pub known_size: &'a str,
    pub client: &'a str,
}

impl Covered<'_> {
    /// RFC 9421, section 2.5: one line per component, `@signature-params` last, no line feed at the end.
    pub fn signature_base(&self, params: &str) -> String {
        let (path, query) = split_query(self.path_and_query);
        let Self { method, authority, content_digest, known_size, client, .. } = self;
        format!(
            "\"@method\": {method}\n\"@authority\": {authority}\n\"@path\": {path}\n\"@query\": {query}\n\"content-digest\": {content_digest}\n\
             \"bogen-known-size\": {known_size}\n\"bogen-client\": {client}\n\"@signature-params\": {params}"
        )
    }
}

/// Path and query; an absent query is the question mark alone (RFC 9421, section 2.2.7).
fn split_query(path_and_query: &str) -> (&str, &str) {
    match path_and_query.find('?') {
        Some(at) => path_and_query.split_at(at),
        None => (path_and_query, "?"),
    }
}

/// The value of `@signature-params`: components and parameters in our one order.
pub(super) fn signature_params(key_id: &KeyId, nonce: &str) -> String {
    format!(r#"{COMPONENTS};keyid="{key_id}";alg="ed25519";nonce="{nonce}";tag="{}""#, Context::RequestV1.label())
}
