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
}
