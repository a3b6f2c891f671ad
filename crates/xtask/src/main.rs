//! Development only: the two commands of the README.
fn main() {}
