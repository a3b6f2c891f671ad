//! A change of mind: the old record freezes, and goes unread once its replacement is accepted; whoever names a stranger's record reaches nothing.

use office::statements;
use protocol::api::{
    Assignment, AssignmentsReply, DeliverOutcome, DirectoryReply, HoldReason, LookupReply, LookupRequest, LookupState, ReceiptReply, ReplaceRequest,
    ReplacedState, ReplacedStatement,
};
use protocol::directory::Standing;
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, UnixTime};

use crate::destruction::{accept, destroy, open};
use crate::rig::{ADMIN, CLERK, COUNSELLOR, Form, Mailbox, SECOND_CLERK, form, member, secret};

pub fn change_of_mind(old: &Form) -> Form {
    form().with(|header| {
        header.customer_tag = old.header.customer_tag;
        header.unit_tag = old.header.unit_tag;
        header.supersedes = Some(old.record());
    })
}

pub async fn replace(mailbox: &Mailbox, clerk: MemberId, old: &Form, by: &Form) -> Result<ReceiptReply, ProblemCode> {
    let statement = ReplacedStatement { version: 1, record: old.record(), digest: old.digest(), clerk, at: UnixTime(5), by: by.record() };
    let statement = statements::sign(Context::ReplacedV1, &statement, clerk, &secret(clerk.0));
    mailbox.client.post(&member(clerk), &old.path("replacement"), &ReplaceRequest { statement, token: old.token }).await
}

/// A record in whoever's queue it is, with that clerk.
async fn row(mailbox: &Mailbox, form: &Form) -> Option<(MemberId, Assignment)> {
    for clerk in [CLERK, SECOND_CLERK] {
        let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
        if let Some(row) = queue.assignments.into_iter().find(|row| row.record == form.record()) {
            return Some((clerk, row));
        }
    }
    None
}

async fn hold(mailbox: &Mailbox, form: &Form) -> Option<HoldReason> {
    row(mailbox, form).await.unwrap().1.hold
}

async fn deliver(mailbox: &Mailbox, forms: &[&Form]) {
    for form in forms {
        let outcomes = mailbox.deliver(&[&form.bytes()]).await;
        assert!(matches!(outcomes[0], DeliverOutcome::Stored(_) | DeliverOutcome::Held(_)), "{outcomes:?}");
    }
}

#[tokio::test]
async fn the_old_record_stays_closed_until_its_replacement_is_accepted_and_is_then_destroyed_without_a_word_of_entry() {
    let (mailbox, office) = Mailbox::founded().await;
    let old = form();
    let later = change_of_mind(&old);
    deliver(&mailbox, &[&old, &later]).await;
    let (clerk, listed) = row(&mailbox, &later).await.unwrap();
    assert_eq!((listed.supersedes, listed.hold), (Some(old.record()), None));
    assert_eq!(row(&mailbox, &old).await.unwrap().0, clerk, "one clerk has both");
    assert_eq!(open(&mailbox, clerk, &old).await.unwrap_err(), ProblemCode::Superseded);

    let opened = open(&mailbox, clerk, &later).await.unwrap();
    let replaced = opened.replaces.unwrap();
    assert_eq!((replaced.len(), replaced[0].state, replaced[0].opened), (1, ReplacedState::Frozen, false));
    assert_eq!(open(&mailbox, clerk, &old).await.unwrap_err(), ProblemCode::Superseded, "opened is not accepted");
    accept(&mailbox, clerk, &later).await.unwrap();
    assert_eq!(open(&mailbox, clerk, &old).await.unwrap().replaced_by, Some(later.record()));
    let first = replace(&mailbox, clerk, &old, &later).await.unwrap();
    old.verify(&first.receipt, LeafKind::Destroyed, &office.log_identity());
    assert_eq!(replace(&mailbox, clerk, &old, &later).await.unwrap(), first, "asked again, the same");

    assert_eq!(destroy(&mailbox, clerk, &old, old.token).await.unwrap_err(), ProblemCode::Superseded, "nobody entered it");
    assert_eq!(open(&mailbox, clerk, &old).await.unwrap_err(), ProblemCode::Superseded);
    let asked = mailbox.client.get::<ReceiptReply>(&member(clerk), &old.path("destruction")).await;
    assert_eq!(asked.unwrap_err(), ProblemCode::Superseded);
    let asked = mailbox.client.get::<ReceiptReply>(&member(clerk), &old.path("replacement")).await;
    assert_eq!(asked.unwrap(), first, "a lost reply is asked for again");
    let entered = mailbox.client.get::<ReceiptReply>(&member(clerk), &later.path("replacement")).await;
    assert_eq!(entered.unwrap_err(), ProblemCode::NotFound);
    let again = open(&mailbox, clerk, &later).await.unwrap().replaces.unwrap();
    assert_eq!((again[0].state, again[0].opened), (ReplacedState::Replaced, false), "fetched for its destruction is not opened to be entered");
    assert!(matches!(mailbox.deliver(&[&old.bytes()]).await[0], DeliverOutcome::Tombstone(_, _)), "a replay brings nothing back");
}

