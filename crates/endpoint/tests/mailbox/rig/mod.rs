//! What the tests stand on.

mod client;
mod envelopes;
mod mailbox;
mod people;

pub use client::Client;
pub use envelopes::{Form, form};
pub use mailbox::{Mailbox, found};
pub use people::{
    ADMIN, CLERK, COUNSELLOR, DEVICE, LEADER, OTHER_TEAM, Office, REVOKED_CLERK, REVOKED_DEVICE, SECOND_CLERK, Signer, TEAM, device, member, secret,
};
