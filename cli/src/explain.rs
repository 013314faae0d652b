//! `zuji explain`: what a code means, or where the figure of a line comes from.

use crate::arguments::ExplainCommand;
use crate::words::{Words, safe};
use crate::{files, findings, lci};
use std::path::Path;
use zuji_core::diagnostic::{Severity, catalogue};
use zuji_core::footprint::{Footprint, LineTrace, footprint};
use zuji_core::math::significant;

/// Explains.
pub fn run(command: &ExplainCommand, words: Words) -> u8 {
    if let Some(entry) = catalogue::find(&command.what) {
        let sentences = entry.sentences(words.language);
        let severity = match entry.severity {
            Severity::Error => {
                words.pick("error: the line is not counted, or nothing is computed", "错误：该行不计入，或无法计算")
            }
            Severity::Question => words.pick("question: waits for your decision", "待确认：等待您的决定"),
            Severity::Warning => words.pick("warning: counted, but flagged", "警告：计入，但会标记"),
            Severity::Note => words.pick("note: handled, and listed", "说明：已自动处理并列出"),
        };
        say!("{}  {severity}", entry.code);
        say!("{} {}", words.pick("found:", "发现："), holes(sentences.found));
        say!("{} {}", words.pick("why:  ", "原因："), holes(sentences.why));
        say!("{} {}", words.pick("fix:  ", "处理："), holes(sentences.fix));
        return 0;
    }
    let Some((path, row)) = command.what.rsplit_once(':').filter(|(path, _)| Path::new(path).is_file()) else {
        eprintln!(
            "{}",
            words.pick(
                format!(
                    "\"{}\" is neither a code (U201) nor a line of a file (bom.csv:7). The codes:",
                    safe(&command.what)
                ),
                format!("“{}”既不是代码（U201），也不是文件中的行（bom.csv:7）。全部代码：", safe(&command.what)),
            )
        );
        let codes: Vec<&str> = catalogue::all().map(|entry| entry.code).collect();
        eprintln!("{}", codes.join(" "));
        return 2;
    };
    let (pack, database) = match lci::linked(&command.background, command.computation.gwp.as_deref()) {
        Ok(linked) => linked.unzip(),
        Err(found) => {
            findings::print(&found, words);
            return 2;
        }
    };
    let (library, _) = match files::library_with(command.computation.factors.as_deref(), pack) {
        Ok(library) => library,
        Err(finding) => return findings::fail(finding, words),
    };
    let mut input = match files::product(Path::new(path), &command.computation, &library) {
        Ok(input) => input,
        Err(finding) => return findings::fail(finding, words),
    };
    if let Some(database) = &database {
        database.link(&mut input.bill);
    }
    let outcome = footprint(&input.bill, &input.document, &library, &files::options(&command.computation));
    let Some(result) = &outcome.footprint else {
        let mut found = outcome.diagnostics;
        input.locate(&mut found);
        findings::print(&found, words);
        return 2;
    };
    let traces = match row.parse::<u32>() {
        Ok(row) => result.trace_row(row),
        Err(_) => result.trace_name(row),
    };
    if traces.is_empty() {
        eprintln!(
            "{}",
            words.pick(
                format!("nothing was computed from {}", safe(&command.what)),
                format!("{} 没有参与计算", safe(&command.what))
            )
        );
        return 2;
    }
    for trace in &traces {
        print_trace(trace, result, words);
    }
    0
}

/// Arguments stand as … in a general explanation.
fn holes(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for character in text.chars() {
        match character {
            '{' => {
                inside = true;
                out.push('…');
            }
            '}' => inside = false,
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out
}

fn print_trace(trace: &LineTrace, result: &Footprint, words: Words) {
    let total = trace.total.to_f64();
    let state = match (trace.counted, trace.reason) {
        (true, _) => words.pick("counted", "计入总量").to_string(),
        (false, Some(code)) => words.pick(format!("not counted: {code}"), format!("未计入：{code}")),
        (false, None) => words.pick("outside the total", "在总量之外").to_string(),
    };
    let place = match (&trace.place.file, trace.place.line) {
        (None, Some(line)) => words.pick(format!("line {line}"), format!("第{line}行")),
        _ => trace.place.to_string(),
    };
    say!("{}  [{}]  {place}  {state}", safe(&trace.name), trace.module);
    if trace.reason.is_none() {
        say!(
            "  {} kg CO2e = {} {} × {}",
            trace.total,
            trace.amount,
            trace.unit,
            words.pick(format!("{} (units of its assembly)", trace.units), format!("{}（所属组件数量）", trace.units))
        );
    }
    if let Some((source, per_unit)) = &trace.supplied {
        say!("  {} {} · {per_unit} kg CO2e/{}", words.pick("supplier:", "供应商："), safe(source), trace.unit);
    }
    for input in &trace.inputs {
        let factor = result.library.factors.get(input.factor);
        let row = &factor.row;
        let value = input.value.map_or("–".into(), |value| significant(value, 6));
        say!("  {} {}", words.pick("factor", "因子"), row.id);
        say!(
            "    {} / {} · {value} kg CO2e/{} · {} · {} · {}",
            row.name_zh,
            row.name_en,
            row.unit,
            row.geography,
            row.period,
            row.boundary
        );
        say!("    {}{}", words.pick("source: ", "来源："), row.source);
        say!(
            "    {}{} · {} {}",
            words.pick("licence: ", "许可："),
            factor.licence(),
            words.pick("table", "表"),
            factor.table.id
        );
        let conversion = words.pick(&input.conversion.0, &input.conversion.1);
        if !conversion.is_empty() {
            say!("    {}{conversion}", words.pick("conversion: ", "换算："));
        }
        if let Some(value) = input.value {
            say!(
                "    {} {} × {} = {} kg CO2e",
                significant(input.amount, 9),
                row.unit,
                significant(value, 6),
                significant(input.amount * value, 6)
            );
        }
        if let Some(proxy) = &row.proxy {
            say!(
                "    {}{}: {}",
                words.pick("declared proxy for ", "声明的替代因子，代表 "),
                proxy.stands_for,
                proxy.reason
            );
        }
        if let Some(note) = &row.note {
            say!("    {}{note}", words.pick("note: ", "备注："));
        }
    }
    for (kg, gas, en, zh) in &trace.direct {
        say!("  {} {kg} kg {gas}/{} · {}", words.pick("by rule", "按规则"), trace.unit, words.pick(*en, *zh));
    }
    if !trace.order.is_empty() {
        say!("  {} {}", words.pick("geography was sought in the order", "地域选取顺序"), trace.order);
    }
    let [technology, geography, time] = trace.scores;
    if trace.reason.is_none() {
        say!(
            "  {} {technology} · {geography} · {time}   ({} kg CO2e)",
            words.pick("quality (technology · geography · time)", "数据质量（技术 · 地域 · 时间）"),
            significant(total, 3)
        );
    }
}
