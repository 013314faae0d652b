//! B bills of materials, C supplier footprints, L allocation.

entries! {
    B204 Question {
        en: "{count} rows are identical: \"{name}\" × {amount} {unit}", "If one was pasted twice, the result is too high; all of them are counted.", "Delete the copy, or give each row its position.";
        zh: "有 {count} 行完全相同：“{name}” × {amount} {unit}", "若为重复粘贴，结果会偏高；目前全部计入。", "请删除重复行，或给每行填写位置号。";
    }
    B206 Note {
        en: "{count} row(s) of sums (小计, total) were not counted", "They repeat the rows above; counting them would double the result.", "Nothing to do if they are sums; otherwise name their material.";
        zh: "{count} 行合计（小计、总计）未计入", "它们重复了上面的行，计入会使结果翻倍。", "如确为合计则无需处理；否则请填写其材料。";
    }
    B310 Error {
        en: "\"{name}\" has no mass: a quantity in {unit} cannot be weighed", "{why}; the line is not counted.", "Give the mass per piece (单重), or dimensions and density.";
        zh: "“{name}”没有质量：以 {unit} 计的数量无法得出重量", "{why}；该行未计入。", "请给出单重，或尺寸与密度。";
    }
    B311 Error {
        en: "\"{name}\" has no mass, so its transport and its end of life cannot be computed", "Both count by mass; they are missing, never zero.", "Give the mass per piece (单重), per area (克重) or per length (米重), or dimensions and density.";
        zh: "“{name}”没有质量，其运输和生命末期无法计算", "两者都按质量计；缺失绝不按零处理。", "请给出单重、克重、米重，或尺寸与密度。";
    }
    B401 Error {
        en: "the bill of materials has a cycle: {cycle}", "A product cannot contain itself; nothing can be computed.", "Correct the parent of one of these rows. Rework or recycled input belongs into process data.";
        zh: "物料清单出现循环：{cycle}", "产品不能包含自身；无法计算。", "请更正其中一行的父项。返工或再生投入应写入工艺数据。";
    }
    B402 Error {
        en: "parent \"{parent}\" is not in the list", "The part hangs in the air; it and what is below it are not counted.", "Add the parent as a row of its own, or leave the parent empty for a part of the product itself.";
        zh: "清单中没有父项“{parent}”", "该零件没有归属；它及其下级未计入。", "请为父项单独加一行，或将父项留空表示直属产品。";
    }
    B403 Error {
        en: "\"{name}\" is an assembly but has a quantity in {unit}", "Its parts are given per piece; the assembly cannot be counted.", "Give the number of assemblies in pieces.";
        zh: "“{name}”是组件，但数量单位为 {unit}", "其下级按每件给出，因此该组件无法计入。", "请以件数给出组件数量。";
    }
    B404 Warning {
        en: "\"{name}\" has parts of its own, so its own material \"{material}\" was not counted", "Counting both would count the mass twice.", "Remove the material of the assembly, or its parts.";
        zh: "“{name}”有下级零件，因此其自身材料“{material}”未计入", "同时计入会重复计算质量。", "请删除组件的材料，或删除其下级。";
    }
    B405 Error {
        en: "\"{name}\" is beyond {limit}", "Quantities multiply through the levels; their product left the range of real products, so the line is not counted.", "Check its quantity, its factor and the quantities of the assemblies above it.";
        zh: "“{name}”超过 {limit}", "数量逐级相乘，其乘积已超出实际产品范围，因此该行未计入。", "请检查该行数量、因子以及上级各组件的数量。";
    }
    B406 Error {
        en: "\"{name}\" is an assembly; this has no place on it and was not used: {fields}", "An assembly counts by its parts; what is said of it as a whole would be lost.", "Write it on its parts, or as a line of its own.";
        zh: "“{name}”是组件；以下内容不适用于组件，未被采用：{fields}", "组件按其下级计算；对整个组件的说明会丢失。", "请写在其下级零件上，或单独写成一行。";
    }
    B501 Note {
        en: "the quantity of {rows} row(s) is 0", "They contribute zero, as written.", "Nothing to do if that is meant.";
        zh: "有 {rows} 行数量为 0", "按所写内容，其贡献为零。", "若确实如此则无需处理。";
    }
    B502 Question {
        en: "\"{name}\" has a negative quantity ({amount} {unit})", "It can be a by-product, a return or a slip. It is not credited until you choose.", "Set `treatment` on the line: waste (treated), return (goes back into stock), or correct the number. A by-product that is sold belongs into `co_products`.";
        zh: "“{name}”数量为负（{amount} {unit}）", "可能是副产品、返还件或笔误。选择之前不作抵扣。", "请在该行设置 `treatment`：waste（作为废物处理）、return（退回库存），或更正数字；出售的副产品请写入 `co_products`。";
    }
    B503 Error {
        en: "\"{name}\" has no quantity", "The line is not counted.", "Fill in the quantity.";
        zh: "“{name}”没有数量", "该行未计入。", "请填写数量。";
    }
    B504 Warning {
        en: "\"{name}\" says treatment {text}, but its quantity is not negative", "Only a negative quantity is waste or a return; the line was counted as a part.", "Write the quantity with a minus, or remove the treatment.";
        zh: "“{name}”注明处理方式为 {text}，但数量不是负数", "只有负数用量才表示废物或返还；该行已按零件计入。", "请将数量写为负数，或删除处理方式。";
    }
    B601 Warning {
        en: "no packaging is declared", "A product usually leaves the gate packed; its packaging is not in the result.", "Add packaging lines (stage: packaging), or state `packaging: none`.";
        zh: "未声明包装", "产品通常带包装出厂；结果中没有包装。", "请添加包装行（stage: packaging），或注明 `packaging: none`。";
    }
    B602 Warning {
        en: "no energy of manufacture is declared", "The result holds materials only, not what the plant uses.", "Add `energy` to product.yaml, or state `energy: none` where parts are only put together by hand.";
        zh: "未声明生产能耗", "结果只含材料，不含工厂用能。", "请在 product.yaml 中添加 `energy`；若仅手工组装，请注明 `energy: none`。";
    }
    B603 Note {
        en: "energy \"{name}\" is taken as used for one declared unit", "Neither `per` nor an allocation was given.", "If it is the plant's, add the outputs of the plant and a key.";
        zh: "能源“{name}”按一个声明单位的用量计", "未给出 `per` 或分摊方法。", "若为全厂用量，请添加工厂产出和分摊键。";
    }
    B604 Error {
        en: "the boundary is {boundary}, but nothing is said about {stage}", "A stage that belongs to the boundary and is not described is unknown, not zero.", "Add `{field}`, or set the boundary to cradle-to-gate.";
        zh: "边界为{boundary}，但未说明{stage}", "属于边界而未描述的阶段是未知，不是零。", "请添加 `{field}`，或将边界设为从摇篮到大门。";
    }
    B605 Warning {
        en: "{count} amount(s) of energy are estimates, not measured: {names}", "The result stands on them; a verifier will ask.", "Read them from meters or bills.";
        zh: "有 {count} 项能耗为估算而非实测：{names}", "结果依赖这些数值；核查时会被问及。", "请采用计量表或账单数据。";
    }
    C410 Error {
        en: "the supplier footprint of \"{name}\" covers {found}, {expected} is needed", "Adding it would leave out or double stages; the line is not counted.", "Ask the supplier for a cradle-to-gate footprint.";
        zh: "“{name}”的供应商碳足迹覆盖{found}，需要{expected}", "直接采用会遗漏或重复阶段；该行未计入。", "请向供应商索取从摇篮到大门的碳足迹。";
    }
    C411 Warning {
        en: "the supplier footprint of \"{name}\" was valid until {until}; the product's date is {date}", "An expired footprint may be refused at submission.", "Ask the supplier for a current one.";
        zh: "“{name}”的供应商碳足迹有效期至 {until}；产品日期为 {date}", "过期的碳足迹在提交时可能被拒绝。", "请向供应商索取有效版本。";
    }
    C412 Note {
        en: "the supplier footprint of \"{name}\" replaces the average ({average} → {supplier} kg CO2e)", "The difference is {delta} kg CO2e.", "Keep the supplier's document as evidence.";
        zh: "“{name}”采用供应商碳足迹代替平均值（{average} → {supplier} kg CO2e）", "差值为 {delta} kg CO2e。", "请保留供应商文件作为证据。";
    }
    L601 Error {
        en: "co-product \"{name}\" has a negative {key} ({text})", "Shares on a negative value leave 0…1: one product would carry more than everything, another less than nothing.", "Treat it as waste (add its treatment as a line), allocate by mass, or use substitution in process data.";
        zh: "共生产品“{name}”的{key}为负（{text}）", "负值会使份额超出 0…1：一个产品承担过多，另一个低于零。", "请作为废物处理（将其处理写成一行），按质量分配，或在工艺数据中使用替代法。";
    }
    L602 Error {
        en: "allocation by {key} cannot be computed: {cause}", "Without shares the total cannot be divided.", "Complete the outputs, or choose another key.";
        zh: "无法按{key}分配：{cause}", "没有份额就无法划分总量。", "请补全产出数据，或选择其他分配键。";
    }
    L603 Warning {
        en: "allocation by {key}: highest to lowest value is {ratio} : 1", "PACT 3 asks for {asked} allocation at this ratio.", "State the reason, or change the key.";
        zh: "按{key}分配：最高与最低价值之比为 {ratio} : 1", "PACT 3 在此比例下要求{asked}分配。", "请说明理由或更换分配键。";
    }
    L604 Note {
        en: "{what} was allocated by {key}: {share} of {total} goes to this product", "The rule is recorded in the result.", "Nothing to do if the key is right.";
        zh: "{what}按{key}分配：{total} 中的 {share} 归于本产品", "该规则已记入结果。", "若分配键正确则无需处理。";
    }
}
