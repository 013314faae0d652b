//! The words in which an uncertainty is stated, the same in a product, a table of parts and a table of factors:
//! `lognormal gsd=1.2 median`, `normal sd=5%`, `uniform ±10%`, `triangular 9..10..12 shared=scale`. Numbers stand in the
//! unit of the amount, percentages are of the amount.

use super::{Centre, Fault, Pedigree, Shape};
use crate::quantity::{normalise, read_number};

/// The longest text that is read, and the most values it may list.
const LONGEST: usize = 20_000;

/// An uncertainty as it is stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    spread: Spread,
    /// Amounts that name the same have one draw: the same relative place in their distributions, in every sample.
    pub shared: Option<String>,
    /// Amounts of one group are correlated.
    pub group: Option<Group>,
}

/// A group of correlated amounts: the normal score of a draw is √r × the group's + √(1 − r) × its own (a one-factor
/// Gaussian copula), so two members with correlations r and s have normal scores that correlate by √(r s).
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// r, from 0 to 1.
    pub correlation: f64,
}

/// A number, or a share of the amount.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Absolute(f64),
    OfAmount(f64),
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        match text.strip_suffix('%') {
            Some(percent) => Some(Self::OfAmount(read_number(percent.trim()).ok()? / 100.0)),
            None => Some(Self::Absolute(read_number(text).ok()?)),
        }
    }

    fn of(self, amount: f64) -> f64 {
        match self {
            Self::Absolute(value) => value,
            Self::OfAmount(share) => share * amount,
        }
    }

    fn is_relative(self) -> bool {
        matches!(self, Self::OfAmount(_))
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Spread {
    Lognormal {
        gsd: f64,
        centre: Option<Centre>,
    },
    Normal(Number),
    Uniform(Number, Number),
    /// ± about the amount.
    Around(Number),
    Triangular([Number; 3]),
    Pert([Number; 3]),
    Discrete(Vec<(Number, f64)>),
    Empirical(Vec<Number>),
    Pedigree {
        table: Pedigree,
        scores: [u8; 5],
        basic: f64,
    },
}

impl Stated {
    /// Reads the words.
    ///
    /// # Errors
    /// The fault of what is not understood.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let unreadable = || Fault::Unreadable(text.chars().take(120).collect());
        if text.len() > LONGEST {
            return Err(unreadable());
        }
        let plain = normalise(text).replace("±", " ±").replace("+-", " ±").replace("+/-", " ±").replace('…', "..");
        let mut words = plain.split_whitespace();
        let form = words.next().ok_or_else(unreadable)?.to_lowercase();
        let mut parts = Parts::default();
        for word in words {
            parts.take(word).ok_or_else(unreadable)?;
        }
        let spread = parts.spread(&form, unreadable)?;
        Ok(Self { spread, shared: parts.shared, group: parts.group })
    }

    /// The distribution of an amount.
    ///
    /// # Errors
    /// What does not fit the amount.
    pub fn shape(&self, amount: f64) -> Result<Shape, Fault> {
        // A share of a negative amount counts from it in both directions.
        let sorted = |low: f64, high: f64| if low <= high { (low, high) } else { (high, low) };
        let three = |[low, mode, high]: [Number; 3]| {
            let flip = amount < 0.0 && low.is_relative() && high.is_relative();
            let (low, high) = if flip { (high, low) } else { (low, high) };
            (low.of(amount), mode.of(amount), high.of(amount))
        };
        if amount == 0.0 && self.is_relative() {
            return Err(Fault::AboutZero);
        }
        match &self.spread {
            Spread::Lognormal { gsd, centre } => Shape::lognormal(amount, *gsd, centre.ok_or(Fault::NoCentre)?),
            Spread::Normal(sd) => match *sd {
                Number::Absolute(sd) => Shape::normal(amount, sd),
                Number::OfAmount(share) if share < 0.0 => Err(Fault::Deviation(share)),
                Number::OfAmount(share) => Shape::normal(amount, share * amount.abs()),
            },
            Spread::Uniform(low, high) => {
                let (a, b) = (low.of(amount), high.of(amount));
                let (a, b) =
                    if low.is_relative() && high.is_relative() && amount < 0.0 { sorted(a, b) } else { (a, b) };
                Shape::uniform(amount, a, b)
            }
            Spread::Around(half) => {
                let half = half.of(amount.abs());
                if half < 0.0 {
                    return Err(Fault::Deviation(half));
                }
                Shape::uniform(amount, amount - half, amount + half)
            }
            Spread::Triangular(numbers) => {
                let (low, mode, high) = three(*numbers);
                Shape::triangular(amount, low, mode, high)
            }
            Spread::Pert(numbers) => {
                let (low, mode, high) = three(*numbers);
                Shape::pert(amount, low, mode, high)
            }
            Spread::Discrete(values) => {
                let values: Vec<(f64, f64)> =
                    values.iter().map(|(value, weight)| (value.of(amount), *weight)).collect();
                Shape::discrete(&values)
            }
            Spread::Empirical(values) => {
                let values: Vec<f64> = values.iter().map(|value| value.of(amount)).collect();
                Shape::empirical(&values)
            }
            Spread::Pedigree { table, scores, basic } => Shape::pedigree(amount, *table, *scores, *basic),
        }
    }

    /// The pedigree table it names, if it goes by scores.
    pub fn pedigree(&self) -> Option<Pedigree> {
        match self.spread {
            Spread::Pedigree { table, .. } => Some(table),
            _ => None,
        }
    }

    /// Whether it says how large the spread is only as a share of the amount.
    fn is_relative(&self) -> bool {
        match &self.spread {
            Spread::Lognormal { .. } | Spread::Pedigree { .. } => true,
            Spread::Normal(number) | Spread::Around(number) => number.is_relative(),
            Spread::Uniform(low, high) => low.is_relative() || high.is_relative(),
            Spread::Triangular(numbers) | Spread::Pert(numbers) => numbers.iter().any(|number| number.is_relative()),
            Spread::Discrete(values) => values.iter().any(|(value, _)| value.is_relative()),
            Spread::Empirical(values) => values.iter().any(|value| value.is_relative()),
        }
    }
}

