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
    quantiles(&mut out, report, words, paint);
    for limit in &report.limits {
        at_limit(&mut out, limit, report, words, paint);
        wrong_decisions(&mut out, limit, words);
        otherwise(&mut out, limit, words);
        money(&mut out, limit, words);
    }
    points(&mut out, report, words, paint);
    years(&mut out, report, words, paint);
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
    if let Some(chance) = limit.rivalry.three_qualify.known() {
        let name = words.pick("three of the bidders qualify", "至少三家投标人合格");
        let of =
            words.pick(format!("of {} bidders", limit.rivalry.bidders), format!("共 {} 家投标", limit.rivalry.bidders));
        row(out, name, &format!("{} {of}", percent(Figure(chance))));
    }
    if let Some(bounds) = limit.selection_bounds {
        row(out, words.pick("pass, undeclared products unknown", "通过（未申报产品未知）"), &interval(bounds));
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

fn quantiles(out: &mut String, report: &Report, words: Words, paint: Paint) {
    let _ = writeln!(out, "\n{}", paint.bold(words.pick("quantiles", "分位数")));
    for one in &report.quantiles {
        let held = match one.ranks {
            Some((low, high)) => {
                let ends = format!("[{}, {}]", short(one.interval.low), short(one.interval.high));
                let (coverage, needed) = (percent(one.coverage), one.products_needed);
                words.pick(
                    format!("{ends} ranks {low}–{high} ({coverage}); {needed} independent products needed"),
                    format!("{ends} 秩 {low}–{high}（{coverage}）；需 {needed} 个独立产品"),
                )
            }
            None => words.pick("too few products for an interval", "产品太少，无法给出区间").to_string(),
        };
        row(out, &percent(one.quantile), &format!("{} {held}", short(one.value)));
    }
}

fn wrong_decisions(out: &mut String, limit: &LimitReport, words: Words) {
    let Some(wrong) = &limit.misclassification else {
        let unknown = words.pick("unknown: no product states its uncertainty", "未知：没有产品注明不确定性");
        return row(out, words.pick("wrong decisions", "误判"), unknown);
    };
    let both = |accept, reject| {
        words.pick(
            format!("{} accepted, {} rejected", percent(accept), percent(reject)),
            format!("误接受 {}，误拒绝 {}", percent(accept), percent(reject)),
        )
    };
    row(
        out,
        words.pick("wrong decisions, of the market", "误判，占市场"),
        &both(wrong.false_accept, wrong.false_reject),
    );
    let sampled = &wrong.monte_carlo;
    row(out, words.pick("  by Monte Carlo", "  蒙特卡洛"), &both(sampled.false_accept, sampled.false_reject));
    let process = &wrong.process;
    row(
        out,
        words.pick("  of a product yet unknown", "  尚未知晓的产品"),
        &both(process.consumer_risk, process.producer_risk),
    );
    row(out, words.pick("  cannot be called", "  无法判定"), &percent(wrong.ambiguous));
    let guards: Vec<String> = wrong
        .guard_bands
        .iter()
        .map(|guard| format!("{} {}", percent(guard.risk), short(guard.accept_up_to)))
        .collect();
    row(out, words.pick("  guard bands: risk, accept up to", "  保护带：风险，接受至"), &guards.join("  "));
    let first: Vec<String> = wrong
        .products_to_verify
        .iter()
        .take(3)
        .map(|one| format!("{} ({})", safe(&one.name), percent(one.conforms_with_prior.unwrap_or(one.conforms))))
        .collect();
    row(out, words.pick("  verify first (P of conforming)", "  优先核查（达标概率）"), &first.join(", "));
}

fn otherwise(out: &mut String, limit: &LimitReport, words: Words) {
    for one in &limit.sensitivity {
        let (flipped, moved) = (percent(one.flipped), short(one.rebased_limit));
        let text = words.pick(
            format!("{flipped} change sides; limit moved to {moved}: {}", percent(one.flipped_rebased)),
            format!("{flipped} 结论改变；限值移至 {moved} 后为 {}", percent(one.flipped_rebased)),
        );
        row(out, &format!("{} {}", words.pick("counted as", "改按"), safe(&one.alternative)), &text);
    }
}

fn money(out: &mut String, limit: &LimitReport, words: Words) {
    let impact = &limit.impact;
    if impact.baseline.tonnes.known().is_none() {
        return;
    }
    for (name, one) in [
        (words.pick("a year: baseline", "年度：基线"), &impact.baseline),
        (words.pick("a year: standard", "年度：标准"), &impact.standard),
        (words.pick("a year: best available", "年度：最佳可得"), &impact.best_available),
    ] {
        let cost = one.cost_per_tonne.known().map_or_else(String::new, |cost| {
            words.pick(format!(", {} per t", significant(cost, 3)), format!("，每吨 {}", significant(cost, 3)))
        });
        let saved = words.pick("saves", "减排");
        row(out, name, &format!("{} t, {saved} {} t{cost}", short(one.tonnes), short(one.saved_tonnes)));
    }
}

fn points(out: &mut String, report: &Report, words: Words, paint: Paint) {
    let Some(points) = &report.points else { return };
    let _ = writeln!(out, "\n{}", paint.bold(words.pick("what points are worth", "分值的价值")));
    for piece in &points.pieces {
        let worth = words.pick(
            format!("notch {}, implied {} per t", short(piece.notch_value), short(piece.carbon_price_per_tonne)),
            format!("档差价值 {}，隐含每吨 {}", short(piece.notch_value), short(piece.carbon_price_per_tonne)),
        );
        row(out, &format!("{} → {}", short(piece.from), short(piece.to)), &worth);
    }
}

fn years(out: &mut String, report: &Report, words: Words, paint: Paint) {
    if let Some(path) = &report.path {
        let _ = writeln!(out, "\n{}", paint.bold(words.pick("path of the limit", "限值路径")));
        for (year, pass) in path.years.iter().zip(&report.path_pass_rates) {
            let today = words.pick("of today's products pass", "今日产品通过");
            row(out, &year.year.to_string(), &format!("{}  {} {today}", short(year.limit), percent(pass.today)));
        }
    }
    if let Some(forecast) = &report.forecast {
        let title = words.pick("forecast of the quantile", "分位数预测");
        let _ = writeln!(out, "\n{} {}", paint.bold(title), percent(forecast.quantile));
        for one in &forecast.back_test {
            let text = words.pick(
                format!("{:.3} × naive, coverage {}", one.against_naive.get(), percent(one.coverage)),
                format!("损失 {:.3} 倍，覆盖率 {}", one.against_naive.get(), percent(one.coverage)),
            );
            row(out, &format!("{:?}", one.model), &text);
        }
        for one in &forecast.forecasts {
            row(
                out,
                &one.year.to_string(),
                &format!("{} [{}, {}]", short(one.median), short(one.low), short(one.high)),
            );
        }
    }
    if let Some(change) = &report.change {
        let text = words.pick(
            format!(
                "{} → {}: products {}, method {}",
                short(change.before),
                short(change.after),
                short(change.population),
                short(change.method)
            ),
            format!(
                "{} → {}：产品 {}，方法 {}",
                short(change.before),
                short(change.after),
                short(change.population),
                short(change.method)
            ),
        );
        row(out, words.pick("what moved the limit", "限值变化来源"), &text);
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
