//! Choices of the people at this device. No person's data: settings lie under a key that never changes.

use minicbor::{Decode, Encode};

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Preferences {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// Minutes without use until the app locks, on the staff's side.
    #[n(1)]
    pub lock_minutes: u32,
    /// The same while the customer has the screen.
    #[n(2)]
    pub lock_turned_minutes: u32,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { version: 1, lock_minutes: 10, lock_turned_minutes: 30 }
    }
}

#[cfg(test)]
mod tests {
    use protocol::to_cbor;

    use super::*;

    #[test]
    fn the_preferences_are_frozen() {
        assert_eq!(hex::encode(to_cbor(&Preferences::default())), "83010a181e");
    }
}
