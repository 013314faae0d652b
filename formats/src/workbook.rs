//! Workbooks of Excel and WPS as tables: a sheet becomes lines of text in which rows and columns keep their numbers.

use crate::Limits;
use crate::columns::is_header;
use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use std::io::{Cursor, Read};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::math::plain;

/// Whether a file is a workbook: by its first bytes, for endings lie.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The table of a workbook as comma-separated text: the sheet that was named, else the first whose rows have headers of
/// parts.
///
/// # Errors
/// `E113` where it is no workbook or has no such sheet, `S602` beyond a limit.
pub(crate) fn as_table(
    bytes: &[u8],
    file: &str,
    named: Option<&str>,
    limits: &Limits,
    findings: &mut Diagnostics,
) -> Result<String, Diagnostic> {
    let broken = |cause: &dyn std::fmt::Display| {
        Diagnostic::new(&catalogue::E113).with("file", file).with("cause", cause).at(Place::default().in_file(file))
    };
    if bytes.starts_with(b"PK") {
        inflated(bytes, limits, file, &broken)?;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    let sheets = match named {
        Some(name) if !names.iter().any(|sheet| sheet == name) => {
            return Err(broken(&format!("no sheet {name:?}; there are: {}", names.join(", "))));
        }
        Some(name) => vec![name.to_string()],
        None => names.clone(),
    };
    let mut first = None;
    for name in sheets {
        let range = book.worksheet_range(&name).map_err(|error| broken(&error))?;
        if range.is_empty() {
            continue;
        }
        let found = named.is_some() || has_headers(&range);
        if found || first.is_none() {
            first = Some((name, range));
        }
        if found {
            break;
        }
    }
    let Some((name, range)) = first else {
        return Err(Diagnostic::new(&catalogue::E102).with("file", file));
    };
    if names.len() > 1 {
        let others: Vec<&str> = names.iter().map(String::as_str).filter(|other| *other != name).collect();
        findings.push(
            Diagnostic::new(&catalogue::E114)
                .with("sheet", &name)
                .with("others", others.join(", "))
                .at(Place::default().in_file(file)),
        );
    }
    text(&range, file, limits)
}

/// Counts what the parts of the archive hold before anything is built from them: the stated sizes are its own word.
fn inflated(
    bytes: &[u8],
    limits: &Limits,
    file: &str,
    broken: &dyn Fn(&dyn std::fmt::Display) -> Diagnostic,
) -> Result<(), Diagnostic> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = limits.table_bytes;
    let mut chunk = vec![0; 1 << 16];
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).map_err(|error| broken(&error))?;
        loop {
            let read = part.read(&mut chunk).map_err(|error| broken(&error))? as u64;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read).ok_or_else(|| {
                Diagnostic::new(&catalogue::S602)
                    .with("file", file)
                    .with("found", format!("more than {} bytes when unpacked", limits.table_bytes))
                    .with("limit", format!("{} bytes", limits.table_bytes))
                    .with("flag", "--max-bytes")
            })?;
        }
    }
    Ok(())
}

fn has_headers(range: &Range<Data>) -> bool {
    range.rows().take(crate::table::TITLES).any(|row| {
        let names: Vec<String> = row.iter().map(cell).collect();
        is_header(names.iter().map(String::as_str))
    })
}

/// The sheet as comma-separated text, a line per row and a field per column from the first on, so that places stay true.
fn text(range: &Range<Data>, file: &str, limits: &Limits) -> Result<String, Diagnostic> {
    let (top, left) = range.start().unwrap_or_default();
    let too_wide = || {
        Diagnostic::new(&catalogue::S602)
            .with("file", file)
            .with("found", format!("{} columns", u64::from(left) + range.width() as u64))
            .with("limit", limits.columns.to_string())
            .with("flag", "--max-columns")
    };
    if u64::from(left) + range.width() as u64 > limits.columns as u64 {
        return Err(too_wide());
    }
    let mut out = "\n".repeat(top as usize);
    for row in range.rows() {
        let filled = row.iter().rposition(|cell| !matches!(cell, Data::Empty)).map_or(0, |last| last + 1);
        if filled > 0 {
            out.push_str(&",".repeat(left as usize));
        }
        // Rows end where the sheet ends: short ones are filled, so that a row is never taken for a shifted one.
        for (position, data) in row.iter().enumerate().take(if filled > 0 { row.len() } else { 0 }) {
            if position > 0 {
                out.push(',');
            }
            field(&cell(data), &mut out);
        }
        out.push('\n');
        if out.len() as u64 > limits.table_bytes {
            return Err(Diagnostic::new(&catalogue::S602)
                .with("file", file)
                .with("found", format!("more than {} bytes", limits.table_bytes))
                .with("limit", format!("{} bytes", limits.table_bytes))
                .with("flag", "--max-bytes"));
        }
    }
    Ok(out)
}

