//! Workspaces as rows of a file that leaves the console.
//!
//! Guarantees: a row has a cell for every column, in the columns' order; a cell of a CSV file never
//! begins a formula, whatever a name holds, nor a number or a date that a spreadsheet writes in its own
//! way; what is not known is an empty cell, never a guess. Must not know where the file goes.

mod values;

use crate::field::Field;
use crate::odd::Part;
use crate::time::Timestamp;
use crate::workspace::{State, Workspace};

/// A column of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The workspace's name.
    Name,
    /// Its id at the service.
    Id,
    /// What the person calls its account.
    Account,
    /// The service's own name.
    Service,
    /// The service's word for my role.
    Role,
    /// `active` or `archived`; the service's own words where it is neither.
    State,
    /// The service's word for how it is paid for.
    Billing,
    /// Its description.
    Description,
    /// Its tags, a line for each.
    Tags,
    /// When it was made (RFC 3339; the service's own words where they are no moment, as with the
    /// other two).
    Created,
    /// When it was last changed.
    Updated,
    /// Since when it has been archived.
    ArchivedAt,
}

impl Column {
    /// Every column, in the order of the file.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Id,
        Self::Account,
        Self::Service,
        Self::Role,
        Self::State,
        Self::Billing,
        Self::Description,
        Self::Tags,
        Self::Created,
        Self::Updated,
        Self::ArchivedAt,
    ];

    /// Its name in the file. Stable: people's scripts read it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Id => "id",
            Self::Account => "account",
            Self::Service => "service",
            Self::Role => "role",
            Self::State => "state",
            Self::Billing => "billing_mode",
            Self::Description => "description",
            Self::Tags => "tags",
            Self::Created => "created_at",
            Self::Updated => "updated_at",
            Self::ArchivedAt => "archived_at",
        }
    }
}

/// A workspace with what it does not know of itself.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// What the person calls its account.
    pub account: &'a str,
    /// The service's own name.
    pub service: &'a str,
    /// The service's word for my role; empty where it is not known.
    pub role: &'a str,
}

impl Entry<'_> {
    /// The cell of a column; empty where there is nothing, or nothing known.
    #[must_use]
    pub fn cell(&self, column: Column) -> String {
        let found = self.workspace;
        let moment = |time: Option<Timestamp>, part| match time {
            Some(time) => time.print(),
            None => found.odd.words(part).unwrap_or_default().to_owned(),
        };
        match column {
            Column::Name => found.name.clone(),
            Column::Id => found.id.as_str().to_owned(),
            Column::Account => self.account.to_owned(),
            Column::Service => self.service.to_owned(),
            Column::Role => self.role.to_owned(),
            Column::State => match &found.state {
                State::Active => "active".to_owned(),
                State::Archived(_) => "archived".to_owned(),
                State::Unknown(words) => words.clone(),
            },
            Column::Billing => found.text(Field::Billing).to_owned(),
            Column::Description => found.text(Field::Description).to_owned(),
            Column::Tags => found.text(Field::Tags).to_owned(),
            Column::Created => moment(found.created, Part::Created),
            Column::Updated => moment(found.updated, Part::Updated),
            Column::ArchivedAt => {
                let since = match found.state {
                    State::Archived(since) => since,
                    State::Active | State::Unknown(_) => None,
                };
                moment(since, Part::ArchivedAt)
            }
        }
    }
}

