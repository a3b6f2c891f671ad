//! The command line. No secret, answer, label or number of a customer has a place here: command lines are visible to other processes and stay in histories.

mod collect;
mod enter;
mod office;
mod share;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use collect::{ChangeTask, FormTask, MemberTask, MigTask, PaperTask, UnitTask};
pub use enter::{EnterTask, NotesTask, ReasonArg, ReplyArg};
pub use office::{DeviceTask, LedgerTask, MaskTask, OfficeTask, RecoverTask, RoleArg, TeamTask, UntilArg};
pub use share::ShareTask;

use crate::exit;

const ABOUT: &str = "\
The app without a window: the same commands over the same vault.

Secrets, answers, labels and numbers are never arguments. They are asked for on the terminal, or read from stdin, one line each, in the order the \
command's help names them. Passphrases are asked for without echo; with --passphrase-stdin the first line of stdin is the passphrase.

While a window or a `bogen session` holds the vault, `sync` and `status` are carried out by it; other commands wait for it (--wait).";

/// `bogen`.
#[derive(Parser)]
#[command(name = "bogen", version, about = "The app without a window.", long_about = ABOUT, disable_help_subcommand = true)]
pub struct Arguments {
    /// Options of all commands.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// Options of all commands.
#[derive(Args)]
pub struct Options {
    /// The vault's folder; made if missing [default: the folder of the window]
    #[arg(long, global = true, value_name = "DIR", env = "BOGEN_DATA", hide_env_values = true)]
    pub data: Option<PathBuf>,
    /// Print replies as JSON on stdout, and errors as {"error":{"code":…,"params":…}} on stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// Who works: name or id of a user on this device [default: the only one]
    #[arg(long, global = true, value_name = "NAME")]
    pub user: Option<String>,
    /// Take the passphrase from the first line of stdin instead of the terminal
    #[arg(long, global = true)]
    pub passphrase_stdin: bool,
    /// How long to wait while another instance holds the vault
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u32,
    /// Tell on stderr what is done; never answers or numbers
    #[arg(long, global = true)]
    pub verbose: bool,
}

impl Options {
    /// How long to wait for the vault.
    pub fn wait(&self) -> Duration {
        Duration::from_secs(u64::from(self.wait))
    }
}

/// What to do.
#[derive(Subcommand)]
pub enum Task {
    /// Show the state of the app: office, users, counts, warnings
    ///
    /// Needs no passphrase. While another instance holds the vault, that instance answers.
    #[command(after_help = "Example:\n  bogen status --json")]
    Status,
    /// Found an office with the code that the endpoint printed
    ///
    /// Prints the office's root key as three shares for paper; any two bring it back. The app forgets them with its next contact or lock.
    /// Lines of stdin: the passphrase (with --passphrase-stdin), the founding code.
    #[command(after_help = "Example:\n  bogen found https://bogen.example.org --office \"Jobcenter Musterstadt\" --admin \"Erika Muster\"")]
    Found {
        /// The endpoint's address
        url: String,
        /// The office's name
        #[arg(long, value_name = "NAME")]
        office: String,
        /// Name of the first administrator
        #[arg(long, value_name = "NAME")]
        admin: String,
        /// Make it a demo office: shown as such everywhere, for invented people only
        #[arg(long)]
        demo: bool,
    },
    /// Redeem a ticket: bring this device and its user into an office
    ///
    /// An administrator then has to approve; `bogen contact` fetches the approval.
    /// Lines of stdin: the new passphrase (with --passphrase-stdin), the ticket.
    #[command(after_help = "Example:\n  bogen enrol --name \"Erika Muster\"")]
    Enrol {
        /// Name of the user
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// Talk to the endpoint: newest directory, own approval, team keys
    ///
    /// With --user, the user's keys are unlocked first, so that team keys can be taken over and shared.
    #[command(after_help = "Example:\n  bogen contact --user \"Erika Muster\"")]
    Contact,
    /// Benefit units: list, create, show, discard
    #[command(subcommand)]
    Unit(UnitTask),
    /// Members of a benefit unit: add, change, remove
    #[command(subcommand)]
    Member(MemberTask),
    /// The form of one member: show, answer, go to, refuse, undo the refusal, check
    #[command(subcommand)]
    Form(FormTask),
    /// Seal the checked forms of a unit
    ///
    /// Sealed forms cannot be read here any more. Whoever is not checked must be left out by id; the unit then stays as a reminder.
    #[command(after_help = "Example:\n  bogen finalise UNIT --leave-out MEMBER")]
    Finalise {
        /// Id of the unit
        unit: String,
        /// Id of a member to leave out; may be given several times
        #[arg(long, value_name = "MEMBER")]
        leave_out: Vec<String>,
    },
    /// Deliver what is sealed, and destroy it here after the receipt
    ///
    /// Needs no passphrase: schedule it. While another instance holds the vault, that instance delivers.
    /// Progress goes to stderr.
    #[command(after_help = "Example (crontab, every ten minutes):\n  */10 * * * * bogen sync --json >> ~/bogen-sync.log 2>&1")]
    Sync,
    /// Clear a log fault, if the endpoint proves that there is none
    ///
    /// Asks the endpoint to prove that its log continues what this device knows of it. Only then delivering and destroying go on; otherwise the
    /// fault stays (exit code 6). Needs no passphrase.
    #[command(after_help = "Example:\n  bogen recheck")]
    Recheck,
    /// Paper forms that came back: open, list, shredded
    #[command(subcommand)]
    Paper(PaperTask),
    /// Customers to mark in the benefits system: list, bring a number, tick, untick
    #[command(subcommand)]
    Mig(MigTask),
    /// What clerks ask and tell about forms that the user made: list, answer
    #[command(subcommand)]
    Notes(NotesTask),
    /// A change of mind after the handover, from the customer number alone: show, begin
    #[command(subcommand)]
    Change(ChangeTask),
    /// The destruction ledger: list, verify, export
    #[command(subcommand)]
    Ledger(LedgerTask),
    /// Take over a paper backlog from stdin
    #[command(long_about = collect::IMPORT_ABOUT, after_help = collect::IMPORT_EXAMPLE)]
    Import,
    /// List the clerk's queue
    #[command(after_help = "Example:\n  bogen queue --user \"Erika Muster\"")]
    Queue,
    /// Enter a form of the queue: open, confirm
    #[command(subcommand)]
    Enter(EnterTask),
    /// The office as its directory says: show
    #[command(subcommand)]
    Office(OfficeTask),
    /// This device: attest that nothing is left on it
    #[command(subcommand)]
    Device(DeviceTask),
    /// Teams: create
    #[command(subcommand)]
    Team(TeamTask),
    /// Invite somebody: prints a one-time ticket
    ///
    /// Hand the ticket over on a way other than the endpoint.
    #[command(after_help = "Example:\n  bogen invite \"Max Muster\" --role clerk --team TEAM")]
    Invite {
        /// Name of the newcomer
        name: String,
        /// Role; may be given several times
        #[arg(long, value_enum, required = true)]
        role: Vec<RoleArg>,
        /// Id of a team; may be given several times
        #[arg(long)]
        team: Vec<String>,
    },
    /// Approve a newcomer who redeemed a ticket
    ///
    /// `bogen office show` lists who waits.
    #[command(after_help = "Example:\n  bogen approve MEMBER")]
    Approve {
        /// Id of the newcomer
        member: String,
    },
    /// Revoke a member and the devices enrolled with them, for good
    ///
    /// What is sealed on those devices can still be delivered; a clerk is warned. Nobody's approval brings a revoked device back.
    /// Refused for the last clerk of a team who can open what is sealed to its key.
    #[command(after_help = "Example:\n  bogen revoke MEMBER")]
    Revoke {
        /// Id of the member, as `bogen office show` lists it
        member: String,
        /// Also if nobody else can open what is sealed to their team's key: a laptop that was stolen, say
        #[arg(long)]
        even_so: bool,
    },
    /// Change the passphrase of a user on this device
    ///
    /// A copy of the old key file opens nothing that is written from then on.
    /// Lines of stdin, both with --passphrase-stdin: the passphrase in force, the new one. At a terminal the new one is asked for twice.
    #[command(after_help = "Example:\n  bogen passphrase --user \"Erika Muster\"")]
    Passphrase,
    /// Open a user's part of this device with two of the three shares of the root key
    #[command(subcommand)]
    Recover(RecoverTask),
    /// Set after how many minutes without use the window and a session lock, for everybody at this device
    #[command(after_help = "Example:\n  bogen lock-after --minutes 5 --turned-minutes 20")]
    LockAfter {
        /// On the staff's side
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=60))]
        minutes: u32,
        /// While the customer has the screen
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=60))]
        turned_minutes: u32,
    },
    /// Print the questionnaire's wording and the customer information
    ///
    /// Needs no passphrase.
    #[command(after_help = "Example:\n  bogen wording --language uk --json")]
    Wording {
        /// In this language, by its tag; German if none is given
        #[arg(long)]
        language: Option<String>,
    },
    /// Process counts of a team
    #[command(after_help = "Example:\n  bogen counts TEAM --json")]
    Counts {
        /// Id of the team
        team: String,
    },
    /// Report on a team's last finished weeks: handed over, entered, waiting, complete; rounded down to tens, no count from 1 to 9
    #[command(after_help = "Example:\n  bogen report TEAM --weeks 12 --csv report.csv")]
    Report {
        /// Id of the team
        team: String,
        /// So many weeks
        #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=53))]
        weeks: u16,
        /// Also write it to this new file, for a spreadsheet
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Run commands from stdin, one JSON object per line, until its end
    #[command(long_about = office::SESSION_ABOUT, after_help = office::SESSION_EXAMPLE)]
    Session,
}

