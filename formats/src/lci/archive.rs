//! A zip archive as a source of files. Nothing is unpacked to a disk; a name is only a name.

use super::source::too_large;
use super::{LciLimits, Source};
use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::sync::Arc;
use zip::ZipArchive;
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};

/// A zip archive in memory. Each reader has a cursor of its own over the same bytes.
#[derive(Clone, Debug)]
pub struct Archive {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    names: Vec<String>,
}

impl Archive {
    /// Reads the list of files.
    ///
    /// # Errors
    /// `I702` where the bytes are no zip archive or a broken one.
    pub fn new(bytes: Vec<u8>, file: &str) -> Result<Self, Diagnostic> {
        let zip = ZipArchive::new(Cursor::new(Arc::<[u8]>::from(bytes))).map_err(|error| broken(&error, file))?;
        let names = (0..zip.len())
            .map(|at| zip.name_for_index(at).and_then(Result::ok).unwrap_or_default().replace('\\', "/"))
            .collect();
        Ok(Self { zip, names })
    }
}

impl Source for Archive {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn read(&self, at: usize, limits: &LciLimits) -> Result<Cow<'_, [u8]>, Diagnostic> {
        let file = self.names.get(at).map_or("", String::as_str);
        let mut zip = self.zip.clone();
        let entry = zip.by_index(at).map_err(|error| broken(&error, file))?;
        // The stated size is the archive's own word; what comes out is counted.
        let mut bytes = Vec::with_capacity(entry.size().min(1 << 20) as usize);
        let read = entry.take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| broken(&error, file))?;
        if bytes.len() as u64 > limits.file_bytes {
            return Err(too_large(bytes.len() as u64, limits.file_bytes).at(Place::default().in_file(file)));
        }
        Ok(Cow::Owned(bytes))
    }
}

fn broken(error: &dyn std::fmt::Display, file: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::I702).with("cause", error).at(Place::default().in_file(file))
}
