//! Arguments of the commands that enter a form into the benefits system.

use clap::{Subcommand, ValueEnum};

/// One record of the clerk's queue.
#[derive(Subcommand)]
pub enum EnterTask {
    /// Open a form and print it: numbers, answers, the four characteristics
    ///
    /// The endpoint notes who opened it. Nothing of it is kept on this device; what is printed is up to you: send it nowhere but where it is
    /// entered, and clear the terminal afterwards.
    #[command(after_help = "Example:\n  bogen enter open RECORD --user \"Erika Muster\"")]
    Open {
        /// Id of the record, as `bogen queue` lists it
        record: String,
        /// Open it also if it belongs to another team by the office's rules: it is to be entered here
        #[arg(long)]
        here: bool,
    },
    /// Print all that a form says, for the customer it is about (Art. 15 (3) GDPR), as long as it is not entered
    ///
    /// Give it to that person and to nobody else, and clear the terminal afterwards.
    #[command(after_help = "Example:\n  bogen enter copy RECORD --user \"Erika Muster\"")]
    Copy {
        /// Id of the record, as `bogen queue` lists it
        record: String,
    },
    /// Forward a form that belongs to another team by the office's rules, and what else of its benefit unit nobody has begun with
    ///
    /// It is sealed anew to that team; nothing of it is shown. Refused for a form that somebody was shown already, that is held, or that another one belongs to
    /// (its number, a change of mind): that is to be entered here.
    #[command(after_help = "Example:\n  bogen enter forward RECORD --user \"Erika Muster\"")]
    Forward {
        /// Id of the record, as `bogen queue` lists it
        record: String,
    },
    /// Confirm that a form was entered: the endpoint destroys its envelope for good, after a grace
    ///
    /// Refused for a form that nobody has opened before. Opens it anew, without printing it, because only from inside can its destruction be
    /// permitted. Until the grace is over (a quarter of an hour, if the endpoint's operator set nothing else) `bogen enter undo` takes it back; afterwards
    /// the receipt goes into this device's ledger (`bogen ledger list`) with the next `bogen queue`. Confirming again what you confirmed before changes
    /// nothing.
    #[command(after_help = "Example:\n  bogen enter confirm RECORD --numbers-compared --user \"Erika Muster\"")]
    Confirm {
        /// Id of the record, as `bogen queue` lists it
        record: String,
        /// Say that the form's numbers were compared with those in the benefits system, and that it is saved there
        #[arg(long, required = true)]
        numbers_compared: bool,
        /// Confirm a held form too: say that you know why it is held, and that it was to be entered all the same
        #[arg(long)]
        held: bool,
        /// Say that the internal code "MIG" is set in the benefits system; this or --mig-missing is demanded where the office's entry mask asks for it
        #[arg(long)]
        mig_set: bool,
        /// Say that it is missing: the form's author is told
        #[arg(long, conflicts_with = "mig_set")]
        mig_missing: bool,
        /// The form's customer number had a slip, and it was entered under the right one, which is read from stdin: the form's author is told
        #[arg(long)]
        corrected: bool,
        /// Destroy it at once, without a grace: for scripts that have checked what they entered
        #[arg(long)]
        at_once: bool,
    },
    /// Destroy a held form without entering it: a duplicate, say; for good, and at once
    ///
    /// Refused for a form that is not held, or that nobody has opened before: read it, and look in the benefits system. The receipt goes into this device's
    /// ledger.
    #[command(after_help = "Example:\n  bogen enter discard RECORD --looked-up --user \"Erika Muster\"")]
    Discard {
        /// Id of the record, as `bogen queue` lists it
        record: String,
        /// Say that you looked in the benefits system, and that this form is not to be entered
        #[arg(long, required = true)]
        looked_up: bool,
    },
    /// Send an opened form back to its author as a question: it stays in the queue until it is answered or entered
    #[command(after_help = "Example:\n  bogen enter problem RECORD --reason number-unknown --user \"Erika Muster\"")]
    Problem {
        /// Id of the record, as `bogen queue` lists it
        record: String,
        /// What is wrong with it
        #[arg(long, value_enum)]
        reason: ReasonArg,
    },
    /// Take a confirmation back, as long as its grace lasts: the form can be opened and entered again
    ///
    /// Refused once the endpoint has destroyed the envelope: nobody has the form any more.
    #[command(after_help = "Example:\n  bogen enter undo RECORD --user \"Erika Muster\"")]
    Undo {
        /// Id of the record, as `bogen queue` lists it
        record: String,
    },
}

/// Why a form cannot be entered as it is.
#[derive(Clone, Copy, ValueEnum)]
pub enum ReasonArg {
    /// Nobody has this number, or somebody else
    NumberUnknown,
    /// What it says contradicts itself or the benefits system
    Contradictory,
    /// It shows nothing that could be entered
    Unreadable,
}

/// Clerks' notes about forms that the user made.
#[derive(Subcommand)]
pub enum NotesTask {
    /// List what waits: questions, and what to mend in the benefits system
    #[command(after_help = "Example:\n  bogen notes list --user \"Ina Integration\"")]
    List,
    /// Answer a question, or say that a note was read
    ///
    /// Lines of stdin, with `number`: the right customer number, at a terminal twice.
    #[command(after_help = "Example:\n  bogen notes answer RECORD enter --note 3f9a2c10 --user \"Ina Integration\"")]
    Answer {
        /// Id of the record, as `bogen notes list` lists it
        record: String,
        /// What the clerk shall do
        #[arg(value_enum)]
        reply: ReplyArg,
        /// The note that was read, as the list names it: another one may have taken its place
        #[arg(long, value_name = "NOTE")]
        note: String,
    },
}

/// An answer to a note.
#[derive(Clone, Copy, ValueEnum)]
pub enum ReplyArg {
    /// The form is right: enter it
    Enter,
    /// The form is not to be entered
    Withdraw,
    /// The number was wrong; the right one follows
    Number,
    /// Read: there was nothing to answer
    Read,
}
