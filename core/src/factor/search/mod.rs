//! Which factors somebody means who writes a few words, Chinese or English, best first. It proposes and never decides: a
//! line of a bill finds its factor by an exact name (`select.rs`).
//!
//! Whole names go before names that hold all words, these before names that hold some; a rare word weighs more than a
//! common one. A place is where, not what. What is known to be missing is said instead of something that sounds like it.

mod index;
mod text;
mod words;

pub use words::{Gap, KindWords, PlaceNames, SearchWords};

use super::{Factor, FactorIndex, FactorKind, Factors, Period, geography_step, is_place, means_grid};
use index::{Index, Text};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use text::{Word, find, key, replaced, without, words as read};

/// Other ways to say a query that are tried.
const MOST_WAYS: usize = 32;
/// Words of a query that are read.
const MOST_WORDS: usize = 64;
/// Thousandths of a query's weight that a hit has at least.
const ENOUGH: u32 = 500;

/// A row that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The factor.
    pub index: FactorIndex,
    /// Whether it is what was asked for; else it only shares a word.
    pub confident: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found<'a> {
    /// Rows, best first; those that only share a word behind all others.
    pub hits: Vec<Hit>,
    /// What was asked for and is known to be missing.
    pub gaps: Vec<&'a Gap>,
    /// The place that was named: ISO 3166 code.
    pub place: Option<String>,
}

/// The names of all factors, ready to be searched.
#[derive(Debug)]
pub struct Search<'a> {
    factors: &'a Factors,
    words: &'a SearchWords,
    spellings: FxHashMap<String, String>,
    index: Index,
    silent: Vec<Word>,
    places: Vec<(Vec<Word>, &'a str)>,
    synonyms: Vec<Vec<Vec<Word>>>,
}

/// How well a row's names fit, lower is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    /// The beginning of a name, without its place or what stands in parentheses.
    Beginning,
    /// All words in one name.
    AllWords,
    /// All words, in several names.
    Together,
    Some,
}

/// The best that was seen of a row.
#[derive(Clone, Copy, Debug)]
struct Best {
    fit: Fit,
    borrowed: bool,
    of_query: u32,
    of_name: u32,
    /// A name of the row stands whole in the query, outside what is known to be missing.
    span: bool,
}

impl<'a> Search<'a> {
    /// Reads all names once.
    pub fn new(factors: &'a Factors, words: &'a SearchWords) -> Self {
        let spellings: FxHashMap<String, String> = words.spellings.iter().cloned().collect();
        let phrase = |text: &str| read(text, &spellings);
        let mut places: Vec<(Vec<Word>, &str)> = words
            .places
            .iter()
            .flat_map(|place| place.names.iter().map(|name| (phrase(name), place.code.as_str())))
            .collect();
        // The longest name first: 中国台湾 before 中国.
        places.sort_by_key(|(name, code)| (Reverse(key(name).chars().count()), *code));
        let silent: Vec<Word> = words.stop.iter().flat_map(|word| phrase(word)).collect();
        let synonyms = words.synonyms.iter().map(|group| group.iter().map(|word| phrase(word)).collect()).collect();
        let mut index = Index::default();
        let mut read_names: FxHashMap<&str, Vec<Word>> = FxHashMap::default();
        let mut at_home: FxHashMap<&str, Vec<&[Word]>> = FxHashMap::default();
        for (name, code) in &places {
            at_home.entry(code).or_default().push(name);
        }
        for (position, factor) in factors.iter() {
            let row = &factor.row;
            let whole = row.synonyms.iter().chain(&row.codes);
            for name in whole.chain([&row.name_zh, &row.name_en]) {
                let words = read_names.entry(name).or_insert_with(|| phrase(name));
                index.add(words, position.0, false);
            }
            // The treatment of a waste and an upstream half are named after a thing that they are not.
            if row.kind == FactorKind::WasteTreatment || row.kind.is_half() {
                continue;
            }
            for name in [&row.name_zh, &row.name_en] {
                let short = beginning(name);
                let words = read_names.entry(short).or_insert_with(|| phrase(short));
                let (mut cut, mut words) = (short.len() < name.len(), words.clone());
                let country = row.geography.split('-').next().unwrap_or_default();
                for code in [row.geography.as_str(), country] {
                    let here = at_home.get(code).into_iter().flatten();
                    if let Some(place) = here.filter_map(|place| find(&words, place)).next() {
                        words = without(&words, place);
                        cut = true;
                    }
                }
                if cut {
                    index.add(&words, position.0, true);
                }
            }
        }
        index.weigh(&silent);
        Self { factors, words, spellings, index, silent, places, synonyms }
    }

