//! A directory that contradicts itself is refused, even from the right administrator.

use protocol::directory::{
    Directory, EntryMask, EpochState, MaskSource, Member, OfficeInformation, ReceiptPolicy, Role, Team, TeamKeyEpoch, TeamRule,
};
use protocol::{MemberId, PublicKey, TeamId, UnixTime};

use crate::directory::{DirectoryError, Flaw, MaskFlaw, Previous, verify};
use crate::example::{CLERK, COUNSELLOR, Office, TEAM, endpoint};
use crate::numbers::PatternError;

const NOBODY: MemberId = MemberId([0xee; 16]);
const NO_TEAM: TeamId = TeamId([0xee; 16]);

/// The flaw that verification finds after a change to a sound directory.
fn flaw(change: impl FnOnce(&mut Directory)) -> Flaw {
    let office = Office::new();
    let signed = office.forge(&office.second().edit(UnixTime(3)), change);
    match verify(&signed, &office.pin, Previous::Nothing).unwrap_err() {
        DirectoryError::Flawed(flaw) => flaw,
        other => panic!("refused, but not for its content: {other}"),
    }
}

fn clerk(directory: &mut Directory) -> &mut Member {
    directory.members.iter_mut().find(|member| member.member == CLERK).unwrap()
}

fn team(directory: &mut Directory) -> &mut Team {
    directory.teams.iter_mut().find(|team| team.team == TEAM).unwrap()
}

fn keys(directory: &mut Directory) -> &mut Vec<TeamKeyEpoch> {
    &mut team(directory).keys
}

#[test]
fn lists_are_ascending_and_without_repetition() {
    assert_eq!(flaw(|directory| directory.members.reverse()), Flaw::Order);
    assert_eq!(flaw(|directory| directory.teams.reverse()), Flaw::Order);
    assert_eq!(flaw(|directory| directory.members.push(directory.members.last().unwrap().clone())), Flaw::Order);
    assert_eq!(flaw(|directory| directory.devices.push(directory.devices[0].clone())), Flaw::Order);
    assert_eq!(flaw(|directory| clerk(directory).roles = vec![Role::Clerk, Role::Counsellor]), Flaw::Order);
    assert_eq!(flaw(|directory| clerk(directory).teams = vec![TEAM, TEAM]), Flaw::Order);
}

#[test]
fn a_key_is_sound_and_stands_for_one() {
    assert_eq!(flaw(|directory| clerk(directory).key = PublicKey([0; 32])), Flaw::UnsoundKey);
    assert_eq!(flaw(|directory| directory.devices[0].key = PublicKey([2; 32])), Flaw::UnsoundKey);
    assert_eq!(flaw(|directory| directory.devices[0].key = directory.members[0].key), Flaw::KeyTwice);
    assert_eq!(flaw(|directory| clerk(directory).key = directory.members[0].key), Flaw::KeyTwice);
    let office = Office::new();
    let root_as_device = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.devices[0].key = office.pin.root_key);
    assert_eq!(verify(&root_as_device, &office.pin, Previous::Nothing).unwrap_err(), DirectoryError::Flawed(Flaw::KeyTwice));
}

#[test]
fn names_and_roles_are_there() {
    for name in ["", "\u{202e}nimdA", "a\nb"] {
        assert_eq!(flaw(|directory| clerk(directory).name = name.to_owned()), Flaw::Name);
        assert_eq!(flaw(|directory| directory.name = name.to_owned()), Flaw::Name);
        assert_eq!(flaw(|directory| directory.teams[0].name = name.to_owned()), Flaw::Name);
    }
    assert_eq!(flaw(|directory| clerk(directory).roles.clear()), Flaw::NoRole(CLERK));
}

#[test]
fn whoever_is_named_is_there() {
    assert_eq!(flaw(|directory| clerk(directory).teams = vec![NO_TEAM]), Flaw::UnknownTeam(NO_TEAM));
    assert_eq!(flaw(|directory| directory.settings.team_rules[0].team = NO_TEAM), Flaw::UnknownTeam(NO_TEAM));
    assert_eq!(flaw(|directory| directory.devices[0].enrolled_by = NOBODY), Flaw::UnknownMember(NOBODY));
    assert_eq!(flaw(|directory| directory.devices[0].also = Some(vec![NOBODY])), Flaw::UnknownMember(NOBODY));
    for also in [vec![], vec![CLERK, CLERK], vec![COUNSELLOR]] {
        assert_eq!(flaw(|directory| directory.devices[0].also = Some(also)), Flaw::Order, "who came later, each once");
    }
    assert_eq!(flaw(|directory| keys(directory)[0].made_by = NOBODY), Flaw::UnknownMember(NOBODY));
}

