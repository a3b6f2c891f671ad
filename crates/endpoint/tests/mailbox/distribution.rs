//! Distribution: by quotas or by hand, a unit to one clerk, nothing lost when a clerk goes, is absent, or does not come.

use std::time::Duration;

use clock::Clock;
use endpoint::config::Config;
use protocol::api::{
    Assignment, AssignmentsReply, ClerkSetting, ClerkShare, DestroyRequest, DirectoryReply, DistributionReply, DistributionRequest, FormEnd,
    MoveReply, MoveRequest, ReceiptReply, RecordState, TeamCounts,
};
use protocol::directory::Standing;
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, Tag, UnixTime};

use crate::destruction::{destroy, open, statement};
use crate::grace::enter;
use crate::rig::{ADMIN, CLERK, Form, LEADER, Mailbox, REVOKED_CLERK, SECOND_CLERK, TEAM, form, member};

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
    // Nobody's work returns meanwhile.
    let (mailbox, _) = Mailbox::founded_with(Config { lease_days: 90, ..Config::default() }).await;
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

/// As the leader of [`TEAM`].
async fn distribution(mailbox: &Mailbox) -> DistributionReply {
    mailbox.client.get(&member(LEADER), &format!("/v1/teams/{TEAM}/distribution")).await.unwrap()
}

async fn set(mailbox: &Mailbox, by_hand: Option<bool>, clerks: &[(MemberId, u8, Option<UnixTime>)]) -> Result<DistributionReply, ProblemCode> {
    let clerks = clerks.iter().map(|(clerk, weight, absent_until)| ClerkSetting { clerk: *clerk, weight: *weight, absent_until: *absent_until });
    let request = DistributionRequest { by_hand, clerks: clerks.collect() };
    mailbox.client.post(&member(LEADER), &format!("/v1/teams/{TEAM}/distribution"), &request).await
}

async fn move_units(mailbox: &Mailbox, from: Option<MemberId>, to: Option<MemberId>, units: u32) -> Result<u32, ProblemCode> {
    let request = MoveRequest { from, to, units };
    let reply: MoveReply = mailbox.client.post(&member(LEADER), &format!("/v1/teams/{TEAM}/moves"), &request).await?;
    Ok(reply.units)
}

async fn undo(mailbox: &Mailbox) -> Result<u32, ProblemCode> {
    let reply: MoveReply = mailbox.client.delete(&member(LEADER), &format!("/v1/teams/{TEAM}/moves")).await?;
    Ok(reply.units)
}

/// Forms of persons who are each a unit of their own, in this order.
async fn delivered_units(mailbox: &Mailbox, count: usize) -> Vec<Form> {
    let forms: Vec<Form> = (0..count).map(|_| form()).collect();
    for form in &forms {
        mailbox.deliver(&[&form.bytes()]).await;
    }
    forms
}

async fn shares(mailbox: &Mailbox) -> (usize, usize) {
    (queue(mailbox, CLERK).await.len(), queue(mailbox, SECOND_CLERK).await.len())
}

fn of(reply: &DistributionReply, clerk: MemberId) -> &ClerkShare {
    reply.clerks.iter().find(|share| share.clerk == clerk).unwrap()
}

/// The endpoint looks every other second.
pub async fn round() {
    tokio::time::sleep(Duration::from_millis(2_600)).await;
}

#[tokio::test]
async fn a_clerks_share_follows_the_weight_that_the_leader_set() {
    let (mut mailbox, _) = Mailbox::founded().await;
    let reply = set(&mailbox, None, &[(CLERK, 30, None), (SECOND_CLERK, 90, None)]).await.unwrap();
    assert_eq!((of(&reply, CLERK).weight, of(&reply, SECOND_CLERK).weight), (30, 90));
    assert_eq!(reply.changed.unwrap().by, LEADER);
    for units in 1..=12 {
        delivered_units(&mailbox, 1).await;
        let (one, other) = shares(&mailbox).await;
        assert_eq!(one + other, units);
        assert!((one as f64 - units as f64 / 4.0).abs() < 1.0, "{one} of {units}");
    }
    mailbox.restart().await;
    delivered_units(&mailbox, 4).await;
    assert_eq!(shares(&mailbox).await, (4, 12), "kept over a restart");
    set(&mailbox, None, &[(SECOND_CLERK, 0, None)]).await.unwrap();
    delivered_units(&mailbox, 3).await;
    assert_eq!(shares(&mailbox).await, (7, 12), "nothing new, and what she has stays");
    for (clerk, weight) in [(CLERK, 101), (REVOKED_CLERK, 50), (LEADER, 50)] {
        let refused = set(&mailbox, Some(true), &[(SECOND_CLERK, 100, None), (clerk, weight, None)]).await.unwrap_err();
        assert_eq!(refused, if clerk == CLERK { ProblemCode::Malformed } else { ProblemCode::NotFound });
    }
    let after = distribution(&mailbox).await;
    assert_eq!((after.by_hand, of(&after, SECOND_CLERK).weight), (false, 0), "refused as a whole");
}

