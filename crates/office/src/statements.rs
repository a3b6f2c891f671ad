//! Statements: what members say under their own key, stored and handed out by the endpoint, which cannot change a word.

use minicbor::{Decode, Encode};
use protocol::api::{RecordStatement, ReplacedStatement};
use protocol::directory::{Role, Standing};
use protocol::enrolment::{PrekeyStatement, SignedStatement, TeamKeyStatement};
use protocol::{Context, MemberId, OfficeId, from_cbor, to_cbor};

use crate::directory::VerifiedDirectory;
use crate::keys::{self, SigningSecret};

/// Bytes of an encoded statement, at most: a post-quantum public key and fixed fields.
const MAX_STATEMENT: usize = 4096;

/// A kind of statement. What each must fulfil beyond its signature stands in one place: here.
pub trait Statement: Encode<()> + for<'b> Decode<'b, ()> {
    /// Whether it may be made under this context.
    fn belongs_under(context: Context) -> bool;
    /// Its format version.
    fn version(&self) -> u8;
    /// The member in whose name it speaks.
    fn author(&self) -> MemberId;
    /// The office it names, if it names one.
    fn office(&self) -> Option<OfficeId>;
    /// Whether the author may make it, as this directory says.
    fn is_permitted(&self, directory: &VerifiedDirectory) -> bool;
}

impl Statement for TeamKeyStatement {
    fn belongs_under(context: Context) -> bool {
        context == Context::TeamKeyV1
    }
    fn version(&self) -> u8 {
        self.version
    }
    fn author(&self) -> MemberId {
        self.made_by
    }
    fn office(&self) -> Option<OfficeId> {
        Some(self.office)
    }
    fn is_permitted(&self, directory: &VerifiedDirectory) -> bool {
        directory.has_role_in(&self.made_by, Role::Clerk, &self.team)
    }
}

impl Statement for PrekeyStatement {
    fn belongs_under(context: Context) -> bool {
        context == Context::PrekeyV1
    }
    fn version(&self) -> u8 {
        self.version
    }
    fn author(&self) -> MemberId {
        self.member
    }
    fn office(&self) -> Option<OfficeId> {
        Some(self.office)
    }
    fn is_permitted(&self, directory: &VerifiedDirectory) -> bool {
        directory.has_role_in(&self.member, Role::Clerk, &self.team)
    }
}

impl Statement for RecordStatement {
    fn belongs_under(context: Context) -> bool {
        matches!(context, Context::AcceptedV1 | Context::EnteredV1 | Context::DiscardedV1)
    }
    fn version(&self) -> u8 {
        self.version
    }
    fn author(&self) -> MemberId {
        self.clerk
    }
    fn office(&self) -> Option<OfficeId> {
        None
    }
    fn is_permitted(&self, directory: &VerifiedDirectory) -> bool {
        directory.has_role(&self.clerk, Role::Clerk)
    }
}

impl Statement for ReplacedStatement {
    fn belongs_under(context: Context) -> bool {
        context == Context::ReplacedV1
    }
    fn version(&self) -> u8 {
        self.version
    }
    fn author(&self) -> MemberId {
        self.clerk
    }
    fn office(&self) -> Option<OfficeId> {
        None
    }
    fn is_permitted(&self, directory: &VerifiedDirectory) -> bool {
        directory.has_role(&self.clerk, Role::Clerk)
    }
}

/// Why a statement does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// The directory has no such member.
    #[error("signer unknown")]
    UnknownSigner,
    /// The signer was revoked.
    #[error("signer revoked")]
    Revoked,
    /// The signature does not count for this statement and context.
    #[error("statement's signature does not verify")]
    BadSignature,
    /// The bytes are no such statement, or of another format version.
    #[error("statement malformed")]
    Malformed,
    /// This kind of statement is not made under this context.
    #[error("statement under another context")]
    WrongContext,
    /// It speaks in the name of somebody else, or for another office.
    #[error("statement of somebody else")]
    NotTheSigners,
    /// The signer has not the role, or works for another team.
    #[error("signer may not state this")]
    NotPermitted,
}

