//! Directory, roles, tickets, request signatures: who may do what, verified. No storage, no network.
