//! Arguments of the commands that distribute, administer and prove, and of the session.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::ShareTask;

/// The session's protocol.
pub const SESSION_ABOUT: &str = r#"Run commands from stdin, one JSON object per line, until its end

Keeps the vault open and, after `unlock`, the user unlocked; locks and ends at the end of stdin, and locks when no command came for as long as `bogen lock-after` says. Answers each line with one line, in order:

  {"command":"unit_open","args":{"unit":"…"}}    →  {"ok":{…}}
                                                 or {"error":{"code":"not_found","params":{}}}

Commands without arguments take "args":{}. Lines of the form {"event":…} tell of progress and changes and may stand between replies; the first line is {"event":"ready"}. Commands, arguments and replies are those of the window (docs/cli.md). A line that is no command is answered with bad_arguments. Errors do not end the session, and the exit code tells only whether it could begin.

With --user or --passphrase-stdin the user is unlocked first; the session does not begin if that fails. Otherwise send {"command":"unlock","args":{"user":"…","passphrase":"…"}}."#;

/// How to use a session.
pub const SESSION_EXAMPLE: &str = "\
Example:
  printf '%s\\n' '{\"command\":\"status\",\"args\":{}}' '{\"command\":\"sync\",\"args\":{}}' | bogen session";

/// A role to give.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleArg {
    /// Integration specialist
    Counsellor,
    /// Case manager
    CaseManager,
    /// Team leader of the benefits department
    TeamLeader,
    /// Clerk of the benefits department
    Clerk,
    /// Administrator
    Admin,
}

/// The destruction ledger.
#[derive(Subcommand)]
pub enum LedgerTask {
    /// List destroyed records, newest first; no person in it
    #[command(after_help = "Example:\n  bogen ledger list --limit 200 --json")]
    List {
        /// Skip so many
        #[arg(long, default_value_t = 0)]
        offset: u32,
        /// Show at most so many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
    },
    /// Verify the ledger: its chain, and every receipt that it names; exit code 6 if anything does not hold
    ///
    /// With files, an audit: the endpoint's (`bogen-endpoint audit FILE`) and each device's (`bogen ledger export FILE`) are held against each other, with public
    /// keys only. It needs no data folder, no passphrase and no network, and names everything that does not fit.
    #[command(after_help = "Examples:\n  bogen ledger verify\n  bogen ledger verify --root-key KEY endpoint.audit device-1.audit device-2.audit")]
    Verify {
        /// Files of an audit
        #[arg(requires = "root_key")]
        files: Vec<PathBuf>,
        /// The office's public root key, in hex, as more than one device shows it at `bogen ledger export`
        #[arg(long, value_name = "KEY", requires = "files")]
        root_key: Option<String>,
    },
    /// Write the ledger into a file for an audit, signed by this device; no person is in it
    #[command(after_help = "Example:\n  bogen ledger export device-1.audit")]
    Export {
        /// The file; it must not exist yet
        file: PathBuf,
    },
}

/// The office.
#[derive(Subcommand)]
pub enum OfficeTask {
    /// Show staff, teams, invitations and who waits for approval
    #[command(after_help = "Example:\n  bogen office show")]
    Show,
    /// Set the languages of the customers' side, all of them at once, and the customer information
    ///
    /// Lines of stdin, with --information: the controller with its address, how to reach the data-protection officer, the supervisory authority, where a paper
    /// form is to be returned. Without it, the information stays as it is.
    #[command(after_help = "Example:\n  bogen office customers --language uk --language ar")]
    Customers {
        /// Tag of a language that is on, beside German; may be repeated
        #[arg(long)]
        language: Vec<String>,
        /// Write the customer information anew
        #[arg(long)]
        information: bool,
    },
    /// Set which team gets which units, and after how many days somebody is told that forms wait; what is not named stays as it is
    #[command(after_help = "Example:\n  bogen office work --rule 12345BG01=TEAM --others TEAM --deadline 3 --deadline 9 --deadline 14 --deadline 21")]
    Work {
        /// Units whose number begins so go to this team; the longest that fits counts; may be repeated
        #[arg(long, value_name = "BEGINNING=TEAM", requires = "others")]
        rule: Vec<String>,
        /// Team of all other units, and of persons without one
        #[arg(long, value_name = "TEAM")]
        others: Option<String>,
        /// Days from the handover to the entry after which the team, its leader, and the administration are told, and the last; four times
        #[arg(long, value_name = "DAYS")]
        deadline: Vec<u16>,
    },
    /// Set what permits a device to destroy its copy of a form
    #[command(after_help = "Example:\n  bogen office copies --until accepted")]
    Copies {
        /// Until the endpoint stored it, or until a clerk opened it and found it readable
        #[arg(long)]
        until: UntilArg,
    },
    /// List the devices that need a look: sealed forms lie on them for too long, or they were not heard of
    #[command(after_help = "Example:\n  bogen office devices")]
    Devices,
    /// Ask a device to deliver at its next contact
    #[command(after_help = "Example:\n  bogen office request-sync DEVICE")]
    RequestSync {
        /// Id of the device, as `bogen office devices` lists it
        device: String,
        /// Take the request back
        #[arg(long)]
        withdraw: bool,
    },
    /// Give somebody other roles and teams, all of them at once; id: `bogen office show`
    #[command(after_help = "Example:\n  bogen office change MEMBER --role clerk --role team-leader --team TEAM")]
    Change {
        /// Id of the member
        member: String,
        /// A role that they have from then on; may be repeated
        #[arg(long, value_enum, required = true)]
        role: Vec<RoleArg>,
        /// Id of a team that they work for from then on; may be repeated
        #[arg(long)]
        team: Vec<String>,
    },
    /// Make the user an administrator who signs, with two shares of the office's root key
    ///
    /// Lines of stdin, one after the other and not shown while typed: two of the three shares that were printed at the founding.
    #[command(after_help = "Example:\n  bogen office certify --instead-of 6ac3f2e41f1b4f6e8d0a5b7c9e2d4f60")]
    Certify {
        /// Take role, devices and the right to sign from this administrator in the same step
        #[arg(long, value_name = "MEMBER")]
        instead_of: Option<String>,
    },
    /// The entry mask: how the benefits system asks, so that clerks read a form in its words and order
    #[command(subcommand)]
    Mask(MaskTask),
    /// How a team's work is distributed: show, set, absent, present, move, undo; for its leader
    #[command(subcommand)]
    Share(ShareTask),
}

