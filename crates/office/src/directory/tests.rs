//! What must hold of a directory, and who tries to break it.

mod edits;
mod entry_mask;
mod forgeries;
mod frozen;
mod history;
mod soundness;
