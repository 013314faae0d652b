//! What a careful reader would say of a report.

use super::figure::Figure;
use super::forecast::Model;
use super::laboratory::{LimitReport, Report};
use super::population::Population;
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::math::significant;

/// Independent makers below which there is no competition.
const MAKERS: u32 = 3;
/// The four-fifths rule of thumb.
const FOUR_FIFTHS: f64 = 0.8;
/// Probability below which chance is not believed.
const CHANCE: f64 = 0.05;
/// Share of products that change sides from which a method decides.
const FLIPPED: f64 = 0.10;
/// Share of the market that cannot be called from which a limit selects luck.
const UNCLEAR: f64 = 0.5;

/// Adds the warnings.
pub(super) fn warn(population: &Population, report: &Report, found: &mut Diagnostics) {
    let products = population.products.len();
    let unknown = population.products.iter().filter(|product| product.log_sd.is_none()).count();
    if unknown > 0 {
        found.push(Diagnostic::new(&catalogue::T108).with("unknown", unknown).with("products", products));
    }
    if population.unexplained_errors > 0 {
        found.push(Diagnostic::new(&catalogue::T109).with("count", population.unexplained_errors));
    }
    for limit in &report.limits {
        at_limit(limit, found);
    }
    for quantile in report.quantiles.iter().filter(|quantile| quantile.ranks.is_none()) {
        found.push(
            Diagnostic::new(&catalogue::T210)
                .with("count", products)
                .with("quantile", number(quantile.quantile))
                .with("needed", quantile.products_needed),
        );
    }
    if let Some(mixture) = report.mixture.as_ref().filter(|mixture| mixture.two) {
        let part = |part: &super::Part| format!("{} ({})", number(part.median), percent(part.share));
        found.push(
            Diagnostic::new(&catalogue::T203)
                .with("one", number(mixture.bic_one))
                .with("two", number(mixture.bic_two))
                .with("parts", mixture.parts.iter().map(part).collect::<Vec<_>>().join(", ")),
        );
    }
    if report.copies.count > 0 {
        let pair = |pair: &super::Copied| format!("{} / {} ({})", pair.first.0, pair.second.0, number(pair.cosine));
        let pairs: Vec<String> = report.copies.pairs.iter().take(3).map(pair).collect();
        found
            .push(Diagnostic::new(&catalogue::T205).with("count", report.copies.count).with("pairs", pairs.join("; ")));
    }
    over_the_years(report, found);
}

fn at_limit(report: &LimitReport, found: &mut Diagnostics) {
    let limit = || number(report.profile.limit);
    let competition = &report.profile.competition;
    if competition.makers_before > 0 && competition.makers_after < MAKERS {
        found.push(Diagnostic::new(&catalogue::T201).with("limit", limit()).with("makers", competition.makers_after));
    }
    if let Some(ratio) = report.profile.size_effect.ratio.known().filter(|ratio| *ratio < FOUR_FIFTHS) {
        found.push(Diagnostic::new(&catalogue::T202).with("limit", limit()).with("ratio", significant(ratio, 2)));
    }
    let bunching = &report.bunching;
    if bunching.p_value.known().is_some_and(|p| p < CHANCE) {
        found.push(
            Diagnostic::new(&catalogue::T204)
                .with("limit", limit())
                .with("below", bunching.below)
                .with("above", bunching.above)
                .with("p", number(bunching.p_value)),
        );
    }
    if let Some(wrong) = &report.misclassification {
        for (exact, sampled) in [
            ([wrong.false_accept, wrong.false_reject], &wrong.monte_carlo),
            ([wrong.process.consumer_risk, wrong.process.producer_risk], &wrong.process.monte_carlo),
        ] {
            if !sampled.agrees {
                let pair = |one: Figure, two: Figure| format!("{}, {}", number(one), number(two));
                found.push(
                    Diagnostic::new(&catalogue::T206)
                        .with("limit", limit())
                        .with("exact", pair(exact[0], exact[1]))
                        .with("sampled", pair(sampled.false_accept, sampled.false_reject)),
                );
            }
        }
        if wrong.ambiguous.known().is_some_and(|share| share > UNCLEAR) {
            found
                .push(Diagnostic::new(&catalogue::T207).with("limit", limit()).with("share", percent(wrong.ambiguous)));
        }
    }
    if report.staleness.stale {
        let newest = report.staleness.years.last().map_or(report.profile.by_product.rate, |year| year.pass_rate);
        found.push(
            Diagnostic::new(&catalogue::T208)
                .with("limit", limit())
                .with("rate", percent(newest))
                .with("low", percent(report.staleness.low))
                .with("high", percent(report.staleness.high)),
        );
    }
    for one in report.sensitivity.iter().filter(|one| one.flipped.get() > FLIPPED) {
        found.push(
            Diagnostic::new(&catalogue::T209)
                .with("limit", limit())
                .with("share", percent(one.flipped))
                .with("name", &one.alternative)
                .with("rebased", number(one.rebased_limit)),
        );
    }
}

fn over_the_years(report: &Report, found: &mut Diagnostics) {
    if let Some(forecast) = report.forecast.as_ref().filter(|forecast| !forecast.beats_naive) {
        let others = forecast.back_test.iter().filter(|one| one.model != Model::Naive);
        if let Some(best) = others.min_by(|a, b| a.pinball.get().total_cmp(&b.pinball.get())) {
            let words = match best.model {
                Model::Naive => ("naive", "保持不变"),
                Model::Drift => ("drift", "漂移"),
                Model::TheilSen => ("Theil–Sen", "Theil–Sen"),
                Model::LocalLevel => ("local level", "局部水平"),
            };
            found.push(
                Diagnostic::new(&catalogue::T301)
                    .with("quantile", number(forecast.quantile))
                    .with_words("model", words)
                    .with("ratio", number(best.against_naive)),
            );
        }
    }
    if let Some(path) = report.path.as_ref().filter(|path| !path.rises.is_empty()) {
        let years: Vec<String> = path.rises.iter().map(i32::to_string).collect();
        found.push(Diagnostic::new(&catalogue::T304).with("years", years.join(", ")));
    }
    for asset in &report.lock_in {
        if let Some(year) = asset.fails_from {
            let last = report.path.as_ref().and_then(|path| path.in_year(i32::MAX));
            found.push(
                Diagnostic::new(&catalogue::T305)
                    .with("asset", &asset.asset)
                    .with("year", year)
                    .with("above", asset.years_above)
                    .with("life", asset.life)
                    .with("limit", number(Figure(last.unwrap_or(f64::NAN)))),
            );
        }
    }
}

fn number(figure: Figure) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| significant(value, 3))
}

fn percent(figure: Figure) -> String {
    figure.known().map_or_else(|| "–".to_string(), |share| format!("{:.1} %", share * 100.0))
}
