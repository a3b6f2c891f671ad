//! A clerk's team keys and prekeys: private halves as items under the clerk's key. Destroying an epoch destroys these.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use protocol::directory::EpochState;
use protocol::envelope::Envelope;
use protocol::{PrekeyId, TeamId, to_cbor};
use sealing::{OpenError, OpenedForm, TeamSecretKey};
use vault::{ItemId, ItemKind};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Desk;
use crate::api::{CommandError, ErrorCode};

/// A team key.
#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
pub struct TeamKeyItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The team.
    #[n(1)]
    #[zeroize(skip)]
    pub team: TeamId,
    /// Which key of the team.
    #[n(2)]
    pub epoch: u32,
    /// The private half.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub seed: [u8; 32],
    /// The public half.
    #[n(4)]
    #[zeroize(skip)]
    pub public: ByteVec,
}

/// A prekey.
#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
pub struct PrekeyItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// For which team.
    #[n(1)]
    #[zeroize(skip)]
    pub team: TeamId,
    /// For which key of it.
    #[n(2)]
    pub epoch: u32,
    /// Its name.
    #[n(3)]
    #[zeroize(skip)]
    pub prekey: PrekeyId,
    /// The private half.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub seed: [u8; 32],
    /// The public half.
    #[n(5)]
    #[zeroize(skip)]
    pub public: ByteVec,
    /// Whether the endpoint has the public half.
    #[n(6)]
    pub announced: bool,
}

impl Desk {
    /// The unlocked clerk's copy of a team key. Of two for the same epoch (two clerks began at once) the one the directory names counts.
    pub fn team_key(&self, team: TeamId, epoch: u32) -> Result<Option<TeamKeyItem>, CommandError> {
        let named = self.directory()?.key_epoch(&team, epoch).map(|key| key.public_key.clone());
        let items = self.unlocked()?.items::<TeamKeyItem>(ItemKind::TeamKey, "team_key")?;
        let fits = |item: &TeamKeyItem| item.team == team && item.epoch == epoch && named.as_ref().is_none_or(|public| *public == item.public);
        Ok(items.into_iter().map(|(_, item)| item).find(fits))
    }

    /// Keeps a team key.
    pub fn save_team_key(&mut self, item: &TeamKeyItem) -> Result<(), CommandError> {
        let bytes = zeroize::Zeroizing::new(to_cbor(item));
        Ok(self.unlocked()?.session.put(ItemKind::TeamKey, ItemId::make(), &bytes)?)
    }

    /// The unlocked clerk's prekey for a team key.
    pub fn prekey(&self, team: TeamId, epoch: u32) -> Result<Option<PrekeyItem>, CommandError> {
        let items = self.unlocked()?.items::<PrekeyItem>(ItemKind::Prekey, "prekey")?;
        Ok(items.into_iter().map(|(_, item)| item).find(|item| item.team == team && item.epoch == epoch))
    }

    /// Keeps a prekey; the item has the prekey's name.
    pub fn save_prekey(&mut self, item: &PrekeyItem) -> Result<(), CommandError> {
        let bytes = zeroize::Zeroizing::new(to_cbor(item));
        Ok(self.unlocked()?.session.put(ItemKind::Prekey, ItemId(*item.prekey.as_bytes()), &bytes)?)
    }

    /// Drops a prekey that is of no use; the next one has another name.
    pub fn forget_prekey(&self, item: &PrekeyItem) -> Result<(), CommandError> {
        self.unlocked()?.session.remove(ItemId(*item.prekey.as_bytes()))?;
        Ok(())
    }

    /// Destroys the private halves of keys that the directory calls destroyed, for good; drops what this clerk made for an epoch for which a colleague's key
    /// was taken.
    pub fn forget_ended_keys(&mut self, team: TeamId) -> Result<(), CommandError> {
        let directory = self.directory()?;
        let is_destroyed = |epoch: u32| directory.key_epoch(&team, epoch).is_some_and(|key| key.state == EpochState::Destroyed);
        let is_another = |item: &TeamKeyItem| directory.key_epoch(&team, item.epoch).is_some_and(|key| key.public_key != item.public);
        let keys = self.unlocked()?.items::<TeamKeyItem>(ItemKind::TeamKey, "team_key")?;
        let prekeys = self.unlocked()?.items::<PrekeyItem>(ItemKind::Prekey, "prekey")?;
        let ended_keys =
            keys.iter().filter(|(_, item)| item.team == team && (is_destroyed(item.epoch) || is_another(item))).map(|(id, _)| ItemId(*id));
        let ended_prekeys = prekeys.iter().filter(|(_, item)| item.team == team && is_destroyed(item.epoch)).map(|(id, _)| ItemId(*id));
        let doomed: Vec<ItemId> = ended_keys.chain(ended_prekeys).collect();
        if !doomed.is_empty() {
            self.unlocked_mut()?.session.shred(&doomed, &[])?;
        }
        Ok(())
    }

    /// Opens an envelope with the key of its team and epoch, and verifies its author against the directory.
    pub fn open_envelope(&self, bytes: &[u8]) -> Result<OpenedForm, CommandError> {
        let cannot = || CommandError::new(ErrorCode::CannotOpen);
        let (team, epoch) = Envelope::decode(bytes).and_then(|envelope| envelope.key()).map_err(|_| cannot())?;
        let key = self.team_key(team, epoch)?.ok_or(ErrorCode::KeyShareMissing)?;
        let directory = self.directory()?;
        let form = sealing::open(bytes, &TeamSecretKey::from_seed(key.seed)).map_err(|_| cannot())?;
        // Whatever became of them since: they must be somebody who collects forms, or did.
        let author_key = |author| directory.member(&author).filter(|member| member.is_author()).map(|member| member.key);
        let clerk_key = |clerk| directory.member(&clerk).map(|member| member.key);
        form.verify_and_unwrap(author_key, clerk_key).map_err(|error| match error {
            OpenError::UnknownAuthor { .. } | OpenError::AuthorSignature { .. } => CommandError::new(ErrorCode::AuthorInvalid),
            _ => cannot(),
        })
    }
}
