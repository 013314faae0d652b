//! Names as they are compared: exact after case, width and blanks are put aside. Fuzzy matching is another matter.

/// The key under which a name is looked up: full-width letters narrowed, case folded, blanks and hyphens dropped.
pub fn name_key(name: &str) -> String {
    crate::quantity::normalise(name)
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '‐' | '‑' | '–' | '_'))
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            other => other,
        })
        .collect()
}

/// The word under which every table lists the grid electricity of a place.
pub const GRID: &str = "电力";

/// Words with which a bill means electricity from the grid, wherever it is. A name that says more (`德国电力`, a plant's
/// own mix) is not among them: it means its row alone.
pub const GRID_WORDS: &[&str] = &[
    "电",
    GRID,
    "电能",
    "用电",
    "电量",
    "耗电",
    "外购电力",
    "外购电",
    "市电",
    "电网电力",
    "网电",
    "工业用电",
    "electricity",
    "grid electricity",
    "purchased electricity",
    "power",
    "grid power",
];

/// Whether a word means electricity from the grid of the place.
pub fn means_grid(word: &str) -> bool {
    let key = name_key(word);
    GRID_WORDS.iter().any(|known| name_key(known) == key)
}

/// How near two names are, 0 to 1, for suggestions only. A name that contains the other is near.
pub fn near(wanted: &str, known: &str) -> f64 {
    let (wanted, known) = (name_key(wanted), name_key(known));
    if wanted.is_empty() || known.is_empty() {
        return 0.0;
    }
    if wanted == known {
        return 1.0;
    }
    let (short, long) =
        if wanted.chars().count() <= known.chars().count() { (&wanted, &known) } else { (&known, &wanted) };
    let cover = short.chars().count() as f64 / long.chars().count() as f64;
    // One Chinese character is a word (铝, 铜, 电); one letter is not. It finds what holds it, and is not found in all
    // that it stands in.
    let word = short.chars().count() >= 2 || (*short == wanted && !short.is_ascii());
    if word && long.contains(short.as_str()) {
        return 0.7 + 0.3 * cover;
    }
    let bigrams = strsim::sorensen_dice(&wanted, &known);
    let shared = wanted.chars().filter(|c| !c.is_ascii() && known.contains(*c)).count() as f64;
    let han = wanted.chars().filter(|c| !c.is_ascii()).count() as f64;
    let overlap = if han > 1.0 { 0.6 * shared / han } else { 0.0 };
    bigrams.max(overlap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_blanks_do_not_matter() {
        assert_eq!(name_key("ＰＡ６６－GF30 "), name_key("pa66 gf30"));
        assert_ne!(name_key("PA6"), name_key("PA66"));
    }

    #[test]
    fn a_name_that_says_more_than_the_grid_is_no_word_for_it() {
        assert!(means_grid(" 外购电力") && means_grid("Grid Electricity") && means_grid("ＰＯＷＥＲ"));
        for name in ["德国电力", "风电", "heat and power", "", "电力（绿电）"] {
            assert!(!means_grid(name), "{name}");
        }
    }

    #[test]
    fn near_names_rank_above_far_ones() {
        assert!(near("冷轧钢板 SPCC", "冷轧钢板") > near("冷轧钢板 SPCC", "铝板"));
        assert!(near("polypropylen", "polypropylene") > 0.8);
        assert!(near("铝", "电解铝") > 0.7 && near("铝合金门窗", "铝") < 0.7 && near("a", "aluminium") < 0.7);
    }
}