/// Signs a statement of `signer`.
#[must_use]
pub fn sign<T: Statement>(context: Context, statement: &T, signer: MemberId, secret: &SigningSecret) -> SignedStatement {
    let body = to_cbor(statement);
    SignedStatement { signature: secret.sign(context, &body), body: body.into(), signer }
}

/// What was stated: by an active member of this directory, in the own name, and permitted to.
///
/// # Errors
/// [`StatementError`].
pub fn verify<T: Statement>(context: Context, signed: &SignedStatement, directory: &VerifiedDirectory) -> Result<T, StatementError> {
    if !T::belongs_under(context) {
        return Err(StatementError::WrongContext);
    }
    let member = directory.member(&signed.signer).ok_or(StatementError::UnknownSigner)?;
    if member.standing == Standing::Revoked {
        return Err(StatementError::Revoked);
    }
    let statement: T = verify_signature(context, signed, directory)?;
    if statement.is_permitted(directory) { Ok(statement) } else { Err(StatementError::NotPermitted) }
}

/// What was stated at some time: by a member of this directory in the own name, who may have left or have another task by now. Whether they were permitted to, the
/// endpoint verified when it took it.
///
/// # Errors
/// [`StatementError`].
pub fn verify_earlier<T: Statement>(context: Context, signed: &SignedStatement, directory: &VerifiedDirectory) -> Result<T, StatementError> {
    if T::belongs_under(context) { verify_signature(context, signed, directory) } else { Err(StatementError::WrongContext) }
}

fn verify_signature<T: Statement>(context: Context, signed: &SignedStatement, directory: &VerifiedDirectory) -> Result<T, StatementError> {
    let member = directory.member(&signed.signer).ok_or(StatementError::UnknownSigner)?;
    keys::verify(&member.key, context, &signed.body, &signed.signature).map_err(|_| StatementError::BadSignature)?;
    let statement: T = from_cbor(&signed.body, MAX_STATEMENT).map_err(|_| StatementError::Malformed)?;
    if statement.version() != 1 {
        return Err(StatementError::Malformed);
    }
    if statement.author() != signed.signer || statement.office().is_some_and(|office| office != directory.office()) {
        return Err(StatementError::NotTheSigners);
    }
    Ok(statement)
}

#[cfg(test)]
mod tests {
    use protocol::{Digest, RecordId, UnixTime};

    use super::*;
    use crate::example::{ADMIN, CLERK, LEADER, OTHER_TEAM, Office, TEAM, seed};

    fn entered(clerk: MemberId) -> RecordStatement {
        RecordStatement { version: 1, record: RecordId([1; 16]), digest: Digest([2; 32]), clerk, at: UnixTime(1) }
    }

    fn team_key(office: &Office) -> TeamKeyStatement {
        let public_key = vec![3; 1665].into();
        TeamKeyStatement { version: 1, office: office.pin.office, team: TEAM, epoch: 2, public_key, made_by: CLERK, at: UnixTime(1) }
    }

    #[test]
    fn a_clerks_statement_comes_back_as_made() {
        let office = Office::new();
        let directory = office.second();
        let signed = sign(Context::EnteredV1, &entered(CLERK), CLERK, &seed(CLERK));
        assert_eq!(verify(Context::EnteredV1, &signed, &directory), Ok(entered(CLERK)));
        let signed = sign(Context::TeamKeyV1, &team_key(&office), CLERK, &seed(CLERK));
        assert_eq!(verify(Context::TeamKeyV1, &signed, &directory), Ok(team_key(&office)));
    }

