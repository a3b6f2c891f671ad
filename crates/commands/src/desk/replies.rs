//! The author's secret behind the reply keys in their forms: made once, kept with the user's other keys.

use minicbor::{Decode, Encode};
use protocol::{from_cbor, to_cbor};
use sealing::ReplySecret;
use vault::ItemId;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::Desk;
use super::unlocked::{REPLY_SECRET, damaged};
use crate::api::CommandError;
use crate::stored::MAX_ITEM_BYTES;

/// As it lies under the user's key.
#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct StoredSecret {
    /// Format version, 1.
    #[n(0)]
    version: u8,
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    secret: [u8; 32],
}

impl Desk {
    /// The unlocked user's secret; made at the first need, and stored before anything is sealed with it.
    pub fn reply_secret(&self) -> Result<ReplySecret, CommandError> {
        let session = &self.unlocked()?.session;
        let found = session.list(REPLY_SECRET)?;
        if let Some((_, bytes)) = found.items.first() {
            let stored: StoredSecret = from_cbor(bytes, MAX_ITEM_BYTES).map_err(|_| damaged("reply"))?;
            return Ok(ReplySecret::from_bytes(stored.secret));
        }
        if !found.damaged.is_empty() {
            return Err(damaged("reply"));
        }
        let secret = ReplySecret::make();
        let stored = StoredSecret { version: 1, secret: *secret.as_bytes() };
        session.put(REPLY_SECRET, ItemId::make(), &Zeroizing::new(to_cbor(&stored)))?;
        Ok(secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_secret_is_frozen() {
        let stored = StoredSecret { version: 1, secret: [7; 32] };
        let frozen = format!("82015820{}", "07".repeat(32));
        assert_eq!(hex::encode(to_cbor(&stored)), frozen);
        assert!(from_cbor::<StoredSecret>(&hex::decode(frozen).unwrap(), MAX_ITEM_BYTES).is_ok_and(|read| read.secret == [7; 32]));
    }
}
