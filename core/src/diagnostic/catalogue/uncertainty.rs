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
}
