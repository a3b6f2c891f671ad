//! A ticket's life.

use office::requests::KeyId;
use office::tickets::TicketSecret;
use protocol::api::{DirectoryReply, Done, EnrolmentsReply};
use protocol::directory::{Device, Member, Role, Standing};
use protocol::enrolment::{Enrolment, EnrolmentReply, MacedEnrolment, TicketRequest};
use protocol::problem::ProblemCode;
use protocol::{DeviceId, MemberId, OfficeId, PublicKey, UnixTime};

use crate::rig::{ADMIN, Mailbox, Signer, TEAM, member, secret};

const NEWCOMER: MemberId = MemberId([0x61; 16]);
const DEVICE: DeviceId = DeviceId([0x62; 16]);

fn enrolment(ticket: &TicketSecret, device: DeviceId, member: MemberId) -> MacedEnrolment {
    enrolment_with_key(ticket, device, secret(device.0).public_key(), member)
}

fn enrolment_with_key(ticket: &TicketSecret, device: DeviceId, device_key: PublicKey, member: MemberId) -> MacedEnrolment {
    ticket.mac(&Enrolment {
        version: 1,
        office: OfficeId([0x01; 16]),
        ticket: ticket.ticket_id(),
        member,
        name: "Nina Neu".to_owned(),
        member_key: secret(member.0).public_key(),
        device,
        device_key,
    })
}

async fn leave(mailbox: &Mailbox, ticket: &TicketSecret) -> Result<Done, ProblemCode> {
    let expires_at = UnixTime(1_790_000_000).plus(3600);
    let request = TicketRequest { ticket: ticket.ticket_id(), expires_at, grant: vec![9; 60].into() };
    mailbox.client.post(&member(ADMIN), "/v1/tickets", &request).await
}

async fn enrol(mailbox: &Mailbox, enrolment: &MacedEnrolment) -> Result<EnrolmentReply, ProblemCode> {
    mailbox.client.plain("/v1/enrolments", enrolment).await
}

