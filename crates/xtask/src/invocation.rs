//! One external command: how it is called, shown to the reader, and how its failure is told.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// A program with its arguments, the folder it runs in and the environment it gets in addition to ours.
pub struct Invocation {
    program: String,
    args: Vec<String>,
    dir: PathBuf,
    env: Vec<(String, String)>,
}

impl Invocation {
    /// A command that will run in `dir`.
    pub fn new(dir: &Path, program: &str) -> Self {
        Self { program: program.to_owned(), args: Vec::new(), dir: dir.to_owned(), env: Vec::new() }
    }

    /// The cargo that started us, so that one toolchain builds everything.
    pub fn cargo(root: &Path) -> Self {
        Self::new(root, &std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
    }

    /// Adds arguments.
    pub fn args<I, S>(mut self, args: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Adds one environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same command as the last arguments of another one, such as `xvfb-run`.
    pub fn wrapped_in(self, program: &str, args: &[&str]) -> Self {
        let outer = args.iter().map(|arg| (*arg).to_owned());
        Self { args: outer.chain([self.program]).chain(self.args).collect(), program: program.to_owned(), ..self }
    }

    /// Shows the command, runs it with our input and output, and waits.
    ///
    /// # Errors
    /// When the program cannot be started or does not end with success; the message repeats the whole command.
    pub fn run(&self) -> Result<()> {
        println!("$ {self}");
        let status = self.command().status().with_context(|| self.start_failure())?;
        self.expect_success(status)
    }

    /// Shows the command and becomes it, where the system can: who ends us ends it. Elsewhere as [`Invocation::run`].
    ///
    /// # Errors
    /// As for [`Invocation::run`].
    pub fn hand_over(&self) -> Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            println!("$ {self}");
            // Comes back only when the program could not be started.
            Err(self.command().exec()).with_context(|| self.start_failure())
        }
        #[cfg(not(unix))]
        self.run()
    }

    /// Runs the command silently and returns its standard output.
    ///
    /// # Errors
    /// As for [`Invocation::run`], and when the output is not UTF-8.
    pub fn output(&self) -> Result<String> {
        let output = self.command().stderr(Stdio::inherit()).output().with_context(|| self.start_failure())?;
        self.expect_success(output.status)?;
        String::from_utf8(output.stdout).with_context(|| format!("not UTF-8: the output of {self}"))
    }

    /// Runs the command silently and returns what it wrote, whatever its exit code; `None` when it cannot be started.
    pub fn output_of_any_outcome(&self) -> Option<String> {
        let output = self.command().stderr(Stdio::null()).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(&self.dir);
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    fn start_failure(&self) -> String {
        format!("cannot start `{}` (is it installed and on the PATH?)", self.program)
    }

    fn expect_success(&self, status: ExitStatus) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        bail!("{status}: {self}\n  in {}", self.dir.display())
    }
}

impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.env {
            write!(f, "{name}={value} ")?;
        }
        let name = Path::new(&self.program).file_name().and_then(OsStr::to_str);
        write!(f, "{}", name.unwrap_or(&self.program))?;
        self.args.iter().try_for_each(|arg| write!(f, " {}", quoted(arg)))
    }
}

/// The argument as one would type it into a shell.
fn quoted(arg: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@+".contains(c);
    if !arg.is_empty() && arg.chars().all(plain) {
        return arg.to_owned();
    }
    format!("'{}'", arg.replace('\'', r"'\''"))
}

/// Whether a program of this name lies on the `PATH`.
pub fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_as_it_could_be_typed() {
        let failing = Invocation::new(Path::new("."), "sh").args(["-c", "exit 3"]).env("A", "b");
        let message = failing.run().expect_err("exit code 3 is a failure").to_string();
        assert!(message.contains("A=b sh -c 'exit 3'"), "{message}");
        assert!(message.contains('3'), "{message}");
    }

    #[test]
    fn wrapping_keeps_the_inner_command_last() {
        let inner = Invocation::new(Path::new("."), "cargo").args(["test"]);
        assert_eq!(inner.wrapped_in("xvfb-run", &["-a"]).to_string(), "xvfb-run -a cargo test");
    }
}
