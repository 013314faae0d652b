//! A result for people: the number, what it covers, stages as bars, hotspots by the user's own rows.

use crate::bars::{Paint, bar};
use crate::words::{Words, pad, pad_left, safe};
use std::collections::BTreeMap;
use zuji_core::diagnostic::{Diagnostics, Severity};
use zuji_core::footprint::{Breakdown, Footprint, Standing};
use zuji_core::math::{largest_remainder, plain, significant};
use zuji_core::uncertainty::Uncertainty;

const NAME: usize = 30;
const BAR: usize = 28;

/// How many hotspots are shown.
const HOTSPOTS: usize = 8;

/// Gases below a thousandth of the total that the screen still names.
const TRACES: usize = 2;

/// The result as text.
pub fn footprint(
    result: &Footprint,
    uncertainty: Option<&Uncertainty>,
    found: &Diagnostics,
    words: Words,
    screen: bool,
) -> String {
    let paint = if screen { Paint::of_stdout() } else { Paint::plain() };
    let report = result.report();
    let mut out = String::new();
    let name = safe(&report.product.name);
    let model = report.product.model.as_deref().or(report.product.id.as_deref()).map(safe).unwrap_or_default();
    let per = format!("{} {}", safe(&report.declared_unit.amount.0), safe(&report.declared_unit.unit));
    let at_least = if result.coverage.is_complete() { "" } else { "≥ " };
    out += &format!("{}  {model}\n", paint.bold(&name));
    out += &paint.bold(&format!("{at_least}{} kg CO2e / {per}", result.headline()));
    if let Some(including) = &report.total.including_biogenic_uptake
        && *including != report.total.excluding_biogenic_uptake
    {
        let figure = significant(including.to_f64(), 3);
        out += &words.pick(
            format!("   ({figure} including the uptake of biogenic carbon)"),
            format!("   （含生物成因吸收 {figure}）"),
        );
    }
    out.push('\n');
    if let Some(uncertainty) = uncertainty {
        out += &crate::range::sentence(uncertainty, words);
    }
    out += &paint.dim(&covers(result, words));
    out.push('\n');
    if let (false, Some(bound)) = (result.coverage.is_complete(), &report.total.upper_bound) {
        let figure = significant(bound.to_f64(), 3);
        out += &words.pick(
            format!("with a conservative estimate for what is missing: up to {figure} kg CO2e\n"),
            format!("按缺失部分的保守估计：最高 {figure} kg CO2e\n"),
        );
    }
    out.push('\n');
    stages(&report.by_stage, words, paint, &mut out);
    hotspots(result, words, paint, &mut out);
    composition(&report.by_gas, &report.by_kind, words, paint, &mut out);
    if let Some(uncertainty) = uncertainty {
        crate::range::table(uncertainty, words, paint, &mut out);
    }
    footer(result, found, words, paint, &mut out);
    out
}

/// One sentence that says what the number covers.
fn covers(result: &Footprint, words: Words) -> String {
    let profile = result.study.profile;
    let boundary = result.study.boundary;
    let lines = result.cells.standing.iter().filter(|standing| **standing == Standing::Counted).count();
    let all = result.cells.standing.len();
    let date = result.study.date.map_or_else(|| words.pick("no date", "无日期").to_string(), |date| date.to_string());
    let files: Vec<String> = result.document.sources.iter().map(|source| safe(&source.name)).collect();
    let files = files.join(" + ");
    words.pick(
        format!(
            "{}, {}, {}; {lines} of {all} items counted; {date}, {}; read: {files}",
            boundary.name_en,
            profile.name_en,
            result.study.set.id(),
            result.study.geography
        ),
        format!(
            "{}，{}，{}；计入 {lines}/{all} 项；{date}，{}；读取：{files}",
            boundary.name_zh,
            profile.name_zh,
            result.study.set.id(),
            result.study.geography
        ),
    )
}

fn row(name: &str, amount: f64, share: Option<&str>, width: f64, paint: Paint) -> String {
    format!(
        "  {} {} {} {}\n",
        pad(name, NAME),
        pad_left(&significant(amount, 3), 9),
        paint.green(&bar(width, BAR)),
        pad_left(&percent(share, amount), 7)
    )
}

