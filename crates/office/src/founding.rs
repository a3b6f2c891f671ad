//! Founding: the code that the endpoint prints authenticates both sides to each other, once, before any key is pinned.

use std::fmt;

use protocol::directory::{Directory, SignedDirectory};
use protocol::enrolment::{EndpointIdentity, FoundRequest, IdentityReply};
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::{Context, PublicKey, Tag, from_cbor, to_cbor};
use zeroize::Zeroizing;

use crate::directory::{self, DirectoryError, Previous, RootPin, VerifiedDirectory};
use crate::paper::{PaperCode, PaperError};
use crate::{keys, primitives};

/// `bogen-f1-XXXX-…`, 8 groups; the checksum is 4 bytes.
const CODE: PaperCode = PaperCode { prefix: "bogen-f1", group: 4, checksum_bytes: 4 };
/// HKDF `info` of the MAC key.
const KEY_INFO: &str = "bogen founding key v1";
/// HKDF `info` of the code's id.
const ID_INFO: &str = "bogen founding code id v1";
/// Length of a challenge in bytes.
pub const CHALLENGE_BYTES: usize = 16;
/// Bytes of an encoded identity, at most.
const MAX_IDENTITY: usize = 512;

/// Why a founding does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoundingError {
    /// Not made with this founding code, or for another challenge.
    #[error("not made with this founding code")]
    WrongCode,
    /// An identity of another format, or no identity.
    #[error("identity malformed")]
    Identity,
    /// The root key is unsound.
    #[error("root key unsound")]
    UnsoundRoot,
    /// The first directory does not count.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// Its number is not 1.
    #[error("not a first directory")]
    NotTheFirst,
}

/// The founding code, 128 random bits. Not serialisable, not printable but on purpose, zeroized when dropped.
pub struct FoundingCode {
    code: Zeroizing<[u8; 16]>,
}

impl FoundingCode {
    /// A new random code: the endpoint's, at its first start.
    #[must_use]
    pub fn make() -> Self {
        Self { code: primitives::random() }
    }

    /// From where the endpoint keeps it until the founding.
    #[must_use]
    pub fn from_bytes(code: [u8; 16]) -> Self {
        Self { code: Zeroizing::new(code) }
    }

    /// The code, for the endpoint to keep until the founding.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8; 16] {
        &self.code
    }

    /// Recognises the code again, and tells nothing about it.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        *primitives::hkdf_sha256::<16>(&*self.code, ID_INFO)
    }

    /// The text that the endpoint prints.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        CODE.write(&*self.code)
    }

    /// From the text as the first administrator types it; case, spaces and hyphens do not matter.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn parse(text: &str) -> Result<Self, PaperError> {
        let bytes = CODE.read(text)?;
        bytes.as_slice().try_into().map(Self::from_bytes).map_err(|_| PaperError::Checksum)
    }

    /// The endpoint: `HMAC-SHA-256` over `frame(EndpointIdentityV1, challenge || identity)`.
    #[must_use]
    pub fn mac_identity(&self, challenge: &[u8; CHALLENGE_BYTES], identity: &[u8]) -> Tag {
        primitives::hmac_sha256(&self.key(), &identity_message(challenge, identity))
    }

    /// The first administrator's app: what the endpoint says of itself, if it is the endpoint that printed the code.
    ///
    /// # Errors
    /// [`FoundingError::WrongCode`], [`FoundingError::Identity`].
    pub fn verify_identity(&self, challenge: &[u8; CHALLENGE_BYTES], reply: &IdentityReply) -> Result<EndpointIdentity, FoundingError> {
        let mac = reply.founding_mac.ok_or(FoundingError::WrongCode)?;
        if !primitives::hmac_sha256_matches(&self.key(), &identity_message(challenge, &reply.identity), &mac) {
            return Err(FoundingError::WrongCode);
        }
        let identity: EndpointIdentity = from_cbor(&reply.identity, MAX_IDENTITY).map_err(|_| FoundingError::Identity)?;
        let sound = identity.version == 1 && keys::check_public_key(&identity.receipt_key).is_ok();
        if sound { Ok(identity) } else { Err(FoundingError::Identity) }
    }

    /// The first administrator's app: `HMAC-SHA-256` over `frame(FoundingV1, root_key || cbor(directory))`.
    #[must_use]
    pub fn mac_founding(&self, root_key: &PublicKey, directory: &SignedDirectory) -> Tag {
        primitives::hmac_sha256(&self.key(), &founding_message(root_key, directory))
    }

    /// The endpoint: the root to pin and the first directory, if they come from somebody who has the code. The office is the one the directory names.
    ///
    /// # Errors
    /// [`FoundingError`]; then nothing is founded, and the code stays good.
    pub fn verify_founding(&self, request: &FoundRequest) -> Result<(RootPin, VerifiedDirectory), FoundingError> {
        if !primitives::hmac_sha256_matches(&self.key(), &founding_message(&request.root_key, &request.directory), &request.mac) {
            return Err(FoundingError::WrongCode);
        }
        keys::check_public_key(&request.root_key).map_err(|_| FoundingError::UnsoundRoot)?;
        let claimed: Directory = from_cbor(&request.directory.body, MAX_DIRECTORY_BYTES).map_err(DirectoryError::Encoding)?;
        let pin = RootPin { office: claimed.office, root_key: request.root_key };
        let verified = directory::verify(&request.directory, &pin, Previous::Nothing)?;
        if verified.number() == 1 { Ok((pin, verified)) } else { Err(FoundingError::NotTheFirst) }
    }

    fn key(&self) -> Zeroizing<[u8; 32]> {
        primitives::hkdf_sha256(&*self.code, KEY_INFO)
    }
}

