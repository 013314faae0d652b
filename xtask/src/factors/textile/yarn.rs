//! Spinning, and what makes fabric of yarn: processes per kg of product, without the fibre or the yarn.

use super::dataset::{Dataset, Descriptor, Word, say};

const FIBRES: &[Word] = &[
    ("ACETATE", "acetate and triacetate", "醋酯纤维"),
    ("ACRYLIC", "acrylic", "腈纶"),
    ("COTTON", "cotton", "棉"),
    ("ELASTANE", "elastane", "氨纶"),
    ("MICROFIBER", "microfibre", "超细纤维"),
    ("MMCF", "viscose and other man-made cellulosics", "粘胶等再生纤维素纤维"),
    ("POLYAMIDE", "polyamide", "锦纶"),
    ("POLYESTER", "polyester", "涤纶"),
    ("SILK", "spun silk", "绢丝"),
    ("WOOL_WOOLEN", "woollen wool", "粗梳毛"),
    ("WOOL_WORSTED", "worsted wool", "精梳毛"),
];

const SPINNING: &[Word] = &[
    ("RING", "ring spinning", "环锭纺纱"),
    ("OPEN_END", "open-end (rotor) spinning", "转杯纺纱"),
    ("MELT_POY", "melt spinning (POY)", "熔融纺丝（POY）"),
    ("MELT_DTY", "melt spinning (FDY, DTY)", "熔融纺丝（FDY、DTY）"),
    ("WET", "wet spinning", "湿法纺丝"),
    ("DRY", "dry spinning", "干法纺丝"),
];

/// A dataset of the folder `spinning`.
pub(super) fn spinning(descriptor: &Descriptor) -> Result<Dataset, String> {
    let steps = descriptor.after("SPINNING");
    let (how, use_en, use_zh, combed) = match steps.as_slice() {
        ["FOR_KNIT", how] => (*how, " for knitting", "针织用", true),
        ["FOR_WOVEN", how] => (*how, " for weaving", "机织用", true),
        [how] => (*how, "", "", false),
        other => return Err(other.join("/")),
    };
    let (how_en, how_zh) = say(SPINNING, how)?;
    let (fibre_en, fibre_zh) = match (how, descriptor.fibre()) {
        // So the activity calls it.
        ("DRY", "MICROFIBER") => ("extruded polymer filaments", "聚合物长丝"),
        (_, fibre) => say(FIBRES, fibre)?,
    };
    let (fibre_en, fibre_zh) = if combed {
        (format!("combed {fibre_en}"), format!("精梳{fibre_zh}"))
    } else {
        (fibre_en.into(), fibre_zh.into())
    };
    let (fine_en, fine_zh) = fineness(descriptor);
    let id = format!("{}/{}{}", steps.join("-"), descriptor.fibre(), id_of_fineness(descriptor));
    let name_en = format!("{how_en} of {fibre_en}{use_en}{fine_en}");
    let filament = descriptor.dtex.is_none();
    let mut dataset =
        Dataset::process(id, name_en, format!("{use_zh}{fibre_zh}{how_zh}{fine_zh}"), "process.textile.spinning");
    dataset.input = Some(if filament { "polymer" } else { "fibre" });
    // The pages of the database show other values than its results files.
    dataset.screening = filament;
    dataset.synonyms = match (how, descriptor.fibre()) {
        ("MELT_POY", "POLYESTER") => vec!["涤纶POY纺丝".into(), "polyester POY spinning".into()],
        ("MELT_DTY", "POLYESTER") => vec!["涤纶长丝纺丝".into(), "涤纶FDY纺丝".into(), "涤纶DTY纺丝".into()],
        ("MELT_DTY", "POLYAMIDE") => vec!["锦纶长丝纺丝".into(), "锦纶FDY纺丝".into(), "尼龙长丝纺丝".into()],
        ("MELT_POY", "POLYAMIDE") => vec!["锦纶POY纺丝".into()],
        ("WET", _) => vec!["粘胶纺丝".into(), "viscose spinning".into()],
        ("DRY", "ELASTANE") => vec!["氨纶纺丝".into(), "spandex spinning".into()],
        _ => Vec::new(),
    };
    Ok(dataset)
}

