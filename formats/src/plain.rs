//! The short way for tables with nothing rare: no quotes, no parents, plain numbers. They are split on several threads
//! straight into compact lines; a file of a million rows takes it in a few dozen milliseconds.

use crate::Limits;
use crate::columns::Column;
use crate::table::Header;
use memchr::{memchr, memchr2_iter};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use zuji_core::math::in_order;
use zuji_core::method::Module;
use zuji_core::product::{BillBuilder, Key, KeyIndex, PlainLine, Text};
use zuji_core::quantity::{read_number, within_ceiling};

/// Bytes of a block, about.
const BLOCK: usize = 1 << 18;

/// Splits a table of about so many rows into a bill whose names are ranges of `text`; `None` sends the whole of it line
/// by line.
pub(crate) fn plain(
    text: &str,
    body: usize,
    rows: usize,
    header_row: u32,
    header: &Header,
    limits: &Limits,
    progress: &(dyn Fn(u64) + Sync),
) -> Option<BillBuilder> {
    let slots: Vec<usize> = header.columns.iter().map(|(column, _)| slot(*column)).collect::<Option<_>>()?;
    let headed =
        |(column, unit): &(Option<Column>, Option<String>)| *column == Some(Column::Quantity) && unit.is_some();
    let bytes = text.as_bytes();
    if header.columns.iter().any(headed) || memchr(b'"', &bytes[body..]).is_some() {
        return None;
    }
    // Blocks that end at a line's end.
    let mut cuts = vec![body];
    while let Some(&from) = cuts.last().filter(|&&from| from < bytes.len()) {
        let at = (from + BLOCK).min(bytes.len());
        cuts.push(memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |more| at + more + 1));
    }
    let mut builder = BillBuilder::default();
    builder.reserve(rows);
    let mut first = header_row + 1;
    let make = |number: usize| {
        let (from, to) = (cuts[number], cuts[number + 1]);
        let block = split(text, from, to, &slots, header.delimiter, limits.field_bytes);
        progress((to - from) as u64);
        block
    };
    let append = |block: Option<Block>| -> Result<(), ()> {
        let block = block.ok_or(())?;
        let keys: Vec<KeyIndex> = block.keys.iter().map(|key| builder.key(key.interned())).collect();
        builder.plain_lines(block.lines.into_iter().map(|line| PlainLine {
            row: first + line.row,
            key: keys[line.key.0 as usize],
            ..line
        }));
        first += block.rows;
        Ok(())
    };
    in_order(cuts.len() - 1, make, append).ok()?;
    Some(builder)
}

/// What a block of rows holds: lines with rows and keys counted from the block's own start.
struct Block<'t> {
    keys: Vec<PlainKey<'t>>,
    lines: Vec<PlainLine>,
    rows: u32,
}

/// A key as slices of the file.
#[derive(Clone, Copy, Default)]
struct PlainKey<'t> {
    material: &'t str,
    factor: &'t str,
    unit: &'t str,
    stage: &'t str,
    geography: &'t str,
}

impl PlainKey<'_> {
    fn fields(&self) -> [&str; 5] {
        [self.material, self.factor, self.unit, self.stage, self.geography]
    }

    /// Empty fields are settled by their length alone: comparing nothing at the address of nothing costs some
    /// processors more than comparing text.
    fn same(&self, other: &Self) -> bool {
        self.fields().iter().zip(other.fields()).all(|(a, b)| a.len() == b.len() && (a.is_empty() || *a == b))
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for field in self.fields() {
            hasher.write_usize(field.len());
            if !field.is_empty() {
                hasher.write(field.as_bytes());
            }
        }
        hasher.finish()
    }

    fn interned(&self) -> Key {
        let optional = |text: &str| (!text.is_empty()).then(|| text.to_string());
        Key {
            material: self.material.to_string(),
            factor: optional(self.factor),
            unit: self.unit.to_string(),
            module: if self.stage.is_empty() { None } else { Module::find(self.stage) },
            geography: optional(self.geography),
        }
    }
}

/// Fields of a row that a plain table may have, and one place for what is not read.
const SLOTS: usize = 9;

