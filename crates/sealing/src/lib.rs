//! The sealed envelope: seal, open, team keys and their shares.
