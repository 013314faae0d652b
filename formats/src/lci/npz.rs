//! Sparse matrices as SciPy saves them (`scipy.sparse.save_npz`): a zip of NumPy arrays, by row (CSR), by column (CSC) or
//! as triples (COO).
//!
//! Nothing is believed before it is counted: places inside the shape, starts in order, as many values as places.

use super::LciLimits;
use super::source::too_large;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zuji_core::diagnostic::Diagnostic;
use zuji_core::inventory::Entries;

/// Why a matrix cannot be read.
pub(super) enum Broken {
    /// In words.
    Because(String),
    /// A limit.
    Limit(Diagnostic),
}

impl From<String> for Broken {
    fn from(cause: String) -> Self {
        Self::Because(cause)
    }
}

impl From<&str> for Broken {
    fn from(cause: &str) -> Self {
        Self::Because(cause.to_string())
    }
}

/// Reads a matrix of so many rows and columns. Its entries have no origin.
pub(super) fn matrix(bytes: &[u8], rows: usize, columns: usize, limits: &LciLimits) -> Result<Entries, Broken> {
    let mut arrays = Arrays { zip: ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?, limits };
    let shape = arrays.places("shape", u64::from(u32::MAX), 2)?;
    if shape.iter().map(|&size| size as usize).ne([rows, columns]) {
        return Err(format!("it is {shape:?}, but its index files have {rows} rows and {columns} columns").into());
    }
    let values = arrays.values("data")?;
    let (rows, columns) = match arrays.word("format")?.as_str() {
        "csr" => {
            let (major, minor) = arrays.compressed(rows, columns, values.len())?;
            (major, minor)
        }
        "csc" => {
            let (major, minor) = arrays.compressed(columns, rows, values.len())?;
            (minor, major)
        }
        "coo" => {
            let row = arrays.places("row", rows as u64, values.len())?;
            (row, arrays.places("col", columns as u64, values.len())?)
        }
        other => return Err(format!("its format is \"{other}\"; save it as csr, csc or coo").into()),
    };
    Ok(Entries { rows, columns, values, origins: Vec::new() })
}

struct Arrays<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a LciLimits,
}

/// One array: its type, and its bytes after the header.
struct Array {
    kind: String,
    count: usize,
    bytes: Vec<u8>,
    start: usize,
}