    /// Ranks the factors for a query. Among equals: what a line may use before what it may not, a material before an
    /// energy, a process, a waste; a whole figure before a half, a material's own before a proxy; the place named, else
    /// China, then Europe or the world; the newer.
    pub fn find(&self, query: &str) -> Found<'a> {
        let mut asked = self.without_measures(query);
        asked.truncate(MOST_WORDS);
        let (place, thing) = self.place(query, &asked);
        let gaps = self.gaps(&thing);
        let rest = gaps.iter().fold(thing.clone(), |rest, (_, at)| match find(&rest, at) {
            Some(at) => without(&rest, at),
            None => rest,
        });
        let rest = self.index.read(&rest, &self.silent);
        let kinds: Vec<FactorKind> = self
            .words
            .kinds
            .iter()
            .filter(|kind| self.says(&asked, &kind.words))
            .flat_map(|kind| kind.kinds.clone())
            .collect();

        let mut best: Vec<Option<Best>> = vec![None; self.factors.len()];
        for (borrowed, way) in self.ways(&thing, query) {
            self.rate(&self.index.read(&way, &self.silent), borrowed, &mut best);
        }
        self.mark_spans(&rest, &mut best);
        let carriers = self.carriers(&gaps);
        let mut ranked = Vec::new();
        for (position, factor) in self.factors.iter() {
            let by_id = query.trim() == factor.row.id || (query.contains('/') && factor.row.id.contains(query.trim()));
            let Some(found) = best.get(position.0 as usize).copied().flatten().or_else(|| {
                by_id.then_some(Best { fit: Fit::Whole, borrowed: false, of_query: 1000, of_name: 1000, span: true })
            }) else {
                continue;
            };
            let confident = self.is_meant(factor, &found, !gaps.is_empty(), carriers.contains(&position));
            ranked.push((
                self.order(factor, &found, confident, place.as_deref(), &kinds),
                Hit { index: position, confident },
            ));
        }
        ranked.sort_by(|a, b| a.0.cmp(&b.0));
        Found {
            hits: ranked.into_iter().map(|(_, hit)| hit).collect(),
            gaps: gaps.into_iter().map(|(gap, _)| gap).collect(),
            place,
        }
    }

    /// Whether a row is what was asked for.
    fn is_meant(&self, factor: &Factor, found: &Best, missing: bool, carrier: bool) -> bool {
        if factor.row.kind == FactorKind::Spend {
            return !missing && found.fit < Fit::Some;
        }
        if found.fit <= Fit::Beginning {
            return true;
        }
        // Steel for a steel chair is a proposal; electricity for a power bank is none.
        let of_matter =
            matches!(factor.row.kind, FactorKind::Material | FactorKind::Process | FactorKind::WasteTreatment);
        let enough = found.fit < Fit::Some || (found.of_query >= ENOUGH) || (found.span && of_matter);
        if missing { carrier || found.span } else { enough }
    }

    /// What ranks are sorted by.
    fn order(
        &self,
        factor: &'a Factor,
        found: &Best,
        confident: bool,
        place: Option<&str>,
        kinds: &[FactorKind],
    ) -> impl Ord + use<'a> {
        let row = &factor.row;
        let said = kinds.contains(&row.kind);
        let newest = match row.period {
            Period::Years(_, to) => to,
            Period::NotStated => 0,
        };
        let whole = found.fit == Fit::Whole;
        (
            (!confident, row.kind == FactorKind::Spend, row.kind.serves_no_line() && !said),
            (
                place.is_some() && found.fit > Fit::Beginning,
                place.map_or(0, |place| geography_step(&row.geography, place)),
            ),
            (!whole, !whole && !said && !kinds.is_empty()),
            (found.fit, Reverse(if found.fit == Fit::Some { found.of_query / 50 } else { 0 }), found.borrowed),
            (standing(row.kind), Reverse(found.of_name / 100)),
            (factor.lacks_its_half(), row.proxy.is_some()),
            geography_step(&row.geography, "CN"),
            (Reverse(newest), row.id.as_str()),
        )
    }

    /// Rates every row that shares words with one way to say the query.
    fn rate(&self, query: &Text, borrowed: bool, best: &mut [Option<Best>]) {
        if query.weight == 0 {
            return;
        }
        let mut together: FxHashMap<u32, u64> = FxHashMap::default();
        let full = query.all();
        let mut see = |row: u32, seen: Best| {
            let Some(best) = best.get_mut(row as usize) else { return };
            let rank = |best: &Best| (best.fit, Reverse(best.of_query / 50), best.borrowed, Reverse(best.of_name));
            match best {
                Some(known) if rank(known) <= rank(&seen) => {}
                _ => *best = Some(seen),
            }
        };
        for (name, shared) in self.index.sharing(query) {
            for (row, beginning) in &name.rows {
                let same = name.text.key == query.key || (shared.of_query == 1000 && shared.of_name == 1000);
                let fit = match (same, *beginning) {
                    (true, false) => Fit::Whole,
                    (true, true) => Fit::Beginning,
                    _ if shared.of_query == 1000 => Fit::AllWords,
                    _ => Fit::Some,
                };
                let all = together.entry(*row).or_default();
                *all |= shared.which;
                let fit = if fit == Fit::Some && full != 0 && *all == full { Fit::Together } else { fit };
                let of_query = shared.of_query;
                see(*row, Best { fit, borrowed, of_query, of_name: shared.of_name, span: false });
            }
        }
    }

    /// Marks rows of which a name stands whole in what is left of a query beside what is missing.
    fn mark_spans(&self, rest: &Text, best: &mut [Option<Best>]) {
        for (name, shared) in self.index.sharing(rest) {
            if shared.of_name == 1000 && name.text.weight > 0 {
                for (row, beginning) in &name.rows {
                    if let Some(Some(best)) = best.get_mut(*row as usize) {
                        best.span |= !beginning;
                    }
                }
            }
        }
    }

    /// What is known to be missing and stands in a query, with the words that say so.
    fn gaps(&self, thing: &[Word]) -> Vec<(&'a Gap, Vec<Word>)> {
        let mut found = Vec::new();
        for gap in &self.words.gaps {
            let names: Vec<Vec<Word>> = gap.names.iter().map(|name| read(name, &self.spellings)).collect();
            let same = self.synonyms.iter().filter(|group| group.iter().any(|word| names.contains(word))).flatten();
            let mut all: Vec<&Vec<Word>> =
                names.iter().chain(same).filter(|name| find(thing, name).is_some()).collect();
            all.sort_by_key(|name| Reverse(key(name).chars().count()));
            if let Some(name) = all.first() {
                found.push((gap, (*name).clone()));
            }
        }
        found
    }

    /// The rows that carry the name of something missing: proxies, or rows of elsewhere.
    fn carriers(&self, gaps: &[(&Gap, Vec<Word>)]) -> Vec<FactorIndex> {
        let mut carriers = Vec::new();
        for (_, name) in gaps {
            let same = self.synonyms.iter().filter(|group| group.contains(name)).flatten();
            for name in same.chain([name]) {
                let rows = self.index.named(&key(name)).map_or(&[][..], |name| name.rows.as_slice());
                carriers.extend(rows.iter().filter(|(_, beginning)| !beginning).map(|(row, _)| FactorIndex(*row)));
            }
        }
        carriers
    }

    /// The query, and other ways to say it: a grid as the tables call it, synonyms, a code's heading, a slip of the pen.
    fn ways(&self, thing: &[Word], query: &str) -> Vec<(bool, Vec<Word>)> {
        let mut ways = vec![(false, thing.to_vec())];
        let all = self.without_measures(query);
        if all != thing {
            ways.push((false, all));
        }
        if means_grid(&key(thing)) {
            ways.push((false, read(super::GRID, &self.spellings)));
        }
        let digits: String = query.chars().filter(char::is_ascii_digit).collect();
        let code = query.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | 'H' | 'S' | 'h' | 's'));
        if code && (6..=10).contains(&digits.len()) {
            ways.push((false, read(&format!("HS {}", digits.get(..4).unwrap_or_default()), &self.spellings)));
        }
        let mut at = 0;
        while let Some((_, way)) = ways.get(at).cloned() {
            at += 1;
            for (position, word) in way.iter().enumerate() {
                if let Word::Latin(word) = word
                    && !self.index.knows(word)
                {
                    for like in self.index.like(word) {
                        add(&mut ways, replaced(&way, (position, position + 1), &[Word::Latin(like)]));
                    }
                }
            }
            for group in &self.synonyms {
                let mut said: Vec<(usize, usize)> = group.iter().filter_map(|word| find(&way, word)).collect();
                said.sort_by_key(|(from, to)| (Reverse(to - from), *from));
                if let Some(place) = said.first() {
                    for word in group {
                        add(&mut ways, replaced(&way, *place, word));
                    }
                }
            }
            if ways.len() >= MOST_WAYS {
                break;
            }
        }
        ways
    }

    /// The place that a query names, and the query without it; a query that is nothing else names none.
    fn place(&self, query: &str, asked: &[Word]) -> (Option<String>, Vec<Word>) {
        for (name, code) in &self.places {
            if let Some(at) = find(asked, name) {
                let rest = without(asked, at);
                if !rest.is_empty() {
                    return (Some((*code).to_string()), rest);
                }
            }
        }
        // A code is a place beside electricity alone: PE, PA and PC are plastics.
        for code in query.split_whitespace().filter(|code| is_place(code)) {
            if let Some(at) = find(asked, &read(code, &self.spellings)) {
                let rest = without(asked, at);
                let grid = self
                    .synonyms
                    .iter()
                    .any(|group| group.contains(&rest) && group.iter().any(|w| means_grid(&key(w))));
                if means_grid(&key(&rest)) || grid {
                    return (Some(code.to_string()), rest);
                }
            }
        }
        (None, asked.to_vec())
    }

    fn says(&self, asked: &[Word], words: &[String]) -> bool {
        words.iter().any(|word| find(asked, &read(word, &self.spellings)).is_some())
    }

    /// The words of a query without its dimensions: `1.5 mm`, `M4x10`, `t=1.0`.
    fn without_measures(&self, query: &str) -> Vec<Word> {
        let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let mut kept: Vec<Word> = Vec::new();
        for word in read(query, &self.spellings) {
            if let Word::Latin(word) = &word {
                let measure = |unit: &&String| {
                    word.strip_suffix(unit.as_str()).is_some_and(|rest| rest.is_empty() || number(rest))
                };
                let times = word.split_once('x').is_some_and(|(a, b)| number(a.trim_start_matches('m')) && number(b));
                if times || self.words.measures.iter().any(|unit| measure(&unit)) {
                    let alone = self.words.measures.iter().any(|unit| unit == word);
                    if alone && matches!(kept.last(), Some(Word::Latin(before)) if number(before)) {
                        kept.pop();
                        continue;
                    }
                    if !alone {
                        continue;
                    }
                }
            }
            kept.push(word);
        }
        kept
    }
}

