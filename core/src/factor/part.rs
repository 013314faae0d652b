//! Packs in parts by class, for a page that loads only what it needs: all metals, all plastics. Parts go together again
//! in any number and order; what is computed from them states the hashes of the whole packs.

use super::{FactorRow, FactorsDocument, Pack, TableHead, share_alike};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema of a part.
pub const PART_SCHEMA: &str = "zuji/factor-part@1";

/// The rows of one class.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartDocument {
    /// Always `zuji/factor-part@1`.
    pub schema: String,
    /// Its name: the class, such as `metal`; a table whose licence asks for the like stands apart,
    /// `energy.electricity-maps`; the pieces of what would be too large are numbered.
    pub id: String,
    /// The tables that have rows in it.
    pub tables: Vec<PartTable>,
}

/// The rows of one table that belong to a part.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartTable {
    /// What the whole table is.
    pub table: TableHead,
    /// SHA-256 of the whole table as canonical JSON.
    pub sha256: String,
    /// Position of the table among all.
    pub order: u32,
    /// Positions of the rows in the table.
    pub positions: Vec<u32>,
    /// The rows.
    pub rows: Vec<FactorRow>,
}

/// What does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// A document of another schema.
    #[error("\"{0}\" is no part of this schema ({PART_SCHEMA})")]
    Schema(String),
    /// Parts of two editions.
    #[error("the parts are of two editions of the table \"{0}\"")]
    Editions(String),
    /// A table whose positions do not belong to its rows.
    #[error("the table \"{0}\" does not have one position per row")]
    Positions(String),
}

/// Divides packs into parts: a class each, the tables under a share-alike licence for themselves.
pub fn divide(packs: &[Pack]) -> Vec<PartDocument> {
    let mut parts: BTreeMap<String, Vec<PartTable>> = BTreeMap::new();
    for (order, pack) in packs.iter().enumerate() {
        let table = &pack.document.table;
        for (position, row) in pack.document.rows.iter().enumerate() {
            let class = row.class.split('.').next().unwrap_or("");
            let licence = row.licence.as_ref().unwrap_or(&table.licence);
            let apart = share_alike(licence);
            let id = if apart { format!("{class}.{}", table.id) } else { class.to_string() };
            let tables = parts.entry(id).or_default();
            if tables.last().is_none_or(|last| last.order != order as u32) {
                tables.push(PartTable {
                    table: table.clone(),
                    sha256: pack.sha256.clone(),
                    order: order as u32,
                    positions: Vec::new(),
                    rows: Vec::new(),
                });
            }
            if let Some(last) = tables.last_mut() {
                last.positions.push(position as u32);
                last.rows.push(row.clone());
            }
        }
    }
    let part = |(id, tables)| PartDocument { schema: PART_SCHEMA.into(), id, tables };
    parts.into_iter().map(part).collect()
}

impl PartDocument {
    /// Cuts a part into pieces of about the same number of rows, in their order, with numbered names.
    pub fn pieces(self, count: usize) -> Vec<PartDocument> {
        let all: usize = self.tables.iter().map(|table| table.rows.len()).sum();
        let size = all.div_ceil(count.max(1)).max(1);
        let mut pieces: Vec<PartDocument> = Vec::new();
        let mut taken = 0;
        for table in self.tables {
            let PartTable { table, sha256, order, positions, rows } = table;
            for (position, row) in positions.into_iter().zip(rows) {
                if taken % size == 0 {
                    let id = format!("{}.{}", self.id, pieces.len() + 1);
                    pieces.push(PartDocument { schema: PART_SCHEMA.into(), id, tables: Vec::new() });
                }
                taken += 1;
                let Some(piece) = pieces.last_mut() else { continue };
                if piece.tables.last().is_none_or(|last| last.order != order) {
                    let (table, sha256) = (table.clone(), sha256.clone());
                    piece.tables.push(PartTable { table, sha256, order, positions: Vec::new(), rows: Vec::new() });
                }
                if let Some(last) = piece.tables.last_mut() {
                    last.positions.push(position);
                    last.rows.push(row);
                }
            }
        }
        pieces
    }
}

