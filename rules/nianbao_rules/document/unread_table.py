"""DOC002 unread-table."""

from collections.abc import Sequence

from nianbao.api import (
    Context,
    Finding,
    Related,
    Report,
    Severity,
    Span,
    Table,
    TableForm,
    Text,
    is_hidden,
    rule,
    same,
)

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_FOUR, TABLE_THREE, TABLE_TWO

_UNREAD = Text(
    "{count}张表没有读懂：{tables}。这{count}张表没有检查，不等于没有问题",
    "{count} tables could not be read: {tables}; they were not checked, which does not mean that they are right",
)
_UNREAD_TABLE = Text("{place}（共{expected}行，读出{bound}行）", "{place} ({bound} of {expected} rows read)")
_SOME_ROWS = Text("{place} · {rows}", "{place} · {rows}")
_PARTLY = Text(
    "{place}读出{bound}行，没有读懂：{rows}。用到这些行的规则没有判断",
    "{place}: {bound} rows read, these not: {rows}; the rules that need them have not judged",
)
_PICTURED = Text(
    "这里是图片或者嵌入的文件，读不出里面的字；{tables}可能在其中，没有检查，不等于没有问题",
    "this is a picture or an embedded file, whose words cannot be read; {tables} may be in it and were not checked, which does not mean that they are right",
)
_PICTURED_HELP = Text(
    "检查插入图片以前的原稿；公开的报告也应当用文字制表，图片里的数不能检索、核对",
    "check the original from before the picture was made; a published report should have its tables as text too, for figures in a picture can be neither found nor checked",
)
_HIDDEN = Text(
    "{what}，没有读；{tables}可能在其中，没有检查，不等于没有问题",
    "{what} was not read; {tables} may be in it and were not checked, which does not mean that they are right",
)
_HIDDEN_HELP = Text(
    "取消隐藏再检查；不用公开的，删去",
    "unhide it and check again, or delete it if it is not to be published",
)
_TWICE = Text(
    "{place}有两张，数不一样：{cell}，前一张（在“{above}”）是{first}，后一张（在“{below}”）是{second}。不知道以哪一张为准，没有检查，不等于没有问题",
    "{place} is there twice with different figures: {cell} is {first} in the first, under “{above}”, {second} in the second, under “{below}”; which of them holds is not known, and neither was checked, which does not mean that they are right",
)
_OTHER_ONE = Text("另一张的数在这里", "the figure of the other one")
_TWICE_HELP = Text(
    "核对原稿，只留数准确的一张；后一张是上年或者别的单位的，在它的上一行写明",
    "compare the original and leave only the one that is right; if the second is of last year or of another organ, say so in the line above it",
)
_UNREAD_HELP = Text(
    "表格的换行、分格多半在复制时丢了；从原稿重新复制，使每行、每格分开",
    "its line ends and cells were probably lost in copying: copy it from the original again, each row and each cell apart",
)

_MOST = 8  # rows that are named


@rule(
    "DOC002",
    "unread-table",
    summary=Text(
        "说明哪些表没有读懂、因而没有检查",
        "tables that could not be read, and so were not checked, are named",
    ),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR),
    severity=Severity.WARNING,
    forms=(),
)
def unread_table(report: Report, context: Context) -> Results:
    """报告里有、却读不出行列的表，要逐一说明，以免把“没有检查”当作“没有问题”。

    为什么：从网页、PDF 复制的表格常常丢了分行和分格，各数连成一串，分不清属于哪一格。
    猜着算会报出错误的结论，所以不猜；凡要用到这些表的规则，结论都是“无法判断”。
    表格做成图片、嵌入的工作簿的，里面的字读不出来，也这样说明；工作簿里隐藏的行、列、工作表没有读，也一样。
    同一张表有两张、数不一样的，不知道以哪一张为准，也都不算。

    反例：表三的各行连成一段：“本年新收政府信息公开申请数量1200012上年结转……”。
    正例：表三每行一个名称、七个数，分格清楚。

    怎样改：从原稿重新复制表格，使每行、每格分开；或者写成 Markdown 表格。
    """
    if not (report.recognised or report.tables) or report.form is None or report.traditional:
        return
    unread = []
    pictured: dict[Span, list[Text]] = {}
    for table in report.form.tables:
        found = report.tables.get(table.key)
        if found is not None and found.again is not None:
            yield _twice(report, found, found.again)
        elif table.key in report.unreadable:
            picture = _picture(report, table)
            if picture is None:
                unread.append(table)
            else:
                place = same(table.place) if found is None else _rows_read(report, table)
                pictured.setdefault(picture, []).append(place)
    for partial in report.partly_read:
        picture = _picture(report, partial.form)
        if picture is None:
            yield _partly(partial)
        else:
            place = _SOME_ROWS.fill(place=partial.form.place, rows=_unread_rows(partial))
            pictured.setdefault(picture, []).append(place)
    for picture, places in pictured.items():
        yield _pictured(report, picture, _listed(places, "、"))
    if not unread:
        return
    tables = _listed([_rows_read(report, table) for table in unread], "；")
    message = _UNREAD.fill(count=len(unread), tables=tables)
    data = {table.key: "{bound}/{expected}".format_map(_rows(report, table)) for table in unread}
    yield Finding(_place(report, unread[0]), message, _UNREAD_HELP, data=data)