fn add(ways: &mut Vec<(bool, Vec<Word>)>, way: Vec<Word>) {
    if ways.len() < MOST_WAYS && !ways.iter().any(|(_, known)| *known == way) {
        ways.push((true, way));
    }
}

/// A name without what follows a comma or stands in parentheses; what follows a colon belongs to it.
fn beginning(name: &str) -> &str {
    if name.contains('：') {
        return name;
    }
    name.split(['(', '（', ',', '，']).next().unwrap_or(name)
}

/// In which order kinds stand where nothing says which is wanted.
fn standing(kind: FactorKind) -> u8 {
    match kind {
        FactorKind::Material => 0,
        FactorKind::Electricity | FactorKind::ElectricityGeneration | FactorKind::Water => 1,
        FactorKind::FuelLifeCycle | FactorKind::FuelCombustion | FactorKind::Heat => 2,
        FactorKind::Freight | FactorKind::FreightLifeCycle | FactorKind::ElectricitySource => 3,
        FactorKind::Process => 4,
        FactorKind::WasteTreatment => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factor::FactorsDocument;
    use crate::quantity::UnitTable;
    use serde_json::{Value, json};

    fn row(id: &str, kind: &str, (zh, en): (&str, &str), more: Value) -> Value {
        let mut row = json!({
            "id": format!("t/{id}"), "name_zh": zh, "name_en": en, "class": "x.y", "kind": kind, "unit": "kg",
            "co2e": "1", "gwp": "not stated", "geography": "CN", "period": "2020", "boundary": "cradle-to-gate",
            "source": "a test",
        });
        for (key, value) in more.as_object().unwrap() {
            row[key] = value.clone();
        }
        row
    }

    fn factors(rows: Vec<Value>) -> Factors {
        let head = json!({
            "id": "t", "version": "1", "name_en": "t", "name_zh": "t", "source": "t", "licence": "none",
        });
        let document: FactorsDocument =
            serde_json::from_value(json!({"schema": "zuji/factors@1", "table": head, "rows": rows})).unwrap();
        Factors::new([document], &UnitTable::standard()).0
    }

    fn known() -> SearchWords {
        serde_json::from_value(json!({
            "schema": "zuji/search-words@1", "stop": ["of", "hs"], "measures": ["mm"],
            "spellings": [["aluminum", "aluminium"]],
            "synonyms": [["电机", "motor"], ["钢板", "steel plate"]],
            "kinds": [{"kinds": ["waste_treatment"], "words": ["回收", "recycling"]}],
            "places": [{"code": "DE", "names": ["德国", "Germany"]}],
            "gaps": [{"zh": "电机", "en": "motor", "names": ["电机"], "why_zh": "无", "why_en": "none"}],
        }))
        .unwrap()
    }

    fn found(rows: Vec<Value>, query: &str) -> Vec<String> {
        let (factors, known) = (factors(rows), known());
        let found = Search::new(&factors, &known).find(query);
        let hits = found.hits.iter().filter(|hit| hit.confident);
        hits.map(|hit| factors.get(hit.index).row.id.trim_start_matches("t/").to_string()).collect()
    }

    #[test]
    fn whole_names_go_before_names_that_hold_the_words() {
        let rows = || {
            vec![
                row("cans", "material", ("铝罐", "aluminium cans"), json!({})),
                row("metal", "material", ("铝", "aluminium, virgin"), json!({"geography": "GB"})),
                row("waste", "waste_treatment", ("铝：回收", "aluminium, recycling"), json!({})),
            ]
        };
        assert_eq!(found(rows(), "aluminum"), ["metal", "cans", "waste"]);
        assert_eq!(found(rows(), "铝"), ["metal", "cans", "waste"]);
        assert_eq!(found(rows(), "aluminium recycling")[0], "waste");
    }

    #[test]
    fn among_equals_a_material_its_own_whole_and_near_goes_first() {
        let proxy = json!({"proxy": {"stands_for": "x", "reason": "y"}});
        let rows = vec![
            row("a-abroad", "material", ("钢板", "steel plate"), json!({"geography": "GB", "period": "2024"})),
            row("b-proxy", "material", ("钢板", "steel plate"), proxy),
            row("c-half", "fuel_combustion", ("钢板", "steel plate"), json!({})),
            row("d-old", "material", ("钢板", "steel plate"), json!({"period": "2010"})),
            row("e-new", "material", ("钢板", "steel plate"), json!({})),
            row("f-spend", "spend", ("钢板", "steel plate"), json!({})),
        ];
        assert_eq!(found(rows, "钢板 2.0mm"), ["e-new", "d-old", "a-abroad", "b-proxy", "c-half", "f-spend"]);
    }

    #[test]
    fn what_is_missing_is_no_fuel_that_sounds_like_it() {
        let fuel = || vec![row("spirit", "fuel_combustion", ("车用汽油", "motor gasoline"), json!({}))];
        assert!(found(fuel(), "motor").is_empty() && found(fuel(), "电机 42").is_empty());
        assert_eq!(found(fuel(), "motor gasoline"), ["spirit"]);
    }

    #[test]
    fn codes_and_ids_are_found() {
        let rows = || vec![row("plate", "material", ("钢板", "steel plate"), json!({"codes": ["HS 7208"]}))];
        for query in ["HS 7208", "7208", "7208.51", "HS7208519000", "t/plate", "t/pl"] {
            assert_eq!(found(rows(), query), ["plate"], "{query}");
        }
        assert!(found(rows(), "HS 7209").is_empty() && found(rows(), "").is_empty() && found(rows(), "/").len() < 2);
    }

    #[test]
    fn nothing_to_search_is_no_error() {
        let (factors, known) = (Factors::default(), SearchWords::default());
        assert!(Search::new(&factors, &known).find("钢 steel").hits.is_empty());
    }
}