impl Arrays<'_> {
    fn array(&mut self, name: &str) -> Result<Array, Broken> {
        let entry = self.zip.by_name(&format!("{name}.npy")).map_err(|_| format!("{name}.npy is missing"))?;
        // The archive's word of the size is a hint; what comes out is counted.
        let mut bytes = Vec::with_capacity(entry.size().min(self.limits.file_bytes).min(1 << 26) as usize);
        let most = self.limits.file_bytes;
        entry.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > most {
            return Err(Broken::Limit(too_large(bytes.len() as u64, most)));
        }
        let unknown = || format!("{name}.npy is no array of NumPy");
        let (kind, count, start) = header(&bytes).ok_or_else(unknown)?;
        Ok(Array { kind, count, bytes, start })
    }

    /// Whole numbers from 0 to below a bound, stored in 32 or 64 bits with or without a sign.
    fn places(&mut self, name: &str, bound: u64, count: usize) -> Result<Vec<u32>, Broken> {
        let array = self.array(name)?;
        if array.count != count {
            return Err(format!("{name}.npy has {} values, expected {count}", array.count).into());
        }
        let inside = |place: u64| u32::try_from(place).ok().filter(|_| place < bound);
        let read: Option<Vec<u32>> = match array.kind.as_str() {
            "<i4" => array.all(|bytes| inside(u64::try_from(i32::from_le_bytes(bytes)).ok()?)),
            "<u4" => array.all(|bytes| inside(u64::from(u32::from_le_bytes(bytes)))),
            "<i8" => array.all(|bytes| inside(u64::try_from(i64::from_le_bytes(bytes)).ok()?)),
            "<u8" => array.all(|bytes| inside(u64::from_le_bytes(bytes))),
            other => return Err(format!("{name}.npy holds {other}; whole numbers belong there").into()),
        };
        read.ok_or_else(|| format!("{name}.npy is cut short, or has a number outside 0..{bound}").into())
    }

    /// Both places of every value of a compressed matrix.
    fn compressed(&mut self, major: usize, minor: usize, values: usize) -> Result<(Vec<u32>, Vec<u32>), Broken> {
        let starts = self.places("indptr", u64::from(u32::MAX), major + 1)?;
        let ends = starts.first() == Some(&0) && starts.last().is_some_and(|&last| last as usize == values);
        if !ends || !starts.is_sorted() {
            return Err("indptr.npy does not lead from 0 to the number of values".into());
        }
        let mut outer = Vec::with_capacity(values);
        for (at, pair) in (0u32..).zip(starts.windows(2)) {
            outer.resize(pair[1] as usize, at);
        }
        Ok((outer, self.places("indices", minor as u64, values)?))
    }

    fn values(&mut self, name: &str) -> Result<Vec<f64>, Broken> {
        let array = self.array(name)?;
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        let read: Option<Vec<f64>> = match array.kind.as_str() {
            "<f8" => array.all(|bytes| finite(f64::from_le_bytes(bytes))),
            "<f4" => array.all(|bytes| finite(f64::from(f32::from_le_bytes(bytes)))),
            "<i8" => array.all(|bytes| finite(i64::from_le_bytes(bytes) as f64)),
            "<i4" => array.all(|bytes| finite(f64::from(i32::from_le_bytes(bytes)))),
            other => return Err(format!("{name}.npy holds {other}; numbers belong there").into()),
        };
        read.ok_or_else(|| format!("{name}.npy is cut short or has a value that is no finite number").into())
    }

    /// A short text: the format's name.
    fn word(&mut self, name: &str) -> Result<String, Broken> {
        let array = self.array(name)?;
        let bytes = array.bytes.get(array.start..).unwrap_or_default();
        // Bytes, or text of four bytes per letter; both are ASCII.
        let letters: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii_alphabetic).take(8).collect();
        Ok(String::from_utf8(letters).unwrap_or_default())
    }
}

impl Array {
    fn all<const N: usize, T>(&self, read: impl Fn([u8; N]) -> Option<T>) -> Option<Vec<T>> {
        let bytes = self.bytes.get(self.start..self.start.checked_add(self.count.checked_mul(N)?)?)?;
        bytes.as_chunks::<N>().0.iter().map(|word| read(*word)).collect()
    }
}

