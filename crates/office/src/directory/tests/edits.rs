//! What an administrator's app makes, and what everybody reads from it.

use protocol::directory::{EpochState, Role, Standing};
use protocol::{DeviceId, MemberId, TeamId, UnixTime};

use crate::directory::{EditError, Flaw, Previous, TEAM_PUBLIC_KEY_BYTES};
use crate::example::{ADMIN, CLERK, COUNSELLOR, DEVICE, LEADER, OTHER_TEAM, Office, SECOND_ADMIN, TEAM, device, member, seed};
use crate::requests::KeyId;

#[test]
fn who_is_who_is_found() {
    let directory = Office::new().second();
    assert_eq!(directory.member(&CLERK).unwrap().name, "Clara Sachbearbeitung");
    assert_eq!(directory.device(&DEVICE).unwrap().enrolled_by, COUNSELLOR);
    assert_eq!(directory.team(&TEAM).unwrap().name, "Leistung 1");
    assert_eq!(directory.key_of(&KeyId::Device(DEVICE)), Some(device().key));
    assert_eq!(directory.key_of(&KeyId::Member(CLERK)), Some(seed(CLERK).public_key()));
    assert_eq!(directory.key_of(&KeyId::Member(MemberId([0xee; 16]))), None);
    assert_eq!(directory.clerks_of(TEAM).map(|clerk| clerk.member).collect::<Vec<_>>(), [CLERK]);
    assert_eq!(directory.clerks_of(OTHER_TEAM).count(), 0);
    assert!(directory.has_role(&LEADER, Role::TeamLeader) && !directory.has_role(&LEADER, Role::Clerk));
    assert_eq!((directory.signer(), directory.number()), (ADMIN, 2));
    assert_eq!((directory.admin_serial(&ADMIN), directory.admin_serial(&SECOND_ADMIN), directory.next_serial()), (Some(1), None, 2));
}

#[test]
fn a_form_goes_to_the_team_of_the_first_rule_that_matches() {
    let directory = Office::new().second();
    assert_eq!(directory.team_for(Some("12345BG0123456")), Some(TEAM));
    assert_eq!(directory.team_for(Some("99999BG0123456")), Some(OTHER_TEAM));
    assert_eq!(directory.team_for(None), Some(OTHER_TEAM), "a jobseeker without a unit");
    assert_eq!(Office::new().first().team_for(None), None);
    assert_eq!(directory.number_rules().unit("12345//0123456").unwrap(), "12345BG0123456");
}

