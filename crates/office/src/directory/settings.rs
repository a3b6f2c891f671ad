//! Whether the settings that everybody shares can be followed.

use std::collections::BTreeSet;

use protocol::directory::{Directory, OfficeInformation, TeamRule};

use super::entry_mask;
use super::flaws::{Flaw, has_team};
use crate::numbers::NumberRules;
use crate::requests::ClientVersion;

/// More independent copies than any office keeps.
const MAX_COPIES: u8 = 9;
/// Entries of deadlines, languages and rules, at most.
const MAX_ENTRIES: usize = 64;
/// Longest text of the customer information that comes from the office, in characters.
const MAX_INFORMATION: usize = 400;

pub(super) fn check(directory: &Directory) -> Result<(), Flaw> {
    let settings = &directory.settings;
    if !(1..=MAX_COPIES).contains(&settings.receipt_policy.min_copies) {
        return Err(Flaw::ReceiptPolicy);
    }
    NumberRules::from_settings(settings)?;
    settings.team_rules.iter().try_for_each(|rule| check_rule(directory, rule))?;
    if settings.deadlines_days.len() > MAX_ENTRIES || !settings.deadlines_days.is_sorted() {
        return Err(Flaw::Deadlines);
    }
    let distinct: BTreeSet<&str> = settings.languages.iter().map(String::as_str).collect();
    if distinct.len() != settings.languages.len() || distinct.len() > MAX_ENTRIES || !distinct.iter().all(|tag| is_language_tag(tag)) {
        return Err(Flaw::Languages);
    }
    if settings.information.as_ref().is_some_and(|information| !is_information(information)) {
        return Err(Flaw::Information);
    }
    settings.entry_mask.as_ref().map_or(Ok(()), entry_mask::check)?;
    ClientVersion::parse(&settings.minimum_client).map(drop).ok_or(Flaw::MinimumClient)
}

/// A prefix as it can begin a normalised number: upper case, no spaces.
fn check_rule(directory: &Directory, rule: &TeamRule) -> Result<(), Flaw> {
    has_team(directory, rule.team)?;
    let plain = rule.prefix.len() <= MAX_ENTRIES && rule.prefix.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase());
    if plain { Ok(()) } else { Err(Flaw::TeamRule) }
}

/// Complete, of printable length, one paragraph each.
fn is_information(information: &OfficeInformation) -> bool {
    let OfficeInformation { controller, officer, authority, return_to } = information;
    [controller, officer, authority, return_to]
        .into_iter()
        .all(|text| (1..=MAX_INFORMATION).contains(&text.chars().count()) && text.trim() == text && !text.chars().any(char::is_control))
}

/// The outer shape of BCP 47: subtags of 1 to 8 letters and digits.
fn is_language_tag(tag: &str) -> bool {
    tag.len() <= 35 && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
