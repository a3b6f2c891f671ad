//! Erheben: units, their members, and the form of one person.

mod change;
mod finalise;
mod form;
mod household;
mod import;
mod list;
mod members;
mod numbers;
mod paper;
mod reconcile;
mod unit;
mod view;

pub(crate) use finalise::random_tag;
pub(crate) use numbers::TypedNumbers;
