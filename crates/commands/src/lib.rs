//! What the app can do, for any shell: command bodies over a narrow host.
