//! Environment variables through which other programs look into a web view or drive it.
//!
//! Whoever can set them for this account can do worse; but a forgotten one on an office computer must not open the window unnoticed.

use std::ffi::OsString;

/// Beginnings of names that the web views of the three systems, or Tauri, obey.
const OPENING: &[&str] = &["WEBKIT_INSPECTOR", "WEBVIEW2_", "TAURI_WEBVIEW_AUTOMATION", "TAURI_AUTOMATION"];

/// Set by the tests that drive the real window.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// The first such variable that is set. Builds for development permit them, since the tests of the real window need them.
pub fn opens_the_window_to_others() -> Option<String> {
    let names = std::env::vars_os().map(|(name, _)| name);
    if cfg!(debug_assertions) { None } else { first_opening(names) }
}

/// Whether a test drives this window: never in a build that is shipped.
pub fn is_driven_by_a_test() -> bool {
    cfg!(debug_assertions) && std::env::var_os(AUTOMATION).is_some_and(|value| value == "true")
}

fn first_opening(names: impl IntoIterator<Item = OsString>) -> Option<String> {
    let names = names.into_iter().map(|name| name.to_string_lossy().to_ascii_uppercase());
    names.into_iter().find(|name| OPENING.iter().any(|start| name.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> Option<String> {
        first_opening(names.iter().map(OsString::from))
    }

    #[test]
    fn debug_ports_and_automation_are_found_among_ordinary_variables() {
        for name in [
            "WEBKIT_INSPECTOR_SERVER",
            "WEBKIT_INSPECTOR_HTTP_SERVER",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
            "WEBVIEW2_USER_DATA_FOLDER",
            "webview2_browser_executable_folder",
            "TAURI_WEBVIEW_AUTOMATION",
        ] {
            assert_eq!(found(&["PATH", name, "LANG"]), Some(name.to_ascii_uppercase()));
        }
        assert_eq!(found(&["PATH", "HOME", "DISPLAY", "BOGEN_DATA"]), None);
    }
}
