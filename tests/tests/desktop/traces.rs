//! What the web view leaves behind on the disk.

use std::path::Path;

use serde_json::json;

use whole_system::window::{open_window, private_folder};

/// Something no file holds by chance.
const CANARY: &str = "Kanarienvogel-4711-Nussbaum";

/// A field and a button of this test's own, beside whatever the page shows.
const FIELD: &str = "
    const [canary, done] = arguments;
    const form = document.createElement('div');
    form.style.cssText = 'position: fixed; inset: 0; z-index: 9999; background: white';
    form.innerHTML = '<input id=\"trace-field\"><button id=\"trace-button\">OK</button><output id=\"trace-output\"></output>';
    form.querySelector('button').addEventListener('click', () => {
        const typed = form.querySelector('input').value;
        form.querySelector('output').textContent = typed === canary ? 'typed' : 'different';
    });
    document.body.append(form);
    done();
";

#[tokio::test]
async fn what_was_typed_is_in_no_file_of_the_web_view() {
    let data = private_folder();
    let window = open_window(data.path(), &[]).await;
    window.wait_for("h1").await;
    window.script(FIELD, vec![json!(CANARY)]).await;
    window.fill("#trace-field", CANARY).await;
    window.click("#trace-button").await;
    assert_eq!(window.text("#trace-output").await, "typed");
    let home = window.close().await;
    assert_eq!(files_with(home.path(), CANARY), Vec::<String>::new());
    assert_eq!(files_with(data.path(), CANARY), Vec::<String>::new());
}

/// Files below `folder` whose bytes contain the text, as UTF-8 or as UTF-16, which web views keep texts in.
pub fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let entry = entry.expect("an entry");
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            found.extend(files_with(&entry.path(), text));
        } else if kind.is_file() {
            let bytes = std::fs::read(entry.path()).expect("a readable file");
            if [text.as_bytes(), &wide].iter().any(|needle| bytes.windows(needle.len()).any(|window| window == *needle)) {
                found.push(entry.path().display().to_string());
            }
        }
    }
    found
}
