//! The range as pictures: how the samples lie, and what makes the range.
//!
//! No script, no style, no font, nothing fetched: they may stand in any page. The same data gives the same bytes.

use super::report::{Range, Uncertainty};
use super::summary::Six;
use crate::diagnostic::Language;
use crate::footprint::linked::escaped;
use crate::math::significant;
use std::fmt::Write;

/// Pixels.
const WIDE: f64 = 640.0;
const MARGIN: f64 = 40.0;
const TALL: f64 = 220.0;
const ROW: f64 = 22.0;
const NAMES: f64 = 210.0;
/// Characters of a label.
const LABEL: usize = 26;
/// Rows of a tornado.
const ROWS: usize = 12;

const INSIDE: &str = "#5b8aa6";
const OUTSIDE: &str = "#b9c7cf";
const LIMIT: &str = "#b03a2e";
const DARK: &str = "#1f3b4d";

impl Uncertainty {
    /// How the samples lie: the middle 95 % dark, the limit as a line. `None` where nothing was sampled.
    pub fn histogram_svg(&self, language: Language) -> Option<String> {
        let range = self.range.as_ref()?;
        let (low, high) = (range.histogram.low.0, range.histogram.high.0);
        let (from, to) = (self.quantile(0.025)?, self.quantile(0.975)?);
        let parts = range.histogram.counts.len() as f64;
        let most = range.histogram.counts.iter().copied().max().unwrap_or(0).max(1);
        let title = match language {
            Language::En => format!("{} samples, kg CO2e; 95 % range {}", self.samples, between(from, to)),
            Language::Zh => format!("{} 个样本，kg CO2e；95% 范围 {}", self.samples, between(from, to)),
        };
        // The limit may lie beyond the samples; then the axis goes there.
        let (mut left, mut right) = (low, high);
        if let Some(limit) = &range.limit {
            (left, right) = (left.min(limit.limit.0), right.max(limit.limit.0));
        }
        let scale = Scale::new(left, right, MARGIN, WIDE - MARGIN);
        let mut out = open(TALL + 70.0, &title);
        let step = (high - low) / parts;
        for (part, count) in range.histogram.counts.iter().enumerate() {
            let (a, b) = (low + step * part as f64, low + step * (part + 1) as f64);
            let (x, end) = (scale.at(a), scale.at(b));
            let height = TALL * f64::from(*count) / f64::from(most);
            let middle = 0.5 * (a + b);
            let fill = if middle >= from && middle <= to { INSIDE } else { OUTSIDE };
            let _ = writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{fill}\"><title>{}: {count}\
                 </title></rect>",
                30.0 + TALL - height,
                (end - x).max(0.5),
                between(a, b)
            );
        }
        let base = 30.0 + TALL;
        let _ =
            writeln!(out, "<path d=\"M{MARGIN:.1} {base:.1}H{:.1}\" stroke=\"{DARK}\" fill=\"none\"/>", WIDE - MARGIN);
        for value in [left, self.quantile(0.5)?, right] {
            text(&mut out, scale.at(value), base + 16.0, "middle", &significant(value, 3));
        }
        if let Some(limit) = &range.limit {
            let word = match language {
                Language::En => "limit",
                Language::Zh => "限值",
            };
            let shown = limit.probability.map_or("–".into(), |p| format!("{} %", significant(100.0 * p.value.0, 3)));
            let x = scale.at(limit.limit.0);
            let _ = writeln!(
                out,
                "<path d=\"M{x:.1} 30.0V{base:.1}\" stroke=\"{LIMIT}\" stroke-width=\"2.0\" fill=\"none\"/>"
            );
            let label = format!("{word} {} (P {shown})", significant(limit.limit.0, 3));
            text(&mut out, x.clamp(120.0, WIDE - 120.0), base + 32.0, "middle", &label);
        }
        out.push_str("</svg>\n");
        Some(out)
    }

    /// The total where one parameter at a time is at its 5 % and its 95 % quantile, the widest first.
    pub fn tornado_svg(&self, language: Language) -> Option<String> {
        let range = self.range.as_ref()?;
        let rows: Vec<_> = range.sensitivity.parameters.iter().take(ROWS).collect();
        let nominal = range.analytic.first_order_mean.0;
        let left = rows.iter().map(|row| row.low.0).fold(nominal, f64::min);
        let right = rows.iter().map(|row| row.high.0).fold(nominal, f64::max);
        let scale = Scale::new(left, right, NAMES + 10.0, WIDE - MARGIN);
        let title = match language {
            Language::En => "kg CO2e where one amount at a time is at its 5 % and its 95 % quantile",
            Language::Zh => "逐一取 5% 与 95% 分位数时的 kg CO2e",
        };
        let height = 60.0 + ROW * rows.len() as f64;
        let mut out = open(height, title);
        for (position, row) in rows.iter().enumerate() {
            let y = 30.0 + ROW * position as f64;
            let name = match language {
                Language::En => &row.name_en,
                Language::Zh => &row.name_zh,
            };
            let mut label: String = name.chars().take(LABEL).collect();
            if name.chars().count() > LABEL {
                label.push('…');
            }
            text(&mut out, NAMES, y + 14.0, "end", &label);
            let (x, end) = (scale.at(row.low.0), scale.at(row.high.0));
            let _ = writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{INSIDE}\"><title>{}: {}\
                 </title></rect>",
                y + 3.0,
                (end - x).max(0.5),
                ROW - 6.0,
                escaped(name),
                between(row.low.0, row.high.0)
            );
        }
        let x = scale.at(nominal);
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} 28.0V{:.1}\" stroke=\"{DARK}\" fill=\"none\"/>",
            32.0 + ROW * rows.len() as f64
        );
        for (value, anchor) in [(left, "start"), (nominal, "middle"), (right, "end")] {
            text(&mut out, scale.at(value), height - 8.0, anchor, &significant(value, 3));
        }
        out.push_str("</svg>\n");
        Some(out)
    }
}

impl Range {
    /// The middle 95 %.
    pub fn middle(&self) -> (Six, Six) {
        let at = |p: f64| self.quantiles.iter().find(|quantile| quantile.p.0 == p).map_or(Six(f64::NAN), |q| q.value);
        (at(0.025), at(0.975))
    }
}

/// Two figures as a range.
fn between(low: f64, high: f64) -> String {
    format!("{} … {}", significant(low, 3), significant(high, 3))
}

/// From figures to pixels.
struct Scale {
    from: f64,
    per: f64,
    start: f64,
}

impl Scale {
    fn new(from: f64, to: f64, start: f64, end: f64) -> Self {
        let width = to - from;
        Self { from, per: if width > 0.0 { (end - start) / width } else { 0.0 }, start }
    }

    fn at(&self, value: f64) -> f64 {
        self.start + (value - self.from) * self.per
    }
}

fn open(height: f64, title: &str) -> String {
    let title = escaped(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDE:.1} {height:.1}\" \
         width=\"{WIDE:.1}\" height=\"{height:.1}\" font-family=\"sans-serif\" font-size=\"11\">\n<title>{title}</title>\n\
         <text x=\"{MARGIN:.1}\" y=\"18.0\" font-size=\"13\">{title}</text>\n"
    )
}

fn text(out: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", escaped(words));
}
