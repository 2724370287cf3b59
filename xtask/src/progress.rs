//! A long step that is never silent: on a terminal one line with the elapsed time and what the program last said,
//! elsewhere a plain line every half minute. The whole output is kept in a log and shown only when the step fails.

use crate::{
    command, console,
    failure::{self, Failure, OrSay, Outcome},
    layout,
};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

const REDRAW: Duration = Duration::from_millis(200);
const PLAIN: Duration = Duration::from_secs(30);

/// How a step ended.
pub(crate) struct Report {
    pub(crate) ok: bool,
    /// Both streams, in the order the lines came in.
    pub(crate) text: String,
}

/// Runs a step that must succeed: its output is shown when it does not.
pub(crate) fn step(label: &str, command: &mut Command) -> Outcome<Report> {
    let report = watch(label, command)?;
    if report.ok {
        return Ok(report);
    }
    Err(explain(label, &report))
}

/// The sentence for a step that failed: its cause where that is known, else its output first.
pub(crate) fn explain(label: &str, report: &Report) -> Failure {
    failure::known_cause(&report.text).unwrap_or_else(|| {
        console::note(report.text.trim_end());
        Failure::new(format!("{label} failed: see what it says above."))
    })
}

/// Runs a step to its end, whatever the end is.
pub(crate) fn watch(label: &str, command: &mut Command) -> Outcome<Report> {
    let began = Instant::now();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| command::cannot_start(command, &error))?;
    let (lines, incoming) = mpsc::channel();
    let readers = [
        child
            .stdout
            .take()
            .map(|stream| read_lines(stream, lines.clone())),
        child.stderr.take().map(|stream| read_lines(stream, lines)),
    ];

    let mut line = Line::new(label, began);
    let mut text = String::new();
    loop {
        match incoming.recv_timeout(REDRAW) {
            Ok(said) => {
                line.heard(&said);
                text.push_str(&said);
                text.push('\n');
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        line.tick();
    }
    let status = child.wait().or_say(|| format!("wait for `{label}`"))?;
    for reader in readers.into_iter().flatten() {
        let _ = reader.join();
    }
    let report = Report {
        ok: status.success(),
        text,
    };
    line.end(report.ok);
    keep_log(label, &report.text);
    Ok(report)
}

fn read_lines(stream: impl Read + Send + 'static, lines: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut bytes = Vec::new();
        while matches!(stream.read_until(b'\n', &mut bytes), Ok(read) if read > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if lines.send(line).is_err() {
                return;
            }
        }
    })
}

/// The line a person watches.
struct Line<'a> {
    label: &'a str,
    began: Instant,
    drawn: Instant,
    last: String,
    interactive: bool,
}

impl<'a> Line<'a> {
    fn new(label: &'a str, began: Instant) -> Self {
        let interactive = console::interactive();
        if !interactive {
            console::note(format_args!("· {label}"));
        }
        Self {
            label,
            began,
            drawn: began,
            last: String::new(),
            interactive,
        }
    }

    fn heard(&mut self, said: &str) {
        let said = said.trim();
        if !said.is_empty() {
            self.last = said.chars().filter(|c| !c.is_control()).take(70).collect();
        }
    }

    fn tick(&mut self) {
        let every = if self.interactive { REDRAW } else { PLAIN };
        if self.drawn.elapsed() < every {
            return;
        }
        self.drawn = Instant::now();
        let elapsed = clock(self.began.elapsed());
        if self.interactive {
            console::redraw(format_args!("· {} {elapsed}  {}", self.label, self.last));
        } else {
            console::note(format_args!("  {} {elapsed}  {}", self.label, self.last));
        }
    }

    fn end(&self, ok: bool) {
        let mark = if ok { '✓' } else { '✗' };
        let text = format!("{mark} {} {}", self.label, clock(self.began.elapsed()));
        if self.interactive {
            console::redraw(format_args!("{text}\n"));
        } else {
            console::note(text);
        }
    }
}

/// 7.4s, 1:32, 1:02:03.
pub(crate) fn clock(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds {
        0..60 => format!("{:.1}s", elapsed.as_secs_f32()),
        60..3600 => format!("{}:{:02}", seconds / 60, seconds % 60),
        _ => format!(
            "{}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        ),
    }
}

/// A log is a courtesy: a step does not fail because its log could not be written.
fn keep_log(label: &str, text: &str) {
    let name: String = label
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let dir = layout::scratch().join("logs");
    if fs::create_dir_all(&dir).is_ok() {
        let _ = fs::write(dir.join(format!("{}.log", name.trim_matches('-'))), text);
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, watch};
    use std::{process::Command, time::Duration};

    #[test]
    fn time_reads_as_a_person_says_it() {
        assert_eq!(clock(Duration::from_millis(7_400)), "7.4s");
        assert_eq!(clock(Duration::from_secs(92)), "1:32");
        assert_eq!(clock(Duration::from_secs(3_723)), "1:02:03");
    }

    #[test]
    fn both_streams_and_the_verdict_are_kept() {
        let report = watch(
            "a step of a test",
            Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]),
        )
        .unwrap();
        assert!(!report.ok);
        assert!(report.text.contains("out\n") && report.text.contains("err\n"));
    }
}
