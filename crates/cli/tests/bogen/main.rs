//! The real program, from outside.

mod command_line;
mod device;
mod entering;
mod office;
mod program;
mod session;
