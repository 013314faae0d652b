//! Charts as SVG: no script, no font, nothing fetched. The same data gives the same bytes.

use crate::footprint::linked::escaped;
use crate::math::{decimal_exponent, power_of_ten, significant};
use std::fmt::Write;

/// A line of a chart.
pub(super) struct Series {
    /// What it shows.
    pub name: String,
    /// Its points, by x.
    pub points: Vec<(f64, f64)>,
    /// Whether it is a staircase: the value holds until the next point.
    pub steps: bool,
}

/// A chart: lines over one pair of axes.
pub(super) struct Chart<'a> {
    /// What it shows; read aloud in place of the picture.
    pub title: &'a str,
    /// Name of the horizontal axis.
    pub x: &'a str,
    /// Whether the vertical axis is a share, shown as a percentage.
    pub percent: bool,
    /// The lines.
    pub series: Vec<Series>,
    /// Bars between two values of x, of a height.
    pub bars: Vec<(f64, f64, f64)>,
    /// Lines across at a value of x.
    pub marks: &'a [f64],
    /// Whether x are years: whole numbers.
    pub years: bool,
}

const WIDE: f64 = 720.0;
const TALL: f64 = 300.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 44.0;

/// Colours that stay apart for the colour-blind and in grey (M. Okabe, K. Ito), and dashes for print.
const LOOKS: [(&str, &str); 5] =
    [("#0072b2", ""), ("#d55e00", "7 4"), ("#009e73", "2 3"), ("#7b4b94", "9 3 2 3"), ("#444444", "1 4")];

/// From and to, and ticks of 1, 2 or 5 times a power of ten; about six.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) {
        return vec![low];
    }
    let rough = span / 6.0;
    let power = power_of_ten(decimal_exponent(rough));
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough).unwrap_or(power);
    let first = (low / step).ceil();
    (0..12).map(|at| (first + f64::from(at)) * step).take_while(|tick| *tick <= high + 1e-9 * span).collect()
}

impl Chart<'_> {
    /// Draws it; nothing where there is nothing to draw.
    pub(super) fn svg(&self) -> String {
        let points = || self.series.iter().flat_map(|series| &series.points).filter(|point| point.1.is_finite());
        let xs = points().map(|point| point.0).chain(self.bars.iter().flat_map(|bar| [bar.0, bar.1]));
        let ys = points().map(|point| point.1).chain(self.bars.iter().map(|bar| bar.2));
        let (low, high) = range(xs.chain(self.marks.iter().copied()));
        let (_, top) = range(ys);
        if !(low <= high && top.is_finite()) {
            return String::new();
        }
        let (high, top) = (if low == high { low + 1.0 } else { high }, if top > 0.0 { top * 1.05 } else { 1.0 });
        let x = |value: f64| LEFT + (value - low) / (high - low) * (WIDE - LEFT - RIGHT);
        let y = |value: f64| TALL - BOTTOM - value / top * (TALL - TOP - BOTTOM);
        let mut out = String::new();
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDE} {TALL}\" font-family=\"sans-serif\" \
             font-size=\"11\"><title>{}</title>",
            escaped(self.title)
        );
        for tick in ticks(0.0, top) {
            let label = if self.percent { format!("{} %", whole(tick * 100.0)) } else { whole(tick) };
            let _ = writeln!(
                out,
                "<path d=\"M{LEFT} {0:.1}H{1}\" stroke=\"#dddddd\"/><text x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\">{label}</text>",
                y(tick),
                WIDE - RIGHT,
                LEFT - 6.0,
                y(tick) + 4.0
            );
        }
        for tick in ticks(low, high) {
            if self.years && tick != (tick as i64) as f64 {
                continue;
            }
            let label = if self.years { format!("{tick:.0}") } else { whole(tick) };
            let _ = writeln!(
                out,
                "<path d=\"M{0:.1} {1}v4\" stroke=\"#555555\"/><text x=\"{0:.1}\" y=\"{2}\" text-anchor=\"middle\">{label}</text>",
                x(tick),
                TALL - BOTTOM,
                TALL - BOTTOM + 16.0
            );
        }
        let _ = writeln!(
            out,
            "<path d=\"M{LEFT} {0}H{1}\" stroke=\"#555555\"/><text x=\"{1}\" y=\"{2}\" text-anchor=\"end\">{3}</text>",
            TALL - BOTTOM,
            WIDE - RIGHT,
            TALL - 8.0,
            escaped(self.x)
        );
        for (from, to, value) in &self.bars {
            let _ = writeln!(
                out,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#9db8c9\" stroke=\"#ffffff\"/>",
                x(*from),
                y(*value),
                (x(*to) - x(*from)).max(0.5),
                TALL - BOTTOM - y(*value)
            );
        }
        for mark in self.marks {
            let _ = writeln!(
                out,
                "<path d=\"M{0:.1} {TOP}V{1}\" stroke=\"#b00020\" stroke-width=\"1.5\"/><text x=\"{2:.1}\" y=\"{3}\" fill=\"#b00020\">{4}</text>",
                x(*mark),
                TALL - BOTTOM,
                x(*mark) + 3.0,
                TOP + 9.0,
                significant(*mark, 4)
            );
        }
        for (at, series) in self.series.iter().enumerate() {
            let (colour, dash) = LOOKS[at % LOOKS.len()];
            let mut way = String::new();
            let mut pen = 'M';
            let mut last = f64::NAN;
            for (px, py) in &series.points {
                if !py.is_finite() {
                    pen = 'M';
                    continue;
                }
                if series.steps && pen == 'L' {
                    let _ = write!(way, "L{:.1} {:.1}", x(*px), y(last));
                }
                let _ = write!(way, "{pen}{:.1} {:.1}", x(*px), y(*py));
                (pen, last) = ('L', *py);
            }
            let _ = writeln!(
                out,
                "<path d=\"{way}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{}\"/>",
                if dash.is_empty() { "none" } else { dash }
            );
        }
        out.push_str("</svg>\n");
        self.legend(&mut out);
        out
    }

    /// Names of the lines below the picture, as text that a page can wrap.
    fn legend(&self, out: &mut String) {
        if self.series.is_empty() {
            return;
        }
        out.push_str("<p class=\"legend\">");
        for (at, series) in self.series.iter().enumerate() {
            let (colour, dash) = LOOKS[at % LOOKS.len()];
            let _ = write!(
                out,
                "<span><svg width=\"34\" height=\"10\" aria-hidden=\"true\"><path d=\"M0 5H34\" stroke=\"{colour}\" \
                 stroke-width=\"2\" stroke-dasharray=\"{}\"/></svg> {}</span> ",
                if dash.is_empty() { "none" } else { dash },
                escaped(&series.name)
            );
        }
        out.push_str("</p>\n");
    }
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// A tick as text: no more digits than its step needs.
fn whole(value: f64) -> String {
    let rounded: f64 = format!("{value:.6e}").parse().unwrap_or(value);
    crate::math::plain(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(0.0, 1.05), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(ticks(62.0, 809.0), [200.0, 400.0, 600.0, 800.0]);
        assert_eq!(ticks(5.0, 5.0), [5.0]);
        assert_eq!(whole(0.6000000000000001), "0.6");
    }

    #[test]
    fn nothing_gives_nothing() {
        let chart = Chart { title: "", x: "", percent: false, series: vec![], bars: vec![], marks: &[], years: false };
        assert_eq!(chart.svg(), "");
    }
}