/// A share for the screen: what rounds to nothing but is not nothing says so.
fn percent(share: Option<&str>, amount: f64) -> String {
    match share {
        None => "–".to_string(),
        Some("0") if amount != 0.0 => "< 0.1 %".to_string(),
        Some(share) => format!("{share} %"),
    }
}

fn stages(stages: &[Breakdown], words: Words, paint: Paint, out: &mut String) {
    let largest = stages.iter().map(|stage| stage.amount.to_f64()).fold(0.0, f64::max);
    let width = |amount: f64| if largest > 0.0 { amount / largest } else { 0.0 };
    *out += &format!("{}\n", paint.bold(words.pick("by stage, kg CO2e", "按阶段，kg CO2e")));
    for stage in stages {
        let name = words.pick(&stage.name_en, &stage.name_zh);
        let amount = stage.amount.to_f64();
        *out += &row(name, amount, stage.share.as_deref(), width(amount), paint);
        if stage.modules.len() > 1 {
            for module in &stage.modules {
                let name = format!("  {} {}", module.id, words.pick(&module.name_en, &module.name_zh));
                let amount = module.amount.to_f64();
                *out += &row(&name, amount, module.share.as_deref(), width(amount), paint);
            }
        }
    }
    out.push('\n');
}

/// The user's own rows that weigh most; everything that hangs on a row (its transport, its end of life) is with it.
fn hotspots(result: &Footprint, words: Words, paint: Paint, out: &mut String) {
    let mut by_origin: BTreeMap<u32, i64> = BTreeMap::new();
    for (index, entry) in result.activities.entries.iter().enumerate() {
        if result.counts(index) {
            *by_origin.entry(entry.origin).or_default() += result.cells.by_activity[index];
        }
    }
    let inside = result.study.boundary.modules.contains(&zuji_core::method::Module::B4);
    for &(activity, quanta) in result.cells.replaced.iter().filter(|_| inside) {
        *by_origin.entry(result.activities.entries[activity as usize].origin).or_default() += quanta;
    }
    let mut ranked: Vec<(u32, i64)> = by_origin.into_iter().collect();
    ranked.sort_by_key(|(origin, quanta)| (std::cmp::Reverse(*quanta), *origin));
    let rest: i64 = ranked.iter().skip(HOTSPOTS).map(|(_, quanta)| quanta).sum();
    let others = ranked.len().saturating_sub(HOTSPOTS);
    ranked.truncate(HOTSPOTS);
    let mut quanta: Vec<i64> = ranked.iter().map(|(_, quanta)| *quanta).collect();
    quanta.push(rest);
    let shares = largest_remainder(&quanta, 1000);
    let share = |position: usize| {
        shares.as_ref().map(|shares| {
            let tenths = shares[position];
            if tenths % 10 == 0 { format!("{}", tenths / 10) } else { plain(tenths as f64 / 10.0) }
        })
    };
    let largest = quanta.first().copied().unwrap_or(0).max(1) as f64;
    *out += &format!("{}\n", paint.bold(words.pick("hotspots, by your own rows", "热点（按您的行）")));
    for (position, &(origin, quanta)) in ranked.iter().enumerate() {
        let name = safe(result.activities.name(result.bill, origin));
        let place = result.activities.place(result.bill, origin);
        let label = match place.line {
            Some(line) => format!("{} {name}", pad_left(&words.pick(format!("row {line}"), format!("第{line}行")), 8)),
            None => format!("{} {name}", pad_left(part_of_document(place.field.as_deref(), words), 8)),
        };
        let amount = result.cells.quantum.exact(quanta).to_f64();
        *out += &row(&label, amount, share(position).as_deref(), quanta as f64 / largest, paint);
    }
    if others > 0 {
        let label = words.pick(format!("         {others} others"), format!("         其他 {others} 项"));
        let amount = result.cells.quantum.exact(rest).to_f64();
        // The rest is no hotspot: a bar would stand beside the others as if it were one.
        *out += &row(&label, amount, share(ranked.len()).as_deref(), 0.0, paint);
    }
    out.push('\n');
}

/// What part of the document something stands in that is no row of the bill.
fn part_of_document(field: Option<&str>, words: Words) -> &'static str {
    match field.map(|field| field.split('[').next().unwrap_or("")) {
        Some("energy") => words.pick("energy", "能源"),
        Some("use.energy") => words.pick("use", "使用"),
        Some("distribution") => words.pick("delivery", "分销"),
        _ => "",
    }
}

