//! The blind mailbox: stores sealed envelopes, signs receipts, distributes, destroys.