/// The words after the form.
#[derive(Default)]
struct Parts {
    shared: Option<String>,
    group: Option<Group>,
    centre: Option<Centre>,
    gsd: Option<f64>,
    sd: Option<Number>,
    basic: Option<f64>,
    range: Option<Vec<Number>>,
    around: Option<Number>,
    weighted: Vec<(Number, f64)>,
    /// Anything else: values, scores, the name of a table.
    bare: Vec<String>,
}

impl Parts {
    fn take(&mut self, word: &str) -> Option<()> {
        match word {
            "median" | "中位数" => self.centre = Some(Centre::Median),
            "mean" | "均值" | "平均值" => self.centre = Some(Centre::Mean),
            _ => match word.split_once('=') {
                Some((key, value)) => self.named(&key.to_lowercase(), value)?,
                None => self.bare_word(word)?,
            },
        }
        Some(())
    }

    fn named(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "gsd" => self.gsd = Some(read_number(value).ok()?),
            // The square is what spans 95 %, and what many sources print.
            "gsd2" | "gsd²" => self.gsd = Some(read_number(value).ok()?.max(0.0).sqrt()),
            "sd" => self.sd = Some(Number::read(value)?),
            "basic" => self.basic = Some(read_number(value).ok()?),
            "shared" if !value.is_empty() => self.shared = Some(value.to_string()),
            "group" => {
                let (name, correlation) = value.rsplit_once(':')?;
                let correlation = read_number(correlation).ok()?;
                if name.is_empty() || !(0.0..=1.0).contains(&correlation) {
                    return None;
                }
                self.group = Some(Group { name: name.to_string(), correlation });
            }
            _ => return None,
        }
        Some(())
    }

    fn bare_word(&mut self, word: &str) -> Option<()> {
        if let Some(half) = word.strip_prefix('±') {
            self.around = Some(Number::read(half)?);
        } else if word.contains("..") {
            self.range = Some(word.split("..").map(Number::read).collect::<Option<_>>()?);
        } else if let Some((value, weight)) = word.split_once(':') {
            self.weighted.push((Number::read(value)?, read_number(weight).ok()?));
        } else {
            self.bare.push(word.to_string());
        }
        Some(())
    }

    fn spread(&mut self, form: &str, unreadable: impl Fn() -> Fault) -> Result<Spread, Fault> {
        let three = |range: &Option<Vec<Number>>| match range.as_deref() {
            Some(&[low, mode, high]) => Ok([low, mode, high]),
            _ => Err(unreadable()),
        };
        let values = matches!(form, "empirical" | "经验" | "pedigree" | "谱系");
        if !values && !self.bare.is_empty() {
            return Err(unreadable());
        }
        Ok(match form {
            "lognormal" | "对数正态" => {
                Spread::Lognormal { gsd: self.gsd.ok_or_else(unreadable)?, centre: self.centre }
            }
            "normal" | "正态" => Spread::Normal(self.sd.ok_or_else(unreadable)?),
            "uniform" | "均匀" => match (self.around, self.range.as_deref()) {
                (Some(half), None) => Spread::Around(half),
                (None, Some(&[low, high])) => Spread::Uniform(low, high),
                _ => return Err(unreadable()),
            },
            "triangular" | "三角" => Spread::Triangular(three(&self.range)?),
            "pert" => Spread::Pert(three(&self.range)?),
            "discrete" | "离散" => Spread::Discrete(std::mem::take(&mut self.weighted)),
            "empirical" | "经验" => {
                let values = self.bare.iter().map(|value| Number::read(value)).collect::<Option<_>>();
                Spread::Empirical(values.ok_or_else(unreadable)?)
            }
            "pedigree" | "谱系" => {
                let [table, scores] = self.bare.as_slice() else { return Err(unreadable()) };
                let table = Pedigree::find(table).ok_or_else(unreadable)?;
                let scores = Pedigree::scores(scores)?;
                let basic = self.basic.ok_or_else(|| Fault::Pedigree(self.bare.join(" ")))?;
                Spread::Pedigree { table, scores, basic }
            }
            _ => return Err(unreadable()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str, amount: f64) -> Result<Shape, Fault> {
        Stated::read(text)?.shape(amount)
    }

    #[test]
    fn words_mean_what_they_say_in_both_languages() {
        assert_eq!(shape("normal sd=5%", 10.0), Shape::normal(10.0, 0.5));
        assert_eq!(shape("正态 sd=5%", -10.0), Shape::normal(-10.0, 0.5));
        assert_eq!(shape("lognormal gsd=1.2 median", 10.0), Shape::lognormal(10.0, 1.2, Centre::Median));
        assert_eq!(shape("对数正态 gsd2=1.44 均值", 10.0), Shape::lognormal(10.0, 1.2, Centre::Mean));
        assert_eq!(shape("uniform ±10%", 10.0), Shape::uniform(10.0, 9.0, 11.0));
        assert_eq!(shape("uniform +/-10 %".replace(" %", "%").as_str(), 10.0), Shape::uniform(10.0, 9.0, 11.0));
        assert_eq!(shape("uniform 90%..110%", -10.0), Shape::uniform(-10.0, -11.0, -9.0));
        assert_eq!(shape("triangular 9..10..12", 10.0), Shape::triangular(10.0, 9.0, 10.0, 12.0));
        assert_eq!(shape("triangular 90%..100%..120%", -10.0), Shape::triangular(-10.0, -12.0, -10.0, -9.0));
        assert_eq!(shape("pert 9..10..12", 10.0), Shape::pert(10.0, 9.0, 10.0, 12.0));
        assert_eq!(shape("discrete 9:1 11:3", 10.0), Shape::discrete(&[(9.0, 1.0), (11.0, 3.0)]));
        assert_eq!(shape("empirical 9 10.5 11", 10.0), Shape::empirical(&[9.0, 10.5, 11.0]));
        let scores = Shape::pedigree(10.0, Pedigree::Ciroth2016, [2, 4, 1, 3, 4], 1.05);
        assert_eq!(shape("pedigree ciroth-2016 2,4,1,3,4 basic=1.05", 10.0), scores);
    }

    #[test]
    fn draws_may_be_shared_or_correlated() {
        let stated = Stated::read("normal sd=5% shared=秤").unwrap();
        assert_eq!(stated.shared.as_deref(), Some("秤"));
        let stated = Stated::read("normal sd=5% group=steel:0.8").unwrap();
        assert_eq!(stated.group, Some(Group { name: "steel".into(), correlation: 0.8 }));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "",
            "5%",
            "±10%",
            "normal",
            "normal 5%",
            "normal sd=",
            "normal sd=x",
            "normal gsd=1.2",
            "lognormal median",
            "uniform 9",
            "uniform 9..10..11",
            "uniform ±1 0..2",
            "triangular 9..11",
            "pedigree 2,4,1,3,4 basic=1.05",
            "normal sd=5% group=x",
            "normal sd=5% group=x:2",
            "normal sd=5% shared=",
            "weibull 1 2",
            "normal sd=nan",
        ] {
            assert!(matches!(Stated::read(text), Err(Fault::Unreadable(_))), "{text}: {:?}", Stated::read(text));
        }
        assert_eq!(shape("lognormal gsd=1.2", 10.0), Err(Fault::NoCentre));
        assert_eq!(shape("lognormal gsd=0.8 median", 10.0), Err(Fault::Gsd(0.8)));
        assert_eq!(shape("normal sd=-1", 10.0), Err(Fault::Deviation(-1.0)));
        assert_eq!(shape("normal sd=5%", 0.0), Err(Fault::AboutZero));
        assert_eq!(shape("lognormal gsd=1.2 median", 0.0), Err(Fault::AboutZero));
        assert_eq!(shape("uniform 11..9", 10.0), Err(Fault::Bounds(11.0, 10.0, 9.0)));
        assert_eq!(shape("uniform 9..11", 10_000.0), Err(Fault::Outside(9.0, 10_000.0, 11.0)));
        assert_eq!(shape("discrete 9:-1", 10.0), Err(Fault::Weights));
        assert_eq!(shape("empirical", 10.0), Err(Fault::Weights));
        assert!(matches!(shape("pedigree ecoinvent 2,4,1,3,4", 10.0), Err(Fault::Pedigree(_))));
        assert!(matches!(shape("pedigree ecoinvent 2,4,1,3,9 basic=1.05", 10.0), Err(Fault::Pedigree(_))));
    }
}
