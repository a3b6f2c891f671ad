//! Arguments of the commands that enter a form into the benefits system.

use clap::Subcommand;

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
    /// Take a confirmation back, as long as its grace lasts: the form can be opened and entered again
    ///
    /// Refused once the endpoint has destroyed the envelope: nobody has the form any more.
    #[command(after_help = "Example:\n  bogen enter undo RECORD --user \"Erika Muster\"")]
    Undo {
        /// Id of the record, as `bogen queue` lists it
        record: String,
    },
}
