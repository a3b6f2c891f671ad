//! Log leaves, checkpoints, inclusion and consistency proofs, and the ledger of what was destroyed.
