//! Which crate may know which: the tables to change when the architecture changes, together with docs/architecture.md.

/// Every workspace crate and the workspace crates it may name as normal or build dependency.
pub const ALLOWED: &[(&str, &[&str])] = &[
    // Pure: no other station is known here, not even the time.
    ("questionnaire", &[]),
    ("protocol", &[]),
    // Time can be handed to everyone else.
    ("clock", &["protocol"]),
    ("office", &["protocol", "clock"]),
    ("receipts", &["protocol", "clock"]),
    ("sealing", &["protocol", "clock"]),
    // Exported files held against each other: no storage, no network, no secret.
    ("audit", &["protocol", "office", "receipts"]),
    // Keeps versioned bytes and verified receipts.
    ("vault", &["protocol", "clock", "receipts"]),
    // Delivers sealed bytes and verifies what it gets for them.
    ("sync", &["protocol", "clock", "office", "receipts"]),
    // The blind mailbox.
    ("endpoint", &["protocol", "clock", "office", "receipts", "audit"]),
    // The one place where the stations meet.
    ("commands", &["questionnaire", "protocol", "clock", "office", "receipts", "sealing", "audit", "vault", "sync"]),
    // Two adapters over the same commands. The one without a window opens the vault and the network for itself.
    ("cli", &["commands", "protocol", "clock", "audit", "vault", "sync"]),
    ("bogen-desktop", &["commands", "clock", "vault"]),
    // Development only.
    ("testkit", &["questionnaire", "protocol", "clock", "office", "receipts", "sealing", "audit", "vault", "sync", "endpoint", "commands"]),
    ("whole-system", &["testkit", "clock", "sealing", "vault"]),
    ("xtask", &[]),
];

/// Crates that are never shipped.
const DEVELOPMENT: &[&str] = &["testkit", "whole-system", "xtask"];

/// Whom a rule is about.
pub enum Concerned {
    /// One crate.
    Only(&'static str),
    /// Every crate but this one.
    AllBut(&'static str),
    /// Every crate that can be part of what users run.
    Shipped,
}

impl Concerned {
    /// Whether the rule is about this crate.
    pub fn concerns(&self, member: &str) -> bool {
        match self {
            Self::Only(name) => *name == member,
            Self::AllBut(name) => *name != member,
            Self::Shipped => !DEVELOPMENT.contains(&member),
        }
    }
}

/// Something that must not be reached by any way, however long.
pub struct Forbidden {
    /// Whom the rule is about.
    pub from: Concerned,
    /// Packages, of ours or of others, that must not be reached.
    pub to: &'static [&'static str],
    /// What would be lost.
    pub reason: &'static str,
}

/// What the table of direct dependencies cannot say: what must not come in through somebody else either.
pub const FORBIDDEN: &[Forbidden] = &[
    Forbidden {
        from: Concerned::Only("endpoint"),
        to: &["questionnaire", "vault", "sealing"],
        reason: "the endpoint must not be able to open what it stores",
    },
    Forbidden { from: Concerned::Only("sync"), to: &["questionnaire", "vault", "sealing"], reason: "delivery sees sealed bytes only" },
    Forbidden { from: Concerned::Only("vault"), to: &["questionnaire"], reason: "the vault stores versioned bytes and does not read them" },
    Forbidden { from: Concerned::Shipped, to: &["testkit"], reason: "nothing that is shipped may contain test code" },
    Forbidden { from: Concerned::AllBut("bogen-desktop"), to: &["tauri", "tauri-build"], reason: "only the window knows that there is one" },
];