#[test]
fn a_new_team_key_closes_the_old_one() {
    let office = Office::new();
    let second = office.second();
    assert_eq!(second.open_key(&TEAM).unwrap().epoch, 1);
    assert!(second.open_key(&OTHER_TEAM).is_none());
    let third = office.next(&second, |edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    assert_eq!(third.open_key(&TEAM).unwrap().epoch, 2);
    assert_eq!(third.key_epoch(&TEAM, 1).unwrap().state, EpochState::Closed);
    for epoch in [0, 1, 2, 4] {
        let again = third.edit(UnixTime(4)).with_team_key(TEAM, epoch, &[0x53; TEAM_PUBLIC_KEY_BYTES], CLERK);
        assert_eq!(again.unwrap_err(), EditError::NoEpoch { team: TEAM, epoch }, "an announcement counts once");
    }
    assert_eq!(third.edit(UnixTime(4)).with_epoch_state(TEAM, 1, EpochState::Open).unwrap_err(), EditError::EpochBackwards);
}

#[test]
fn the_next_key_is_asked_for_and_answers_that() {
    let office = Office::new();
    let second = office.second();
    let asked = office.next(&second, |edit| edit.with_next_key_wanted(TEAM).unwrap().with_next_key_wanted(OTHER_TEAM).unwrap());
    assert_eq!(asked.team(&TEAM).unwrap().next_epoch, Some(2));
    assert_eq!(asked.team(&OTHER_TEAM).unwrap().next_epoch, None, "the first key is made unasked");
    assert_eq!(asked.open_key(&TEAM).unwrap().epoch, 1, "until it is there, forms are sealed to the old one");
    let renamed = office.next(&asked, |edit| edit.with_team(TEAM, "Leistung Eins"));
    assert_eq!(renamed.team(&TEAM).unwrap().next_epoch, Some(2));
    let turned = office.next(&renamed, |edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    assert_eq!(turned.team(&TEAM).unwrap().next_epoch, None);
    let (old, new) = (turned.key_epoch(&TEAM, 1).unwrap(), turned.key_epoch(&TEAM, 2).unwrap());
    assert_eq!((old.closed_in, new.closed_in), (Some(turned.number()), None));
    assert_eq!(new.since, Some(turned.get().issued_at));
}

/// Who left may have been given the key that was being made: it is used, and followed by one that they were not.
#[test]
fn a_clerk_who_leaves_while_a_key_is_made_costs_another_one() {
    let office = Office::new();
    let asked = office.next(&office.second(), |edit| edit.with_next_key_wanted(TEAM).unwrap());
    let left = office.next(&asked, |edit| edit.with_another_key_wanted(TEAM).unwrap());
    assert_eq!(left.team(&TEAM).unwrap().next_epoch, Some(2));
    let turned = office.next(&left, |edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    assert_eq!(turned.team(&TEAM).unwrap().next_epoch, Some(3));
    let again = office.next(&turned, |edit| edit.with_team_key(TEAM, 3, &[0x53; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    assert_eq!(again.team(&TEAM).unwrap().next_epoch, None, "once");
    let unasked = office.next(&again, |edit| edit.with_another_key_wanted(TEAM).unwrap());
    assert_eq!((unasked.team(&TEAM).unwrap().next_epoch, unasked.team(&TEAM).unwrap().next_again), (Some(4), None), "none was being made");
}

#[test]
fn only_a_closed_key_is_doomed_and_a_destroyed_one_stays_so() {
    let office = Office::new();
    let second = office.second();
    assert_eq!(second.edit(UnixTime(3)).with_doomed_key(TEAM, 1, ADMIN).unwrap_err(), EditError::EpochBackwards, "forms are sealed to it");
    let third = office.next(&second, |edit| edit.with_team_key(TEAM, 2, &[0x52; TEAM_PUBLIC_KEY_BYTES], CLERK).unwrap());
    let doomed = office.next(&third, |edit| edit.with_doomed_key(TEAM, 1, ADMIN).unwrap());
    assert_eq!(doomed.key_epoch(&TEAM, 1).unwrap().doomed_by, Some(ADMIN));
    let gone = office.next(&doomed, |edit| edit.with_epoch_state(TEAM, 1, EpochState::Destroyed).unwrap());
    assert_eq!(gone.edit(UnixTime(9)).with_epoch_state(TEAM, 1, EpochState::Closed).unwrap_err(), EditError::EpochBackwards);
}

#[test]
fn a_member_who_was_revoked_is_still_known_and_counts_no_more() {
    let office = Office::new();
    let third = office.next(&office.second(), |edit| edit.with_member_standing(CLERK, Standing::Revoked).unwrap());
    assert!(third.member(&CLERK).is_some() && third.active_member(&CLERK).is_none());
    assert!(!third.has_role(&CLERK, Role::Clerk) && !third.has_role_in(&CLERK, Role::Clerk, &TEAM));
    assert_eq!(third.clerks_of(TEAM).count(), 0);
}

#[test]
fn lists_stay_in_order_whatever_the_order_of_edits() {
    let office = Office::new();
    let third = office.next(&office.second(), |edit| {
        let mut early = member(MemberId([0x02; 16]), "Früh", Role::TeamLeader, &[OTHER_TEAM, TEAM, TEAM]);
        early.roles = vec![Role::Clerk, Role::Counsellor, Role::Clerk];
        edit.with_team(TeamId([0x01; 16]), "Leistung 0").with_team(TEAM, "Leistung Eins").with_member(early)
    });
    let early = third.member(&MemberId([0x02; 16])).unwrap();
    assert_eq!((early.roles.as_slice(), early.teams.as_slice()), ([Role::Counsellor, Role::Clerk].as_slice(), [TEAM, OTHER_TEAM].as_slice()));
    assert_eq!(third.team(&TEAM).unwrap().name, "Leistung Eins");
    assert!(third.open_key(&TEAM).is_some(), "renaming a team keeps its keys");
}

#[test]
fn what_is_not_there_cannot_be_changed_and_what_is_flawed_cannot_be_signed() {
    let office = Office::new();
    let edit = || office.second().edit(UnixTime(3));
    let (nobody, no_device, no_team) = (MemberId([0xee; 16]), DeviceId([0xee; 16]), TeamId([0xee; 16]));
    assert_eq!(edit().with_member_standing(nobody, Standing::Revoked).unwrap_err(), EditError::NoMember(nobody));
    assert_eq!(edit().with_device_standing(no_device, Standing::Revoked).unwrap_err(), EditError::NoDevice(no_device));
    assert_eq!(edit().with_team_key(no_team, 1, &[], CLERK).unwrap_err(), EditError::NoTeam(no_team));
    let revocation = office.root.revoke(office.pin.office, 1, UnixTime(3));
    assert_eq!(edit().with_certificate(revocation).unwrap_err(), EditError::NotTheRoots);
    let flawed = edit().with_name(" ").sign(1, &seed(ADMIN), &office.pin, Previous::Directory(&office.second()));
    assert_eq!(flawed.unwrap_err(), Flaw::Name.into());
}

#[test]
fn a_directory_prints_no_names() {
    let text = format!("{:?}", Office::new().second());
    assert!(text.starts_with("VerifiedDirectory(2, Digest(") && !text.contains("Clara"));
}
