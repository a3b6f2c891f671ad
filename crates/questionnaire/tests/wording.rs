//! The wording file has every text, no other, and no word that must not stand there; names agree across the crate.

use questionnaire::{Answer, Asking, Origin, Question, Warning, Wording, WordingError};

const FILE: &str = include_str!("../wording/v1/de.toml");

fn json() -> serde_json::Value {
    serde_json::to_value(Wording::german()).expect("plain strings")
}

/// All texts of a value with the path to them.
fn texts(path: &str, value: &serde_json::Value, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => found.push((path.to_owned(), text.clone())),
        serde_json::Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                texts(&format!("{path}/{place}"), value, found);
            }
        }
        serde_json::Value::Object(values) => {
            for (key, value) in values {
                texts(&format!("{path}/{key}"), value, found);
            }
        }
        _ => {}
    }
}

fn all_texts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    texts("", &json(), &mut found);
    found
}

#[test]
fn german_is_the_original_and_says_that_nobody_has_approved_it_yet() {
    let wording = Wording::german();
    assert!(wording.about.original);
    assert_eq!(wording.is_reviewed(), !wording.about.reviewed_by.is_empty());
    assert!(wording.is_reviewed() || wording.about.status == "Entwurf, noch nicht freigegeben");
}

#[test]
fn a_missing_key_is_noticed() {
    let lines: Vec<_> = FILE.lines().collect();
    let mut removed = 0;
    for (place, line) in lines.iter().enumerate() {
        let is_text = line.contains(" = ") && !line.starts_with([' ', '#']) && !line.ends_with('[');
        if is_text {
            let without: String = lines.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, line)| format!("{line}\n")).collect();
            assert!(matches!(Wording::parse(&without), Err(WordingError::Shape(_))), "{line}");
            removed += 1;
        }
    }
    assert!(removed > 8 * 3 * 3, "the loop has to see the questions");
}

#[test]
fn an_extra_key_is_noticed_in_every_table() {
    let tables: Vec<_> = FILE.lines().filter(|line| line.starts_with('[')).collect();
    assert!(tables.len() > 8 * 3);
    for table in tables {
        let with = FILE.replace(table, &format!("{table}\nsurplus = \"x\""));
        assert!(matches!(Wording::parse(&with), Err(WordingError::Shape(_))), "{table}");
    }
    assert!(matches!(Wording::parse(&format!("{FILE}\n[surplus]\n")), Err(WordingError::Shape(_))));
}

#[test]
fn a_wording_for_another_form_or_without_direction_is_refused() {
    let other = FILE.replace("form_version = 1", "form_version = 2");
    assert!(matches!(Wording::parse(&other), Err(WordingError::UnknownFormVersion(2))));
    let sideways = FILE.replace("direction = \"ltr\"", "direction = \"\"");
    assert!(matches!(Wording::parse(&sideways), Err(WordingError::Direction)));
}

#[test]
fn no_text_is_empty_but_the_sign_off_and_the_notice_of_translations() {
    for (path, text) in all_texts() {
        let may_be_empty = ["/about/reviewed_by", "/about/reviewed_on", "/about/notice"].contains(&path.as_str());
        assert!(may_be_empty || !text.trim().is_empty(), "{path}");
    }
}

/// Nothing is anonymous (the customer number goes along), no word sorts people, no benefit is named that the next
/// reform renames.
#[test]
fn no_text_uses_a_word_that_must_not_stand_there() {
    for (path, text) in all_texts() {
        for word in ["anonym", "igration", "Ausländer", "ausländisch", "Bürgergeld", "Grundsicherung", "Alg", "Hartz", "Weiß nicht"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn every_question_is_written_out_in_the_three_ways_of_asking() {
    let wording = Wording::german();
    for question in Question::ALL {
        for asking in Asking::ALL {
            let text = wording.question(question, asking);
            let form = ["person", "parent", "young"][usize::from(asking.wire())];
            assert_eq!(json()["questions"][question.key()][form]["question"], text.question, "{question:?} {asking:?}");
            assert!(text.question.ends_with('?'), "{question:?} {asking:?}");
            let about_a_child = ["Ihr Kind", "Ihres Kindes", "des Kindes"].iter().any(|words| text.question.contains(words));
            assert_eq!(about_a_child, asking == Asking::ToParent, "{question:?} {asking:?}");
        }
    }
    assert_eq!(wording.question(Question::GermanNationality, Asking::ToParent).question, "Besitzt Ihr Kind die deutsche Staatsangehörigkeit?");
}

/// The questions about a parent name that parent and no other, and follow-ups ask for the move.
#[test]
fn every_text_belongs_to_its_question() {
    for question in Question::ALL {
        let (mother, father) = (question.key().starts_with("mother"), question.key().starts_with("father"));
        for asking in Asking::ALL {
            let text = Wording::german().question(question, asking);
            for words in [&text.question, &text.label] {
                assert_eq!((words.contains("Mutter"), words.contains("Elternteil 1")), (mother, mother), "{words}");
                assert_eq!((words.contains("Vater"), words.contains("Elternteil 2")), (father, father), "{words}");
                assert_eq!(words.contains("zugezogen"), question.key().ends_with("immigrated_after_1949"), "{words}");
                assert_eq!(words.contains("Geburtsort"), question.key().ends_with("born_outside"), "{words}");
            }
        }
    }
}

#[test]
fn a_young_person_first_reads_that_they_decide_alone() {
    let young = &Wording::german().introduction.of(Asking::ToYoungPerson).sentences;
    assert_eq!(young[0], "Sie entscheiden selbst. Ihre Eltern müssen nicht zustimmen.");
    for asking in Asking::ALL {
        let said = Wording::german().introduction.of(asking).sentences.join(" ");
        for point in ["freiwillig", "nur für die Statistik", "keine Nachteile", "Keine Angabe", "Kundennummer", "Meinung ändern", "vernichtet"] {
            assert!(said.contains(point), "{asking:?}: {point}");
        }
    }
}

#[test]
fn json_names_are_the_keys() {
    fn name(value: impl serde::Serialize) -> String {
        serde_json::to_value(value).expect("a name").as_str().expect("a string").to_owned()
    }
    let keys = json();
    for question in Question::ALL {
        assert_eq!(name(question), question.key());
        assert_eq!(Question::from_key(question.key()), Some(question));
        assert_eq!(Question::from_wire(question.wire()), Some(question));
        assert!(keys["questions"][question.key()].is_object());
    }
    for answer in Answer::ALL {
        assert_eq!(name(answer), answer.key());
        assert!(Answer::from_key(answer.key()) == Some(answer));
        assert_eq!(keys["answers"][answer.key()], Wording::german().answer(Some(answer)));
    }
    for warning in Warning::ALL {
        assert_eq!(name(warning), warning.code());
        assert_eq!(keys["warnings"][warning.code()], Wording::german().warning(warning));
    }
    assert_eq!(Asking::ALL.map(name), ["to_person", "to_parent", "to_young_person"]);
    assert_eq!(Origin::ALL.map(name), ["table", "paper_import"]);
    assert_eq!(Question::from_key("answer"), None);
    assert!(Answer::from_wire(0).is_none() && Question::from_wire(8).is_none());
}
