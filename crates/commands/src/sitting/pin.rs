//! A short PIN within the working day: unlocks again what the passphrase unlocked this morning. In memory only; three tries, then the passphrase.

use std::sync::Arc;

use protocol::UnixTime;
use vault::{Remembered, UnlockError, UserId};

use crate::App;
use crate::api::{CommandError, ErrorCode, PinInfo, PinSet, Status, UnlockPin};
use crate::app::off_the_desk;
use crate::desk::{Desk, Unlocked};

/// Digits of a PIN, at least.
const MIN_PIN: usize = 4;
/// Digits of a PIN, at most.
const MAX_PIN: usize = 8;
/// Wrong PINs in a row until the passphrase is asked for.
const TRIES: u8 = 3;
/// A working day, counted from the last passphrase: ten hours (§ 3 ArbZG permits no longer one), in seconds.
const WORKING_DAY: u64 = 10 * 3600;

/// The PIN of whoever unlocked last. Dropping it overwrites the key that it locks.
pub struct Pin {
    /// Shared only with a derivation that runs.
    remembered: Arc<Remembered>,
    /// When the passphrase was given last.
    from: UnixTime,
    left: u8,
}

impl Pin {
    /// A clock that was put back before the passphrase ends the day too: nobody may prolong it.
    fn counts(&self, now: UnixTime) -> bool {
        within_a_day(self.from, now)
    }
}

fn within_a_day(from: UnixTime, now: UnixTime) -> bool {
    now >= from && now.since(from) < WORKING_DAY
}

impl App {
    /// Sets the PIN of the unlocked user; without one, it is forgotten.
    pub(crate) async fn pin_set(&self, args: PinSet) -> Result<Status, CommandError> {
        let Some(pin) = args.pin else {
            self.desk().forget_pin();
            self.changed();
            return self.status_now();
        };
        demand_sound(pin.expose())?;
        let (to_remember, from, sitting) = {
            let desk = self.desk();
            let unlocked = desk.unlocked()?;
            (unlocked.to_remember(), unlocked.passphrase_at, desk.sitting)
        };
        if !within_a_day(from, self.now()) {
            return Err(CommandError::new(ErrorCode::PinGone));
        }
        let remembered = off_the_desk(move || to_remember.under(pin.expose())).await??;
        {
            let mut desk = self.desk();
            desk.demand_sitting(sitting)?;
            desk.pin = Some(Pin { remembered: Arc::new(remembered), from, left: TRIES });
        }
        self.changed();
        self.status_now()
    }

    /// Unlocks with the PIN, where the user left.
    pub(crate) async fn unlock_pin(&self, args: UnlockPin) -> Result<Status, CommandError> {
        let user = UserId::parse(&args.user).ok_or(ErrorCode::NotFound)?;
        let name = self.name_of(user)?;
        let (vault, sitting, remembered, from) = {
            let mut desk = self.desk();
            let (remembered, from) = desk.try_pin(user, self.now())?;
            desk.end_sitting()?;
            (Arc::clone(&desk.vault), desk.sitting, remembered, from)
        };
        let tried = Arc::clone(&remembered);
        let opened = off_the_desk(move || vault.unlock_remembered(&tried, args.pin.expose())).await?;
        let session = self.desk().after_try(&remembered, opened);
        if session.is_err() {
            self.changed();
        }
        self.begin_sitting(Unlocked::over(session?, name, from)?, sitting)
    }
}

impl Desk {
    /// Who may unlock with a PIN now. Forgets one whose day is over.
    pub(crate) fn pin_info(&mut self, now: UnixTime) -> Option<PinInfo> {
        self.pin = self.pin.take().filter(|pin| pin.counts(now));
        let pin = self.pin.as_ref()?;
        Some(PinInfo { user: pin.remembered.user().to_string(), until: pin.from.plus(WORKING_DAY).0 })
    }

    /// Overwrites what the PIN opens.
    pub(crate) fn forget_pin(&mut self) {
        self.pin = None;
    }

    /// Somebody else's PIN ends when a user unlocks; her own begins its day anew with the passphrase.
    pub(crate) fn renew_pin(&mut self, user: UserId, passphrase_at: UnixTime) {
        self.pin = self.pin.take().filter(|pin| pin.remembered.user() == user);
        if let Some(pin) = &mut self.pin {
            (pin.from, pin.left) = (passphrase_at, TRIES);
        }
    }

    /// Counts the try before the PIN is looked at, so that tries side by side are no more than three either.
    fn try_pin(&mut self, user: UserId, now: UnixTime) -> Result<(Arc<Remembered>, UnixTime), CommandError> {
        self.pin = self.pin.take().filter(|pin| pin.counts(now));
        let pin = self.pin.as_mut().filter(|pin| pin.remembered.user() == user && pin.left > 0).ok_or(ErrorCode::PinGone)?;
        pin.left -= 1;
        Ok((Arc::clone(&pin.remembered), pin.from))
    }

    fn after_try(&mut self, tried: &Arc<Remembered>, opened: Result<vault::Session, UnlockError>) -> Result<vault::Session, CommandError> {
        let pin = self.pin.as_mut().filter(|pin| Arc::ptr_eq(&pin.remembered, tried));
        match (opened, pin) {
            (_, None) => Err(CommandError::new(ErrorCode::PinGone)),
            (Ok(session), Some(pin)) => {
                pin.left = TRIES;
                Ok(session)
            }
            (Err(UnlockError::WrongPassphrase { retry_after_seconds }), Some(pin)) if pin.left > 0 => {
                Err(CommandError::new(ErrorCode::WrongPin).with("left", pin.left).with("wait_seconds", retry_after_seconds))
            }
            (Err(UnlockError::WrongPassphrase { .. } | UnlockError::SessionOutdated), Some(_)) => {
                self.forget_pin();
                Err(CommandError::new(ErrorCode::PinGone))
            }
            (Err(other), Some(pin)) => {
                // It was not looked at.
                pin.left = (pin.left + 1).min(TRIES);
                Err(other.into())
            }
        }
    }
}

/// Four to eight digits, not all the same and not a run up or down.
fn demand_sound(pin: &str) -> Result<(), CommandError> {
    let digits = pin.as_bytes();
    let steps: Vec<u8> = digits.windows(2).map(|pair| pair[1].wrapping_add(10).wrapping_sub(pair[0]) % 10).collect();
    let easy = [0, 1, 9].iter().any(|step| steps.iter().all(|other| other == step));
    let sound = (MIN_PIN..=MAX_PIN).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && !easy;
    if sound { Ok(()) } else { Err(CommandError::new(ErrorCode::PinWeak).with("minimum", MIN_PIN)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_no_pin() {
        for weak in ["", "471", "471147114", "0000", "77777777", "1234", "2345678", "4321", "9876", "7890", "3210", "12a4", "４７１１", "47 1"] {
            assert_eq!(demand_sound(weak).expect_err(weak).code, ErrorCode::PinWeak);
        }
        for sound in ["4711", "1235", "1212", "90817263", "1357"] {
            assert!(demand_sound(sound).is_ok(), "{sound}");
        }
    }

    #[test]
    fn a_day_ends_after_ten_hours_and_with_a_clock_that_was_put_back() {
        let from = UnixTime(1_000_000);
        assert!(within_a_day(from, from) && within_a_day(from, from.plus(WORKING_DAY - 1)));
        assert!(!within_a_day(from, from.plus(WORKING_DAY)) && !within_a_day(from, UnixTime(999_999)));
    }
}
