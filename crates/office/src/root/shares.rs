//! The root on paper: `bogen-r1-<share>-XXXX-…`, 16 groups of 4 characters.
//!
//! Payload: the first 5 bytes of SHA-256 over the root's public key (so that shares of different offices cannot be mixed), then the 32 bytes `y` of
//! the share; `x` is the number in the prefix. The checksum is 3 bytes.

use protocol::PublicKey;
use zeroize::Zeroizing;

use crate::keys::SigningSecret;
use crate::paper::{PaperCode, PaperError};
use crate::primitives;

const FINGERPRINT_BYTES: usize = 5;
const CODES: [PaperCode; 3] = [code("bogen-r1-1"), code("bogen-r1-2"), code("bogen-r1-3")];

const fn code(prefix: &'static str) -> PaperCode {
    PaperCode { prefix, group: 4, checksum_bytes: 3 }
}

/// Why shares do not restore the root. `position` counts the texts as given, from 1; `share` is the number printed on the share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoverError {
    /// Two or three are needed.
    #[error("{given} shares given, two needed")]
    Count {
        /// How many were given.
        given: usize,
    },
    /// This text is no share: its beginning is wrong.
    #[error("text {position} is no share")]
    NotAShare {
        /// Which text.
        position: usize,
    },
    /// A slip in this share.
    #[error("share {share} (text {position}) has a slip: {reason}")]
    Slip {
        /// Which text.
        position: usize,
        /// Which share.
        share: u8,
        /// What is wrong.
        reason: PaperError,
    },
    /// The same share twice.
    #[error("share {share} given twice")]
    Twice {
        /// Which share.
        share: u8,
    },
    /// This share belongs to another office (or another root).
    #[error("share {share} (text {position}) belongs to another office")]
    OtherOffice {
        /// Which text.
        position: usize,
        /// Which share.
        share: u8,
    },
    /// All shares are readable, but together they give another key: they come from different printings, or one was forged.
    #[error("these shares do not give this office's root")]
    WrongRoot,
}

/// A short name of an office's root, `XXXX-XXXX` (40 bits), printed on every share: for people to compare, not to trust.
#[must_use]
pub fn office_fingerprint(root_key: &PublicKey) -> String {
    crate::paper::group(&fingerprint(root_key), 4)
}

fn fingerprint(root_key: &PublicKey) -> [u8; FINGERPRINT_BYTES] {
    let digest = primitives::sha256(root_key.as_bytes());
    digest.as_bytes()[..FINGERPRINT_BYTES].try_into().expect("invariant: a digest is longer")
}

pub(super) fn split(secret: &SigningSecret) -> [Zeroizing<String>; 3] {
    let fingerprint = fingerprint(&secret.public_key());
    primitives::shamir_split_2_of_3(secret.expose_seed()).map(|share| print(&share, &fingerprint))
}

fn print(share: &[u8; 33], fingerprint: &[u8; FINGERPRINT_BYTES]) -> Zeroizing<String> {
    let [x, y @ ..] = share;
    let payload = Zeroizing::new([fingerprint.as_slice(), y].concat());
    CODES[usize::from(*x) - 1].write(&payload)
}

pub(super) fn recover(texts: &[&str], root_key: &PublicKey) -> Result<SigningSecret, RecoverError> {
    if !(2..=3).contains(&texts.len()) {
        return Err(RecoverError::Count { given: texts.len() });
    }
    let mut shares: Vec<Zeroizing<[u8; 33]>> = Vec::with_capacity(3);
    for (at, text) in texts.iter().enumerate() {
        let share = read(text, at + 1, root_key)?;
        if shares.iter().any(|other| other[0] == share[0]) {
            return Err(RecoverError::Twice { share: share[0] });
        }
        shares.push(share);
    }
    let seed = primitives::shamir_combine(&shares[0], &shares[1]).expect("invariant: shares have different numbers, none 0");
    let secret = SigningSecret::from_seed(*seed);
    if secret.public_key() == *root_key { Ok(secret) } else { Err(RecoverError::WrongRoot) }
}

