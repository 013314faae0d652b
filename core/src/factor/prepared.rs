//! Tables that were read, checked and indexed when the program was built. A row stays text until somebody asks for it:
//! thousands of factors are at hand at the start, and a bill pays for the few that it uses.

use super::{Factor, FactorIndex, FactorKind, FactorRow, LoadedPack, Period, TableHead};
use crate::quantity::{Lookup, Unit, UnitTable};
use std::sync::{Arc, OnceLock};

/// The tables as constants of the program.
#[derive(Clone, Copy, Debug)]
pub struct PreparedTables {
    /// What each table says of itself, in the order of its rows.
    pub tables: &'static [PreparedTable],
    /// All rows.
    pub rows: &'static [PreparedRow],
    /// The rows as JSON, one after another; each starts with its id.
    pub text: &'static str,
    /// Positions of the rows in the order of their ids.
    pub by_id: &'static [u32],
    /// Every name by which a row is found, in the order of its key, then of the rows.
    pub names: &'static [PreparedName],
    /// The keys of the names, one after another.
    pub keys: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct PreparedTable {
    /// Its id.
    pub id: &'static str,
    /// Its head as JSON.
    pub head: &'static str,
    /// SHA-256 of the whole table as canonical JSON.
    pub sha256: &'static str,
    /// How many rows it has.
    pub rows: u32,
}

/// What a selection asks of a row, and where the rest of it stands.
#[derive(Clone, Copy, Debug)]
pub struct PreparedRow {
    /// First byte of its JSON.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// Length of its id.
    pub id: u16,
    /// Position of its table.
    pub table: u16,
    /// The row whose gases are this one's too, and are written there only; else the row itself.
    pub gases_of: u32,
    /// See [`FactorRow::kind`].
    pub kind: FactorKind,
    /// See [`FactorRow::geography`].
    pub geography: &'static str,
    /// See [`FactorRow::period`].
    pub period: Period,
    /// Whether it is a declared proxy.
    pub proxy: bool,
    /// See [`Factor::lacks_its_half`].
    pub lacks_its_half: bool,
}

/// One name of one row.
#[derive(Clone, Copy, Debug)]
pub struct PreparedName {
    /// First byte of its key.
    pub start: u32,
    /// Length of its key.
    pub length: u16,
    /// Position of the row.
    pub row: u32,
}

/// What comes before the id in the JSON of a row.
const BEFORE_ID: &str = "{\"id\":\"";

impl PreparedTables {
    /// The id of a row.
    pub fn id(&self, row: u32) -> &'static str {
        let at = &self.rows[row as usize];
        let start = at.start as usize + BEFORE_ID.len();
        self.text.get(start..start + usize::from(at.id)).unwrap_or("")
    }

    /// The position of the row with an id.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.by_id.binary_search_by(|&row| self.id(row).cmp(id)).ok().map(|at| self.by_id[at])
    }

    fn key(&self, name: &PreparedName) -> &'static str {
        let start = name.start as usize;
        self.keys.get(start..start + usize::from(name.length)).unwrap_or("")
    }

    /// The rows that carry a name, by its key.
    pub fn named(&self, key: &str) -> impl Iterator<Item = u32> {
        let first = self.names.partition_point(|name| self.key(name) < key);
        let count = self.names[first..].partition_point(|name| self.key(name) == key);
        self.names[first..first + count].iter().map(|name| name.row)
    }

    /// A row as its table has it.
    ///
    /// # Errors
    /// When it is not what this version of the core reads: the build was mixed up.
    pub fn row(&self, row: u32) -> Result<FactorRow, serde_json::Error> {
        let read = |row: u32| {
            let at = &self.rows[row as usize];
            serde_json::from_str::<FactorRow>(self.text.get(at.start as usize..at.end as usize).unwrap_or(""))
        };
        let gases_of = self.rows[row as usize].gases_of;
        let mut own = read(row)?;
        if gases_of != row {
            own.emissions = read(gases_of)?.emissions;
        }
        Ok(own)
    }
}

/// Prepared tables in use: the rows that have been asked for.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    pub tables: PreparedTables,
    heads: Vec<Arc<TableHead>>,
    units: Arc<UnitTable>,
    read: Vec<OnceLock<Factor>>,
    /// Stands for a row that cannot be read. Nothing finds it, no line accepts it, and the tests of the tables read every
    /// row once.
    unreadable: Factor,
}

impl Shelf {
    pub fn new(tables: PreparedTables, units: Arc<UnitTable>) -> Result<Self, serde_json::Error> {
        let heads = tables.tables.iter().map(|table| serde_json::from_str(table.head).map(Arc::new));
        let heads: Vec<Arc<TableHead>> = heads.collect::<Result<_, _>>()?;
        let mut row = tables.row(0)?;
        row.kind = FactorKind::Spend;
        (row.co2e, row.emissions, row.companions) = (None, Vec::new(), Vec::new());
        let unreadable = Factor {
            unit: unit(&units, &row.unit),
            row,
            table: heads.first().cloned().ok_or_else(|| serde::de::Error::custom("no tables"))?,
            pack: 0,
            companions: Vec::new(),
        };
        let read = vec![OnceLock::new(); tables.rows.len()];
        Ok(Self { tables, heads, units, read, unreadable })
    }

    pub fn len(&self) -> usize {
        self.read.len()
    }

    pub fn packs(&self) -> impl Iterator<Item = LoadedPack> {
        self.tables.tables.iter().zip(&self.heads).map(|(table, head)| LoadedPack {
            table: head.clone(),
            sha256: table.sha256.to_string(),
            rows: table.rows as usize,
            standby: false,
        })
    }

    pub fn get(&self, row: u32) -> &Factor {
        self.read[row as usize].get_or_init(|| self.read(row).unwrap_or_else(|| self.unreadable.clone()))
    }

    fn read(&self, position: u32) -> Option<Factor> {
        let row = self.tables.row(position).ok()?;
        let pack = usize::from(self.tables.rows[position as usize].table);
        let companions = row.companions.iter().filter_map(|id| self.tables.find(id)).map(FactorIndex).collect();
        let table = self.heads.get(pack)?.clone();
        Some(Factor { unit: unit(&self.units, &row.unit), row, table, pack, companions })
    }
}

/// A unit that was known when the tables were prepared.
fn unit(units: &UnitTable, symbol: &str) -> Unit {
    match units.find(symbol) {
        Lookup::Unit(unit) => unit,
        _ => Unit::new(symbol, crate::quantity::Dimension::NONE, crate::quantity::Ratio::from_integer(1)),
    }
}