#[tokio::test]
async fn what_an_absent_clerk_had_goes_to_her_colleague_with_a_warning() {
    let (mailbox, _) = Mailbox::founded().await;
    let forms = delivered_units(&mailbox, 4).await;
    let hers: Vec<_> = queue(&mailbox, CLERK).await.iter().map(|row| row.record).collect();
    let mut hers = forms.iter().filter(|form| hers.contains(&form.record()));
    let (confirmed, opened) = (hers.next().unwrap(), hers.next().unwrap());
    open(&mailbox, CLERK, confirmed).await.unwrap();
    enter(&mailbox, CLERK, confirmed).await.unwrap();
    open(&mailbox, CLERK, opened).await.unwrap();

    let back = mailbox.clock.now().plus(3 * DAY);
    let reply = set(&mailbox, None, &[(CLERK, 100, Some(back))]).await.unwrap();
    assert_eq!((of(&reply, CLERK).absent_until, of(&reply, CLERK).pile.units), (Some(back), 1), "what she is confirming stays");
    assert_eq!(of(&reply, SECOND_CLERK).pile.units, 3);
    let next = open(&mailbox, SECOND_CLERK, opened).await.unwrap();
    assert!(next.opened_before, "möglicherweise schon erfasst");
    assert_eq!(enter(&mailbox, CLERK, opened).await.unwrap_err(), ProblemCode::NotFound, "not hers any more");
    delivered_units(&mailbox, 3).await;
    assert_eq!(shares(&mailbox).await, (1, 6));
    let destroyed = async || mailbox.client.get::<ReceiptReply>(&member(CLERK), &confirmed.path("destruction")).await;
    mailbox.clock.advance(901);
    round().await;
    destroyed().await.expect("her word counts, absent or not");

    mailbox.clock.advance(3 * DAY);
    queue(&mailbox, CLERK).await;
    delivered_units(&mailbox, 2).await;
    assert_eq!(shares(&mailbox).await, (1, 7), "back: from now on half, and nothing to catch up on");
    destroyed().await.expect("and later still");
}

#[tokio::test]
async fn while_everybody_is_absent_work_stays_where_it_is() {
    let (mailbox, _) = Mailbox::founded().await;
    delivered_units(&mailbox, 2).await;
    let until = Some(mailbox.clock.now().plus(DAY));
    set(&mailbox, None, &[(CLERK, 100, until), (SECOND_CLERK, 100, until)]).await.unwrap();
    delivered_units(&mailbox, 3).await;
    let reply = distribution(&mailbox).await;
    assert_eq!((of(&reply, CLERK).pile.units, of(&reply, SECOND_CLERK).pile.units), (1, 1));
    assert_eq!((reply.unassigned.units, reply.unassigned.waiting), (3, 3));
    assert_eq!(reply.unassigned.oldest, Some(mailbox.clock.now()));
    assert_eq!(move_units(&mailbox, None, None, 1).await.unwrap_err(), ProblemCode::Conflict, "nobody could take it");
    assert_eq!(move_units(&mailbox, None, Some(CLERK), 1).await.unwrap_err(), ProblemCode::Conflict);
    mailbox.clock.advance(DAY);
    round().await;
    let (one, other) = shares(&mailbox).await;
    assert_eq!((one + other, one.abs_diff(other)), (5, 1), "the day they are back it is theirs, without anybody's doing");
}

