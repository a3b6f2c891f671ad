//! A bare Tauri window with one line of text: what the benchmark compares the first picture of the app with. It is never shipped.

fn main() {
    tauri::Builder::default().run(tauri::generate_context!("examples/bare_window/tauri.conf.json")).expect("there is a display");
}
