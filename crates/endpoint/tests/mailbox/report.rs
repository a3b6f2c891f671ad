//! The report on finished weeks: what it tells, to whom, and what it never tells.

use protocol::api::{
    ClerkSetting, DeliverOutcome, DestroyRequest, DirectoryReply, DistributionReply, DistributionRequest, LookupReply, LookupRequest, ReceiptReply,
    ReportCount, TeamReport,
};
use protocol::directory::{Member, Role, Standing};
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, Tag, TeamId, UnixTime};

use crate::destruction::{destroy, open, statement};
use crate::rig::{ADMIN, CLERK, COUNSELLOR, Form, LEADER, Mailbox, OTHER_TEAM, REVOKED_DEVICE, SECOND_CLERK, TEAM, device, form, member, secret};

/// Seconds.
const DAY: u64 = 24 * 3600;
const WEEK: u64 = 7 * DAY;
/// A Monday, and when the tests begin: the Thursday after it.
const MONDAY: u64 = 1_790_553_600;

async fn report(mailbox: &Mailbox, who: MemberId, team: TeamId, weeks: &str) -> Result<TeamReport, ProblemCode> {
    mailbox.client.get(&member(who), &format!("/v1/teams/{team}/report{weeks}")).await
}

fn clerk(number: u8, standing: Standing) -> Member {
    let member = MemberId([number; 16]);
    Member {
        member,
        name: format!("Clerk {number}"),
        roles: vec![Role::Clerk],
        teams: vec![TEAM],
        key: secret(member.0).public_key(),
        standing,
        collected_before: None,
    }
}

/// An office whose team has as many clerks as a report needs, on a Monday.
async fn large_team() -> Mailbox {
    let (mailbox, mut office) = Mailbox::founded().await;
    let three = office.next(|edit| [0x41, 0x42, 0x43].into_iter().fold(edit, |edit, number| edit.with_member(clerk(number, Standing::Active))));
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &three).await.unwrap();
    mailbox.clock.set(UnixTime(MONDAY));
    mailbox
}

/// Whose queue it came into.
async fn holder(mailbox: &Mailbox, form: &Form) -> MemberId {
    for who in [CLERK, SECOND_CLERK, MemberId([0x41; 16]), MemberId([0x42; 16]), MemberId([0x43; 16])] {
        if open(mailbox, who, form).await.is_ok() {
            return who;
        }
    }
    panic!("nobody has it");
}

async fn enter(mailbox: &Mailbox, form: &Form) {
    let clerk = holder(mailbox, form).await;
    destroy(mailbox, clerk, form, form.token).await.unwrap();
}

async fn discard(mailbox: &Mailbox, form: &Form) {
    let clerk = holder(mailbox, form).await;
    let request = DestroyRequest { statement: statement(Context::DiscardedV1, clerk, form), token: form.token };
    let _: ReceiptReply = mailbox.client.post(&member(clerk), &form.path("discarding"), &request).await.unwrap();
}

async fn deliver(mailbox: &Mailbox, forms: &[Form]) {
    let bytes: Vec<Vec<u8>> = forms.iter().map(Form::bytes).collect();
    mailbox.deliver(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>()).await;
}

fn many(count: usize) -> Vec<Form> {
    (0..count).map(|_| form()).collect()
}

#[tokio::test]
async fn finished_weeks_are_told_in_tens_and_the_running_one_not_at_all() {
    let mailbox = large_team().await;
    let (first, second) = (many(24), many(11));
    deliver(&mailbox, &first).await;
    // Of a revoked device: a clerk has to decide.
    let held = many(10);
    for form in &held {
        mailbox.deliver_from(&device(REVOKED_DEVICE), &[&form.bytes()]).await.unwrap();
    }
    mailbox.clock.advance(DAY);
    for form in &first[..13] {
        enter(&mailbox, form).await;
    }
    mailbox.clock.set(UnixTime(MONDAY + WEEK));
    deliver(&mailbox, &second).await;
    for form in &held {
        discard(&mailbox, form).await;
    }
    for form in &first[13..15] {
        enter(&mailbox, form).await;
    }

    let told = report(&mailbox, LEADER, TEAM, "?weeks=2").await.unwrap();
    assert_eq!(told.until, UnixTime(MONDAY + WEEK), "the running week is not in it");
    let [before, week] = told.weeks.as_slice() else { panic!("{told:?}") };
    assert_eq!((before.begins, before.handed_over), (UnixTime(MONDAY - WEEK), ReportCount::Zero));
    assert_eq!((week.begins, week.handed_over, week.held), (UnixTime(MONDAY), ReportCount::Tens(30), ReportCount::Tens(10)), "24 and 10");
    assert_eq!((week.entered, week.without_entry), (ReportCount::Tens(10), ReportCount::Zero), "13");
    let ages: Vec<_> = told.waiting.iter().map(|age| (age.from_days, age.forms)).collect();
    let none = ReportCount::Zero;
    assert_eq!(ages, [(0, none), (3, ReportCount::Tens(20)), (9, none), (14, none), (21, none)], "21 of 34, at the end of the week");
    assert_eq!((told.complete, told.incomplete), (ReportCount::Tens(30), none));

    mailbox.clock.advance(3 * DAY);
    assert_eq!(report(&mailbox, LEADER, TEAM, "?weeks=2").await.unwrap(), told, "the same until the week is over");
    mailbox.clock.set(UnixTime(MONDAY + 2 * WEEK));
    let later = report(&mailbox, ADMIN, TEAM, "").await.unwrap();
    assert_eq!(later.weeks.len(), 12);
    let [.., first_week, second_week] = later.weeks.as_slice() else { panic!("{later:?}") };
    assert_eq!(first_week, week, "a week is told the same for ever");
    assert_eq!((second_week.handed_over, second_week.entered), (ReportCount::Tens(10), ReportCount::FewerThanTen), "11, and 2 of the week before");
    assert_eq!(second_week.without_entry, ReportCount::Tens(10), "discarded is not entered");
}

