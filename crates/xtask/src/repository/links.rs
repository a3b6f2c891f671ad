//! Relative links of markdown files lead to existing files.

use super::at;

/// Links whose target does not exist; `exists` answers for paths relative to the root.
pub fn dead_links(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut offences = Vec::new();
    for (index, line) in prose_lines(text) {
        for target in targets(line).filter(|target| is_file_link(target)) {
            let file = target.split(['#', '?']).next().unwrap_or(target);
            if !resolve(folder, file).is_some_and(|resolved| exists(&resolved)) {
                offences.push(at(path, index, &format!("this link leads nowhere: {target}")));
            }
        }
    }
    offences
}

/// Numbered lines outside fenced code blocks.
fn prose_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_fence = false;
    text.lines().enumerate().filter(move |(_, line)| {
        let is_fence = line.trim_start().starts_with("```");
        in_fence ^= is_fence;
        !in_fence && !is_fence
    })
}

/// The targets of `[text](target)`, `![text](target "title")` and `[label]: target` in a line.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let outside_code = line.split('`').step_by(2);
    let inline = outside_code.flat_map(|part| part.split("](").skip(1));
    // A definition is the only thing on its line.
    let is_definition = line.starts_with('[') && !line.starts_with("[^");
    let definition = line.split_once("]: ").filter(|_| is_definition).map(|(_, target)| target);
    inline
        .filter_map(|rest| rest.split([')', ' ']).next())
        .chain(definition.and_then(|target| target.split(' ').next()))
        .map(|target| target.trim_matches(['<', '>']))
}

/// Whether a target is a file of this repository and neither an address nor a place in the same document.
fn is_file_link(target: &str) -> bool {
    !target.is_empty() && !target.starts_with('#') && !target.contains("://") && !target.starts_with("mailto:")
}

/// The path relative to the root of a target seen from `folder`; `None` when it leaves the repository.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let from_root = target.strip_prefix('/');
    let start = if from_root.is_some() { "" } else { folder };
    let steps = start.split('/').chain(from_root.unwrap_or(target).split('/'));
    let mut parts = Vec::new();
    for step in steps {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(text: &str) -> usize {
        let exists = |target: &str| ["docs/architecture.md", "README.md", "docs", "docs/screens/a.png"].contains(&target);
        dead_links("docs/security.md", text, exists).len()
    }

    #[test]
    fn links_are_resolved_from_the_folder_of_their_file() {
        assert_eq!(dead("[a](architecture.md#walk) ![b](screens/a.png \"title\") [c](../README.md) [d](/docs)"), 0);
        assert_eq!(dead("[a](README.md)"), 1);
        assert_eq!(dead("[a](../../README.md)"), 1);
    }

    #[test]
    fn every_link_of_a_line_is_looked_at() {
        assert_eq!(dead("see [a](no.md), [b](architecture.md) and [c](neither.md)."), 2);
        assert_eq!(dead("[label]: gone.md"), 1);
    }

    #[test]
    fn addresses_places_and_code_are_not_file_links() {
        assert_eq!(dead("[a](https://www.gesetze-im-internet.de) [b](#here) [c](mailto:a@example.org)"), 0);
        assert_eq!(dead("`[a](no.md)`\n```\n[a](no.md)\n```\n"), 0);
        assert_eq!(dead("```\ncode\n```\n[a](no.md)"), 1);
    }
}
