//! Who may do what: asks the one table in `office::roles`, and words its answers as problems.

use office::requests::KeyId;
use office::roles::{self, Denied, Permission};
use protocol::directory::Standing;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, MemberId, TeamId};

use super::call::Call;
use super::problem::Problem;

impl Call {
    /// Somebody whom the directory lists, rather than one whose enrolment still waits.
    fn demand_admitted(&self) -> Result<(), Problem> {
        if self.pending { Err(ProblemCode::EnrolmentPending.into()) } else { Ok(()) }
    }

    fn demand_permission(&self, permission: Permission, team: Option<TeamId>) -> Result<(), Problem> {
        self.demand_admitted()?;
        roles::may(&self.founded.directory, &self.key_id, permission, team).map_err(|denied| match denied {
            Denied::Revoked => ProblemCode::Revoked.into(),
            Denied::NotAllowed | Denied::Unknown => ProblemCode::Forbidden.into(),
        })
    }

    /// The member who signed, if permitted.
    pub(crate) fn demand(&self, permission: Permission, team: Option<TeamId>) -> Result<MemberId, Problem> {
        self.demand_permission(permission, team)?;
        let KeyId::Member(member) = self.key_id else { return Err(ProblemCode::Forbidden.into()) };
        Ok(member)
    }

    /// The newest directory is for everybody in it, also for a revoked device: it must learn the keys to deliver what it holds. A revoked member gets
    /// nothing any more.
    pub(crate) fn demand_reader(&self) -> Result<(), Problem> {
        self.demand_admitted()?;
        let KeyId::Member(member) = self.key_id else { return Ok(()) };
        let revoked = self.founded.directory.active_member(&member).is_none();
        if revoked { Err(ProblemCode::Revoked.into()) } else { Ok(()) }
    }

    /// An active member of whatever role: what they say decides whether it counts.
    pub(crate) fn demand_member(&self) -> Result<(), Problem> {
        self.demand_reader()?;
        let KeyId::Device(device) = self.key_id else { return Ok(()) };
        let row = self.founded.directory.device(&device).ok_or(ProblemCode::Forbidden)?;
        if row.standing == Standing::Revoked { Err(ProblemCode::Revoked.into()) } else { Err(ProblemCode::Forbidden.into()) }
    }

    /// The device that delivers; and whether it was revoked: then a clerk decides about what it brings.
    pub(crate) fn demand_device(&self) -> Result<(DeviceId, bool), Problem> {
        self.demand_permission(Permission::Deliver, None)?;
        let KeyId::Device(device) = self.key_id else { return Err(ProblemCode::Forbidden.into()) };
        let row = self.founded.directory.device(&device).ok_or(ProblemCode::Forbidden)?;
        Ok((device, row.standing == Standing::Revoked))
    }
}
