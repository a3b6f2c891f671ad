//! A member of the office names a stranger's form in an envelope of their own: nothing of the stranger's is lost, and it is entered like any other.

use office::keys::SigningSecret;
use office::tags::TagKey;
use protocol::directory::{Directory, SignedDirectory};
use protocol::{Context, MemberId, RecordId, Tag, UnixTime, from_cbor};
use sealing::{FormBody, HeaderFields, Purpose, seal};
use serde_json::{Value, json};
use testkit::caller::Caller;
use testkit::seat::PASSPHRASE;
use vault::{ItemKind, PostedItem, Session, Vault, VaultOptions};

use crate::Bench;
use crate::lost_entries::{NUMBER, hand_over, rows};

/// The newest directory, as the endpoint has it.
fn directory(bench: &Bench) -> Directory {
    let sql = rusqlite::Connection::open(bench.office.mailbox.data().join("mailbox.sqlite")).expect("the database");
    let newest = "SELECT bytes FROM directory ORDER BY number DESC LIMIT 1";
    let bytes: Vec<u8> = sql.query_row(newest, [], |row| row.get(0)).expect("a directory");
    let signed: SignedDirectory = from_cbor(&bytes, bytes.len()).expect("signed");
    from_cbor(&signed.body, signed.body.len()).expect("a directory")
}

/// Who the author is, with her signing key and the office's tag key: `[1, member, seed, tag key]`, as the vault's item has it.
fn author(session: &Session) -> (MemberId, SigningSecret, TagKey) {
    let items = session.list(ItemKind::Member).expect("reads").items;
    let bytes = &items[0].1;
    assert_eq!((&bytes[1..3], &bytes[19..21], &bytes[53..55]), (&[1, 0x50][..], &[0x58, 32][..], &[0x58, 32][..]));
    let key = |at: usize| <[u8; 32]>::try_from(&bytes[at..at + 32]).expect("32 bytes");
    (MemberId(bytes[3..19].try_into().expect("16 bytes")), SigningSecret::from_seed(key(21)), TagKey::from_bytes(key(55)))
}

/// Puts into the author's outbox an envelope under the stranger's tag that says to replace the stranger's form, with another number inside.
fn forge(bench: &Bench, strangers: &str) {
    let directory = directory(bench);
    let vault = Vault::open_or_create(&bench.office.place("device"), &VaultOptions { kdf: None }, std::sync::Arc::new(clock::SystemClock));
    let vault = vault.expect("opens");
    let user = vault.users().expect("users")[0].user;
    let mut session = vault.unlock(user, PASSPHRASE).expect("unlocks");
    let (author, secret, tags) = author(&session);
    let (team, key) = (&directory.teams[0], &directory.teams[0].keys[0]);
    let record = RecordId::from_random([9; 16]);
    let fields = HeaderFields {
        office: directory.office,
        team: team.team,
        team_key_epoch: key.epoch,
        record,
        unit_members: 1,
        customer_tag: tags.customer(NUMBER),
        unit_tag: Tag([7; 32]),
        awaits_number: false,
        supersedes: RecordId::parse(strangers),
        follows: None,
    };
    let body = FormBody {
        purpose: Purpose::Form,
        form: questionnaire_of_nobody(),
        customer_number: Some("987Z654321".to_owned()),
        unit_number: None,
        author,
        made_at: UnixTime(1),
        checkpoint: None,
        reply_key: None,
    };
    let sealed = seal(&fields, &body, &secret.public_key(), |message| secret.sign(Context::AuthorV1, message), &key.public_key).expect("sealed");
    let item = PostedItem { record, team_key_epoch: key.epoch, bytes: sealed.bytes };
    session.post(&item, &[], |_| Ok::<_, ()>(())).expect("posted");
}

/// Answers of somebody who declined everything.
fn questionnaire_of_nobody() -> Vec<u8> {
    let mut draft = questionnaire::DraftForm::new(questionnaire::Asking::ToPerson);
    draft.refuse();
    draft.check().expect("nothing to look through");
    draft.finalize().expect("final").encode().to_vec()
}

#[test]
fn a_false_tag_destroys_nothing_and_keeps_nobodys_form_from_being_entered() {
    let mut bench = Bench::new();
    let strangers = hand_over(&mut bench, NUMBER);
    bench.close();
    forge(&bench, &strangers);
    bench.reopen();
    assert_eq!(bench.sync()["left"], 0);

    let clerk = &mut bench.office.clerk;
    let forged = rows(clerk)[0]["record"].clone();
    assert_ne!(forged, strangers, "the endpoint cannot tell a false tag");
    assert_eq!(clerk.code_of("record_open", json!({ "record": forged })).expect("the clerk is told"), "author_invalid");
    assert_eq!(clerk.code_of("record_confirm", json!({ "record": forged, "at_once": true })).expect("never open"), "not_found");
    let view = clerk.call("record_open", json!({ "record": strangers })).expect("the stranger's form is there");
    assert_eq!((&view["customer_number"], &view["hold"], &view["replaces"]), (&json!(NUMBER), &json!("superseded"), &Value::Null));
    clerk.call("record_confirm", json!({ "record": strangers, "at_once": true })).expect("and is entered");
    assert_eq!(clerk.code_of("record_open", json!({ "record": forged })).expect("still"), "author_invalid");
}
