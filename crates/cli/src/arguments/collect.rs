//! Arguments of the commands that collect: units, members, forms, the MIG list, import.

use clap::{Subcommand, ValueEnum};

/// What the import reads.
pub const IMPORT_ABOUT: &str = r#"Take over a paper backlog from stdin

Reads JSON: one object per line, or one array of such objects. All or nothing: with any error, nothing is taken over and every error is named by unit and member, counted from 1. Imported forms are unchecked; somebody has to check each with its paper before it can be finalised.

  {"unit":"12345BG0000001","members":[
     {"customer_number":"123A456789","label":"Kind 1","answers":{"german_nationality":"yes","born_outside":"no","mother_born_outside":"no","father_born_outside":"declined","resettler":"no"}},
     {"customer_number":"123A456790","label":"","answers":"declined"}]}

unit             number of the benefit unit; null for a person without one
members          one entry per form
customer_number  null if the number follows
label            stays on this device; may be missing
answers          "declined" for a person who declined everything, or an object of
                   german_nationality, born_outside, immigrated_after_1949, resettler,
                   mother_born_outside, mother_immigrated_after_1949,
                   father_born_outside, father_immigrated_after_1949
                 each "yes", "no" or "declined"; missing ones stay open

Stdin must not be a terminal. With --passphrase-stdin the first line is the passphrase and the rest is the import."#;

/// How to import.
pub const IMPORT_EXAMPLE: &str = "\
Example (pipe it from the program that makes it; a file in clear text would stay on the disk):
  make-backlog | bogen import --user \"Erika Muster\"";

/// How a list is narrowed.
#[derive(Clone, Copy, ValueEnum)]
pub enum UnitStateArg {
    /// Nothing begun
    Open,
    /// Some form is begun or unchecked
    Started,
    /// Ready for finalising
    Ready,
    /// Some were left out when the others were handed over
    Reminder,
}

/// Who is asked.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AskingArg {
    /// An adult answers for themself
    #[value(name = "to-person")]
    Person,
    /// A parent answers for a child
    #[value(name = "to-parent")]
    Parent,
    /// A young person from 15 answers for themself
    #[value(name = "to-young-person")]
    YoungPerson,
}

/// Which parent of a child.
#[derive(Clone, Copy, ValueEnum)]
pub enum ParentArg {
    /// Parent 1
    Mother,
    /// Parent 2
    Father,
}

/// Why a unit is discarded.
#[derive(Clone, Copy, ValueEnum)]
pub enum ReasonArg {
    /// Created by mistake
    CreatedByMistake,
    /// The unit moved away
    MovedAway,
    /// The unit is in the list twice
    Duplicate,
    /// The customer withdrew
    CustomerWithdrew,
}

/// Benefit units.
#[derive(Subcommand)]
pub enum UnitTask {
    /// List units, newest change first
    ///
    /// Lines of stdin: with --search, the text to look for.
    #[command(after_help = "Example:\n  bogen unit list --state ready")]
    List {
        /// Ask for a part of a number or label to look for
        #[arg(long)]
        search: bool,
        /// Only units in this state
        #[arg(long, value_enum)]
        state: Option<UnitStateArg>,
        /// Skip so many
        #[arg(long, default_value_t = 0)]
        offset: u32,
        /// Show at most so many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
    },
    /// Create a unit, or a person without benefit unit
    ///
    /// Lines of stdin: the unit's number (empty: a person without benefit unit), a local label (may be empty). A number typed at the terminal is asked
    /// for twice.
    #[command(after_help = "Example:\n  bogen unit create")]
    Create,
    /// Show a unit with its members
    #[command(after_help = "Example:\n  bogen unit show UNIT")]
    Show {
        /// Id of the unit
        unit: String,
    },
    /// One adult declines for themself and for the children under 15 of the unit
    ///
    /// Young people from 15 and other adults decide for themselves.
    #[command(after_help = "Example:\n  bogen unit refuse UNIT ADULT")]
    Refuse {
        /// Id of the unit
        unit: String,
        /// Id of the adult
        member: String,
    },
    /// Discard a unit and its drafts for good
    ///
    /// The reason goes to the destruction ledger.
    #[command(after_help = "Example:\n  bogen unit discard UNIT --reason duplicate")]
    Discard {
        /// Id of the unit
        unit: String,
        /// Why
        #[arg(long, value_enum)]
        reason: ReasonArg,
    },
}

/// Members of a unit.
#[derive(Subcommand)]
pub enum MemberTask {
    /// Add a member
    ///
    /// Lines of stdin: the customer number (empty: it follows), a local label (may be empty). A number typed at the terminal is asked for twice.
    #[command(after_help = "Example:\n  bogen member add UNIT --asking to-parent")]
    Add {
        /// Id of the unit
        unit: String,
        /// Who is asked
        #[arg(long, value_enum, default_value = "to-person")]
        asking: AskingArg,
        /// The person was asked before: no form
        #[arg(long)]
        already_collected: bool,
    },
    /// Change a member; what is not named stays
    ///
    /// Lines of stdin: with --number, the customer number (empty: it follows); with --label, the label.
    #[command(after_help = "Example:\n  bogen member change UNIT MEMBER --number")]
    Change {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
        /// Ask for a new customer number
        #[arg(long)]
        number: bool,
        /// Ask for a new label
        #[arg(long)]
        label: bool,
        /// Who is asked
        #[arg(long, value_enum)]
        asking: Option<AskingArg>,
        /// The person was asked before: no form
        #[arg(long, conflicts_with = "not_collected")]
        already_collected: bool,
        /// The person was not asked before after all
        #[arg(long)]
        not_collected: bool,
    },
    /// Remove a member and the draft of their form
    #[command(after_help = "Example:\n  bogen member remove UNIT MEMBER --reason moved-away")]
    Remove {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
        /// Why; goes to the destruction ledger
        #[arg(long)]
        reason: ReasonArg,
    },
}

