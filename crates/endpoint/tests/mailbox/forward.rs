//! A form of another team goes there unread, under that team's key.

use clock::Clock;
use office::directory::TEAM_PUBLIC_KEY_BYTES;
use protocol::api::{Assignment, AssignmentsReply, DeliverOutcome, DirectoryReply, OpenReply, ReceiptReply, RecordState, RewrapRequest};
use protocol::directory::{Member, Role, Standing};
use protocol::log::{Leaf, LeafKind};
use protocol::problem::ProblemCode;
use protocol::{Digest, MemberId, TeamId, Token, from_cbor};
use sha2::{Digest as _, Sha256};

use crate::destruction::{accept, delivered, open};
use crate::grace::enter;
use crate::rig::{ADMIN, Form, Mailbox, OTHER_TEAM, REVOKED_DEVICE, TEAM, device, form, member, secret};

/// A clerk of the other team.
const THERE: MemberId = MemberId([0x41; 16]);
/// A team without a key.
const KEYLESS: TeamId = TeamId([0x33; 16]);

async fn two_teams() -> Mailbox {
    let (mailbox, mut office) = Mailbox::founded().await;
    let next = office.next(|edit| {
        let there = Member {
            member: THERE,
            name: "Thea".to_owned(),
            roles: vec![Role::Clerk],
            teams: vec![OTHER_TEAM],
            key: secret(THERE.0).public_key(),
            standing: Standing::Active,
            collected_before: None,
        };
        let edit = edit.with_member(there).with_team(KEYLESS, "Leistung 3");
        edit.with_team_key(OTHER_TEAM, 1, &[0x61; TEAM_PUBLIC_KEY_BYTES], THERE).unwrap()
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    mailbox
}

async fn queue(mailbox: &Mailbox, clerk: MemberId) -> Vec<Assignment> {
    let reply: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
    reply.assignments
}

fn to(team: TeamId, epoch: u32, form: &Form, clerk: MemberId) -> RewrapRequest {
    RewrapRequest { envelope: form.rewrapped_to(team, epoch, clerk, 0xe7).into(), replaces: form.digest(), token: form.token }
}

async fn forward(mailbox: &Mailbox, clerk: MemberId, form: &Form, request: &RewrapRequest) -> Result<ReceiptReply, ProblemCode> {
    mailbox.client.post(&member(clerk), &form.path("forwarding"), request).await
}

#[tokio::test]
async fn a_forwarded_form_waits_there_as_it_came_and_is_here_no_more() {
    let mailbox = two_teams().await;
    let form = form();
    let stored_at = mailbox.clock.now();
    let (clerk, _) = delivered(&mailbox, &form).await;
    mailbox.clock.advance(3600);
    open(&mailbox, clerk, &form).await.unwrap();
    let request = to(OTHER_TEAM, 1, &form, clerk);
    let receipt = forward(&mailbox, clerk, &form, &request).await.unwrap().receipt;
    let leaf: Leaf = from_cbor(&receipt.leaf, 4096).unwrap();
    let digest = Digest(Sha256::digest(&request.envelope[..]).into());
    assert_eq!((leaf.kind, leaf.digest, leaf.statement.is_some()), (LeafKind::Rewrapped, digest, true));

    assert!(queue(&mailbox, clerk).await.is_empty());
    assert_eq!(open(&mailbox, clerk, &form).await.unwrap_err(), ProblemCode::NotFound);
    let there = queue(&mailbox, THERE).await;
    let [row] = there.as_slice() else { panic!("{there:?}") };
    assert_eq!((row.record, row.team, row.stored_at), (form.record(), OTHER_TEAM, stored_at), "deadlines count from the handover");
    assert_eq!((row.state, row.opened_before), (RecordState::Assigned, false), "nobody can have entered it");
    let opened: OpenReply = open(&mailbox, THERE, &form).await.unwrap();
    assert_eq!((&opened.envelope[..], &opened.receipt, opened.shown), (&request.envelope[..], &receipt, None));
    let late = mailbox.deliver(&[&form.bytes()]).await;
    assert!(matches!(late[0], DeliverOutcome::Stored(_)), "a device that asks again gets its own receipt");
}

#[tokio::test]
async fn a_form_of_the_unit_that_comes_later_finds_the_others_clerk_in_its_own_team() {
    let mailbox = two_teams().await;
    let form = form();
    let (clerk, _) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    forward(&mailbox, clerk, &form, &to(OTHER_TEAM, 1, &form, clerk)).await.unwrap();
    let unit = form.header.unit_tag;
    let (here, there) = (crate::rig::form(), crate::rig::form());
    let here = here.with(|header| header.unit_tag = unit);
    let there = there.with(|header| (header.unit_tag, header.team) = (unit, OTHER_TEAM));
    mailbox.deliver(&[&here.bytes(), &there.bytes()]).await;
    let rows = queue(&mailbox, THERE).await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].unit, rows[1].unit);
    assert_eq!(queue(&mailbox, clerk).await.len(), 1, "its unit is still hers here");
}

