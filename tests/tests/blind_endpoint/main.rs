//! The endpoint, its disk, its backups and its operator cannot open a form.

mod key_change;
mod sealed;