    /// ACCEPTED says "readable"; nobody may turn it into "entered, destroy it".
    #[test]
    fn a_statement_does_not_count_under_another_context() {
        let directory = Office::new().second();
        let accepted = sign(Context::AcceptedV1, &entered(CLERK), CLERK, &seed(CLERK));
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &accepted, &directory), Err(StatementError::BadSignature));
        assert_eq!(verify::<RecordStatement>(Context::TeamKeyV1, &accepted, &directory), Err(StatementError::WrongContext));
        assert_eq!(verify::<TeamKeyStatement>(Context::AcceptedV1, &accepted, &directory), Err(StatementError::WrongContext));
    }

    #[test]
    fn an_endpoint_cannot_state_for_a_clerk() {
        let directory = Office::new().second();
        let forged = sign(Context::EnteredV1, &entered(CLERK), CLERK, &SigningSecret::make());
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &forged, &directory), Err(StatementError::BadSignature));
        let unknown = MemberId([0xee; 16]);
        let stranger = sign(Context::EnteredV1, &entered(unknown), unknown, &SigningSecret::make());
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &stranger, &directory), Err(StatementError::UnknownSigner));
    }

    #[test]
    fn nobody_speaks_for_a_colleague_or_beyond_the_own_role() {
        let office = Office::new();
        let directory = office.second();
        let in_anothers_name = sign(Context::EnteredV1, &entered(CLERK), ADMIN, &seed(ADMIN));
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &in_anothers_name, &directory), Err(StatementError::NotTheSigners));
        let by_admin = sign(Context::EnteredV1, &entered(ADMIN), ADMIN, &seed(ADMIN));
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &by_admin, &directory), Err(StatementError::NotPermitted));
        let other_team = TeamKeyStatement { team: protocol::TeamId([0xee; 16]), ..team_key(&office) };
        let signed = sign(Context::TeamKeyV1, &other_team, CLERK, &seed(CLERK));
        assert_eq!(verify::<TeamKeyStatement>(Context::TeamKeyV1, &signed, &directory), Err(StatementError::NotPermitted));
        let other_office = TeamKeyStatement { office: OfficeId([0xee; 16]), ..team_key(&office) };
        let signed = sign(Context::TeamKeyV1, &other_office, CLERK, &seed(CLERK));
        assert_eq!(verify::<TeamKeyStatement>(Context::TeamKeyV1, &signed, &directory), Err(StatementError::NotTheSigners));
    }

    /// A team's key is sealed to prekeys: one of a stranger to the team would let the stranger read.
    #[test]
    fn a_prekey_is_a_clerks_of_that_team() {
        let office = Office::new();
        let prekey = |member, team| PrekeyStatement {
            version: 1,
            office: office.pin.office,
            member,
            prekey: protocol::PrekeyId([1; 16]),
            team,
            epoch: 1,
            public_key: vec![3; 1665].into(),
            at: UnixTime(1),
        };
        let outcome = |member, team| {
            let signed = sign(Context::PrekeyV1, &prekey(member, team), member, &seed(member));
            verify::<PrekeyStatement>(Context::PrekeyV1, &signed, &office.second()).map(|statement| statement.member)
        };
        assert_eq!(outcome(CLERK, TEAM), Ok(CLERK));
        assert_eq!(outcome(CLERK, OTHER_TEAM), Err(StatementError::NotPermitted));
        for stranger in [ADMIN, LEADER] {
            assert_eq!(outcome(stranger, TEAM), Err(StatementError::NotPermitted));
        }
    }

    #[test]
    fn a_revoked_clerk_and_another_version_do_not_count() {
        let office = Office::new();
        let revoked = office.next(&office.second(), |edit| edit.with_member_standing(CLERK, Standing::Revoked).unwrap());
        let signed = sign(Context::EnteredV1, &entered(CLERK), CLERK, &seed(CLERK));
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &signed, &revoked), Err(StatementError::Revoked));
        let later = RecordStatement { version: 2, ..entered(CLERK) };
        let signed = sign(Context::EnteredV1, &later, CLERK, &seed(CLERK));
        assert_eq!(verify::<RecordStatement>(Context::EnteredV1, &signed, &office.second()), Err(StatementError::Malformed));
    }
}
