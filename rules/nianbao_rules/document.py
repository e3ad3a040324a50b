"""What could be read and judged at all: whether it is a report, of which year, and with which tables."""

from collections.abc import Iterator

from nianbao.api import Context, Finding, Report, Severity, Span, TableForm, Text, Undetermined, rule

from nianbao_rules.basis import OWN_READING, SIX_PARTS, TABLE_FOUR, TABLE_THREE, TABLE_TWO

Results = Iterator[Finding | Undetermined]

_EMPTY = Text("文件里没有文字", "the file has no text")
_EMPTY_HELP = Text(
    "确认选对了文件；扫描件、图片要先识别成文字",
    "check that it is the right file; a scan or a picture has to be turned into text first",
)
_NO_PART = Text(
    "全文没有认出格式规定的任何一个部分（一、总体情况；二、主动公开政府信息情况……），其他各项都无法判断",
    "none of the parts that the form prescribes was found (一、总体情况, 二、主动公开政府信息情况 …), so nothing else can be judged",
)
_NO_PART_HELP = Text(
    "确认这是政府信息公开工作年度报告；是的话，每个部分的标题要单独成一行，如“一、总体情况”",
    "check that it is an annual report on government information disclosure; if it is, put each heading on a line of its own, like “一、总体情况”",
)


@rule(
    "DOC001",
    "no-section",
    summary=Text(
        "认得出格式规定的部分，才能当作年度报告检查",
        "a text is judged as a report only if a part of the form is found in it",
    ),
    basis=SIX_PARTS,
    forms=(),
)
def no_section(report: Report, context: Context) -> Results:
    """文件应当是政府信息公开工作年度报告，至少有一个认得出的部分。

    为什么：一个部分也认不出，多半是空文件、扫描件，或者选错了文件，其他规则的“没有问题”都不作数。
    这时只报这一条，不再逐项报缺少什么。

    反例：把一份会议通知、一个空文件当作年度报告来检查。
    正例：正文有“一、总体情况”等部分，标题单独成行。

    怎样改：换成年度报告的文本；标题混在段落里的，改为单独成行。
    """
    if report.recognised:
        return
    if not report.text.strip():
        yield Finding(Span(0, 0), _EMPTY, _EMPTY_HELP, place="全文")
    else:
        yield Finding(report.anchor, _NO_PART, _NO_PART_HELP, place="全文")


_UNREAD = Text(
    "{count}张表没有读懂：{tables}。这{count}张表没有检查，不等于没有问题",
    "{count} tables could not be read: {tables}; they were not checked, which does not mean that they are right",
)
_UNREAD_TABLE = Text("{place}（共{expected}行，读出{bound}行）", "{place} ({bound} of {expected} rows read)")
_UNREAD_HELP = Text(
    "表格的换行、分格多半在复制时丢了；从原稿重新复制，或者把表格存成 Markdown 表格再检查",
    "its line ends and cells were probably lost in copying: copy it from the original again, or save it as a Markdown table",
)


@rule(
    "DOC002",
    "unread-table",
    summary=Text(
        "说明哪些表没有读懂、因而没有检查", "tells which tables could not be read and went unchecked"
    ),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR),
    severity=Severity.WARNING,
    forms=(),
)
def unread_table(report: Report, context: Context) -> Results:
    """报告里有、却读不出行列的表，要逐一说明，以免把“没有检查”当作“没有问题”。

    为什么：从网页、PDF 复制的表格常常丢了分行和分格，各数连成一串，分不清属于哪一格。
    猜着算会报出错误的结论，所以不猜；凡要用到这些表的规则，结论都是“无法判断”。

    反例：表三的各行连成一段：“本年新收政府信息公开申请数量1200012上年结转……”。
    正例：表三每行一个名称、七个数，分格清楚。

    怎样改：从原稿重新复制表格，使每行、每格分开，再检查一遍。
    """
    if not (report.recognised or report.tables) or report.form is None:
        return
    unread = [table for table in report.form.tables if table.key in report.unreadable]
    if not unread:
        return
    rows = [_UNREAD_TABLE.fill(place=table.place, **_rows(report, table)) for table in unread]
    tables = Text("；".join(row.zh for row in rows), "; ".join(row.en for row in rows))
    message = _UNREAD.fill(count=len(unread), tables=tables)
    data = {table.key: "{bound}/{expected}".format_map(_rows(report, table)) for table in unread}
    yield Finding(_place(report, unread[0]), message, _UNREAD_HELP, data=data)


def _rows(report: Report, table: TableForm) -> dict[str, int]:
    found = report.tables.get(table.key)
    expected = len(table.rows)
    return {"expected": expected, "bound": expected - len(found.missing) if found else 0}


def _place(report: Report, table: TableForm) -> Span:
    """Return where *table* begins in the report, as far as that can be told."""
    found = report.tables.get(table.key)
    if found is not None:
        return found.span
    section = report.section(table.section)
    return section.heading if section is not None else report.anchor


_NO_YEAR = Text(
    "看不出是哪一年的报告：标题和统计期限都没有年份，与年度有关的规则无法判断",
    "the year reported on is not stated, neither in the title nor as a statistics period, so rules that depend on it cannot judge",
)
_NO_YEAR_HELP = Text(
    "在标题写明年度，如“2024年政府信息公开工作年度报告”；只想检查草稿的，可以另行指定年度（--year）",
    "state the year in the title, like “2024年政府信息公开工作年度报告”, or give it for this check (--year)",
)


@rule(
    "DOC003",
    "no-year",
    summary=Text("看得出是哪一年的报告", "the year reported on can be told"),
    basis=OWN_READING,
    forms=(),
)
def no_year(report: Report, context: Context) -> Results:
    """从标题、统计期限应当看得出是哪一年的报告。

    为什么：2019、2020年度和2021年度以后用的格式不同，不知道年度就不知道该按哪一种检查。

    反例：标题是“青禾县政府信息公开工作年度报告”，全文没有写统计期限，也没有年份。
    正例：标题是“青禾县2024年政府信息公开工作年度报告”。

    怎样改：在标题写明年度。
    """
    if report.recognised and report.year is None:
        yield Finding(report.anchor, _NO_YEAR, _NO_YEAR_HELP, place="全文")


_OLD_FORM = Text(
    "这是{year}年度的报告，不按2019年起的格式编制，章节和表格的各条规则都不适用",
    "this is a report on {year}, made before the forms in use since 2019: the rules on sections and tables do not apply",
)
_OLD_FORM_HELP = Text(
    "如果年度看错了，请在标题写明年度，或者另行指定年度（--year）",
    "if the year was read wrongly, state it in the title or give it for this check (--year)",
)


@rule(
    "DOC004",
    "old-form",
    summary=Text(
        "说明2018年度及以前的报告不按现行格式检查",
        "tells that a report on 2018 or earlier is not held to the present forms",
    ),
    basis=OWN_READING,
    forms=(),
)
def old_form(report: Report, context: Context) -> Results:
    """2018年度及以前的报告只作识别，不检查章节和表格。

    为什么：现行格式自2019年度起使用，依据是2019年修订的条例；此前的报告依据2007年的条例，内容和附表都不同。
    2019年度以后的报告误用旧章节的，由章节各条规则指出，不属于这一条。

    反例：2016年度报告，有“概述”“政府信息公开的收费及减免情况”等部分。
    正例：2019年度及以后的报告。

    怎样改：不用改；核对年度是否看对了。
    """
    form = report.form
    if report.recognised and form is not None and not form.tables:
        yield Finding(report.anchor, _OLD_FORM.fill(year=report.year), _OLD_FORM_HELP, place="全文")
