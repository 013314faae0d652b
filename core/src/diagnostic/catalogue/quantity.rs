//! U units, V values, Q plausibility.

entries! {
    U201 Error {
        en: "unknown unit \"{unit}\" in {rows} row(s)", "A unit that is not understood is never used as it is; these rows are not counted.", "Did you mean \"{suggestion}\"? Correct it, or add to product.yaml: units: {example}";
        zh: "未知单位“{unit}”（{rows} 行）", "无法理解的单位绝不照用；这些行未计入。", "是否为“{suggestion}”？请更正，或在 product.yaml 中添加 units: {example}";
    }
    U202 Error {
        en: "the unit is missing in {rows} row(s)", "A number without a unit has no meaning; these rows are not counted.", "Fill in the unit, such as kg or 个.";
        zh: "有 {rows} 行缺少单位", "没有单位的数字没有意义；这些行未计入。", "请填写单位，例如 kg 或 个。";
    }
    U203 Error {
        en: "cannot turn {from} into {to} for \"{name}\"", "Quantity and factor have different dimensions; the line is not counted.", "Give {needed}.";
        zh: "无法将“{name}”的 {from} 换算为 {to}", "数量与因子的量纲不同；该行未计入。", "请补充{needed}。";
    }
    U204 Error {
        en: "\"{name}\" is given in money ({unit})", "Spend-based factors are never matched automatically and never scored; the line is not counted.", "Give the mass, the number of pieces or the energy.";
        zh: "“{name}”以金额（{unit}）给出", "基于支出的因子从不自动匹配，也不参与评分；该行未计入。", "请给出质量、件数或能量。";
    }
    U205 Question {
        en: "the unit \"{unit}\" can mean {candidates}", "Results could differ by a large factor; {rows} row(s) wait for the answer.", "Write the unit out, or answer once in product.yaml: units: {example}";
        zh: "单位“{unit}”可能表示：{candidates}", "结果可能相差很大；{rows} 行等待确认。", "请写明单位，或在 product.yaml 中一次性回答 units: {example}";
    }
    U206 Note {
        en: "the unit \"{unit}\" was read as {meaning}: the only reading that fits {target}", "Other readings exist ({candidates}).", "If it is wrong, answer in product.yaml: units: {example}";
        zh: "单位“{unit}”按“{meaning}”读取：这是唯一与 {target} 相符的含义", "另有其他含义（{candidates}）。", "如不正确，请在 product.yaml 中注明 units: {example}";
    }
    U207 Question {
        en: "\"{unit}\" of \"{name}\" does not say lower or higher heating value", "The two differ by 5 to 11 %; the line waits for the answer.", "Write {lower} (net, 低位) or {higher} (gross, 高位).";
        zh: "“{name}”的单位“{unit}”未说明低位或高位热值", "两者相差 5% 至 11%；该行等待确认。", "请写明 {lower}（低位）或 {higher}（高位）。";
    }
    U208 Note {
        en: "{formula}", "The gas volume was brought to the factor's reference state.", "Nothing to do if the state is right.";
        zh: "{formula}（气体状态换算）", "气体体积已换算到因子的参比状态。", "若状态正确则无需处理。";
    }
    U210 Note {
        en: "the set \"{unit}\" of \"{name}\" was counted as {pieces} piece(s)", "A set hides how many parts it holds.", "If it holds more than one, give the number of parts.";
        zh: "“{name}”的“{unit}”按 {pieces} 件计", "“套”掩盖了内含件数。", "若不止一件，请写明件数。";
    }
    U211 Note {
        en: "{count} line(s) were converted with a default property of the material", "The factor's own density or mass stands in for the supplier's.", "Give the real value for a better result.";
        zh: "{count} 行使用了材料的默认属性换算", "以因子自带的密度或单重代替供应商数据。", "给出实际数值可提高质量。";
    }
    U212 Warning {
        en: "{from} of \"{name}\" was taken as the factor's {to}, whose reference state is not stated ({id})", "States of reference (0, 15, 20 °C) differ by up to 7 %.", "Give the mass or the energy of the gas, which no state changes.";
        zh: "“{name}”的 {from} 按因子的 {to} 计，而其参比状态未注明（{id}）", "不同参比状态（0、15、20 ℃）最多相差 7%。", "请给出气体的质量或能量，二者与状态无关。";
    }
    V103 Error {
        en: "{field} {text} is outside {range}", "The line cannot be counted with it.", "Loss is added to the quantity (3 % means × 1.03); yield is output per input. Check which one is meant.";
        zh: "{field} {text} 超出 {range}", "带有该值的行无法计入。", "损耗率加在用量上（3% 即 ×1.03）；成品率是产出与投入之比。请确认是哪一个。";
    }
    V104 Question {
        en: "{field} \"{text}\": {first} or {second}?", "The line waits for the answer.", "Write the percent sign: {first} or {second}.";
        zh: "{field}“{text}”：是 {first} 还是 {second}？", "该行等待确认。", "请带上百分号：{first} 或 {second}。";
    }
    V105 Error {
        en: "the shares of {field} sum to {sum}, not to 100 %", "{missing} would be lost or counted twice.", "Correct the shares.";
        zh: "{field} 的份额合计为 {sum}，而不是 100%", "将丢失或重复计算 {missing}。", "请更正份额。";
    }
    V106 Error {
        en: "{field} is \"{text}\"; it must be {range}", "The value has no meaning there.", "Correct the value.";
        zh: "{field} 为“{text}”；应为 {range}", "该值在此处没有意义。", "请更正。";
    }
    V107 Error {
        en: "{field} is missing", "{why}", "Add it to the document.";
        zh: "缺少 {field}", "缺少该项无法继续：{why}", "请在文档中补充。";
    }
    Q301 Question {
        en: "the parts weigh {parts} kg, the product is said to weigh {product} kg{hint}", "A slip of units (g for kg, per 1000) would look like this; the total stands on a doubtful mass.", "Check the line that weighs most (\"{name}\", {heaviest} kg), or correct the product mass.";
        zh: "零部件合计 {parts} kg，而产品声明质量为 {product} kg{hint}", "单位错误（克/千克、每千件）常表现为此；总量的质量基础存疑。", "请检查最重的一行（“{name}”，{heaviest} kg），或更正产品质量。";
    }
}
