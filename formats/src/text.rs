//! Bytes to text: UTF-8 or a clear error; never a replacement character.

use zuji_core::diagnostic::{Diagnostic, Place, catalogue};

/// The text of a file, its byte order mark taken off.
///
/// # Errors
/// `E101` with the line and byte that do not fit. UTF-16 is recognised and named.
pub fn decode<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(undecodable(file, 1, 1));
    }
    simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = before.len() - before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1) + 1;
        undecodable(file, line, column)
    })
}

fn undecodable(file: &str, line: usize, byte: usize) -> Diagnostic {
    let place = Place { line: Some(line as u32), ..Place::default() };
    Diagnostic::new(&catalogue::E101).with("file", file).with("line", line).with("byte", byte).at(place.in_file(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk_is_refused_with_its_place() {
        let finding = decode(b"name,kg\n\xc0\xe4\xd4\xfe,1\n", "bom.csv").unwrap_err();
        assert_eq!(finding.code(), "E101");
        assert_eq!(finding.places()[0].line, Some(2));
        assert_eq!(decode("\u{feff}名称".as_bytes(), "bom.csv").unwrap(), "名称");
    }
}
