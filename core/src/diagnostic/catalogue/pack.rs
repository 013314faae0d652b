//! F4 factor tables: the rules of their rows, packs and their pins.

entries! {
    F401 Error {
        en: "factor table {table}, row {id}: {cause}", "A row that breaks a rule does not enter.", "Correct the row; `zuji factors check` lists all of them.";
        zh: "因子表 {table} 的行 {id}：{cause}", "违反规则的行不得进入。", "请更正该行；`zuji factors check` 会列出全部。";
    }
    F402 Error {
        en: "factor {id}: its gases sum to {sum} kg CO2e with {set}, its source prints {published} (rounding allows ±{tolerance})", "A split that does not sum to its own total is wrong in one of the two; conversions to other sets would carry the fault on.", "Compare the row with its source.";
        zh: "因子 {id}：按 {set} 各气体之和为 {sum} kg CO2e，来源给出 {published}（舍入允许 ±{tolerance}）", "分气体数据与其自身总量不符，两者必有一错；换算到其他因子集会延续该错误。", "请与来源核对该行。";
    }
    F403 Error {
        en: "factor {id}: its gases do not sum to {published} kg CO2e with {set}, as the row says, but with {fits}", "The source characterised with another report than the row names; every conversion to another set would start from the wrong one.", "Look in the source which report it used, and correct `published.gwp` or the gases ({sum} kg CO2e with {set}, rounding allows ±{tolerance}).";
        zh: "因子 {id}：各气体之和按该行注明的 {set} 不等于 {published} kg CO2e，而按 {fits} 相符", "来源采用的评估报告与该行所写不同；换算到其他因子集会从错误的版本出发。", "请查明来源采用的报告，并更正 `published.gwp` 或各气体数值（按 {set} 之和为 {sum} kg CO2e，舍入允许 ±{tolerance}）。";
    }
    F404 Error {
        en: "factor table {table}: the id {id} stands in the table {other} too", "An id names one row; of two rows the second does not enter.", "Give the row an id that starts with its own table's id.";
        zh: "因子表 {table}：编号 {id} 也出现在因子表 {other} 中", "一个编号只能指一行；两行中后一行不会进入。", "请使用以本表编号开头的行编号。";
    }
    F405 Warning {
        en: "factor {id}: {figure} kg CO2e/{unit} is far off the median {median} of its class ({class}, {count} rows)", "A figure ten times above or below its like is usually a slip of the unit (t for kg, MJ for kWh).", "Compare unit and figure with the source; if they are right, leave the row as it is.";
        zh: "因子 {id}：{figure} kg CO2e/{unit} 与同类中位数 {median} 相差悬殊（{class}，{count} 行）", "比同类高或低十倍的数值通常是单位写错（t 写成 kg，MJ 写成 kWh）。", "请与来源核对单位和数值；若无误，可保留该行。";
    }
    F406 Warning {
        en: "factor {id} stands for {period}: {years} years before {date}, more than {limit}", "Technology and grids have changed since; data quality scores it lowest.", "Look for a newer edition of its source.";
        zh: "因子 {id} 代表 {period}：距 {date} 已 {years} 年，超过 {limit} 年", "此后技术和电网已有变化；数据质量评为最低。", "请查找其来源的新版本。";
    }
    F407 Warning {
        en: "factor {id} was valid until {until}; it is {date}", "Its publisher says that it may no longer be used.", "Get the figure that replaces it.";
        zh: "因子 {id} 的有效期至 {until}，而日期为 {date}", "其发布者声明该数值不得继续使用。", "请获取替代它的数值。";
    }
    F408 Error {
        en: "the pinned factor pack {pin} is not loaded", "A pin says which figures a result may rest on; without them nothing is computed.", "Load the pack with --factors, or correct the pin; loaded: {loaded} (`zuji factors list` shows hashes).";
        zh: "未加载所固定的因子包 {pin}", "固定（pin）规定结果可以依据哪些数值；缺少这些数值则不进行计算。", "请用 --factors 加载该因子包，或更正固定项；已加载：{loaded}（`zuji factors list` 显示哈希值）。";
    }
    F409 Error {
        en: "factor pack {id} is pinned at {pinned}, but the one loaded is {loaded}", "The figures have changed since the pin was set, so the result would be another one.", "Load the pinned edition with --factors, or compare the two (`zuji factors diff`) and pin the new one.";
        zh: "因子包 {id} 固定为 {pinned}，而已加载的是 {loaded}", "固定之后数值已有变化，结果将会不同。", "请用 --factors 加载所固定的版本，或比较两个版本（`zuji factors diff`）后改为固定新版本。";
    }
    F410 Warning {
        en: "factor pack {id} is loaded twice: {first} serves, {second} stands by", "Two editions of one pack would give two figures for one id; the second serves only where it is pinned.", "Pin the one that is meant: --pin {id}@<hash>, or `packs:` in product.yaml.";
        zh: "因子包 {id} 被加载了两次：使用 {first}，{second} 备用", "同一因子包的两个版本会使一个编号有两个数值；第二个仅在被固定时使用。", "请固定所需的版本：--pin {id}@<哈希>，或在 product.yaml 中写 `packs:`。";
    }
    F411 Error {
        en: "factor \"{id}\" is in the pack {pack}, which is not pinned", "With pins only the pinned packs serve; the line is not counted.", "Pin that pack too, or choose a factor of a pinned one.";
        zh: "因子“{id}”属于未固定的因子包 {pack}", "有固定项时只使用所固定的因子包；该行未计入。", "请同时固定该因子包，或选用已固定因子包中的因子。";
    }
    F412 Note {
        en: "factors come only from the pinned packs: {packs}", "Rows of other packs were not looked at.", "Nothing to do.";
        zh: "因子仅来自所固定的因子包：{packs}", "未查看其他因子包中的行。", "无需处理。";
    }
    F413 Warning {
        en: "{share} of the total comes from closed data: {names}", "Who gets the result cannot look these figures up; the record embeds the rows, so mind to whom it goes.", "Nothing to do, or choose factors of open tables.";
        zh: "总量的 {share} 来自不公开的数据：{names}", "结果的接收方无法查证这些数值；记录中嵌有这些行，请注意发送对象。", "无需处理，或选用公开因子表中的因子。";
    }
    F414 Warning {
        en: "\"{name}\" is no column and no line of the head of a factor table, and was not used", "Its content does not enter the table.", "If it matters, rename it; the names are shown by `zuji factors template --help`.";
        zh: "“{name}”既不是因子表的列，也不是表头信息，未使用", "其内容不会进入因子表。", "如有需要，请改名；可用名称见 `zuji factors template --help`。";
    }
    F415 Error {
        en: "{file} has no factors", "A table of factors has a few lines `# key: value`, a header and at least one row.", "Start from `zuji factors template`.";
        zh: "{file} 中没有因子", "因子表由若干行 `# 键: 值`、一行表头和至少一行数据组成。", "可从 `zuji factors template` 的模板开始。";
    }
}
