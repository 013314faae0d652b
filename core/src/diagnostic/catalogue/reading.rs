//! E files, Y documents, S safety limits, N numbers.

entries! {
    E101 Error {
        en: "{file} is not UTF-8 text: byte {byte} of line {line} does not fit", "Guessing an encoding would change names and numbers silently, so nothing was read.", "Save the file as UTF-8 (in Excel or WPS: \"CSV UTF-8\") and run again.";
        zh: "{file} 不是 UTF-8 文本：第 {line} 行第 {byte} 字节无法解码", "猜测编码会悄悄改变名称和数字，因此没有读取任何内容。", "请另存为 UTF-8（Excel/WPS 选择“CSV UTF-8”）后重试。";
    }
    E102 Error {
        en: "{file} has no data rows", "There is nothing to compute.", "Put a header row and at least one part into the file; see `zuji footprint --help` for the columns.";
        zh: "{file} 没有数据行", "没有可计算的内容。", "请在文件中写入表头和至少一行物料；列名见 `zuji footprint --help`。";
    }
    E103 Error {
        en: "line {utf8} of {file} is UTF-8 and line {other} is not: files of two encodings were joined", "One reading of all lines would spoil the names of some, so nothing was read.", "Save both parts as UTF-8 before joining them, or name one encoding with --encoding.";
        zh: "{file} 第 {utf8} 行是 UTF-8，第 {other} 行不是：两种编码的文件被拼接在一起", "用一种编码读取会损坏部分名称，因此没有读取任何内容。", "请先将两部分都另存为 UTF-8 再合并，或用 --encoding 指定编码。";
    }
    E104 Note {
        en: "{file} was read as {encoding}: \"{preview}\"", "It is not UTF-8; the encoding was recognised by its content and fits every byte.", "If the text above looks wrong, name the encoding: --encoding gb18030, big5, utf-16le, windows-1252.";
        zh: "{file} 按 {encoding} 读取：“{preview}”", "文件不是 UTF-8；编码由内容识别，每个字节均可解码。", "如上面的文字显示不正确，请指定编码：--encoding gb18030、big5、utf-16le、windows-1252。";
    }
    E105 Error {
        en: "column \"{column}\" is missing; the header has: {header}", "Without it no line can be computed.", "Name one column {accepted}.";
        zh: "缺少“{column}”列；现有表头：{header}", "没有这一列就无法计算任何一行。", "请将某一列命名为：{accepted}。";
    }
    E106 Warning {
        en: "column \"{column}\" is not known and was not used", "Its content does not enter the result.", "If it matters, rename it to a known header{suggestion}; the list is in docs/bill-of-materials.md.";
        zh: "无法识别列“{column}”，未使用", "该列内容不会进入结果。", "如有需要，请改为已知表头{suggestion}；列表见 docs/bill-of-materials.md。";
    }
    E107 Error {
        en: "columns {first} and {second} both mean \"{column}\"", "It is not clear which one counts.", "Keep one of them.";
        zh: "第 {first} 列和第 {second} 列都表示“{column}”", "无法判断以哪一列为准。", "请只保留其中一列。";
    }
    E108 Error {
        en: "this row has {found} fields, the header has {expected}", "A shifted row would put numbers into wrong columns; the row is not counted.", "Check for a missing or extra separator, or quote the text that contains one.";
        zh: "该行有 {found} 个字段，表头有 {expected} 个", "错位的行会把数字放进错误的列，因此该行未计入。", "请检查是否缺少或多出分隔符，或给含分隔符的文字加引号。";
    }
    E109 Error {
        en: "cannot read {file}: {cause}", "Nothing was computed.", "Check the path and the permissions.";
        zh: "无法读取 {file}：{cause}", "没有进行任何计算。", "请检查路径和权限。";
    }
    E110 Error {
        en: "cannot write {file}: {cause}", "The result was computed but not kept.", "Check the path, the permissions and the space.";
        zh: "无法写入 {file}：{cause}", "结果已计算，但未保存。", "请检查路径、权限和磁盘空间。";
    }
    E112 Error {
        en: "no encoding is called \"{name}\"", "The file was not read.", "Name one of utf-8, gb18030, gbk, big5, utf-16le, utf-16be, windows-1252, shift_jis, or leave --encoding out.";
        zh: "没有名为“{name}”的编码", "文件未读取。", "请使用 utf-8、gb18030、gbk、big5、utf-16le、utf-16be、windows-1252、shift_jis 之一，或不写 --encoding。";
    }
    E113 Error {
        en: "{file} cannot be read as a workbook: {cause}", "Nothing was computed.", "Open it in Excel or WPS and save it as .xlsx or as CSV UTF-8; name a sheet with --sheet.";
        zh: "无法将 {file} 读作工作簿：{cause}", "没有进行任何计算。", "请用 Excel 或 WPS 打开后另存为 .xlsx 或“CSV UTF-8”；可用 --sheet 指定工作表。";
    }
    E114 Note {
        en: "sheet \"{sheet}\" was read; not read: {others}", "A workbook may hold more than the parts.", "Name another one with --sheet if this is not the list of parts.";
        zh: "已读取工作表“{sheet}”；未读取：{others}", "工作簿可能包含物料清单以外的内容。", "如果不是物料清单，请用 --sheet 指定其他工作表。";
    }
    E115 Note {
        en: "the header was found in row {row}; {count} row(s) of titles before it were not read", "Titles are no parts.", "Nothing to do if row {row} is the header.";
        zh: "表头在第 {row} 行；其前 {count} 行标题未读取", "标题不是物料。", "如果第 {row} 行确为表头，则无需处理。";
    }
    E120 Error {
        en: "{file}: the kind of document is not known (\"{found}\")", "Only documents whose meaning is certain are read.", "Start the document with `schema: {expected}`.";
        zh: "{file}：无法识别文档类型（“{found}”）", "只读取含义明确的文档。", "请在文档开头写上 `schema: {expected}`。";
    }
    Y101 Error {
        en: "the document cannot be parsed: {cause}", "Nothing was computed.", "Correct the syntax at the place named; indentation and quotes are the usual cause.";
        zh: "文档无法解析：{cause}", "没有进行任何计算。", "请在所示位置修正语法，常见原因是缩进或引号。";
    }
    Y102 Error {
        en: "the document does not fit its schema: {cause}", "A field that is not understood would be lost in silence, so nothing was computed.", "Correct the field; all fields are in docs/product-document.md.";
        zh: "文档结构不符合要求：{cause}", "无法理解的字段会被悄悄丢弃，因此没有进行计算。", "请修正该字段；全部字段见 docs/product-document.md。";
    }
    S601 Error {
        en: "the document uses {what}, which is refused before anything is built", "Anchors, aliases and tags can make a small file explode or hide what is computed.", "Write the values out where they are used.";
        zh: "文档使用了{what}，在构建之前即被拒绝", "锚点、别名和标签可能使小文件膨胀，或掩盖实际计算的内容。", "请在使用处直接写出数值。";
    }
    S602 Error {
        en: "{file} has {found}, more than the limit of {limit}", "Limits keep a hostile file from taking the machine.", "If the file is honest, raise the limit with {flag}.";
        zh: "{file} 有 {found}，超过上限 {limit}", "上限可防止恶意文件耗尽机器资源。", "若文件可信，可用 {flag} 提高上限。";
    }
    S603 Error {
        en: "the key \"{key}\" stands twice", "Which value counts would depend on the reader.", "Keep one of them.";
        zh: "键“{key}”出现了两次", "以哪个值为准将取决于读取程序。", "请只保留一个。";
    }
    S610 Error {
        en: "nesting depth {found} exceeds {limit}", "Real products rarely exceed 20 levels; deeper input is refused before it is built.", "Check the parent column or the indentation; an honest deep file can use {flag}.";
        zh: "嵌套层级 {found} 超过 {limit}", "实际产品很少超过 20 层；更深的输入在构建前即被拒绝。", "请检查父项列或缩进；确有需要可使用 {flag}。";
    }
    S620 Note {
        en: "a cell starts like a spreadsheet formula and was read as text: {text}", "Formulas are never evaluated.", "Nothing to do.";
        zh: "有单元格形似电子表格公式，已按文本读取：{text}", "公式从不执行。", "无需处理。";
    }
    N102 Question {
        en: "\"{text}\" in {column} can be read as {first} or as {second}", "A thousandfold error would go unseen; the line is not counted until it is settled.", "Write the number without a thousands separator and with a point for decimals.";
        zh: "{column}中的“{text}”可读作 {first} 或 {second}", "千倍误差可能不被察觉；确认前该行不计入。", "请去掉千位分隔符，小数点用“.”。";
    }
    N105 Error {
        en: "\"{text}\" in {column} is not a number", "The line cannot be counted.", "Write a plain number such as 12.5.";
        zh: "{column}中的“{text}”不是数字", "该行无法计入。", "请写成普通数字，例如 12.5。";
    }
    N110 Error {
        en: "\"{text}\" in {column} is no value: a spreadsheet look-up failed or a calculation overflowed", "NaN and infinity never enter a footprint; the line is not counted.", "Restore the value, or leave the cell empty.";
        zh: "{column}中的“{text}”不是有效数值：电子表格查找失败或计算溢出", "NaN 和无穷大绝不进入碳足迹；该行未计入。", "请恢复数值，或将单元格留空。";
    }
    N111 Error {
        en: "{text} in {column} is beyond what a product can hold ({limit})", "A slip of units is likely; the line is not counted.", "Check the unit and the decimal point.";
        zh: "{column}中的 {text} 超出产品的合理上限（{limit}）", "很可能是单位错误；该行未计入。", "请检查单位和小数点。";
    }
}
