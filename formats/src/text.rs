//! Bytes to text, and never a replacement character: UTF-8 for documents; for tables also what Excel, WPS and SAP write,
//! recognised by its content and said so.

use std::borrow::Cow;
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
        let (line, byte) = line_and_byte(bytes, error.valid_up_to());
        undecodable(file, line, byte)
    })
}

/// The text of a table, with what is to be said of its encoding: the one that was named, else by byte order mark, else
/// UTF-8, else one that decodes every byte and looks like it.
///
/// # Errors
/// `E112` for a name that is no encoding; `E101` where nothing fits; `E103` where lines of two encodings were joined.
pub fn decode_table<'a>(
    bytes: &'a [u8],
    file: &str,
    named: Option<&str>,
) -> Result<(Cow<'a, str>, Option<Diagnostic>), Diagnostic> {
    if let Some(name) = named {
        return other::named(bytes, file, name);
    }
    match decode(bytes, file) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(finding) => other::recognised(bytes, file).unwrap_or(Err(finding)),
    }
}

fn line_and_byte(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    (line, at - before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1) + 1)
}

fn undecodable(file: &str, line: usize, byte: usize) -> Diagnostic {
    let place = Place { line: Some(line as u32), ..Place::default() };
    Diagnostic::new(&catalogue::E101).with("file", file).with("line", line).with("byte", byte).at(place.in_file(file))
}

/// Other encodings than UTF-8. A page in a browser has its own decoder, so this part may be left out.
#[cfg(feature = "sheets")]
mod other {
    use super::{catalogue, line_and_byte, undecodable};
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};
    use std::borrow::Cow;
    use zuji_core::diagnostic::{Diagnostic, Place};

    type Decoded<'a> = Result<(Cow<'a, str>, Option<Diagnostic>), Diagnostic>;

    pub(super) fn named<'a>(bytes: &'a [u8], file: &str, name: &str) -> Decoded<'a> {
        let encoding =
            Encoding::for_label(name.as_bytes()).ok_or_else(|| Diagnostic::new(&catalogue::E112).with("name", name))?;
        // GB18030 holds all that its older forms hold.
        let encoding = if encoding == GBK { GB18030 } else { encoding };
        let bytes = match Encoding::for_bom(bytes) {
            Some((marked, length)) if marked == encoding => &bytes[length..],
            _ => bytes,
        };
        match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => Ok((text, None)),
            None => {
                let (line, byte) = line_and_byte(bytes, valid_up_to(encoding, bytes));
                Err(undecodable(file, line, byte))
            }
        }
    }

    /// `None` where nothing else fits either.
    pub(super) fn recognised<'a>(bytes: &'a [u8], file: &str) -> Option<Decoded<'a>> {
        let (encoding, mark) = match Encoding::for_bom(bytes) {
            Some((encoding, length)) if encoding != encoding_rs::UTF_8 => (encoding, length),
            _ => {
                // UTF-8 that only lacks its end was cut off; it is nothing else.
                if let Err(error) = std::str::from_utf8(bytes)
                    && error.error_len().is_none()
                    && !bytes[..error.valid_up_to()].is_ascii()
                {
                    return None;
                }
                if let Some(finding) = joined(bytes, file) {
                    return Some(Err(finding));
                }
                let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
                detector.feed(bytes, true);
                let guess = detector.guess(None, Utf8Detection::Deny);
                // A guess among many is none: only what such files are known to be written in.
                let likely = [GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR, WINDOWS_1252].contains(&guess);
                (likely.then_some(if guess == GBK { GB18030 } else { guess })?, 0)
            }
        };
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?;
        // Text has no control characters; a picture or a program decodes as windows-1252 too.
        if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
            return None;
        }
        // Every byte is a letter there, so it must look like a language of the west: few letters beyond ASCII.
        if encoding == WINDOWS_1252 {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            if text.chars().filter(|c| !c.is_ascii()).count() * 4 > letters {
                return None;
            }
        }
        let beyond = text.lines().find(|line| !line.is_ascii()).unwrap_or_default();
        let preview: String = beyond.chars().take(40).collect();
        let finding = Diagnostic::new(&catalogue::E104)
            .with("file", file)
            .with("encoding", encoding.name())
            .with("preview", preview)
            .at(Place::default().in_file(file));
        Some(Ok((text, Some(finding))))
    }

    /// Files put one behind the other keep their encodings: some lines beyond ASCII are UTF-8 and others are not. A line
    /// of another encoding is valid UTF-8 by chance only where it is short, so several characters are asked for.
    fn joined(bytes: &[u8], file: &str) -> Option<Diagnostic> {
        let (mut utf8, mut other) = (None, None);
        for (number, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            if line.is_ascii() {
                continue;
            }
            match std::str::from_utf8(line) {
                Ok(text) if text.chars().filter(|c| ('\u{3000}'..='\u{9fff}').contains(c)).count() >= 2 => {
                    utf8.get_or_insert(number + 1);
                }
                Ok(_) => {}
                Err(_) => {
                    other.get_or_insert(number + 1);
                }
            }
        }
        let (utf8, other) = (utf8?, other?);
        let place = Place { line: Some(other as u32), ..Place::default() }.in_file(file);
        Some(Diagnostic::new(&catalogue::E103).with("file", file).with("utf8", utf8).with("other", other).at(place))
    }

    /// Up to which byte an encoding fits: the longest prefix that decodes, found by halves.
    fn valid_up_to(encoding: &'static Encoding, bytes: &[u8]) -> usize {
        let fits = |length: usize| {
            let mut decoder = encoding.new_decoder_without_bom_handling();
            let mut text = String::with_capacity(decoder.max_utf8_buffer_length(length).unwrap_or(0));
            let (result, _) = decoder.decode_to_string_without_replacement(&bytes[..length], &mut text, false);
            !matches!(result, encoding_rs::DecoderResult::Malformed(..))
        };
        let (mut good, mut bad) = (0, bytes.len());
        while bad - good > 1 {
            let middle = good + (bad - good) / 2;
            if fits(middle) { good = middle } else { bad = middle }
        }
        good
    }
}

