//! What the tests share: the real window, and what stands between an app and the endpoint. The whole-system tests themselves live in `tests/`.

mod driver;
pub mod search;
pub mod views;
pub mod window;
pub mod wire;
