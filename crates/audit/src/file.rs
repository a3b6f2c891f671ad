//! The files: `["bogen audit", version 1, part]`, deterministic CBOR, documented with vectors in `docs/formats/audit.md`.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use office::keys::SigningSecret;
use protocol::log::SignedCheckpoint;
use protocol::{CodecError, Context, DeviceId, OfficeId, PublicKey, RecordId, SignatureBytes, UnixTime, from_cbor, to_cbor};

/// Audit file format 1.
pub const AUDIT_VERSION: u8 = 1;
/// How every file begins.
const LABEL: &str = "bogen audit";
/// Length in bytes, at the most: some hundred thousand leaves, or as many ledger lines with their receipts.
pub const MAX_FILE_BYTES: usize = 512 * 1024 * 1024;

/// One line of a ledger as it is stored, and the receipt that it names.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ExportedLine {
    /// The encoded [`receipts::ledger::LedgerLine`].
    #[n(0)]
    pub line: ByteVec,
    /// The encoded [`protocol::log::Receipt`]; none where the line names none.
    #[n(1)]
    pub receipt: Option<ByteVec>,
}

/// What a device says of what it destroyed and what it still holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeviceLedger {
    /// The office.
    #[n(0)]
    pub office: OfficeId,
    /// The device.
    #[n(1)]
    pub device: DeviceId,
    /// The office's public root key, as the device has had it since its first user enrolled: what it believes every directory by.
    #[n(2)]
    pub root_key: PublicKey,
    /// When it was exported, by the device's clock.
    #[n(3)]
    pub at: UnixTime,
    /// The ledger, from its first line on.
    #[n(4)]
    pub lines: Vec<ExportedLine>,
    /// Sealed forms that are still here, delivered or not; by id.
    #[n(5)]
    pub held: Vec<RecordId>,
    /// The newest head of the log that the device was shown; none before the first contact.
    #[n(6)]
    pub seen: Option<SignedCheckpoint>,
}

/// A [`DeviceLedger`] with the signature of the device's key over `frame(LedgerExportV1, body)`. Unverified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedDeviceLedger {
    /// The encoded [`DeviceLedger`].
    #[n(0)]
    pub body: ByteVec,
    /// The signature.
    #[n(1)]
    pub signature: SignatureBytes,
}

impl SignedDeviceLedger {
    /// Signs what a device says, with its own key.
    #[must_use]
    pub fn sign(ledger: &DeviceLedger, secret: &SigningSecret) -> Self {
        let body = to_cbor(ledger);
        Self { signature: secret.sign(Context::LedgerExportV1, &body), body: body.into() }
    }
}

/// The log as the endpoint has it, and which envelopes it holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EndpointLog {
    /// The office.
    #[n(0)]
    pub office: OfficeId,
    /// The office's public root key, as the endpoint has had it since the founding.
    #[n(1)]
    pub root_key: PublicKey,
    /// When it was exported, by the endpoint's clock.
    #[n(2)]
    pub at: UnixTime,
    /// Every encoded [`protocol::directory::SignedDirectory`], from the first on.
    #[n(3)]
    pub directories: Vec<ByteVec>,
    /// Every encoded [`protocol::log::Leaf`], from the first on.
    #[n(4)]
    pub leaves: Vec<ByteVec>,
    /// The head over all of them.
    #[n(5)]
    pub head: SignedCheckpoint,
    /// Records whose envelope is there; by id.
    #[n(6)]
    pub held: Vec<RecordId>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum AuditFile {
    /// `bogen ledger export`
    #[n(1)]
    Device(#[n(0)] SignedDeviceLedger),
    /// `bogen-endpoint audit`
    #[n(2)]
    Endpoint(#[n(0)] EndpointLog),
}

#[derive(Encode, Decode)]
struct Framed {
    #[n(0)]
    label: String,
    #[n(1)]
    version: u8,
    #[n(2)]
    part: AuditFile,
}

/// Why a file is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Something else, or damaged.
    #[error("not an audit file, or damaged: {0}")]
    Unreadable(#[from] CodecError),
    /// An audit file of a later format.
    #[error("an audit file of format {0}, which this program does not know")]
    OtherVersion(u8),
}

impl AuditFile {
    /// The bytes of the file.
    #[must_use]
    pub fn encode(self) -> Vec<u8> {
        to_cbor(&Framed { label: LABEL.to_owned(), version: AUDIT_VERSION, part: self })
    }

    /// Reads a file strictly. What is in it is unverified.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, FileError> {
        if let Some(version) = version_of(bytes).filter(|version| *version != AUDIT_VERSION) {
            return Err(FileError::OtherVersion(version));
        }
        let framed: Framed = from_cbor(bytes, MAX_FILE_BYTES)?;
        if framed.label == LABEL { Ok(framed.part) } else { Err(CodecError::Malformed.into()) }
    }

    pub(crate) fn as_endpoint(&self) -> Option<&EndpointLog> {
        if let Self::Endpoint(log) = self { Some(log) } else { None }
    }

    pub(crate) fn as_device(&self) -> Option<&SignedDeviceLedger> {
        if let Self::Device(ledger) = self { Some(ledger) } else { None }
    }
}

/// The version of what begins like an audit file.
fn version_of(bytes: &[u8]) -> Option<u8> {
    let mut decoder = minicbor::Decoder::new(bytes);
    decoder.array().ok()?;
    if decoder.str().ok()? == LABEL { decoder.u8().ok() } else { None }
}
