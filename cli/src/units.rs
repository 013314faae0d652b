//! `zuji units`: every unit with all its names.

use crate::words::pad;
use zuji_core::quantity::UnitTable;

/// Lists the known units.
pub fn run() {
    let table = UnitTable::standard();
    let mut last = String::new();
    let mut names: Vec<String> = Vec::new();
    let flush = |unit: &str, names: &mut Vec<String>| {
        if !names.is_empty() {
            say!("{} {}", pad(unit, 16), names.join("  "));
            names.clear();
        }
    };
    for (symbol, unit) in table.symbols() {
        if unit.symbol() != last {
            flush(&last, &mut names);
            last = unit.symbol().to_string();
        }
        if symbol != unit.symbol() || names.is_empty() {
            names.push(symbol.to_string());
        }
    }
    flush(&last, &mut names);
}
