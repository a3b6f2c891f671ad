//! The encrypted local store: drafts, outbox, ledger, keys that can be shredded.
