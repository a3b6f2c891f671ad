//! The window as a program.
fn main() {}
