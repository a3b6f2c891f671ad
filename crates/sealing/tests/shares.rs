//! A team key reaches each clerk of the team, and nobody else.

use protocol::enrolment::KeyShare;
use protocol::{MemberId, OfficeId, PrekeyId, TeamId};
use sealing::{OpenShareError, PrekeySecret, SealShareError, TeamSecretKey, open_share, seal_share};

const OFFICE: OfficeId = OfficeId([1; 16]);
const TEAM: TeamId = TeamId([2; 16]);
const CLERK: MemberId = MemberId([3; 16]);
const PREKEY: PrekeyId = PrekeyId([4; 16]);

fn share_of(team_key: &TeamSecretKey, prekey_public: &[u8]) -> KeyShare {
    seal_share(team_key, OFFICE, TEAM, 7, CLERK, PREKEY, prekey_public).expect("shared")
}

#[test]
fn a_clerk_receives_the_team_key() {
    let (team_key, public) = TeamSecretKey::make();
    let (prekey, prekey_public) = PrekeySecret::make();
    let share = share_of(&team_key, &prekey_public);
    assert_eq!((share.team, share.epoch, share.to, share.prekey), (TEAM, 7, CLERK, PREKEY));
    let received = open_share(&share, OFFICE, &prekey, &public).expect("opened");
    assert!(received.expose_seed() == team_key.expose_seed());
}

#[test]
fn another_clerk_or_an_older_prekey_does_not_open_it() {
    let (team_key, public) = TeamSecretKey::make();
    let share = share_of(&team_key, &PrekeySecret::make().1);
    assert_eq!(open_share(&share, OFFICE, &PrekeySecret::make().0, &public).expect_err("opened"), OpenShareError::WrongKey);
}

#[test]
fn a_share_cannot_be_relabelled() {
    let (team_key, public) = TeamSecretKey::make();
    let (prekey, prekey_public) = PrekeySecret::make();
    let changes: [fn(&mut KeyShare); 4] = [
        |share| share.team = TeamId([0x22; 16]),
        |share| share.epoch += 1,
        |share| share.to = MemberId([0x33; 16]),
        |share| share.prekey = PrekeyId([0x44; 16]),
    ];
    for change in changes {
        let mut share = share_of(&team_key, &prekey_public);
        change(&mut share);
        assert_eq!(open_share(&share, OFFICE, &prekey, &public).expect_err("opened"), OpenShareError::WrongKey);
    }
    let other_office = OfficeId([0x11; 16]);
    assert_eq!(open_share(&share_of(&team_key, &prekey_public), other_office, &prekey, &public).expect_err("opened"), OpenShareError::WrongKey);
}

#[test]
fn a_key_that_the_directory_does_not_name_is_refused() {
    let (prekey, prekey_public) = PrekeySecret::make();
    let slipped_in = share_of(&TeamSecretKey::make().0, &prekey_public);
    let (_, named) = TeamSecretKey::make();
    assert_eq!(open_share(&slipped_in, OFFICE, &prekey, &named).expect_err("opened"), OpenShareError::OtherTeamKey);
    assert_eq!(open_share(&slipped_in, OFFICE, &prekey, &[]).expect_err("opened"), OpenShareError::OtherTeamKey);
}

#[test]
fn every_byte_of_a_share_counts() {
    let (team_key, public) = TeamSecretKey::make();
    let (prekey, prekey_public) = PrekeySecret::make();
    let share = share_of(&team_key, &prekey_public);
    for at in (0..share.encapsulated.len()).step_by(13) {
        let mut altered = share.clone();
        altered.encapsulated[at] ^= 1;
        assert_eq!(open_share(&altered, OFFICE, &prekey, &public).expect_err("opened"), OpenShareError::WrongKey, "encapsulated byte {at}");
    }
    for at in 0..share.sealed.len() {
        let mut altered = share.clone();
        altered.sealed[at] ^= 1;
        assert_eq!(open_share(&altered, OFFICE, &prekey, &public).expect_err("opened"), OpenShareError::WrongKey, "sealed byte {at}");
    }
}

#[test]
fn malformed_parts_are_errors() {
    let (team_key, public) = TeamSecretKey::make();
    let (prekey, prekey_public) = PrekeySecret::make();
    let error = seal_share(&team_key, OFFICE, TEAM, 7, CLERK, PREKEY, &prekey_public[1..]).expect_err("shared");
    assert_eq!(error, SealShareError::Prekey);
    let mut short = share_of(&team_key, &prekey_public);
    short.sealed.pop();
    assert_eq!(open_share(&short, OFFICE, &prekey, &public).expect_err("opened"), OpenShareError::NotAShare);
}
