//! Whose key signed a request.

use std::fmt;

use protocol::{DeviceId, MemberId};

/// The `keyid` parameter: `device:<uuid>` or `member:<uuid>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyId {
    /// A device's request key.
    Device(DeviceId),
    /// A member's key.
    Member(MemberId),
}

impl KeyId {
    /// From its one text form (lower case, with hyphens).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let key_id = match text.split_once(':')? {
            ("device", id) => Self::Device(DeviceId::parse(id)?),
            ("member", id) => Self::Member(MemberId::parse(id)?),
            _ => return None,
        };
        (key_id.to_string() == text).then_some(key_id)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device(device) => write!(f, "device:{device}"),
            Self::Member(member) => write!(f, "member:{member}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_id_has_one_text_form() {
        let text = "device:6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
        assert_eq!(KeyId::parse(text).unwrap().to_string(), text);
        for other in [
            "device:6F9619FF-8B86-4D01-B42D-00CF4FC964FF",
            "device:6f9619ff8b864d01b42d00cf4fc964ff",
            "device:{6f9619ff-8b86-4d01-b42d-00cf4fc964ff}",
            "team:6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "",
        ] {
            assert_eq!(KeyId::parse(other), None, "{other}");
        }
    }
}
