//! What people and scripts type: lines from stdin, asked for when stdin is a terminal; passphrases without echo.

use std::io::{self, BufRead, IsTerminal, Read, StdinLock, Write};

use commands::api::{Passphrase, TypedNumber};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Longest line, and longest import, in bytes: thousands of forms.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Stdin, the terminal, or both.
pub struct Input {
    terminal: bool,
    /// The first line of stdin, taken when it is asked for the first time.
    passphrase_first: bool,
    taken: Option<Passphrase>,
}

impl Input {
    /// With `passphrase_stdin`, takes the first line of stdin as the passphrase.
    ///
    /// # Errors
    /// Stdin ends before it.
    pub fn new(passphrase_stdin: bool) -> Result<Self, Failure> {
        let taken = if passphrase_stdin { Some(Passphrase::new(read_line(&mut io::stdin().lock())?.as_str().to_owned())) } else { None };
        Ok(Self { terminal: io::stdin().is_terminal(), passphrase_first: passphrase_stdin, taken })
    }

    /// Whether a passphrase came with stdin.
    pub fn has_passphrase(&self) -> bool {
        self.passphrase_first
    }

    /// The passphrase of `name`.
    ///
    /// # Errors
    /// There is neither a line nor a terminal.
    pub fn passphrase(&mut self, name: &str) -> Result<Passphrase, Failure> {
        match self.taken.take() {
            Some(passphrase) => Ok(passphrase),
            None => without_echo(&format!("Passphrase of {name}: ")),
        }
    }

    /// A new passphrase, asked for twice at the terminal.
    ///
    /// # Errors
    /// There is neither a line nor a terminal, or the two differ.
    pub fn new_passphrase(&mut self) -> Result<Passphrase, Failure> {
        if let Some(passphrase) = self.taken.take() {
            return Ok(passphrase);
        }
        let first = without_echo("New passphrase: ")?;
        let again = without_echo("Again: ")?;
        if first.expose() == again.expose() { Ok(first) } else { Err(Failure::usage("the two passphrases differ; nothing was changed")) }
    }

    /// The passphrase that takes another's place: the next line of stdin if the one in force came with it, otherwise as a new one.
    ///
    /// # Errors
    /// There is neither a line nor a terminal, or the two differ.
    pub fn other_passphrase(&mut self) -> Result<Passphrase, Failure> {
        if self.passphrase_first { Ok(Passphrase::new(read_line(&mut io::stdin().lock())?.as_str().to_owned())) } else { self.new_passphrase() }
    }

    /// One line, without its end and without blanks around it.
    ///
    /// # Errors
    /// Stdin ends before it, or it is no text.
    pub fn line(&mut self, question: &str) -> Result<String, Failure> {
        if self.terminal {
            prompt(question);
        }
        Ok(read_line(&mut io::stdin().lock())?.trim().to_owned())
    }

    /// A ticket or code: like a line, but not shown while typed.
    ///
    /// # Errors
    /// As for a line.
    pub fn secret_line(&mut self, question: &str) -> Result<String, Failure> {
        if self.terminal { Ok(without_echo(question)?.expose().trim().to_owned()) } else { self.line(question) }
    }

    /// A number: typed twice at the terminal, once in a script, where it was copied and not typed.
    ///
    /// # Errors
    /// As for a line.
    pub fn number(&mut self, question: &str) -> Result<TypedNumber, Failure> {
        let first = self.line(&format!("{question}: "))?;
        let again = if self.terminal && !first.is_empty() { self.line("Again: ")? } else { first.clone() };
        Ok(TypedNumber { first, again })
    }

    /// The rest of stdin, for a command that reads a file.
    ///
    /// # Errors
    /// Stdin is a terminal, too long or no text.
    pub fn rest(&mut self) -> Result<String, Failure> {
        if self.terminal {
            return Err(Failure::usage("this reads from stdin, and stdin is a terminal; send a file or a program's output to it (see --help)"));
        }
        let mut text = String::new();
        io::stdin().lock().take(LIMIT + 1).read_to_string(&mut text).map_err(|_| Failure::usage("stdin could not be read as UTF-8 text"))?;
        if text.len() as u64 > LIMIT { Err(Failure::usage("the input is longer than 16 MiB; split it")) } else { Ok(text) }
    }
}

/// The lines of stdin until its end, for a session. An over-long line arrives as None.
pub fn session_line() -> io::Result<Option<Option<Zeroizing<Vec<u8>>>>> {
    let mut stdin = io::stdin().lock();
    let mut line = Zeroizing::new(Vec::new());
    let read = stdin.by_ref().take(LIMIT).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == LIMIT && line.last() != Some(&b'\n') {
        skip_line(&mut stdin)?;
        return Ok(Some(None));
    }
    Ok(Some(Some(line)))
}

fn skip_line(stdin: &mut StdinLock<'_>) -> io::Result<()> {
    loop {
        let buffer = stdin.fill_buf()?;
        let (length, end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        stdin.consume(length);
        if end {
            return Ok(());
        }
    }
}

fn read_line(stdin: &mut StdinLock<'_>) -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::new());
    let read = stdin.by_ref().take(LIMIT).read_line(&mut line).map_err(|_| Failure::usage("stdin could not be read as UTF-8 text"))?;
    if read == 0 {
        return Err(Failure::usage("stdin ended early; --help tells which lines this command reads"));
    }
    let kept = line.trim_end_matches(['\n', '\r']).len();
    line.truncate(kept);
    Ok(line)
}

/// A question goes to stderr: stdout is for results.
fn prompt(question: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(question.as_bytes());
    let _ = err.flush();
}

fn without_echo(question: &str) -> Result<Passphrase, Failure> {
    rpassword::prompt_password(question)
        .map(Passphrase::new)
        .map_err(|_| Failure::usage("there is no terminal to ask for a passphrase; use --passphrase-stdin"))
}