#[tokio::test]
async fn work_of_a_clerk_who_does_not_come_returns_when_her_lease_is_over_also_after_a_restart() {
    let (mut mailbox, _) = Mailbox::founded().await;
    let forms = delivered_units(&mailbox, 4).await;
    assert_eq!(shares(&mailbox).await, (2, 2));
    mailbox.clock.advance(6 * DAY);
    assert_eq!(queue(&mailbox, CLERK).await.len(), 2, "she looks: her lease begins anew");
    mailbox.stop().await;
    mailbox.clock.advance(DAY);
    mailbox.restart().await;
    round().await;
    let reply = distribution(&mailbox).await;
    assert_eq!((of(&reply, CLERK).pile.units, of(&reply, SECOND_CLERK).pile.units), (4, 0), "however old, hers stays hers");
    assert_eq!((of(&reply, CLERK).lapsed, of(&reply, SECOND_CLERK).lapsed), (false, true));
    delivered_units(&mailbox, 1).await;
    assert_eq!(of(&distribution(&mailbox).await, CLERK).pile.units, 5);

    mailbox.clock.advance(8 * DAY);
    round().await;
    assert_eq!(of(&distribution(&mailbox).await, CLERK).pile.units, 5, "nothing is taken while nobody else is there");
    assert_eq!(queue(&mailbox, SECOND_CLERK).await.len(), 0);
    round().await;
    assert_eq!(of(&distribution(&mailbox).await, CLERK).pile.units, 5, "nobody was here: the day is hers as well");
    mailbox.clock.advance(DAY + 3600);
    round().await;
    assert_eq!(of(&distribution(&mailbox).await, SECOND_CLERK).pile.units, 5, "now there is somebody");
    open(&mailbox, SECOND_CLERK, &forms[0]).await.unwrap();
}