impl fmt::Debug for FoundingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoundingCode(…)")
    }
}

fn identity_message(challenge: &[u8; CHALLENGE_BYTES], identity: &[u8]) -> Vec<u8> {
    Context::EndpointIdentityV1.frame(&[challenge, identity].concat())
}

fn founding_message(root_key: &PublicKey, directory: &SignedDirectory) -> Vec<u8> {
    Context::FoundingV1.frame(&[root_key.as_bytes().as_slice(), &to_cbor(directory)].concat())
}

#[cfg(test)]
mod tests {
    use protocol::UnixTime;
    use protocol::limits::MAX_DEPTH;

    use super::*;
    use crate::example::Office;
    use crate::root::OfficeRoot;

    const CHALLENGE: [u8; CHALLENGE_BYTES] = [7; CHALLENGE_BYTES];

    fn identity() -> EndpointIdentity {
        let receipt_key = keys::SigningSecret::from_seed([1; 32]).public_key();
        EndpointIdentity { version: 1, office: None, generation: 1, receipt_key, tls_pin: None, copies: 2, now: UnixTime(1_900_000_000) }
    }

    fn reply(code: &FoundingCode, identity: &EndpointIdentity) -> IdentityReply {
        let bytes = to_cbor(identity);
        IdentityReply { founding_mac: Some(code.mac_identity(&CHALLENGE, &bytes)), identity: bytes.into() }
    }

    fn request(code: &FoundingCode, office: &Office) -> FoundRequest {
        let directory = office.first().signed().clone();
        FoundRequest { root_key: office.pin.root_key, mac: code.mac_founding(&office.pin.root_key, &directory), directory }
    }

    #[test]
    fn the_code_reads_back_as_typed_and_its_form_and_key_are_frozen() {
        let code = FoundingCode::from_bytes([5; 16]);
        let text = code.to_text();
        assert_eq!(*text, "bogen-f1-0M2G-A185-0M2G-A185-0M2G-A185-0Q8N-SY19");
        assert_eq!(hex::encode(*code.key()), "e238619963365ee5ad2fc596b90940957d3c10055d18d7a46bae960db7e5dd02");
        assert_eq!(FoundingCode::parse(&text.to_lowercase().replace('-', " ")).unwrap().expose_bytes(), &[5; 16]);
        assert_eq!(FoundingCode::parse("bogen-f1-0000").unwrap_err(), PaperError::Checksum);
        assert!(FoundingCode::parse(&text[..text.len() - 1]).is_err());
    }

