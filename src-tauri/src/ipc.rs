//! The one way from the window into the app.

use commands::{Command, CommandError, ErrorCode};
use serde::Deserialize;
use serde_json::Value;
use tauri::State;
use tauri::ipc::{InvokeBody, Request};

use crate::desk::Desk;

/// Most a command may weigh, in bytes of its text. A paper backlog of 10,000 forms stays below a third of it.
const HEAVIEST: usize = 8 * 1024 * 1024;

/// What each value weighs beside its text, so that millions of empty ones count too.
const PER_VALUE: usize = 8;

/// Runs a command: `invoke('run', { command: { command: 'unit_open', args: { unit: '…' } } })`.
///
/// Takes the request as it came instead of typed arguments: Tauri would answer a wrong one with a sentence that repeats parts of it.
///
/// # Errors
/// The command's own error; `bad_arguments` when the request is none of the commands.
#[tauri::command]
pub async fn run(request: Request<'_>, desk: State<'_, Desk>) -> Result<Value, CommandError> {
    desk.run_for_page(parse(request.body())?).await
}

fn parse(body: &InvokeBody) -> Result<Command, CommandError> {
    let InvokeBody::Json(body) = body else {
        return Err(CommandError::new(ErrorCode::BadArguments));
    };
    let command = body.get("command").filter(|command| command.is_object() && weight(command) <= HEAVIEST);
    let command = command.ok_or_else(|| CommandError::new(ErrorCode::BadArguments))?;
    Command::deserialize(command).map_err(|_| bad_arguments_of(command))
}

/// Names the command if it is one of ours; nothing that was typed is repeated.
fn bad_arguments_of(command: &Value) -> CommandError {
    let name = command.get("command").and_then(Value::as_str);
    let known = name.and_then(|name| Command::NAMES.iter().find(|known| **known == name));
    let params = known.map(|name| ("command".to_owned(), (*name).to_owned()));
    CommandError { code: ErrorCode::BadArguments, params: params.into_iter().collect() }
}

/// Bytes of all texts and names, and something for each value.
fn weight(value: &Value) -> usize {
    let content = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => fields.iter().map(|(name, field)| name.len() + weight(field)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    content + PER_VALUE
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn parsed(body: Value) -> Result<Command, CommandError> {
        parse(&InvokeBody::Json(body))
    }

    fn refused(body: Value) -> CommandError {
        let error = parsed(body).expect_err("not a command");
        assert_eq!(error.code, ErrorCode::BadArguments);
        error
    }

    #[test]
    fn a_command_is_understood() {
        let command = parsed(json!({"command": {"command": "unit_open", "args": {"unit": "u"}}})).expect("a command");
        assert_eq!(command.name(), "unit_open");
    }

    #[test]
    fn what_is_no_command_is_refused_without_a_panic() {
        for body in [
            json!(null),
            json!([]),
            json!("status"),
            json!({}),
            json!({"command": null}),
            json!({"command": "status"}),
            json!({"command": ["status", {}]}),
            json!({"command": {"command": "status"}}),
            json!({"command": {"command": "drop_table", "args": {}}}),
            json!({"command": {"command": 7, "args": {}}}),
            json!({"command": {"args": {}}}),
        ] {
            refused(body);
        }
        let raw = parse(&InvokeBody::Raw(br#"{"command":{"command":"status","args":{}}}"#.to_vec()));
        assert_eq!(raw.expect_err("not JSON").code, ErrorCode::BadArguments);
    }

    #[test]
    fn wrong_types_are_refused_by_the_name_of_the_command_alone() {
        for args in [json!(null), json!([]), json!({}), json!({"unit": 7}), json!({"unit": {"secret": "123A456789"}}), json!("123A456789")] {
            let error = refused(json!({"command": {"command": "unit_open", "args": args}}));
            assert_eq!(error.params, BTreeMap::from([("command".to_owned(), "unit_open".to_owned())]));
        }
        let error = refused(json!({"command": {"command": "123A456789", "args": {}}}));
        assert!(error.params.is_empty(), "an unknown name is not repeated");
    }

    #[test]
    fn what_weighs_too_much_is_refused() {
        let import = |text: String| json!({"command": {"command": "import", "args": {"text": text}}});
        assert!(parsed(import("x".repeat(HEAVIEST / 2))).is_ok());
        refused(import("x".repeat(HEAVIEST)));
        refused(json!({"command": {"command": "import", "args": {"text": "", "more": vec![(); HEAVIEST / PER_VALUE]}}}));
    }
}