#[tokio::test]
async fn a_ticket_counts_once_and_its_reply_can_be_fetched_again() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let ticket = TicketSecret::make();
    let first = enrolment(&ticket, DEVICE, NEWCOMER);
    assert_eq!(enrol(&mailbox, &first).await.unwrap_err(), ProblemCode::TicketInvalid, "not left yet");
    leave(&mailbox, &ticket).await.unwrap();
    let reply = enrol(&mailbox, &first).await.unwrap();
    assert_eq!(reply.grant.as_slice(), [9; 60]);
    assert_eq!(enrol(&mailbox, &first).await.unwrap(), reply, "the reply was lost");
    let thief = enrolment(&ticket, DeviceId([0x63; 16]), MemberId([0x64; 16]));
    assert_eq!(enrol(&mailbox, &thief).await.unwrap_err(), ProblemCode::TicketInvalid, "used");

    let newcomer = member(NEWCOMER);
    let waiting: EnrolmentsReply = mailbox.client.get(&member(ADMIN), "/v1/enrolments").await.unwrap();
    assert_eq!(waiting.waiting, [first]);
    for signer in [newcomer, Signer { key_id: KeyId::Device(DEVICE), secret: secret(DEVICE.0) }] {
        let pending = mailbox.client.get::<DirectoryReply>(&signer, "/v1/directory").await;
        assert_eq!(pending.unwrap_err(), ProblemCode::EnrolmentPending);
    }
    let next = office.next(|edit| {
        let entry = Member {
            member: NEWCOMER,
            name: "Nina Neu".to_owned(),
            roles: vec![Role::Clerk],
            teams: vec![TEAM],
            key: secret(NEWCOMER.0).public_key(),
            standing: Standing::Active,
            collected_before: None,
        };
        let device = Device { device: DEVICE, key: secret(DEVICE.0).public_key(), enrolled_by: NEWCOMER, standing: Standing::Active, also: None };
        edit.with_member(entry).with_device(device)
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let waiting: EnrolmentsReply = mailbox.client.get(&member(ADMIN), "/v1/enrolments").await.unwrap();
    assert!(waiting.waiting.is_empty());
    let _: DirectoryReply = mailbox.client.get(&member(NEWCOMER), "/v1/directory").await.unwrap();
}

#[tokio::test]
async fn a_ticket_expires_but_what_it_granted_stays_granted() {
    let (mailbox, _) = Mailbox::founded().await;
    let (used, unused) = (TicketSecret::make(), TicketSecret::make());
    leave(&mailbox, &used).await.unwrap();
    leave(&mailbox, &unused).await.unwrap();
    let early = enrolment(&used, DEVICE, NEWCOMER);
    enrol(&mailbox, &early).await.unwrap();
    mailbox.clock.advance(3601);
    let late = enrolment(&unused, DeviceId([0x63; 16]), MemberId([0x64; 16]));
    assert_eq!(enrol(&mailbox, &late).await.unwrap_err(), ProblemCode::TicketInvalid);
    enrol(&mailbox, &early).await.unwrap();
}

#[tokio::test]
async fn a_ticket_made_by_a_clock_far_ahead_expires_all_the_same() {
    let (mailbox, _) = Mailbox::founded().await;
    let ticket = TicketSecret::make();
    let request = TicketRequest { ticket: ticket.ticket_id(), expires_at: UnixTime(u64::from(u32::MAX)), grant: vec![9; 60].into() };
    for _ in 0..2 {
        let _: protocol::api::Done = mailbox.client.post(&member(ADMIN), "/v1/tickets", &request).await.unwrap();
        mailbox.clock.advance(60);
    }
    mailbox.clock.advance(30 * 24 * 3600);
    assert_eq!(enrol(&mailbox, &enrolment(&ticket, DEVICE, NEWCOMER)).await.unwrap_err(), ProblemCode::TicketInvalid);
}

#[tokio::test]
async fn nobody_takes_an_id_that_is_somebodys() {
    let (mailbox, _) = Mailbox::founded().await;
    let ticket = TicketSecret::make();
    leave(&mailbox, &ticket).await.unwrap();
    let anothers_key = secret(DEVICE.0).public_key();
    for taken in [enrolment(&ticket, DEVICE, ADMIN), enrolment_with_key(&ticket, crate::rig::DEVICE, anothers_key, NEWCOMER)] {
        assert_eq!(enrol(&mailbox, &taken).await.unwrap_err(), ProblemCode::Conflict);
    }
    enrol(&mailbox, &enrolment(&ticket, DEVICE, NEWCOMER)).await.unwrap();
}

async fn waiting(mailbox: &Mailbox) -> Vec<MacedEnrolment> {
    mailbox.client.get::<EnrolmentsReply>(&member(ADMIN), "/v1/enrolments").await.unwrap().waiting
}

#[tokio::test]
async fn a_device_that_waits_may_enrol_anew_with_another_ticket() {
    let (mailbox, _) = Mailbox::founded().await;
    let (lost, second, third) = (TicketSecret::make(), TicketSecret::make(), TicketSecret::make());
    for ticket in [&lost, &second, &third] {
        leave(&mailbox, ticket).await.unwrap();
    }
    let first = enrolment(&lost, DEVICE, NEWCOMER);
    enrol(&mailbox, &first).await.unwrap();
    let other_member = MemberId([0x64; 16]);
    let anew = enrolment(&second, DEVICE, other_member);
    enrol(&mailbox, &anew).await.unwrap();
    assert_eq!(waiting(&mailbox).await, std::slice::from_ref(&anew), "the old one is off the list");
    assert_eq!(enrol(&mailbox, &first).await.unwrap_err(), ProblemCode::TicketInvalid, "and its ticket stays used");
    leave(&mailbox, &lost).await.unwrap();
    assert_eq!(enrol(&mailbox, &first).await.unwrap_err(), ProblemCode::TicketInvalid, "even if it is left again");
    enrol(&mailbox, &anew).await.expect("the same bytes get the same answer");
    let as_before = enrolment(&third, DEVICE, other_member);
    enrol(&mailbox, &as_before).await.expect("the same member, too");
    assert_eq!(waiting(&mailbox).await, [as_before]);
}

#[tokio::test]
async fn nobody_takes_a_waiting_devices_place_with_another_key_or_a_waiting_members_id() {
    let (mailbox, _) = Mailbox::founded().await;
    let (first, neighbours, ticket) = (TicketSecret::make(), TicketSecret::make(), TicketSecret::make());
    for ticket in [&first, &neighbours, &ticket] {
        leave(&mailbox, ticket).await.unwrap();
    }
    let neighbour = MemberId([0x64; 16]);
    enrol(&mailbox, &enrolment(&first, DEVICE, NEWCOMER)).await.unwrap();
    enrol(&mailbox, &enrolment(&neighbours, DeviceId([0x63; 16]), neighbour)).await.unwrap();
    let before = waiting(&mailbox).await;
    let other_key = enrolment_with_key(&ticket, DEVICE, secret([0x65; 16]).public_key(), MemberId([0x66; 16]));
    let members_id = enrolment(&ticket, DEVICE, neighbour);
    for taken in [other_key, members_id] {
        assert_eq!(enrol(&mailbox, &taken).await.unwrap_err(), ProblemCode::Conflict);
    }
    assert_eq!(waiting(&mailbox).await, before);
}

#[tokio::test]
async fn whoever_follows_on_a_device_supersedes_nobody_who_is_in_the_directory() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let (used, ticket) = (TicketSecret::make(), TicketSecret::make());
    leave(&mailbox, &used).await.unwrap();
    leave(&mailbox, &ticket).await.unwrap();
    enrol(&mailbox, &enrolment(&used, DEVICE, NEWCOMER)).await.unwrap();
    let next = office.next(|edit| {
        let clerk = edit.preview().members.iter().find(|entry| entry.member == crate::rig::CLERK).unwrap().clone();
        edit.with_member(Member { member: NEWCOMER, key: secret(NEWCOMER.0).public_key(), ..clerk })
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let first = enrolment(&used, DEVICE, NEWCOMER);
    let follower = enrolment(&ticket, DEVICE, MemberId([0x64; 16]));
    enrol(&mailbox, &follower).await.expect("a colleague, at the same device");
    assert_eq!(waiting(&mailbox).await, [follower]);
    enrol(&mailbox, &first).await.expect("still the first one's, however late the reply is asked for");
}

#[tokio::test]
async fn a_ticket_id_is_not_left_twice_with_other_content() {
    let (mailbox, _) = Mailbox::founded().await;
    let ticket = TicketSecret::make();
    leave(&mailbox, &ticket).await.unwrap();
    leave(&mailbox, &ticket).await.unwrap();
    let other = TicketRequest { ticket: ticket.ticket_id(), expires_at: UnixTime(u64::MAX), grant: vec![9; 60].into() };
    let refused = mailbox.client.post::<Done>(&member(ADMIN), "/v1/tickets", &other).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::Conflict);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_forgiven_with_the_next_minute() {
    let (mailbox, _) = Mailbox::founded().await;
    for _ in 0..5 {
        let guess = enrolment(&TicketSecret::make(), DEVICE, NEWCOMER);
        assert_eq!(enrol(&mailbox, &guess).await.unwrap_err(), ProblemCode::TicketInvalid);
    }
    let ticket = TicketSecret::make();
    leave(&mailbox, &ticket).await.unwrap();
    let honest = enrolment(&ticket, DEVICE, NEWCOMER);
    assert_eq!(enrol(&mailbox, &honest).await.unwrap_err(), ProblemCode::RateLimited);
    mailbox.clock.advance(60);
    enrol(&mailbox, &honest).await.unwrap();
}

/// Colleagues share a laptop: each has a key of their own, and the laptop one for all.
#[tokio::test]
async fn a_device_that_counts_may_bring_another_member() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let (first, second) = (TicketSecret::make(), TicketSecret::make());
    leave(&mailbox, &first).await.unwrap();
    leave(&mailbox, &second).await.unwrap();
    enrol(&mailbox, &enrolment(&first, crate::rig::DEVICE, NEWCOMER)).await.expect("under its own key");
    let newcomer = |member, name: &str| Member {
        member,
        name: name.to_owned(),
        roles: vec![Role::Counsellor],
        teams: vec![],
        key: secret(member.0).public_key(),
        standing: Standing::Active,
        collected_before: None,
    };
    let next = office.next(|edit| {
        let edit = edit.with_member(newcomer(NEWCOMER, "Nina Neu")).with_device_user(crate::rig::DEVICE, NEWCOMER).unwrap();
        edit.with_device_user(crate::rig::DEVICE, NEWCOMER).expect("asked twice, the same")
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.expect("sound");
    assert!(waiting(&mailbox).await.is_empty());
    enrol(&mailbox, &enrolment(&second, crate::rig::DEVICE, MemberId([0x64; 16]))).await.expect("and a third one");
    assert_eq!(waiting(&mailbox).await.len(), 1, "the second one's is not taken off");
    let third = TicketSecret::make();
    leave(&mailbox, &third).await.unwrap();
    enrol(&mailbox, &enrolment(&third, crate::rig::DEVICE, MemberId([0x66; 16]))).await.expect("two may wait on a device that counts");
    assert_eq!(waiting(&mailbox).await.len(), 2, "nobody takes anybody's place");
    let revoked = office.next(|edit| edit.with_device_standing(crate::rig::DEVICE, Standing::Revoked).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &revoked).await.unwrap();
    let late = TicketSecret::make();
    leave(&mailbox, &late).await.unwrap();
    let another = enrolment(&late, crate::rig::DEVICE, MemberId([0x65; 16]));
    assert_eq!(enrol(&mailbox, &another).await.unwrap_err(), ProblemCode::Conflict, "nobody comes in on what was revoked");
}
