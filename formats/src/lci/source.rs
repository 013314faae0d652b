//! Where the files of a database come from: a folder, an archive, or memory. Nothing here opens one.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};

/// The files of a database. Names are relative, with `/` between folders.
pub trait Source: Sync {
    /// Names of all files, in any order.
    fn names(&self) -> &[String];

    /// The bytes of a file by its position among the names.
    ///
    /// # Errors
    /// A finding that says why the file cannot be read, or that it is too large.
    fn read(&self, at: usize, limits: &LciLimits) -> Result<Cow<'_, [u8]>, Diagnostic>;
}

/// Limits on a database. An archive of a few kilobytes can inflate to terabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LciLimits {
    /// The number of files.
    pub files: usize,
    /// Bytes of one file, inflated.
    pub file_bytes: u64,
    /// Bytes of all files together, inflated.
    pub total_bytes: u64,
    /// Nesting of elements within a file.
    pub depth: usize,
}

impl Default for LciLimits {
    fn default() -> Self {
        Self { files: 2_000_000, file_bytes: 1 << 30, total_bytes: 32 << 30, depth: 100 }
    }
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files read.
    pub done: usize,
    /// Files in all.
    pub of: usize,
}

/// Files in memory.
#[derive(Clone, Debug, Default)]
pub struct Files {
    names: Vec<String>,
    bytes: Vec<Vec<u8>>,
}

impl Files {
    /// Files by name.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let (names, bytes) = files.into_iter().unzip();
        Self { names, bytes }
    }
}

impl Source for Files {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn read(&self, at: usize, _: &LciLimits) -> Result<Cow<'_, [u8]>, Diagnostic> {
        Ok(Cow::Borrowed(self.bytes.get(at).map_or(&[], Vec::as_slice)))
    }
}

/// A source with its limits, its files in the order of their names, and a count of what came out of it.
pub(super) struct Reading<'a> {
    source: &'a dyn Source,
    limits: LciLimits,
    order: Vec<usize>,
    bytes: AtomicU64,
}

/// Files read and parsed together, before their findings and contents are taken in order.
const BATCH: usize = 256;

impl<'a> Reading<'a> {
    /// Looks at the names. A name that climbs out of the folder is not read.
    ///
    /// # Errors
    /// More files than the limit allows.
    pub fn new(source: &'a dyn Source, limits: LciLimits) -> Result<Self, Diagnostic> {
        let names = source.names();
        if names.len() > limits.files {
            let found = Diagnostic::new(&catalogue::I701).with("found", names.len()).with("limit", limits.files);
            return Err(found.with_words("what", ("files", "个文件")));
        }
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|&a, &b| names[a].cmp(&names[b]));
        Ok(Self { source, limits, order, bytes: AtomicU64::new(0) })
    }

    /// Positions of the files whose folder (the last of the path) and ending are these, in the order of their names.
    pub fn of(&self, folder: Option<&str>, ending: &str) -> Vec<usize> {
        let fits = |&at: &usize| {
            let name = &self.source.names()[at];
            let (path, file) = name.rsplit_once('/').unwrap_or(("", name));
            let own = path.rsplit('/').next().unwrap_or("");
            folder.is_none_or(|folder| own.eq_ignore_ascii_case(folder))
                && file.len() > ending.len()
                && file.is_char_boundary(file.len() - ending.len())
                && file[file.len() - ending.len()..].eq_ignore_ascii_case(ending)
                && !file.starts_with("._")
        };
        self.order.iter().copied().filter(fits).collect()
    }

    /// The file of a name, in whatever folder; of several the first by path.
    pub fn named(&self, file: &str) -> Option<usize> {
        let is_it = |name: &str| name.rsplit('/').next().is_some_and(|own| own.eq_ignore_ascii_case(file));
        self.order.iter().copied().find(|&at| is_it(&self.source.names()[at]))
    }

    /// Name of a file.
    pub fn name(&self, at: usize) -> &str {
        &self.source.names()[at]
    }

    /// Reads one file.
    pub fn bytes(&self, at: usize) -> Result<Cow<'a, [u8]>, Diagnostic> {
        let bytes = self.source.read(at, &self.limits)?;
        let found = bytes.len() as u64;
        let place = || Place::default().in_file(self.name(at));
        if found > self.limits.file_bytes {
            return Err(too_large(found, self.limits.file_bytes).at(place()));
        }
        let total = self.bytes.fetch_add(found, Ordering::Relaxed).saturating_add(found);
        if total > self.limits.total_bytes {
            return Err(too_large(total, self.limits.total_bytes).at(place()));
        }
        Ok(bytes)
    }

    /// Reads files in batches: `parse` on several threads, `take` in the order of the list. A file that cannot be read
    /// or parsed is handed over as its finding.
    pub fn each<T: Send>(
        &self,
        files: &[usize],
        parse: impl Fn(usize, &[u8]) -> Result<T, Diagnostic> + Sync,
        mut take: impl FnMut(usize, Result<T, Diagnostic>),
        progress: &mut dyn FnMut(Progress),
    ) {
        for (number, batch) in files.chunks(BATCH).enumerate() {
            let one = |&at: &usize| self.bytes(at).and_then(|bytes| parse(at, without_mark(&bytes)));
            #[cfg(feature = "parallel")]
            let parsed: Vec<_> = {
                use rayon::prelude::*;
                batch.par_iter().map(one).collect()
            };
            #[cfg(not(feature = "parallel"))]
            let parsed: Vec<_> = batch.iter().map(one).collect();
            for (&at, parsed) in batch.iter().zip(parsed) {
                take(at, parsed);
            }
            progress(Progress { done: (number * BATCH + batch.len()).min(files.len()), of: files.len() });
        }
    }
}

/// The text without the mark that some programs write before it.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

pub(super) fn too_large(found: u64, limit: u64) -> Diagnostic {
    Diagnostic::new(&catalogue::I701)
        .with("found", found)
        .with("limit", limit)
        .with_words("what", ("bytes after unpacking", "字节（解压后）"))
}