/// Where a column's text goes; `None` for a column that only the long way knows.
fn slot(column: Option<Column>) -> Option<usize> {
    match column {
        Some(Column::Name) => Some(0),
        Some(Column::Id) => Some(1),
        Some(Column::Material) => Some(2),
        Some(Column::Factor) => Some(3),
        Some(Column::Quantity) => Some(4),
        Some(Column::Unit) => Some(5),
        Some(Column::Stage) => Some(6),
        Some(Column::Geography) => Some(7),
        Some(Column::Ignored) | None => Some(8),
        Some(_) => None,
    }
}

/// One block; `None` where a row is not plain.
fn split<'t>(
    text: &'t str,
    from: usize,
    to: usize,
    slots: &[usize],
    delimiter: u8,
    longest: usize,
) -> Option<Block<'t>> {
    let mut block = Block { keys: Vec::new(), lines: Vec::with_capacity((to - from) / 32), rows: 0 };
    // Keyed by the fields' hash: a row costs one look-up and one comparison, not one per field and probe.
    let mut known: FxHashMap<u64, u32> = FxHashMap::default();
    let mut last: Option<(PlainKey<'t>, u32)> = None;
    let mut marks = memchr2_iter(b'\n', delimiter, &text.as_bytes()[from..to]);
    let mut at = from;
    while at < to {
        let row = block.rows;
        block.rows += 1;
        let row_start = at;
        let mut fields: [&'t str; SLOTS] = [""; SLOTS];
        let mut count = 0;
        loop {
            let end = marks.next().map_or(to, |mark| from + mark);
            let field = trimmed(&text[at..end]);
            if field.len() > longest {
                return None;
            }
            *fields.get_mut(*slots.get(count)?)? = field;
            count += 1;
            at = end + 1;
            if end == to || text.as_bytes()[end] == b'\n' {
                break;
            }
        }
        if count == 1 && fields.iter().all(|field| field.is_empty()) {
            continue;
        }
        if count != slots.len() {
            return None;
        }
        let [name, code, material, factor, quantity, unit, stage, geography, _] = fields;
        let quantity = read_number(quantity).ok().filter(|value| within_ceiling(*value))?;
        if !stage.is_empty() && Module::find(stage).is_none() {
            return None;
        }
        let name = if name.is_empty() { code } else { name };
        let material = if material.is_empty() { name } else { material };
        let name = if name.is_empty() { material } else { name };
        let key = PlainKey { material, factor, unit, stage, geography };
        // Rows of one material often stand together.
        let index = match last {
            Some((previous, index)) if previous.same(&key) => index,
            _ => {
                let index = *known.entry(key.hash()).or_insert_with(|| {
                    block.keys.push(key);
                    (block.keys.len() - 1) as u32
                });
                // Two keys of one hash: once in 2⁶⁴. The long way knows no hash.
                if !block.keys[index as usize].same(&key) {
                    return None;
                }
                index
            }
        };
        last = Some((key, index));
        let place = |field: &'t str| {
            let start = if field.is_empty() { row_start } else { field.as_ptr().addr() - text.as_ptr().addr() };
            Text { start: start as u32, length: field.len() as u32 }
        };
        block.lines.push(PlainLine { name: place(name), code: place(code), row, quantity, key: KeyIndex(index) });
    }
    Some(block)
}

/// A field without the blanks around it. Most have none, which two bytes tell.
fn trimmed(field: &str) -> &str {
    let solid = |byte: &u8| byte.is_ascii_graphic();
    // From 0xE4 on stand Chinese characters and what comes after them; all blanks beyond ASCII come before.
    match (field.as_bytes().first(), field.as_bytes().last()) {
        (Some(first), Some(last)) if (solid(first) || *first >= 0xe4) && solid(last) => field,
        (None, _) => field,
        _ => field.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_is_taken_off() {
        let blanks = (0..=0xffff).filter_map(char::from_u32).filter(|character| character.is_whitespace());
        for blank in blanks {
            assert_eq!(trimmed(&format!("{blank}钢 a{blank}")), "钢 a", "{:x}", blank as u32);
            assert_eq!(trimmed(&format!("a 钢{blank}")), "a 钢", "{:x}", blank as u32);
            assert_eq!(trimmed(&format!("{blank}")), "");
        }
        assert_eq!(trimmed(""), "");
    }
}