const KNITTING: &[Word] = &[
    ("CIRCULAR", "circular knitting", "圆机针织"),
    ("FLAT", "flat knitting", "横机针织"),
    ("HOSIERY", "hosiery knitting", "袜机针织"),
    ("SEAMLESS", "seamless knitting", "无缝针织"),
    ("3D", "3D knitting", "三维全成形针织"),
];

const WEAVING: &[Word] = &[
    ("AIR_JET", "air-jet weaving", "喷气织造"),
    ("WATER_JET", "water-jet weaving", "喷水织造"),
    ("RAPIER", "rapier weaving", "剑杆织造"),
    ("SHUTTLE", "shuttle weaving", "有梭织造"),
    ("JACQUARD", "jacquard weaving", "提花织造"),
    ("SILK", "weaving of silk", "丝绸织造"),
    ("CARPET", "weaving of carpet", "地毯织造"),
    ("BACKING", "weaving of primary carpet backing", "地毯底布织造"),
];

/// A dataset of the folders `knitting` and `weaving`.
pub(super) fn fabric(descriptor: &Descriptor) -> Result<Dataset, String> {
    let path: Vec<&str> = descriptor.path.iter().skip(1).copied().collect();
    let (class, (en, zh), id) = match path.as_slice() {
        ["KNITTING", how] => ("process.textile.knitting", say(KNITTING, how)?, *how),
        ["WEAVING", how] => ("process.textile.weaving", say(WEAVING, how)?, *how),
        ["SIZING", "NATURAL_FIBERS"] => {
            ("process.textile.sizing", ("fabric sizing, natural fibres", "天然纤维织物上浆"), "sizing")
        }
        ["NON_WOVEN", "MELTBLOWN", "POLYPROPYLENE"] => {
            ("process.textile.nonwoven", ("meltblowing of polypropylene", "丙纶熔喷成网"), "nonwoven/meltblown")
        }
        ["NON_WOVEN", "WETLAID_SPUNLACE", "CELLULOSIC_FIBERS"] => (
            "process.textile.nonwoven",
            ("wetlaid spunlacing of cellulosic fibres", "纤维素纤维湿法水刺成网"),
            "nonwoven/wetlaid-spunlace",
        ),
        other => return Err(other.join("/")),
    };
    let (fine_en, fine_zh) = fineness(descriptor);
    let id = format!("{id}{}", id_of_fineness(descriptor));
    let mut dataset = Dataset::process(id, format!("{en}{fine_en}"), format!("{zh}{fine_zh}"), class);
    match class {
        "process.textile.nonwoven" => {
            dataset.screening = true;
            dataset.note =
                Some("Whether the polymer or fibre is in the figure the source does not say: never a material.");
        }
        "process.textile.sizing" => dataset.input = Some("fabric"),
        _ => dataset.input = Some("yarn"),
    }
    dataset.synonyms = match path.as_slice() {
        ["KNITTING", "FLAT"] => vec!["横编".into(), "横机编织".into()],
        ["KNITTING", "HOSIERY"] => vec!["织袜".into(), "sock knitting".into()],
        ["KNITTING", "SEAMLESS"] => vec!["无缝编织".into()],
        ["KNITTING", "3D"] => vec!["全成形编织".into(), "3D编织".into()],
        ["WEAVING", "RAPIER"] => vec!["剑杆织机织造".into()],
        ["WEAVING", "WATER_JET"] => vec!["喷水织机织造".into()],
        ["WEAVING", "JACQUARD"] => vec!["提花织机织造".into()],
        ["SIZING", _] => vec!["上浆".into(), "sizing".into()],
        ["NON_WOVEN", "MELTBLOWN", _] => vec!["熔喷".into(), "meltblowing".into()],
        ["NON_WOVEN", ..] => vec!["水刺".into(), "spunlacing".into()],
        _ => Vec::new(),
    };
    Ok(dataset)
}

fn fineness(descriptor: &Descriptor) -> (String, String) {
    descriptor.dtex.map_or_else(Default::default, |dtex| (format!(", {dtex} dtex"), format!("（{dtex} dtex）")))
}

fn id_of_fineness(descriptor: &Descriptor) -> String {
    descriptor.dtex.map_or_else(String::new, |dtex| format!("/{dtex}-dtex"))
}
