//! An office with everybody in it.

use office::directory::{DirectoryEdit, Previous, RootPin, TEAM_PUBLIC_KEY_BYTES, VerifiedDirectory};
use office::keys::SigningSecret;
use office::requests::KeyId;
use office::root::OfficeRoot;
use protocol::directory::{Device, EndpointKeys, Member, ReceiptPolicy, Role, Settings, SignedDirectory, Standing};
use protocol::{DeviceId, MemberId, OfficeId, PublicKey, TeamId, UnixTime};
use receipts::LogIdentity;

pub const ADMIN: MemberId = MemberId([0x11; 16]);
pub const CLERK: MemberId = MemberId([0x13; 16]);
pub const SECOND_CLERK: MemberId = MemberId([0x14; 16]);
pub const LEADER: MemberId = MemberId([0x15; 16]);
pub const COUNSELLOR: MemberId = MemberId([0x16; 16]);
pub const REVOKED_CLERK: MemberId = MemberId([0x17; 16]);
pub const DEVICE: DeviceId = DeviceId([0x21; 16]);
pub const REVOKED_DEVICE: DeviceId = DeviceId([0x22; 16]);
pub const TEAM: TeamId = TeamId([0x31; 16]);
pub const OTHER_TEAM: TeamId = TeamId([0x32; 16]);
const OFFICE: OfficeId = OfficeId([0x01; 16]);

/// Whoever signs requests.
pub struct Signer {
    pub key_id: KeyId,
    pub secret: SigningSecret,
}

/// The id, twice, is the seed of its key.
pub fn secret(id: [u8; 16]) -> SigningSecret {
    SigningSecret::from_seed([id, id].concat().try_into().unwrap())
}

pub fn member(member: MemberId) -> Signer {
    Signer { key_id: KeyId::Member(member), secret: secret(member.0) }
}

pub fn device(device: DeviceId) -> Signer {
    Signer { key_id: KeyId::Device(device), secret: secret(device.0) }
}

fn entry(member: MemberId, name: &str, role: Role, teams: &[TeamId]) -> Member {
    let key = secret(member.0).public_key();
    Member { member, name: name.to_owned(), roles: vec![role], teams: teams.to_vec(), key, standing: Standing::Active, collected_before: None }
}

fn settings() -> Settings {
    Settings {
        receipt_policy: ReceiptPolicy { min_copies: 1, require_accepted: false },
        customer_number_pattern: "999A999999".to_owned(),
        unit_number_patterns: vec!["99999BG9999999".to_owned()],
        team_rules: vec![],
        deadlines_days: vec![3, 9, 14, 21],
        languages: vec![],
        information: None,
        entry_mask: None,
        minimum_client: "0.1.0".to_owned(),
        demo: false,
    }
}

/// The office as its administrator's app knows it.
pub struct Office {
    pub pin: RootPin,
    pub newest: VerifiedDirectory,
}

impl Office {
    /// Directory number 1: the founding administrator and her device.
    pub fn founding(receipt_key: PublicKey) -> Self {
        let root = OfficeRoot::make();
        let pin = RootPin { office: OFFICE, root_key: root.public_key() };
        let endpoint = EndpointKeys { generation: 1, receipt_key, next_receipt_key: None, tls_pins: vec![] };
        let (_, newest) = DirectoryEdit::founding(OFFICE, "Jobcenter Musterstadt", endpoint, settings(), UnixTime(1))
            .with_member(entry(ADMIN, "Anna Admin", Role::Admin, &[]))
            .with_certificate(root.certify(OFFICE, ADMIN, secret(ADMIN.0).public_key(), 1, UnixTime(1)))
            .unwrap()
            .sign(1, &secret(ADMIN.0), &pin, Previous::Nothing)
            .unwrap();
        Self { pin, newest }
    }

    /// The next directory, signed by the administrator. Counts here at once; whether the endpoint takes it, it says.
    pub fn next(&mut self, change: impl FnOnce(DirectoryEdit) -> DirectoryEdit) -> SignedDirectory {
        let edit = change(self.newest.edit(UnixTime(self.newest.number() + 1)));
        let (signed, newest) = edit.sign(1, &secret(ADMIN.0), &self.pin, Previous::Directory(&self.newest)).unwrap();
        self.newest = newest;
        signed
    }

    /// Directory number 2: everybody, with the first team key.
    pub fn everybody(&mut self) -> SignedDirectory {
        self.next(|edit| {
            let edit = edit.with_team(TEAM, "Leistung 1").with_team(OTHER_TEAM, "Leistung 2");
            let edit = edit
                .with_member(entry(CLERK, "Clara", Role::Clerk, &[TEAM]))
                .with_member(entry(SECOND_CLERK, "Cem", Role::Clerk, &[TEAM]))
                .with_member(Member { standing: Standing::Revoked, ..entry(REVOKED_CLERK, "Carl", Role::Clerk, &[TEAM]) })
                .with_member(entry(LEADER, "Lea", Role::TeamLeader, &[TEAM]))
                .with_member(entry(COUNSELLOR, "Ivo", Role::Counsellor, &[]));
            let device =
                |device: DeviceId, standing| Device { device, key: secret(device.0).public_key(), enrolled_by: COUNSELLOR, standing, also: None };
            edit.with_device(device(DEVICE, Standing::Active))
                .with_device(device(REVOKED_DEVICE, Standing::Revoked))
                .with_team_key(TEAM, 1, &[0x51; TEAM_PUBLIC_KEY_BYTES], CLERK)
                .unwrap()
        })
    }

    pub fn log_identity(&self) -> LogIdentity {
        let (office, generation, key, next_key) = self.newest.log_identity();
        LogIdentity { office, generation, key, next_key }
    }
}
