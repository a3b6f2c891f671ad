//! Distribution: even quotas, a unit to one clerk, nothing lost when a clerk goes.

use protocol::api::{Assignment, AssignmentsReply, DirectoryReply, RecordState, TeamCounts};
use protocol::directory::Standing;
use protocol::{MemberId, Tag};

use crate::destruction::{destroy, open};
use crate::rig::{ADMIN, CLERK, LEADER, Mailbox, SECOND_CLERK, TEAM, form, member};

/// Seconds.
const DAY: u64 = 24 * 3600;

async fn queue(mailbox: &Mailbox, clerk: MemberId) -> Vec<Assignment> {
    let reply: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    reply.assignments
}

#[tokio::test]
async fn clerks_get_even_shares() {
    let (mailbox, _) = Mailbox::founded().await;
    let forms: Vec<Vec<u8>> = (0..9).map(|_| form().bytes()).collect();
    mailbox.deliver(&forms.iter().map(Vec::as_slice).collect::<Vec<_>>()).await;
    let mut shares = [queue(&mailbox, CLERK).await.len(), queue(&mailbox, SECOND_CLERK).await.len()];
    shares.sort_unstable();
    assert_eq!(shares, [4, 5]);
}

#[tokio::test]
async fn a_units_forms_go_to_one_clerk_together() {
    let (mailbox, _) = Mailbox::founded().await;
    let unit = |tag: u8| form().with(|header| (header.unit_tag, header.unit_members) = (Tag([tag; 32]), 3));
    let interleaved = [unit(1), unit(2), unit(1), unit(2), unit(1), unit(1), unit(1)];
    mailbox.deliver(&[&interleaved[0].bytes()]).await;
    let first_clerk = if queue(&mailbox, CLERK).await.is_empty() { SECOND_CLERK } else { CLERK };
    for form in &interleaved[1..] {
        mailbox.deliver(&[&form.bytes()]).await;
        let hers: Vec<_> = queue(&mailbox, first_clerk).await.iter().map(|assignment| assignment.record).collect();
        assert!(hers.contains(&interleaved[0].record()), "a unit stays where it is, however its clerk is loaded");
    }
    let (one, other) = (queue(&mailbox, CLERK).await, queue(&mailbox, SECOND_CLERK).await);
    let (five, two) = if one.len() == 5 { (one, other) } else { (other, one) };
    assert_eq!((five.len(), two.len()), (5, 2));
    assert!(five.iter().all(|assignment| assignment.unit == five[0].unit && assignment.unit_members == 3));
    assert_ne!(five[0].unit, two[0].unit);
}

#[tokio::test]
async fn without_a_clerk_records_wait_for_a_directory_with_one() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let standing = |standing| {
        move |edit: office::directory::DirectoryEdit| {
            edit.with_member_standing(CLERK, standing).unwrap().with_member_standing(SECOND_CLERK, standing).unwrap()
        }
    };
    let none = office.next(standing(Standing::Revoked));
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &none).await.unwrap();
    mailbox.deliver(&[&form().bytes(), &form().bytes()]).await;
    let counts: TeamCounts = mailbox.client.get(&member(LEADER), &format!("/v1/teams/{TEAM}/counts")).await.unwrap();
    assert_eq!((counts.waiting, counts.assigned), (2, 0));
    let back = office.next(standing(Standing::Active));
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &back).await.unwrap();
    assert_eq!((queue(&mailbox, CLERK).await.len(), queue(&mailbox, SECOND_CLERK).await.len()), (1, 1));
}

#[tokio::test]
async fn what_a_clerk_left_goes_to_a_colleague_with_a_warning() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let forms = [form(), form()];
    mailbox.deliver(&forms.each_ref().map(|form| form.bytes()).each_ref().map(Vec::as_slice)).await;
    let hers = queue(&mailbox, CLERK).await[0].record;
    let opened = forms.iter().find(|form| form.record() == hers).unwrap();
    open(&mailbox, CLERK, opened).await.unwrap();
    let gone = office.next(|edit| edit.with_member_standing(CLERK, Standing::Revoked).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &gone).await.unwrap();
    let all = queue(&mailbox, SECOND_CLERK).await;
    assert_eq!(all.len(), 2);
    for assignment in all {
        let was_opened = assignment.record == hers;
        assert_eq!((assignment.opened_before, assignment.state), (was_opened, RecordState::Assigned));
    }
    assert!(open(&mailbox, SECOND_CLERK, opened).await.unwrap().opened_before);
}

/// From the handover on, by the directory's deadlines (3, 9, 14, 21 days): what is entered is late no more.
#[tokio::test]
async fn what_waits_too_long_is_counted_step_by_step() {
    let (mailbox, _) = Mailbox::founded().await;
    let overdue = async || {
        let counts: TeamCounts = mailbox.client.get(&member(LEADER), &format!("/v1/teams/{TEAM}/counts")).await.unwrap();
        counts.overdue.unwrap()
    };
    let old = form();
    mailbox.deliver(&[&old.bytes()]).await;
    mailbox.clock.advance(3 * DAY - 1);
    assert_eq!(overdue().await, [0, 0, 0, 0]);
    mailbox.clock.advance(1);
    mailbox.deliver(&[&form().bytes()]).await;
    assert_eq!(overdue().await, [1, 0, 0, 0]);
    mailbox.clock.advance(11 * DAY);
    assert_eq!(overdue().await, [2, 2, 1, 0]);
    let clerk = if queue(&mailbox, CLERK).await.iter().any(|row| row.record == old.record()) { CLERK } else { SECOND_CLERK };
    open(&mailbox, clerk, &old).await.unwrap();
    destroy(&mailbox, clerk, &old, old.token).await.unwrap();
    assert_eq!(overdue().await, [1, 1, 0, 0]);
}