/// Reads the command line; ends the program after help, version and usage errors.
pub fn read() -> Arguments {
    let matches = command().get_matches();
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// The command with the exit codes at the end of every help page.
fn command() -> clap::Command {
    with_exit_codes(Arguments::command())
}

fn with_exit_codes(command: clap::Command) -> clap::Command {
    let example = command.get_after_help().map(|text| format!("{text}\n\n")).unwrap_or_default();
    command.after_help(format!("{example}{}", exit::TABLE)).mut_subcommands(with_exit_codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        command().debug_assert();
    }

    /// Every option by name, so that a new one is looked at: none may take a secret, an answer, a label or a customer's number.
    #[test]
    fn no_option_takes_a_secret() {
        let mut names = Vec::new();
        collect_options(&command(), &mut names);
        names.sort();
        names.dedup();
        let known = [
            "admin",
            "already-collected",
            "as-parent",
            "asking",
            "at-once",
            "automatic",
            "by-hand",
            "corrected",
            "csv",
            "data",
            "deadline",
            "demo",
            "even-so",
            "from",
            "held",
            "here",
            "information",
            "informed",
            "instead-of",
            "json",
            "label",
            "language",
            "leave-out",
            "limit",
            "looked-up",
            "mig-missing",
            "mig-set",
            "minutes",
            "name",
            "not-collected",
            "note",
            "number",
            "numbers-compared",
            "office",
            "offset",
            "others",
            "passphrase-stdin",
            "quota",
            "reason",
            "role",
            // A public one.
            "root-key",
            "rule",
            "search",
            "state",
            "team",
            "to",
            "turned-minutes",
            "units",
            "until",
            "user",
            "verbose",
            "wait",
            "weeks",
            "withdraw",
            "without-devices",
        ];
        assert_eq!(names, known);
        let takes_value = |name: &str| takes_value(&command(), name);
        assert!(!takes_value("label") && !takes_value("number") && !takes_value("search") && !takes_value("passphrase-stdin"));
        assert!(!takes_value("informed") && !takes_value("numbers-compared") && !takes_value("held") && !takes_value("here"));
        assert!(!takes_value("withdraw") && !takes_value("at-once"));
    }

    fn collect_options(command: &clap::Command, names: &mut Vec<String>) {
        names.extend(command.get_opts().chain(command.get_arguments()).filter_map(|option| option.get_long().map(str::to_owned)));
        command.get_subcommands().for_each(|below| collect_options(below, names));
    }

    fn takes_value(command: &clap::Command, name: &str) -> bool {
        command.get_arguments().any(|option| option.get_long() == Some(name) && option.get_action().takes_values())
            || command.get_subcommands().any(|below| takes_value(below, name))
    }
}
