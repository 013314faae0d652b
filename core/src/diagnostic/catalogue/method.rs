//! P methods and results, R records.

entries! {
    P701 Error {
        en: "method profile \"{id}\" is not known", "Results of different profiles are not comparable, so none is assumed.", "Choose one of: {known}.";
        zh: "未知的方法规则“{id}”", "不同规则的结果不可比，因此不作默认假设。", "请选择：{known}。";
    }
    P702 Note {
        en: "{count} line(s) lie outside the boundary {boundary}: {stages}", "They are listed beside the total, not in it.", "Change the boundary if they belong to it.";
        zh: "有 {count} 行在边界（{boundary}）之外：{stages}", "它们列在总量之外，不计入总量。", "若应包含，请更改边界。";
    }
    P703 Error {
        en: "the product's date \"{text}\" is not a date", "Age of data and validity are counted from it.", "Write it as 2026-05-31.";
        zh: "产品日期“{text}”不是有效日期", "数据时效和有效期都由此计算。", "请写成 2026-05-31 的形式。";
    }
    P704 Note {
        en: "the product has no date", "The age of the data is unknown and scores 5 (worst) in data quality.", "Add `reference_period` or `date` to product.yaml, or use --as-of.";
        zh: "产品没有日期", "数据的时效未知，在数据质量中记为 5（最差）。", "请在 product.yaml 中添加 `reference_period` 或 `date`，或使用 --as-of。";
    }
    P705 Warning {
        en: "excluded lines are {share} of the total; {profile} allows {limit}", "Above the cut-off criteria the result does not conform.", "Count some of these lines.";
        zh: "被排除的行占总量的 {share}；{profile} 允许 {limit}", "超过取舍准则时结果不合规。", "请计入其中部分行。";
    }
    P706 Error {
        en: "the share of other characterisation sets is {share}; --strict allows none", "The result mixes assessment reports.", "Use factors split by gas, or leave out --strict.";
        zh: "其他特征化因子集的份额为 {share}；--strict 不允许", "结果混用了不同评估报告的数值。", "请使用分气体的因子，或去掉 --strict。";
    }
    P707 Error {
        en: "not one line could be counted", "There is no total.", "Settle the findings above and run again.";
        zh: "没有任何一行能够计入", "没有总量。", "请先处理以上问题再运行。";
    }
    R701 Error {
        en: "the record was made by engine {found}; this is {expected}", "Another engine may round or select differently.", "Verify with the engine that the record names.";
        zh: "该记录由引擎 {found} 生成；当前为 {expected}", "不同引擎的取整或选择可能不同。", "请使用记录所注明的引擎核验。";
    }
    R702 Error {
        en: "the recomputed record differs from the given one at {where}: {given} against {recomputed}", "The record was changed, or its inputs do not lead to its result.", "Ask for the original record.";
        zh: "重新计算的记录与给定记录在 {where} 处不同：{given} 与 {recomputed}", "记录被改动，或其输入不能得出其结果。", "请索取原始记录。";
    }
    R703 Error {
        en: "this is not a record: {cause}", "Nothing was verified.", "Give a file that `zuji footprint --record` wrote.";
        zh: "这不是有效的记录：{cause}", "没有进行任何核验。", "请提供由 `zuji footprint --record` 生成的文件。";
    }
}
