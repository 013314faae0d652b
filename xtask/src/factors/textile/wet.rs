//! Dyeing, and washing at home: processes per kg of textile, without the textile.

use super::dataset::{Dataset, Descriptor, Word, say};
use zuji_core::factor::FactorKind;

const GOODS: &[Word] = &[
    ("FABRIC", "fabric dyeing", "织物染色"),
    ("YARN", "yarn dyeing", "纱线染色"),
    ("FIBER", "fibre dyeing", "散纤维染色"),
    ("GARMENT", "garment dyeing", "成衣染色"),
];

const DYES: &[Word] = &[
    ("ACID", "acid dye", "酸性染料"),
    ("DISPERSE", "disperse dye", "分散染料"),
    ("INDIGO", "indigo", "靛蓝"),
    ("REACTIVE", "reactive dye", "活性染料"),
    ("VAT", "vat dye", "还原染料"),
];

const MACHINES: &[Word] = &[
    ("AIRFLOW_JET", "airflow jet", "气流染色机"),
    ("BEAM", "beam", "经轴染色"),
    ("CONVENTIONAL_JET", "conventional jet", "常规喷射染色机"),
    ("CPB", "cold pad batch", "冷轧堆"),
    ("FRONT_LOADER", "front loader", "前开门染色机"),
    ("HANK", "hank", "绞纱染色"),
    ("PACKAGE", "package", "筒子染色"),
    ("PAD_STEAM", "pad steam", "轧蒸"),
    ("ROPE", "rope", "束状染色"),
    ("SOFTFLOW_JET", "softflow jet", "溢流染色机"),
    ("THERMOSOL", "thermosol", "热熔"),
];

/// The activities call natural fibres cellulosic, wool and silk animal.
const FIBRES: &[Word] = &[
    ("NATURAL_FIBERS", "cellulosic fibres", "纤维素纤维"),
    ("SYNTHETIC_FIBERS", "synthetic fibres", "合成纤维"),
    ("WOOL_AND_SILK", "animal fibres", "毛与丝"),
];

/// A dataset of the folder `dyeing`.
pub(super) fn dyeing(descriptor: &Descriptor) -> Result<Dataset, String> {
    let steps = descriptor.after("DYEING");
    let [goods, dye, way, machine] = steps.as_slice() else { return Err(steps.join("/")) };
    if !matches!(*way, "BATCH" | "CONTINUOUS" | "SEMI-CONTINUOUS") {
        return Err((*way).to_string());
    }
    let (goods_en, goods_zh) = say(GOODS, goods)?;
    let (dye_en, dye_zh) = say(DYES, dye)?;
    let (machine_en, machine_zh) = say(MACHINES, machine)?;
    let (fibre_en, fibre_zh) = say(FIBRES, descriptor.fibre())?;
    let mut dataset = Dataset::process(
        format!("{}/{}", steps.join("/"), descriptor.fibre()),
        format!("{goods_en}, {dye_en}, {machine_en}, {fibre_en}, medium shade"),
        format!("{goods_zh}：{dye_zh}、{machine_zh}、{fibre_zh}（中色）"),
        "process.textile.dyeing",
    );
    dataset.input = Some("textile");
    dataset.note = Some("Without pre-treatment.");
    dataset.synonyms = match (*goods, *dye, *machine) {
        ("FABRIC", "REACTIVE", "CPB") => vec!["冷轧堆染色".into(), "cold pad batch dyeing".into()],
        ("FABRIC", "DISPERSE", "THERMOSOL") => vec!["热熔染色".into(), "thermosol dyeing".into()],
        ("YARN", "INDIGO", "ROPE") => vec!["牛仔靛蓝染色".into(), "靛蓝染色".into(), "indigo dyeing".into()],
        ("GARMENT", ..) => vec!["成衣染色".into(), "garment dyeing".into()],
        _ => Vec::new(),
    };
    Ok(dataset)
}

const LAUNDRY: &[Word] = &[
    ("WASHING/HAND#LIQUID_DETERGENT", "washing by hand, liquid detergent", "手洗（洗衣液）"),
    ("WASHING/HAND#POWDER_DETERGENT", "washing by hand, powder detergent", "手洗（洗衣粉）"),
    ("WASHING/MACHINE/30C#LIQUID_DETERGENT", "machine washing, 30 °C, liquid detergent", "机洗30℃（洗衣液）"),
    ("WASHING/MACHINE/30C#POWDER_DETERGENT", "machine washing, 30 °C, powder detergent", "机洗30℃（洗衣粉）"),
    ("WASHING/MACHINE/40C#LIQUID_DETERGENT", "machine washing, 40 °C, liquid detergent", "机洗40℃（洗衣液）"),
    ("WASHING/MACHINE/40C#POWDER_DETERGENT", "machine washing, 40 °C, powder detergent", "机洗40℃（洗衣粉）"),
    ("WASHING/MACHINE/60C#LIQUID_DETERGENT", "machine washing, 60 °C, liquid detergent", "机洗60℃（洗衣液）"),
    ("WASHING/MACHINE/60C#POWDER_DETERGENT", "machine washing, 60 °C, powder detergent", "机洗60℃（洗衣粉）"),
    ("WASHING/DRY_CLEANING#", "dry cleaning", "干洗"),
    ("DRYING/TUMBLE#COTTON/CLOSET_DRY", "tumble drying, cotton, closet dry", "滚筒烘干（棉，全干）"),
    ("DRYING/TUMBLE#COTTON/IRON_DRY", "tumble drying, cotton, iron dry", "滚筒烘干（棉，待熨）"),
    ("DRYING/TUMBLE#SYNTHETICS/CLOSET_DRY", "tumble drying, synthetics, closet dry", "滚筒烘干（化纤，全干）"),
    ("IRONING#", "ironing", "熨烫"),
    ("DETERGENT#LIQUID", "liquid detergent", "洗衣液"),
    ("DETERGENT#POWDER", "powder detergent", "洗衣粉"),
];

/// A dataset of the folder `use-phase`: European households, European electricity.
pub(super) fn laundry(descriptor: &Descriptor) -> Result<Dataset, String> {
    let key = format!("{}#{}", descriptor.path.join("/"), descriptor.substrate);
    let (en, zh) = say(LAUNDRY, &key)?;
    let mut dataset = Dataset::process(key, en.into(), zh.into(), "process.textile.laundry");
    dataset.geography = "RER";
    dataset.note = Some("Electricity and water of the household are in the figure: no energy of use beside it.");
    match descriptor.path.as_slice() {
        ["IRONING"] => dataset.unit = "min",
        ["DETERGENT"] => {
            dataset.kind = FactorKind::Material;
            dataset.class = "chemical.detergent";
            dataset.note = None;
            let powder = descriptor.substrate == "POWDER";
            let names =
                if powder { ["粉状洗涤剂", "washing powder"] } else { ["液体洗涤剂", "laundry liquid"] };
            dataset.synonyms = names.map(String::from).to_vec();
        }
        _ => {}
    }
    Ok(dataset)
}
