//! Names in the raw table that do not mean the line's own material.
//!
//! A line may stand in for another material and then lists that material's names among its own. Left there, a screw
//! would be steel wire and PA6 caprolactam without anybody being told; on the proxy's row the result says so.

/// Line, names that mean the material it stands in for: they go to the row of the proxy.
const OF_THE_PROXY: &[(&str, &[&str])] = &[
    ("cn-caprolactam-cpcd", &["PA6", "尼龙6", "锦纶6"]),
    ("cn-chemical-fibre-fabric-cpcd", &["锦纶面料", "尼龙布", "nylon fabric"]),
    ("cn-copper-alloy-cpcd", &["黄铜", "H59", "H62", "brass"]),
    ("cn-display-glass-cpcd", &["液晶面板", "LCD"]),
    ("cn-petg-cpcd", &["PET切片", "聚酯切片", "polyester chips"]),
    ("cn-plastic-film-bag-cpcd", &["PE袋"]),
    ("cn-polyester-pile-dyed-cpcd", &["涤纶面料", "涤纶布", "网布", "polyester fabric", "polyester mesh"]),
    ("cn-recycled-aluminium-cpcd", &["ADC12原料", "铝合金锭"]),
    ("cn-recycled-aluminium-peng2022", &["ADC12原料", "铝合金锭"]),
    ("cn-rubber-cpcd", &["EPDM"]),
    ("cn-steel-wire-cpcd", &["螺丝", "螺钉", "紧固件", "screws", "fasteners"]),
    ("cn-synthetic-rubber-cpcd", &["三元乙丙", "EPDM"]),
    ("cn-tin-cpcd", &["焊锡", "solder"]),
    ("cn-wall-paint-cpcd", &["喷粉", "粉末涂料", "喷塑", "powder coating"]),
    ("cn-wire-products-cpcd", &["螺丝", "紧固件", "fasteners"]),
    ("gb-aluminium-cast-average-ice2", &["压铸铝", "铝压铸件", "ADC12", "die-cast aluminium"]),
    ("gb-epoxy-ice2", &["胶粘剂", "胶水", "AB胶", "adhesive"]),
    ("gb-iron-ice2", &["铸铁", "铸铁件", "铸钢", "cast iron", "cast steel"]),
    ("gb-rubber-ice2", &["EPDM"]),
    ("gb-steel-wire-ice2", &["螺钉", "紧固件", "fasteners"]),
    ("gb-tin-ice2", &["焊锡", "solder"]),
    ("glo-bare-pcb-gpu-boavizta", &["PCB", "裸板", "电路板", "线路板", "印制板", "FR-4", "bare board", "PWB"]),
    ("glo-mainboard-server-boavizta", &["主板", "mainboard", "motherboard"]),
    ("glo-psu-boavizta", &["电源适配器", "充电器", "AC适配器", "adapter", "charger"]),
    ("rer-copper-virgin-ice2", &["铜线", "漆包线", "copper wire"]),
    ("rer-silicone-rtv1-kunz2026", &["硅胶", "硅橡胶", "silicone"]),
];

/// Line, names that fit neither: they would pick a figure by the order of ids, or a server's board for any assembly.
const OF_NEITHER: &[(&str, &[&str])] = &[
    ("cn-polyester-pile-dope-dyed-cpcd", &["网布", "polyester mesh"]),
    ("cn-synthetic-rubber-cpcd", &["橡胶"]),
    ("gb-steel-wire-ice2", &["弹簧"]),
    ("glo-mainboard-server-boavizta", &["PCBA"]),
];

/// Takes the names that are not the line's own out of its list and returns those of the proxy.
pub(super) fn sort_out(line: &str, names: &mut Vec<String>) -> Vec<String> {
    let listed = |list: &[(&str, &'static [&'static str])]| {
        list.iter().find(|(id, _)| *id == line).map_or(&[] as &[&str], |(_, names)| *names)
    };
    let (theirs, nobodys) = (listed(OF_THE_PROXY), listed(OF_NEITHER));
    let moved = names.iter().filter(|name| theirs.contains(&name.as_str())).cloned().collect();
    names.retain(|name| !theirs.contains(&name.as_str()) && !nobodys.contains(&name.as_str()));
    moved
}