#[tokio::test]
async fn what_is_on_the_screen_when_a_replacement_comes_is_not_confirmed_any_more() {
    let (mailbox, _) = Mailbox::founded().await;
    let old = form();
    deliver(&mailbox, &[&old]).await;
    let (clerk, _) = row(&mailbox, &old).await.unwrap();
    open(&mailbox, clerk, &old).await.unwrap();
    let later = change_of_mind(&old);
    deliver(&mailbox, &[&later]).await;
    assert_eq!(destroy(&mailbox, clerk, &old, old.token).await.unwrap_err(), ProblemCode::Superseded);
    assert_eq!(accept(&mailbox, clerk, &old).await.unwrap_err(), ProblemCode::Superseded);
    assert!(open(&mailbox, clerk, &later).await.unwrap().replaces.unwrap()[0].opened, "it may be entered already");
    assert_eq!(replace(&mailbox, clerk, &old, &later).await.unwrap_err(), ProblemCode::Conflict, "not accepted yet");
    accept(&mailbox, clerk, &later).await.unwrap();
    replace(&mailbox, clerk, &old, &later).await.unwrap();
}

#[tokio::test]
async fn a_form_entered_before_its_replacement_came_is_told_as_entered() {
    let (mailbox, _) = Mailbox::founded().await;
    let old = form();
    deliver(&mailbox, &[&old]).await;
    let (clerk, _) = row(&mailbox, &old).await.unwrap();
    open(&mailbox, clerk, &old).await.unwrap();
    destroy(&mailbox, clerk, &old, old.token).await.unwrap();
    let later = change_of_mind(&old);
    assert!(matches!(mailbox.deliver(&[&later.bytes()]).await[0], DeliverOutcome::Stored(_)));
    let opened = open(&mailbox, clerk, &later).await.unwrap();
    assert_eq!(opened.replaces.unwrap()[0].state, ReplacedState::Entered);
    accept(&mailbox, clerk, &later).await.unwrap();
    assert_eq!(replace(&mailbox, clerk, &old, &later).await.unwrap_err(), ProblemCode::Destroyed);
}

