//! T the threshold laboratory: populations, limits, forecasts.

entries! {
    T101 Note {
        en: "columns that were not used: {columns}", "Their content does not enter the statistics.", "Rename a column if it matters; `zuji threshold --help` has the names.";
        zh: "未使用的列：{columns}", "其内容不进入统计。", "如有需要请改列名；列名见 `zuji threshold --help`。";
    }
    T102 Error {
        en: "no product is left: {given} given, {left_out} left out", "Statistics of nothing would be figures of nothing.", "State the missing fields (see what was left out and why), or ask for another class.";
        zh: "没有可用的产品：共 {given} 个，剔除 {left_out} 个", "没有产品就没有统计。", "请补充缺少的字段（见剔除名单与原因），或选择其他子类。";
    }
    T103 Warning {
        en: "{count} product(s) leave the statistics because they do not state {fields}: {names}", "Footprints over other years of use or other places are not comparable.", "Get the missing fields from the makers; until then the products stand in the list of what was left out.";
        zh: "{count} 个产品因未注明 {fields} 而不计入统计：{names}", "使用年限或使用地不同的碳足迹不可比。", "请向制造商索取缺少的字段；在此之前它们列在剔除名单中。";
    }
    T104 Warning {
        en: "{count} product(s) stand twice and were counted once, with the larger footprint: {names}", "A product counted twice has twice the vote.", "Give them different names or numbers if they are different.";
        zh: "{count} 个产品重复，只计一次并取较大的碳足迹：{names}", "重复计数会使一个产品有两票。", "若确为不同产品，请给出不同的名称或编号。";
    }
    T105 Warning {
        en: "{count} product(s) are not comparable and leave the statistics ({why}): {names}", "Footprints of another boundary or GWP set, and totals at or below zero, are not of one population.", "Convert them first, or test them as a population of their own.";
        zh: "{count} 个产品不可比，不计入统计（{why}）：{names}", "系统边界或 GWP 因子集不同、总量不为正的碳足迹不属于同一总体。", "请先换算，或作为单独的总体检验。";
    }
    T106 Warning {
        en: "the products count different {field}: {values}", "Part of what a limit selects is the assumption, not the product.", "Ask for footprints under one assumption; `alternatives` in the plan shows how much it matters.";
        zh: "各产品采用的{field}不同：{values}", "限值筛选出的差异部分来自假设而非产品。", "请要求按同一假设提供碳足迹；计划中的 `alternatives` 可显示其影响。";
    }
    T107 Error {
        en: "\"{text}\" cannot be used for {option}: {range}", "Nothing is computed from a question that has no meaning.", "Correct the value.";
        zh: "“{text}”不能用于 {option}：{range}", "没有意义的问题不予计算。", "请更正该值。";
    }
}
