//! The result's lines as JSON. They may come by the million, so they are written as bytes, in parallel blocks, in order.

use super::cells::Standing;
use super::compute::Footprint;
use crate::math::{Out, append_row, in_order, write_digits, write_twelve_digits};
use crate::method::Module;
use crate::product::{RecipeState, Role};
use crate::quantity::Step;

/// Lines per block of output.
const LINES: usize = 1_024;

/// Which lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSet {
    /// What makes up the total, and what is missing from it (`amount` is null there).
    Total,
    /// What is known but lies outside the boundary or is reported separately.
    Outside,
}

impl Footprint<'_> {
    /// Writes lines in blocks: a JSON array of objects with the decimals as strings. The amounts of
    /// [`LineSet::Total`] sum to the total. `sink` gets every block in order and may fail.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn write_lines<E: Send>(
        &self,
        set: LineSet,
        mut sink: impl FnMut(&[u8]) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        sink(b"[")?;
        let mut first = true;
        let count = self.activities.entries.len();
        let inside = |index: usize| (set == LineSet::Outside) == (self.cells.standing[index] == Standing::Outside);
        // Most products have nothing outside: then nothing is walked.
        let any = set == LineSet::Total || self.cells.standing.contains(&Standing::Outside);
        if any {
            let tails: Vec<Vec<u8>> = (0..self.activities.recipes.len()).map(|recipe| self.tail(recipe)).collect();
            let block = |start: usize| {
                let mut out = Vec::with_capacity(LINES * 144);
                let mut scratch = vec![0; 1_024];
                for index in (start..(start + LINES).min(count)).filter(|&index| inside(index)) {
                    append_row(&mut out, &mut scratch, |row| self.line(index, &tails, row));
                }
                out
            };
            in_order(
                count.div_ceil(LINES),
                |number| block(number * LINES),
                |block| {
                    if block.is_empty() {
                        return Ok(());
                    }
                    // Every line starts with a comma; the very first one is left out.
                    sink(&block[usize::from(std::mem::take(&mut first))..])
                },
            )?;
        }
        let mut out = Vec::new();
        if (set == LineSet::Outside) != self.study.boundary.modules.contains(&Module::B4) {
            for &(activity, quanta) in &self.cells.replaced {
                self.replacement(activity as usize, quanta, &mut out);
            }
        }
        sink(&out[usize::from(first && !out.is_empty())..])?;
        sink(b"]")
    }

    #[inline(always)]
    fn line(&self, index: usize, tails: &[Vec<u8>], out: &mut impl Out) {
        let entry = &self.activities.entries[index];
        self.head(entry.origin, out);
        out.put(role(entry.role));
        let amount = entry.amount * self.scaling.units[entry.node as usize];
        if amount.is_finite() {
            out.put(b",\"activity\":\"");
            write_twelve_digits(amount, out);
            out.put(b"\"");
        } else {
            out.put(b",\"activity\":null");
        }
        if self.cells.standing[index] == Standing::Unknown {
            let state = self.activities.recipes[entry.recipe as usize].state;
            let undecided = state == RecipeState::Undecided;
            out.put(b",\"amount\":null,\"status\":");
            out.put(if undecided { b"\"undecided\"" } else { b"\"missing\"" });
        } else {
            out.put(b",\"amount\":\"");
            self.cells.quantum.exact(self.cells.by_activity[index]).write(out);
            out.put(b"\"");
        }
        out.put(&tails[entry.recipe as usize]);
    }

    fn replacement(&self, activity: usize, quanta: i64, out: &mut Vec<u8>) {
        let entry = &self.activities.entries[activity];
        self.head(entry.origin, out);
        out.put(role(Role::Replacement));
        out.put(b",\"activity\":null,\"amount\":\"");
        self.cells.quantum.exact(quanta).write(out);
        out.put(b"\",\"module\":\"B4\",\"unit\":null,\"factors\":[]}");
    }

    /// What a line starts with: its row, code and name.
    #[inline(always)]
    fn head(&self, origin: u32, out: &mut impl Out) {
        match self.bill.lines().get(origin as usize) {
            Some(line) => {
                out.put(b",{\"line\":");
                write_digits(u64::from(line.number()), out);
                if line.in_document() {
                    out.put(b",\"in\":\"document\"");
                }
                if let Some(code) = self.bill.code(line) {
                    out.put(b",\"id\":");
                    write_text(code.as_bytes(), out);
                }
                out.put(b",\"name\":");
                write_text(self.bill.name_bytes(line), out);
            }
            None => {
                let place = self.activities.place(self.bill, origin);
                out.put(b",{\"line\":null,\"field\":");
                write_text(place.field.as_deref().unwrap_or("").as_bytes(), out);
                out.put(b",\"name\":");
                write_text(self.activities.name(self.bill, origin).as_bytes(), out);
            }
        }
    }

    /// What all lines of a recipe end with.
    fn tail(&self, recipe: usize) -> Vec<u8> {
        let recipe = &self.activities.recipes[recipe];
        let mut out = Vec::new();
        out.extend_from_slice(b",\"module\":");
        write_text(recipe.module.id().as_bytes(), &mut out);
        out.extend_from_slice(b",\"unit\":");
        match &recipe.unit {
            Some(unit) => write_text(unit.symbol().as_bytes(), &mut out),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"factors\":[");
        for (position, input) in recipe.inputs.iter().enumerate() {
            if position > 0 {
                out.push(b',');
            }
            write_text(self.library.factors.get(input.factor).row.id.as_bytes(), &mut out);
        }
        out.push(b']');
        if let Some(supplied) = &recipe.supplied {
            out.extend_from_slice(b",\"supplier\":");
            write_text(supplied.source.as_bytes(), &mut out);
        }
        if let Some(reason) = recipe.reason {
            out.extend_from_slice(b",\"reason\":");
            write_text(reason.as_bytes(), &mut out);
        }
        if recipe.proxy {
            out.extend_from_slice(b",\"proxy\":true");
        }
        // A power of ten speaks for itself (g and kg); every other way keeps its sentence.
        if let (Some(unit), Some(input)) = (&recipe.unit, recipe.inputs.first())
            && input.conversion.steps.iter().any(|step| !decimal(step))
        {
            let factor = self.library.factors.get(input.factor);
            out.extend_from_slice(b",\"conversion\":");
            write_text(input.conversion.sentence(1.0, unit, &factor.unit, false).as_bytes(), &mut out);
        }
        out.push(b'}');
        out
    }
}