/// Type, number of values and where they begin: `\x93NUMPY`, version, length, then a dictionary as text.
fn header(bytes: &[u8]) -> Option<(String, usize, usize)> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (length, from) = match rest.first()? {
        1 => (usize::from(u16::from_le_bytes([*rest.get(2)?, *rest.get(3)?])), 10),
        _ => (u32::from_le_bytes([*rest.get(2)?, *rest.get(3)?, *rest.get(4)?, *rest.get(5)?]) as usize, 12),
    };
    let start = from + length;
    let text = std::str::from_utf8(bytes.get(from..start)?).ok()?;
    let kind = text.split_once("'descr':")?.1.trim_start().strip_prefix('\'')?.split('\'').next()?;
    let shape = text.split_once("'shape':")?.1.trim_start().strip_prefix('(')?.split(')').next()?;
    let mut count = 1usize;
    for size in shape.split(',').map(str::trim).filter(|size| !size.is_empty()) {
        count = count.checked_mul(size.parse().ok()?)?;
    }
    Some((kind.to_string(), count, start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn array(kind: &str, shape: &str, bytes: &[u8]) -> Vec<u8> {
        let mut head = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}");
        while (10 + head.len() + 1) % 64 != 0 {
            head.push(' ');
        }
        head.push('\n');
        let mut out = b"\x93NUMPY\x01\x00".to_vec();
        out.extend((head.len() as u16).to_le_bytes());
        out.extend(head.as_bytes());
        out.extend(bytes);
        out
    }

    fn integers(list: &[i32]) -> Vec<u8> {
        array("<i4", &format!("({},)", list.len()), &list.iter().flat_map(|one| one.to_le_bytes()).collect::<Vec<_>>())
    }

    fn doubles(list: &[f64]) -> Vec<u8> {
        array("<f8", &format!("({},)", list.len()), &list.iter().flat_map(|one| one.to_le_bytes()).collect::<Vec<_>>())
    }

    fn archive(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(format!("{name}.npy"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// [[1, 0, 2], [0, 3, 0]]
    fn csr(starts: &[i32], places: &[i32], values: &[f64]) -> Vec<u8> {
        archive(&[
            ("indices", integers(places)),
            ("indptr", integers(starts)),
            ("format", array("|S3", "()", b"csr")),
            ("shape", array("<i8", "(2,)", &[2i64.to_le_bytes(), 3i64.to_le_bytes()].concat())),
            ("data", doubles(values)),
        ])
    }

    fn read(bytes: &[u8]) -> Result<Vec<(u32, u32, f64)>, String> {
        match matrix(bytes, 2, 3, &LciLimits::default()) {
            Ok(entries) => Ok(entries.iter().collect()),
            Err(Broken::Because(cause)) => Err(cause),
            Err(Broken::Limit(found)) => Err(found.code().to_string()),
        }
    }

    #[test]
    fn rows_columns_and_triples_are_the_same_matrix() {
        let want = vec![(0, 0, 1.0), (0, 2, 2.0), (1, 1, 3.0)];
        assert_eq!(read(&csr(&[0, 2, 3], &[0, 2, 1], &[1.0, 2.0, 3.0])).unwrap(), want);
        let shape = || ("shape", array("<i4", "(2,)", &[2i32.to_le_bytes(), 3i32.to_le_bytes()].concat()));
        let csc = archive(&[
            ("indices", integers(&[0, 1, 0])),
            ("indptr", integers(&[0, 1, 2, 3])),
            ("format", array("<U3", "()", b"c\0\0\0s\0\0\0c\0\0\0")),
            shape(),
            ("data", doubles(&[1.0, 3.0, 2.0])),
        ]);
        let mut found = read(&csc).unwrap();
        found.sort_by_key(|one| (one.0, one.1));
        assert_eq!(found, want);
        let coo = archive(&[
            ("row", integers(&[0, 0, 1])),
            ("col", integers(&[0, 2, 1])),
            ("format", array("|S3", "()", b"coo")),
            shape(),
            ("data", doubles(&[1.0, 2.0, 3.0])),
        ]);
        assert_eq!(read(&coo).unwrap(), want);
    }

    #[test]
    fn hostile_arrays_are_refused() {
        let values = [1.0, 2.0, 3.0];
        for (bytes, part) in [
            (csr(&[0, 2, 4], &[0, 2, 1], &values), "indptr"),
            (csr(&[0, 3, 2], &[0, 2, 1], &values), "indptr"),
            (csr(&[1, 2, 3], &[0, 2, 1], &values), "indptr"),
            (csr(&[0, 3], &[0, 2, 1], &values), "expected 3"),
            (csr(&[0, 2, 3], &[0, 3, 1], &values), "outside"),
            (csr(&[0, 2, 3], &[0, -1, 1], &values), "outside"),
            (csr(&[0, 2, 3], &[0, 2, 1], &[1.0, f64::NAN, 3.0]), "finite"),
            (b"PK".to_vec(), ""),
            (archive(&[("data", b"\x93NUMPY\x01\x00\xff\xff{".to_vec())]), "shape.npy is missing"),
            (archive(&[("shape", array("<f8", "(2,)", &[0; 16]))]), "whole numbers"),
            (archive(&[("shape", array("<i8", "(2,)", &[0; 8]))]), "cut short"),
            (archive(&[("shape", array("<i8", "(18446744073709551615, 9)", &[]))]), "no array"),
        ] {
            let said = read(&bytes).unwrap_err();
            assert!(said.contains(part), "{part}: {said}");
        }
        let small = LciLimits { file_bytes: 100, ..LciLimits::default() };
        assert!(matches!(matrix(&csr(&[0, 2, 3], &[0, 2, 1], &values), 2, 3, &small), Err(Broken::Limit(_))));
        assert!(matrix(&csr(&[0, 2, 3], &[0, 2, 1], &values), 3, 3, &LciLimits::default()).is_err());
    }
}
