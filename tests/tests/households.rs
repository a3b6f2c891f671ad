//! The main job for every test household, through the programs as they are shipped.

use testkit::story;

#[test]
fn every_household_from_the_first_answer_to_two_destroyed_copies() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut said = Vec::new();
    if let Err(error) = story::run(folder.path(), &mut |line| said.push(line.to_owned())) {
        panic!("{}\nstopped: {error:#}", said.join("\n"));
    }
}
