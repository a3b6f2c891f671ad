//! Envelopes with random bytes where sealed ones would be: the endpoint cannot tell.

use protocol::directory::Signed;
use protocol::envelope::{ENVELOPE_VERSION, Envelope, EnvelopeHeader, Rewrap, SUITE_MLKEM1024_P384};
use protocol::log::{LeafKind, Receipt};
use protocol::{Context, Digest, MemberId, OfficeId, RecordId, SignatureBytes, Tag, TeamId, Token, UnixTime, to_cbor};
use receipts::{Expected, LogIdentity, VerifiedReceipt, verify_receipt};
use sha2::{Digest as _, Sha256};

use super::people::{DEVICE, TEAM};

/// A form, with what only its opener would know.
#[derive(Clone)]
pub struct Form {
    pub header: EnvelopeHeader,
    pub token: Token,
    filling: [u8; 16],
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// A person who was never asked, in a unit of one.
pub fn form() -> Form {
    let token = Token(random());
    let header = EnvelopeHeader {
        version: ENVELOPE_VERSION,
        suite: SUITE_MLKEM1024_P384,
        office: OfficeId([0x01; 16]),
        team: TEAM,
        team_key_epoch: 1,
        record: RecordId::from_random(random()),
        unit_members: 1,
        token_hash: Digest(Sha256::digest(Context::TokenV1.frame(token.as_bytes())).into()),
        customer_tag: Tag(random()),
        unit_tag: Tag(random()),
        awaits_number: false,
        supersedes: None,
        follows: None,
    };
    Form { header, token, filling: random() }
}

impl Form {
    pub fn with(mut self, change: impl FnOnce(&mut EnvelopeHeader)) -> Self {
        change(&mut self.header);
        self
    }

    /// The same id with another content.
    pub fn refilled(&self) -> Self {
        Self { filling: random(), ..self.clone() }
    }

    pub fn record(&self) -> RecordId {
        self.header.record
    }

    pub fn bytes(&self) -> Vec<u8> {
        let stream = |length: usize| self.filling.iter().copied().cycle().take(length).collect::<Vec<u8>>();
        Envelope::assemble(&self.header, stream(1665), stream(48), Digest([7; 32]), stream(2320)).encode()
    }

    /// The same form with another lock, as the app of a clerk of the team would make it.
    pub fn rewrapped(&self, epoch: u32, by: MemberId, lock: u8) -> Vec<u8> {
        self.rewrapped_to(TEAM, epoch, by, lock)
    }

    pub fn rewrapped_to(&self, team: TeamId, epoch: u32, by: MemberId, lock: u8) -> Vec<u8> {
        let body = to_cbor(&Rewrap { version: 1, team, team_key_epoch: epoch, by, at: UnixTime(9) });
        let signed = Signed { body: body.into(), signature: SignatureBytes([9; 64]) };
        Envelope::decode(&self.bytes()).unwrap().rewrapped(vec![lock; 1665], vec![lock; 48], signed).encode()
    }

    /// Sixteen bytes that stand in the envelope many times, for a search through files.
    pub fn needle(&self) -> &[u8] {
        &self.filling
    }

    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.bytes()).into())
    }

    pub fn path(&self, action: &str) -> String {
        format!("/v1/records/{}/{action}", self.record())
    }

    /// Verifies a receipt about this very form.
    pub fn verify(&self, receipt: &Receipt, kind: LeafKind, identity: &LogIdentity) -> VerifiedReceipt {
        let device = (kind == LeafKind::Stored).then_some(DEVICE);
        let length = self.bytes().len() as u64;
        let expected = Expected { kind, record: self.record(), digest: self.digest(), length, device, team_key_epoch: 1, min_copies: 1 };
        verify_receipt(receipt, identity, &expected).unwrap()
    }

    pub fn encoded(receipt: &Receipt) -> Vec<u8> {
        to_cbor(receipt)
    }
}