/// Puts parts together: tables and rows in their own order, a row that comes twice once.
///
/// # Errors
/// See [`PartError`].
pub fn join<'a>(parts: impl IntoIterator<Item = &'a PartDocument>) -> Result<Vec<Pack>, PartError> {
    /// A table and its rows by position.
    type Rows<'a> = (&'a PartTable, BTreeMap<u32, &'a FactorRow>);
    let mut tables: BTreeMap<(u32, &str), Rows<'a>> = BTreeMap::new();
    for part in parts {
        if part.schema != PART_SCHEMA {
            return Err(PartError::Schema(part.schema.clone()));
        }
        for table in &part.tables {
            let id = table.table.id.as_str();
            if table.positions.len() != table.rows.len() {
                return Err(PartError::Positions(id.into()));
            }
            let (first, rows) = tables.entry((table.order, id)).or_insert_with(|| (table, BTreeMap::new()));
            if first.sha256 != table.sha256 {
                return Err(PartError::Editions(id.into()));
            }
            rows.extend(table.positions.iter().copied().zip(&table.rows));
        }
    }
    let whole = |(first, rows): Rows<'a>| Pack {
        document: FactorsDocument {
            schema: "zuji/factors@1".into(),
            table: first.table.clone(),
            rows: rows.into_values().cloned().collect(),
        },
        sha256: first.sha256.clone(),
    };
    Ok(tables.into_values().map(whole).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(id: &str, licence: &str, classes: &[&str]) -> Pack {
        let row = |(at, class): (usize, &&str)| {
            serde_json::json!({"id": format!("{id}/{at}"), "name_en": "x", "name_zh": "某", "class": class,
                "kind": "material", "unit": "kg", "co2e": "1", "gwp": "not stated", "geography": "CN",
                "period": "not stated", "boundary": "cradle-to-gate", "source": "s"})
        };
        let rows: Vec<_> = classes.iter().enumerate().map(row).collect();
        let head = serde_json::json!({"id": id, "version": "1", "name_en": "x", "name_zh": "某", "source": "s",
            "licence": licence});
        let document: FactorsDocument =
            serde_json::from_value(serde_json::json!({"schema": "zuji/factors@1", "table": head, "rows": rows}))
                .unwrap();
        Pack::from(document)
    }

    fn whole(packs: &[Pack]) -> Vec<(serde_json::Value, String)> {
        packs.iter().map(|pack| (serde_json::to_value(&pack.document).unwrap(), pack.sha256.clone())).collect()
    }

    #[test]
    fn parts_go_together_again_in_any_order() {
        let packs =
            [pack("b", "CC0", &["metal.steel", "wood", "metal"]), pack("a", "CC BY-SA 4.0", &["metal", "paper.board"])];
        let mut parts = divide(&packs);
        let ids = |parts: &[PartDocument]| parts.iter().map(|part| part.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&parts), ["metal", "metal.a", "paper.a", "wood"]);
        parts.reverse();
        let again = parts[0].clone();
        assert_eq!(whole(&join(parts.iter().chain([&again])).unwrap()), whole(&packs));
        let pieces = parts.pop().unwrap().pieces(2);
        assert_eq!(ids(&pieces), ["metal.1", "metal.2"]);
        assert_eq!(whole(&join(pieces.iter().rev().chain(&parts)).unwrap()), whole(&packs));
        assert_eq!(whole(&join(&pieces[1..]).unwrap())[0].0["rows"][0]["id"], "b/2");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let one = divide(&[pack("a", "CC0", &["metal"])]);
        let other = divide(&[pack("a", "CC0", &["metal", "wood"])]);
        assert_eq!(join(one.iter().chain(&other)).unwrap_err(), PartError::Editions("a".into()));
        let mut broken = one.clone();
        broken[0].tables[0].positions.push(7);
        assert_eq!(join(&broken).unwrap_err(), PartError::Positions("a".into()));
        broken[0].schema = "x".into();
        assert_eq!(join(&broken).unwrap_err(), PartError::Schema("x".into()));
        assert!(join([]).unwrap().is_empty());
    }
}
