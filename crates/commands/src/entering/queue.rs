//! The clerk's queue: records without numbers, names or answers.

use protocol::api::{AssignmentsReply, Done, HoldReason, RecordState};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, HoldCode, Nothing, Queue, QueueRow, QueueState};
use crate::desk::Who;

impl App {
    /// What is assigned to the unlocked clerk, a unit's forms together.
    pub(crate) async fn queue(&self, _: Nothing) -> Result<Queue, CommandError> {
        let reply: AssignmentsReply = self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/assignments", None).await?;
        let rows = reply.assignments.iter().filter_map(|assignment| {
            let state = match assignment.state {
                RecordState::Assigned => QueueState::Assigned,
                RecordState::Opened => QueueState::Opened,
                RecordState::Held => QueueState::Held,
                RecordState::AwaitsNumber => QueueState::AwaitsNumber,
                RecordState::Waiting | RecordState::Destroyed => return None,
            };
            Some(QueueRow {
                record: assignment.record.to_string(),
                group: assignment.unit,
                unit_members: u32::from(assignment.unit_members),
                stored_at: assignment.stored_at.0,
                state,
                hold: assignment.hold.map(hold_code),
                opened_before: assignment.opened_before,
                team: assignment.team.to_string(),
            })
        });
        Ok(Queue { rows: rows.collect() })
    }
}

/// The code of a reason.
pub(super) fn hold_code(reason: HoldReason) -> HoldCode {
    match reason {
        HoldReason::KnownCustomer => HoldCode::KnownCustomer,
        HoldReason::RevokedDevice => HoldCode::RevokedDevice,
        HoldReason::Superseded => HoldCode::Superseded,
    }
}
