//! Identifiers and fixed-size byte strings.
//!
//! Ids are random (UUID version 4, RFC 9562): a version 7 id would tell when somebody had an appointment.

use std::fmt;

use minicbor::decode::{Decode, Decoder, Error as DecodeError};
use minicbor::encode::{Encode, Encoder, Error as EncodeError, Write};

macro_rules! byte_string {
    ($(#[$doc:meta])* $name:ident, $len:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// The bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// From a slice of exactly [`Self::LEN`] bytes, as read from a database.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
                let at = d.position();
                Self::from_slice(d.bytes()?).ok_or_else(|| DecodeError::message("wrong length").at(at))
            }
        }
    };
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        byte_string!($(#[$doc])* $name, 16);

        impl $name {
            /// A UUID version 4 made of 16 random bytes; six of the 128 bits are overwritten with version and variant.
            #[must_use]
            pub fn from_random(random: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(random).into_uuid().into_bytes())
            }

            /// From the usual text form with hyphens.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(|uuid| Self(uuid.into_bytes()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

id!(
    /// One Jobcenter (collecting body, § 3 MighEV) with its own root key, directory and log.
    OfficeId
);
id!(
    /// One team of the benefits department: the unit a form is sealed to.
    TeamId
);
id!(
    /// One member of staff. Never a customer.
    MemberId
);
id!(
    /// One device: a vault with its own request key.
    DeviceId
);
id!(
    /// One finished form, from finalising to its tombstone.
    RecordId
);
id!(
    /// One public prekey of a clerk, to which a team key share is sealed.
    PrekeyId
);

byte_string!(
    /// What the endpoint knows of a ticket: derived from its secret, one way. Not a UUID.
    TicketId,
    16
);
byte_string!(
    /// A SHA-256 digest (FIPS 180-4).
    Digest,
    32
);
byte_string!(
    /// HMAC-SHA-256 of a customer or benefit-unit number under the office's tag key. A pseudonym: whoever has the tag key can try all numbers.
    Tag,
    32
);
byte_string!(
    /// An Ed25519 public key as it travels (RFC 8032); not yet checked to be a valid point.
    PublicKey,
    32
);
byte_string!(
    /// An Ed25519 signature as it travels; nothing about it is verified.
    SignatureBytes,
    64
);
byte_string!(
    /// The 128-bit secret inside an envelope whose hash stands in its header: whoever shows it has opened the envelope.
    Token,
    16
);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl PublicKey {
    /// From 64 hex digits, as it is shown.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text.trim()).ok()?.try_into().ok().map(Self)
    }
}

macro_rules! short_debug {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({}…)", stringify!($name), hex::encode(&self.0[..4]))
            }
        }
    )*};
}
short_debug!(TicketId, Digest, PublicKey, SignatureBytes);

macro_rules! redacted_debug {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(…)", stringify!($name))
            }
        }
    )*};
}
// A tag is a customer's pseudonym and a token permits destruction: neither belongs in a log.
redacted_debug!(Tag, Token);
