//! A file of workspaces, as text.
//!
//! Guarantees: a file that does not have all there is says so in its name and, where the format has a
//! place for it, in its content. Must not know where the workspaces come from, nor where it goes.

use steward_domain::export::{Column, Entry, csv_line};
use steward_domain::time::Timestamp;
use steward_flows::json::Object;

use crate::browser::clock;

/// In which format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), for spreadsheets.
    Csv,
    /// One JSON object with the workspaces in it (RFC 8259).
    Json,
}

/// A file that is being written.
pub struct Sheet {
    format: Format,
    columns: Vec<Column>,
    complete: bool,
    out: String,
}

impl Sheet {
    /// An empty one. `complete`: whether it will have all there is.
    #[must_use]
    pub fn new(format: Format, columns: Vec<Column>, complete: bool) -> Self {
        let mut out = String::new();
        if format == Format::Csv {
            // Without it some spreadsheets take UTF-8 for another encoding.
            out.push('\u{feff}');
            let heads: Vec<String> = columns
                .iter()
                .map(|column| column.key().to_owned())
                .collect();
            csv_line(&mut out, &heads);
        }
        Self {
            format,
            columns,
            complete,
            out,
        }
    }

    /// Adds a workspace.
    pub fn add(&mut self, entry: &Entry<'_>) {
        let cells = self.columns.iter().map(|column| entry.cell(*column));
        match self.format {
            Format::Csv => {
                let cells: Vec<String> = cells.collect();
                csv_line(&mut self.out, &cells);
            }
            Format::Json => {
                let mut object = Object::default();
                for (column, cell) in self.columns.iter().zip(cells) {
                    object.text_or_null(column.key(), &cell);
                }
                self.out
                    .push_str(if self.out.is_empty() { "\n" } else { ",\n" });
                self.out.push_str(&object.finish());
            }
        }
    }

    /// What the file is called, and its media type.
    #[must_use]
    pub fn name(&self) -> (String, &'static str) {
        let today = Timestamp::from_millis(clock::now()).print();
        let (day, _) = today.split_once('T').unwrap_or((&today, ""));
        let incomplete = if self.complete { "" } else { "-incomplete" };
        let (ending, media_type) = match self.format {
            Format::Csv => (".csv", "text/csv;charset=utf-8"),
            Format::Json => (".json", "application/json"),
        };
        let name = ["workspaces-", day, incomplete, ending].concat();
        (name, media_type)
    }

    /// The whole text; `count` workspaces are in it.
    #[must_use]
    pub fn finish(self, count: usize) -> String {
        match self.format {
            Format::Csv => self.out,
            Format::Json => {
                let mut object = Object::default();
                object.text("exported_at", &Timestamp::from_millis(clock::now()).print());
                object.word("complete", if self.complete { "true" } else { "false" });
                object.word("count", &count.to_string());
                object.word("workspaces", &["[", &self.out, "\n]"].concat());
                object.finish() + "\n"
            }
        }
    }
}
