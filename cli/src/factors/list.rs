//! `zuji factors list`: the loaded packs with the hashes by which they are pinned.

use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, pad, pad_left, safe};
use std::collections::BTreeSet;
use zuji_core::factor::{Factor, LoadedPack, share_alike};
use zuji_core::product::Library;

/// Digits of a hash on the screen: enough for a pin.
const DIGITS: usize = 12;

/// Lists the packs in the order in which they were loaded.
pub fn run(library: &Library, format: Format, words: Words) -> u8 {
    let packs = library.factors.packs();
    if format == Format::Json {
        let list: Vec<_> = packs.iter().enumerate().map(|(at, pack)| json(library, at, pack)).collect();
        say!("{}", serde_json::to_string_pretty(&list).unwrap_or_default());
        return 0;
    }
    let paint = Paint::of_stdout();
    for (at, pack) in packs.iter().enumerate() {
        let rows = words.pick(format!("{} rows", pack.rows), format!("{} 行", pack.rows));
        say!(
            "{} {} {} {}",
            pad(&safe(&pack.table.id), 22),
            pad_left(&rows, 10),
            pad(&format!("sha256 {}", &pack.sha256[..DIGITS]), 22),
            words.pick(safe(&pack.table.name_en), safe(&pack.table.name_zh)),
        );
        let licences = licences(library, at, pack);
        let shown: Vec<String> = licences.iter().take(3).map(|licence| safe(licence)).collect();
        let mut about = vec![shown.join("; ")];
        if licences.len() > shown.len() {
            let more = licences.len() - shown.len();
            about.push(words.pick(format!("{more} more licences"), format!("另有 {more} 种许可")));
        }
        if licences.iter().any(|licence| share_alike(licence)) {
            about.push(words.pick("share-alike", "相同方式共享").into());
        }
        if closed(library, at, pack) {
            about.push(words.pick("closed: may not be passed on", "不公开：不得传播").into());
        }
        if pack.standby {
            about.push(words.pick("stands by for a pin", "备用，仅在被固定时使用").into());
        }
        say!("    {}", paint.dim(&format!("{} · {}", safe(&pack.table.version), about.join(" · "))));
    }
    0
}

fn rows(library: &Library, at: usize) -> impl Iterator<Item = &Factor> {
    // A pack that stands by is not among the rows that serve; its own head has to do.
    library.factors.iter().map(|(_, factor)| factor).filter(move |factor| factor.pack == at)
}

/// The licences of a pack's rows, or of its head where no row has its own.
fn licences<'a>(library: &'a Library, at: usize, pack: &'a LoadedPack) -> BTreeSet<&'a str> {
    let own: BTreeSet<&str> = rows(library, at).map(Factor::licence).collect();
    if own.is_empty() { BTreeSet::from([pack.table.licence.as_str()]) } else { own }
}

fn closed(library: &Library, at: usize, pack: &LoadedPack) -> bool {
    pack.table.closed || rows(library, at).any(Factor::closed)
}

fn json(library: &Library, at: usize, pack: &LoadedPack) -> serde_json::Value {
    let licences = licences(library, at, pack);
    serde_json::json!({
        "id": pack.table.id,
        "version": pack.table.version,
        "name_en": pack.table.name_en,
        "name_zh": pack.table.name_zh,
        "rows": pack.rows,
        "share_alike": licences.iter().any(|licence| share_alike(licence)),
        "licences": licences,
        "closed": closed(library, at, pack),
        "standby": pack.standby,
        "sha256": pack.sha256,
    })
}