/// How long a device keeps its copy.
#[derive(Clone, Copy, ValueEnum)]
pub enum UntilArg {
    /// Until the endpoint stored it
    Stored,
    /// Until a clerk opened it and found it readable
    Accepted,
}

/// The entry mask, a file as docs/formats/entry-mask.md describes it.
#[derive(Subcommand)]
pub enum MaskTask {
    /// Show the mask that counts, as a file that can be changed and set again
    #[command(after_help = "Example:\n  bogen office mask show > mask.toml")]
    Show,
    /// Read a mask file from stdin and show what it looks like; nothing changes
    #[command(after_help = "Example:\n  bogen office mask check < mask.toml")]
    Check,
    /// Read a mask file from stdin and set it, for every clerk from their next contact on
    #[command(after_help = "Example:\n  bogen office mask set < mask.toml")]
    Set,
    /// Take the office's mask away: the one that the app brings counts again
    #[command(after_help = "Example:\n  bogen office mask reset")]
    Reset,
}

/// This device.
#[derive(Subcommand)]
pub enum DeviceTask {
    /// State that nothing is left on this device, before it is handed in; lists what is left otherwise
    ///
    /// Needs contact: the statement goes to the endpoint, signed, and the administrator sees it. Exit code 1 if something is left.
    #[command(after_help = "Example:\n  bogen device attest --user \"Erika Muster\"")]
    Attest,
}

/// Teams.
#[derive(Subcommand)]
pub enum TeamTask {
    /// Create a team
    #[command(after_help = "Example:\n  bogen team create \"Leistung 3\"")]
    Create {
        /// The team's name
        name: String,
    },
    /// Ask the team's clerks for another key; their apps make it and seal anew what lies under the old one
    #[command(after_help = "Example:\n  bogen team renew-key 6ac3f2e41f1b4f6e8d0a5b7c9e2d4f60")]
    RenewKey {
        /// Id of the team
        team: String,
    },
    /// Destroy a closed key of the team for good: nothing that lay under it opens any more, backups included
    #[command(after_help = "Example:\n  bogen team destroy-key 6ac3f2e41f1b4f6e8d0a5b7c9e2d4f60 1")]
    DestroyKey {
        /// Id of the team
        team: String,
        /// Which key
        epoch: u32,
        /// Also if not every device said that it holds nothing sealed to it; a second administrator has to say the same
        #[arg(long)]
        without_devices: bool,
    },
}

/// What two shares of the root key are for.
#[derive(Subcommand)]
pub enum RecoverTask {
    /// Set another passphrase of a user who forgot theirs; nothing of theirs is lost
    ///
    /// Lines of stdin: two shares, which are not shown. The new passphrase is asked for twice at a terminal; with --passphrase-stdin it is the first line.
    #[command(after_help = "Example:\n  bogen recover passphrase --user \"Erika Muster\"")]
    Passphrase,
    /// Try whether the shares would open every user's part on this device; nothing is changed
    ///
    /// Lines of stdin: two shares, which are not shown.
    #[command(after_help = "Example:\n  bogen recover drill")]
    Drill,
    /// Take over what a colleague who is not there has on this device: drafts, MIG list, reminders of paper
    ///
    /// They have it no more then, and the ledger says so.
    /// Lines of stdin, with --passphrase-stdin after the own passphrase: two shares, which are not shown.
    #[command(after_help = "Example:\n  bogen recover drafts --user \"Dina Vertretung\" --from \"Erika Muster\"")]
    Drafts {
        /// The colleague, by name or by the id that `bogen status` lists
        #[arg(long)]
        from: String,
    },
}
