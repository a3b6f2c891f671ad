//! What the tests and the measurements of the real window share. The whole-system tests themselves live in `tests/`.

mod driver;
pub mod views;
pub mod window;
