//! The founding, and the directories that were published since.

use std::sync::Arc;

use office::directory::{Previous, RootPin, VerifiedDirectory};
use protocol::directory::{Directory, SignedDirectory, Standing};
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, MemberId, OfficeId, PublicKey, RecordId, from_cbor, to_cbor};
use rusqlite::{Connection, OptionalExtension, params};

use super::batch::{Attested, Batch};
use super::fault::{Refusal, StoreFault};
use super::number::{from_sql, to_sql};

/// The office as its newest directory says.
pub(crate) struct Founded {
    pub(crate) pin: RootPin,
    pub(crate) directory: VerifiedDirectory,
    /// Where in the log the newest directory stands.
    pub(crate) position: u64,
}

impl Founded {
    pub(crate) fn office(&self) -> OfficeId {
        self.pin.office
    }

    /// A device that this member works with, rather one that was enrolled with them; nil if there is none. A leaf names the device whose user stated something.
    pub(crate) fn device_of(&self, member: MemberId) -> DeviceId {
        device_of(self.directory.get(), member)
    }
}

fn device_of(directory: &Directory, member: MemberId) -> DeviceId {
    let own = directory.devices.iter().filter(|device| device.is_used_by(member));
    own.min_by_key(|device| (device.standing != Standing::Active, device.enrolled_by != member)).map_or(DeviceId([0; 16]), |device| device.device)
}

/// Reads the office and verifies its newest directory against the pinned root once more: a file that was tampered with opens nothing.
pub(super) fn load(sql: &Connection) -> Result<Option<Founded>, StoreFault> {
    let pinned = sql.query_row("SELECT office, root_key FROM office", [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((office, root_key)) = pinned else { return Ok(None) };
    let newest = "SELECT bytes, position FROM directory ORDER BY number DESC LIMIT 1";
    let (bytes, position): (Vec<u8>, i64) = sql.query_row(newest, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let signed: SignedDirectory = from_cbor(&bytes, MAX_DIRECTORY_BYTES).map_err(|_| StoreFault::Damaged("the directory"))?;
    let pin = RootPin { office: OfficeId(office), root_key: PublicKey(root_key) };
    let directory = office::directory::verify(&signed, &pin, Previous::Nothing).map_err(|_| StoreFault::Damaged("the directory's signature"))?;
    Ok(Some(Founded { pin, directory, position: from_sql(position)? }))
}

impl Batch<'_> {
    /// Founds the office. Asked again with the very same, answers the same. Returns the directory's place in the log.
    pub(crate) fn found(&mut self, pin: RootPin, directory: VerifiedDirectory) -> Result<u64, Refusal> {
        if let Some(founded) = &self.founded {
            let same = founded.pin == pin;
            let position = self.published_before(&directory)?.filter(|_| same);
            return position.ok_or_else(|| ProblemCode::AlreadyFounded.into());
        }
        self.sql.execute(
            "INSERT INTO office (one, office, root_key, founded_at) VALUES (1, ?1, ?2, ?3)",
            params![pin.office.0, pin.root_key.0, to_sql(self.now.0)],
        )?;
        self.enter_directory(pin, directory)
    }

    /// Publishes the next directory. The newest one again answers the same. Returns its place in the log.
    pub(crate) fn publish_directory(&mut self, directory: VerifiedDirectory) -> Result<u64, Refusal> {
        let founded = self.office()?;
        if let Some(position) = self.published_before(&directory)? {
            return Ok(position);
        }
        if directory.number() != founded.directory.number() + 1 || directory.get().previous != Some(*founded.directory.digest()) {
            return Err(ProblemCode::DirectoryOutdated.into());
        }
        let position = self.enter_directory(founded.pin, directory)?;
        let office = self.office()?;
        self.demand_nothing_under_destroyed_keys(&office)?;
        self.forget_destroyed_keys(&office)?;
        self.redistribute()?;
        Ok(position)
    }

    fn enter_directory(&mut self, pin: RootPin, directory: VerifiedDirectory) -> Result<u64, Refusal> {
        let bytes = to_cbor(directory.signed());
        let number = directory.number();
        let position = self.attest(
            pin.office,
            Attested {
                kind: LeafKind::Directory,
                device: device_of(directory.get(), directory.signer()),
                record: numbered(number),
                digest: *directory.digest(),
                length: bytes.len() as u64,
                team_key_epoch: 0,
                statement: None,
            },
        )?;
        let mut insert = self.sql.prepare_cached("INSERT INTO directory (number, bytes, position) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![to_sql(number), bytes, to_sql(position)])?;
        self.founded = Some(Arc::new(Founded { pin, directory, position }));
        Ok(position)
    }

    /// The place of this very directory in the log; none if its number is not published, or with other bytes.
    fn published_before(&self, directory: &VerifiedDirectory) -> Result<Option<u64>, Refusal> {
        let mut select = self.sql.prepare_cached("SELECT position FROM directory WHERE number = ?1 AND bytes = ?2")?;
        let same = params![to_sql(directory.number()), to_cbor(directory.signed())];
        let position: Option<i64> = select.query_row(same, |row| row.get(0)).optional()?;
        Ok(position.map(from_sql).transpose()?)
    }
}

/// A directory's number in the place where a leaf names its record.
fn numbered(number: u64) -> RecordId {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    RecordId(id)
}
