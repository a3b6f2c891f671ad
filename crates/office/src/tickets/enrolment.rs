//! The newcomer's word about the own keys, under the ticket's MAC.

use protocol::enrolment::{Enrolment, MacedEnrolment};
use protocol::{CodecError, Context, OfficeId, from_cbor, to_cbor};

use super::TicketSecret;
use crate::text::is_name;
use crate::{keys, primitives};

/// Bytes of an encoded enrolment, at most: a name of 200 characters and fixed fields.
const MAX_ENROLMENT: usize = 2048;

/// Why an enrolment does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentError {
    /// Not made with this ticket's secret: by the endpoint, say, or for another ticket.
    #[error("enrolment not made with this ticket")]
    WrongMac,
    /// The bytes are no enrolment.
    #[error("enrolment: {0}")]
    Encoding(#[from] CodecError),
    /// A format this program does not know.
    #[error("enrolment of another format version")]
    Version,
    /// It is for another office or names another ticket.
    #[error("enrolment for another office or ticket")]
    Elsewhere,
    /// The name is blank, too long or has characters that deceive.
    #[error("the name cannot stand")]
    Name,
    /// A key is unsound, or member and device have the same.
    #[error("the keys cannot stand")]
    Keys,
}

impl TicketSecret {
    /// The newcomer's app: `HMAC-SHA-256` over `frame(EnrolmentV1, body)`. `enrolment.ticket` must be [`Self::ticket_id`], or it is refused.
    #[must_use]
    pub fn mac(&self, enrolment: &Enrolment) -> MacedEnrolment {
        let body = to_cbor(enrolment);
        MacedEnrolment { mac: primitives::hmac_sha256(&self.mac_key(), &Context::EnrolmentV1.frame(&body)), body: body.into() }
    }

    /// The inviting administrator's app: what the newcomer said, if it was the newcomer.
    ///
    /// # Errors
    /// [`EnrolmentError`].
    pub fn verify(&self, maced: &MacedEnrolment, office: OfficeId) -> Result<Enrolment, EnrolmentError> {
        if !primitives::hmac_sha256_matches(&self.mac_key(), &Context::EnrolmentV1.frame(&maced.body), &maced.mac) {
            return Err(EnrolmentError::WrongMac);
        }
        let enrolment: Enrolment = from_cbor(&maced.body, MAX_ENROLMENT)?;
        if enrolment.version != 1 {
            return Err(EnrolmentError::Version);
        }
        if enrolment.office != office || enrolment.ticket != self.ticket_id() {
            return Err(EnrolmentError::Elsewhere);
        }
        if !is_name(&enrolment.name) {
            return Err(EnrolmentError::Name);
        }
        let sound = [enrolment.member_key, enrolment.device_key].iter().all(|key| keys::check_public_key(key).is_ok());
        if sound && enrolment.member_key != enrolment.device_key { Ok(enrolment) } else { Err(EnrolmentError::Keys) }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{DeviceId, MemberId, PublicKey, Tag};

    use super::*;
    use crate::keys::SigningSecret;

    const OFFICE: OfficeId = OfficeId([1; 16]);

    fn enrolment(secret: &TicketSecret) -> Enrolment {
        Enrolment {
            version: 1,
            office: OFFICE,
            ticket: secret.ticket_id(),
            member: MemberId([2; 16]),
            name: "Ayşe Yılmaz".to_owned(),
            member_key: SigningSecret::from_seed([3; 32]).public_key(),
            device: DeviceId([4; 16]),
            device_key: SigningSecret::from_seed([5; 32]).public_key(),
        }
    }

    #[test]
    fn the_administrator_reads_what_the_newcomer_said() {
        let secret = TicketSecret::make();
        assert_eq!(secret.verify(&secret.mac(&enrolment(&secret)), OFFICE), Ok(enrolment(&secret)));
    }

    /// The endpoint knows the ticket's id and a genuine enrolment, and wants a clerk of its own.
    #[test]
    fn an_endpoint_cannot_enrol_its_own_clerk() {
        let secret = TicketSecret::make();
        let genuine = secret.mac(&enrolment(&secret));
        let own = Enrolment { member_key: SigningSecret::make().public_key(), ..enrolment(&secret) };
        let exchanged = MacedEnrolment { body: to_cbor(&own).into(), mac: genuine.mac };
        assert_eq!(secret.verify(&exchanged, OFFICE), Err(EnrolmentError::WrongMac));

        let from_the_id = TicketSecret::from_bytes(*secret.ticket_id().as_bytes()).mac(&own);
        assert_eq!(secret.verify(&from_the_id, OFFICE), Err(EnrolmentError::WrongMac));
        let guessed = MacedEnrolment { body: to_cbor(&own).into(), mac: Tag([0; 32]) };
        assert_eq!(secret.verify(&guessed, OFFICE), Err(EnrolmentError::WrongMac));
    }

    #[test]
    fn what_cannot_enter_the_directory_is_refused_even_from_the_newcomer() {
        let secret = TicketSecret::make();
        let verify = |enrolment: Enrolment| secret.verify(&secret.mac(&enrolment), OFFICE).unwrap_err();
        let genuine = || enrolment(&secret);
        assert_eq!(verify(Enrolment { version: 2, ..genuine() }), EnrolmentError::Version);
        assert_eq!(verify(Enrolment { office: OfficeId([9; 16]), ..genuine() }), EnrolmentError::Elsewhere);
        assert_eq!(verify(Enrolment { ticket: TicketSecret::make().ticket_id(), ..genuine() }), EnrolmentError::Elsewhere);
        assert_eq!(verify(Enrolment { name: " ".to_owned(), ..genuine() }), EnrolmentError::Name);
        assert_eq!(verify(Enrolment { member_key: PublicKey([0; 32]), ..genuine() }), EnrolmentError::Keys);
        assert_eq!(verify(Enrolment { device_key: genuine().member_key, ..genuine() }), EnrolmentError::Keys);
    }

    #[test]
    fn every_bit_counts() {
        let secret = TicketSecret::make();
        let bytes = to_cbor(&secret.mac(&enrolment(&secret)));
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let refused = from_cbor::<MacedEnrolment>(&flipped, 4096).map_or(true, |maced| secret.verify(&maced, OFFICE).is_err());
            assert!(refused, "bit {bit}");
        }
    }
}