/// Whether a step only moves the decimal point.
fn decimal(step: &Step) -> bool {
    let power = |mut value: i128| {
        while value > 1 && value % 10 == 0 {
            value /= 10;
        }
        value == 1
    };
    matches!(step, Step::Scale { ratio, .. } if power(*ratio.numer()) && power(*ratio.denom()))
}

/// A line is the material itself unless it says otherwise.
fn role(role: Role) -> &'static [u8] {
    match role {
        Role::Material => b"",
        Role::Transport => b",\"role\":\"transport\"",
        Role::Energy => b",\"role\":\"energy\"",
        Role::Replacement => b",\"role\":\"replacement\"",
        Role::EndOfLife => b",\"role\":\"end_of_life\"",
    }
}

/// A JSON string of UTF-8 bytes. Plain text is copied; what needs escaping goes through `serde_json`.
#[inline]
fn write_text(text: &[u8], out: &mut impl Out) {
    if needs_escape(text) {
        let text = String::from_utf8_lossy(text);
        out.put(serde_json::to_string(&text).unwrap_or_default().as_bytes());
    } else {
        out.put(b"\"");
        out.put(text);
        out.put(b"\"");
    }
}

/// Whether a byte is a control character, a quote or a backslash: eight bytes at a time, by the usual test for a zero
/// byte (H. S. Warren, Hacker's Delight, 2nd ed., section 6-1). It may take other text for such, never such for other.
fn needs_escape(text: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & (ONES << 7);
    let chunks = text.chunks_exact(8);
    let rest = chunks.remainder().iter().fold(false, |any, &byte| any | (byte < 0x20 || byte == b'"' || byte == b'\\'));
    let found = chunks.fold(0, |found, chunk| {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        found | below(word, 0x20) | is(b'"') | is(b'\\')
    });
    rest || found != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_is_written_as_serde_json_writes_it(text in "\\PC{0,20}[\u{0}-\u{7f}]{0,12}") {
            let mut out = Vec::new();
            write_text(text.as_bytes(), &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&text).unwrap());
        }
    }
}
