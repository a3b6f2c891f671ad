//! A team's key is changed: the same forms under the new one, and the old one destroyed when nothing lies under it.

use office::directory::TEAM_PUBLIC_KEY_BYTES;
use office::statements;
use protocol::api::{
    AcceptRequest, AssignmentsReply, DeliverOutcome, DestroyRequest, DirectoryReply, Done, EpochCount, EpochsReply, OpenReply, ReceiptReply,
    RecordStatement, RewrapRequest, RewrapsReply, TeamSharesReply,
};
use protocol::directory::{EpochState, Standing};
use protocol::enrolment::{KeyShare, PrekeyStatement};
use protocol::envelope::Envelope;
use protocol::log::{Leaf, LeafKind, Receipt};
use protocol::problem::ProblemCode;
use protocol::{Context, Digest, MemberId, OfficeId, PrekeyId, RecordId, Token, UnixTime, from_cbor};
use sha2::{Digest as _, Sha256};

use crate::rig::{ADMIN, CLERK, Form, LEADER, Mailbox, Office, SECOND_CLERK, TEAM, form, member, secret};

const ENTERED: u8 = 0x77;

/// The team's key is changed: epoch 2 is open.
async fn turn_key(mailbox: &Mailbox, office: &mut Office) {
    let next = office.next(|edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
}

async fn destroy_key(mailbox: &Mailbox, office: &mut Office) -> Result<DirectoryReply, ProblemCode> {
    let edit = office.newest.edit(UnixTime(office.newest.number() + 1)).with_epoch_state(TEAM, 1, EpochState::Destroyed).unwrap();
    let (signed, newest) = edit.sign(1, &secret(ADMIN.0), &office.pin, office::directory::Previous::Directory(&office.newest)).unwrap();
    let reply = mailbox.client.post(&member(ADMIN), "/v1/directory", &signed).await?;
    office.newest = newest;
    Ok(reply)
}

fn request(form: &Form, envelope: Vec<u8>) -> RewrapRequest {
    RewrapRequest { envelope: envelope.into(), replaces: form.digest(), token: form.token }
}

async fn rewrap(mailbox: &Mailbox, clerk: MemberId, form: &Form, request: &RewrapRequest) -> Result<ReceiptReply, ProblemCode> {
    mailbox.client.post(&member(clerk), &form.path("rewrap"), request).await
}

async fn to_rewrap(mailbox: &Mailbox, clerk: MemberId) -> Vec<RecordId> {
    let reply: RewrapsReply = mailbox.client.get(&member(clerk), &format!("/v1/teams/{TEAM}/rewraps?after=0")).await.unwrap();
    assert_eq!(reply.next, None);
    reply.envelopes.iter().map(|bytes| Envelope::decode(bytes).unwrap().header().unwrap().record).collect()
}

async fn clerk_of(mailbox: &Mailbox, form: &Form) -> MemberId {
    for clerk in [CLERK, SECOND_CLERK] {
        let queue: AssignmentsReply = mailbox.client.get(&member(clerk), "/v1/assignments").await.unwrap();
        if queue.assignments.iter().any(|row| row.record == form.record()) {
            return clerk;
        }
    }
    panic!("nobody's");
}

/// The second clerk is given the first key, as far as the endpoint can tell.
async fn share_first_key(mailbox: &Mailbox) {
    let (prekey, office) = (PrekeyId([7; 16]), OfficeId([0x01; 16]));
    let public_key = vec![7; TEAM_PUBLIC_KEY_BYTES].into();
    let statement = PrekeyStatement { version: 1, office, member: SECOND_CLERK, prekey, team: TEAM, epoch: 1, public_key, at: UnixTime(3) };
    let signed = statements::sign(Context::PrekeyV1, &statement, SECOND_CLERK, &secret(SECOND_CLERK.0));
    let _: Done = mailbox.client.post(&member(SECOND_CLERK), "/v1/prekeys", &signed).await.unwrap();
    let share = KeyShare { team: TEAM, epoch: 1, to: SECOND_CLERK, prekey, encapsulated: vec![1; 9].into(), sealed: vec![2; 9].into() };
    let _: Done = mailbox.client.post(&member(CLERK), &format!("/v1/teams/{TEAM}/shares"), &share).await.unwrap();
}

fn leaf(receipt: &Receipt) -> Leaf {
    from_cbor(&receipt.leaf, 4096).unwrap()
}

fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

async fn entered(mailbox: &Mailbox, clerk: MemberId, form: &Form, bytes: &[u8], token: Token) -> Result<ReceiptReply, ProblemCode> {
    let statement = RecordStatement { version: 1, record: form.record(), digest: digest(bytes), clerk, at: UnixTime(5) };
    let statement = statements::sign(Context::EnteredV1, &statement, clerk, &secret(clerk.0));
    mailbox.client.post(&member(clerk), &form.path("destruction"), &DestroyRequest { statement, token }).await
}

#[tokio::test]
async fn the_same_form_stands_under_the_new_key_and_the_old_lock_is_gone() {
    let (mut mailbox, mut office) = Mailbox::founded().await;
    let form = form();
    mailbox.deliver(&[&form.bytes()]).await;
    let clerk = clerk_of(&mailbox, &form).await;
    turn_key(&mailbox, &mut office).await;
    assert_eq!(to_rewrap(&mailbox, clerk).await, [form.record()]);
    let new = form.rewrapped(2, clerk, 0xe7);

    let receipt = rewrap(&mailbox, clerk, &form, &request(&form, new.clone())).await.unwrap().receipt;
    let attested = leaf(&receipt);
    assert_eq!((attested.kind, attested.digest, attested.team_key_epoch), (LeafKind::Rewrapped, digest(&new), 2));
    assert_eq!(rewrap(&mailbox, clerk, &form, &request(&form, new.clone())).await.unwrap().receipt, receipt, "asked again, the same");
    assert!(to_rewrap(&mailbox, clerk).await.is_empty());

    let opened: OpenReply = mailbox.client.post(&member(clerk), &form.path("opening"), &Done {}).await.unwrap();
    assert_eq!((&opened.envelope[..], &opened.receipt), (&new[..], &receipt), "the receipt of these very bytes");
    let late = mailbox.deliver(&[&form.bytes()]).await;
    assert!(
        matches!(&late[0], DeliverOutcome::Stored(stored) if leaf(stored).digest == form.digest()),
        "a device that asks again gets its own receipt"
    );

    let next = office.next(|edit| edit.with_team_key(TEAM, 3, &[0x53; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    let again = RewrapRequest { envelope: form.rewrapped(3, clerk, 0xe8).into(), replaces: digest(&new), token: form.token };
    rewrap(&mailbox, clerk, &form, &again).await.unwrap();
    mailbox.stop().await;
    let read = |name: &&str| std::fs::read(mailbox.data().join(name)).unwrap_or_default();
    let files: Vec<u8> = ["mailbox.sqlite", "mailbox.sqlite-wal"].iter().flat_map(read).collect();
    assert!(!files.windows(32).any(|window| window == [0xe7; 32]), "an old lock can still be read");
    assert!(files.windows(32).any(|window| window == [0xe8; 32]), "the new one cannot be found: the search finds nothing");
}

#[tokio::test]
async fn only_the_lock_may_differ_and_only_who_opened_it_may_change_it() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let form = form();
    mailbox.deliver(&[&form.bytes()]).await;
    let clerk = clerk_of(&mailbox, &form).await;
    let early = rewrap(&mailbox, clerk, &form, &request(&form, form.rewrapped(2, clerk, 1))).await;
    assert_eq!(early.unwrap_err(), ProblemCode::Conflict, "there is no such key yet");
    turn_key(&mailbox, &mut office).await;
    let good = request(&form, form.rewrapped(2, clerk, 1));
    let refused = |request: RewrapRequest, code| {
        let (mailbox, form) = (&mailbox, &form);
        async move { assert_eq!(rewrap(mailbox, clerk, form, &request).await.unwrap_err(), code) }
    };
    refused(request(&form, form.refilled().rewrapped(2, clerk, 1)), ProblemCode::Malformed).await;
    refused(request(&form, form.clone().with(|header| header.unit_members = 9).rewrapped(2, clerk, 1)), ProblemCode::Malformed).await;
    refused(request(&form, form.bytes()), ProblemCode::Malformed).await;
    refused(request(&form, form.rewrapped(2, ADMIN, 1)), ProblemCode::Malformed).await;
    refused(request(&form, form.rewrapped(1, clerk, 1)), ProblemCode::Conflict).await;
    refused(request(&form, form.rewrapped(3, clerk, 1)), ProblemCode::Conflict).await;
    refused(RewrapRequest { token: Token([0; 16]), ..good.clone() }, ProblemCode::Forbidden).await;
    refused(RewrapRequest { replaces: Digest([0; 32]), ..good.clone() }, ProblemCode::Conflict).await;
    let before: OpenReply = mailbox.client.post(&member(clerk), &form.path("opening"), &Done {}).await.unwrap();
    assert_eq!(before.envelope[..], form.bytes()[..], "what was refused changed nothing");
    rewrap(&mailbox, clerk, &form, &good).await.unwrap();
    let delivered = mailbox.deliver(&[&crate::rig::form().rewrapped(2, clerk, 1)]).await;
    assert!(matches!(delivered[0], DeliverOutcome::Refused(ProblemCode::Malformed)), "devices deliver what their users sealed");
}

#[tokio::test]
async fn a_colleagues_work_is_handed_out_only_if_she_cannot_open_it() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let forms = [form(), form(), form(), form()];
    mailbox.deliver(&forms.each_ref().map(Form::bytes).each_ref().map(Vec::as_slice)).await;
    share_first_key(&mailbox).await;
    turn_key(&mailbox, &mut office).await;
    let hers = to_rewrap(&mailbox, CLERK).await;
    assert_eq!(hers.len(), 2, "each what lies in her own queue");
    let theirs = forms.iter().find(|form| !hers.contains(&form.record())).unwrap();
    let refused = rewrap(&mailbox, CLERK, theirs, &request(theirs, theirs.rewrapped(2, CLERK, 1))).await;
    assert_eq!(refused.unwrap_err(), ProblemCode::NotFound);
    // She leaves: what was hers is in somebody's queue who can do it.
    let next = office.next(|edit| edit.with_member_standing(SECOND_CLERK, Standing::Revoked).unwrap());
    let _: DirectoryReply = mailbox.client.post(&member(ADMIN), "/v1/directory", &next).await.unwrap();
    assert_eq!(to_rewrap(&mailbox, CLERK).await.len(), 4);
}

#[tokio::test]
async fn what_a_new_colleague_cannot_open_is_handed_to_whoever_can() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let forms = [form(), form()];
    mailbox.deliver(&forms.each_ref().map(Form::bytes).each_ref().map(Vec::as_slice)).await;
    turn_key(&mailbox, &mut office).await;
    assert_eq!(to_rewrap(&mailbox, CLERK).await.len(), 2, "the second clerk was never given the first key");
    let theirs = if clerk_of(&mailbox, &forms[0]).await == CLERK { &forms[1] } else { &forms[0] };
    rewrap(&mailbox, CLERK, theirs, &request(theirs, theirs.rewrapped(2, CLERK, 1))).await.unwrap();
}

#[tokio::test]
async fn what_waits_for_its_destruction_is_left_alone_and_words_about_old_bytes_count_no_more() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let (first, second) = (form(), form());
    mailbox.deliver(&[&first.bytes(), &second.bytes()]).await;
    let (first_clerk, second_clerk) = (clerk_of(&mailbox, &first).await, clerk_of(&mailbox, &second).await);
    for (form, clerk) in [(&first, first_clerk), (&second, second_clerk)] {
        let _: OpenReply = mailbox.client.post(&member(clerk), &form.path("opening"), &Done {}).await.unwrap();
    }
    let statement = RecordStatement { version: 1, record: first.record(), digest: first.digest(), clerk: first_clerk, at: UnixTime(5) };
    let statement = statements::sign(Context::EnteredV1, &statement, first_clerk, &secret(first_clerk.0));
    let word = DestroyRequest { statement, token: first.token };
    let _: protocol::api::EntryReply = mailbox.client.post(&member(first_clerk), &first.path("entry"), &word).await.unwrap();
    let accept = |bytes: Vec<u8>| {
        let statement = RecordStatement { version: 1, record: second.record(), digest: digest(&bytes), clerk: second_clerk, at: UnixTime(5) };
        AcceptRequest { statement: statements::sign(Context::AcceptedV1, &statement, second_clerk, &secret(second_clerk.0)) }
    };
    let accepted = |request: AcceptRequest| {
        let (mailbox, second) = (&mailbox, &second);
        async move { mailbox.client.post::<ReceiptReply>(&member(second_clerk), &second.path("acceptance"), &request).await.unwrap().receipt }
    };
    assert_eq!(leaf(&accepted(accept(second.bytes())).await).digest, second.digest());
    turn_key(&mailbox, &mut office).await;
    assert!(!to_rewrap(&mailbox, first_clerk).await.contains(&first.record()));
    let in_grace = rewrap(&mailbox, first_clerk, &first, &request(&first, first.rewrapped(2, first_clerk, 1))).await;
    assert_eq!(in_grace.unwrap_err(), ProblemCode::Conflict);

    let new = second.rewrapped(2, second_clerk, 1);
    rewrap(&mailbox, second_clerk, &second, &request(&second, new.clone())).await.unwrap();
    assert_eq!(leaf(&accepted(accept(new.clone())).await).digest, digest(&new), "found readable anew, as it is now");
    let about_old = entered(&mailbox, second_clerk, &second, &second.bytes(), second.token).await;
    assert_eq!(about_old.unwrap_err(), ProblemCode::Conflict);
    let receipt = entered(&mailbox, second_clerk, &second, &new, second.token).await.unwrap().receipt;
    assert_eq!((leaf(&receipt).kind, leaf(&receipt).digest, leaf(&receipt).team_key_epoch), (LeafKind::Destroyed, digest(&new), 2));
    let late = rewrap(&mailbox, second_clerk, &second, &request(&second, second.rewrapped(2, second_clerk, ENTERED))).await;
    assert_eq!(late.unwrap_err(), ProblemCode::Destroyed);
}

