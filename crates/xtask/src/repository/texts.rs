//! Words and addresses that must not stand in a tracked file.

use super::at;

/// First folders of paths that exist on one machine only.
const MACHINE_FOLDERS: &[&str] = &["home", "root", "work", "farm", "Users"];

/// Leftovers of unfinished work and switched-off checks. Written in two halves, so that this file passes its own check.
const FORBIDDEN_WORDS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("#[ign", "ore"),
    concat!("allow(dead", "_code"),
    concat!("eslint-dis", "able"),
    concat!("@ts-ig", "nore"),
    concat!("@ts-no", "check"),
    concat!("svelte-ig", "nore"),
    concat!("it.on", "ly("),
    concat!("test.on", "ly("),
    concat!("describe.on", "ly("),
    concat!("it.sk", "ip("),
    concat!("test.sk", "ip("),
    concat!("describe.sk", "ip("),
];

/// Files in which a forbidden word is code or a comment on code, and not prose about it.
const CODE: &[&str] = &["rs", "ts", "js", "mjs", "svelte", "css", "html", "py", "sh", "sql", "toml"];

/// Absolute paths of somebody's machine.
pub fn machine_paths(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let found = machine_path(line)?;
            Some(at(path, index, &format!("a path of one machine: {found}…")))
        })
        .collect()
}

/// The start of the first machine path in a line: not the middle of a relative path or of an address.
fn machine_path(line: &str) -> Option<&str> {
    line.match_indices('/').find_map(|(start, _)| {
        let before = line[..start].chars().next_back();
        if before.is_some_and(|c| is_word(c) || c == '/') {
            return None;
        }
        let rest = &line[start + 1..];
        let folder = MACHINE_FOLDERS.iter().find(|folder| rest.starts_with(**folder))?;
        let mut after = rest[folder.len()..].chars();
        let goes_on = after.next() == Some('/') && after.next().is_some_and(is_word);
        goes_on.then(|| &line[start..start + folder.len() + 2])
    })
}

/// Whether a character can belong to the name of a file or folder.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_.-".contains(c)
}

/// Leftovers of unfinished work, in code.
pub fn forbidden_words(path: &str, text: &str) -> Vec<String> {
    let is_code = path.rsplit_once('.').is_some_and(|(_, extension)| CODE.contains(&extension));
    if !is_code {
        return Vec::new();
    }
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let found = FORBIDDEN_WORDS.iter().filter(move |word| stands_alone(line, word));
            found.map(move |word| at(path, index, &format!("`{word}`: finish it, or write an issue")))
        })
        .collect()
}

/// Whether `word` stands in `line` and is not a part of a longer word.
fn stands_alone(line: &str, word: &str) -> bool {
    let is_joined = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let continues_a_word = line[..start].ends_with(is_joined);
        let is_continued = word.ends_with(is_joined) && line[start + word.len()..].starts_with(is_joined);
        !continues_a_word && !is_continued
    })
}

/// Download hosts in an npm lock file: another machine may have to use another registry.
pub fn download_addresses(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| line.trim_start().starts_with("\"resolved\": \"http"))
        .map(|(index, _)| at(path, index, "names a download host (set omit-lockfile-registry-resolved=true in .npmrc)"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_paths_are_found_and_relative_ones_are_not() {
        let home = concat!("/ho", "me/");
        let found = |line: String| !machine_paths("a.txt", &line).is_empty();
        assert!(found(format!("cd {home}anna/bogen")));
        assert!(found(format!("path = \"{home}anna\"")));
        assert!(found(format!("(file:{home}anna)")));
        assert!(!found(format!("data{home}anna")));
        assert!(!found(format!("https://example.org{home}anna")));
        assert!(!found(format!("the folder {home} of a user")));
        assert!(!found("/usr/bin/chromium".to_owned()));
    }

    #[test]
    fn an_offence_names_file_and_line() {
        let text = format!("fine\n// {} later\n", FORBIDDEN_WORDS[0]);
        let found = forbidden_words("a/b.rs", &text);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("a/b.rs:2: "), "{found:?}");
    }

    #[test]
    fn every_forbidden_word_is_found_and_longer_words_are_not() {
        for word in FORBIDDEN_WORDS {
            assert!(!forbidden_words("a.ts", &format!("  {word}")).is_empty(), "{word}");
        }
        let longer = format!("MY_{} X{}S", FORBIDDEN_WORDS[0], FORBIDDEN_WORDS[2]);
        assert_eq!(forbidden_words("a.ts", &longer), Vec::<String>::new());
    }

    #[test]
    fn prose_may_speak_of_forbidden_words() {
        assert!(forbidden_words("docs/style.md", FORBIDDEN_WORDS[1]).is_empty());
    }

    #[test]
    fn a_local_resolution_names_no_host() {
        assert!(download_addresses("package-lock.json", r#"  "resolved": "../kern","#).is_empty());
        assert_eq!(download_addresses("package-lock.json", r#"  "resolved": "https://a/b.tgz","#).len(), 1);
    }
}
