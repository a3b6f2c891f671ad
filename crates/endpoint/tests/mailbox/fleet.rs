//! What devices state about themselves: kept as signed, the newest only; and the request to deliver.

use protocol::api::Done;
use protocol::fleet::{DeviceState, DeviceStateReply, DeviceStatement, DeviceStatesReply, SignedDeviceStatement, TeamEpoch};
use protocol::problem::ProblemCode;
use protocol::{DeviceId, OfficeId, UnixTime};

use crate::rig::{ADMIN, DEVICE, Mailbox, REVOKED_DEVICE, TEAM, device, member, secret};

fn statement(of: DeviceId, at: u64, unsent: u32) -> DeviceStatement {
    DeviceStatement {
        version: 1,
        office: OfficeId([0x01; 16]),
        device: of,
        directory: 2,
        unsent,
        oldest: (unsent > 0).then_some(UnixTime(1)),
        unsent_epochs: if unsent > 0 { vec![TeamEpoch { team: TEAM, epoch: 1 }] } else { Vec::new() },
        unreadable: 0,
        empty: false,
        at: UnixTime(at),
    }
}

fn signed(statement: &DeviceStatement) -> SignedDeviceStatement {
    office::fleet::sign(statement, &secret(statement.device.0))
}

async fn state(mailbox: &Mailbox, by: DeviceId, words: &SignedDeviceStatement) -> Result<DeviceStateReply, ProblemCode> {
    mailbox.client.post(&device(by), "/v1/device-states", words).await
}

async fn known(mailbox: &Mailbox) -> Vec<DeviceState> {
    let reply: DeviceStatesReply = mailbox.client.get(&member(ADMIN), "/v1/device-states").await.unwrap();
    reply.devices
}

#[tokio::test]
async fn the_newest_statement_stays_word_for_word_and_no_older_one_replaces_it() {
    let (mut mailbox, _) = Mailbox::founded().await;
    assert!(known(&mailbox).await.is_empty());
    let newest = signed(&statement(DEVICE, 20, 2));
    for words in [signed(&statement(DEVICE, 10, 0)), newest.clone(), newest.clone(), signed(&statement(DEVICE, 19, 0))] {
        state(&mailbox, DEVICE, &words).await.unwrap();
    }
    let earlier_directory = signed(&DeviceStatement { directory: 1, ..statement(DEVICE, 30, 0) });
    state(&mailbox, DEVICE, &earlier_directory).await.unwrap();
    state(&mailbox, REVOKED_DEVICE, &signed(&statement(REVOKED_DEVICE, 5, 1))).await.expect("it may say what it may deliver");
    mailbox.restart().await;
    let states = known(&mailbox).await;
    assert_eq!(states.iter().map(|state| state.device).collect::<Vec<_>>(), [DEVICE, REVOKED_DEVICE]);
    assert_eq!(states[0].statement, Some(newest));
    assert_eq!((states[0].received_at.is_some(), states[0].sync_requested), (true, None));
}

#[tokio::test]
async fn no_device_states_anything_for_another_and_no_forged_word_is_kept() {
    let (mailbox, _) = Mailbox::founded().await;
    let of_the_other = signed(&statement(REVOKED_DEVICE, 5, 0));
    let forged = office::fleet::sign(&statement(DEVICE, 5, 0), &secret(REVOKED_DEVICE.0));
    let unpublished = signed(&DeviceStatement { directory: 99, ..statement(DEVICE, 5, 0) });
    let other_office = signed(&DeviceStatement { office: OfficeId([0xee; 16]), ..statement(DEVICE, 5, 0) });
    let contradicting = signed(&DeviceStatement { empty: true, ..statement(DEVICE, 5, 1) });
    for words in [of_the_other, forged, unpublished, other_office, contradicting] {
        assert_eq!(state(&mailbox, DEVICE, &words).await.unwrap_err(), ProblemCode::Malformed);
    }
    assert!(known(&mailbox).await.is_empty());
}

#[tokio::test]
async fn a_request_to_deliver_reaches_the_device_and_ends_when_nothing_is_left() {
    let (mailbox, _) = Mailbox::founded().await;
    let path = format!("/v1/devices/{DEVICE}/sync-request");
    mailbox.client.post::<Done>(&member(ADMIN), &path, &Done {}).await.unwrap();
    let since = known(&mailbox).await[0].sync_requested.expect("shown before the device ever said anything");
    mailbox.clock.advance(60);
    mailbox.client.post::<Done>(&member(ADMIN), &path, &Done {}).await.expect("asked again");
    assert_eq!(state(&mailbox, DEVICE, &signed(&statement(DEVICE, 5, 2))).await.unwrap().sync_requested, Some(since));
    assert_eq!(known(&mailbox).await[0].sync_requested, Some(since), "something is left");
    assert_eq!(state(&mailbox, DEVICE, &signed(&statement(DEVICE, 4, 0))).await.unwrap().sync_requested, Some(since));
    assert_eq!(known(&mailbox).await[0].sync_requested, Some(since), "an older word ends nothing");
    assert_eq!(state(&mailbox, DEVICE, &signed(&statement(DEVICE, 6, 0))).await.unwrap().sync_requested, Some(since), "the device is told once");
    assert_eq!(known(&mailbox).await[0].sync_requested, None);

    mailbox.client.post::<Done>(&member(ADMIN), &path, &Done {}).await.unwrap();
    mailbox.client.delete::<Done>(&member(ADMIN), &path).await.unwrap();
    assert_eq!(known(&mailbox).await[0].sync_requested, None, "taken back");
    let unknown = mailbox.client.post::<Done>(&member(ADMIN), "/v1/devices/99999999-9999-9999-9999-999999999999/sync-request", &Done {}).await;
    assert_eq!(unknown.unwrap_err(), ProblemCode::NotFound);
}
