//! A screen nobody sees, whose picture lies in a file: what a person would see, and when, without asking the program that draws it.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Every so many lines of the picture are looked at: fewer than the height of a letter.
const EVERY: u32 = 8;

/// So many colours make a content: a bare background has one or two, letters have many between ink and paper.
const CONTENT: usize = 16;

/// A running Xvfb. Dropping it ends it.
pub struct Screen {
    process: Child,
    display: String,
    picture: File,
    /// Bytes before the first pixel.
    start: u64,
    /// Bytes of one line.
    line: u64,
    lines: u32,
}

impl Screen {
    /// Starts a screen whose picture lies in `folder`.
    ///
    /// # Errors
    /// If Xvfb is not installed or does not start.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nocursor", "-noreset", "-nolisten", "tcp", "-fbdir"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb is installed (Debian: xvfb)")?;
        let mut number = String::new();
        BufReader::new(process.stdout.take().context("its output is piped")?).read_line(&mut number)?;
        let picture = File::open(folder.join("Xvfb_screen0")).context("Xvfb keeps its picture in a file")?;
        // An X Window Dump: a header of 32-bit numbers, a table of colours of twelve bytes each, then the lines.
        let field = |index: u64| -> Result<u32> {
            let mut bytes = [0; 4];
            picture.read_exact_at(&mut bytes, index * 4)?;
            Ok(u32::from_be_bytes(bytes))
        };
        ensure!(field(11)? == 32, "four bytes a pixel");
        let start = u64::from(field(0)?) + 12 * u64::from(field(19)?);
        let (line, lines) = (u64::from(field(12)?), field(5)?);
        Ok(Self { process, display: format!(":{}", number.trim()), picture, start, line, lines })
    }

    /// Its name, for `DISPLAY`.
    #[must_use]
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Whether something is to be read on it.
    ///
    /// # Errors
    /// If the picture cannot be read.
    pub fn has_content(&self) -> Result<bool> {
        Ok(self.colours(CONTENT)? >= CONTENT)
    }

    /// Whether nothing at all is on it.
    ///
    /// # Errors
    /// If the picture cannot be read.
    pub fn is_blank(&self) -> Result<bool> {
        Ok(self.colours(2)? < 2)
    }

    /// How many colours there are, counted up to `enough`.
    fn colours(&self, enough: usize) -> Result<usize> {
        let mut seen = HashSet::new();
        let mut line = vec![0; usize::try_from(self.line)?];
        for at in (0..self.lines).step_by(EVERY as usize) {
            self.picture.read_exact_at(&mut line, self.start + u64::from(at) * self.line)?;
            seen.extend(line.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]));
            if seen.len() >= enough {
                break;
            }
        }
        Ok(seen.len())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
