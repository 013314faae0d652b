//! A .tar.xz archive as files in memory.

use super::source::too_large;
use super::{Files, LciLimits};
use std::io::{Cursor, Read};
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};

/// Unpacks an archive.
///
/// # Errors
/// `I702` where it is broken, `I701` where more comes out of it than the limits allow.
pub fn unpack(bytes: &[u8], file: &str, limits: &LciLimits) -> Result<Files, Diagnostic> {
    let broken = |error: std::io::Error| {
        Diagnostic::new(&catalogue::I702).with("cause", error).at(Place::default().in_file(file))
    };
    // What comes out is counted, whatever the archive says of itself.
    let plain = lzma_rust2::XzReader::new(Cursor::new(bytes), false).take(limits.total_bytes.saturating_add(1));
    let mut archive = tar::Archive::new(plain);
    let mut files = Vec::new();
    let mut total = 0;
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = entry.path().map_err(broken)?.to_string_lossy().replace('\\', "/");
        let mut bytes = Vec::new();
        let read = (&mut entry).take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes);
        let size = read.map_err(broken)? as u64;
        total += size;
        for (found, limit) in [(size, limits.file_bytes), (total, limits.total_bytes)] {
            if found > limit {
                return Err(too_large(found, limit).at(Place::default().in_file(&name)));
            }
        }
        if files.len() >= limits.files {
            let found = Diagnostic::new(&catalogue::I701).with("found", files.len() + 1).with("limit", limits.files);
            return Err(found.with_words("what", ("files", "个文件")));
        }
        files.push((name, bytes));
    }
    Ok(Files::new(files))
}
