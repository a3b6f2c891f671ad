//! Every language has every text of the German original, says what it is, and reads in its own direction.

use std::collections::BTreeSet;

use questionnaire::{Asking, Question, Wording};
use serde_json::Value;

fn shape(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().map(shape).collect(),
        Value::Object(values) => values.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
        Value::String(_) => Value::Null,
        other => other.clone(),
    }
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(values) => values.iter().filter(|(key, _)| *key != "about").for_each(|(_, value)| texts(value, found)),
        _ => {}
    }
}

fn json(wording: &Wording) -> Value {
    serde_json::to_value(wording).expect("plain strings")
}

fn words(wording: &Wording) -> Vec<String> {
    let mut found = Vec::new();
    texts(&json(wording), &mut found);
    found
}

#[test]
fn the_eleven_languages_are_there_once_each() {
    let tags: Vec<_> = Wording::all().iter().map(|wording| wording.about.language.as_str()).collect();
    assert_eq!(tags, ["de", "de-simple", "en", "uk", "ru", "ar", "tr", "fa", "ro", "bg", "pl"]);
    let names: BTreeSet<_> = Wording::all().iter().map(|wording| &wording.about.language_name).collect();
    assert_eq!(names.len(), tags.len(), "each is offered under its own name");
    assert!(Wording::in_language("ar").is_some() && Wording::in_language("xx").is_none());
}

/// Sentences and sections too: a list that lacks one would drop a right of the customer without a sound.
#[test]
fn no_text_is_missing_extra_or_empty_in_any_language() {
    let german = shape(&json(Wording::german())["questions"]);
    for wording in Wording::all() {
        let language = &wording.about.language;
        assert_eq!(shape(&json(wording)["questions"]), german, "{language}");
        for part in ["introduction", "privacy", "customer", "paper", "answers", "refusal", "unit", "warnings"] {
            assert_eq!(shape(&json(wording)[part]), shape(&json(Wording::german())[part]), "{language}: {part}");
        }
        for text in words(wording) {
            assert!(!text.trim().is_empty(), "{language}: an empty text");
            assert_eq!(text, text.trim(), "{language}: a text with spaces around it");
        }
    }
}

#[test]
fn places_to_fill_in_are_the_same_in_every_language() {
    let places =
        |text: &str| ["{controller}", "{officer}", "{authority}", "{return_to}", "{reviewer}", "{date}"].map(|place| text.matches(place).count());
    let german = words(Wording::german());
    for wording in Wording::all() {
        for (text, original) in words(wording).iter().zip(&german) {
            assert_eq!(places(text), places(original), "{}: {original}", wording.about.language);
            assert_eq!(text.matches(['{', '}']).count(), original.matches(['{', '}']).count(), "{}: {original}", wording.about.language);
        }
    }
}

/// § 4 MighEV knows the German form only; what else is shown says so, and says whether anybody looked through it.
#[test]
fn a_translation_says_that_it_is_one_and_who_reviewed_it() {
    for wording in Wording::all().iter().skip(1) {
        let about = &wording.about;
        assert!(!about.original && !about.notice.is_empty(), "{}", about.language);
        assert_eq!(about.reviewed_by.is_empty(), about.reviewed_on.is_empty(), "{}: reviewer and date go together", about.language);
    }
}

/// Direction is declared; this only makes sure that the declaration is the script's.
#[test]
fn arabic_and_persian_run_from_right_to_left_and_no_other() {
    let arabic_script = |text: &str| text.chars().any(|sign| ('\u{600}'..='\u{6ff}').contains(&sign));
    for wording in Wording::all() {
        let expected = if arabic_script(&wording.answers.yes) { "rtl" } else { "ltr" };
        assert_eq!(wording.about.direction, expected, "{}", wording.about.language);
        for text in words(wording) {
            assert!(!text.chars().any(|sign| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')));
        }
    }
}

/// Three ways of asking, eight questions: two that read the same would let a parent answer about themself.
#[test]
fn about_a_child_every_question_reads_differently() {
    for wording in Wording::all() {
        for question in Question::ALL {
            let [person, parent, _] = Asking::ALL.map(|asking| &wording.question(question, asking).question);
            assert_ne!(person, parent, "{}: {question:?}", wording.about.language);
        }
        let questions: BTreeSet<_> = Question::ALL.map(|question| &wording.question(question, Asking::ToPerson).question).into();
        assert_eq!(questions.len(), 8, "{}", wording.about.language);
    }
}

/// The borders and the year decide the answer; they must not get lost in translation.
#[test]
fn the_year_stands_in_every_translation() {
    for wording in Wording::all() {
        for question in [Question::ImmigratedAfter1949, Question::MotherImmigratedAfter1949, Question::FatherImmigratedAfter1949] {
            for asking in Asking::ALL {
                let text = wording.question(question, asking);
                let said = format!("{} {}", text.question, text.help);
                let year = ["1949", "۱۹۴۹", "١٩٤٩", "1950", "۱۹۵۰", "١٩٥٠"].iter().any(|year| said.contains(year));
                assert!(year, "{}: {question:?} {asking:?}", wording.about.language);
            }
        }
    }
}