/// Between the years, say: who is back first does not find everybody's work on her desk.
#[tokio::test]
async fn after_a_time_in_which_nobody_was_here_everybody_has_a_day_to_come_back() {
    let (mailbox, mut office) = Mailbox::founded().await;
    delivered_units(&mailbox, 4).await;
    mailbox.clock.advance(10 * DAY);
    round().await;
    assert_eq!(queue(&mailbox, CLERK).await.len(), 2);
    mailbox.clock.advance(DAY - 1);
    round().await;
    assert_eq!(queue(&mailbox, SECOND_CLERK).await.len(), 2, "hers, the next morning");
    round().await;
    assert_eq!(shares(&mailbox).await, (2, 2));

    mailbox.clock.advance(10 * DAY);
    let newcomer = MemberId([0x41; 16]);
    let joins = office.next(|edit| {
        let known = edit.preview().members.iter().find(|known| known.member == CLERK).unwrap().clone();
        edit.with_member(protocol::directory::Member { member: newcomer, key: crate::rig::secret(newcomer.0).public_key(), ..known })
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &joins).await.unwrap();
    delivered_units(&mailbox, 1).await;
    round().await;
    let piles = async || {
        let reply = distribution(&mailbox).await;
        [CLERK, SECOND_CLERK, newcomer].map(|clerk| of(&reply, clerk).pile.units)
    };
    let [one, other, new] = piles().await;
    assert_eq!((one + other + new, one.min(other)), (5, 2), "who joins meanwhile takes nobody's work either");
    mailbox.clock.advance(2 * DAY);
    round().await;
    assert_eq!(piles().await, [0, 0, 5], "who does not come back loses it as ever");
}

#[tokio::test]
async fn whom_the_leader_gives_work_is_counted_on_however_long_she_was_away() {
    let (mailbox, _) = Mailbox::founded().await;
    delivered_units(&mailbox, 4).await;
    mailbox.clock.advance(6 * DAY);
    queue(&mailbox, CLERK).await;
    // The lease began with the hour.
    mailbox.clock.advance(DAY - 900);
    assert_eq!(move_units(&mailbox, Some(SECOND_CLERK), Some(CLERK), 9).await.unwrap(), 2);
    mailbox.clock.advance(200);
    round().await;
    assert!(of(&distribution(&mailbox).await, SECOND_CLERK).lapsed);
    assert_eq!(undo(&mailbox).await.unwrap(), 2);
    round().await;
    let reply = distribution(&mailbox).await;
    assert_eq!((of(&reply, SECOND_CLERK).pile.units, of(&reply, SECOND_CLERK).lapsed), (2, false), "taken back, it stays taken back");

    mailbox.clock.advance(5 * DAY);
    queue(&mailbox, CLERK).await;
    mailbox.clock.advance(3 * DAY);
    round().await;
    assert_eq!(of(&distribution(&mailbox).await, CLERK).pile.units, 4);
    assert_eq!(move_units(&mailbox, Some(CLERK), Some(SECOND_CLERK), 1).await.unwrap(), 1);
    mailbox.clock.advance(6 * DAY);
    queue(&mailbox, CLERK).await;
    round().await;
    assert_eq!(of(&distribution(&mailbox).await, SECOND_CLERK).pile.units, 1, "for a lease");
    mailbox.clock.advance(DAY);
    round().await;
    assert_eq!(of(&distribution(&mailbox).await, SECOND_CLERK).pile.units, 0, "and no longer");
}

/// One after another, as who works through a pile by hand does it.
#[tokio::test]
async fn ten_portions_of_one_are_shared_as_one_portion_of_ten() {
    let (mailbox, _) = Mailbox::founded().await;
    set(&mailbox, Some(true), &[(CLERK, 25, None), (SECOND_CLERK, 75, None)]).await.unwrap();
    delivered_units(&mailbox, 11).await;
    assert_eq!(move_units(&mailbox, None, None, 1).await.unwrap(), 1);
    assert_eq!(undo(&mailbox).await.unwrap(), 1, "which counts for nobody");
    for units in 1..=10 {
        assert_eq!(move_units(&mailbox, None, None, 1).await.unwrap(), 1);
        let (one, other) = shares(&mailbox).await;
        assert_eq!(one + other, units);
        assert!((one as f64 - units as f64 / 4.0).abs() < 1.0, "{one} of {units}");
    }
}

#[tokio::test]
async fn a_number_whose_form_is_gone_says_so_to_whoever_has_it_and_can_be_discarded() {
    let (mailbox, _) = Mailbox::founded().await;
    let newborn = form().with(|header| header.awaits_number = true);
    let number = || form().with(|header| header.follows = Some(newborn.record()));
    let (first, late) = (number(), number());
    mailbox.deliver(&[&newborn.bytes(), &first.bytes()]).await;
    let (clerk, other) = if queue(&mailbox, CLERK).await.is_empty() { (SECOND_CLERK, CLERK) } else { (CLERK, SECOND_CLERK) };
    let row = async |who, form: &Form| queue(&mailbox, who).await.into_iter().find(|row| row.record == form.record()).unwrap();
    let discard = async |who, form: &Form| {
        let request = DestroyRequest { statement: statement(Context::DiscardedV1, who, form), token: form.token };
        mailbox.client.post::<ReceiptReply>(&member(who), &form.path("discarding"), &request).await
    };
    open(&mailbox, clerk, &newborn).await.unwrap();
    open(&mailbox, clerk, &first).await.unwrap();
    assert_eq!(row(clerk, &first).await.form_end, None, "it is there");
    assert_eq!(discard(clerk, &first).await.unwrap_err(), ProblemCode::Conflict);
    // Her app is killed between form and number, and then the leader moves what she has.
    destroy(&mailbox, clerk, &newborn, newborn.token).await.unwrap();
    assert_eq!(row(clerk, &first).await.form_end, Some(FormEnd::Entered));
    assert_eq!(move_units(&mailbox, Some(clerk), Some(other), 9).await.unwrap(), 1);
    let moved = row(other, &first).await;
    assert_eq!((moved.state, moved.form_end), (RecordState::Assigned, Some(FormEnd::Entered)));
    mailbox.deliver(&[&late.bytes()]).await;
    let held = row(other, &late).await;
    assert_eq!((held.state, held.form_end), (RecordState::Held, Some(FormEnd::Entered)));
    for number in [&first, &late] {
        open(&mailbox, other, number).await.unwrap();
        discard(other, number).await.unwrap();
    }
    assert_eq!(shares(&mailbox).await, (0, 0));
}

#[tokio::test]
async fn by_hand_units_wait_for_the_leader_who_can_take_a_move_back() {
    let (mailbox, _) = Mailbox::founded().await;
    set(&mailbox, Some(true), &[]).await.unwrap();
    let forms = delivered_units(&mailbox, 1).await;
    mailbox.clock.advance(60);
    delivered_units(&mailbox, 4).await;
    let reply = distribution(&mailbox).await;
    assert_eq!((reply.by_hand, reply.unassigned.units, reply.undo), (true, 5, None));
    assert_eq!(undo(&mailbox).await.unwrap_err(), ProblemCode::Conflict, "nothing to undo");
    assert_eq!(move_units(&mailbox, None, Some(CLERK), 0).await.unwrap_err(), ProblemCode::Malformed);
    assert_eq!(move_units(&mailbox, None, Some(LEADER), 1).await.unwrap_err(), ProblemCode::NotFound);
    assert_eq!(move_units(&mailbox, None, Some(CLERK), 2).await.unwrap(), 2);
    let hers = queue(&mailbox, CLERK).await;
    assert!(hers.iter().any(|row| row.record == forms[0].record()), "the oldest first");
    let undoable = distribution(&mailbox).await.undo.unwrap();
    assert_eq!((undoable.units, undoable.until), (2, mailbox.clock.now().plus(900)));
    assert_eq!(undo(&mailbox).await.unwrap(), 2);
    assert_eq!((shares(&mailbox).await, distribution(&mailbox).await.unassigned.units), ((0, 0), 5));
    assert_eq!(undo(&mailbox).await.unwrap_err(), ProblemCode::Conflict, "once");

    assert_eq!(move_units(&mailbox, None, Some(CLERK), 4).await.unwrap(), 4);
    assert_eq!(move_units(&mailbox, Some(CLERK), Some(SECOND_CLERK), 9).await.unwrap(), 4, "what there is");
    let theirs = queue(&mailbox, SECOND_CLERK).await;
    assert!(theirs.iter().all(|row| !row.opened_before), "a move is no opening");
    open(&mailbox, SECOND_CLERK, &forms[0]).await.unwrap();
    assert_eq!(distribution(&mailbox).await.undo.unwrap().units, 3);
    assert_eq!(undo(&mailbox).await.unwrap(), 3, "what she opened stays with her");
    assert_eq!(shares(&mailbox).await, (3, 1));
    set(&mailbox, Some(false), &[]).await.unwrap();
    assert_eq!(distribution(&mailbox).await.unassigned.units, 0, "automatic: all of it");
    assert_eq!(shares(&mailbox).await.0 + shares(&mailbox).await.1, 5);
}

#[tokio::test]
async fn a_move_is_final_once_it_was_opened_or_a_quarter_of_an_hour_is_over() {
    let (mailbox, _) = Mailbox::founded().await;
    let forms = delivered_units(&mailbox, 2).await;
    let hers = queue(&mailbox, CLERK).await[0].record;
    let form = forms.iter().find(|form| form.record() == hers).unwrap();
    assert_eq!(move_units(&mailbox, Some(CLERK), None, 1).await.unwrap(), 1, "to the others");
    open(&mailbox, SECOND_CLERK, form).await.unwrap();
    assert_eq!(undo(&mailbox).await.unwrap_err(), ProblemCode::Conflict, "she opened it");
    assert_eq!(move_units(&mailbox, Some(SECOND_CLERK), Some(CLERK), 1).await.unwrap(), 1);
    assert!(queue(&mailbox, CLERK).await.iter().all(|row| row.record != hers), "what is open on a screen goes last");
    assert_eq!(move_units(&mailbox, Some(SECOND_CLERK), Some(CLERK), 1).await.unwrap(), 1);
    assert!(queue(&mailbox, CLERK).await.iter().any(|row| row.record == hers && row.opened_before));
    mailbox.clock.advance(900);
    assert_eq!(distribution(&mailbox).await.undo, None);
    assert_eq!(undo(&mailbox).await.unwrap_err(), ProblemCode::Conflict, "too late");
    open(&mailbox, CLERK, form).await.unwrap();
    enter(&mailbox, CLERK, form).await.unwrap();
    assert_eq!(move_units(&mailbox, Some(CLERK), Some(SECOND_CLERK), 9).await.unwrap(), 1, "all but what is being confirmed");
}

/// Whoever reads the endpoint's file finds the hour, and no history.
#[tokio::test]
async fn when_a_clerk_was_here_is_kept_as_one_hour() {
    let (mut mailbox, _) = Mailbox::founded().await;
    delivered_units(&mailbox, 2).await;
    for _ in 0..3 {
        mailbox.clock.advance(5_000);
        queue(&mailbox, CLERK).await;
    }
    mailbox.stop().await;
    let sql = rusqlite::Connection::open(mailbox.data().join("mailbox.sqlite")).unwrap();
    let seen = |query: &str| sql.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(seen("SELECT count(*) FROM quota WHERE seen % 3600 = 0"), 2);
    assert_eq!(seen("SELECT max(seen) - min(seen) FROM quota"), 14_400, "the last time only");
}
