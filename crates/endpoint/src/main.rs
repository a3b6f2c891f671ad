//! The endpoint as a program.
fn main() {}
