//! Arguments of the commands with which a team's leader distributes.

use clap::Subcommand;

/// How a team's work is distributed; for its leader.
#[derive(Subcommand)]
pub enum ShareTask {
    /// Show quotas, absences, and how much lies with whom
    #[command(after_help = "Example:\n  bogen office share show TEAM --user \"Lea Leitung\"")]
    Show {
        /// Id of the team
        team: String,
    },
    /// Set quotas, and whether new units wait for the leader; what is not named stays as it is
    #[command(after_help = "Example:\n  bogen office share set TEAM --quota MEMBER=50 --automatic")]
    Set {
        /// Id of the team
        team: String,
        /// A clerk's share of new units against those of colleagues, from 0 to 100; 0: none; may be repeated
        #[arg(long, value_name = "MEMBER=WEIGHT")]
        quota: Vec<String>,
        /// New units wait until they are moved
        #[arg(long, conflicts_with = "automatic")]
        by_hand: bool,
        /// New units are distributed on arrival, and all that wait at once
        #[arg(long)]
        automatic: bool,
    },
    /// A clerk is absent: gets nothing, and what lies with them goes to colleagues, but for what is being confirmed
    #[command(after_help = "Example:\n  bogen office share absent TEAM MEMBER --until 2026-12-01")]
    Absent {
        /// Id of the team
        team: String,
        /// Id of the clerk
        member: String,
        /// The day on which they are back; it begins at midnight, UTC
        #[arg(long, value_name = "YYYY-MM-DD")]
        until: String,
    },
    /// A clerk is back earlier
    #[command(after_help = "Example:\n  bogen office share present TEAM MEMBER")]
    Present {
        /// Id of the team
        team: String,
        /// Id of the clerk
        member: String,
    },
    /// Move whole units, the oldest first, and those last that their clerk has opened
    #[command(after_help = "Example:\n  bogen office share move TEAM --from MEMBER --units 5")]
    Move {
        /// Id of the team
        team: String,
        /// From this clerk; without it, from what nobody has
        #[arg(long, value_name = "MEMBER")]
        from: Option<String>,
        /// To this clerk; without it, to the others by their quotas
        #[arg(long, value_name = "MEMBER")]
        to: Option<String>,
        /// How many, at the most
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        units: u32,
    },
    /// Put back what was moved last: within a quarter of an hour, and as far as nobody began with it
    #[command(after_help = "Example:\n  bogen office share undo TEAM")]
    Undo {
        /// Id of the team
        team: String,
    },
}
