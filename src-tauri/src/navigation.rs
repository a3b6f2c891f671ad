//! Where the window may go: nowhere but its own pages.

use tauri::Url;

/// Whether this is a page of the app itself. Tauri serves it as `tauri://localhost`, where the system's web view has no
/// own schemes (Windows, Android) as `http://tauri.localhost`, which never reaches the network.
pub fn is_own(url: &Url) -> bool {
    let (scheme, host) = if cfg!(any(windows, target_os = "android")) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    url.scheme() == scheme && url.host_str() == Some(host) && url.port().is_none() && url.username().is_empty() && url.password().is_none()
}

#[cfg(all(test, not(any(windows, target_os = "android"))))]
mod tests {
    fn is_own(url: &str) -> bool {
        super::is_own(&url.parse().expect("a URL"))
    }

    #[test]
    fn the_app_may_go_to_its_own_pages() {
        assert!(is_own("tauri://localhost"));
        assert!(is_own("tauri://localhost/index.html#/units?x=1"));
    }

    #[test]
    fn and_nowhere_else() {
        for url in [
            "https://example.org/",
            "http://localhost/",
            "http://localhost:5173/",
            "http://tauri.localhost/",
            "https://tauri.localhost/",
            "tauri://example.org/",
            "tauri://localhost.example.org/",
            "tauri://localhost:1/",
            "tauri://somebody@localhost/",
            "tauri:localhost",
            "ipc://localhost/run",
            "file:///etc/passwd",
            "data:text/html,<script>1</script>",
            "blob:tauri://localhost/1",
            "javascript:alert(1)",
            "about:blank",
            "about:srcdoc",
        ] {
            assert!(!is_own(url), "{url}");
        }
    }
}
