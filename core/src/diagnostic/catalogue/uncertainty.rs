//! M uncertainty: M1 what is stated, M2 what a result can say of it.

entries! {
    M101 Question {
        en: "{name}: the uncertainty \"{text}\" is not understood", "Nothing is sampled for it, so the range is unknown.", "Write it as `lognormal gsd=1.2 median`, `normal sd=5%`, `uniform 9..11`, `triangular 9..10..12`, `pert 9..10..12` or `pedigree ecoinvent 2,4,1,3,4 basic=1.05`.";
        zh: "{name}：无法理解不确定度“{text}”", "未对其抽样，因此结果的范围未知。", "请写成 `lognormal gsd=1.2 median`、`normal sd=5%`、`uniform 9..11`、`triangular 9..10..12`、`pert 9..10..12` 或 `pedigree ecoinvent 2,4,1,3,4 basic=1.05`。";
    }
    M102 Question {
        en: "{name}: the lognormal says neither whether the amount is its median nor its mean", "The two differ: with a GSD of 2 the mean is 1.27 times the median.", "Add `median` or `mean`.";
        zh: "{name}：对数正态分布未注明该数量是中位数还是均值", "二者不同：GSD 为 2 时，均值是中位数的 1.27 倍。", "请补充 `median`（中位数）或 `mean`（均值）。";
    }
    M103 Question {
        en: "{name}: {value} is no geometric standard deviation", "It is at least 1; the square of it spans 95 % of the values.", "Give a number from 1 up, such as gsd=1.1; `gsd2=` takes its square.";
        zh: "{name}：{value} 不是有效的几何标准差", "几何标准差不小于 1；其平方覆盖 95% 的取值范围。", "请给出不小于 1 的数，例如 gsd=1.1；`gsd2=` 可填其平方。";
    }
    M104 Question {
        en: "{name}: {value} is no standard deviation", "It is zero or above.", "Give it in the unit of the amount (sd=0.5), or in percent of it (sd=5%).";
        zh: "{name}：{value} 不是有效的标准差", "标准差不小于零。", "请以数量的单位给出（sd=0.5），或以其百分比给出（sd=5%）。";
    }
    M105 Question {
        en: "{name}: minimum {minimum}, mode {middle} and maximum {maximum} are not in order", "There is no such distribution.", "Write them from the least to the largest.";
        zh: "{name}：最小值 {minimum}、众数 {middle}、最大值 {maximum} 顺序不对", "不存在这样的分布。", "请按从小到大的顺序填写。";
    }
    M106 Question {
        en: "{name}: the amount {middle} lies outside its own range from {minimum} to {maximum}", "Amount and range disagree, often by a unit.", "Give the range in the unit of the amount.";
        zh: "{name}：数量 {middle} 不在其自身范围 {minimum} 至 {maximum} 之内", "数量与范围不一致，常因单位不同。", "请用数量的单位给出范围。";
    }
    M107 Question {
        en: "{name}: a relative uncertainty about zero", "A share of nothing is nothing; the spread is unknown.", "Give the spread in the unit of the amount: `normal sd=0.5`, `uniform 0..1`.";
        zh: "{name}：数量为零却给出了相对不确定度", "零的百分比仍为零，因此其离散程度未知。", "请以数量的单位给出：`normal sd=0.5`、`uniform 0..1`。";
    }
    M108 Question {
        en: "{name}: \"{text}\" gives no spread by pedigree", "It takes five scores from 1 to 5 and a basic uncertainty (GSD²) of 1 or more.", "Write `pedigree ecoinvent 2,4,1,3,4 basic=1.05` or `pedigree ciroth-2016 …`.";
        zh: "{name}：无法由谱系评分“{text}”得到离散程度", "需要五个 1 至 5 的评分和不小于 1 的基本不确定度（GSD²）。", "请写成 `pedigree ecoinvent 2,4,1,3,4 basic=1.05` 或 `pedigree ciroth-2016 …`。";
    }
    M109 Question {
        en: "{name}: the values or weights of the distribution are missing or not positive", "There is nothing to draw from.", "Write `discrete 9:0.2 10:0.6 11:0.2` or `empirical 9.1 9.8 10.4`.";
        zh: "{name}：分布的取值或权重缺失或不为正", "没有可供抽取的值。", "请写成 `discrete 9:0.2 10:0.6 11:0.2` 或 `empirical 9.1 9.8 10.4`。";
    }
    M110 Question {
        en: "{name}: the source states an uncertainty of a form that is not known: {text}", "It is not sampled and not taken as certain.", "State the uncertainty in a known form, or leave it out on purpose.";
        zh: "{name}：来源给出的不确定度形式未知：{text}", "未对其抽样，也不视为确定。", "请以已知形式给出不确定度，或有意省略。";
    }
    M201 Note {
        en: "nothing states how uncertain it is: the range is unknown, and so is any probability", "A figure without a range beside a limit says nothing of how sure it is.", "State `uncertainty` on lines, energy, suppliers' footprints or rows of factor tables.";
        zh: "没有任何数据说明其不确定度：范围未知，任何概率也未知", "没有范围的数值无法说明其与限值相比的可靠程度。", "请在物料行、能源、供应商碳足迹或因子表的行上填写 `uncertainty`。";
    }
    M202 Warning {
        en: "{share} of the total has no stated uncertainty and is taken as exact", "The range is at least as wide as it says; probabilities hold only for what is stated.", "State the uncertainty of the largest lines and factors.";
        zh: "总量的 {share} 未说明不确定度，按精确值处理", "实际范围只会更宽；概率仅就已说明的部分成立。", "请补充最大几项物料行和因子的不确定度。";
    }
    M203 Error {
        en: "{failed} of {samples} samples gave no finite total (the first is sample {first}): {names}", "They are in no figure, and the range is not that of all samples.", "Look at the spread of what is named; it is probably too wide.";
        zh: "{samples} 个样本中有 {failed} 个未得到有限的总量（第一个是样本 {first}）：{names}", "这些样本不在任何数值中，因此范围不是全部样本的范围。", "请检查所列项目的离散程度，可能过大。";
    }
    M204 Warning {
        en: "the samples' mean {sampled} and the computed one {computed} are more than six standard errors apart", "One of the two is wrong, or the tail is too heavy for so few samples.", "Ask for more samples.";
        zh: "样本均值 {sampled} 与计算值 {computed} 相差超过六倍标准误", "二者必有其一有误，或尾部过重而样本过少。", "请增加样本数。";
    }
    M205 Error {
        en: "the assemblies are used in so many places that the range has more than {limit} terms", "The range was not computed.", "State fewer uncertainties on assemblies, or repeat fewer of them.";
        zh: "组件重复使用过多，范围的项数超过 {limit}", "未计算范围。", "请减少组件上的不确定度，或减少重复使用。";
    }
    M206 Error {
        en: "{count} samples: it takes {least} to {most}", "Fewer say nothing of the tails, more are no better.", "Ask for 10000.";
        zh: "样本数 {count}：应为 {least} 至 {most}", "过少无法说明尾部，过多并无改进。", "建议 10000。";
    }
    M207 Question {
        en: "the limit of {limit} kg CO2e is kept with a probability of {probability}, which is not the 95 % of guarded acceptance", "Beside this limit the total alone decides nothing.", "Narrow the largest uncertainties (see `sensitivity`), lower the footprint, or accept the risk on purpose.";
        zh: "满足限值 {limit} kg CO2e 的概率为 {probability}，未达到带保护带的接受所要求的 95%", "与该限值相比，仅凭总量无法判定。", "请缩小最大的不确定度（见 `sensitivity`）、降低碳足迹，或有意承担该风险。";
    }
}
