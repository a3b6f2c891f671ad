//! Team keys, prekeys and shares: carried, never used.

use office::directory::TEAM_PUBLIC_KEY_BYTES;
use office::statements;
use protocol::api::{DirectoryReply, Done, TeamKeysReply, TeamSharesReply};
use protocol::directory::Member;
use protocol::enrolment::{KeyShare, PrekeyStatement, SignedStatement, TeamKeyStatement};
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, OfficeId, PrekeyId, UnixTime};

use crate::rig::{ADMIN, CLERK, COUNSELLOR, LEADER, Mailbox, OTHER_TEAM, SECOND_CLERK, TEAM, member, secret};

const OFFICE: OfficeId = OfficeId([0x01; 16]);

fn team_key(epoch: u32, by: MemberId) -> SignedStatement {
    let public_key = vec![0x52; TEAM_PUBLIC_KEY_BYTES].into();
    let statement = TeamKeyStatement { version: 1, office: OFFICE, team: TEAM, epoch, public_key, made_by: by, at: UnixTime(3) };
    statements::sign(Context::TeamKeyV1, &statement, by, &secret(by.0))
}

fn prekey(prekey: u8, by: MemberId) -> SignedStatement {
    prekey_with(prekey, by, |_| ())
}

fn prekey_with(prekey: u8, by: MemberId, change: impl FnOnce(&mut PrekeyStatement)) -> SignedStatement {
    let public_key = vec![prekey; TEAM_PUBLIC_KEY_BYTES].into();
    let prekey = PrekeyId([prekey; 16]);
    let mut statement = PrekeyStatement { version: 1, office: OFFICE, member: by, prekey, team: TEAM, epoch: 1, public_key, at: UnixTime(3) };
    change(&mut statement);
    statements::sign(Context::PrekeyV1, &statement, by, &secret(by.0))
}

async fn announce(mailbox: &Mailbox, by: MemberId, prekey: &SignedStatement) -> Result<Done, ProblemCode> {
    mailbox.client.post(&member(by), "/v1/prekeys", prekey).await
}

fn share(to: MemberId, prekey: u8, sealed: u8) -> KeyShare {
    KeyShare { team: TEAM, epoch: 1, to, prekey: PrekeyId([prekey; 16]), encapsulated: vec![1; 9].into(), sealed: vec![sealed; 9].into() }
}

#[tokio::test]
async fn an_announced_key_waits_for_the_directory_that_contains_it() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let client = &mailbox.client;
    let announced = team_key(2, CLERK);
    client.post::<Done>(&member(CLERK), "/v1/team-keys", &announced).await.unwrap();
    let wrong_epoch = client.post::<Done>(&member(CLERK), "/v1/team-keys", &team_key(3, CLERK)).await;
    assert_eq!(wrong_epoch.unwrap_err(), ProblemCode::Conflict);
    let not_hers = client.post::<Done>(&member(SECOND_CLERK), "/v1/team-keys", &announced).await;
    assert_eq!(not_hers.unwrap_err(), ProblemCode::Malformed);
    for outsider in [COUNSELLOR, LEADER, ADMIN] {
        let refused = client.post::<Done>(&member(outsider), "/v1/team-keys", &team_key(2, outsider)).await;
        assert_eq!(refused.unwrap_err(), ProblemCode::Forbidden);
    }
    let waiting: TeamKeysReply = client.get(&member(ADMIN), "/v1/team-keys").await.unwrap();
    assert_eq!(waiting.statements, [announced]);
    let next = office.next(|edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    let _: DirectoryReply = client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let waiting: TeamKeysReply = client.get(&member(ADMIN), "/v1/team-keys").await.unwrap();
    assert!(waiting.statements.is_empty());
}