    #[test]
    fn an_identity_counts_for_its_code_and_challenge_only() {
        let code = FoundingCode::make();
        let genuine = reply(&code, &identity());
        assert_eq!(code.verify_identity(&CHALLENGE, &genuine), Ok(identity()));
        assert_eq!(FoundingCode::make().verify_identity(&CHALLENGE, &genuine), Err(FoundingError::WrongCode));
        assert_eq!(code.verify_identity(&[8; CHALLENGE_BYTES], &genuine), Err(FoundingError::WrongCode), "an answer of another day");
        let other_key = EndpointIdentity { receipt_key: keys::SigningSecret::make().public_key(), ..identity() };
        let exchanged = IdentityReply { identity: to_cbor(&other_key).into(), ..genuine.clone() };
        assert_eq!(code.verify_identity(&CHALLENGE, &exchanged), Err(FoundingError::WrongCode));
        let bare = IdentityReply { founding_mac: None, ..genuine };
        assert_eq!(code.verify_identity(&CHALLENGE, &bare), Err(FoundingError::WrongCode));
        let unsound = EndpointIdentity { receipt_key: PublicKey([0; 32]), ..identity() };
        assert_eq!(code.verify_identity(&CHALLENGE, &reply(&code, &unsound)), Err(FoundingError::Identity));
        let later = EndpointIdentity { version: 2, ..identity() };
        assert_eq!(code.verify_identity(&CHALLENGE, &reply(&code, &later)), Err(FoundingError::Identity));
    }

    #[test]
    fn an_office_is_founded_by_whoever_has_the_code() {
        let (code, office) = (FoundingCode::make(), Office::new());
        let (pin, directory) = code.verify_founding(&request(&code, &office)).unwrap();
        assert_eq!(pin, office.pin);
        assert_eq!(directory.digest(), office.first().digest());
        assert_eq!(FoundingCode::make().verify_founding(&request(&code, &office)).unwrap_err(), FoundingError::WrongCode);
    }

    #[test]
    fn a_founding_cannot_be_diverted_on_the_way() {
        let (code, office) = (FoundingCode::make(), Office::new());
        let genuine = request(&code, &office);
        let other_root = FoundRequest { root_key: OfficeRoot::make().public_key(), ..genuine.clone() };
        assert_eq!(code.verify_founding(&other_root).unwrap_err(), FoundingError::WrongCode);
        let other_directory = FoundRequest { directory: Office::new().first().signed().clone(), ..genuine };
        assert_eq!(code.verify_founding(&other_directory).unwrap_err(), FoundingError::WrongCode);
    }

    #[test]
    fn even_with_the_code_the_first_directory_must_be_sound() {
        let (code, office) = (FoundingCode::make(), Office::new());
        let maced =
            |root_key: PublicKey, directory: SignedDirectory| FoundRequest { root_key, mac: code.mac_founding(&root_key, &directory), directory };
        let second = office.second().signed().clone();
        assert_eq!(code.verify_founding(&maced(office.pin.root_key, second)).unwrap_err(), FoundingError::NotTheFirst);
        let foreign = maced(OfficeRoot::make().public_key(), office.first().signed().clone());
        assert_eq!(code.verify_founding(&foreign).unwrap_err(), FoundingError::Directory(DirectoryError::Certificate));
        let unsound = maced(PublicKey([0; 32]), office.first().signed().clone());
        assert_eq!(code.verify_founding(&unsound).unwrap_err(), FoundingError::UnsoundRoot);
        let bomb = SignedDirectory { body: vec![0x81; MAX_DEPTH as usize + 1].into(), ..office.first().signed().clone() };
        assert!(matches!(
            code.verify_founding(&maced(office.pin.root_key, bomb)).unwrap_err(),
            FoundingError::Directory(DirectoryError::Encoding(_))
        ));
    }
}
