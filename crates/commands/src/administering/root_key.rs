//! The root key on paper: two of its three shares certify whoever sits here as an administrator. It is in memory for one directory, and kept nowhere.

use office::directory::{DirectoryEdit, VerifiedDirectory};
use office::root::{OfficeRoot, RecoverError};
use protocol::directory::{Member, Role};
use protocol::{MemberId, UnixTime};

use super::staff::without;
use crate::App;
use crate::api::{Certify, CommandError, ErrorCode, Nothing, OfficeView, RootShare};
use crate::desk::Desk;
use crate::recovering::recovery_public;

impl App {
    /// Two holders of shares make the unlocked member an administrator who signs directories: a second one beside the first, or the next one when nobody
    /// else can. In the same step the root revokes the certificate of one who is lost, without which a copy of their key could sign directories for ever.
    pub(crate) async fn certify(&self, args: Certify) -> Result<OfficeView, CommandError> {
        let instead_of = args.instead_of.map(|text| MemberId::parse(&text).ok_or(ErrorCode::NotFound)).transpose()?;
        let root = {
            let desk = self.desk();
            desk.unlocked()?;
            desk.root_from_paper(&args.shares)?
        };
        // Whoever was long away would begin from an old directory, and be refused for that only.
        self.refresh_directory().await?;
        self.publish(|desk| desk.certified(&root, instead_of, self.now())).await?;
        self.changed();
        self.office(Nothing {}).await
    }
}

impl Desk {
    /// Whether anybody has to be unlocked for it, the command decides: two shares are the permission.
    pub(crate) fn root_from_paper(&self, shares: &[RootShare]) -> Result<OfficeRoot, CommandError> {
        let texts: Vec<&str> = shares.iter().map(RootShare::expose).collect();
        OfficeRoot::recover(&texts, &self.root_key()?).map_err(wrong_shares)
    }

    /// The next directory, in which the root certified the unlocked member and revoked the other's certificates. None if that is so already.
    fn certified(&self, root: &OfficeRoot, instead_of: Option<MemberId>, now: UnixTime) -> Result<Option<DirectoryEdit>, CommandError> {
        let directory = self.directory()?;
        let own = self.unlocked()?.state()?.member;
        if instead_of == Some(own) {
            return Err(CommandError::new(ErrorCode::CannotRevokeSelf));
        }
        let signs = directory.admin_serial(&own).is_some();
        let is_lost = |member: &MemberId| directory.active_member(member).is_none() && directory.valid_serials(member).is_empty();
        let recovers = directory.recovery_key().is_some();
        if signs && recovers && instead_of.as_ref().is_none_or(|member| directory.member(member).is_some() && is_lost(member)) {
            return Ok(None);
        }
        let mut edit = DirectoryEdit::next_version(directory, now);
        if !signs {
            edit = certify(edit, directory, root, own, now)?;
        }
        if !recovers {
            // An office of before there was one.
            edit = edit.with_recovery(root.state_recovery_key(directory.office(), &recovery_public(root, directory.office())));
        }
        if let Some(lost) = instead_of {
            for serial in directory.valid_serials(&lost) {
                edit = edit.with_revocation(root.revoke(directory.office(), serial, now)).map_err(|_| CommandError::new(ErrorCode::Internal))?;
            }
            edit = without(edit, directory, lost)?;
        }
        Ok(Some(edit))
    }
}

/// Gives a member the role and the root's certificate for the key that stands in the directory.
fn certify(
    edit: DirectoryEdit,
    directory: &VerifiedDirectory,
    root: &OfficeRoot,
    member: MemberId,
    now: UnixTime,
) -> Result<DirectoryEdit, CommandError> {
    // Nobody comes back by this who was revoked: the endpoint would not hear them either.
    let row = directory.active_member(&member).ok_or(ErrorCode::Revoked)?;
    let certificate = root.certify(directory.office(), member, row.key, directory.next_serial(), now);
    let mut roles = row.roles.clone();
    roles.push(Role::Admin);
    roles.sort_unstable();
    roles.dedup();
    edit.with_member(Member { roles, ..row.clone() }).with_certificate(certificate).map_err(|_| CommandError::new(ErrorCode::Internal))
}

fn wrong_shares(error: RecoverError) -> CommandError {
    let (reason, position) = match error {
        RecoverError::Count { .. } => ("count", None),
        RecoverError::NotAShare { position } => ("no_share", Some(position)),
        RecoverError::Slip { position, .. } => ("slip", Some(position)),
        RecoverError::Twice { .. } => ("twice", None),
        RecoverError::OtherOffice { position, .. } => ("other_office", Some(position)),
        RecoverError::WrongRoot => ("wrong_root", None),
    };
    let error = CommandError::new(ErrorCode::RootShares).with("reason", reason);
    match position {
        Some(position) => error.with("position", position),
        None => error,
    }
}
