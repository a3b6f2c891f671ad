//! One office, one team, one author: what every test of envelopes needs.

use ed25519_dalek::{Signer, SigningKey};
use protocol::{Context, MemberId, OfficeId, PublicKey, RecordId, SignatureBytes, Tag, TeamId, UnixTime};
use sealing::{FormBody, HeaderFields, OpenError, OpenedForm, Purpose, SealError, Sealed, TeamSecretKey, open, seal};

pub const AUTHOR: MemberId = MemberId([0xa1; 16]);

/// Who seals anew.
pub const CLERK: MemberId = MemberId([0xc1; 16]);

pub fn clerk() -> SigningKey {
    SigningKey::from_bytes(&[0x22; 32])
}

pub fn clerk_key() -> PublicKey {
    PublicKey(clerk().verifying_key().to_bytes())
}

pub fn author() -> SigningKey {
    SigningKey::from_bytes(&[0x11; 32])
}

pub fn author_key() -> PublicKey {
    PublicKey(author().verifying_key().to_bytes())
}

pub fn sign(message: &[u8]) -> SignatureBytes {
    SignatureBytes(author().sign(&Context::AuthorV1.frame(message)).to_bytes())
}

pub fn fields() -> HeaderFields {
    HeaderFields {
        office: OfficeId([1; 16]),
        team: TeamId([2; 16]),
        team_key_epoch: 4,
        record: RecordId([3; 16]),
        unit_members: 2,
        customer_tag: Tag([4; 32]),
        unit_tag: Tag([5; 32]),
        awaits_number: false,
        supersedes: None,
        follows: None,
    }
}

pub fn body() -> FormBody {
    FormBody {
        purpose: Purpose::Form,
        form: (0..120).collect(),
        customer_number: Some("123A456789".into()),
        unit_number: Some("12345BG0123456".into()),
        author: AUTHOR,
        made_at: UnixTime(1_790_000_000),
        checkpoint: None,
        reply_key: None,
    }
}

pub fn try_seal(fields: &HeaderFields, body: &FormBody, team_public: &[u8]) -> Result<Sealed, SealError> {
    seal(fields, body, &author_key(), sign, team_public)
}

pub fn sealed(team_public: &[u8]) -> Sealed {
    try_seal(&fields(), &body(), team_public).expect("sealed")
}

/// Opens and verifies, as a clerk's app does.
pub fn read(bytes: &[u8], team: &TeamSecretKey) -> Result<OpenedForm, OpenError> {
    open(bytes, team)?.verify_and_unwrap(|author| (author == AUTHOR).then(author_key), |clerk| (clerk == CLERK).then(clerk_key))
}
