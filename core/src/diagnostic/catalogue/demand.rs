//! D demand standards: the document itself, what lint says of it.

entries! {
    D101 Error {
        en: "{field}: \"{text}\" is not an exact decimal: {cause}", "Scores are computed exactly; a number that is guessed at would decide an award.", "Write a plain decimal, best in quotes: \"12.5\".";
        zh: "{field}：“{text}”不是精确的十进制数：{cause}", "评分按精确数计算；猜测的数字会左右中标结果。", "请写成普通十进制数，最好加引号：\"12.5\"。";
    }
    D102 Error {
        en: "{field}: \"{text}\" is not a date", "Limits and validity hold from a day on.", "Write it as 2026-05-31.";
        zh: "{field}：“{text}”不是有效日期", "限值和有效期都从某一天起算。", "请写成 2026-05-31 的形式。";
    }
    D103 Error {
        en: "{field}: \"{text}\" is not known here", "A name that means nothing would silently change what is required.", "Use one of: {known}.";
        zh: "{field}：“{text}”在此处没有定义", "没有含义的名称会悄悄改变要求。", "请使用：{known}。";
    }
    D104 Error {
        en: "{field}: \"{text}\" cannot be used: expected {range}", "A clause that can be read in two ways cannot be applied.", "Correct the field; all fields are in docs/standards.md.";
        zh: "{field}：“{text}”不能使用：应为{range}", "可作两种理解的条款无法执行。", "请更正该字段；全部字段见 docs/standards.md。";
    }
    D105 Error {
        en: "the clause id {id} stands twice", "Scores and complaints cite clauses by their id.", "Give every clause an id of its own.";
        zh: "条款编号 {id} 重复", "评分和质疑都按条款编号引用。", "请为每个条款使用唯一编号。";
    }
    D106 Error {
        en: "clause {clause} compares {input} with a limit in {limit}", "Numbers in two units cannot be compared.", "Give the limit in the unit of what it limits.";
        zh: "条款 {clause} 将 {input} 与单位为 {limit} 的限值比较", "单位不同的数值不能比较。", "请使限值与被限制量的单位一致。";
    }
    D107 Error {
        en: "clause {clause} gives more for a worse value of {input}", "A standard must never pay for more emissions.", "Turn the curve round, or correct which direction is better.";
        zh: "条款 {clause} 对更差的 {input} 给予更多", "标准绝不能奖励更高的排放。", "请调整曲线方向，或更正优劣方向。";
    }
    D108 Error {
        en: "value {position} of a curve, {value}, does not {direction} from the one before it", "A curve with two equal or crossed values has two results for one bid.", "Give every value once, in order.";
        zh: "曲线的第 {position} 个值 {value} 相对前一个值没有{direction}", "值相等或次序颠倒的曲线会对同一投标给出两个结果。", "请按顺序给出每个值，且每个值只出现一次。";
    }
    D109 Error {
        en: "clause {clause}: the rate {rate} lies outside the bounds {low} to {high}", "The law that allows the preference bounds it.", "Choose a rate within the bounds.";
        zh: "条款 {clause}：比例 {rate} 超出 {low} 至 {high} 的范围", "优惠所依据的法规规定了幅度。", "请在幅度内选择比例。";
    }
    D110 Error {
        en: "the standard {id} is in force and has no vectors", "Nobody can check that a program applies it as it was meant.", "Add bids with the outcome that they must have under `vectors`, or set the status to draft.";
        zh: "标准 {id} 已生效但没有测试向量", "无法核验程序是否按原意执行该标准。", "请在 vectors 下添加投标及其应有结果，或将状态改为 draft。";
    }
    D111 Error {
        en: "evidence level {level} has a larger factor than {lower}", "More evidence would cost points, so nobody would bring it.", "Give a higher level a factor that is not larger.";
        zh: "证明等级 {level} 的系数大于 {lower}", "证明越充分反而越失分，便无人提供证明。", "等级越高，系数应不更大。";
    }
    D112 Error {
        en: "there are more than {limit} overlays", "Nobody can say any more what holds.", "Put the requirements of several overlays into one.";
        zh: "叠加要求超过 {limit} 层", "层数过多时无人能说清适用哪一条。", "请把多层要求合并为一层。";
    }
    D113 Error {
        en: "overlay {overlay} changes {what} from {base} to {over}, which does not tighten a limit or stay within bounds", "An overlay of a buyer or a province may ask for more, never for less.", "Give a stricter value, or leave it out.";
        zh: "叠加要求 {overlay} 把 {what} 从 {base} 改为 {over}，既不是收紧限值，也不在幅度之内", "采购人或省级的叠加要求只能更严，不能放宽。", "请给出更严的值，或删除该项。";
    }
    D114 Error {
        en: "{parameter} has no value on {date}; its first is from {first}", "A limit that does not hold yet cannot decide.", "Add a value from an earlier day, or use the version of the standard that held then.";
        zh: "{parameter} 在 {date} 没有取值；最早的取值自 {first} 起", "尚未生效的限值不能作为依据。", "请补充更早日期的取值，或使用当时有效的版本。";
    }
    D115 Error {
        en: "no version of {id} holds on {date} ({rule}): {versions}", "A tender is judged by the standard that held on its own date, never by today's.", "Give the version that held, or correct the dates of the tender.";
        zh: "{id} 没有在 {date}（{rule}）有效的版本：{versions}", "评审适用招标自身日期所对应的标准，绝不按“今天”。", "请提供当时有效的版本，或更正招标日期。";
    }
    D116 Error {
        en: "the bids state no {rule} date", "The standard says that this date decides which values hold; today's date never does.", "Add `dates` with {rule} to the bids, or give --as-of.";
        zh: "投标文件没有给出 {rule} 日期", "标准规定以该日期决定适用的取值，绝不使用当天日期。", "请在投标文件的 `dates` 中添加 {rule}，或使用 --as-of。";
    }
    D117 Error {
        en: "vector {vector}: {what} is {found}, not {expected}", "The standard does not do what its own example says.", "Correct the clause or the vector.";
        zh: "测试向量 {vector}：{what} 为 {found}，应为 {expected}", "标准的执行结果与其自身示例不符。", "请更正条款或测试向量。";
    }
    D118 Error {
        en: "share {id}: {found} is below {min}", "The plan does not reserve or buy what the standard asks for.", "Change the plan: {counted} of {whole} count.";
        zh: "份额 {id}：{found} 低于 {min}", "采购计划未达到标准要求的预留或采购份额。", "请调整计划：{whole} 中计入 {counted}。";
    }
    D201 Warning {
        en: "{input} names no measurement method", "Two laboratories would measure two values, and a complaint could not be settled.", "Add `method` with the standard by which it is measured, under inputs.{input}.";
        zh: "{input} 没有给出测量方法", "不同机构会测出不同数值，质疑无从裁决。", "请在 inputs.{input} 下添加 method，写明测量标准。";
    }
    D202 Warning {
        en: "{what} has no unit", "A number without a unit can be met a thousand times over.", "Add `unit`; for a ratio it is \"1\".";
        zh: "{what} 没有单位", "没有单位的数值可能相差千倍仍被认为满足。", "请添加 unit；比值写 \"1\"。";
    }
    D203 Warning {
        en: "clause {clause} asks for {what}", "A requirement that one supplier can meet shuts out competition.", "Ask for a performance that several makers reach.";
        zh: "条款 {clause} 要求 {what}", "只有一家供应商能满足的要求排斥竞争。", "请改为多家厂商可达到的性能要求。";
    }
    D204 Warning {
        en: "clause {clause} scores along a line under the profile cn", "Order 87 art. 55 wants intervals with their points; a line may be objected to.", "Use a step curve, or have the clause reviewed.";
        zh: "条款 {clause} 在 cn 规则下使用线性评分", "财政部令第87号第五十五条要求区间与分值对应；线性评分可能被质疑。", "请改用分档曲线，或进行法务审查。";
    }
    D205 Warning {
        en: "{parameter}: {base} × {multiplier} is {computed}, not {limit}", "The limit is not what its own derivation gives.", "Correct the limit, the base or the multiplier.";
        zh: "{parameter}：{base} × {multiplier} 等于 {computed}，而非 {limit}", "限值与其自身推导不一致。", "请更正限值、基数或乘数。";
    }
    D206 Warning {
        en: "{parameter} changes on {date}, {days} days after it was made known; {wanted} are wanted", "Makers cannot follow a limit that comes without notice.", "Announce it earlier, or let it hold later.";
        zh: "{parameter} 于 {date} 变更，距公布仅 {days} 天；要求 {wanted} 天", "没有提前告知的限值，厂商无法跟上。", "请提前公布，或推迟生效。";
    }
    D207 Warning {
        en: "points for the price depend on the lowest price of others", "A bid that cannot win may turn the order of two others.", "Score the price between a fixed floor and ceiling, or compare evaluated prices.";
        zh: "价格分取决于其他投标的最低价", "不可能中标的投标也可能改变其他两家的次序。", "可采用固定上下限计分，或比较评审价格。";
    }
    D208 Warning {
        en: "the default for missing evidence, {value}, passes gate {gate} ({limit})", "A bid without any proof would pass.", "Raise the penalty, or ask for evidence.";
        zh: "缺少证明时的默认值 {value} 能通过门槛 {gate}（{limit}）", "没有任何证明的投标也会通过。", "请提高惩罚系数，或要求提供证明。";
    }
    D209 Warning {
        en: "the standard pins no factor pack", "Footprints from different factors are not comparable; computed ones are refused.", "Name the pack by its hash under pcf.packs (`zuji factors list`).";
        zh: "标准没有固定因子包", "采用不同因子的碳足迹不可比；由计算得出的足迹将被拒绝。", "请在 pcf.packs 下以哈希值指定因子包（`zuji factors list`）。";
    }
    D210 Warning {
        en: "{parameter} tightens by {step} on {date}; at most {max} at a time is allowed", "A step that is too large takes makers out of the market.", "Spread the step over several dates.";
        zh: "{parameter} 于 {date} 收紧 {step}；每次最多允许 {max}", "步幅过大会把厂商挤出市场。", "请分几个日期逐步收紧。";
    }
    D211 Warning {
        en: "the standard has no {what}", "Results could be printed with any number of digits, or two equal bids could not be told apart.", "Add `{field}`.";
        zh: "标准没有{what}", "结果的位数不确定，或相同得分无法区分。", "请添加 `{field}`。";
    }
    D212 Warning {
        en: "clause {clause} names no limit with a number: {what}", "What is not quantified cannot be checked and cannot be scored.", "Give a number with its unit, or a list of accepted words.";
        zh: "条款 {clause} 没有量化限值：{what}", "未量化的要求既不能检查也不能评分。", "请给出带单位的数值，或可接受的取值清单。";
    }
    D213 Warning {
        en: "comment on {clause}: no such clause in {id}", "The comment would be lost when clauses are renumbered.", "Use the stable id of the clause; `renamed` in the standard says what became of an old one.";
        zh: "关于 {clause} 的意见：{id} 中没有该条款", "条款重新编号后意见会丢失。", "请使用条款的稳定编号；标准中的 renamed 说明旧编号的去向。";
    }
}