fn composition(gases: &[Breakdown], kinds: &[Breakdown], words: Words, paint: Paint, out: &mut String) {
    let list = |parts: &[Breakdown]| {
        // A linked database has dozens of gases, most of them traces: the screen counts those, JSON has them all.
        let trace = |part: &&Breakdown| part.share.as_deref() == Some("0");
        let traces = parts.iter().filter(trace).count();
        let together = traces > TRACES;
        let mut named = parts
            .iter()
            .filter(|part| !together || !trace(part))
            .map(|part| {
                let name = words.pick(&part.name_en, &part.name_zh);
                let amount = part.amount.to_f64();
                match &part.share {
                    Some(share) => format!("{name} {}", percent(Some(share), amount)),
                    None => format!("{name} {}", significant(amount, 3)),
                }
            })
            .collect::<Vec<_>>();
        if together {
            named.push(words.pick(format!("{traces} others < 0.1 % each"), format!("其他 {traces} 种各 < 0.1 %")));
        }
        named.join(" · ")
    };
    *out += &format!("{} {}\n", paint.bold(words.pick("gases", "气体")), list(gases));
    *out += &format!("{} {}\n", paint.bold(words.pick("kinds", "类别")), list(kinds));
}

/// What the document leaves out, with its own estimates: a reader must see that it is not in the number.
fn excluded(result: &Footprint, words: Words, paint: Paint, out: &mut String) {
    let all = &result.document.excluded;
    if all.is_empty() {
        return;
    }
    let named: Vec<String> = all
        .iter()
        .map(|one| match &one.estimate {
            Some(estimate) => format!("{} ({} kg CO2e)", safe(&one.what), safe(&estimate.0)),
            None => {
                words.pick(format!("{} (not estimated)", safe(&one.what)), format!("{}（未估算）", safe(&one.what)))
            }
        })
        .collect();
    let list = named.join(words.pick(", ", "、"));
    *out += &format!("{} {list}\n", paint.bold(words.pick("left out, not in the number:", "未计入：")));
}

fn footer(result: &Footprint, found: &Diagnostics, words: Words, paint: Paint, out: &mut String) {
    let coverage = &result.coverage;
    let unknown = words.pick("unknown", "未知");
    let share = coverage.share.as_deref().map_or(unknown.to_string(), |share| format!("{share} %"));
    let mass = coverage.mass.as_deref().map_or(unknown.to_string(), |share| format!("{share} %"));
    let status = if coverage.is_complete() {
        paint.green(words.pick("complete", "完整"))
    } else {
        paint.red(&words.pick(
            format!("incomplete: {} missing", coverage.missing.len()),
            format!("不完整：缺 {} 项", coverage.missing.len()),
        ))
    };
    *out += &words.pick(
        format!(
            "{} {status} · by emissions {share} · by rows {} % · by mass {mass}\n",
            paint.bold("coverage"),
            coverage.rows
        ),
        format!("{} {status} · 按排放 {share} · 按行 {} % · 按质量 {mass}\n", paint.bold("覆盖"), coverage.rows),
    );
    let quality = &result.quality;
    if let (Some(technology), Some(geography), Some(time), Some(primary)) =
        (&quality.technology, &quality.geography, &quality.time, &quality.primary_data_share)
    {
        *out += &words.pick(
            format!("{} technology {technology} · geography {geography} · time {time} (1 best, 5 worst) · primary data {primary} %\n", paint.bold("quality")),
            format!("{} 技术 {technology} · 地域 {geography} · 时间 {time}（1 最好，5 最差） · 初级数据 {primary} %\n", paint.bold("质量")),
        );
    }
    excluded(result, words, paint, out);
    let engine = zuji_core::footprint::Engine::THIS;
    let digest = &engine.source_sha256[..12];
    *out += &paint.dim(&words.pick(
        format!(
            "zuji {} ({digest}) · trace a row: zuji explain FILE:ROW · exact figures: --format json\n",
            engine.version
        ),
        format!("zuji {}（{digest}） · 追溯某一行：zuji explain 文件:行号 · 精确数值：--format json\n", engine.version),
    ));
    let open = found.count(Severity::Error) + found.count(Severity::Question);
    if open > 0 {
        *out += &paint.yellow(
            &words
                .pick(format!("{open} finding(s) need you, see below\n"), format!("有 {open} 个问题需要处理，见下\n")),
        );
    }
}
