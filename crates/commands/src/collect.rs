//! Erheben: units, their members, and the form of one person.

mod household;
mod finalise;
mod form;
mod import;
mod list;
mod members;
mod numbers;
mod unit;
mod view;
