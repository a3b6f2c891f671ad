//! One sentence per error code: what happened, that nothing was lost, what to do.

use std::borrow::Cow;

use commands::{CommandError, ErrorCode};

/// Words an error for an administrator. Uses the error's values only, which never tell an answer or a customer.
pub fn of(error: &CommandError) -> String {
    let value = |name: &str| error.params.get(name).map_or("?", String::as_str);
    let with = |start: &str, name: &str, end: &str| Cow::Owned(format!("{start}{}{end}", value(name)));
    let text: Cow<'static, str> = match error.code {
        ErrorCode::Locked => "This needs an unlocked user. Nothing was changed. Say who with --user and give the passphrase.".into(),
        ErrorCode::WrongPassphrase => with("The passphrase is wrong. Nothing was changed. The next try is possible in ", "wait_seconds", " s."),
        ErrorCode::TooSoon => with("Too soon after a wrong passphrase. Nothing was changed. Try again in ", "wait_seconds", " s."),
        ErrorCode::PassphraseTooShort => with("The new passphrase is too short. Nothing was changed. Use at least ", "minimum", " characters."),
        ErrorCode::VaultBusy => "Another instance of the app uses this vault. Nothing was changed. Try again later or with a longer --wait.".into(),
        ErrorCode::VaultDamaged => with(
            "The vault is damaged (",
            "what",
            "). It was left as it is. Copy the data folder away and tell the administrator before doing anything else.",
        ),
        ErrorCode::VaultNewer => {
            "The vault was written by a newer version of the app. It was left as it is. Install that version or a newer one.".into()
        }
        ErrorCode::VaultUnsafe => with(
            "The data folder is not private: ",
            "what",
            ". Nothing was opened. Make folder and files accessible to this account only, without links.",
        ),
        ErrorCode::DiskFull => "The disk is full. Nothing was lost; the last action was not saved. Make room and repeat it.".into(),
        ErrorCode::DiskFault => "The disk does not work. Nothing was lost that was saved before. Check the disk before going on.".into(),
        ErrorCode::PinWeak => with("This PIN is too easy. Nothing was changed. At least ", "minimum", " digits, not all the same and not in a row."),
        ErrorCode::WrongPin => with("The PIN is wrong. Tries left: ", "left", "; then the passphrase is needed."),
        ErrorCode::PinGone => "There is no PIN any more. Nothing was lost. Unlock with the passphrase.".into(),
        ErrorCode::NumberFollows => "The customer number is missing. Nothing was changed. Bring it first with `bogen mig number`.".into(),
        ErrorCode::DraftHere => "This person's form is a draft on this device. Nothing was changed. Change it there.".into(),
        ErrorCode::PastChange => {
            "The form was entered and destroyed. Nothing was changed. What stands in the benefits system can be changed by letter (Art. 15 to 17 GDPR).".into()
        }
        ErrorCode::NothingToChange => {
            "No form of this customer is known. Nothing was changed. It may be sealed on a colleague's device; or take a new form with `bogen unit add`.".into()
        }
        ErrorCode::Superseded => "A newer form replaces this one. Nothing was opened. Open that one.".into(),
        ErrorCode::RootShares => root_shares(error).into(),
        ErrorCode::RuleInvalid if value("reason") == "no_default" => "Where all other forms go is missing. Nothing was changed. Say it with --others.".into(),
        ErrorCode::RuleInvalid => with("No benefit-unit number begins like that, or the rule is there twice: rule ", "position", ". Nothing was changed."),
        ErrorCode::KeyInUse => match error.params.get("records") {
            Some(records) => {
                format!("{records} envelopes still lie under this key: the clerks' apps seal them anew at their next contact. Nothing was destroyed.").into()
            }
            None => "Forms are still sealed to this key: renew it first (`bogen team renew-key`). Nothing was destroyed.".into(),
        },
        ErrorCode::DevicesUnheard => format!(
            "{} devices have not said that they hold nothing sealed to this key; what they hold could never be opened. Let them connect, or use --without-devices, \
             which takes a second administrator. Nothing was destroyed.",
            value("count")
        )
        .into(),
        ErrorCode::TeamTooSmall => {
            with("There are reports on teams of at least ", "minimum", " active clerks only: a smaller one would be about single persons. Nothing was changed.")
        }
        ErrorCode::MigOpen => "Nobody said that the internal code \"MIG\" is set. Nothing was confirmed. Look in the benefits system, then say so with --mig-set or --mig-missing.".into(),
        ErrorCode::NoReplyKey => "The form was made by an app that takes no questions. Nothing was changed. Ask its author yourself.".into(),
        ErrorCode::MaskInvalid => mask_invalid(error).into(),
        ErrorCode::DeadlinesInvalid => "Deadlines are four numbers of days from 1 to 365, each higher than the one before. Nothing was changed.".into(),
        ErrorCode::NotFound => "There is no such unit, member, record or entry. Nothing was changed. List them to see the valid ids.".into(),
        ErrorCode::Elsewhere => {
            "This form is not in your queue: a colleague may have it now. Nothing was changed. Whoever opens it next is warned if you had it open.".into()
        }
        ErrorCode::AbsenceInvalid => "Somebody comes back after today and within a year. Nothing was changed. Give the day of the return.".into(),
        ErrorCode::NobodyThere => "Nobody is there who could take these units: absent, or without a share. Nothing was moved.".into(),
        ErrorCode::UndoTooLate => {
            "The last move cannot be put back: a quarter of an hour is over, or somebody began with it. Nothing was changed. Move the units once more.".into()
        }
        ErrorCode::NumbersDiffer => "The two typed numbers differ. Nothing was changed. Type the number again.".into(),
        ErrorCode::NumberInvalid => with("The number does not look like one. Nothing was changed. Expected is ", "expected", "."),
        ErrorCode::NumberTwice => "This number is in the list already. Nothing was changed. Look for the entry that has it.".into(),
        ErrorCode::TextTooLong => with("The text is too long. Nothing was changed. At most ", "maximum", " characters are possible."),
        ErrorCode::NotAsked => "This question is not asked at present. Nothing was changed. `bogen form show` lists the questions that are.".into(),
        ErrorCode::TextMissing => "A text is missing. Nothing was changed. Fill in all of them.".into(),
        ErrorCode::CannotTake => {
            "These answers cannot be taken over. Nothing was changed. Only an adult's own, complete answers for a child under 15 can; answer the question instead."
                .into()
        }
        ErrorCode::Turned => "The customer has the screen. Everything is saved. The code gives it back; after a lock the passphrase does.".into(),
        ErrorCode::CodeNeeded => "Choose a code of 4 to 8 digits first. Nothing was changed.".into(),
        ErrorCode::WrongCode => with("The code is wrong. Everything is saved. Tries left until the app locks: ", "left", "."),
        ErrorCode::LanguageUnknown => "There is no such language, or the office has not switched it on. `bogen wording --json` lists them.".into(),
        ErrorCode::NotInformed => {
            "The person was not informed yet. Nothing was saved. Read the customer information out (`bogen wording`), then say so with --informed."
                .into()
        }
        ErrorCode::NotChecked => {
            with("Forms are not checked yet: ", "count", ". Nothing was sealed. Check them, or leave their members out with --leave-out.")
        }
        ErrorCode::NothingToFinalise => "There is nothing to finalise. Nothing was changed. Answer and check a form first.".into(),
        ErrorCode::TeamKeyMissing => "The receiving team has no key yet. The drafts are kept. A clerk of the team has to start the app once.".into(),
        ErrorCode::TicketUnreadable => "The ticket is damaged or incomplete. Nothing was changed. Copy it again, all of it.".into(),
        ErrorCode::TicketInvalid => "The ticket is unknown, used or expired. Nothing was changed. Ask an administrator for a new one.".into(),
        ErrorCode::EnrolmentBegun => with(
            "This ticket or founding code was begun with here under another passphrase. Nothing was changed. Use that one, or ask for a new ticket. \
             The next try is possible in ",
            "wait_seconds",
            " s.",
        ),
        ErrorCode::FoundingCodeWrong => {
            "The founding code is damaged or belongs to another endpoint. Nothing was founded. Copy it again from the endpoint's output.".into()
        }
        ErrorCode::AlreadyFounded => "This office is founded already. Nothing was changed. Ask its administrator for a ticket.".into(),
        ErrorCode::AlreadyEnrolled => {
            "This device belongs to an office already. Nothing was changed. Use another data folder for another office.".into()
        }
        ErrorCode::AskingFixed => {
            "The form is begun, and does not change to or from a young person's own. Nothing was changed. Remove the person and add them anew.".into()
        }
        ErrorCode::NoOffice => "This device belongs to no office yet. Found one with `bogen found`, or redeem a ticket with `bogen enrol`.".into(),
        ErrorCode::EnrolmentWaiting => "An administrator has to approve this device first. Nothing was lost. Try `bogen contact` after that.".into(),
        ErrorCode::NotYourRole => "This is for other roles. Nothing was changed. An administrator gives roles.".into(),
        ErrorCode::Revoked => {
            "This device or person was revoked. What is sealed here can still be delivered with `bogen sync`; ask an administrator.".into()
        }
        ErrorCode::AlreadyEntered => "You confirmed this form before: it is destroyed, and the receipt is in this device's ledger. Do not enter it again.".into(),
        ErrorCode::InGrace => {
            "You confirmed this form, and it is not destroyed yet. Nothing was changed. To open it again, take that back with `bogen enter undo`.".into()
        }
        ErrorCode::OtherTeam => with(
            "By the office's rules this form belongs to the team ",
            "team",
            ". Nothing of it was shown. Forward it with `bogen enter forward`, or open it with --here if it is to be entered here.",
        ),
        ErrorCode::NoRecovery => {
            "Two shares do not open this user's part: nothing was left for them, or it is damaged. Nothing was changed. With the passphrase everything opens as ever; \
             unlocking once more, after a contact, leaves it anew."
                .into()
        }
        ErrorCode::NoteGone => {
            "No such note waits for you: it was answered, another one took its place, or the form was entered as it is. Nothing was changed. `bogen notes` shows what waits.".into()
        }
        ErrorCode::ChangedMeanwhile => {
            "Something happened to this form since it was opened: perhaps its author answered. Nothing was destroyed. Look at it again with `bogen enter open`.".into()
        }
        ErrorCode::CannotForward => {
            "This form stays here: somebody was shown it already, it is held, another one belongs to it, or no rule names another team. Nothing was changed. Enter it."
                .into()
        }
        ErrorCode::StaffChanged => "A colleague changed this person's tasks meanwhile. Nothing was changed. Look again: `bogen office show`.".into(),
        ErrorCode::LastHolder => with(
            "Nobody else was given this team's key, so nobody could open what is sealed to it: ",
            "team",
            ". Nothing was changed. Make somebody else a clerk of the team and let both apps connect; to revoke somebody all the same, add --even-so.",
        ),
        ErrorCode::AdminCertified => {
            "This administrator can sign directories, and a copy of the key could go on doing so. Nothing was changed. Take it with two shares of the root \
             key: `bogen office certify --instead-of`."
                .into()
        }
        ErrorCode::CannotRevokeSelf => {
            "You cannot revoke yourself: nobody could change the office any more. Nothing was changed. Another administrator would have to.".into()
        }
        ErrorCode::Unreachable => "The endpoint cannot be reached. Nothing was lost: everything stays sealed here. Try again later.".into(),
        ErrorCode::NotOurEndpoint => {
            "Somebody answered who is not the office's endpoint. Nothing was sent or destroyed. Check network and proxy, and tell the administrator."
                .into()
        }
        ErrorCode::LogFault => {
            "The endpoint's log contradicts what it said before. Nothing was lost here and nothing more is destroyed. Tell the administrator at once."
                .into()
        }
        ErrorCode::LogStillFaulty => {
            "The endpoint could not prove that its log continues what this device knows of it. The fault stays: nothing was lost here and nothing is \
             destroyed. It is cleared by a log that contains all that was ever shown here; two different logs never do."
                .into()
        }
        ErrorCode::EndpointBusy => "The endpoint cannot store at the moment. Nothing was lost: everything stays sealed here. Try again later.".into(),
        ErrorCode::EndpointRefused => with("The endpoint refused (", "problem", "). Nothing was lost here. Tell the administrator this code."),
        ErrorCode::ClientTooOld => "This app is older than the office permits. Nothing was lost. Update it and try again.".into(),
        ErrorCode::DirectoryInvalid => "The office's directory does not verify. Nothing was changed. Tell the administrator at once.".into(),
        ErrorCode::CannotOpen => {
            "This form cannot be opened with the keys of this app. It stays at the endpoint. Give it back and tell the administrator.".into()
        }
        ErrorCode::AuthorInvalid => {
            "The author's signature does not fit. The form stays at the endpoint. Do not enter it; tell the administrator.".into()
        }
        ErrorCode::KeyShareMissing => {
            "This app holds no key of the team yet. Nothing was lost. It comes once a colleague's app was online; then try `bogen contact`.".into()
        }
        ErrorCode::ImportUnreadable => {
            with("The import cannot be read, line ", "line", ". Nothing was taken over. Compare it with `bogen import --help`.")
        }
        ErrorCode::SealingFailed => "Sealing failed its own check. The draft is kept. Try again; if it stays, tell the administrator.".into(),
        ErrorCode::BadArguments => "The arguments are of the wrong kind. Nothing was changed. See --help.".into(),
        ErrorCode::Internal => "A fault of the app itself. What was saved before is safe. Try again; if it stays, tell the administrator.".into(),
    };
    text.into_owned()
}

