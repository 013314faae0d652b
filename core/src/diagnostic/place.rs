//! Where in the user's material something stands.

use serde::Serialize;

/// A place in a user's file, as precisely as it is known. Counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file's name without its folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line of the file; for a table, the row as an editor or a spreadsheet counts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column of the line, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The spreadsheet cell, such as `C7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The field by its name in the document, such as `bom[3].quantity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Whether the line is one of the document beside the table of parts. A reader turns it into the file's name.
    #[serde(skip)]
    pub in_document: bool,
}

impl Place {
    /// A line of a file whose name is filled in later.
    pub fn line(line: u32) -> Self {
        Self { line: Some(line), ..Self::default() }
    }

    /// A field of a document, by its path.
    pub fn field(path: impl Into<String>) -> Self {
        Self { field: Some(path.into()), ..Self::default() }
    }

    /// Adds the file's name.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(file.to_string());
        self
    }

    /// A cell of a table: row and column counted from 1.
    pub fn cell(line: u32, column: u32) -> Self {
        Self { line: Some(line), cell: Some(format!("{}{line}", letters(column))), ..Self::default() }
    }
}

/// A spreadsheet's name of a column: 1 is A, 27 is AA.
fn letters(mut column: u32) -> String {
    let mut name = Vec::new();
    while column > 0 {
        column -= 1;
        name.push(b'A' + (column % 26) as u8);
        column /= 26;
    }
    name.iter().rev().map(|&letter| letter as char).collect()
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        match (&self.file, self.line, self.column) {
            (Some(file), Some(line), Some(column)) => parts.push(format!("{file}:{line}:{column}")),
            (Some(file), Some(line), None) => parts.push(format!("{file}:{line}")),
            (Some(file), None, _) => parts.push(file.clone()),
            (None, Some(line), _) => parts.push(format!("line {line}")),
            (None, None, _) => {}
        }
        parts.extend(self.cell.clone());
        parts.extend(self.field.clone());
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_does() {
        assert_eq!(Place::cell(7, 2).cell.as_deref(), Some("B7"));
        assert_eq!(Place::cell(1, 28).cell.as_deref(), Some("AB1"));
        assert_eq!(Place::cell(7, 2).in_file("bom.csv").to_string(), "bom.csv:7 B7");
    }
}
