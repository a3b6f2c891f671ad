//! The real program, in a data folder of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

/// `bogen` with a data folder and nothing of the test runner's environment that could steer it.
pub fn bogen(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bogen"));
    command.env_remove("BOGEN_DATA").env_remove("RUST_LOG").arg("--data").arg(data);
    command
}

/// Runs with `stdin` as input, to the end.
pub fn run(command: &mut Command, stdin: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut input = child.stdin.take().expect("piped");
    // A program that refuses before it reads may close the pipe first.
    let _ = input.write_all(stdin.as_bytes());
    drop(input);
    child.wait_with_output().expect("ends")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The code in an error's JSON on stderr.
pub fn error_code(output: &Output) -> String {
    let error: Value = serde_json::from_str(stderr(output).trim()).expect("one JSON object on stderr");
    error["error"]["code"].as_str().expect("a code").to_owned()
}

/// A running `bogen session`, ready for commands. Killed when dropped.
pub struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Session {
    pub fn start(data: &Path) -> Self {
        let mut child = bogen(data).arg("session").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let mut session = Self { child, input, output };
        assert_eq!(session.line(), serde_json::json!({ "event": "ready" }));
        session
    }

    /// Sends a line as it is.
    pub fn send(&mut self, line: &str) {
        let input = self.input.as_mut().expect("not closed");
        writeln!(input, "{line}").expect("the session reads");
    }

    /// The next line, event or reply.
    pub fn line(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the session writes");
        serde_json::from_str(&line).expect("a JSON line")
    }

    /// The next reply.
    pub fn reply(&mut self) -> Value {
        loop {
            let line = self.line();
            if line.get("event").is_none() {
                return line;
            }
        }
    }

    /// Sends a line and takes its reply.
    pub fn ask(&mut self, line: &str) -> Value {
        self.send(line);
        self.reply()
    }

    /// Ends stdin and tells the exit code.
    pub fn close(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().expect("ends").code()
    }

    /// Kills it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("kills");
        self.child.wait().expect("ends");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
