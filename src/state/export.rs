//! A file of rows, as text.
//!
//! Guarantees: a file that does not have all there is says so in its name; every row has a cell under
//! every head. Must not know what the rows are, nor where the file goes.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
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
                    let parts = (self.parted == Some(*head)).then(|| json::parse(cell));
                    let value = parts
                        .flatten()
                        .map_or(Value::Text(words(cell)), Value::Json);
                    (*head, value)
                });
                let row = json::print(&Object(cells.collect()));
                self.out
                    .push_str(if self.out.is_empty() { "\n" } else { ",\n" });
                self.out.push_str(&row);
            }
        }
    }

    /// The file. Its name begins with `what` and the day; in JSON the rows stand under `rows`, after
    /// what `about` says of them.
    #[must_use]
    pub fn finish(self, what: &str, complete: bool, rows: &str, about: &[(&str, &str)]) -> File {
        let now = Timestamp::from_millis(clock::now()).print();
        let (day, _) = now.split_once('T').unwrap_or((&now, ""));
        let incomplete = if complete { "" } else { "-incomplete" };
        let (ending, media_type, text) = match self.format {
            Format::Csv => (".csv", "text/csv;charset=utf-8", self.out),
            Format::Json => {
                let listed = format!("[{}\n]", self.out);
                let mut members: Vec<_> = about
                    .iter()
                    .map(|(name, text)| (*name, Value::Text(Some(text))))
                    .collect();
                members.push(("exported_at", Value::Text(Some(&now))));
                members.push(("complete", Value::Flag(complete)));
                members.push(("count", Value::Count(self.count)));
                members.extend(json::parse(&listed).map(|listed| (rows, Value::Json(listed))));
                let text = json::print(&Object(members)) + "\n";
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

/// A JSON object whose members' names only the caller knows, in their order.
struct Object<'a>(Vec<(&'a str, Value<'a>)>);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(Option<&'a str>),
    Flag(bool),
    Count(usize),
    Json(&'a RawValue),
}
