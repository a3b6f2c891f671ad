//! What devices state about themselves, under their own keys: whoever passes it on cannot change a word.

use protocol::fleet::{DeviceStatement, SignedDeviceStatement};
use protocol::{Context, from_cbor, to_cbor};

use crate::directory::VerifiedDirectory;
use crate::keys::{self, SigningSecret};
use crate::statements::StatementError;

/// Bytes of an encoded statement, at most: fixed fields, and some hundred team keys.
const MAX_STATEMENT: usize = 8192;

/// Signs what a device states, with its own key.
#[must_use]
pub fn sign(statement: &DeviceStatement, secret: &SigningSecret) -> SignedDeviceStatement {
    let body = to_cbor(statement);
    SignedDeviceStatement { signature: secret.sign(Context::DeviceStateV1, &body), body: body.into() }
}

/// What was stated, by the device itself. A revoked device counts too: what it holds is asked most urgently of all.
///
/// # Errors
/// [`StatementError`].
pub fn verify(signed: &SignedDeviceStatement, directory: &VerifiedDirectory) -> Result<DeviceStatement, StatementError> {
    let statement: DeviceStatement = from_cbor(&signed.body, MAX_STATEMENT).map_err(|_| StatementError::Malformed)?;
    let device = directory.device(&statement.device).ok_or(StatementError::UnknownSigner)?;
    keys::verify(&device.key, Context::DeviceStateV1, &signed.body, &signed.signature).map_err(|_| StatementError::BadSignature)?;
    if statement.version != 1 || !statement.is_consistent() {
        return Err(StatementError::Malformed);
    }
    if statement.office == directory.office() { Ok(statement) } else { Err(StatementError::NotTheSigners) }
}

#[cfg(test)]
mod tests {
    use protocol::directory::{EpochState, Standing};
    use protocol::fleet::TeamEpoch;
    use protocol::{DeviceId, OfficeId, UnixTime};

    use super::*;
    use crate::directory::TEAM_PUBLIC_KEY_BYTES;
    use crate::example::{CLERK, DEVICE, Office, TEAM};

    fn secret() -> SigningSecret {
        SigningSecret::from_seed([0x21; 32])
    }

    fn statement(office: &Office) -> DeviceStatement {
        DeviceStatement {
            version: 1,
            office: office.pin.office,
            device: DEVICE,
            directory: 2,
            unsent: 3,
            oldest: Some(UnixTime(5)),
            unsent_epochs: vec![],
            unreadable: 0,
            empty: false,
            at: UnixTime(9),
        }
    }

    #[test]
    fn a_device_speaks_for_itself_also_when_it_was_revoked() {
        let office = Office::new();
        let signed = sign(&statement(&office), &secret());
        assert_eq!(verify(&signed, &office.second()), Ok(statement(&office)));
        let revoked = office.next(&office.second(), |edit| edit.with_device_standing(DEVICE, Standing::Revoked).unwrap());
        assert_eq!(verify(&signed, &revoked), Ok(statement(&office)));
    }

    /// The endpoint passes these words on. If it could make one, a team key would be destroyed while forms are sealed to it.
    #[test]
    fn nobody_else_states_for_a_device_and_nothing_is_changed_on_the_way() {
        let office = Office::new();
        let directory = office.second();
        let forged = sign(&statement(&office), &SigningSecret::make());
        assert_eq!(verify(&forged, &directory), Err(StatementError::BadSignature));
        let empty = DeviceStatement { unsent: 0, oldest: None, empty: true, ..statement(&office) };
        let altered = SignedDeviceStatement { body: to_cbor(&empty).into(), ..sign(&statement(&office), &secret()) };
        assert_eq!(verify(&altered, &directory), Err(StatementError::BadSignature));
        let unknown = sign(&DeviceStatement { device: DeviceId([0xee; 16]), ..statement(&office) }, &secret());
        assert_eq!(verify(&unknown, &directory), Err(StatementError::UnknownSigner));
        let other_office = sign(&DeviceStatement { office: OfficeId([0xee; 16]), ..statement(&office) }, &secret());
        assert_eq!(verify(&other_office, &directory), Err(StatementError::NotTheSigners));
    }

    /// What makes a statement hold for ever: from the directory on that closed a key, nobody is given that key to seal to.
    #[test]
    fn a_key_that_a_directory_closed_is_never_open_again() {
        let office = Office::new();
        let second = office.second();
        let third = office.next(&second, |edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
        assert_eq!((second.open_key(&TEAM).unwrap().epoch, third.open_key(&TEAM).unwrap().epoch), (1, 2));
        assert!(third.edit(UnixTime(9)).with_epoch_state(TEAM, 1, EpochState::Open).is_err());
        let holds_nothing = |directory: u64, unsent_epochs| {
            let word = DeviceStatement { directory, unsent_epochs, ..statement(&office) };
            verify(&sign(&word, &secret()), &third).unwrap().holds_nothing_under(TEAM, 1, third.number())
        };
        assert!(holds_nothing(3, vec![TeamEpoch { team: TEAM, epoch: 2 }]));
        assert!(!holds_nothing(3, vec![TeamEpoch { team: TEAM, epoch: 1 }]), "sealed before");
        assert!(!holds_nothing(2, vec![]), "it may still seal to it");
    }

    #[test]
    fn another_version_and_a_contradiction_do_not_count() {
        let office = Office::new();
        let outcome = |statement: DeviceStatement| verify(&sign(&statement, &secret()), &office.second());
        assert_eq!(outcome(DeviceStatement { version: 2, ..statement(&office) }), Err(StatementError::Malformed));
        assert_eq!(outcome(DeviceStatement { empty: true, ..statement(&office) }), Err(StatementError::Malformed));
    }
}