/// One field: quoted where it must be, and on one line, for a row is a line.
fn field(text: &str, out: &mut String) {
    if text.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace("\r\n", " ").replace(['\n', '\r'], " ").replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// What a cell shows: numbers as they are stored, in their shortest digits.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) => plain(*number),
        Data::Int(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, Input, read_product};
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    use zuji_core::quantity::UnitTable;

    /// A workbook with the least that one needs: per sheet its name and rows; a cell that reads as a number is one.
    fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: String| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        let numbered = || sheets.iter().enumerate().map(|(at, sheet)| (at + 1, sheet));
        let list: String = numbered()
            .map(|(at, (name, _))| format!("<sheet name=\"{}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>", escaped(name)))
            .collect();
        part(
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
        );
        let links: String = numbered()
            .map(|(at, _)| {
                format!(
                    "<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
                )
            })
            .collect();
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        part("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{package}\">{links}</Relationships>"));
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        for (at, (_, rows)) in numbered() {
            let mut data = String::new();
            for (row, cells) in rows.iter().enumerate() {
                data += &format!("<row r=\"{}\">", row + 1);
                for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                    data += &match cell.parse::<f64>() {
                        Ok(number) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
                        Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell)),
                    };
                }
                data += "</row>";
            }
            part(
                &format!("xl/worksheets/sheet{at}.xml"),
                format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"),
            );
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(bytes: Vec<u8>, sheet: Option<&str>, limits: &Limits) -> Result<Input, Diagnostic> {
        let file = File { sheet: sheet.map(str::to_string), ..File::new("bom.xlsx", bytes) };
        read_product(Some(file), None, &UnitTable::standard(), limits, &|_| ())
    }

    const PARTS: &[&[&str]] = &[
        &["办公椅 CH-2026"],
        &[],
        &["编码", "名称", "材料", "数量", "单位"],
        &["200015", "底盘, \"黑\"", "冷轧钢板", "6.2", "kg"],
        &["200016", "坐垫\n(两层)", "海绵", "0.30000000000000004", "kg"],
        &["", "小计", "", "6.5", ""],
    ];

    #[test]
    fn the_sheet_with_parts_is_read_with_its_rows_and_columns() {
        let bytes = workbook(&[("说明", &[&["请先填写"]]), ("BOM", PARTS)]);
        let input = read(bytes, None, &Limits::default()).unwrap();
        let lines: Vec<(&str, u32, f64, Option<&str>)> = input
            .bill
            .lines()
            .iter()
            .map(|line| (input.bill.name(line), line.number(), line.quantity, input.bill.code(line)))
            .collect();
        let expected =
            [("底盘, \"黑\"", 4, 6.2, Some("200015")), ("坐垫 (两层)", 5, 0.30000000000000004, Some("200016"))];
        assert_eq!(lines, expected);
        for code in ["E114", "E115", "B206"] {
            assert!(input.findings.has(code), "{code}: {:?}", input.findings);
        }
        assert_eq!(input.bill.place(4, "quantity").cell.as_deref(), Some("D4"));
    }

    #[test]
    fn a_sheet_is_named_and_what_is_no_workbook_is_refused() {
        let other: &[&[&str]] = &[&["名称", "数量", "单位"], &["铝", "2", "kg"]];
        let bytes = workbook(&[("BOM", PARTS), ("二", other)]);
        assert_eq!(read(bytes.clone(), Some("二"), &Limits::default()).unwrap().bill.lines().len(), 1);
        let code =
            |bytes: Vec<u8>, sheet: Option<&str>, limits: &Limits| read(bytes, sheet, limits).unwrap_err().code();
        assert_eq!(code(bytes.clone(), Some("三"), &Limits::default()), "E113");
        assert_eq!(code(b"PK\x03\x04 but no archive".to_vec(), None, &Limits::default()), "E113");
        assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing".to_vec(), None, &Limits::default()), "E113");
        assert_eq!(code(bytes.clone(), None, &Limits { table_bytes: 300, ..Limits::default() }), "S602");
        assert_eq!(code(bytes.clone(), None, &Limits { columns: 3, ..Limits::default() }), "S602");
        for end in (4..bytes.len()).step_by(97) {
            assert!(read(bytes[..end].to_vec(), None, &Limits::default()).is_err());
        }
        assert_eq!(code(workbook(&[("空", &[])]), None, &Limits::default()), "E102");
    }
}
