//! F factors in a computation, G characterisation.

entries! {
    F301 Error {
        en: "no factor for \"{name}\" ({rows} row(s))", "A missing factor is never zero: the result is incomplete.", "Choose one{suggestion} with `factor:` or in product.yaml under `factors:`, search with `zuji factors search`, or give a supplier footprint.";
        zh: "“{name}”没有可用的排放因子（{rows} 行）", "缺失的因子绝不按零处理：结果不完整。", "请用 `factor:` 或在 product.yaml 的 `factors:` 中选择一个{suggestion}，可用 `zuji factors search` 搜索，或录入供应商碳足迹。";
    }
    F302 Error {
        en: "factor \"{id}\" is not in the loaded tables", "The line is not counted.", "Check the id with `zuji factors search`, or load its table with --factors.";
        zh: "已加载的因子表中没有“{id}”", "该行未计入。", "请用 `zuji factors search` 核对编号，或用 --factors 加载其所在的表。";
    }
    F310 Error {
        en: "factor {id} is {kind}; \"{name}\" needs {needed}", "It would leave out part of the life cycle or count another part; the line is not counted.", "{advice}";
        zh: "因子 {id} 属于{kind}；“{name}”需要{needed}", "它会遗漏生命周期的一部分，或计入另一部分；该行未计入。", "请这样处理：{advice}";
    }
    F311 Error {
        en: "\"{name}\": {id} has no matching {half} row in its table", "A fuel is combustion and well-to-tank together; one without the other is a gap, so the line is not counted.", "Use a fuel that has both rows, or a life-cycle row.";
        zh: "“{name}”：{id} 在其表中没有对应的{half}行", "燃料须同时包含燃烧和上游两部分；缺一即为缺口，该行未计入。", "请选用两者齐全的燃料，或全生命周期因子。";
    }
    F313 Question {
        en: "{count} plastic or metal factor(s) already include forming, and the plant's energy is counted too", "If the plant forms these parts itself, that energy is counted twice ({names}).", "Answer in product.yaml: `forming: bought` (parts are bought formed) or `forming: own` (choose factors without forming).";
        zh: "有 {count} 个材料因子已含成型，同时又计入了工厂用能", "若这些零件由本厂成型，则该能耗重复计算（{names}）。", "请在 product.yaml 中回答：`forming: bought`（外购成型件）或 `forming: own`（选用不含成型的因子）。";
    }
    F314 Error {
        en: "factor {id} is spend-based", "Spend-based factors are never matched automatically and never scored; the line is not counted.", "Use a factor per mass, piece or energy.";
        zh: "因子 {id} 基于支出", "基于支出的因子从不自动匹配，也不参与评分；该行未计入。", "请使用按质量、件数或能量的因子。";
    }
    F320 Warning {
        en: "{count} factor(s) come from another geography or time: {names}", "The figures may not represent the place and period of the product; data quality shows it.", "Give a closer factor with `factor:`, or a supplier footprint.";
        zh: "有 {count} 个因子来自其他地域或时间：{names}", "这些数值可能不代表产品的地点和时期；数据质量已反映。", "请用 `factor:` 指定更接近的因子，或录入供应商碳足迹。";
    }
    F321 Warning {
        en: "{count} line(s) use a declared proxy: {names}", "A proxy stands in for a material without a public figure; data quality shows it.", "Ask the supplier for the real figure.";
        zh: "有 {count} 行使用了声明的替代因子：{names}", "替代因子用于没有公开数据的材料；数据质量已反映。", "请向供应商索取实际数据。";
    }
    F322 Error {
        en: "factor {id} is direct CO2 of power generation, not a life-cycle footprint", "It leaves out fuel supply, plants, losses and other gases; mixing the two is the commonest error with Chinese electricity. The line is not counted.", "Leave the factor open: the national life-cycle factor is chosen by itself.";
        zh: "因子 {id} 是发电直接 CO2 排放因子，不是电力碳足迹因子", "它不含燃料上游、电厂建设、线损和其他温室气体；混用二者是中国电力核算最常见的错误。该行未计入。", "请不要指定该因子：程序会自动选用全国电力碳足迹因子。";
    }
    F323 Warning {
        en: "\"{name}\" is claimed as green power without an instrument id", "Without an instrument the claim cannot be told from the grid's average; the location-based figure is used.", "Give the certificate: `instrument: <id>`.";
        zh: "“{name}”声明为绿电，但没有凭证编号", "没有凭证就无法与电网平均区分；采用基于位置的数值。", "请给出绿证编号：`instrument: <编号>`。";
    }
    F324 Note {
        en: "\"{name}\": location-based {location} kg CO2e counts, market-based {market} kg CO2e stands beside it", "There is no residual mix for {geography}, so the location-based figure scores.", "Nothing to do.";
        zh: "“{name}”：计入基于位置的 {location} kg CO2e，基于市场的 {market} kg CO2e 并列显示", "{geography} 没有剩余组合因子，因此以基于位置的数值为准。", "无需处理。";
    }
    F325 Note {
        en: "{id}: its source does not say whether transmission losses are included; none were added", "A transmission factor is added only where the base factor's source excludes it.", "Nothing to do.";
        zh: "{id}：来源未说明是否包含输配电损失；未另行增加", "只有当基础因子的来源明确不含输配电时才增加。", "无需处理。";
    }
    F326 Warning {
        en: "{count} bio-based line(s) have no biogenic carbon content: {names}", "{effect}; the total excluding biogenic uptake stands.", "Give `biogenic_carbon` (kg C per kg) on these lines.";
        zh: "有 {count} 行生物基材料没有生物成因碳含量：{names}", "{effect}；不含生物成因吸收的总量有效。", "请在这些行给出 `biogenic_carbon`（kg C/kg）。";
    }
    F327 Error {
        en: "the incineration of \"{name}\" needs its fossil carbon content", "Burning releases the carbon in the material (× 44/12); without the content it is unknown, not zero.", "Give `fossil_carbon` (kg C per kg) on the line.";
        zh: "“{name}”的焚烧需要化石碳含量", "焚烧释放材料中的碳（×44/12）；没有含量即为未知，而不是零。", "请在该行给出 `fossil_carbon`（kg C/kg）。";
    }
    F328 Error {
        en: "no {route} factor for \"{name}\" (class {class})", "What happens to it at the end of life is unknown, not zero.", "Give `end_of_life` on the line with a factor of its own, or choose another route.";
        zh: "“{name}”（类别 {class}）没有{route}处理因子", "其生命末期的影响未知，而不是零。", "请在该行的 `end_of_life` 中指定因子，或选择其他处理方式。";
    }
    F329 Error {
        en: "air freight with radiative forcing never enters a total ({id})", "No standard of product footprints counts it; the line is not counted.", "Use the row without radiative forcing.";
        zh: "含辐射强迫的航空货运因子不得进入总量（{id}）", "产品碳足迹标准均不计入该部分；该行未计入。", "请使用不含辐射强迫的因子。";
    }
    F330 Note {
        en: "{count} line(s) are energy, freight or waste and were put into their own stage: {names}", "The bill of materials gave no stage for them.", "Set `stage` if another one is meant.";
        zh: "有 {count} 行属于能源、运输或废物，已归入相应阶段：{names}", "物料清单未给出这些行的阶段。", "如需其他阶段，请设置 `stage`。";
    }
    G201 Error {
        en: "\"{set}\" is not a known set of characterisation factors", "A CO2e figure cannot be converted without its gases; known: {known}.", "Name one of them.";
        zh: "“{set}”不是已知的特征化因子集", "没有分气体数据的 CO2e 无法换算；已知：{known}。", "请使用其中之一。";
    }
    G202 Warning {
        en: "{share} of the total was characterised with another set than {set}: {others}", "CO2e that its source does not split by gas keeps the set of its source.", "Use --gwp with the set of the sources, or factors that are split by gas. `--strict` makes this an error.";
        zh: "总量的 {share} 采用了 {set} 以外的特征化因子集：{others}", "来源未分气体的 CO2e 保留其来源的因子集。", "请用 --gwp 选择来源的因子集，或使用分气体的因子；`--strict` 会将其变为错误。";
    }
    G204 Note {
        en: "{share} of the total comes from sources that do not state their set of characterisation factors", "Such CO2e may be of an older assessment report; it cannot be converted without its gases.", "Prefer factors that state it, or are split by gas. `--strict` makes this an error.";
        zh: "总量的 {share} 来自未注明特征化因子集的来源", "此类 CO2e 可能采用较旧的评估报告；没有分气体数据无法换算。", "请优先选用注明版本或分气体的因子；`--strict` 会将其变为错误。";
    }
    G203 Error {
        en: "{set} has no characterisation factor for {gas}", "An emission without a factor is unknown, not zero; the lines that emit it are incomplete.", "Choose a set that has it: {others}.";
        zh: "{set} 没有 {gas} 的特征化因子", "没有特征化因子的排放是未知，不是零；相关行不完整。", "请选择包含该气体的因子集：{others}。";
    }
    G205 Warning {
        en: "{share} of the total keeps another time horizon than the {horizon} years of {set}: {others}", "A figure over {horizon} years with parts over others is neither; CO2e that its source does not split by gas cannot be converted.", "Use factors that are split by gas, or the horizon of the sources. `--strict` makes this an error.";
        zh: "总量的 {share} 仍采用与 {set}（{horizon} 年）不同的时间范围：{others}", "{horizon} 年的数值混入其他时间范围的部分后，两者都不是；来源未分气体的 CO2e 无法换算。", "请使用分气体的因子，或采用来源的时间范围；`--strict` 会将其变为错误。";
    }
    G206 Warning {
        en: "the result is over {horizon} years; {profile} computes over {usual}", "It is a second view, not a footprint under that rule set; the two must not be compared.", "Show it beside the result over {usual} years, with its horizon named.";
        zh: "该结果的时间范围为 {horizon} 年；{profile} 采用 {usual} 年", "这是另一种视角，而不是该规则下的碳足迹；两者不可比较。", "请与 {usual} 年的结果并列展示，并注明时间范围。";
    }
}
