//! The real program, from outside.

mod command_line;
mod office;
mod program;
mod session;
