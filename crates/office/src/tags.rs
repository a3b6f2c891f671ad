//! Tags: keyed pseudonyms of customer and benefit-unit numbers, so that the endpoint can tell "asked once" and "unit complete" without a number.
//!
//! Not secrets against whoever has the tag key: there are few numbers, and each can be tried.

use std::fmt;

use protocol::{Context, Tag};
use zeroize::Zeroizing;

use crate::primitives;

/// The office's tag key, known to its apps and not to the endpoint. Not serialisable, not printable, zeroized when dropped.
#[derive(Clone)]
pub struct TagKey {
    key: Zeroizing<[u8; 32]>,
}

impl TagKey {
    /// A new random key, made once at the founding.
    #[must_use]
    pub fn make() -> Self {
        Self { key: primitives::random() }
    }

    /// From the vault or a grant.
    #[must_use]
    pub fn from_bytes(key: [u8; 32]) -> Self {
        Self { key: Zeroizing::new(key) }
    }

    /// The key, for the vault, which encrypts it. It belongs nowhere else.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8; 32] {
        &self.key
    }

    /// ``HMAC-SHA-256(key, frame(CustomerTagV1, number))`` of a normalised customer number.
    #[must_use]
    pub fn customer(&self, number: &str) -> Tag {
        primitives::hmac_sha256(&self.key, &Context::CustomerTagV1.frame(number.as_bytes()))
    }

    /// ``HMAC-SHA-256(key, frame(UnitTagV1, number))`` of a normalised benefit-unit number.
    #[must_use]
    pub fn unit(&self, number: &str) -> Tag {
        primitives::hmac_sha256(&self.key, &Context::UnitTagV1.frame(number.as_bytes()))
    }
}

impl fmt::Debug for TagKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TagKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_frozen_and_differ_by_key_kind_and_number() {
        let key = TagKey::from_bytes([9; 32]);
        assert_eq!(hex::encode(key.customer("123A456789").as_bytes()), "b90851e2339d4bc9f934c3413d385e8e70588194cbd81ed6eaa508d9696b1482");
        assert_eq!(hex::encode(key.unit("12345BG0123456").as_bytes()), "299cdad584b937525440ffc51c2bb6d9d8c457e2f7f90861c0094402c5a1429d");
        assert_ne!(key.customer("123A456789"), key.unit("123A456789"));
        assert_ne!(key.customer("123A456789"), TagKey::make().customer("123A456789"));
    }
}