fn read(text: &str, position: usize, root_key: &PublicKey) -> Result<Zeroizing<[u8; 33]>, RecoverError> {
    for (share, code) in (1u8..).zip(&CODES) {
        let slip = |reason| RecoverError::Slip { position, share, reason };
        let payload = match code.read(text) {
            Err(PaperError::OtherKind) => continue,
            read => read.map_err(slip)?,
        };
        let (given, y) = payload.split_at_checked(FINGERPRINT_BYTES).ok_or(slip(PaperError::Checksum))?;
        let y: &[u8; 32] = y.try_into().map_err(|_| slip(PaperError::Checksum))?;
        if given != fingerprint(root_key) {
            return Err(RecoverError::OtherOffice { position, share });
        }
        let mut whole = Zeroizing::new([share; 33]);
        whole[1..].copy_from_slice(y);
        return Ok(whole);
    }
    Err(RecoverError::NotAShare { position })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root::OfficeRoot;

    #[test]
    fn any_two_shares_restore_the_root_however_they_are_typed() {
        let root = OfficeRoot::make();
        let [one, two, three] = root.split();
        let key = root.public_key();
        for pair in [[&one, &two], [&three, &one], [&two, &three]] {
            let typed = pair.map(|share| share.to_lowercase().replace('-', " "));
            assert_eq!(OfficeRoot::recover(&[&typed[0], &typed[1]], &key).unwrap().public_key(), key);
        }
        assert!(OfficeRoot::recover(&[&one, &two, &three], &key).is_ok());
    }

    /// Shares printed today must restore the root in ten years. Seed 0x2a…2a; the second coefficient of byte i is i.
    #[test]
    fn the_printed_form_is_frozen() {
        let secret = SigningSecret::from_seed([0x2a; 32]);
        let share = |x: u8| {
            let mut share = [x; 33];
            for (at, y) in (0u8..).zip(&mut share[1..]) {
                *y = 0x2a ^ at.wrapping_mul(x);
            }
            share
        };
        let fingerprint = fingerprint(&secret.public_key());
        let [one, two] = [1, 2].map(|x| print(&share(x), &fingerprint));
        assert_eq!(office_fingerprint(&secret.public_key()), "PR03-0V7T");
        assert_eq!(*one, "bogen-r1-1-PR03-0V7T-58NJ-GA9E-5WP2-T8H3-40GJ-C9S4-4MX3-PE1S-7RZK-RF9J-6CR3-2DHQ-6GTJ-2ZFW");
        assert_eq!(*two, "bogen-r1-2-PR03-0V7T-58M2-WB12-40K2-8EHR-7RY3-4C1P-6G50-G3GC-0800-C10T-30F1-R4GG-2RA3-JHDJ");
        assert_eq!(recover(&[&two, &one], &secret.public_key()).unwrap().expose_seed(), &[0x2a; 32]);
    }

    /// What users leave for the recovery key of today must open with the sheets of today, in ten years.
    #[test]
    fn the_recovery_seed_is_frozen() {
        let root = OfficeRoot::from_seed([0x2a; 32]);
        let seed = root.recovery_seed(protocol::OfficeId([0x01; 16]));
        assert_eq!(hex::encode(*seed), "ff5b34fa61f599522fac6392c305a51492e17772ba99e9a8b46e59f5fa4f95dd");
        assert_ne!(*root.recovery_seed(protocol::OfficeId([0x02; 16])), *seed);
    }

    #[test]
    fn a_wrong_character_is_noticed_and_its_share_named() {
        let root = OfficeRoot::make();
        let [one, two, _] = root.split();
        let last = if two.ends_with('7') { '8' } else { '7' };
        let slip = format!("{}{last}", &two[..two.len() - 1]);
        let expected = RecoverError::Slip { position: 2, share: 2, reason: PaperError::Checksum };
        assert_eq!(OfficeRoot::recover(&[&one, &slip], &root.public_key()).unwrap_err(), expected);
        let renumbered = two.replacen("r1-2", "r1-3", 1);
        let expected = RecoverError::Slip { position: 1, share: 3, reason: PaperError::Checksum };
        assert_eq!(OfficeRoot::recover(&[&renumbered, &one], &root.public_key()).unwrap_err(), expected);
        assert_eq!(OfficeRoot::recover(&[&one, "bogen1-ABCD"], &root.public_key()).unwrap_err(), RecoverError::NotAShare { position: 2 });
    }

    #[test]
    fn shares_that_do_not_belong_together_are_named() {
        let (root, other) = (OfficeRoot::make(), OfficeRoot::make());
        let ([one, ..], [_, foreign, _]) = (root.split(), other.split());
        let key = root.public_key();
        assert_eq!(OfficeRoot::recover(&[&one, &foreign], &key).unwrap_err(), RecoverError::OtherOffice { position: 2, share: 2 });
        assert_eq!(OfficeRoot::recover(&[&one, &one], &key).unwrap_err(), RecoverError::Twice { share: 1 });
        assert_eq!(OfficeRoot::recover(&[&one], &key).unwrap_err(), RecoverError::Count { given: 1 });
        let [_, of_another_printing, _] = root.split();
        assert_eq!(OfficeRoot::recover(&[&one, &of_another_printing], &key).unwrap_err(), RecoverError::WrongRoot);
    }
}
