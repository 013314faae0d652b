//! The laboratory's answers on the screen.

use crate::bars::{Paint, bar};
use crate::words::{Words, pad, safe};
use std::fmt::Write;
use zuji_core::math::significant;
use zuji_core::threshold::{Figure, Interval, LimitReport, PopulationSummary, Rate, Report};

/// Width of the names of rows.
const NAME: usize = 34;

/// The report as text.
pub fn text(report: &Report, words: Words, screen: bool) -> String {
    let paint = if screen { Paint::of_stdout() } else { Paint::plain() };
    let mut out = String::new();
    head(&mut out, &report.population, words, paint);
    for limit in &report.limits {
        at_limit(&mut out, limit, report, words, paint);
    }
    sweep(&mut out, report, words, paint);
    out
}

fn head(out: &mut String, population: &PopulationSummary, words: Words, paint: Paint) {
    let name = population.name.as_deref().map_or_else(|| words.pick("population", "产品总体").to_string(), safe);
    let (given, used, left) = (population.given, population.used, population.left_out.len());
    let _ = writeln!(out, "{}", paint.bold(&name));
    let counts = words.pick(
        format!("{given} products · {used} in the statistics · {left} left out · {} makers", population.makers),
        format!("{given} 个产品 · {used} 个计入统计 · {left} 个剔除 · {} 家制造商", population.makers),
    );
    let _ = writeln!(out, "  {counts}");
    let unit =
        population.unit.as_deref().map_or_else(|| words.pick("in the unit of the table", "单位同表").to_string(), safe);
    let range = words.pick(
        format!("from {} to {}, mean {}", short(population.minimum), short(population.maximum), short(population.mean)),
        format!("{} 至 {}，均值 {}", short(population.minimum), short(population.maximum), short(population.mean)),
    );
    let _ = writeln!(out, "  {range} {}", paint.dim(&unit));
}

fn at_limit(out: &mut String, limit: &LimitReport, report: &Report, words: Words, paint: Paint) {
    let profile = &limit.profile;
    let _ = writeln!(out, "\n{} {}", paint.bold(words.pick("limit", "限值")), paint.bold(&short(profile.limit)));
    let rate = profile.by_product.rate.get();
    row(
        out,
        words.pick("pass", "通过"),
        &format!(
            "{}/{} = {}  {}",
            profile.passed,
            profile.products,
            percent(profile.by_product.rate),
            paint.green(&bar(rate, 20))
        ),
    );
    let confidence = percent(report.confidence);
    row(
        out,
        words.pick("  as independent products (Wilson)", "  视为相互独立（Wilson）"),
        &format!("{} {}", interval(profile.by_product.wilson), paint.dim(&confidence)),
    );
    robust(out, &profile.by_product, words);
    if report.population.weighted {
        row(out, words.pick("pass, share of the market", "通过，市场份额"), &percent(profile.by_weight.rate));
        robust(out, &profile.by_weight, words);
    }
    let saving = &profile.saving;
    let mean = format!("{} → {}", short(profile.mean), short(profile.mean_passing));
    row(out, words.pick("mean of all → of what passes", "均值：全部 → 通过者"), &mean);
    for (name, value, share) in [
        (words.pick("saved: buying what passes", "减排：改买通过者"), saving.selection, saving.selection_share),
        (
            words.pick("saved: failing come down to limit", "减排：未通过者降至限值"),
            saving.reduce_to_limit,
            saving.reduce_to_limit_share,
        ),
        (
            words.pick("saved: nearest passing product", "减排：换成最接近的通过者"),
            saving.nearest_passing,
            saving.nearest_passing_share,
        ),
    ] {
        row(out, name, &format!("{} ({})", short(value), percent(share)));
    }
    let competition = &profile.competition;
    if competition.makers_before > 0 {
        let hhi = format!("{} → {}", whole(competition.hhi_before), whole(competition.hhi_after));
        row(out, words.pick("concentration (HHI)", "集中度（HHI）"), &hhi);
        row(
            out,
            words.pick("makers", "制造商"),
            &format!("{} → {}", competition.makers_before, competition.makers_after),
        );
    }
    let size = &profile.size_effect;
    if size.sme + size.large > 0 {
        let counts = words.pick(
            format!(
                "SME {}/{}, large {}/{}, ratio {}",
                size.sme_passed,
                size.sme,
                size.large_passed,
                size.large,
                fixed(size.ratio, 2)
            ),
            format!(
                "中小 {}/{}，大型 {}/{}，比值 {}",
                size.sme_passed,
                size.sme,
                size.large_passed,
                size.large,
                fixed(size.ratio, 2)
            ),
        );
        row(out, words.pick("small against large firms", "中小企业与大型企业"), &counts);
    }
}

fn robust(out: &mut String, rate: &Rate, words: Words) {
    let text = match (rate.cluster_robust.low.known(), rate.effective_n.known()) {
        (Some(_), Some(n)) => {
            let (en, zh) = (
                format!(
                    "{}  {} makers tell as much as {} products",
                    interval(rate.cluster_robust),
                    rate.clusters,
                    significant(n, 2)
                ),
                format!(
                    "{}  {} 家制造商相当于 {} 个独立产品",
                    interval(rate.cluster_robust),
                    rate.clusters,
                    significant(n, 2)
                ),
            );
            words.pick(en, zh)
        }
        _ => words.pick("unknown: one maker", "未知：仅一家制造商").to_string(),
    };
    row(out, words.pick("  products of one maker are alike", "  同一制造商的产品相近"), &text);
}

fn sweep(out: &mut String, report: &Report, words: Words, paint: Paint) {
    if report.sweep.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint.bold(words.pick("sweep", "限值扫描")));
    let header = words.pick(
        "     limit    pass   market  makers    HHI   saved  SME ratio",
        "      限值    通过     市场  制造商    HHI    减排   中小比值",
    );
    let _ = writeln!(out, "{}", paint.dim(header));
    // The screen shows some twenty; JSON and the page have all.
    let step = report.sweep.len().div_ceil(20).max(1);
    for profile in report.sweep.iter().step_by(step) {
        let _ = writeln!(
            out,
            "{:>10} {:>7} {:>8} {:>7} {:>6} {:>7} {:>10}",
            short(profile.limit),
            percent(profile.by_product.rate),
            percent(profile.by_weight.rate),
            profile.competition.makers_after,
            whole(profile.competition.hhi_after),
            percent(profile.saving.selection_share),
            fixed(profile.size_effect.ratio, 2)
        );
    }
}

fn row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "  {} {}", pad(name, NAME), value.trim_end());
}

/// Four significant digits; a dash where it is unknown.
fn short(figure: Figure) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| significant(value, 4))
}

fn whole(figure: Figure) -> String {
    fixed(figure, 0)
}

fn fixed(figure: Figure, places: usize) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| format!("{value:.places$}"))
}

fn percent(figure: Figure) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| format!("{:.1} %", value * 100.0))
}

fn interval(interval: Interval) -> String {
    format!("[{}, {}]", percent(interval.low), percent(interval.high))
}