fn mask_invalid(error: &CommandError) -> String {
    let value = |name: &str| error.params.get(name).map_or("?", String::as_str);
    let field = value("field");
    let what = match value("reason") {
        "syntax" => format!("Line {}: {}", value("line"), value("detail")),
        "format" => "It is of another format; this app knows format = 1".to_owned(),
        "name" => "Its name is missing or too long".to_owned(),
        "mixed" => "It mixes characteristics and questions; it has all four or all eight".to_owned(),
        "twice" => format!("{field} is there twice"),
        "missing" => format!("{field} is missing: what a mask leaves out would be lost"),
        "label" => format!("The label of {field} is missing or longer than {} characters", value("maximum")),
        "code" => format!("A code of {field} is missing, longer than {} characters, or for something that cannot be", value("maximum")),
        _ => format!("Two codes of {field} are the same"),
    };
    format!("This is no entry mask. {what}. Nothing was changed. `bogen office mask show` prints one to begin with.")
}

fn root_shares(error: &CommandError) -> String {
    let value = |name: &str| error.params.get(name).map(String::as_str);
    let why = match value("reason") {
        Some("no_share") => "one is no share of a root key",
        Some("slip") => "one has a slip",
        Some("twice") => "it is the same share twice",
        Some("other_office") => "one belongs to another office",
        Some("wrong_root") => "together they give another key",
        _ => "two are needed",
    };
    let at = value("position").map(|position| format!(" (number {position} as typed)")).unwrap_or_default();
    format!("These shares do not restore the office's root key: {why}{at}. Nothing was changed. Compare them with the paper.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_carries_its_value() {
        let error = CommandError::new(ErrorCode::TooSoon).with("wait_seconds", 30);
        assert!(of(&error).contains("30 s"));
    }

    #[test]
    fn a_missing_value_is_no_panic() {
        assert!(of(&CommandError::new(ErrorCode::ImportUnreadable)).contains("line ?"));
    }
}
