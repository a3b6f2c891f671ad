//! An office for this crate's tests: two administrators (one certified), a clerk, a leader, a counsellor, two teams, one device.

use protocol::directory::{Device, EndpointKeys, Member, ReceiptPolicy, Role, Settings, SignedDirectory, Standing, TeamRule};
use protocol::{DeviceId, MemberId, OfficeId, TeamId, UnixTime};

use crate::directory::{self, DirectoryEdit, Previous, RootPin, TEAM_PUBLIC_KEY_BYTES, VerifiedDirectory};
use crate::keys::SigningSecret;
use crate::root::OfficeRoot;

pub const ADMIN: MemberId = MemberId([0x11; 16]);
pub const SECOND_ADMIN: MemberId = MemberId([0x12; 16]);
pub const CLERK: MemberId = MemberId([0x13; 16]);
pub const LEADER: MemberId = MemberId([0x14; 16]);
pub const COUNSELLOR: MemberId = MemberId([0x15; 16]);
pub const DEVICE: DeviceId = DeviceId([0x21; 16]);
pub const TEAM: TeamId = TeamId([0x31; 16]);
pub const OTHER_TEAM: TeamId = TeamId([0x32; 16]);

/// A member's key: the id, twice, is its seed.
pub fn seed(member: MemberId) -> SigningSecret {
    SigningSecret::from_seed([member.0, member.0].concat().try_into().unwrap())
}

pub fn member(member: MemberId, name: &str, role: Role, teams: &[TeamId]) -> Member {
    Member {
        member,
        name: name.to_owned(),
        roles: vec![role],
        teams: teams.to_vec(),
        key: seed(member).public_key(),
        standing: Standing::Active,
        collected_before: None,
    }
}

pub fn device() -> Device {
    Device { device: DEVICE, key: SigningSecret::from_seed([0x21; 32]).public_key(), enrolled_by: COUNSELLOR, standing: Standing::Active, also: None }
}

pub fn settings() -> Settings {
    Settings {
        receipt_policy: ReceiptPolicy { min_copies: 2, require_accepted: false },
        customer_number_pattern: "999A999999".to_owned(),
        unit_number_patterns: vec!["99999BG9999999".to_owned(), "99999//9999999".to_owned()],
        team_rules: vec![],
        deadlines_days: vec![3, 9, 14, 21],
        languages: vec!["uk".to_owned(), "ar".to_owned()],
        information: None,
        entry_mask: None,
        minimum_client: "0.1.0".to_owned(),
        demo: false,
    }
}

pub fn endpoint() -> EndpointKeys {
    EndpointKeys { generation: 1, receipt_key: SigningSecret::from_seed([0x41; 32]).public_key(), next_receipt_key: None, tls_pins: vec![] }
}

pub struct Office {
    pub root: OfficeRoot,
    pub pin: RootPin,
}

impl Office {
    pub fn new() -> Self {
        Self::with_root(OfficeRoot::make())
    }

    pub fn with_root(root: OfficeRoot) -> Self {
        let pin = RootPin { office: OfficeId([0x01; 16]), root_key: root.public_key() };
        Self { root, pin }
    }

    /// Directory number 1: the founding administrator alone.
    pub fn first_edit(&self) -> DirectoryEdit {
        let certificate = self.root.certify(self.pin.office, ADMIN, seed(ADMIN).public_key(), 1, UnixTime(1));
        DirectoryEdit::founding(self.pin.office, "Jobcenter Musterstadt", endpoint(), settings(), UnixTime(1))
            .with_member(member(ADMIN, "Anna Admin", Role::Admin, &[]))
            .with_certificate(certificate)
            .unwrap()
    }

    pub fn first(&self) -> VerifiedDirectory {
        self.first_edit().sign(1, &seed(ADMIN), &self.pin, Previous::Nothing).unwrap().1
    }

    /// Directory number 2: everybody is there.
    pub fn second(&self) -> VerifiedDirectory {
        let rule = |prefix: &str, team| TeamRule { prefix: prefix.to_owned(), team };
        self.next(&self.first(), |edit| {
            edit.with_team(OTHER_TEAM, "Leistung 2")
                .with_team(TEAM, "Leistung 1")
                .with_member(member(COUNSELLOR, "Ivo Integration", Role::Counsellor, &[]))
                .with_member(member(LEADER, "Lea Leitung", Role::TeamLeader, &[TEAM]))
                .with_member(member(CLERK, "Clara Sachbearbeitung", Role::Clerk, &[TEAM]))
                .with_member(member(SECOND_ADMIN, "Henri Admin", Role::Admin, &[]))
                .with_device(device())
                .with_team_key(TEAM, 1, &[0x51; TEAM_PUBLIC_KEY_BYTES], CLERK)
                .unwrap()
                .with_settings(Settings { team_rules: vec![rule("12345", TEAM), rule("", OTHER_TEAM)], ..settings() })
        })
    }

    /// The second directory's successor, in which the root certified the other administrator with serial 2.
    pub fn with_second_admin(&self) -> VerifiedDirectory {
        let certificate = self.root.certify(self.pin.office, SECOND_ADMIN, seed(SECOND_ADMIN).public_key(), 2, UnixTime(2));
        self.next(&self.second(), |edit| edit.with_certificate(certificate).unwrap())
    }

    pub fn next(&self, current: &VerifiedDirectory, change: impl FnOnce(DirectoryEdit) -> DirectoryEdit) -> VerifiedDirectory {
        self.next_by(current, ADMIN, change)
    }

    pub fn next_by(&self, current: &VerifiedDirectory, admin: MemberId, change: impl FnOnce(DirectoryEdit) -> DirectoryEdit) -> VerifiedDirectory {
        let serial = current.admin_serial(&admin).unwrap();
        let edit = change(current.edit(UnixTime(current.number() + 1)));
        edit.sign(serial, &seed(admin), &self.pin, Previous::Directory(current)).unwrap().1
    }

    /// Signed by the founding administrator, sound or not.
    pub fn forge(&self, edit: &DirectoryEdit, change: impl FnOnce(&mut protocol::directory::Directory)) -> SignedDirectory {
        let mut directory = edit.preview().clone();
        change(&mut directory);
        directory::sign(&directory, 1, &seed(ADMIN))
    }
}