#[tokio::test]
async fn a_share_is_read_by_its_receiver_only_and_the_first_one_stays() {
    let (mailbox, _) = Mailbox::founded().await;
    let client = &mailbox.client;
    let shares = format!("/v1/teams/{TEAM}/shares");
    let keys = format!("/v1/teams/{TEAM}/keys");
    let without_prekey = client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 1)).await;
    assert_eq!(without_prekey.unwrap_err(), ProblemCode::NotFound);
    client.post::<Done>(&member(SECOND_CLERK), "/v1/prekeys", &prekey(7, SECOND_CLERK)).await.unwrap();
    client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 1)).await.unwrap();
    client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 1)).await.unwrap();
    let second = share(SECOND_CLERK, 7, 2);
    client.post::<Done>(&member(CLERK), &shares, &second).await.expect("somebody was first, which is all right");

    let hers: TeamSharesReply = client.get(&member(SECOND_CLERK), &keys).await.unwrap();
    assert_eq!(hers.shares, [share(SECOND_CLERK, 7, 1)]);
    assert_eq!(hers.prekeys, [prekey(7, SECOND_CLERK)]);
    let colleagues: TeamSharesReply = client.get(&member(CLERK), &keys).await.unwrap();
    assert!(colleagues.shares[0].sealed.is_empty() && colleagues.shares[0].encapsulated.is_empty());

    // Her device was lost: a new prekey makes room for a new share.
    client.post::<Done>(&member(SECOND_CLERK), "/v1/prekeys", &prekey(8, SECOND_CLERK)).await.unwrap();
    client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 8, 3)).await.unwrap();
    let hers: TeamSharesReply = client.get(&member(SECOND_CLERK), &keys).await.unwrap();
    assert_eq!(hers.shares, [share(SECOND_CLERK, 8, 3)]);
}

#[tokio::test]
async fn a_prekey_id_stands_for_one_prekey() {
    let (mailbox, _) = Mailbox::founded().await;
    mailbox.client.post::<Done>(&member(CLERK), "/v1/prekeys", &prekey(7, CLERK)).await.unwrap();
    let taken = mailbox.client.post::<Done>(&member(SECOND_CLERK), "/v1/prekeys", &prekey(7, SECOND_CLERK)).await;
    assert_eq!(taken.unwrap_err(), ProblemCode::Conflict);
}

#[tokio::test]
async fn a_prekey_whose_reply_was_lost_is_announced_again_at_another_time() {
    let (mailbox, _) = Mailbox::founded().await;
    announce(&mailbox, CLERK, &prekey(7, CLERK)).await.unwrap();
    let again = prekey_with(7, CLERK, |statement| statement.at = UnixTime(4));
    announce(&mailbox, CLERK, &again).await.unwrap();
    let known: TeamSharesReply = mailbox.client.get(&member(CLERK), &format!("/v1/teams/{TEAM}/keys")).await.unwrap();
    assert_eq!(known.prekeys, [again], "one prekey, as stated last");
    let other_key = prekey_with(7, CLERK, |statement| statement.public_key = vec![8; TEAM_PUBLIC_KEY_BYTES].into());
    let other_epoch = prekey_with(7, CLERK, |statement| statement.epoch = 2);
    for other in [other_key, other_epoch] {
        assert_eq!(announce(&mailbox, CLERK, &other).await.unwrap_err(), ProblemCode::Conflict);
    }
}

#[tokio::test]
async fn prekeys_are_for_the_open_epoch_and_the_next_one() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let of_epoch = |id: u8, epoch: u32| prekey_with(id, CLERK, |statement| statement.epoch = epoch);
    for (id, epoch) in [(1, 1), (2, 2)] {
        announce(&mailbox, CLERK, &of_epoch(id, epoch)).await.unwrap();
    }
    for epoch in [0, 3, u32::MAX] {
        assert_eq!(announce(&mailbox, CLERK, &of_epoch(9, epoch)).await.unwrap_err(), ProblemCode::Conflict, "epoch {epoch}");
    }
    let next = office.next(|edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    announce(&mailbox, CLERK, &of_epoch(3, 3)).await.unwrap();
    assert_eq!(announce(&mailbox, CLERK, &of_epoch(4, 1)).await.unwrap_err(), ProblemCode::Conflict, "closed by now");
    announce(&mailbox, CLERK, &of_epoch(1, 1)).await.expect("what was done is answered as it was");
}

#[tokio::test]
async fn a_team_without_a_key_takes_prekeys_for_its_first() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let next = office.next(|edit| {
        let clerk = edit.preview().members.iter().find(|entry| entry.member == CLERK).unwrap().clone();
        edit.with_member(Member { teams: vec![TEAM, OTHER_TEAM], ..clerk })
    });
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let of_epoch = |epoch: u32| {
        prekey_with(7, CLERK, |statement| {
            statement.team = OTHER_TEAM;
            statement.epoch = epoch;
        })
    };
    assert_eq!(announce(&mailbox, CLERK, &of_epoch(2)).await.unwrap_err(), ProblemCode::Conflict);
    announce(&mailbox, CLERK, &of_epoch(1)).await.unwrap();
}
