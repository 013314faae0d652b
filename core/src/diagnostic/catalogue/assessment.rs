//! A assessment of bids under a standard.

entries! {
    A101 Error {
        en: "bid {bid}: {field} \"{text}\" cannot be used: {cause}", "The bid is not scored; it changes nothing for the others.", "Correct the field.";
        zh: "投标 {bid}：{field} “{text}”不能使用：{cause}", "该投标不评分，也不影响其他投标。", "请更正该字段。";
    }
    A102 Error {
        en: "two bids have the id {bid}", "It is not clear whose result is whose.", "Give every bid an id of its own.";
        zh: "两个投标使用了同一编号 {bid}", "无法分清结果属于谁。", "请为每个投标使用唯一编号。";
    }
    A103 Warning {
        en: "bid {bid}: the {kind} {number} counts for nothing on {date}: {flaw}", "The value it was to prove is taken as if it were not there.", "Bring evidence that is valid on the day and for the model and category that are bid.";
        zh: "投标 {bid}：{kind} {number} 在 {date} 不予采信：{flaw}", "其所证明的数值视为没有该证明。", "请提供在该日期有效、型号和范围相符的证明。";
    }
    A104 Warning {
        en: "the {kind} {number} stands in several bids: {bids}", "One certificate for several offers may be borrowed.", "Look it up with its issuer.";
        zh: "{kind} {number} 出现在多个投标中：{bids}", "同一证明用于多个投标，可能存在借用。", "请向签发机构查证。";
    }
    A105 Warning {
        en: "bid {bid} has an open credit record on {date}: {kind}", "The standard excludes such bidders.", "A record that was repaired before the day does not count: state `repaired`.";
        zh: "投标 {bid} 在 {date} 有未修复的信用记录：{kind}", "标准排除此类供应商。", "在该日期之前已修复的记录不计：请填写 repaired。";
    }
    A106 Warning {
        en: "bid {bid}: its footprint cannot be compared: {reasons}", "Footprints of another boundary, set, unit, method or factor pack say nothing about each other; the bid gets no points and no zero.", "State or compute the footprint as the standard says, under pcf.";
        zh: "投标 {bid}：其碳足迹不可比：{reasons}", "边界、特征化因子集、功能单位、方法或因子包不同的碳足迹互不可比；该投标既不得分也不记零分。", "请按标准 pcf 的规定给出或计算碳足迹。";
    }
    A107 Warning {
        en: "bid {bid} is excluded by {clause}: {value} {operator} {limit} does not hold", "A bid that fails a gate sets no benchmark and earns no points.", "Nothing to do, or bid a product that keeps the limit.";
        zh: "投标 {bid} 因 {clause} 被排除：{value} {operator} {limit} 不成立", "未通过门槛的投标不作为评标基准，也不得分。", "无需处理，或投报符合限值的产品。";
    }
    A108 Error {
        en: "guard min_independent_makers: {found} maker(s) keep all gates, {wanted} are wanted", "The limit leaves too little competition in this tender.", "Review the limit, or invite more makers.";
        zh: "保护条款 min_independent_makers：{found} 家厂商通过全部门槛，要求 {wanted} 家", "该限值使本次采购竞争不足。", "请复核限值，或邀请更多厂商。";
    }
    A109 Error {
        en: "guard max_implied_carbon_price: {clause} pays {found} per tonne for bid {bid}, at most {max} is allowed", "A point for carbon buys a tonne at a price that nobody would pay.", "Lower the weight of the indicator, or flatten the curve.";
        zh: "保护条款 max_implied_carbon_price：{clause} 对投标 {bid} 的隐含碳价为每吨 {found}，上限 {max}", "碳分值折算的每吨价格过高。", "请降低该指标权重，或放缓曲线。";
    }
    A110 Warning {
        en: "bids {bids} are equal after every tie-break", "The standard does not say who comes first.", "Decide as the law provides; add a tie-break to the standard.";
        zh: "投标 {bids} 在全部平分规则之后仍相同", "标准没有规定谁排在前面。", "请依法决定，并在标准中补充平分规则。";
    }
    A111 Note {
        en: "{id} {version} is {status}: this result has no legal effect", "A standard decides awards only while it is in force.", "Nothing to do.";
        zh: "{id} {version} 的状态为 {status}：本结果不具法律效力", "标准仅在生效期间才能决定中标。", "无需处理。";
    }
    A112 Warning {
        en: "without the losing bid {bid} the winner would be {winner}", "The price score rests on a bid that does not win: a straw bid could decide the award.", "Look at that bid; a fixed floor and ceiling would not depend on it.";
        zh: "若没有未中标的投标 {bid}，中标者将是 {winner}", "价格分依赖于一个不会中标的投标：陪标可能左右结果。", "请审查该投标；采用固定上下限则不受其影响。";
    }
    A113 Warning {
        en: "bid {bid}: delivered differs from bid first at {clause}: {given} against {promised}", "What won the award is not what was delivered.", "Apply clause {acceptance}: {consequence}.";
        zh: "投标 {bid}：交付与投标首先在 {clause} 处不同：{given} 与 {promised}", "交付的产品与中标承诺不符。", "请适用条款 {acceptance}：{consequence}。";
    }
    A114 Warning {
        en: "bid {bid}: nothing valid of {wanted} at the stage {stage} for {input} (clause {clause})", "The value counts as not proven.", "Bring one of them.";
        zh: "投标 {bid}：在{stage}阶段，{input} 没有任何有效的 {wanted}（条款 {clause}）", "该数值视为未被证明。", "请提供其中之一。";
    }
    A115 Note {
        en: "bid {bid}: {declared} was declared, {computed} was computed under the standard and scores", "Lifetime, use and factors are the standard's, not the bidder's.", "Nothing to do.";
        zh: "投标 {bid}：声明值为 {declared}，按标准计算为 {computed}，以后者计分", "寿命、使用情景和因子以标准为准，而非投标人自定。", "无需处理。";
    }
    A116 Warning {
        en: "bid {bid} offers {model}, which {clause} has phased out", "Products on the list may not be bought from that day on.", "Bid another model.";
        zh: "投标 {bid} 投报的 {model} 已被 {clause} 列为淘汰", "自该日起不得采购清单所列产品。", "请投报其他型号。";
    }
    A117 Error {
        en: "the footprints were computed with several methods: {methods}", "Results of different method profiles are not comparable, and the standard names none.", "Name the method under pcf.method, and have the footprints computed with it.";
        zh: "碳足迹采用了多种方法：{methods}", "不同方法规则的结果不可比，而标准没有指定方法。", "请在 pcf.method 指定方法，并据此计算碳足迹。";
    }
    A118 Error {
        en: "bid {bid}: {file} cannot serve: {cause}", "A footprint is taken only from a record that says what its hash says and recomputes, or from a product that can be computed.", "Ask the bidder for the original file.";
        zh: "投标 {bid}：{file} 不能使用：{cause}", "只采用哈希相符且可重算的记录，或可以计算的产品。", "请向投标人索取原始文件。";
    }
}
