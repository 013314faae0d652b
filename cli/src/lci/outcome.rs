//! How every command ends: findings on the screen or in JSON, the exit status, and numbers as the screen shows them.

use super::arguments::Asked;
use super::open::{Model, model};
use super::ready::{solved, supply};
use crate::arguments::Format;
use crate::bars::Paint;
use crate::findings;
use crate::words::Words;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use zuji_core::footprint::linked::{Solved, Supply};
use zuji_core::inventory::Impact;
use zuji_core::math::significant;
use zuji_core::solve::linked::{Basis, Certificate, Step};

/// Nothing was computed: status 2. A program that asked for JSON gets JSON here too.
pub fn refuse(schema: &str, found: &Diagnostics, format: Format, words: Words) -> u8 {
    if format == Format::Json {
        let diagnostics = zuji_formats::result::findings(found.iter(), words.language);
        say!("{:#}", json!({ "schema": schema, "exit_status": 2, "diagnostics": diagnostics }));
    } else {
        findings::print(found, words);
    }
    2
}

/// Reads, solves and answers a demand: 0 answered, 1 answered with something open in the database, 2 not.
pub fn answer(
    schema: &str,
    asked: &Asked,
    demand: &[String],
    words: Words,
    show: impl FnOnce(&Model, &Solved, &Supply) -> Result<(), Diagnostics>,
) -> u8 {
    let answered = || {
        let model = model(&asked.open, &asked.choices)?;
        let solved = solved(&model, asked.choices.fast)?;
        show(&model, &solved, &supply(&solved, demand)?)?;
        Ok(status(&model.found))
    };
    answered().unwrap_or_else(|found: Diagnostics| refuse(schema, &found, asked.format, words))
}

/// 0, or 1 where the database leaves something open.
pub fn status(found: &Diagnostics) -> u8 {
    u8::from(found.count(Severity::Error) + found.count(Severity::Question) > 0)
}

/// What is wrong with a database, on standard error: the first finding of every code, the others counted. They are the
/// same at every demand; `check` shows them all.
pub fn brief(found: &Diagnostics, words: Words) {
    let paint = Paint::of_stderr();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let serious = |one: &&Diagnostic| matches!(one.severity(), Severity::Error | Severity::Question);
    for finding in found.iter().filter(serious) {
        let count = counts.entry(finding.code()).or_default();
        *count += 1;
        if *count == 1 {
            eprintln!("{}", findings::one(finding, words, paint));
        }
    }
    let more: usize = counts.values().map(|count| count - 1).sum();
    let lighter = found.iter().count() - counts.values().sum::<usize>();
    if more + lighter > 0 {
        let (en, zh) = (
            format!("… {more} more of the same and {lighter} warnings and notes: zuji lci check"),
            format!("…… 另有 {more} 条同类诊断与 {lighter} 条警告和说明：zuji lci check"),
        );
        eprintln!("{}", words.pick(en, zh));
    }
}

/// Writes a file that was asked for.
pub fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Diagnostic> {
    std::fs::write(path, text)
        .map_err(|error| Diagnostic::new(&catalogue::E110).with("file", path.display()).with("cause", error))
}

/// The impact that is shown where none is named: the first in CO2 equivalents, else the first.
pub fn climate(impacts: &[Impact]) -> u32 {
    let equivalents = |one: &Impact| {
        let unit: String = one.unit.to_lowercase().replace('₂', "2");
        unit.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| matches!(word, "co2" | "co2e" | "co2eq"))
    };
    impacts.iter().position(equivalents).unwrap_or(0) as u32
}

/// A number of the screen: significant digits, with an exponent where zeros would hide them.
pub fn number(value: f64, digits: usize) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e15).contains(&size) {
        return significant(value, digits);
    }
    format!("{value:.*e}", digits.saturating_sub(1))
}

/// A share as a percentage of at most one decimal.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A certificate in one line.
pub fn certificate(certificate: &Certificate, words: Words) -> String {
    let step = match certificate.step {
        Step::Sweep => words.pick("one sweep, no loops", "单次遍历，无环"),
        Step::SmallComponents => words.pick("dense LU of small loops", "小环稠密 LU"),
        Step::GaussSeidel => words.pick("Gauss–Seidel", "高斯-赛德尔"),
        Step::BiCgStab => "BiCGSTAB",
        Step::Factorisation => words.pick("sparse LU", "稀疏 LU"),
    };
    let error = number(certificate.forward_error, 2);
    let basis = match certificate.basis {
        Basis::Bound => words.pick("at most", "不超过"),
        Basis::Estimate => words.pick("about", "约"),
    };
    words.pick(format!("{step}; relative error {basis} {error}"), format!("{step}；相对误差{basis} {error}"))
}

#[cfg(test)]
mod tests {
    use super::{climate, number};
    use zuji_core::inventory::Impact;

    #[test]
    fn climate_comes_first_by_its_unit() {
        let list = |units: &[&str]| -> Vec<Impact> {
            units.iter().map(|unit| Impact { id: "x".into(), name: "x".into(), unit: (*unit).into() }).collect()
        };
        for (units, at) in [
            (&["kg SO2 eq", "kg CO2 eq", "kg CO2e"][..], 1),
            (&["kg CFC11", "kg CO₂-eq"], 1),
            (&["MJ", "kgCO2"], 0),
            (&["kg", "kg CO2e"], 1),
            (&["MJ", "kg"], 0),
            (&[], 0),
        ] {
            assert_eq!(climate(&list(units)), at, "{units:?}");
        }
    }

    #[test]
    fn numbers_show_their_digits() {
        assert_eq!(number(6.6e-14, 2), "6.6e-14");
        assert_eq!(number(-0.000_01, 3), "-1.00e-5");
        assert_eq!(number(0.25, 3), "0.250");
        assert_eq!(number(0.0, 3), "0");
        assert_eq!(number(2.5e20, 2), "2.5e20");
    }
}
