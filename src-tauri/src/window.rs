//! The one window. Its size, its content security policy and what is switched off stand in `tauri.conf.json`.

use commands::{CommandError, ErrorCode};
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Runtime, WebviewWindow};

use crate::{environment, navigation};

/// The window's label, in the configuration and in `capabilities/main.json`.
pub const MAIN: &str = "main";

/// Width of the strip beside the benefits system's window, in logical pixels: what the narrowest view needs, with its edges.
const STRIP_WIDTH: f64 = 400.0;

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

/// Makes the window a narrow strip along the edge of its screen, beside the benefits system's, or gives it its usual size back.
///
/// # Errors
/// `internal` when the window system refuses; the window stays as it is.
#[tauri::command]
pub fn strip(window: WebviewWindow, on: bool) -> Result<(), CommandError> {
    resize(&window, on).map_err(|_| CommandError::new(ErrorCode::Internal))
}

fn resize(window: &WebviewWindow, on: bool) -> tauri::Result<()> {
    window.unmaximize()?;
    let Some(monitor) = window.current_monitor()? else { return Ok(()) };
    let scale = monitor.scale_factor();
    let area = monitor.work_area();
    let (place, room) = (area.position.to_logical::<f64>(scale), area.size.to_logical::<f64>(scale));
    if on {
        window.set_size(LogicalSize::new(STRIP_WIDTH, room.height))?;
        // Where windows place themselves (Wayland), it stays where it is.
        return window.set_position(LogicalPosition::new(place.x + room.width - STRIP_WIDTH, place.y));
    }
    let config = window.config().app.windows.iter().find(|config| config.label == MAIN).ok_or(tauri::Error::WindowNotFound)?;
    window.set_size(LogicalSize::new(config.width.min(room.width), config.height.min(room.height)))?;
    window.center()
}
