//! The clerk's queue: records without numbers, names or answers.

use protocol::api::{Assignment, AssignmentsReply, HoldReason, RecordState};

use crate::App;
use crate::api::{CommandError, HoldCode, Nothing, Queue, QueueRow, QueueState};
use crate::entering::problem::standing;

impl App {
    /// What is assigned to the unlocked clerk, a unit's forms together.
    pub(crate) async fn queue(&self, _: Nothing) -> Result<Queue, CommandError> {
        let mut queue = self.assignments().await?;
        let may_finish = self.sitting_without_log_fault().is_ok();
        if may_finish && self.finish_leftovers(&queue).await? {
            queue = self.assignments().await?;
        }
        if may_finish {
            self.keep_due_receipts(&queue).await;
        }
        let rows = queue.assignments.iter().filter(|row| !is_shown_with_another(row, &queue)).filter_map(|assignment| {
            let state = match assignment.state {
                _ if assignment.due.is_some() => QueueState::Entered,
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
                due: assignment.due.map(|due| due.0),
                team: self.desk().team_name(assignment.team),
                question: assignment.problem.map(standing),
            })
        });
        Ok(Queue { rows: rows.collect(), deadlines: self.desk().deadlines() })
    }
}

/// One row per form: a number is shown with its form, and what is replaced goes with its replacement.
fn is_shown_with_another(row: &Assignment, queue: &AssignmentsReply) -> bool {
    let is_here = |record| queue.assignments.iter().any(|other| other.record == record);
    let is_replaced_here = |record| queue.assignments.iter().any(|other| other.supersedes == Some(record));
    let goes_with_replacement =
        row.hold == Some(HoldReason::Superseded) && (is_replaced_here(row.record) || row.follows.is_some_and(is_replaced_here));
    match row.follows {
        _ if goes_with_replacement => true,
        // It is destroyed right after its form.
        Some(_) if row.due.is_some() => true,
        // Its form is not here yet, and nobody opened it: there is nothing to do.
        Some(form) => (is_here(form) && row.hold.is_none()) || (!is_here(form) && row.state == RecordState::Assigned),
        None => false,
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
