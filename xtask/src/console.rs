//! Everything this program tells a person goes through here: results to stdout, everything else to stderr.
//!
//! Writing never panics, so a closed pipe (`cargo xtask size | head -1`) ends quietly.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
};

/// What was asked for.
pub(crate) fn say(text: impl Display) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// What happens meanwhile.
pub(crate) fn note(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Replaces the line the cursor is in. Only for a terminal.
pub(crate) fn redraw(text: impl Display) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\r\x1b[2K{text}");
    let _ = err.flush();
}

/// Whether lines can be redrawn and a person can be asked for a password.
pub(crate) fn interactive() -> bool {
    io::stderr().is_terminal()
        && io::stdin().is_terminal()
        && std::env::var_os("CI").is_none()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
