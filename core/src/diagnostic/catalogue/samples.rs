//! M3: samples of a linked inventory.

entries! {
    M301 Question {
        en: "{count} of {samples} samples have no answer, the first is number {sample}: {cause}", "They stand in no mean and no quantile, so the range is that of the others.", "Look at the loop named there: an amount drawn so large that it gives back all that it takes has too wide an uncertainty.";
        zh: "{samples} 个样本中有 {count} 个无解，第一个为第 {sample} 号：{cause}", "它们不计入均值和分位数，因此范围仅反映其余样本。", "请检查其中所述的环：若抽到的数量大到把所取全部返还，说明其不确定度过宽。";
    }
    M302 Question {
        en: "samples held against factors of their own systems differ by {difference}, more than {limit}", "The samples are not known as well as they should be.", "Report this with the database; until then trust only the digits that agree.";
        zh: "与各自系统的直接分解相比，样本相差 {difference}，超过 {limit}", "样本的精度未达应有水平。", "请连同数据库一并反馈；在此之前只信任一致的位数。";
    }
    M303 Question {
        en: "nothing that counts for {impact} states an uncertainty", "Without data the range is unknown; it is not zero.", "Choose a database whose exchanges state their uncertainty, or state it in zuji/inventory@1 (docs/uncertainty-linked.md).";
        zh: "对 {impact} 有影响的数据均未注明不确定度", "没有数据时范围未知，而不是零。", "请选用注明了不确定度的数据库，或在 zuji/inventory@1 中注明（docs/uncertainty-linked.md）。";
    }
    M304 Note {
        en: "{stated} exchanges that count state an uncertainty, {refused} of them none that could be drawn", "All others are taken as certain, so the range is a lower estimate.", "State the uncertainty of the amounts that matter: zuji lci contributions ranks them.";
        zh: "{stated} 个有影响的交换注明了不确定度，其中 {refused} 个无法抽样", "其余均视为确定，因此所得范围偏窄。", "请为影响大的数量注明不确定度；zuji lci contributions 可按大小列出。";
    }
}