/// A form without number, its number and the form that replaces both, in every order.
#[tokio::test]
async fn whatever_arrives_first_one_form_is_left_to_enter() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (mailbox, _) = Mailbox::founded().await;
        let newborn = form().with(|header| header.awaits_number = true);
        let number = form().with(|header| {
            header.unit_tag = newborn.header.unit_tag;
            header.follows = Some(newborn.record());
        });
        let later = form().with(|header| {
            header.unit_tag = newborn.header.unit_tag;
            header.customer_tag = number.header.customer_tag;
            header.supersedes = Some(newborn.record());
        });
        let all = [&newborn, &number, &later];
        deliver(&mailbox, &order.map(|at| all[at])).await;
        assert_eq!(hold(&mailbox, &later).await, None, "{order:?}");
        assert_eq!(hold(&mailbox, &newborn).await, Some(HoldReason::Superseded), "{order:?}");
        assert_eq!(hold(&mailbox, &number).await, Some(HoldReason::Superseded), "{order:?}");
        let (clerk, _) = row(&mailbox, &later).await.unwrap();
        assert_eq!(open(&mailbox, clerk, &later).await.unwrap().replaces.unwrap().len(), 2, "{order:?}");
        accept(&mailbox, clerk, &later).await.unwrap();
        for old in [&newborn, &number] {
            open(&mailbox, clerk, old).await.unwrap();
            replace(&mailbox, clerk, old, &later).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_old_form_that_arrives_after_its_replacement_was_entered_is_never_enterable() {
    let (mailbox, _) = Mailbox::founded().await;
    let old = form();
    let later = change_of_mind(&old);
    deliver(&mailbox, &[&later]).await;
    let (clerk, _) = row(&mailbox, &later).await.unwrap();
    open(&mailbox, clerk, &later).await.unwrap();
    accept(&mailbox, clerk, &later).await.unwrap();
    destroy(&mailbox, clerk, &later, later.token).await.unwrap();
    assert!(matches!(mailbox.deliver(&[&old.bytes()]).await[0], DeliverOutcome::Stored(_)), "its author has nothing to decide");
    assert_eq!(hold(&mailbox, &old).await, Some(HoldReason::Superseded));
    assert_eq!(open(&mailbox, clerk, &old).await.unwrap().replaced_by, Some(later.record()));
    replace(&mailbox, clerk, &old, &later).await.unwrap();
    assert!(row(&mailbox, &old).await.is_none());
}

#[tokio::test]
async fn an_old_form_is_destroyed_by_whoever_has_the_unit_after_the_clerk_who_entered_its_replacement() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let old = form();
    let later = change_of_mind(&old);
    deliver(&mailbox, &[&later]).await;
    let (clerk, _) = row(&mailbox, &later).await.unwrap();
    open(&mailbox, clerk, &later).await.unwrap();
    accept(&mailbox, clerk, &later).await.unwrap();
    destroy(&mailbox, clerk, &later, later.token).await.unwrap();
    let gone = office.next(|edit| edit.with_member_standing(clerk, Standing::Revoked).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &gone).await.unwrap();
    deliver(&mailbox, &[&old]).await;
    let colleague = if clerk == CLERK { SECOND_CLERK } else { CLERK };
    let queue = async || mailbox.client.get::<AssignmentsReply>(&member(colleague), "/v1/assignments").await.unwrap().assignments;
    assert_eq!(queue().await[0].hold, Some(HoldReason::Superseded));
    assert_eq!(open(&mailbox, colleague, &old).await.unwrap().replaced_by, Some(later.record()));
    replace(&mailbox, colleague, &old, &later).await.unwrap();
    assert!(queue().await.is_empty(), "its bytes would outlive what replaced them");
}

#[tokio::test]
async fn a_replacement_of_a_replacement_takes_the_whole_chain_with_it() {
    let (mailbox, _) = Mailbox::founded().await;
    let first = form();
    let second = change_of_mind(&first);
    let third = change_of_mind(&second);
    deliver(&mailbox, &[&third, &first, &second]).await;
    assert_eq!([hold(&mailbox, &first).await, hold(&mailbox, &second).await], [Some(HoldReason::Superseded); 2]);
    assert_eq!(hold(&mailbox, &third).await, None);
    let (clerk, _) = row(&mailbox, &third).await.unwrap();
    let listed = open(&mailbox, clerk, &third).await.unwrap().replaces.unwrap();
    assert_eq!(listed.iter().map(|old| old.record).collect::<Vec<_>>(), [second.record(), first.record()]);
    accept(&mailbox, clerk, &third).await.unwrap();
    for old in [&first, &second] {
        open(&mailbox, clerk, old).await.unwrap();
        replace(&mailbox, clerk, old, &third).await.unwrap();
    }
}

#[tokio::test]
async fn of_two_forms_that_replace_the_same_one_the_second_is_for_a_clerk_to_decide() {
    let (mailbox, _) = Mailbox::founded().await;
    let old = form();
    let (one, other) = (change_of_mind(&old), change_of_mind(&old));
    deliver(&mailbox, &[&old, &one, &other]).await;
    assert_eq!((hold(&mailbox, &one).await, hold(&mailbox, &other).await), (None, Some(HoldReason::KnownCustomer)));
}

#[tokio::test]
async fn a_number_for_somebody_elses_form_gives_no_power_over_it() {
    let (mailbox, _) = Mailbox::founded().await;
    let strangers = form();
    let number = form().with(|header| header.follows = Some(strangers.record()));
    let attack = form().with(|header| {
        header.customer_tag = number.header.customer_tag;
        header.supersedes = Some(strangers.record());
    });
    deliver(&mailbox, &[&strangers, &number, &attack]).await;
    assert_eq!(hold(&mailbox, &strangers).await, None, "neither frozen nor held");
    assert_eq!(hold(&mailbox, &number).await, Some(HoldReason::Superseded), "the author's own envelopes are all that they reach");
    assert_eq!(hold(&mailbox, &attack).await, Some(HoldReason::KnownCustomer));
    let (clerk, _) = row(&mailbox, &strangers).await.unwrap();
    open(&mailbox, clerk, &strangers).await.unwrap();
    destroy(&mailbox, clerk, &strangers, strangers.token).await.unwrap();
}

