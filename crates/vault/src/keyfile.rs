//! A key file: two slots, of which one is filled and one is zero, overwritten in place and never renamed, so that an old key lies nowhere else.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::platform::{self, PathFault};
use crate::slot::{SLOT_LEN, SlotBytes};

/// Which of the two slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    First,
    Second,
}

impl Place {
    pub(crate) const BOTH: [Self; 2] = [Self::First, Self::Second];

    pub(crate) fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    fn offset(self) -> u64 {
        match self {
            Self::First => 0,
            Self::Second => SLOT_LEN as u64,
        }
    }
}

/// An open key file.
#[derive(Debug)]
pub(crate) struct KeyFile(File);

impl KeyFile {
    /// Creates it with both slots zero, its name durable in its directory.
    pub(crate) fn create(path: &Path) -> Result<Self, PathFault> {
        let file = Self(platform::open_private(path, true)?);
        file.zero_both()?;
        platform::sync_directory(path.parent().unwrap_or(Path::new(".")))?;
        Ok(file)
    }

    pub(crate) fn open(path: &Path) -> Result<Self, PathFault> {
        platform::open_private(path, false).map(Self)
    }

    /// Both slots zero, on the disk.
    pub(crate) fn zero_both(&self) -> io::Result<()> {
        self.zero(Place::First)?;
        self.zero(Place::Second)
    }

    /// Reads a slot; what is missing at the end of a short file reads as zeros.
    pub(crate) fn read(&self, place: Place) -> io::Result<SlotBytes> {
        let mut slot = Box::new([0; SLOT_LEN]);
        let mut file = &self.0;
        file.seek(SeekFrom::Start(place.offset()))?;
        let mut filled = 0;
        while filled < SLOT_LEN {
            match file.read(&mut slot[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(slot)
    }

    /// Overwrites a slot in place; returns when it is on the disk.
    pub(crate) fn write(&self, place: Place, slot: &[u8; SLOT_LEN]) -> io::Result<()> {
        let mut file = &self.0;
        file.seek(SeekFrom::Start(place.offset()))?;
        file.write_all(slot)?;
        file.sync_all()
    }

    /// Overwrites a slot with zeros; returns when they are on the disk.
    pub(crate) fn zero(&self, place: Place) -> io::Result<()> {
        self.write(place, &[0; SLOT_LEN])
    }
}
