//! Opening an envelope: first with the team's key, then with the author's.

use std::fmt;

use protocol::envelope::EnvelopeHeader;
use protocol::{Context, Digest, MemberId, PublicKey, SignatureBytes, TeamId, Token};
use subtle::ConstantTimeEq;

use crate::body::{FormBody, TokenedBody, author_message, unpad};
use crate::keys::TeamSecretKey;
use crate::parts::{NotTaken, Parts, token_hash};
use crate::primitives::{Key, sha256, verify};
use crate::rewrap::WrappedBy;

/// Why an envelope does not open. Texts say nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The bytes are no envelope, or its parts have wrong lengths.
    #[error("not an envelope")]
    NotAnEnvelope,
    /// An envelope of another version or suite; a newer app may know it.
    #[error("envelope of unknown version or suite")]
    UnknownFormat,
    /// Sealed to another team key; or header or sealed key were altered, which cannot be told apart.
    #[error("envelope not sealed to this key, or altered")]
    WrongKey,
    /// The key fits, the body does not: altered, committed to another key, badly padded or malformed.
    #[error("envelope damaged")]
    Damaged,
    /// The token inside is not the one that the header promises: the endpoint would never destroy this record.
    #[error("token inside does not fit the header")]
    TokenMismatch,
    /// Header and body contradict each other.
    #[error("header and body contradict each other")]
    Contradiction,
    /// The body names an author that the directory does not know.
    #[error("author {author} unknown")]
    UnknownAuthor {
        /// The claimed author.
        author: MemberId,
    },
    /// The named author did not sign this body under this header.
    #[error("not signed by its author {author}")]
    AuthorSignature {
        /// The claimed author.
        author: MemberId,
    },
    /// Somebody whom the directory does not know sealed it anew, or did not sign that.
    #[error("not signed by the clerk who sealed it anew")]
    RewrapSignature,
}

/// An opened form that anybody who knows the team's public key could have made. Its content is out of reach until the author is verified.
pub struct UnverifiedForm {
    header: EnvelopeHeader,
    header_digest: Digest,
    content: TokenedBody,
    signed: zeroize::Zeroizing<Vec<u8>>,
    signature: SignatureBytes,
    digest: Digest,
    wrapped_by: Option<WrappedBy>,
    key: (TeamId, u32),
}

/// A form that its named author sealed. Holds clear text: keep it in memory only, and briefly.
pub struct OpenedForm {
    /// The header, as bound to the content.
    pub header: EnvelopeHeader,
    /// What the author put in.
    pub body: FormBody,
    /// Proves to the endpoint that the envelope was opened: permits its destruction.
    pub token: Token,
    /// SHA-256 of the envelope's bytes.
    pub digest: Digest,
    /// The team that it lies with now: the header's, unless it was sealed anew.
    pub team: TeamId,
    /// Which key of that team opened it.
    pub team_key_epoch: u32,
    rewrapped: bool,
}

/// Opens an envelope with the key of its team.
///
/// # Errors
/// [`OpenError`], but for its three last variants.
pub fn open(bytes: &[u8], team_key: &TeamSecretKey) -> Result<UnverifiedForm, OpenError> {
    let parts = Parts::take(bytes)?;
    open_parts(parts, &team_key.0, sha256(bytes)).map(|(form, _)| form)
}

/// The same, with the content key.
pub(crate) fn open_parts(parts: Parts, team_key: &Key, digest: Digest) -> Result<(UnverifiedForm, Key), OpenError> {
    let content_key = parts.unwrap_key(team_key).map_err(|_| OpenError::WrongKey)?;
    let padded = parts.decrypt(&content_key).map_err(|_| OpenError::Damaged)?;
    let (signed, signature, content) = unpad(&padded).ok_or(OpenError::Damaged)?;
    if !bool::from(token_hash(&content.token).0.ct_eq(&parts.header.token_hash.0)) {
        return Err(OpenError::TokenMismatch);
    }
    if !content.body.agrees_with(&parts.header) {
        return Err(OpenError::Contradiction);
    }
    let wrapped_by = WrappedBy::of(&parts);
    let key = parts.rewrap.map_or((parts.header.team, parts.header.team_key_epoch), |rewrap| (rewrap.team, rewrap.team_key_epoch));
    let Parts { header, header_digest, .. } = parts;
    Ok((UnverifiedForm { header, header_digest, content, signed, signature, digest, wrapped_by, key }, content_key))
}

impl UnverifiedForm {
    /// Who is said to have sealed it. Unverified: good for looking up a key and nothing else.
    #[must_use]
    pub fn author(&self) -> MemberId {
        self.content.body.author
    }

    /// Verifies the author's signature over body and header with the key that `key_of` knows (from the verified directory), and gives out the form. If it
    /// was sealed anew, so is the signature of the clerk who did that, with the key that `clerk_key_of` knows.
    ///
    /// # Errors
    /// [`OpenError::UnknownAuthor`], [`OpenError::AuthorSignature`], [`OpenError::RewrapSignature`].
    pub fn verify_and_unwrap(
        self,
        key_of: impl FnOnce(MemberId) -> Option<PublicKey>,
        clerk_key_of: impl FnOnce(MemberId) -> Option<PublicKey>,
    ) -> Result<OpenedForm, OpenError> {
        let author = self.author();
        let key = key_of(author).ok_or(OpenError::UnknownAuthor { author })?;
        let message = author_message(&self.header_digest, &self.signed);
        verify(&key, Context::AuthorV1, &message, &self.signature).map_err(|_| OpenError::AuthorSignature { author })?;
        if let Some(wrapped) = &self.wrapped_by {
            wrapped.verify(clerk_key_of)?;
        }
        let (team, team_key_epoch) = self.key;
        let rewrapped = self.wrapped_by.is_some();
        Ok(OpenedForm {
            header: self.header,
            body: self.content.body,
            token: self.content.token,
            digest: self.digest,
            team,
            team_key_epoch,
            rewrapped,
        })
    }

    /// What permits the endpoint to change the envelope.
    pub(crate) fn token(&self) -> Token {
        self.content.token
    }
}

impl OpenedForm {
    /// Whether its content key was sealed anew since its author sealed it: also back to the key that the author chose.
    #[must_use]
    pub fn is_rewrapped(&self) -> bool {
        self.rewrapped
    }
}

impl From<NotTaken> for OpenError {
    fn from(reason: NotTaken) -> Self {
        match reason {
            NotTaken::NotAnEnvelope => Self::NotAnEnvelope,
            NotTaken::UnknownFormat => Self::UnknownFormat,
        }
    }
}

impl fmt::Debug for UnverifiedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnverifiedForm(…)")
    }
}

impl fmt::Debug for OpenedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenedForm(record {}, …)", self.header.record)
    }
}
