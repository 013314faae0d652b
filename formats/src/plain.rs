//! The short way for tables with nothing rare: no quotes, no parents, plain numbers. They are split on several threads
//! straight into compact lines; a file of a million rows takes it in a few dozen milliseconds.

use crate::Limits;
use crate::columns::Column;
use crate::table::{Header, is_sum_name};
use memchr::memchr;
use rustc_hash::FxHashMap;
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

/// A key as slices of the file: material, factor, unit, stage, geography.
#[derive(Clone, Copy)]
struct PlainKey<'t>([&'t str; 5]);

impl PlainKey<'_> {
    fn same(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(a, b)| equal(a.as_bytes(), b.as_bytes()))
    }

    /// Only a first guess: what it finds is compared.
    fn hash(&self) -> u64 {
        self.0.iter().fold(0, |hash, field| mixed(hash, field.as_bytes()))
    }

    fn interned(&self) -> Key {
        let [material, factor, unit, stage, geography] = self.0;
        let optional = |text: &str| (!text.is_empty()).then(|| text.to_string());
        Key {
            material: material.to_string(),
            factor: optional(factor),
            unit: unit.to_string(),
            module: if stage.is_empty() { None } else { Module::find(stage) },
            geography: optional(geography),
        }
    }
}

/// The first and the last eight bytes of a text of eight or more.
#[inline]
fn ends(text: &[u8]) -> Option<(u64, u64)> {
    Some((u64::from_le_bytes(*text.first_chunk()?), u64::from_le_bytes(*text.last_chunk()?)))
}

/// Whether two texts are the same. Fields are short; calling for each costs more than comparing them.
#[inline]
fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (ends(a), ends(b)) {
        (Some(a), Some(b)) if a != b => false,
        (Some(_), _) if a.len() > 16 => a == b,
        (Some(_), _) => true,
        (None, _) => a.iter().zip(b).all(|(a, b)| a == b),
    }
}

/// A hash of a text after others: multiplied words, folded.
#[inline]
fn mixed(hash: u64, text: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        product as u64 ^ (product >> 64) as u64
    };
    match ends(text) {
        None if text.is_empty() => hash.rotate_left(1),
        None => step(hash, text.iter().fold(text.len() as u64, |word, &byte| word << 8 | u64::from(byte))),
        Some((_, last)) => {
            let whole =
                text.chunks_exact(8).fold(hash, |hash, chunk| step(hash, ends(chunk).map_or(0, |(word, _)| word)));
            step(whole, last)
        }
    }
}

/// Where a block's keys are: a small table that answers nearly always, and all of them behind it.
struct Known<'t> {
    recent: Vec<(u64, u32)>,
    all: FxHashMap<u64, u32>,
    keys: Vec<PlainKey<'t>>,
}

impl<'t> Known<'t> {
    const BITS: u32 = 10;

    fn new() -> Self {
        Self { recent: vec![(0, u32::MAX); 1 << Self::BITS], all: FxHashMap::default(), keys: Vec::new() }
    }

    /// The position of a key; `None` where two keys have one hash, which happens once in 2⁶⁴ and sends the table the long
    /// way.
    #[inline]
    fn find(&mut self, key: PlainKey<'t>) -> Option<u32> {
        let hash = key.hash();
        let recent = self.recent.get_mut((hash >> (64 - Self::BITS)) as usize)?;
        if recent.0 != hash || recent.1 == u32::MAX {
            let index = *self.all.entry(hash).or_insert_with(|| {
                self.keys.push(key);
                (self.keys.len() - 1) as u32
            });
            *recent = (hash, index);
        }
        self.keys.get(recent.1 as usize)?.same(&key).then_some(recent.1)
    }
}

/// The places of two bytes in a text, eight bytes at a time by the exact test for zero bytes (H. S. Warren, Hacker's
/// Delight, 2nd ed., section 6-1). Fields are short: a search that starts anew for each costs more than it finds.
struct Marks<'t> {
    words: std::slice::ChunksExact<'t, u8>,
    rest: &'t [u8],
    marks: [u64; 2],
    /// Found and not yet told: the top bit of every byte that is a mark.
    found: u64,
    at: usize,
}

const ONES: u64 = u64::MAX / 255;