def _pictured(report: Report, picture: Span, tables: Text) -> Finding:
    """Return the finding that *tables* may be in *picture*, which may be the sign of what is hidden."""
    words = report.text[slice(*picture)]
    if not is_hidden(words):
        return Finding(picture, _PICTURED.fill(tables=tables), _PICTURED_HELP)
    what = words[1 : words.index("，没有读")]
    return Finding(picture, _HIDDEN.fill(what=what, tables=tables), _HIDDEN_HELP)


def _picture(report: Report, table: TableForm) -> Span | None:
    """Return the picture that *table* may be in; of one that was found, the rest may only be hidden."""
    picture = report.picture_for(table)
    if picture is None or table.key not in report.tables or is_hidden(report.text[slice(*picture)]):
        return picture
    return None


def _listed(items: Sequence[Text], sign: str) -> Text:
    """Return *items* as a list in both languages, parted by *sign* in Chinese."""
    return Text(
        sign.join(each.zh for each in items), (", " if sign == "、" else "; ").join(each.en for each in items)
    )


def _twice(report: Report, table: Table, other: Table) -> Finding:
    """Return the finding that *table* is in another place as *other*, with other figures."""
    first, second = table.differing(other)[0]
    message = _TWICE.fill(
        place=table.form.place,
        cell=first.place.removeprefix(f"{table.form.place} · "),
        above=report.place(first.span.start),
        below=report.place(second.span.start),
        first=first.text,
        second=second.text,
    )
    related = (Related(first.span, _OTHER_ONE, first),)
    return Finding(second.span, message, _TWICE_HELP, related=related, place=table.form.place)


def _partly(table: Table) -> Finding:
    """Return the finding that rows of *table* are there and could not be read."""
    bound = len(table.form.rows) - len(table.missing)
    message = _PARTLY.fill(place=table.form.place, bound=bound, rows=_unread_rows(table))
    return Finding(table.unread[0].span, message, _UNREAD_HELP, place=table.form.place)


def _unread_rows(table: Table) -> Text:
    """Return the rows of *table* that could not be read, the first ones by name."""
    places = {row.key: row.place for row in table.form.rows}
    rows = [places.get(label.key) or "".join(label.text.split()) for label in table.unread[:_MOST]]
    more = ["…"] if len(table.unread) > _MOST else []
    return _listed([same(row) for row in (*rows, *more)], "、")


def _rows_read(report: Report, table: TableForm) -> Text:
    return _UNREAD_TABLE.fill(place=table.place, **_rows(report, table))


def _rows(report: Report, table: TableForm) -> dict[str, int]:
    found = report.tables.get(table.key)
    expected = len(table.rows)
    return {"expected": expected, "bound": expected - len(found.missing) if found else 0}


def _place(report: Report, table: TableForm) -> Span:
    """Return the span of *table* as far as it was read, else of its section's heading, else of the report's anchor."""
    found = report.tables.get(table.key)
    if found is not None:
        return found.span
    section = report.section(table.section)
    return section.heading if section is not None else report.anchor
