//! What went wrong, as a code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

dto! {
    /// What went wrong: a code that the shell words, and values for the sentence. Never an answer, a name or a number of a customer.
    CommandError { code: ErrorCode, params: BTreeMap<String, String> }
}

code! {
    /// What went wrong.
    ErrorCode {
        /// The app is locked; unlock first.
        Locked,
        /// The passphrase is wrong; `wait_seconds` says when the next try is possible.
        WrongPassphrase,
        /// Too soon after wrong passphrases; `wait_seconds`.
        TooSoon,
        /// The new passphrase is too short; `minimum`.
        PassphraseTooShort,
        /// Another instance of the app uses this vault.
        VaultBusy,
        /// The vault is damaged; `what` names the file.
        VaultDamaged,
        /// The vault was written by a newer version of the app.
        VaultNewer,
        /// Permissions of the vault's folder are too loose, or a link is in the way; `what`.
        VaultUnsafe,
        /// The disk is full; nothing was lost, the last action was not saved.
        DiskFull,
        /// The disk does not work; nothing was lost that was saved before.
        DiskFault,
        /// No such unit, member, record or entry.
        NotFound,
        /// This clerk confirmed the entry before; the record is destroyed, and the receipt is kept here.
        AlreadyEntered,
        /// This clerk confirmed the entry, and the record is not destroyed yet: take that back first.
        InGrace,
        /// The office's mask asks whether the internal code "MIG" is set, and nobody said so.
        MigOpen,
        /// The form's author uses an app from before questions could be sent: nobody can write to them about it.
        NoReplyKey,
        /// This form is not, or no longer, among this clerk's: a colleague has it now, or it never was there.
        Elsewhere,
        /// This note was answered before, or another one took its place.
        NoteGone,
        /// Something happened to this form since it was opened: its author answered, say, or a colleague's form replaces it. Open it again.
        ChangedMeanwhile,
        /// By the office's rules this form belongs to another team: forward it, or say that it is to be entered here; `team`. Nothing of it was shown.
        OtherTeam,
        /// This form stays with this team: it was shown already, is held, or others belong to it; or no rule names another team for it.
        CannotForward,
        /// Somebody comes back within a year from now.
        AbsenceInvalid,
        /// Nobody is there who could take these units: all who could are absent or get none.
        NobodyThere,
        /// The last move cannot be undone (any more): it is too long ago, or somebody began with all of it.
        UndoTooLate,
        /// The two typed numbers differ.
        NumbersDiffer,
        /// The number does not look like one; `expected` shows the pattern.
        NumberInvalid,
        /// This number is in this list already.
        NumberTwice,
        /// A text is too long; `maximum`.
        TextTooLong,
        /// A text is missing that has to be there.
        TextMissing,
        /// The question is not asked at present.
        NotAsked,
        /// These answers cannot be taken over: no child under 15, or the parent's form is not here or not that far.
        CannotTake,
        /// The customer has the screen: only their form, until the code is given.
        Turned,
        /// Choose a code first; `minimum` digits.
        CodeNeeded,
        /// The code is wrong; `left` tries, then the app locks.
        WrongCode,
        /// The PIN has 4 to 8 digits, not all the same and not in a row; `minimum`.
        PinWeak,
        /// The PIN is wrong; `left` tries, then the passphrase is needed.
        WrongPin,
        /// There is no PIN (any more): unlock with the passphrase.
        PinGone,
        /// The customer number is missing: bring it first.
        NumberFollows,
        /// This person's form is a draft on this device: change it there.
        DraftHere,
        /// The form was entered and destroyed: it can be changed by letter only.
        PastChange,
        /// No form of this customer is known.
        NothingToChange,
        /// A newer form replaces this one: open that one.
        Superseded,
        /// There is no such language, or the office has not switched it on.
        LanguageUnknown,
        /// The customer information was not shown yet in this sitting: show it (`unit_informed`) before the first answer.
        NotInformed,
        /// The form is begun: it does not change to or from a young person's own. Remove the person and add them anew.
        AskingFixed,
        /// Forms are open: answer, check or leave them out by name; `count`.
        NotChecked,
        /// There is nothing to finalise.
        NothingToFinalise,
        /// The team has no key yet: its first clerk has to start the app once.
        TeamKeyMissing,
        /// The ticket text is damaged or incomplete.
        TicketUnreadable,
        /// The ticket is unknown, used or expired; ask for a new one.
        TicketInvalid,
        /// This ticket or founding code was begun with on this device under another passphrase; `wait_seconds` says when the next try is possible.
        EnrolmentBegun,
        /// The founding code is damaged or does not belong to this endpoint.
        FoundingCodeWrong,
        /// These are not two shares of this office's root key; `reason` (`count`, `no_share`, `slip`, `twice`, `other_office`, `wrong_root`), and where it is one
        /// of them `position`, counted from 1.
        RootShares,
        /// This user has left nothing that two shares could open: they never unlocked since there is a recovery key, or it is damaged.
        NoRecovery,
        /// A rule about where forms go is none; `position`, counted from 1, and `reason` (`prefix`: no number begins so; `twice`; `no_default`: all others are missing).
        RuleInvalid,
        /// A text is no entry mask; `reason` (`syntax` with `line` and `detail`; `format`, `name`, `mixed`; `twice`, `missing`, `label`, `code`, `same_code`, `same_label` with `field`).
        MaskInvalid,
        /// Deadlines are four numbers of days from 1 to 365, each higher than the one before; `position` of the one that is not.
        DeadlinesInvalid,
        /// The team has fewer active clerks than a report is made for: it would be about one of them; `minimum`.
        TeamTooSmall,
        /// The office is founded already.
        AlreadyFounded,
        /// This device belongs to an office already.
        AlreadyEnrolled,
        /// This device belongs to no office yet: found one or redeem a ticket.
        NoOffice,
        /// An administrator has to approve first.
        EnrolmentWaiting,
        /// Only for other roles.
        NotYourRole,
        /// The device or person was revoked.
        Revoked,
        /// Another administrator changed this person's tasks meanwhile.
        StaffChanged,
        /// Nobody else of the team (`team`) was given its key: what is sealed to it could be opened by nobody.
        LastHolder,
        /// Who can sign directories stops being an administrator by the root's word alone: two shares.
        AdminCertified,
        /// An administrator cannot revoke themself: nobody could sign a directory any more.
        CannotRevokeSelf,
        /// The endpoint cannot be reached; nothing was lost.
        Unreachable,
        /// The endpoint shows another certificate or key than the office's; nothing was sent or destroyed.
        NotOurEndpoint,
        /// The endpoint's log contradicts itself.
        LogFault,
        /// The log was checked again, and still does not continue what this device remembers.
        LogStillFaulty,
        /// The endpoint cannot store at the moment.
        EndpointBusy,
        /// The endpoint refused; `problem`.
        EndpointRefused,
        /// This app is older than the office permits.
        ClientTooOld,
        /// The directory does not verify; nothing was changed.
        DirectoryInvalid,
        /// The form cannot be opened with this app's keys.
        CannotOpen,
        /// The author's signature does not fit: do not enter, tell the administrator.
        AuthorInvalid,
        /// The clerk's app holds no key of this team yet; it comes with the next contact of a colleague.
        KeyShareMissing,
        /// Something lies under this key, or is sealed to it: it cannot be destroyed yet; `records` at the endpoint, if that is why.
        KeyInUse,
        /// Not every device has said that it holds nothing sealed to this key; `count`.
        DevicesUnheard,
        /// The import is not readable; `line`.
        ImportUnreadable,
        /// Sealing failed its own check; the draft is kept.
        SealingFailed,
        /// Arguments of the wrong kind.
        BadArguments,
        /// A fault of the app itself.
        Internal,
    }
}
