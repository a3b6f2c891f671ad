//! Problems on the wire (RFC 9457), `application/problem+json`.

use std::fmt;

/// The code of a problem. Its RFC 9457 `type` is `urn:bogen:problem:<code>`. Codes travel, sentences do not: each shell words them in its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// 400: the body is not the message expected here.
    Malformed,
    /// 401: signature missing, wrong, by an unknown key, or over an unknown or used nonce. A fresh nonce comes with the answer.
    Unauthenticated,
    /// 401: the nonce is unknown, used or too old; sign again with the one in this answer.
    NonceStale,
    /// 403: the signer may not do this.
    Forbidden,
    /// 403: the device or member was revoked.
    Revoked,
    /// 403: the enrolment waits for an administrator.
    EnrolmentPending,
    /// 404: there is no such thing (or not for this signer).
    NotFound,
    /// 409: the same id exists with other content; nothing was changed.
    Conflict,
    /// 409: the office is founded already.
    AlreadyFounded,
    /// 409: the directory's number is not the next one.
    DirectoryOutdated,
    /// 410: the ticket is unknown, used or expired.
    TicketInvalid,
    /// 410: the record was destroyed; its tombstone is in the answer where one is due.
    Destroyed,
    /// 413: larger than the limits permit.
    TooLarge,
    /// 415: not `application/cbor`.
    UnsupportedMediaType,
    /// 422: the envelope names another office, an unknown team or a closed key epoch.
    Misaddressed,
    /// 426: this client is older than the office permits.
    ClientTooOld,
    /// 429: too many requests; wait as `Retry-After` says.
    RateLimited,
    /// 503: the endpoint could not make it durable; nothing was acknowledged. Try again later.
    Unavailable,
    /// 507: the endpoint's disk is full; nothing was acknowledged.
    InsufficientStorage,
    /// 500: a fault of the endpoint. Nothing was acknowledged.
    Internal,
    /// 409: a later record replaces this one: open that one first.
    Superseded,
    /// 403: the team has too few clerks for a report: it would be about one of them.
    TeamTooSmall,
}

const TABLE: [(ProblemCode, u16, &str); 22] = [
    (ProblemCode::Malformed, 400, "malformed"),
    (ProblemCode::Unauthenticated, 401, "unauthenticated"),
    (ProblemCode::NonceStale, 401, "nonce-stale"),
    (ProblemCode::Forbidden, 403, "forbidden"),
    (ProblemCode::Revoked, 403, "revoked"),
    (ProblemCode::EnrolmentPending, 403, "enrolment-pending"),
    (ProblemCode::NotFound, 404, "not-found"),
    (ProblemCode::Conflict, 409, "conflict"),
    (ProblemCode::AlreadyFounded, 409, "already-founded"),
    (ProblemCode::DirectoryOutdated, 409, "directory-outdated"),
    (ProblemCode::TicketInvalid, 410, "ticket-invalid"),
    (ProblemCode::Destroyed, 410, "destroyed"),
    (ProblemCode::TooLarge, 413, "too-large"),
    (ProblemCode::UnsupportedMediaType, 415, "unsupported-media-type"),
    (ProblemCode::Misaddressed, 422, "misaddressed"),
    (ProblemCode::ClientTooOld, 426, "client-too-old"),
    (ProblemCode::RateLimited, 429, "rate-limited"),
    (ProblemCode::Unavailable, 503, "unavailable"),
    (ProblemCode::InsufficientStorage, 507, "insufficient-storage"),
    (ProblemCode::Internal, 500, "internal"),
    (ProblemCode::Superseded, 409, "superseded"),
    (ProblemCode::TeamTooSmall, 403, "team-too-small"),
];

impl ProblemCode {
    /// All codes.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, u16, &'static str) {
        TABLE.iter().find(|row| row.0 == self).expect("every code has its row: a test walks all of them")
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        self.row().1
    }

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().2
    }

    /// The RFC 9457 `type`.
    #[must_use]
    pub fn type_uri(self) -> String {
        format!("urn:bogen:problem:{}", self.code())
    }

    /// From an RFC 9457 `type`; none if it is not one of ours.
    #[must_use]
    pub fn from_type_uri(uri: &str) -> Option<Self> {
        let code = uri.strip_prefix("urn:bogen:problem:")?;
        TABLE.iter().find(|row| row.2 == code).map(|row| row.0)
    }

    /// From its number on the wire inside a batch result (its place in the table, from 0).
    #[must_use]
    pub fn from_wire(number: u8) -> Option<Self> {
        TABLE.get(usize::from(number)).map(|row| row.0)
    }

    /// Its number on the wire inside a batch result.
    #[must_use]
    pub fn to_wire(self) -> u8 {
        TABLE.iter().position(|row| row.0 == self).and_then(|at| u8::try_from(at).ok()).expect("the table has fewer than 256 rows")
    }

    /// Whether sending the same again cannot help.
    #[must_use]
    pub fn is_permanent(self) -> bool {
        !matches!(
            self,
            Self::NonceStale | Self::EnrolmentPending | Self::RateLimited | Self::Unavailable | Self::InsufficientStorage | Self::Internal
        )
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl<C> minicbor::Encode<C> for ProblemCode {
    fn encode<W: minicbor::encode::Write>(&self, e: &mut minicbor::Encoder<W>, _: &mut C) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.to_wire())?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for ProblemCode {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::from_wire(d.u8()?).ok_or_else(|| minicbor::decode::Error::message("unknown problem"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row_and_comes_back_from_its_uri_and_number() {
        for code in ProblemCode::all() {
            assert_eq!(ProblemCode::from_type_uri(&code.type_uri()), Some(code));
            assert_eq!(ProblemCode::from_wire(code.to_wire()), Some(code));
        }
        assert_eq!(ProblemCode::from_type_uri("about:blank"), None);
    }

    #[test]
    fn numbers_on_the_wire_are_frozen() {
        assert_eq!(ProblemCode::Conflict.to_wire(), 7);
        assert_eq!(ProblemCode::Internal.to_wire(), 19);
        assert_eq!(ProblemCode::Superseded.to_wire(), 20);
        assert_eq!(ProblemCode::TeamTooSmall.to_wire(), 21);
    }
}