#[cfg(not(feature = "sheets"))]
mod other {
    use super::catalogue;
    use std::borrow::Cow;
    use zuji_core::diagnostic::Diagnostic;

    type Decoded<'a> = Result<(Cow<'a, str>, Option<Diagnostic>), Diagnostic>;

    pub(super) fn named<'a>(_: &'a [u8], _: &str, name: &str) -> Decoded<'a> {
        Err(Diagnostic::new(&catalogue::E112).with("name", name))
    }

    pub(super) fn recognised<'a>(_: &'a [u8], _: &str) -> Option<Decoded<'a>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_utf8_or_refused_with_its_place() {
        let finding = decode(b"name,kg\n\xc0\xe4\xd4\xfe,1\n", "bom.csv").unwrap_err();
        assert_eq!(finding.code(), "E101");
        assert_eq!(finding.places()[0].line, Some(2));
        assert_eq!(decode("\u{feff}名称".as_bytes(), "bom.csv").unwrap(), "名称");
    }

    #[cfg(feature = "sheets")]
    #[test]
    fn tables_are_read_in_the_encodings_they_come_in() {
        let text = "名称,材料,数量,单位\n座椅底盘,冷轧钢板,6.2,千克\n坐垫,海绵,1.1,公斤\n";
        let traditional = "名稱,材料,數量,單位\n座椅底盤,冷軋鋼板,6.2,公斤\n坐墊,海綿,1.1,公斤\n";
        let german = "Benennung;Menge;Einheit\nBügel für Träger;1,5;kg\nGehäuse außen;2;Stück\n";
        for (bytes, wanted, name) in [
            (encoding_rs::GBK.encode(text).0.into_owned(), text, "gb18030"),
            (encoding_rs::BIG5.encode(traditional).0.into_owned(), traditional, "Big5"),
            (encoding_rs::WINDOWS_1252.encode(german).0.into_owned(), german, "windows-1252"),
            (std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(), text, "UTF-16LE"),
            (std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(), text, "UTF-16BE"),
        ] {
            let (decoded, finding) = decode_table(&bytes, "bom.csv", None).unwrap();
            assert_eq!(decoded, wanted);
            let finding = finding.unwrap();
            assert_eq!(finding.code(), "E104");
            assert!(finding.argument("encoding").is_some_and(|found| found.eq_ignore_ascii_case(name)), "{finding:?}");
        }
        let (decoded, finding) = decode_table(text.as_bytes(), "bom.csv", None).unwrap();
        assert_eq!((decoded.as_ref(), finding.is_none()), (text, true));
        // A name goes before every guess, and must fit.
        let gbk = encoding_rs::GBK.encode(text).0;
        assert_eq!(decode_table(&gbk, "bom.csv", Some("gbk")).unwrap().0, text);
        assert_eq!(decode_table(b"\n\n\xff\xff", "bom.csv", Some("gbk")).unwrap_err().places()[0].line, Some(3));
        assert_eq!(decode_table(b"a", "bom.csv", Some("klingon")).unwrap_err().code(), "E112");
    }

    #[cfg(feature = "sheets")]
    #[test]
    fn joined_files_and_what_is_no_text_are_refused() {
        let mut joined = "名称,数量\n冷轧钢板,1\n".as_bytes().to_vec();
        joined.extend_from_slice(&encoding_rs::GBK.encode("座椅底盘,2\n").0);
        let finding = decode_table(&joined, "bom.csv", None).unwrap_err();
        assert_eq!((finding.code(), finding.places()[0].line), ("E103", Some(3)));
        let picture: Vec<u8> = (0..=255).chain(0..=255).collect();
        assert_eq!(decode_table(&picture, "bom.csv", None).unwrap_err().code(), "E101");
    }
}
