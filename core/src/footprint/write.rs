//! The result as JSON. Lines may come by the million, so they are written as bytes, in parallel blocks, in order.

use super::cells::Standing;
use super::compute::Footprint;
use crate::math::write_plain;
use crate::product::{RecipeState, Role};

/// Lines per block of output.
const LINES: usize = 16_384;

impl Footprint<'_> {
    /// How many lines `by_line` has: one per activity, and one for what is made again when a part is replaced.
    pub fn line_count(&self) -> usize {
        self.activities.entries.len() + self.cells.replaced.len()
    }

    /// Writes `by_line[]` in blocks: a JSON array of objects with the decimals as strings. `sink` gets every block in
    /// order and may fail.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn write_lines<E>(&self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let tails: Vec<String> = (0..self.activities.recipes.len()).map(|recipe| self.tail(recipe)).collect();
        let count = self.activities.entries.len();
        let block = |start: usize| {
            let mut out = Vec::with_capacity(LINES * 160);
            for index in start..(start + LINES).min(count) {
                if index > 0 {
                    out.push(b',');
                }
                self.line(index, &tails, &mut out);
            }
            out
        };
        sink(b"[")?;
        // A few blocks at a time: memory stays flat and the order is kept.
        let starts: Vec<usize> = (0..count).step_by(LINES).collect();
        for group in starts.chunks(8) {
            #[cfg(feature = "parallel")]
            let blocks: Vec<Vec<u8>> = {
                use rayon::prelude::*;
                group.par_iter().map(|&start| block(start)).collect()
            };
            #[cfg(not(feature = "parallel"))]
            let blocks: Vec<Vec<u8>> = group.iter().map(|&start| block(start)).collect();
            for block in blocks {
                sink(&block)?;
            }
        }
        let mut out = Vec::new();
        for (position, &(activity, quanta)) in self.cells.replaced.iter().enumerate() {
            if count + position > 0 {
                out.push(b',');
            }
            self.replacement(activity as usize, quanta, &mut out);
        }
        out.push(b']');
        sink(&out)
    }

    fn line(&self, index: usize, tails: &[String], out: &mut Vec<u8>) {
        let entry = &self.activities.entries[index];
        self.head(entry.origin, out);
        let amount = entry.amount * self.scaling.units[entry.node as usize];
        if amount.is_finite() {
            out.extend_from_slice(b",\"activity\":\"");
            write_plain(amount, out);
            out.push(b'"');
        } else {
            out.extend_from_slice(b",\"activity\":null");
        }
        match self.cells.standing[index] {
            Standing::Unknown => out.extend_from_slice(b",\"amount\":null"),
            _ => {
                out.extend_from_slice(b",\"amount\":\"");
                self.cells.quantum.exact(self.cells.by_activity[index]).write(out);
                out.push(b'"');
            }
        }
        let status: &[u8] = match self.cells.standing[index] {
            Standing::Counted => b",\"status\":\"counted\"",
            Standing::Outside => b",\"status\":\"outside_total\"",
            Standing::Unknown => match self.activities.recipes[entry.recipe as usize].state {
                RecipeState::Undecided => b",\"status\":\"undecided\"",
                _ => b",\"status\":\"missing\"",
            },
        };
        out.extend_from_slice(status);
        out.extend_from_slice(role(entry.role));
        out.extend_from_slice(tails[entry.recipe as usize].as_bytes());
    }

    fn replacement(&self, activity: usize, quanta: i64, out: &mut Vec<u8>) {
        let entry = &self.activities.entries[activity];
        self.head(entry.origin, out);
        out.extend_from_slice(b",\"activity\":null,\"amount\":\"");
        self.cells.quantum.exact(quanta).write(out);
        let inside = self.study.boundary.modules.contains(&crate::method::Module::B4);
        out.extend_from_slice(if inside { b"\",\"status\":\"counted\"" } else { b"\",\"status\":\"outside_total\"" });
        out.extend_from_slice(role(Role::Replacement));
        out.extend_from_slice(b",\"module\":\"B4\",\"unit\":null,\"factors\":[]}");
    }

    /// What a line starts with: its row, code and name.
    fn head(&self, origin: u32, out: &mut Vec<u8>) {
        out.push(b'{');
        match self.bill.lines().get(origin as usize) {
            Some(line) => {
                out.extend_from_slice(b"\"line\":");
                write_number(line.row, out);
                if let Some(code) = self.bill.code(line) {
                    out.extend_from_slice(b",\"id\":");
                    write_text(code, out);
                }
                out.extend_from_slice(b",\"name\":");
                write_text(self.bill.name(line), out);
            }
            None => {
                let place = self.activities.place(self.bill, origin);
                out.extend_from_slice(b"\"line\":null,\"field\":");
                write_text(place.field.as_deref().unwrap_or(""), out);
                out.extend_from_slice(b",\"name\":");
                write_text(self.activities.name(self.bill, origin), out);
            }
        }
    }

    /// What all lines of a recipe end with.
    fn tail(&self, recipe: usize) -> String {
        let recipe = &self.activities.recipes[recipe];
        let mut out = Vec::new();
        out.extend_from_slice(b",\"module\":");
        write_text(recipe.module.id(), &mut out);
        out.extend_from_slice(b",\"unit\":");
        match &recipe.unit {
            Some(unit) => write_text(unit.symbol(), &mut out),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"factors\":[");
        for (position, input) in recipe.inputs.iter().enumerate() {
            if position > 0 {
                out.push(b',');
            }
            write_text(&self.library.factors.get(input.factor).row.id, &mut out);
        }
        out.push(b']');
        if let Some(supplied) = &recipe.supplied {
            out.extend_from_slice(b",\"supplier\":");
            write_text(&supplied.source, &mut out);
        }
        if let Some(reason) = recipe.reason {
            out.extend_from_slice(b",\"reason\":");
            write_text(reason, &mut out);
        }
        if recipe.proxy {
            out.extend_from_slice(b",\"proxy\":true");
        }
        if let (Some(unit), Some(input)) = (&recipe.unit, recipe.inputs.first())
            && !input.conversion.steps.is_empty()
        {
            let factor = self.library.factors.get(input.factor);
            out.extend_from_slice(b",\"conversion\":");
            write_text(&input.conversion.sentence(1.0, unit, &factor.unit, false), &mut out);
        }
        out.push(b'}');
        String::from_utf8(out).unwrap_or_default()
    }
}

fn role(role: Role) -> &'static [u8] {
    match role {
        Role::Material => b",\"role\":\"material\"",
        Role::Transport => b",\"role\":\"transport\"",
        Role::Energy => b",\"role\":\"energy\"",
        Role::Replacement => b",\"role\":\"replacement\"",
        Role::EndOfLife => b",\"role\":\"end_of_life\"",
    }
}

fn write_number(mut value: u32, out: &mut Vec<u8>) {
    let mut digits = [0u8; 10];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// A JSON string. Plain text is copied; what needs escaping goes through `serde_json`.
fn write_text(text: &str, out: &mut Vec<u8>) {
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(serde_json::to_string(text).unwrap_or_default().as_bytes());
    }
}