/// The form of one member.
#[derive(Subcommand)]
pub enum FormTask {
    /// Show a form where it was left
    #[command(after_help = "Example:\n  bogen form show UNIT MEMBER")]
    Show {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
    },
    /// Answer one question; saved before the reply
    ///
    /// The first answer of a form needs --informed; a form that was begun goes on without it.
    /// Lines of stdin: the answer (yes, no, declined, or empty to take it back).
    #[command(after_help = "Example:\n  bogen form answer UNIT MEMBER born_outside --informed")]
    Answer {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
        /// Key of the question, as `form show` lists it
        question: String,
        /// Say that the customer information was read out before (Art. 13 GDPR; `bogen wording` prints it)
        #[arg(long)]
        informed: bool,
    },
    /// Go to a question, or to the check
    #[command(after_help = "Example:\n  bogen form goto UNIT MEMBER resettler")]
    Goto {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
        /// Key of the question; none: the check
        question: Option<String>,
    },
    /// The person declines everything
    #[command(after_help = "Example:\n  bogen form refuse UNIT MEMBER")]
    Refuse {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
    },
    /// A parent's own answers for the two questions of their child's form about them
    #[command(after_help = "Example:\n  bogen form take-parent UNIT CHILD PARENT --as-parent mother")]
    TakeParent {
        /// Id of the unit
        unit: String,
        /// Id of the child
        member: String,
        /// Id of the parent, whose own form says something to both questions
        parent: String,
        /// Which parent of this child they say to be
        #[arg(long, value_enum)]
        as_parent: ParentArg,
    },
    /// Take the refusal back; former answers return
    #[command(after_help = "Example:\n  bogen form undo-refusal UNIT MEMBER")]
    UndoRefusal {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
    },
    /// Note that the form was checked with the customer
    #[command(after_help = "Example:\n  bogen form check UNIT MEMBER")]
    Check {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
    },
}

/// A change of mind after the handover.
#[derive(Subcommand)]
pub enum ChangeTask {
    /// Tell where a customer's form is: here, waiting, opened by a clerk, entered, or unknown
    ///
    /// Asks the endpoint if the form is not on this device. Line of stdin: the customer number.
    #[command(after_help = "Example:\n  bogen change show")]
    Show,
    /// Begin a form that replaces the one that was handed over, before it is entered
    ///
    /// The former answers are not known here. The new form is answered, checked and sealed like any other; the old one is destroyed unread.
    /// Lines of stdin: the customer number, the label (may be empty).
    #[command(after_help = "Example:\n  bogen change begin --withdraw")]
    Begin {
        /// Who is asked
        #[arg(long, value_enum, default_value = "to-person")]
        asking: AskingArg,
        /// The customer withdraws: the form declines everything and is checked, ready for `bogen finalise`
        #[arg(long)]
        withdraw: bool,
    },
}

/// The MIG list.
#[derive(Subcommand)]
pub enum MigTask {
    /// Compare a list of customers with the mark "MIG" from the benefits system with what is known here
    ///
    /// Stdin: the list, one customer a line, the number in the first field (`;`, `,` or tab); a first line of headings is passed over. It is kept nowhere.
    #[command(after_help = "Example:\n  bogen mig compare --user \"Erika Muster\" < list.csv")]
    Compare,
    /// List the customers to mark, due ones first
    #[command(after_help = "Example:\n  bogen mig list")]
    List,
    /// Bring the customer number of a form that was handed over without one
    ///
    /// It is sealed in an envelope of its own; `bogen sync` delivers it. Line of stdin: the customer number.
    #[command(after_help = "Example:\n  bogen mig number ENTRY")]
    Number {
        /// Id of the entry
        entry: String,
    },
    /// Tick one off: the mark is set in the benefits system
    #[command(after_help = "Example:\n  bogen mig tick ENTRY")]
    Tick {
        /// Id of the entry
        entry: String,
    },
    /// Take a tick back, until the next lock
    #[command(after_help = "Example:\n  bogen mig untick ENTRY")]
    Untick {
        /// Id of the entry
        entry: String,
    },
}

/// Paper forms that come back.
#[derive(Subcommand)]
pub enum PaperTask {
    /// Show a form that is typed in from paper, and remember the sheet until it is shredded
    ///
    /// Answer it with `bogen form answer`.
    #[command(after_help = "Example:\n  bogen paper open UNIT MEMBER")]
    Open {
        /// Id of the unit
        unit: String,
        /// Id of the member
        member: String,
    },
    /// List the sheets to shred, oldest first
    #[command(after_help = "Example:\n  bogen paper list")]
    List,
    /// Say that a sheet was shredded (DIN 66399, security level P-5)
    ///
    /// Goes to the destruction ledger, once.
    #[command(after_help = "Example:\n  bogen paper shredded RECORD")]
    Shredded {
        /// Id of the record, as `bogen paper list` shows it
        record: String,
    },
}
