//! What is inside an envelope, and its one size.

use std::fmt;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode, Encoder};
use protocol::envelope::EnvelopeHeader;
use protocol::log::SignedCheckpoint;
use protocol::{Digest, MemberId, SignatureBytes, Token, UnixTime, from_cbor};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::note::ReplyKey;
use crate::primitives::{TAG_LEN, sha256};

/// Length of every body before encryption, whatever it holds.
pub(crate) const PADDED_LEN: usize = 2048;
/// The body's length stands in front of it, big-endian.
const LENGTH_PREFIX: usize = 2;
/// Body format 1.
const BODY_VERSION: u8 = 1;

/// What an envelope brings. The numbers are part of the format and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Purpose {
    /// A finished form.
    #[n(1)]
    Form,
    /// Only the customer number that an earlier form (`follows` in the header) lacked: "Nummer folgt".
    #[n(2)]
    Number,
    /// Nothing of anybody: what a device seals once a day to see that a clerk's app can open it. Never in a queue, never entered.
    #[n(3)]
    Canary,
}

/// What the author puts into the envelope. Secret: shown by no `Debug`, overwritten when dropped.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Zeroize, ZeroizeOnDrop)]
pub struct FormBody {
    /// What this envelope brings.
    #[n(0)]
    #[zeroize(skip)]
    pub purpose: Purpose,
    /// The encoded final answers, opaque here. Empty for [`Purpose::Number`].
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub form: Vec<u8>,
    /// Kundennummer, normalised. Only a form that awaits its number has none.
    #[n(2)]
    pub customer_number: Option<String>,
    /// Nummer der Bedarfsgemeinschaft, normalised; none for a person without one.
    #[n(3)]
    pub unit_number: Option<String>,
    /// Who filled in the form with the customer and signs it.
    #[n(4)]
    #[zeroize(skip)]
    pub author: MemberId,
    /// When it was finalised, by the author's clock.
    #[n(5)]
    #[zeroize(skip)]
    pub made_at: UnixTime,
    /// The newest checkpoint of the endpoint's log that the author's app knew; the clerk's app demands that its own log contains it.
    #[n(6)]
    #[zeroize(skip)]
    pub checkpoint: Option<SignedCheckpoint>,
    /// With which whoever opened this writes to the author about it; see [`crate::note`]. None in forms of the first version, and in numbers.
    #[n(7)]
    pub reply_key: Option<ReplyKey>,
}

impl fmt::Debug for FormBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormBody(…)")
    }
}

impl FormBody {
    /// Whether body and header tell one story. A form without a number that awaits none could never be entered; a number must follow something.
    pub(crate) fn agrees_with(&self, header: &EnvelopeHeader) -> bool {
        let links_elsewhere = header.supersedes != Some(header.record) && header.follows != Some(header.record);
        let numbered = self.customer_number.is_some();
        let content = match self.purpose {
            Purpose::Form => !self.form.is_empty() && header.follows.is_none() && (numbered || header.awaits_number),
            Purpose::Canary => {
                let is_alone = header.follows.is_none() && header.supersedes.is_none() && !header.awaits_number;
                !self.form.is_empty() && is_alone && !numbered && self.unit_number.is_none()
            }
            Purpose::Number => self.form.is_empty() && header.follows.is_some() && numbered && !header.awaits_number,
        };
        links_elsewhere && header.unit_members > 0 && content
    }
}

/// The signed part: the author's body and the token. Encoded, its exact bytes are what the author signs.
#[derive(Encode, Decode)]
pub(crate) struct TokenedBody {
    #[n(0)]
    version: u8,
    #[n(1)]
    pub(crate) token: Token,
    #[n(2)]
    pub(crate) body: FormBody,
}

impl TokenedBody {
    pub(crate) fn new(token: Token, body: FormBody) -> Self {
        Self { version: BODY_VERSION, token, body }
    }

    /// Encodes without leaving copies behind in freed memory.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        // Reserved for the largest that fits: growing would leave unerased pieces. What does not fit is refused anyway.
        let mut bytes = Zeroizing::new(Vec::with_capacity(PADDED_LEN));
        minicbor::encode(self, &mut *bytes).expect("invariant: writing to a Vec cannot fail");
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        from_cbor(bytes, PADDED_LEN).ok().filter(|body: &Self| body.version == BODY_VERSION)
    }
}

/// The signed part with its signature, as it is padded and encrypted.
#[derive(Encode, Decode)]
struct SignedBody {
    #[n(0)]
    body: ByteVec,
    #[n(1)]
    signature: SignatureBytes,
}

/// What `Context::AuthorV1` frames for the author's signature: `SHA-256(header) || SHA-256(body)`. A body cannot be moved under another header.
/// Digests instead of the bytes themselves, so that the signing code elsewhere never copies answers.
pub(crate) fn author_message(header: &Digest, body: &[u8]) -> [u8; 64] {
    let mut message = [0; 64];
    message[..32].copy_from_slice(&header.0);
    message[32..].copy_from_slice(&sha256(body).0);
    message
}

/// `length || cbor([body, signature]) || zeros`, exactly [`PADDED_LEN`] bytes; `None` if it does not fit.
pub(crate) fn pad(body: &[u8], signature: &SignatureBytes) -> Option<Zeroizing<Vec<u8>>> {
    // Room for the prefix, the array and string heads, the signature, and later the tag: nothing ever reallocates.
    let mut padded = Zeroizing::new(Vec::with_capacity(PADDED_LEN + TAG_LEN));
    if body.len() > PADDED_LEN - LENGTH_PREFIX - SignatureBytes::LEN {
        return None;
    }
    padded.extend_from_slice(&[0; LENGTH_PREFIX]);
    Encoder::new(&mut *padded)
        .array(2)
        .and_then(|e| e.bytes(body))
        .and_then(|e| e.encode(signature))
        .expect("invariant: writing to a Vec cannot fail");
    let length = u16::try_from(padded.len() - LENGTH_PREFIX).ok().filter(|_| padded.len() <= PADDED_LEN)?;
    padded[..LENGTH_PREFIX].copy_from_slice(&length.to_be_bytes());
    padded.resize(PADDED_LEN, 0);
    Some(padded)
}

/// Undoes [`pad`]: the signed bytes, their signature and their content; `None` unless everything is exactly as it would be made.
pub(crate) fn unpad(padded: &[u8]) -> Option<(Zeroizing<Vec<u8>>, SignatureBytes, TokenedBody)> {
    if padded.len() != PADDED_LEN {
        return None;
    }
    let (prefix, rest) = padded.split_at(LENGTH_PREFIX);
    let length = usize::from(u16::from_be_bytes(prefix.try_into().ok()?));
    let (content, zeros) = rest.split_at_checked(length)?;
    if zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    let signed: SignedBody = from_cbor(content, PADDED_LEN).ok()?;
    let bytes = Zeroizing::new(Vec::from(signed.body));
    let body = TokenedBody::decode(&bytes)?;
    Some((bytes, signed.signature, body))
}
