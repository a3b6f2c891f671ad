//! What the build put into the program: configuration, permissions and the user interface.

/// The one copy of it.
pub fn built() -> tauri::Context {
    tauri::generate_context!()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tauri::utils::config::{Config, Csp, WindowConfig};
    use tauri::utils::platform::Target;

    use super::*;

    fn the_window(config: &Config) -> &WindowConfig {
        let [window] = config.app.windows.as_slice() else { panic!("one window") };
        window
    }

    #[test]
    fn nothing_but_the_apps_own_files_may_run_or_be_loaded() {
        let context = built();
        let Some(Csp::DirectiveMap(csp)) = &context.config().app.security.csp else { panic!("a content security policy") };
        for (directive, sources) in csp {
            let sources: Vec<String> = sources.clone().into();
            for source in sources {
                let own = ["'self'", "'none'"].contains(&source.as_str());
                let into_the_app = directive == "connect-src" && ["ipc:", "http://ipc.localhost"].contains(&source.as_str());
                let small_picture = directive == "img-src" && source == "data:";
                assert!(own || into_the_app || small_picture, "{directive} {source}");
            }
        }
        for directive in ["default-src", "script-src", "style-src", "object-src", "base-uri", "form-action", "frame-ancestors"] {
            assert!(csp.contains_key(directive), "{directive}");
        }
    }

    #[test]
    fn development_relaxes_nothing() {
        let context = built();
        let config = context.config();
        assert!(config.app.security.dev_csp.is_none());
        assert!(config.build.dev_url.is_none());
        assert!(!tauri::is_dev(), "the same protocol in every build");
        assert_eq!(config.build.features, None);
    }

    #[test]
    fn the_window_opens_no_further_way_in_or_out() {
        let context = built();
        let config = context.config();
        assert!(!config.app.with_global_tauri);
        assert!(config.app.security.freeze_prototype);
        assert!(!config.app.security.asset_protocol.enable);
        assert!(config.plugins.0.is_empty());
        let window = the_window(config);
        assert_eq!(window.label, crate::window::MAIN);
        assert!(!window.create, "opened by the code that filters navigation");
        assert_eq!(window.devtools, Some(false));
        assert!(!window.drag_drop_enabled);
        assert!(!window.browser_extensions_enabled);
        assert_eq!(window.additional_browser_args, None);
        assert_eq!(window.proxy_url, None);
    }

    #[test]
    fn the_web_view_keeps_and_shows_nothing_elsewhere() {
        let context = built();
        let window = the_window(context.config());
        assert!(window.incognito, "nothing of the web view on the disk");
        assert!(window.content_protected, "no screenshots where the system can forbid them");
        assert!(!window.general_autofill_enabled);
        assert_eq!(window.data_directory, None);
    }

    #[test]
    fn the_page_needs_no_exception_from_the_policy() {
        let context = built();
        let page = context.assets().get(&"/index.html".into()).expect("the user interface was built");
        // The one address in the page's own policy is Tauri's channel to this program on Windows; it leads nowhere else.
        let page = String::from_utf8_lossy(&page).to_lowercase().replace("http://ipc.localhost", "");
        for tag in page.split('<').filter(|tag| tag.starts_with("script")) {
            assert!(tag.contains("src="), "a script inside the page: <{tag}");
        }
        for forbidden in ["<style", " style=", " onload=", " onclick=", "javascript:", "http://", "https://", "<iframe", "<base"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }

    /// Names behind `start` up to the closing bracket, without paths, in the text of a source file.
    fn names<'a>(source: &'a str, start: &str) -> BTreeSet<&'a str> {
        let list = source.split_once(start).and_then(|(_, rest)| rest.split_once(']')).expect("the list is there").0;
        list.split(',').filter_map(|name| name.trim().trim_matches('"').rsplit("::").next()).collect()
    }

    #[test]
    fn handlers_manifest_and_permissions_name_the_same_commands() {
        let handlers = names(include_str!("lib.rs"), "generate_handler![");
        let manifest = names(include_str!("../build.rs"), "commands(&[");
        let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).expect("JSON");
        let permissions = capability["permissions"].as_array().expect("a list").iter().filter_map(|one| one.as_str());
        let (of_tauri, ours): (Vec<&str>, Vec<&str>) = permissions.partition(|one| one.contains(':'));
        let ours: BTreeSet<&str> = ours.iter().filter_map(|one| one.strip_prefix("allow-")).collect();
        assert_eq!(handlers, BTreeSet::from(["run", "strip"]));
        assert_eq!(manifest, handlers);
        assert_eq!(ours, handlers);
        assert_eq!(of_tauri, ["core:event:allow-listen", "core:event:allow-unlisten", "core:webview:allow-set-webview-zoom"]);
    }

    #[test]
    fn one_capability_for_one_local_window() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities");
        let files: Vec<_> = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(files, ["main.json"]);
        let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).expect("JSON");
        assert_eq!(capability["windows"], serde_json::json!([crate::window::MAIN]));
        assert_eq!(capability["local"], true);
        assert!(capability.get("remote").is_none() && capability.get("webviews").is_none());
        assert_eq!(built().config().app.security.capabilities.len(), 1);
    }

    #[test]
    fn no_system_has_a_configuration_of_its_own() {
        for target in [Target::Linux, Target::Windows, Target::MacOS, Target::Android, Target::Ios] {
            let file = format!("{}/tauri.{}.conf.json", env!("CARGO_MANIFEST_DIR"), target.to_string().to_lowercase());
            assert!(!std::path::Path::new(&file).exists(), "{file} would be merged into the tested one");
        }
    }
}