/// Adds a line to a CSV file (RFC 4180), with its line end.
///
/// A cell that a spreadsheet would run or change has an apostrophe before it, and so has one that begins
/// with an apostrophe: with one taken away from the beginning, every cell is what it was. Spreadsheets take
/// such a cell for text and keep it whole. OWASP advises it for formulas ("CSV Injection"). Every cell is
/// quoted, so that no separator in a name makes another cell.
pub fn csv_line(out: &mut String, cells: &[String]) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        out.push('"');
        if cell.starts_with('\'') || begins_a_formula(cell) || values::is_value(cell) {
            out.push('\'');
        }
        for letter in cell.chars() {
            if letter == '"' {
                out.push('"');
            }
            out.push(letter);
        }
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Blanks before it do not count: some programs take them away first.
fn begins_a_formula(cell: &str) -> bool {
    let control = |letter: &char| matches!(letter, '\t' | '\r' | '\n');
    let first = cell
        .chars()
        .find(|letter| !letter.is_whitespace() || control(letter));
    matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::workspace;
    use proptest::prelude::*;

    fn line(cells: &[&str]) -> String {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let mut out = String::new();
        csv_line(&mut out, &cells);
        out
    }

    /// Reads what [`csv_line`] writes, as RFC 4180 says.
    fn read(text: &str) -> Vec<String> {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = text.strip_suffix("\r\n").unwrap_or(text).chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                letter => cell.push(letter),
            }
        }
        cells.push(cell);
        cells
    }

    #[test]
    fn a_formula_is_inert() {
        for name in [
            "=HYPERLINK(\"http://example.com\",\"x\")",
            "+1",
            "-1",
            "@SUM(A1)",
            "  =1+1",
            "\t=1",
            "\r=1",
            "＝1",
        ] {
            let line = line(&[name]);
            assert!(line.starts_with("\"'"), "{line}");
            assert_eq!(read(&line), [["'", name].concat()]);
        }
        assert_eq!(line(&["Acme = 1"]), "\"Acme = 1\"\r\n");
    }

    #[test]
    fn what_a_spreadsheet_would_change_is_text_there() {
        for name in [
            "0042",
            "1E5",
            "3-4",
            "2024-01",
            "TRUE",
            "12345678901234567890",
            "+49 30 1234",
            "=1+1",
            "'quoted",
            "'",
            "''",
        ] {
            let line = line(&[name]);
            assert_eq!(read(&line), [["'", name].concat()], "{name}");
        }
        for name in [
            "Acme",
            "Echo 10",
            "Line\nbreak",
            "Semi;colon",
            "Quote \"q\"",
            "O'Brien",
            "",
        ] {
            assert_eq!(read(&line(&[name])), [name]);
        }
    }

    #[test]
    fn every_column_has_its_cell() {
        let mut found = workspace("ws_1", "Acme");
        found.description = Some("Old, \"good\"".into());
        found.created = Timestamp::parse("2025-10-29T00:40:06.000001Z");
        found.state = State::Archived(Timestamp::parse("2026-01-02T03:04:05Z"));
        let entry = Entry {
            workspace: &found,
            account: "Work",
            service: "Altostrat",
            role: "owner",
        };
        let cells: Vec<String> = Column::ALL.map(|column| entry.cell(column)).to_vec();
        assert_eq!(
            cells,
            [
                "Acme",
                "ws_1",
                "Work",
                "Altostrat",
                "owner",
                "archived",
                found.text(Field::Billing),
                "Old, \"good\"",
                found.text(Field::Tags),
                "2025-10-29T00:40:06.000001Z",
                "",
                "2026-01-02T03:04:05Z",
            ]
        );
        let mut keys = Column::ALL.map(Column::key).to_vec();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Column::ALL.len());
    }

    #[test]
    fn what_could_not_be_read_leaves_in_the_services_words() {
        let mut found = workspace("ws_1", "Acme");
        found.state = State::Unknown("=suspended".into());
        for part in [Part::Created, Part::Updated, Part::ArchivedAt] {
            found.odd.note(part, "2025-05-04".into());
        }
        let entry = Entry {
            workspace: &found,
            account: "Work",
            service: "Altostrat",
            role: "",
        };
        let cells = [
            Column::State,
            Column::Created,
            Column::Updated,
            Column::ArchivedAt,
        ]
        .map(|column| entry.cell(column));
        assert_eq!(
            cells,
            ["=suspended", "2025-05-04", "2025-05-04", "2025-05-04"]
        );
        assert!(line(&["=suspended"]).starts_with("\"'="));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(cells in proptest::collection::vec(prop_oneof![any::<String>(), "['0-9Ee./:+=\\-]{0,6}"], 1..6)) {
            let mut out = String::new();
            csv_line(&mut out, &cells);
            let back = read(&out);
            prop_assert_eq!(back.len(), cells.len());
            for (back, cell) in back.iter().zip(&cells) {
                prop_assert_eq!(back.strip_prefix('\'').unwrap_or(back), cell);
                prop_assert!(!begins_a_formula(back) && !values::is_value(back));
            }
        }
    }
}