#[tokio::test]
async fn two_numbers_for_one_form_are_for_a_clerk_to_decide_and_so_is_a_number_somebody_has_already() {
    let (mailbox, _) = Mailbox::founded().await;
    let newborn = form().with(|header| header.awaits_number = true);
    let numbers = [(); 2].map(|()| form().with(|header| header.follows = Some(newborn.record())));
    deliver(&mailbox, &[&newborn, &numbers[0], &numbers[1]]).await;
    for one in [&newborn, &numbers[0], &numbers[1]] {
        assert_eq!(hold(&mailbox, one).await, Some(HoldReason::KnownCustomer));
    }

    let known = form();
    let child = form().with(|header| header.awaits_number = true);
    let twice = form().with(|header| {
        header.customer_tag = known.header.customer_tag;
        header.follows = Some(child.record());
    });
    deliver(&mailbox, &[&known, &child, &twice]).await;
    assert_eq!((hold(&mailbox, &known).await, hold(&mailbox, &child).await), (None, Some(HoldReason::KnownCustomer)), "asked once");
}

async fn look_up(mailbox: &Mailbox, form: &Form) -> Result<LookupReply, ProblemCode> {
    mailbox.client.post(&member(COUNSELLOR), "/v1/lookups", &LookupRequest { tags: vec![form.header.customer_tag] }).await
}

#[tokio::test]
async fn a_lookup_names_what_a_replacement_must_repeat_and_how_far_it_is() {
    let (mailbox, _) = Mailbox::founded().await;
    let old = form().with(|header| header.unit_members = 3);
    assert!(look_up(&mailbox, &old).await.unwrap().records.is_empty());
    deliver(&mailbox, &[&old]).await;
    let found = look_up(&mailbox, &old).await.unwrap().records;
    assert_eq!((found[0].record, found[0].unit_tag, found[0].unit_members), (old.record(), old.header.unit_tag, 3));
    assert_eq!((found[0].state, found[0].superseded), (LookupState::Unopened, false));
    let (clerk, _) = row(&mailbox, &old).await.unwrap();
    open(&mailbox, clerk, &old).await.unwrap();
    assert_eq!(look_up(&mailbox, &old).await.unwrap().records[0].state, LookupState::Opened);
    let later = change_of_mind(&old);
    deliver(&mailbox, &[&later]).await;
    let found = look_up(&mailbox, &old).await.unwrap().records;
    assert_eq!(found.iter().map(|one| (one.record, one.superseded)).collect::<Vec<_>>(), [(later.record(), false), (old.record(), true)]);
}

#[tokio::test]
async fn a_form_is_found_by_the_number_that_followed_it() {
    let (mailbox, _) = Mailbox::founded().await;
    let newborn = form().with(|header| header.awaits_number = true);
    let number = form().with(|header| header.follows = Some(newborn.record()));
    deliver(&mailbox, &[&newborn]).await;
    assert!(look_up(&mailbox, &number).await.unwrap().records.is_empty());
    deliver(&mailbox, &[&number]).await;
    let found = look_up(&mailbox, &number).await.unwrap().records;
    assert_eq!(found.iter().map(|one| one.record).collect::<Vec<_>>(), [newborn.record()], "the form, not its number's envelope");
}

#[tokio::test]
async fn nobody_runs_through_all_numbers() {
    let (mailbox, _) = Mailbox::founded().await;
    let somebody = form();
    for _ in 0..mailbox.config.lookups_per_minute {
        look_up(&mailbox, &somebody).await.unwrap();
    }
    assert_eq!(look_up(&mailbox, &somebody).await.unwrap_err(), ProblemCode::RateLimited);
    mailbox.clock.advance(60);
    look_up(&mailbox, &somebody).await.unwrap();
    let many = LookupRequest { tags: vec![somebody.header.customer_tag; 5] };
    assert_eq!(mailbox.client.post::<LookupReply>(&member(COUNSELLOR), "/v1/lookups", &many).await.unwrap_err(), ProblemCode::TooLarge);
}
