//! Erheben: units, their members, and the form of one person.

mod finalise;
mod form;
mod household;
mod import;
mod list;
mod members;
mod numbers;
mod paper;
mod unit;
mod view;
