//! After how many minutes without use the app locks: a choice of the people at this device. The window counts them; the setting is kept here.

use std::time::Duration;

use protocol::{from_cbor, to_cbor};
use vault::Setting;

use crate::App;
use crate::api::{CommandError, ErrorCode, LockAfter, Status};
use crate::desk::Desk;
use crate::stored::{MAX_ITEM_BYTES, Preferences};

/// Most minutes: longer is no lock.
const MAX_MINUTES: u32 = 60;

impl App {
    /// Sets the minutes, for everybody at this device.
    pub(crate) async fn lock_after_set(&self, args: LockAfter) -> Result<Status, CommandError> {
        let range = 1..=MAX_MINUTES;
        if !range.contains(&args.minutes) || !range.contains(&args.turned_minutes) {
            return Err(CommandError::new(ErrorCode::BadArguments).with("maximum", MAX_MINUTES));
        }
        {
            let desk = self.desk();
            desk.unlocked()?;
            let preferences = Preferences { version: 1, lock_minutes: args.minutes, lock_turned_minutes: args.turned_minutes };
            desk.vault.put_setting(Setting::Preferences, &to_cbor(&preferences))?;
        }
        self.changed();
        self.status_now()
    }
}

impl App {
    /// How long a shell may wait for the next command before it locks; none while nobody is unlocked.
    #[must_use]
    pub fn lock_patience(&self) -> Option<Duration> {
        let desk = self.desk();
        desk.is_unlocked().then(|| {
            let LockAfter { minutes, turned_minutes } = desk.lock_after();
            Duration::from_secs(60 * u64::from(if desk.turning.whose().is_some() { turned_minutes } else { minutes }))
        })
    }
}

impl Desk {
    /// What is set; what cannot be read counts as not set, because then the app locks all the same.
    pub(crate) fn lock_after(&self) -> LockAfter {
        let bytes = self.vault.get_setting(Setting::Preferences).ok().flatten();
        let preferences: Preferences = bytes.and_then(|bytes| from_cbor(&bytes, MAX_ITEM_BYTES).ok()).unwrap_or_default();
        let within = |minutes: u32| minutes.clamp(1, MAX_MINUTES);
        LockAfter { minutes: within(preferences.lock_minutes), turned_minutes: within(preferences.lock_turned_minutes) }
    }
}
