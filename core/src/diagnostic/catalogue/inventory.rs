//! I inventories: what they say, how they are divided and linked.

entries! {
    I301 Error {
        en: "schema is \"{schema}\", expected \"zuji/inventory@1\"", "Another version may mean something else by the same fields.", "Set `schema: zuji/inventory@1`, or convert the file.";
        zh: "schema 为“{schema}”，应为“zuji/inventory@1”", "其他版本的同名字段含义可能不同。", "请设为 `schema: zuji/inventory@1`，或转换该文件。";
    }
    I302 Error {
        en: "flow id {id} stands twice; the second (\"{name}\") was not taken", "Exchanges find their flow by its id; two of one id cannot be told apart.", "Give each flow an id of its own.";
        zh: "流编号 {id} 重复；第二个（“{name}”）未采用", "交换按编号找到流；同号的两个流无法区分。", "请给每个流唯一的编号。";
    }
    I303 Error {
        en: "process id {id} stands twice; the second (\"{name}\") was not taken", "Links find their provider by its id; two of one id cannot be told apart.", "Give each process an id of its own, or remove the copy.";
        zh: "过程编号 {id} 重复；第二个（“{name}”）未采用", "链接按编号找到供应过程；同号的两个过程无法区分。", "请给每个过程唯一的编号，或删除副本。";
    }
    I304 Error {
        en: "the database has more than {limit} exchanges; this process and those after it were not taken", "The limit protects the machine from hostile files.", "Split the database.";
        zh: "数据库的交换超过 {limit} 个；该过程及其后的过程未采用", "该上限用于防范恶意文件。", "请拆分数据库。";
    }
    I305 Error {
        en: "process \"{process}\" flags {count} reference flows; it needs exactly one", "What a process is for cannot be guessed from its amounts; without it nothing can use the process.", "Set `reference: true` on the one output (or treated waste) that the process exists for.";
        zh: "过程“{process}”标记了 {count} 个基准流；必须恰好一个", "过程的目的不能从数量猜出；没有基准流，任何过程都无法使用它。", "请仅在该过程的目标产出（或所处理的废物）上设置 `reference: true`。";
    }
    I306 Error {
        en: "flow {id} is not in the database; {count} exchange(s) name it", "Its kind and unit are unknown, so these exchanges cannot be counted; they are listed, never dropped.", "Add the flow, or correct the id.";
        zh: "数据库中没有流 {id}；有 {count} 个交换引用它", "其类型和单位未知，这些交换无法计入；已全部列出，绝不丢弃。", "请补充该流，或更正编号。";
    }
    I307 Error {
        en: "formula \"{formula}\" of {name} cannot be read: {cause}", "Its amount is unknown; what the source stored beside it is not used, for it may be of another state.", "Correct the formula, or give the amount as a number.";
        zh: "{name} 的公式“{formula}”无法读取：{cause}", "其数量未知；来源中存储的旧值可能属于其他状态，不予采用。", "请更正公式，或直接给出数值。";
    }
    I308 Error {
        en: "formula \"{formula}\" of {name} needs {names}, which has no value here", "Its amount is unknown; a missing parameter is not zero.", "Add the parameter to the process or the database, or correct its name or its own formula.";
        zh: "{name} 的公式“{formula}”需要 {names}，但其没有值", "其数量未知；缺失的参数不是零。", "请在过程或数据库中补充该参数，或更正其名称或公式。";
    }
    I309 Error {
        en: "parameters need each other in a circle: {circle}", "None of them has a value, nor has what uses them.", "Give one of them a number.";
        zh: "参数循环引用：{circle}", "它们及使用它们的内容都没有值。", "请给其中一个直接赋值。";
    }
    I310 Error {
        en: "formula \"{formula}\" of {name} gives no number", "It divides by zero, takes the root or logarithm of a negative number, or grows beyond all bounds; its amount is unknown.", "Check the parameters that it uses.";
        zh: "{name} 的公式“{formula}”得不出数字", "可能除以零、对负数开方或取对数，或超出范围；其数量未知。", "请检查其所用参数。";
    }
    I311 Warning {
        en: "formula \"{formula}\" of {name} gives {computed}; the source stored {stated} beside it", "The formula counts. Another program may have used the stored amount.", "Recompute the source, or tell its publisher.";
        zh: "{name} 的公式“{formula}”得 {computed}，来源存储的是 {stated}", "以公式为准；其他程序可能使用了存储值。", "请在来源中重新计算，或告知发布者。";
    }
    I312 Error {
        en: "parameter {name} stands twice here", "Which one counts cannot be told; formulas that use it have no value.", "Remove one, or rename it. Upper and lower case do not count.";
        zh: "参数 {name} 在此重复", "无法判断以哪个为准；使用它的公式没有值。", "请删除或改名；大小写视为相同。";
    }
    I401 Warning {
        en: "the source names \"{provider}\" as provider of {flow}, which it does not make", "The exchange was linked by rule instead, or stays open.", "Correct the provider in the source, or decide it in linking.yaml.";
        zh: "来源指定“{provider}”为 {flow} 的供应过程，但其并不生产该流", "已改按规则链接，或保持未链接。", "请在来源中更正供应过程，或在 linking.yaml 中指定。";
    }
    I402 Question {
        en: "{count} exchange(s) of {flows} flow(s) have no provider, such as {example}; {cut} of them the source itself calls cut off", "What they cause upstream is unknown, not zero: results are too low by it, and coverage says so.", "Read the report: link each to a process, or leave it open on purpose in linking.yaml.";
        zh: "{flows} 个流的 {count} 个交换没有供应过程，例如 {example}；其中 {cut} 个由来源自行标为截断", "其上游影响未知，并非零：结果因此偏低，覆盖率会反映。", "请查看报告：逐个链接到过程，或在 linking.yaml 中明确留空。";
    }
    I403 Question {
        en: "{count} exchange(s) of {flows} flow(s) have several providers and nothing says which, such as {example}", "Choosing one changes the result, so none was chosen; coverage is lower by them.", "Decide them in linking.yaml; the report suggests the newest.";
        zh: "{flows} 个流的 {count} 个交换有多个供应过程且无从判断，例如 {example}", "选择不同会改变结果，因此未选择；覆盖率相应降低。", "请在 linking.yaml 中指定；报告给出了最新者作为建议。";
    }
    I404 Error {
        en: "the decisions are for database {other}, this is {own}", "Ids of another database may mean something else here.", "Give the linking.yaml of this database.";
        zh: "链接决定属于数据库 {other}，当前为 {own}", "另一数据库的编号在此可能含义不同。", "请提供该数据库的 linking.yaml。";
    }
    I405 Error {
        en: "decision of linking.yaml names {id}, which is not in the database or does not provide the flow", "The decision cannot be followed; its exchanges are linked by rule, or stay open.", "Correct or remove the decision; the database may have changed since it was made.";
        zh: "linking.yaml 的决定引用 {id}，但数据库中没有，或其不提供该流", "该决定无法执行；相关交换按规则链接，或保持未链接。", "请更正或删除该决定；数据库可能已更新。";
    }
    I406 Error {
        en: "a rule of division is set for process {process}, which is not in the database", "The rule is not used by anything.", "Correct the id, or remove the entry.";
        zh: "为过程 {process} 设置了分配规则，但数据库中没有该过程", "该规则不起作用。", "请更正编号，或删除该项。";
    }
    I407 Error {
        en: "{count} exchange(s) of {flows} flow(s) have a unit that does not lead to the flow's own, such as {example}", "They cannot be counted; used as they are, they would be wrong by any factor.", "Add the property that leads from one to the other (density, calorific value), or correct the unit.";
        zh: "{flows} 个流的 {count} 个交换的单位无法换算为该流的基准单位，例如 {example}", "无法计入；照原数使用会产生任意倍数的错误。", "请补充换算所需属性（密度、热值），或更正单位。";
    }
    I408 Warning {
        en: "{count} exchange(s) stand twice with the same amount, such as {flow} in \"{process}\"", "Both are counted; if one is a copy, the result is too high.", "Read the report; remove the copies at the source.";
        zh: "有 {count} 个交换重复且数量相同，例如“{process}”中的 {flow}", "两者都已计入；若其中一个为误抄，结果会偏高。", "请查看报告，并在来源中删除重复项。";
    }
    I409 Error {
        en: "{count} exchange(s) of {flows} flow(s) have an unknown amount, such as {example}", "An unknown amount is not zero; they are missing from the result.", "Correct the formulas that failed.";
        zh: "{flows} 个流的 {count} 个交换数量未知，例如 {example}", "未知数量不是零；结果中缺少它们。", "请更正失败的公式。";
    }
    I411 Warning {
        en: "the database says 1 {unit} = {own} {base}; exactly it is {exact}. {count} exchange(s) use it", "The database's own factor is used, as in other programs; amounts in this unit are off by the difference.", "Tell the publisher, or correct the unit in the source.";
        zh: "数据库规定 1 {unit} = {own} {base}，准确值为 {exact}；有 {count} 个交换使用", "按数据库自身系数计算，与其他程序一致；以该单位计的数量因此有偏差。", "请告知发布者，或在来源中更正单位。";
    }
    I412 Warning {
        en: "{count} elementary flow(s) have no factor in {impact}; {likely} of them may be greenhouse gases, such as {example}", "What they cause is unknown, not zero; a substance without effect in this category needs no factor.", "Read the list; give a gas to those that are one.";
        zh: "{impact} 中有 {count} 个基本流没有因子；其中 {likely} 个可能是温室气体，例如 {example}", "其影响未知，并非零；对该类别无影响的物质不需要因子。", "请查看清单，并为温室气体指定气体类别。";
    }
    I413 Error {
        en: "\"{method}\" is no impact method here", "Without factors for elementary flows there is no score.", "Name one of: {known}.";
        zh: "“{method}”不是可用的影响方法", "没有基本流的因子就没有得分。", "请使用以下之一：{known}。";
    }
    I502 Error {
        en: "\"{process}\" cannot be divided by {rule}: {product} counts {value}, and a negative value has no share", "Shares above 1 and below 0 would move burden without end (¥10 beside −¥2 gives 1.25 and −0.25). The process stays whole: its reference product carries everything.", "Model what must be paid for as a waste that goes to treatment, or choose physical shares, substitution or cut-off for this process.";
        zh: "“{process}”无法按{rule}划分：{product} 计为 {value}，负值没有份额", "大于 1 与小于 0 的份额会任意转移负荷（¥10 与 −¥2 得 1.25 与 −0.25）。该过程保持整体：由基准产品承担全部。", "请将需付费处置的产出建模为送处理的废物，或为该过程选择物理分配、替代法或截断法。";
    }
    I503 Error {
        en: "\"{process}\" has {count} products and cannot be divided by {rule}: {product} has no key for it", "The process stays whole: its reference product carries everything, its other products have no provider.", "Add the missing price, property or factor, or choose another rule for this process.";
        zh: "“{process}”有 {count} 个产品，无法按{rule}划分：{product} 没有相应依据", "该过程保持整体：由基准产品承担全部，其他产品没有供应过程。", "请补充价格、属性或因子，或为该过程选择其他规则。";
    }
    I504 Error {
        en: "\"{process}\" cannot be divided by {rule}: its shares sum to {sum}, not 1", "Burden would vanish or be counted twice. The process stays whole: its reference product carries everything.", "Correct the shares, or choose another rule for this process.";
        zh: "“{process}”无法按{rule}划分：份额之和为 {sum}，不为 1", "负荷会丢失或重复计算。该过程保持整体：由基准产品承担全部。", "请更正份额，或为该过程选择其他规则。";
    }
    I505 Error {
        en: "\"{process}\" has {count} products and no shares for {rule}", "The process stays whole: its reference product carries everything, its other products have no provider.", "Give the shares, or choose another rule for this process.";
        zh: "“{process}”有 {count} 个产品，但没有{rule}的份额", "该过程保持整体：由基准产品承担全部，其他产品没有供应过程。", "请给出份额，或为该过程选择其他规则。";
    }
    I601 Error {
        en: "\"{process}\" hands out no known amount of its product {flow}", "Nothing can be scaled to it; whoever uses it is listed as without a provider.", "Give the reference flow an amount other than zero, in a unit that converts.";
        zh: "“{process}”的产品 {flow} 数量为零或未知", "无法按其缩放；使用它的过程列为没有供应过程。", "请给基准流非零且可换算单位的数量。";
    }
    I602 Warning {
        en: "{count} process(es) have nothing but their product, such as \"{process}\"", "They count zero for want of data, not because they cause nothing.", "Complete them, or link their users to another process.";
        zh: "有 {count} 个过程除产品外没有任何交换，例如“{process}”", "其结果为零是因为缺少数据，而非没有影响。", "请补全数据，或将使用者链接到其他过程。";
    }
    I610 Error {
        en: "{products} products and {processes} processes: the system is not square", "Each product needs one process that makes it, or none or many answers exist.", "Divide processes with several products; choose one provider, or make a market, for a product that several make.";
        zh: "有 {products} 个产品和 {processes} 个过程：系统不是方阵", "每个产品须有一个生产过程，否则无解或有无穷多解。", "请分配多产品过程；多个过程生产同一产品时，请选定一个供应过程或建立市场过程。";
    }
    I611 Error {
        en: "{count} process(es) flag no reference flow, such as \"{process}\"", "What a process makes is stated, never guessed; nothing can be scaled to it.", "Flag the product, or the treated waste, as its reference flow.";
        zh: "有 {count} 个过程未标明基准流，例如“{process}”", "过程的产出必须标明，不作猜测；无法按其缩放。", "请将其产品或所处理的废物标为基准流。";
    }
    I612 Error {
        en: "{count} process(es) have a net reference amount of zero, such as \"{process}\"", "A process that uses up all it makes can supply nobody.", "Correct the reference amount, or the amount that the process takes of its own product.";
        zh: "有 {count} 个过程的基准流净数量为零，例如“{process}”", "把产出全部自用的过程无法供应任何使用者。", "请更正基准数量，或该过程对自身产品的用量。";
    }
    I613 Error {
        en: "{count} product(s) are made by several processes, such as {product}: {processes}", "It is not clear which of them supplies a user.", "Choose a provider for each user in linking.yaml, or make a market process that takes from all.";
        zh: "有 {count} 个产品由多个过程生产，例如 {product}：{processes}", "无法判断由哪一个供应使用者。", "请在 linking.yaml 中为使用者选定供应过程，或建立从各过程取用的市场过程。";
    }
    I614 Error {
        en: "{count} product(s) are used and nobody makes them, such as {product}", "A missing provider is not zero.", "Add a process that makes it, or list it as cut off.";
        zh: "有 {count} 个产品被使用但无过程生产，例如 {product}", "缺少供应过程不等于零。", "请补充生产过程，或列为截断。";
    }
    I615 Error {
        en: "{count} product(s) stand in no exchange, such as {product}", "An empty row makes the system singular.", "Remove the product, or link it.";
        zh: "有 {count} 个产品不出现在任何交换中，例如 {product}", "空行会使系统奇异。", "请删除该产品或予以链接。";
    }
    I616 Error {
        en: "{count} process(es) have no exchange with another or of their product, such as \"{process}\"", "An empty column makes the system singular.", "Give it its reference flow, or remove it.";
        zh: "有 {count} 个过程没有任何产品交换，例如“{process}”", "空列会使系统奇异。", "请给出基准流或删除该过程。";
    }
    I620 Error {
        en: "a closed loop of {count} process(es) has no solution: {loop}", "It gives back exactly what it takes, so no amount of it makes anything: the answer would be infinite or arbitrary.", "Look at the amounts along the loop: one of them is too large, or an output is missing.";
        zh: "{count} 个过程构成的闭环无解：{loop}", "它产出的恰好等于自身消耗，无论运行多少都无净产出：结果会是无穷大或任意值。", "请检查环上各数量：其中某个过大，或缺少产出。";
    }
    I621 Error {
        en: "a loop of {count} process(es) leaves too few digits (relative error {error}): {loop}", "Nearly all that the loop makes goes back into it; a rounding of its amounts would change the answer more than can be shown.", "Give the amounts along the loop with more digits, or model its net output.";
        zh: "{count} 个过程构成的环使有效数字不足（相对误差 {error}）：{loop}", "该环的产出几乎全部回用；数量的舍入对结果的影响超过可显示的精度。", "请提高环上各数量的精度，或按净产出建模。";
    }
    I622 Error {
        en: "a group of {count} processes that all use each other is too large to factorise, and no iterative step answered", "An answer that cannot be shown to be right is not given.", "Link fewer processes to each other, or use matrices of a larger machine.";
        zh: "相互使用的 {count} 个过程过多而无法分解，且各迭代步骤均未得出结果", "无法证明正确的结果不予给出。", "请减少过程间的相互链接。";
    }
    I623 Error {
        en: "the solver refused: {cause}", "Without a solution there is no score.", "Run `zuji lci check` on the database.";
        zh: "无法求解：{cause}", "没有解就没有得分。", "请对该数据库运行 `zuji lci check`。";
    }
    I630 Error {
        en: "\"{text}\" names no process of the database", "Nothing can be demanded of it.", "Give the id or the whole name of a process{suggestion}; `zuji lci scores` lists all.";
        zh: "“{text}”不是数据库中的过程", "无法对其提出需求。", "请给出过程的编号或完整名称{suggestion}；`zuji lci scores` 会列出全部。";
    }
    I631 Error {
        en: "{count} processes are called \"{text}\": {ids}", "Which of them is meant changes the result.", "Give the id instead of the name.";
        zh: "有 {count} 个过程名为“{text}”：{ids}", "指哪一个会影响结果。", "请用编号代替名称。";
    }
    I632 Error {
        en: "\"{text}\" is not of the form {form}", "What is asked for cannot be read.", "Write it as {form}, for example {example}.";
        zh: "“{text}”不符合格式 {form}", "无法读取所要求的内容。", "请写作 {form}，例如 {example}。";
    }
    I640 Error {
        en: "\"{process}\" takes nothing of \"{supplier}\"", "There is nothing to swap.", "Choose a supplier that it uses: {known}.";
        zh: "“{process}”不使用“{supplier}”", "没有可替换的内容。", "请选择它使用的供应过程：{known}。";
    }
    I641 Error {
        en: "the change cannot be computed: {cause}", "With it the system would have no solution, or one that cannot be shown to be right.", "Change by less, or change the database and solve it anew.";
        zh: "无法计算该变更：{cause}", "变更后系统无解，或结果无法证明正确。", "请减小变更幅度，或修改数据库后重新求解。";
    }
    I650 Error {
        en: "\"{database}\" came as matrices, without processes and exchanges", "A factor needs the place, year and source of its process, and its gases; matrices state none of them.", "Use the database in an exchange format (JSON-LD, EcoSpold, ILCD), or write the scores as a table (.csv, .json).";
        zh: "“{database}”以矩阵形式提供，没有过程和交换", "因子需要其过程的地区、年份、来源和气体；矩阵没有这些信息。", "请使用交换格式的数据库（JSON-LD、EcoSpold、ILCD），或将得分写为表格（.csv、.json）。";
    }
    I660 Note {
        en: "{lines} of {all} lines are linked to {processes} process(es) of {database}", "Each takes the footprint of one unit of its product, solved in the whole database; its row says what is open behind it.", "Nothing to do. A line that should be linked and is not: name the id of its process in the factor column.";
        zh: "{all} 行中有 {lines} 行链接到 {database} 的 {processes} 个过程", "每行取其产品单位足迹，由整个数据库求解；因子行写明其上游有哪些未链接。", "无需处理。若某行应链接而未链接，请在 factor 列写明其过程编号。";
    }
    I661 Error {
        en: "\"{text}\" is process {process} of {database}, which cannot serve as a factor: {why}", "The line is not counted. Another table's factor of that name is not taken in its place.", "Name another process, or complete this one in the database.";
        zh: "“{text}”是 {database} 的过程 {process}，不能用作因子：{why}", "该行未计入；不会用其他因子表的同名因子代替。", "请指定其他过程，或在数据库中补全该过程。";
    }
    I662 Question {
        en: "{count} processes of {database} are named \"{text}\": {list}", "Which one is meant decides the figure; the line waits.", "Write the id of one in the factor column, or its place in the geography column.";
        zh: "{database} 中有 {count} 个过程名为“{text}”：{list}", "选择哪个会影响数值；该行待定。", "请在 factor 列写明其中一个的编号，或在 geography 列写明地区。";
    }
    I663 Warning {
        en: "about {share} % of what stands behind \"{process}\" ({id}) is not linked in the database", "Its figure is too low by what these inputs cause; the estimate takes the median of the database.", "Link them with --linking (`zuji lci check DB --suggest linking.yaml`), or use another factor.";
        zh: "“{process}”（{id}）的上游约有 {share} % 在数据库中未链接", "其数值因此偏低；该比例按数据库中位数估计。", "请用 --linking 链接（`zuji lci check DB --suggest linking.yaml`），或使用其他因子。";
    }
    I701 Error {
        en: "too much: {found} {what}, the limit is {limit}", "The limit protects the machine from hostile files; a small archive can unpack to terabytes.", "Check the file; if it is what you expect, raise the limit.";
        zh: "过大：{found} {what}，上限为 {limit}", "该上限用于防范恶意文件；很小的压缩包也可能解压出数 TB。", "请检查文件；如确认无误，可提高上限。";
    }
    I702 Error {
        en: "this file cannot be read: {cause}", "What it holds is missing from the database, so processes that use it are not linked.", "Export the database again, or repair the file.";
        zh: "该文件无法读取：{cause}", "数据库缺少其内容，使用它的过程无法链接。", "请重新导出数据库，或修复该文件。";
    }
    I703 Error {
        en: "no process was found; {format} keeps them in {wanted}", "Without processes there is no database.", "Name the folder or archive that holds these files, or say which format it is.";
        zh: "未找到任何过程；{format} 的过程位于 {wanted}", "没有过程就没有数据库。", "请指定包含这些文件的文件夹或压缩包，或说明其格式。";
    }
    I704 Error {
        en: "{count} exchange(s) have no flow, no amount or no known type", "An unknown amount is not zero; these exchanges are missing from the result.", "Complete them at the source, or remove them there.";
        zh: "有 {count} 个交换没有流、数量或已知类型", "未知数量不是零；结果中缺少这些交换。", "请在来源中补全或删除。";
    }
    I705 Warning {
        en: "{count} of {of} allocation factors name no product, no exchange of this process or no value", "They cannot say how the process is divided, so they were not used; the chosen rule decides instead.", "Set the allocation in the source, or choose a rule for this process.";
        zh: "{of} 个分配因子中有 {count} 个未指明产品、本过程的交换或数值", "它们无法说明如何分配，因此未采用；由所选规则决定。", "请在来源中设置分配，或为该过程选择规则。";
    }
    I706 Error {
        en: "unit \"{unit}\" has no positive conversion factor", "Amounts in it cannot be converted; exchanges that use it are listed as not counted.", "Correct the unit in the source.";
        zh: "单位“{unit}”没有正的换算系数", "以其计的数量无法换算；使用它的交换已列为未计入。", "请在来源中更正该单位。";
    }
    I707 Error {
        en: "flow \"{flow}\" states no unit or does not say what it is", "Its amounts cannot be converted or given a sign.", "Give it a type and a reference property with a unit group.";
        zh: "流“{flow}”未给出单位，或未说明其类型", "其数量无法换算，也无法确定正负号。", "请补充其类型和带单位组的基准属性。";
    }
    I708 Warning {
        en: "{count} factor(s) of impact category \"{name}\" hold for one location only, or have no flow or value, and were not used", "A factor for one region is not one for all; flows that have no other are listed as not characterised.", "Use a method without regional factors, or another category.";
        zh: "影响类别“{name}”有 {count} 个因子仅适用于某一地区，或没有流或数值，未采用", "地区因子不能用于所有地区；没有其他因子的流会列为未表征。", "请使用不含地区因子的方法，或其他类别。";
    }
    I709 Error {
        en: "{file} is missing", "Without it the matrices cannot be read.", "Name the folder or archive that holds it.";
        zh: "缺少 {file}", "没有该文件无法读取矩阵。", "请指定包含该文件的文件夹或压缩包。";
    }
    I710 Error {
        en: "\"{database}\" came as matrices; zuji/inventory@1 holds processes with their exchanges", "Matrices say how much, but not of which exchange, in which unit, by which provider.", "Solve and score the matrices as they are (zuji lci solve, scores), or import the database in an exchange format (JSON-LD, EcoSpold, ILCD).";
        zh: "“{database}”以矩阵形式提供；zuji/inventory@1 存放过程及其交换", "矩阵只有数量，没有对应的交换、单位和供应过程。", "请直接求解和计算矩阵（zuji lci solve、scores），或导入交换格式的数据库（JSON-LD、EcoSpold、ILCD）。";
    }
    I711 Note {
        en: "the allocation shares of \"{process}\" sum to 1 and were read as fractions", "EcoSpold 1 says per cent; read so, everything would be divided by a hundred once more.", "Nothing to do, if the shares are meant so.";
        zh: "“{process}”的分配份额之和为 1，已按小数读取", "EcoSpold 1 规定为百分数；若按百分数读取，结果会再缩小一百倍。", "若份额本意如此，则无需处理。";
    }
}
