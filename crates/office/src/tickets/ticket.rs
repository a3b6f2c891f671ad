//! The ticket as a text: what a newcomer pastes into the app.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use protocol::{Digest, OfficeId, PublicKey, from_cbor, to_cbor};
use zeroize::Zeroizing;

use super::TicketSecret;
use crate::directory::RootPin;
use crate::keys;
use crate::paper::{PaperCode, PaperError};

/// `bogen1-XXXXX-…`; the checksum is 4 bytes.
const CODE: PaperCode = PaperCode { prefix: "bogen1", group: 5, checksum_bytes: 4 };
/// Bytes of a URL, at most.
const MAX_URL: usize = 500;

/// Everything that a newcomer's app needs to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The endpoint, `https://…` (`http://` on the own machine only).
    pub url: String,
    /// The office.
    pub office: OfficeId,
    /// The root key to pin.
    pub root_key: PublicKey,
    /// SHA-256 of the SubjectPublicKeyInfo of the endpoint's TLS certificate; none: certificates of public authorities.
    pub tls_pin: Option<Digest>,
    /// The secret.
    pub secret: TicketSecret,
}

/// Why a text is no ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// It begins otherwise, or was not copied right.
    #[error("ticket: {0}")]
    Copied(#[from] PaperError),
    /// A format this program does not know.
    #[error("ticket of another format version")]
    Version,
    /// What it says cannot be: an unsound root key, or no web address.
    #[error("ticket cannot be used")]
    Unusable,
}

#[derive(Encode, Decode)]
struct Payload {
    #[n(0)]
    version: u8,
    #[n(1)]
    url: String,
    #[n(2)]
    office: OfficeId,
    #[n(3)]
    root_key: PublicKey,
    #[n(4)]
    tls_pin: Option<Digest>,
    #[n(5)]
    secret: ByteArray<16>,
}

impl Drop for Payload {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.secret[..]);
    }
}

impl Ticket {
    /// What to pin.
    #[must_use]
    pub fn root_pin(&self) -> RootPin {
        RootPin { office: self.office, root_key: self.root_key }
    }

    /// The text.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let payload = Payload {
            version: 1,
            url: self.url.clone(),
            office: self.office,
            root_key: self.root_key,
            tls_pin: self.tls_pin,
            secret: (*self.secret.expose_bytes()).into(),
        };
        CODE.write(&Zeroizing::new(to_cbor(&payload)))
    }

    /// From its text; case, spaces, line breaks and hyphens do not matter.
    ///
    /// # Errors
    /// [`TicketError`].
    pub fn parse(text: &str) -> Result<Self, TicketError> {
        let bytes = CODE.read(text)?;
        let payload: Payload = from_cbor(&bytes, MAX_URL + 256).map_err(|_| TicketError::Version)?;
        if payload.version != 1 {
            return Err(TicketError::Version);
        }
        if keys::check_public_key(&payload.root_key).is_err() || !is_web_address(&payload.url) {
            return Err(TicketError::Unusable);
        }
        Ok(Self {
            url: payload.url.clone(),
            office: payload.office,
            root_key: payload.root_key,
            tls_pin: payload.tls_pin,
            secret: TicketSecret::from_bytes(*payload.secret),
        })
    }
}

/// The outer shape only; the HTTP client parses it and decides what it may connect to.
fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    url.len() <= MAX_URL && url.bytes().all(|byte| byte.is_ascii_graphic()) && rest.is_some_and(|rest| !rest.is_empty() && !rest.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningSecret;

    fn ticket() -> Ticket {
        Ticket {
            url: "https://bogen.example:8443".to_owned(),
            office: OfficeId([1; 16]),
            root_key: SigningSecret::from_seed([2; 32]).public_key(),
            tls_pin: Some(Digest([3; 32])),
            secret: TicketSecret::from_bytes([5; 16]),
        }
    }

    #[test]
    fn a_ticket_reads_back_however_it_was_copied() {
        let text = ticket().to_text();
        let wrapped: String = text.chars().enumerate().flat_map(|(at, c)| if at % 30 == 29 { vec!['\r', '\n', ' ', c] } else { vec![c] }).collect();
        for copy in [text.to_string(), text.to_lowercase(), text.to_uppercase(), wrapped, format!("  {}\n", *text)] {
            assert_eq!(Ticket::parse(&copy), Ok(ticket()));
        }
        let without_pin = Ticket { tls_pin: None, ..ticket() };
        assert_eq!(Ticket::parse(&without_pin.to_text()), Ok(without_pin));
    }

    #[test]
    fn the_text_is_frozen() {
        assert_eq!(
            *ticket().to_text(),
            "bogen1-GR0QG-6K8EH-T70WS-T5WQP-4VV7C-NQ2WS-BRC5P-Q0V35-78W38-D1KA0-0G208-1040G-20810-40G20-81040-NG841-75VGX-A3X2X-FND8T-MCV1M-RZPCS-E6RN4-DMXRV-T4QFP-1XDRZ-JDKJH-C200R-30C1G-60R30-C1G60-R30C1-G60R3-0C1G6-0R30C-1G60R-30C1G-60R3A-02GA1-850M2-GA185-0M2GA-1850M-2W60T-060"
        );
    }

    #[test]
    fn slips_and_impossible_tickets_are_refused() {
        let text = ticket().to_text();
        assert_eq!(Ticket::parse(&text[..text.len() - 1]), Err(TicketError::Copied(PaperError::Checksum)));
        assert_eq!(Ticket::parse("hallo"), Err(TicketError::Copied(PaperError::OtherKind)));
        for url in ["", "ftp://bogen.example", "https://", "https://a b", "https://good.example@evil.example", "javascript:alert(1)"] {
            let impossible = Ticket { url: url.to_owned(), ..ticket() };
            assert_eq!(Ticket::parse(&impossible.to_text()), Err(TicketError::Unusable), "{url}");
        }
        let unsound = Ticket { root_key: PublicKey([0; 32]), ..ticket() };
        assert_eq!(Ticket::parse(&unsound.to_text()), Err(TicketError::Unusable));
    }

    #[test]
    fn it_prints_no_secret() {
        assert!(format!("{:?}", ticket()).ends_with("secret: TicketSecret(…) }"));
    }
}