#[tokio::test]
async fn a_key_is_destroyed_only_when_nothing_lies_under_it_and_takes_its_shares_along() {
    let (mailbox, mut office) = Mailbox::founded().await;
    share_first_key(&mailbox).await;
    let form = form();
    mailbox.deliver(&[&form.bytes()]).await;
    let clerk = clerk_of(&mailbox, &form).await;
    turn_key(&mailbox, &mut office).await;
    let counts: EpochsReply = mailbox.client.get(&member(LEADER), &format!("/v1/teams/{TEAM}/epochs")).await.unwrap();
    assert_eq!(counts.epochs, [EpochCount { epoch: 1, records: 1, holders: vec![SECOND_CLERK] }]);
    assert_eq!(destroy_key(&mailbox, &mut office).await.unwrap_err(), ProblemCode::Conflict);
    let newest: DirectoryReply = mailbox.client.get(&member(ADMIN), "/v1/directory").await.unwrap();
    assert_eq!(&newest.directory, office.newest.signed(), "what was refused is not published");

    rewrap(&mailbox, clerk, &form, &request(&form, form.rewrapped(2, clerk, 1))).await.unwrap();
    let keys = format!("/v1/teams/{TEAM}/keys");
    let before: TeamSharesReply = mailbox.client.get(&member(SECOND_CLERK), &keys).await.unwrap();
    assert_eq!((before.prekeys.len(), before.shares.len()), (1, 1));
    destroy_key(&mailbox, &mut office).await.unwrap();
    let after: TeamSharesReply = mailbox.client.get(&member(SECOND_CLERK), &keys).await.unwrap();
    assert_eq!((after.prekeys.len(), after.shares.len()), (0, 0));
    let counts: EpochsReply = mailbox.client.get(&member(LEADER), &format!("/v1/teams/{TEAM}/epochs")).await.unwrap();
    assert_eq!(counts.epochs, [EpochCount { epoch: 2, records: 1, holders: vec![] }]);
    let late = mailbox.deliver(&[&crate::rig::form().bytes()]).await;
    assert!(matches!(late[0], DeliverOutcome::Refused(ProblemCode::Misaddressed)));
}

#[tokio::test]
async fn many_come_in_pages() {
    let (mailbox, mut office) = Mailbox::founded().await;
    let forms: Vec<Form> = (0..70).map(|_| form()).collect();
    let bytes: Vec<Vec<u8>> = forms.iter().map(Form::bytes).collect();
    mailbox.deliver(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>()).await;
    turn_key(&mailbox, &mut office).await;
    let (mut found, mut after) = (Vec::new(), Some(0));
    while let Some(at) = after {
        let page: RewrapsReply = mailbox.client.get(&member(CLERK), &format!("/v1/teams/{TEAM}/rewraps?after={at}")).await.unwrap();
        assert!(page.envelopes.len() <= 32);
        found.extend(page.envelopes.iter().map(|bytes| Envelope::decode(bytes).unwrap().header().unwrap().record));
        after = page.next;
    }
    assert_eq!(found, forms.iter().map(Form::record).collect::<Vec<_>>(), "each once, in order");
}
