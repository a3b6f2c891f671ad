//! What is said about a fault of the program itself: the place in the source, never the text, which may hold what somebody typed.

use std::panic::PanicHookInfo;

/// Replaces the standard report of a panic, which prints its text.
pub fn report_place_only() {
    std::panic::set_hook(Box::new(|info| crate::say(&sentence(info))));
}

fn sentence(info: &PanicHookInfo<'_>) -> String {
    match info.location() {
        Some(place) => format!("fault at {}:{}", place.file(), place.line()),
        None => "fault at an unknown place".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_is_reported_without_its_text() {
        let heard = Arc::new(Mutex::new(String::new()));
        let ear = heard.clone();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| *ear.lock().expect("not poisoned") = sentence(info)));
        let outcome = std::panic::catch_unwind(|| panic!("123A456789 said yes"));
        std::panic::set_hook(before);
        assert!(outcome.is_err());
        let heard = heard.lock().expect("not poisoned").clone();
        assert!(heard.contains("faults.rs:"), "{heard}");
        assert!(!heard.contains("123A456789") && !heard.contains("yes"), "{heard}");
    }
}
