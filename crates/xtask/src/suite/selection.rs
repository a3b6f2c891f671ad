//! Which steps of the suite to run.

use std::fmt;

use super::{STEPS, Step};

/// A choice among the steps; without any choice all of them run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Also what takes long or needs more of the network.
    pub long: bool,
    only: Vec<&'static str>,
    from: Option<&'static str>,
}

/// A step was asked for that does not exist.
#[derive(Debug)]
pub struct UnknownStep(String);

impl Selection {
    /// Runs this step, and others only when they are named too.
    ///
    /// # Errors
    /// When there is no such step.
    pub fn add_only(&mut self, name: &str) -> Result<(), UnknownStep> {
        self.only.push(find(name)?.name);
        Ok(())
    }

    /// Leaves out what comes before this step.
    ///
    /// # Errors
    /// When there is no such step.
    pub fn set_from(&mut self, name: &str) -> Result<(), UnknownStep> {
        self.from = Some(find(name)?.name);
        Ok(())
    }

    /// The chosen steps in their order. A step named with `--only` runs even when it is one of the long ones.
    pub(super) fn steps(&self) -> impl Iterator<Item = &'static Step> {
        let from = self.from;
        let rest = STEPS.iter().skip_while(move |step| from.is_some_and(|name| name != step.name));
        rest.filter(|step| if self.only.is_empty() { self.long || !step.only_long } else { self.only.contains(&step.name) })
    }
}

fn find(name: &str) -> Result<&'static Step, UnknownStep> {
    let found = STEPS.iter().find(|step| step.name == name);
    found.ok_or_else(|| UnknownStep(name.to_owned()))
}

impl fmt::Display for UnknownStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        write!(f, "there is no step `{}`; the steps are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownStep {}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(selection: &Selection) -> Vec<&'static str> {
        selection.steps().map(|step| step.name).collect()
    }

    #[test]
    fn the_window_is_compiled_after_the_user_interface_is_built() {
        let all = names(&Selection::default());
        let position = |name| all.iter().position(|one| *one == name);
        assert!(position("ui") < position("clippy"));
        assert!(position("ui") < position("tests"));
        assert!(!all.contains(&"deny"));
    }

    #[test]
    fn from_leaves_out_what_comes_before() {
        let mut selection = Selection::default();
        selection.set_from("tests").expect("the step exists");
        assert_eq!(names(&selection), ["tests", "browser"]);
        selection.long = true;
        assert_eq!(names(&selection), ["tests", "browser", "deny"]);
    }

    #[test]
    fn only_keeps_the_order_of_the_suite() {
        let mut selection = Selection::default();
        selection.add_only("deny").expect("the step exists");
        selection.add_only("format").expect("the step exists");
        assert_eq!(names(&selection), ["format", "deny"]);
    }

    #[test]
    fn an_unknown_step_is_answered_with_the_known_ones() {
        let error = Selection::default().add_only("lint").expect_err("no step has this name");
        assert!(error.to_string().contains("clippy"));
    }
}
