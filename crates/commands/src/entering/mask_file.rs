//! The entry mask's file: TOML, as `docs/formats/entry-mask.md` describes it.

use office::directory::{MAX_MASK_CODE, MAX_MASK_LABEL, MaskFlaw, check_entry_mask};
use protocol::directory::{EntryMask, MaskField, MaskSource};
use serde::{Deserialize, Serialize};

use crate::api::{CommandError, ErrorCode, FieldKey};

/// The file of the mask that counts until the office sets one.
pub const DEFAULT_TEXT: &str = include_str!("default-mask.toml");
/// Version of the file's format, and of the mask in the directory.
const FORMAT: u8 = 1;
/// Longest file, in bytes: eight fields with all their texts fit many times.
const MAX_BYTES: usize = 32 * 1024;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u8,
    name: String,
    #[serde(default)]
    mig: bool,
    #[serde(default)]
    field: Vec<Field>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Field {
    source: FieldKey,
    label: String,
    yes: String,
    no: String,
    declined: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    does_not_apply: Option<String>,
}

/// The mask of this file, sound.
pub fn parse(text: &str) -> Result<EntryMask, CommandError> {
    if text.len() > MAX_BYTES {
        return Err(CommandError::new(ErrorCode::TextTooLong).with("maximum", MAX_BYTES));
    }
    let File { format, name, mig, field } = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
    if format != FORMAT {
        return Err(invalid("format"));
    }
    let fields = field.into_iter().map(MaskField::from).collect();
    let mask = EntryMask { version: FORMAT, name: name.trim().to_owned(), fields, asks_mig: mig };
    check_entry_mask(&mask).map_err(flawed)?;
    Ok(mask)
}

/// The file of this mask.
pub fn write(mask: &EntryMask) -> Result<String, CommandError> {
    let field = mask.fields.iter().map(Field::from).collect();
    let file = File { format: mask.version, name: mask.name.clone(), mig: mask.asks_mig, field };
    toml::to_string(&file).map_err(|_| CommandError::new(ErrorCode::Internal))
}

/// The mask that counts until the office sets one.
pub fn default_mask() -> EntryMask {
    parse(DEFAULT_TEXT).expect("invariant: a test reads the app's own mask")
}

fn invalid(reason: &str) -> CommandError {
    CommandError::new(ErrorCode::MaskInvalid).with("reason", reason)
}

/// Where the text stops being a mask, and what the reader of it says. It is the administrator's own file, without anything about a customer.
fn unreadable(text: &str, error: &toml::de::Error) -> CommandError {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let said: String = error.message().chars().take(200).map(|character| if character.is_control() { ' ' } else { character }).collect();
    invalid("syntax").with("line", line).with("detail", said)
}

fn flawed(flaw: MaskFlaw) -> CommandError {
    let at =
        |reason, source: MaskSource| invalid(reason).with("field", serde_json::to_value(FieldKey::from(source)).map_or_else(|_| String::new(), key));
    match flaw {
        MaskFlaw::Version => invalid("format"),
        MaskFlaw::Name => invalid("name"),
        MaskFlaw::Mixed => invalid("mixed"),
        MaskFlaw::Twice(source) => at("twice", source),
        MaskFlaw::Missing(source) => at("missing", source),
        MaskFlaw::Label(source) => at("label", source).with("maximum", MAX_MASK_LABEL),
        MaskFlaw::Code(source) => at("code", source).with("maximum", MAX_MASK_CODE),
        MaskFlaw::SameCode(source) => at("same_code", source),
        MaskFlaw::SameLabel(source) => at("same_label", source),
    }
}

fn key(value: serde_json::Value) -> String {
    if let serde_json::Value::String(key) = value { key } else { String::new() }
}

impl From<Field> for MaskField {
    fn from(Field { source, label, yes, no, declined, does_not_apply }: Field) -> Self {
        let trimmed = |text: String| text.trim().to_owned();
        Self {
            source: source.into(),
            label: trimmed(label),
            yes: trimmed(yes),
            no: trimmed(no),
            declined: trimmed(declined),
            does_not_apply: does_not_apply.map(trimmed),
        }
    }
}

impl From<&MaskField> for Field {
    fn from(field: &MaskField) -> Self {
        let MaskField { source, label, yes, no, declined, does_not_apply } = field.clone();
        Self { source: source.into(), label, yes, no, declined, does_not_apply }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(text: &str) -> Vec<String> {
        let error = parse(text).expect_err("no mask");
        assert_eq!(error.code, ErrorCode::MaskInvalid);
        error.params.into_iter().filter(|(name, _)| name != "detail").map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn the_apps_own_mask_asks_for_the_four_characteristics_in_the_order_of_the_law() {
        let mask = default_mask();
        assert_eq!(mask.fields.iter().map(|field| field.source).collect::<Vec<_>>(), MaskSource::CHARACTERISTICS);
        assert!(mask.fields.iter().all(|field| (&*field.yes, &*field.no, &*field.declined) == ("Ja", "Nein", "Keine Angabe")));
    }

    #[test]
    fn what_is_written_reads_as_the_same_mask() {
        let mut mask = default_mask();
        mask.asks_mig = true;
        mask.fields.reverse();
        mask.fields[1].label = "Feld \"B\" \\ [x]".to_owned();
        assert_eq!(parse(&write(&mask).unwrap()).unwrap(), mask);
    }

    #[test]
    fn a_file_that_is_none_names_the_place() {
        assert_eq!(params("format = 1\nname = \"x\n"), ["line=2", "reason=syntax"]);
        assert_eq!(params(&DEFAULT_TEXT.replace("declined", "refused")), ["line=13", "reason=syntax"]);
        assert_eq!(params(&DEFAULT_TEXT.replace("format = 1", "format = 2")), ["reason=format"]);
        assert_eq!(params(&DEFAULT_TEXT.replace("characteristic_4", "characteristic_3")), ["field=characteristic_3", "reason=twice"]);
        assert_eq!(params(&DEFAULT_TEXT.replace("characteristic_4", "born_outside")), ["reason=mixed"]);
        assert_eq!(params(DEFAULT_TEXT.rsplit_once("[[field]]").unwrap().0), ["field=characteristic_4", "reason=missing"]);
        assert_eq!(params(&DEFAULT_TEXT.replace("\"Nein\"", "\"Ja\"")), ["field=characteristic_1", "reason=same_code"]);
        assert_eq!(
            params(
                &DEFAULT_TEXT.replace(r#"label = "2. Geburtsort außerhalb und nach 1949 zugezogen""#, r#"label = "1. DEUTSCHE STAATSANGEHÖRIGKEIT""#)
            ),
            ["field=characteristic_2", "reason=same_label"]
        );
        assert_eq!(params(&DEFAULT_TEXT.replace("\"Nein\"", "\" \"")), ["field=characteristic_1", "maximum=40", "reason=code"]);
        assert_eq!(params("format = 1\nname = \"leer\"\n"), ["field=characteristic_1", "reason=missing"], "a mask without a field shows nothing");
    }
}