#[test]
fn team_keys_ascend_have_their_length_and_at_most_one_is_open() {
    assert_eq!(flaw(|directory| keys(directory)[0].public_key = vec![1; 1664].into()), Flaw::TeamKeyLength(TEAM));
    assert_eq!(flaw(|directory| keys(directory)[0].epoch = 0), Flaw::Epochs(TEAM));
    let another = |epoch, state| {
        move |directory: &mut Directory| {
            let key = TeamKeyEpoch { epoch, state, ..keys(directory)[0].clone() };
            keys(directory).push(key);
        }
    };
    assert_eq!(flaw(another(2, EpochState::Open)), Flaw::Epochs(TEAM), "two open");
    assert_eq!(flaw(another(1, EpochState::Closed)), Flaw::Epochs(TEAM), "an epoch twice");
    let wanted = |next| move |directory: &mut Directory| team(directory).next_epoch = Some(next);
    assert_eq!(flaw(wanted(1)), Flaw::Epochs(TEAM), "the one that is there");
    assert_eq!(flaw(wanted(3)), Flaw::Epochs(TEAM), "not the next");
    assert_eq!(flaw(|directory| keys(directory)[0].doomed_by = Some(NOBODY)), Flaw::UnknownMember(NOBODY));
}

#[test]
fn number_and_previous_fit() {
    assert_eq!(flaw(|directory| directory.number = 0), Flaw::Numbering);
    assert_eq!(flaw(|directory| directory.number = 1), Flaw::Numbering);
    assert_eq!(flaw(|directory| directory.previous = None), Flaw::Numbering);
}

#[test]
fn the_endpoint_has_sound_keys() {
    assert_eq!(flaw(|directory| directory.endpoint.receipt_key = PublicKey([0; 32])), Flaw::Endpoint);
    assert_eq!(flaw(|directory| directory.endpoint.next_receipt_key = Some(PublicKey([0; 32]))), Flaw::Endpoint);
    assert_eq!(flaw(|directory| directory.endpoint.next_receipt_key = Some(endpoint().receipt_key)), Flaw::Endpoint);
    assert_eq!(flaw(|directory| directory.endpoint.tls_pins = vec![protocol::Digest([1; 32]); 9]), Flaw::Endpoint);
}

#[test]
fn settings_can_be_followed() {
    let settings = |change: fn(&mut protocol::directory::Settings)| flaw(|directory| change(&mut directory.settings));
    assert_eq!(settings(|s| s.receipt_policy = ReceiptPolicy { min_copies: 0, require_accepted: false }), Flaw::ReceiptPolicy);
    assert_eq!(settings(|s| s.receipt_policy.min_copies = 10), Flaw::ReceiptPolicy, "no receipt would ever suffice");
    assert_eq!(settings(|s| s.customer_number_pattern.clear()), Flaw::Patterns(PatternError::Malformed));
    assert_eq!(settings(|s| s.unit_number_patterns.clear()), Flaw::Patterns(PatternError::NoUnitPattern));
    assert_eq!(settings(|s| s.unit_number_patterns[1] = "9999//999".to_owned()), Flaw::Patterns(PatternError::Incompatible));
    assert_eq!(settings(|s| s.team_rules.push(TeamRule { prefix: "12 3".to_owned(), team: TEAM })), Flaw::TeamRule);
    assert_eq!(settings(|s| s.deadlines_days = vec![9, 3]), Flaw::Deadlines);
    assert_eq!(settings(|s| s.languages = vec!["ar".to_owned(), "ar".to_owned()]), Flaw::Languages);
    assert_eq!(settings(|s| s.languages = vec!["../../etc".to_owned()]), Flaw::Languages);
    let told = |controller: &str| {
        let text = || "x".to_owned();
        Some(OfficeInformation { controller: controller.to_owned(), officer: text(), authority: text(), return_to: text() })
    };
    assert_eq!(flaw(|directory| directory.settings.information = told("")), Flaw::Information, "Art. 13 GDPR: who is responsible has to be said");
    assert_eq!(flaw(|directory| directory.settings.information = told("two\nlines")), Flaw::Information);
    assert_eq!(flaw(|directory| directory.settings.information = told(&"x".repeat(401))), Flaw::Information);
    let empty = EntryMask { version: 1, name: "x".to_owned(), fields: vec![], asks_mig: false };
    assert_eq!(
        flaw(|directory| directory.settings.entry_mask = Some(empty)),
        Flaw::EntryMask(MaskFlaw::Missing(MaskSource::Characteristic1)),
        "no directory can make the clerks' apps show nothing"
    );
    assert_eq!(settings(|s| s.minimum_client = "new".to_owned()), Flaw::MinimumClient);
}
