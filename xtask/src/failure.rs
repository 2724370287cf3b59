//! One kind of failure: a sentence that tells a person what to do.
//!
//! Whatever goes wrong in set-up, build or run ends here, is printed once, and gives exit code 1. No backtrace,
//! no chain of causes: the cause belongs into the sentence.

use std::{fmt, io};

/// A sentence for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// Everything was said already: only the exit code is left.
    pub(crate) fn silent() -> Self {
        Self(String::new())
    }

    pub(crate) fn is_silent(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when the operating system refused.
pub(crate) trait OrSay<T> {
    /// `doing` completes "could not …".
    fn or_say(self, doing: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T> OrSay<T> for io::Result<T> {
    fn or_say(self, doing: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => disk_full(),
            io::ErrorKind::PermissionDenied => Failure::new(format!(
                "Could not {}: permission denied. Give this user the right to it, then run again.",
                doing()
            )),
            _ => Failure::new(format!("Could not {}: {error}.", doing())),
        })
    }
}

/// The one sentence for a full disk, wherever it was noticed.
pub(crate) fn disk_full() -> Failure {
    Failure::new(
        "The disk is full: free some space (`cargo clean` gives back the most), then run again.",
    )
}

/// Reads the causes a person can mend out of what a program printed before it failed.
pub(crate) fn known_cause(output: &str) -> Option<Failure> {
    const FULL: [&str; 3] = ["No space left on device", "ENOSPC", "disk is full"];
    const OFFLINE: [&str; 12] = [
        "Could not resolve host",
        "Couldn't resolve host",
        "Temporary failure resolving",
        "Temporary failure in name resolution",
        "Network is unreachable",
        "code ENOTFOUND",
        "code EAI_AGAIN",
        "code ECONNREFUSED",
        "code ENETUNREACH",
        "code ETIMEDOUT",
        "failed to download from",
        "Unable to fetch some archives",
    ];
    let has = |marks: &[&str]| marks.iter().any(|mark| output.contains(mark));
    if has(&FULL) {
        return Some(disk_full());
    }
    has(&OFFLINE).then(|| {
        Failure::new(
            "No network: something has to be downloaded once. Connect (or set up the proxy or mirror of cargo, \
             npm or apt), then run again.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::known_cause;

    #[test]
    fn a_full_disk_is_told_from_no_network() {
        let full =
            known_cause("error: failed to write: No space left on device (os error 28)").unwrap();
        assert!(full.to_string().starts_with("The disk is full"));
        let offline = known_cause("npm error code EAI_AGAIN").unwrap();
        assert!(offline.to_string().starts_with("No network"));
        assert!(known_cause("error[E0308]: mismatched types").is_none());
    }
}
