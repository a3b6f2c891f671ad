//! The one window. Its size, its content security policy and what is switched off stand in `tauri.conf.json`.

use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{AppHandle, Manager, Runtime};

use crate::{environment, navigation};

/// The window's label, in the configuration and in `capabilities/main.json`.
pub const MAIN: &str = "main";

/// Opens the window: no way out of the app's own pages, no further windows, no downloads.
///
/// # Errors
/// When the system has no display, or the configuration no such window.
pub fn open<R: Runtime>(handle: &AppHandle<R>) -> tauri::Result<()> {
    let config = handle.config().app.windows.iter().find(|window| window.label == MAIN).ok_or(tauri::Error::WindowNotFound)?;
    let builder = WebviewWindowBuilder::from_config(handle, config)?
        // Even a web view that keeps nothing makes itself folders; by default they would lie among the files of the vault.
        .data_directory(handle.path().app_cache_dir()?.join("webview"))
        .on_navigation(navigation::is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    // WebKitGTK permits no automation of a view that keeps nothing on the disk, so a driven one has to be an ordinary one.
    let builder = if environment::is_driven_by_a_test() { builder.incognito(false) } else { builder };
    builder.build()?;
    Ok(())
}
