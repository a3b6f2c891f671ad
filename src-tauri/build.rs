//! Compiles configuration, permissions and the user interface into the window.
#![allow(clippy::print_stdout, reason = "cargo reads instructions from a build script's standard output")]

use std::error::Error;
use std::path::Path;

use tauri_build::{AppManifest, Attributes};

/// What the user interface is built into; the window carries it inside.
const BUNDLE: &str = "../ui/dist";

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo does not know that this folder becomes part of the program.
    println!("cargo:rerun-if-changed={BUNDLE}");
    if !Path::new(BUNDLE).join("index.html").is_file() {
        return Err("ui/dist is not built yet: `cargo xtask run` builds it, or `npm ci && npm run build` in ui".into());
    }
    // With this list, a command needs a permission in capabilities/; without a list, every command would be open to every window.
    let manifest = AppManifest::new().commands(&["run", "strip"]);
    tauri_build::try_build(Attributes::new().app_manifest(manifest))?;
    Ok(())
}