impl<'t> Marks<'t> {
    fn new(text: &'t [u8], marks: [u8; 2]) -> Self {
        let words = text.chunks_exact(8);
        let rest = words.remainder();
        Self { words, rest, marks: marks.map(|mark| ONES * u64::from(mark)), found: 0, at: 0 }
    }

    fn marked(&self, word: u64) -> u64 {
        const LOW: u64 = ONES * 0x7f;
        let zeros = |word: u64| !(((word & LOW) + LOW) | word | LOW);
        zeros(word ^ self.marks[0]) | zeros(word ^ self.marks[1])
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let word = match self.words.next() {
                Some(word) => ends(word)?.0,
                None if self.rest.is_empty() => return None,
                None => {
                    let mut word = [0; 8];
                    word[..self.rest.len()].copy_from_slice(self.rest);
                    self.rest = &[];
                    u64::from_le_bytes(word)
                }
            };
            self.found = self.marked(word);
            self.at += 8;
        }
        let byte = self.found.trailing_zeros() as usize / 8;
        self.found &= self.found - 1;
        Some(self.at - 8 + byte)
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
    let mut known = Known::new();
    let mut lines = Vec::with_capacity((to - from) / 32);
    let mut rows = 0;
    let bytes = text.as_bytes();
    let mut marks = Marks::new(&bytes[from..to], [b'\n', delimiter]);
    let mut at = from;
    // A whole row fills the same fields as the one before; the others stay empty.
    let mut fields: [&'t str; SLOTS] = [""; SLOTS];
    while at < to {
        let row = rows;
        rows += 1;
        let row_start = at;
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
            if end == to || bytes[end] == b'\n' {
                break;
            }
        }
        if count != slots.len() || count == 1 {
            // A line without text is none; fewer fields than headers are not plain.
            if count == 1 && fields[slots[0]].is_empty() {
                continue;
            }
            if count != slots.len() {
                return None;
            }
        }
        let [name, code, material, factor, quantity, unit, stage, geography, _] = fields;
        if name.len() <= 16 && is_sum_name(name) {
            return None;
        }
        let quantity = read_number(quantity).ok().filter(|value| within_ceiling(*value))?;
        if !stage.is_empty() && Module::find(stage).is_none() {
            return None;
        }
        let name = if name.is_empty() { code } else { name };
        let material = if material.is_empty() { name } else { material };
        let name = if name.is_empty() { material } else { name };
        let index = known.find(PlainKey([material, factor, unit, stage, geography]))?;
        let place = |field: &'t str| {
            let start = if field.is_empty() { row_start } else { field.as_ptr().addr() - text.as_ptr().addr() };
            Text { start: start as u32, length: field.len() as u32 }
        };
        lines.push(PlainLine { name: place(name), code: place(code), row, quantity, key: KeyIndex(index) });
    }
    Some(Block { keys: known.keys, lines, rows })
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_where_a_plain_search_finds_them(text in "[\n,;a-c材\u{0}\u{ff}\u{8a}]{0,40}", delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|'])) {
            let bytes = text.as_bytes();
            let expected: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at] == b'\n' || bytes[at] == delimiter).collect();
            prop_assert_eq!(Marks::new(bytes, [b'\n', delimiter]).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn texts_are_equal_as_slices_are(a in "[ab]{0,20}", b in "[ab]{0,20}", at in 0usize..20) {
            prop_assert_eq!(equal(a.as_bytes(), b.as_bytes()), a == b);
            let mut changed = a.clone().into_bytes();
            prop_assert!(equal(&changed, a.as_bytes()));
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 1;
                prop_assert!(!equal(&changed, a.as_bytes()));
                prop_assert_ne!(mixed(0, &changed), mixed(0, a.as_bytes()));
            }
        }
    }

    #[test]
    fn keys_are_told_apart() {
        let mut known = Known::new();
        let key = |number: usize, at: usize, names: &'static [String]| {
            let mut fields = [""; 5];
            fields[at] = &names[number];
            PlainKey(fields)
        };
        let names: &'static [String] = Box::leak((0..5_000).map(|number| format!("k{number}")).collect::<Box<[_]>>());
        for round in 0..2 {
            for at in 0..5 {
                for number in 0..names.len() {
                    assert_eq!(known.find(key(number, at, names)), Some((at * names.len() + number) as u32), "{round}");
                }
            }
        }
    }

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