#[tokio::test]
async fn only_what_waits_unread_and_alone_goes_and_only_to_an_open_key_of_another_team() {
    let mailbox = two_teams().await;
    let form = form();
    let (clerk, colleague) = delivered(&mailbox, &form).await;
    open(&mailbox, clerk, &form).await.unwrap();
    let good = to(OTHER_TEAM, 1, &form, clerk);
    let refused = async |who, request: RewrapRequest, code| {
        assert_eq!(forward(&mailbox, who, &form, &request).await.unwrap_err(), code);
    };
    refused(clerk, to(TEAM, 1, &form, clerk), ProblemCode::Conflict).await;
    refused(clerk, to(OTHER_TEAM, 2, &form, clerk), ProblemCode::Conflict).await;
    refused(clerk, to(KEYLESS, 1, &form, clerk), ProblemCode::Conflict).await;
    refused(clerk, to(TeamId([9; 16]), 1, &form, clerk), ProblemCode::Conflict).await;
    refused(clerk, to(OTHER_TEAM, 1, &form.refilled(), clerk), ProblemCode::Conflict).await;
    refused(clerk, RewrapRequest { replaces: form.digest(), ..to(OTHER_TEAM, 1, &form.refilled(), clerk) }, ProblemCode::Malformed).await;
    refused(clerk, RewrapRequest { token: Token([0; 16]), ..good.clone() }, ProblemCode::Forbidden).await;
    refused(colleague, to(OTHER_TEAM, 1, &form, colleague), ProblemCode::NotFound).await;
    refused(THERE, to(OTHER_TEAM, 1, &form, THERE), ProblemCode::NotFound).await;
    refused(ADMIN, to(OTHER_TEAM, 1, &form, ADMIN), ProblemCode::Forbidden).await;
    accept(&mailbox, clerk, &form).await.unwrap();
    assert_eq!(open(&mailbox, clerk, &form).await.unwrap().shown, Some(true));
    refused(clerk, good, ProblemCode::Conflict).await;
    assert_eq!(queue(&mailbox, clerk).await.len(), 1);
}

#[tokio::test]
async fn what_others_belong_to_what_is_held_and_what_is_being_confirmed_stays() {
    let mailbox = two_teams().await;
    let stays = async |form: &Form| {
        let mut clerks = vec![crate::rig::CLERK, crate::rig::SECOND_CLERK];
        while let Some(clerk) = clerks.pop() {
            if queue(&mailbox, clerk).await.iter().any(|row| row.record == form.record()) {
                let answer = forward(&mailbox, clerk, form, &to(OTHER_TEAM, 1, form, clerk)).await;
                assert_eq!(answer.unwrap_err(), ProblemCode::Conflict);
                return;
            }
        }
        panic!("nobody has it");
    };
    let newborn = form().with(|header| header.awaits_number = true);
    mailbox.deliver(&[&newborn.bytes()]).await;
    stays(&newborn).await;
    let number = form().with(|header| header.follows = Some(newborn.record()));
    mailbox.deliver(&[&number.bytes()]).await;
    stays(&newborn).await;
    stays(&number).await;

    let old = form();
    let new = form().with(|header| (header.customer_tag, header.supersedes) = (old.header.customer_tag, Some(old.record())));
    mailbox.deliver(&[&old.bytes(), &new.bytes()]).await;
    stays(&old).await;
    stays(&new).await;

    let revoked = form();
    mailbox.deliver_from(&device(REVOKED_DEVICE), &[&revoked.bytes()]).await.unwrap();
    stays(&revoked).await;

    let confirmed = form();
    let (clerk, _) = delivered(&mailbox, &confirmed).await;
    open(&mailbox, clerk, &confirmed).await.unwrap();
    enter(&mailbox, clerk, &confirmed).await.unwrap();
    stays(&confirmed).await;
}
