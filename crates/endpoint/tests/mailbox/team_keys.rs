//! Team keys, prekeys and shares: carried, never used.

use office::directory::TEAM_PUBLIC_KEY_BYTES;
use office::statements;
use protocol::api::{DirectoryReply, Done, TeamKeysReply, TeamSharesReply};
use protocol::enrolment::{KeyShare, PrekeyStatement, SignedStatement, TeamKeyStatement};
use protocol::problem::ProblemCode;
use protocol::{Context, MemberId, OfficeId, PrekeyId, UnixTime};

use crate::rig::{ADMIN, CLERK, COUNSELLOR, LEADER, Mailbox, SECOND_CLERK, TEAM, member, secret};

const OFFICE: OfficeId = OfficeId([0x01; 16]);

fn team_key(epoch: u32, by: MemberId) -> SignedStatement {
    let public_key = vec![0x52; TEAM_PUBLIC_KEY_BYTES].into();
    let statement = TeamKeyStatement { version: 1, office: OFFICE, team: TEAM, epoch, public_key, made_by: by, at: UnixTime(3) };
    statements::sign(Context::TeamKeyV1, &statement, by, &secret(by.0))
}

fn prekey(prekey: u8, by: MemberId) -> SignedStatement {
    let public_key = vec![prekey; TEAM_PUBLIC_KEY_BYTES].into();
    let prekey = PrekeyId([prekey; 16]);
    let statement = PrekeyStatement { version: 1, office: OFFICE, member: by, prekey, team: TEAM, epoch: 1, public_key, at: UnixTime(3) };
    statements::sign(Context::PrekeyV1, &statement, by, &secret(by.0))
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
async fn a_share_is_read_by_its_receiver_only_and_never_silently_lost() {
    let (mailbox, _) = Mailbox::founded().await;
    let client = &mailbox.client;
    let shares = format!("/v1/teams/{TEAM}/shares");
    let keys = format!("/v1/teams/{TEAM}/keys");
    let without_prekey = client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 1)).await;
    assert_eq!(without_prekey.unwrap_err(), ProblemCode::NotFound);
    client.post::<Done>(&member(SECOND_CLERK), "/v1/prekeys", &prekey(7, SECOND_CLERK)).await.unwrap();
    client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 1)).await.unwrap();
    client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 1)).await.unwrap();
    let second = client.post::<Done>(&member(CLERK), &shares, &share(SECOND_CLERK, 7, 2)).await;
    assert_eq!(second.unwrap_err(), ProblemCode::Conflict);

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
