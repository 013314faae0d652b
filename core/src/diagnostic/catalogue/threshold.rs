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
    T108 Warning {
        en: "{unknown} of {products} products state no uncertainty", "Without uncertainty a probability is unknown, never 1: these products are in no figure on wrong decisions.", "Ask makers for it, or assume one and say so: --rsd 0.15.";
        zh: "{products} 个产品中有 {unknown} 个未注明不确定性", "没有不确定性，概率就是未知而非 1：这些产品不计入误判数字。", "请向制造商索取，或明示假设：--rsd 0.15。";
    }
    T109 Note {
        en: "{count} products state a relative error without saying what it is; it was not used", "A standard deviation and half a 95 % interval differ by a factor of two.", "Say what it is to be taken for: --error-is standard-deviation, half-width-90 or half-width-95.";
        zh: "{count} 个产品给出了含义不明的相对误差，未使用", "标准差与 95 % 区间半宽相差一倍。", "请说明其含义：--error-is standard-deviation、half-width-90 或 half-width-95。";
    }
    T201 Warning {
        en: "at {limit} only {makers} maker(s) are left", "Fewer than three independent makers are no competition; the clause may be held to favour one.", "Raise the limit, or score instead of excluding.";
        zh: "限值 {limit} 下仅剩 {makers} 家制造商", "少于三家独立制造商即无竞争，条款可能被认定为指定供应商。", "请提高限值，或改为评分而不排除。";
    }
    T202 Warning {
        en: "at {limit} products of small firms pass at {ratio} times the rate of large ones", "Below 0.8 a rule of thumb (four fifths) speaks of an adverse effect; small firms often have only default factors.", "Look at the list of products to verify, give small firms time or simpler evidence.";
        zh: "限值 {limit} 下中小企业产品的通过率是大型企业的 {ratio} 倍", "低于 0.8 时，经验规则（五分之四）认为存在不利影响；中小企业往往只能使用默认因子。", "请查看应优先核查的产品，给中小企业过渡期或更简便的证明方式。";
    }
    T203 Warning {
        en: "two populations describe the products much better than one (BIC {one} against {two}): {parts}", "One limit for both would exclude a technology, not its worst products.", "Find the attribute that tells them apart, and set a limit for each (--class).";
        zh: "用两个总体描述这些产品明显优于一个（BIC {one} 对 {two}）：{parts}", "对两者使用同一限值，排除的是一种技术而不是其中较差的产品。", "请找出区分二者的属性，分别设限（--class）。";
    }
    T204 Warning {
        en: "{below} products stand just below {limit} and {above} just above (p = {p})", "Footprints may have been made to fit the limit.", "Verify those just below first.";
        zh: "紧贴限值 {limit} 之下有 {below} 个产品，之上有 {above} 个（p = {p}）", "碳足迹可能是为达到限值而凑出的。", "请优先核查紧贴限值之下的产品。";
    }
    T205 Warning {
        en: "{count} pair(s) of inventories of different makers are the same up to a factor; the most alike: {pairs}", "One may be copied from the other, or both from a default.", "Ask both makers for their primary data.";
        zh: "不同制造商的清单有 {count} 对仅差一个倍数；最相似的：{pairs}", "可能互相抄袭，或都来自默认值。", "请要求双方提供初级数据。";
    }
    T206 Error {
        en: "at {limit} the quadrature and the Monte Carlo samples of wrong decisions disagree: {exact} against {sampled}", "One of the two ways of computing is wrong.", "Take more samples (--samples); if it stays, report it.";
        zh: "限值 {limit} 下误判的数值积分与蒙特卡洛结果不一致：{exact} 与 {sampled}", "两种算法必有一种有误。", "请增加抽样（--samples）；若仍存在请报告。";
    }
    T207 Warning {
        en: "at {limit} {share} of the market cannot be called: its probability of conforming is between 5 % and 95 %", "The limit selects luck as much as products.", "Verify the products listed, use a guard band, or set steps further apart than the uncertainty.";
        zh: "限值 {limit} 下 {share} 的市场无法判定：达标概率在 5 % 与 95 % 之间", "限值在很大程度上筛选的是运气而非产品。", "请核查所列产品、使用保护带，或使档距大于不确定度。";
    }
    T208 Warning {
        en: "the limit {limit} is stale: {rate} of the newest products pass, outside {low} to {high}", "A limit that nearly all or hardly any pass does not select.", "Derive it anew; `ratchet` in the plan does so every year.";
        zh: "限值 {limit} 已过时：最新产品中 {rate} 通过，超出 {low} 至 {high}", "几乎全部或几乎没有产品通过的限值不起筛选作用。", "请重新推导；计划中的 `ratchet` 可逐年调整。";
    }
    T209 Warning {
        en: "at {limit} {share} of the products change sides when counted as \"{name}\"", "The decision is one on the method as much as on the product.", "Fix the method in the standard, and move the limit with it (to {rebased}).";
        zh: "限值 {limit} 下，若按“{name}”计算，{share} 的产品结论改变", "这一判定既取决于产品，也取决于方法。", "请在标准中固定方法，并相应调整限值（至 {rebased}）。";
    }
    T210 Warning {
        en: "{count} products are too few for an interval of the {quantile} quantile; {needed} independent ones are needed for one to lie below it", "The quantile of this population says little of the market's.", "Collect more products of more makers.";
        zh: "{count} 个产品不足以给出 {quantile} 分位数的区间；至少需要 {needed} 个独立产品才会有一个低于它", "该总体的分位数难以代表市场。", "请收集更多制造商的更多产品。";
    }
    T301 Warning {
        en: "no model forecasts the {quantile} quantile better than \"it stays as it is\" ({model}: {ratio} times its loss)", "A path built on such a forecast is a guess.", "Use a ratchet that follows the population, or announced steps with a review.";
        zh: "没有模型对 {quantile} 分位数的预测优于“保持不变”（{model}：损失为其 {ratio} 倍）", "基于这种预测的路径只是猜测。", "请使用跟随总体的棘轮，或带复审的公布步骤。";
    }
    T302 Warning {
        en: "{years} year(s) with enough products are too few for a forecast; {needed} are needed", "A model that cannot be tested on known years is not used.", "Give earlier years as `history` in the plan, or lower `min_products`.";
        zh: "产品足够的年份只有 {years} 个，不足以预测；需要 {needed} 个", "无法在已知年份上检验的模型不予使用。", "请在计划的 `history` 中给出更早年份，或降低 `min_products`。";
    }
    T303 Error {
        en: "the path of the limit cannot be drawn: {cause}", "A limit without a value on some day cannot bind.", "Correct `trajectory` in the plan; docs/threshold.md has its fields.";
        zh: "无法绘制限值路径：{cause}", "某日没有取值的限值无法约束。", "请更正计划中的 `trajectory`；字段见 docs/threshold.md。";
    }
    T304 Warning {
        en: "the limit rises in {years}", "A limit that rises breaks what makers were told.", "Check the values; a ratchet never rises.";
        zh: "限值在 {years} 上升", "上升的限值违背了对制造商的预告。", "请检查数值；棘轮不会上升。";
    }
    T305 Warning {
        en: "\"{asset}\" is above the announced limit from {year} on: {above} of the {life} years of its life", "Bought today, it locks in what will not be allowed.", "Buy one below {limit}, or a shorter life.";
        zh: "“{asset}”自 {year} 年起高于已公布限值：{life} 年寿命中有 {above} 年", "今天购买就锁定了将来不允许的排放。", "请购买低于 {limit} 的产品，或缩短使用年限。";
    }
}