#[tokio::test]
async fn a_small_count_is_never_told() {
    let mailbox = large_team().await;
    let unit = |header: &mut protocol::envelope::EnvelopeHeader| (header.unit_tag, header.unit_members) = (Tag([7; 32]), 3);
    deliver(&mailbox, &[form().with(unit), form().with(unit), form()]).await;
    mailbox.clock.advance(WEEK);
    let told = report(&mailbox, LEADER, TEAM, "?weeks=1").await.unwrap();
    assert_eq!(told.weeks[0].handed_over, ReportCount::FewerThanTen);
    assert_eq!((told.complete, told.incomplete), (ReportCount::FewerThanTen, ReportCount::FewerThanTen));
}

#[tokio::test]
async fn a_team_of_fewer_than_five_clerks_has_no_report() {
    let (mailbox, mut office) = Mailbox::founded().await;
    assert_eq!(report(&mailbox, LEADER, TEAM, "").await.unwrap_err(), ProblemCode::TeamTooSmall, "two");
    let four = office.next(|edit| {
        let more = [clerk(0x41, Standing::Active), clerk(0x42, Standing::Active), clerk(0x43, Standing::Revoked)];
        more.into_iter().fold(edit, |edit, clerk| edit.with_member(clerk))
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &four).await.unwrap();
    assert_eq!(report(&mailbox, ADMIN, TEAM, "").await.unwrap_err(), ProblemCode::TeamTooSmall, "four, and one who is revoked");
    let five = office.next(|edit| edit.with_member(clerk(0x44, Standing::Active)));
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &five).await.unwrap();
    report(&mailbox, LEADER, TEAM, "").await.unwrap();
    let weight = |weight| DistributionRequest { by_hand: None, clerks: vec![ClerkSetting { clerk: SECOND_CLERK, weight, absent_until: None }] };
    let set = async |request: DistributionRequest| {
        mailbox.client.post::<DistributionReply>(&member(LEADER), &format!("/v1/teams/{TEAM}/distribution"), &request).await.unwrap()
    };
    set(weight(0)).await;
    assert_eq!(report(&mailbox, LEADER, TEAM, "").await.unwrap_err(), ProblemCode::TeamTooSmall, "five, and one who is given no work");
    set(weight(1)).await;
    report(&mailbox, LEADER, TEAM, "").await.unwrap();
}

#[tokio::test]
async fn a_report_is_for_the_teams_leader_and_for_whole_weeks_of_one_year() {
    let mailbox = large_team().await;
    for who in [CLERK, COUNSELLOR] {
        assert_eq!(report(&mailbox, who, TEAM, "").await.unwrap_err(), ProblemCode::Forbidden);
    }
    assert_eq!(report(&mailbox, LEADER, OTHER_TEAM, "").await.unwrap_err(), ProblemCode::Forbidden, "another leader's");
    assert_eq!(report(&mailbox, ADMIN, TeamId([9; 16]), "").await.unwrap_err(), ProblemCode::NotFound);
    for weeks in ["?weeks=0", "?weeks=54", "?weeks=-1", "?weeks=x", "?weeks=1.5"] {
        assert_eq!(report(&mailbox, LEADER, TEAM, weeks).await.unwrap_err(), ProblemCode::Malformed, "{weeks}");
    }
    assert_eq!(report(&mailbox, LEADER, TEAM, "?weeks=53").await.unwrap().weeks.len(), 53);
}

#[tokio::test]
async fn a_discarded_form_is_found_no_more_so_a_new_one_may_be_taken() {
    let mailbox = large_team().await;
    let form = form();
    mailbox.deliver_from(&device(REVOKED_DEVICE), &[&form.bytes()]).await.unwrap();
    let found = async || {
        let request = LookupRequest { tags: vec![form.header.customer_tag] };
        mailbox.client.post::<LookupReply>(&member(COUNSELLOR), "/v1/lookups", &request).await.unwrap().records.len()
    };
    assert_eq!(found().await, 1);
    discard(&mailbox, &form).await;
    assert_eq!(found().await, 0);
    let anew = crate::rig::form().with(|header| header.customer_tag = form.header.customer_tag);
    assert!(matches!(mailbox.deliver(&[&anew.bytes()]).await[0], DeliverOutcome::Stored(_)), "held as a duplicate, it might be discarded too");
}
