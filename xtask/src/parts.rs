//! The factor packs in parts by class, for pages: written compact, each within a limit when compressed.

use crate::Outcome;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use zuji_core::factor::{FactorsDocument, Pack, PartDocument, divide};
use zuji_core::hash::sha256_hex;

/// The most bytes of a part, compressed by gzip: what the design allows a page to load at once.
const LIMIT: usize = 60_000;

/// Writes the parts and `index.json` into a folder and prints their sizes.
pub(crate) fn run(root: &Path, folder: &Path) -> Outcome<ExitCode> {
    let files = make(root)?;
    std::fs::create_dir_all(folder)?;
    // A part that is no more must not stay.
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            std::fs::remove_file(path)?;
        }
    }
    println!("{:<28}{:>7}{:>11}{:>9}", "part", "rows", "bytes", "gzip");
    for file in &files {
        std::fs::write(folder.join(format!("{}.json", file.id)), &file.json)?;
        println!("{:<28}{:>7}{:>11}{:>9}", file.id, file.rows, file.json.len(), file.compressed);
    }
    let index: Vec<_> = files.iter().map(File::entry).collect();
    std::fs::write(folder.join("index.json"), serde_json::to_string(&index)?)?;
    let sum = |of: fn(&File) -> usize| files.iter().map(of).sum::<usize>();
    let (rows, bytes, compressed) = (sum(|file| file.rows), sum(|file| file.json.len()), sum(|file| file.compressed));
    println!("{:<28}{rows:>7}{bytes:>11}{compressed:>9}", format!("{} parts", files.len()));
    Ok(ExitCode::SUCCESS)
}

/// A part as a page loads it.
struct File {
    id: String,
    rows: usize,
    json: String,
    compressed: usize,
}

impl File {
    fn new(part: &PartDocument) -> Outcome<Self> {
        let json = serde_json::to_string(part)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(json.as_bytes())?;
        let compressed = encoder.finish()?.len();
        let rows = part.tables.iter().map(|table| table.rows.len()).sum();
        Ok(Self { id: part.id.clone(), rows, json, compressed })
    }

    /// What the index says of it. The hash is for a page's integrity check.
    fn entry(&self) -> serde_json::Value {
        let (rows, gzip) = (self.rows, self.compressed);
        serde_json::json!({ "id": self.id, "rows": rows, "gzip_bytes": gzip, "sha256": sha256_hex(self.json.as_bytes()) })
    }
}

/// All parts within the limit; one that is larger is cut into as few pieces as will do.
fn make(root: &Path) -> Outcome<Vec<File>> {
    let mut packs = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(root.join("factors/packs"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "yaml")) {
        packs.push(Pack::from(serde_yaml::from_str::<FactorsDocument>(&std::fs::read_to_string(path)?)?));
    }
    let mut files = Vec::new();
    for part in divide(&packs) {
        let whole = File::new(&part)?;
        if whole.compressed <= LIMIT {
            files.push(whole);
            continue;
        }
        let fitting = (2..=whole.rows)
            .map(|count| part.clone().pieces(count).iter().map(File::new).collect::<Outcome<Vec<File>>>())
            .find(|pieces| pieces.as_ref().map_or(true, |pieces| pieces.iter().all(|piece| piece.compressed <= LIMIT)));
        files.extend(fitting.ok_or_else(|| format!("a row of {} alone is over {LIMIT} bytes", part.id))??);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use zuji_core::factor::join;

    #[test]
    fn every_row_is_in_one_part_beside_its_companions_and_every_part_is_small() {
        let files = make(&crate::repository()).unwrap();
        let parts: Vec<PartDocument> = files.iter().map(|file| serde_json::from_str(&file.json).unwrap()).collect();
        let mut seen = BTreeSet::new();
        for (file, part) in files.iter().zip(&parts) {
            assert!(file.compressed <= LIMIT && file.rows > 0, "{}: {} bytes", file.id, file.compressed);
            let ids: BTreeSet<&str> =
                part.tables.iter().flat_map(|table| &table.rows).map(|row| row.id.as_str()).collect();
            for row in part.tables.iter().flat_map(|table| &table.rows) {
                assert!(seen.insert(row.id.clone()), "{} stands twice", row.id);
                for companion in &row.companions {
                    assert!(ids.contains(companion.as_str()), "{}: {companion} is in another part", row.id);
                }
            }
        }
        // Together they are the packs, to the hash.
        let whole: BTreeMap<String, String> =
            join(&parts).unwrap().into_iter().map(|pack| (pack.document.table.id.clone(), pack.sha256)).collect();
        for (id, stated) in whole {
            let joined = join(&parts).unwrap().into_iter().find(|pack| pack.document.table.id == id).unwrap();
            assert_eq!(Pack::from(joined.document).sha256, stated, "{id}");
        }
    }
}
