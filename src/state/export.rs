//! A file of rows, as text.
//!
//! Guarantees: a file that does not have all there is says so in its name; every row has a cell under
//! every head. Must not know what the rows are, nor where the file goes.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use steward_domain::export::csv_line;
use steward_domain::time::Timestamp;

use super::json;
use crate::browser::clock;

/// In which format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), for spreadsheets.
    Csv,
    /// One JSON object with the rows in it (RFC 8259).
    Json,
}

/// A file that is done.
pub struct File {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// All of it.
    pub text: String,
}

/// A file that is being written.
pub struct Sheet {
    format: Format,
    heads: Vec<&'static str>,
    parted: Option<&'static str>,
    count: usize,
    out: String,
}

impl Sheet {
    /// An empty one.
    #[must_use]
    pub fn new(format: Format, heads: Vec<&'static str>) -> Self {
        let mut out = String::new();
        if format == Format::Csv {
            // Without it some spreadsheets take UTF-8 for another encoding.
            out.push('\u{feff}');
            let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
            csv_line(&mut out, &heads);
        }
        Self {
            format,
            heads,
            parted: None,
            count: 0,
            out,
        }
    }

    /// In a JSON file the cells under this head are JSON themselves, and stand there as they are.
    #[must_use]
    pub fn parted(mut self, head: &'static str) -> Self {
        self.parted = Some(head);
        self
    }

    /// Adds a row: a cell for each head. An empty one is `null` in JSON.
    pub fn add(&mut self, cells: &[String]) {
        self.count += 1;
        match self.format {
            Format::Csv => csv_line(&mut self.out, cells),
            Format::Json => {
                let cells = self.heads.iter().zip(cells).map(|(head, cell)| {
                    let value = match self.parted == Some(*head) {
                        true => RawValue::from_string(cell.clone()),
                        false => to_raw_value(&words(cell)),
                    };
                    (*head, value.ok())
                });
                let row = json::print(&Row(cells.collect()));
                self.out
                    .push_str(if self.out.is_empty() { "\n" } else { ",\n" });
                self.out.push_str(&row);
            }
        }
    }

    /// The file. Its name begins with `what` and the day; in JSON the rows stand under `rows`, after
    /// what they are by `source`.
    #[must_use]
    pub fn finish(self, what: &str, complete: bool, rows: &str, source: Option<&str>) -> File {
        let now = Timestamp::from_millis(clock::now()).print();
        let (day, _) = now.split_once('T').unwrap_or((&now, ""));
        let incomplete = if complete { "" } else { "-incomplete" };
        let (ending, media_type, text) = match self.format {
            Format::Csv => (".csv", "text/csv;charset=utf-8", self.out),
            Format::Json => {
                let listed = format!("[{}\n]", self.out);
                let rows = json::parse(&listed).map(|listed| (rows, listed));
                let text = json::print(&Listed {
                    source,
                    exported_at: &now,
                    complete,
                    count: self.count,
                    rows: rows.into_iter().collect(),
                }) + "\n";
                (".json", "application/json", text)
            }
        };
        File {
            name: [what, "-", day, incomplete, ending].concat(),
            media_type,
            text,
        }
    }
}

/// A text that says something.
pub(super) fn words(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A row as a JSON object, in the order of its heads.
struct Row<'a>(Vec<(&'a str, Option<Box<RawValue>>)>);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(head, cell)| (head, cell)))
    }
}

/// The file in JSON.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    exported_at: &'a str,
    complete: bool,
    count: usize,
    /// Under their one name.
    #[serde(flatten)]
    rows: BTreeMap<&'a str, &'a RawValue>,
}
