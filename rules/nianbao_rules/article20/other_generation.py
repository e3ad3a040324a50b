"""ART003 other-generation."""

from collections.abc import Iterator

from nianbao.api import Context, Finding, Form, Piece, Related, Report, Text, Undetermined, fold, rule, same

from nianbao_rules.article20.shared import TABLES, foreign_labels
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO

_OTHER_FORM = Text(
    "{year}年度报告应当使用{due}的表格，报告中却有另一版格式的“{labels}”",
    "a report on {year} must use the tables of {due}, but has “{labels}” of another form",
)
_OTHER_FORM_HELP = Text(
    "换用{due}的表格，按新的口径重新填数；只改名称、不重新统计是不够的",
    "use the tables of {due} and count again by their terms: new labels over old figures are not enough",
)
_NO_YEAR = Text(
    "看不出报告年度，不知道应当使用哪一版格式", "the year is not known, so neither is the form to use"
)
_MANY = 6


@rule(
    "ART003",
    "other-generation",
    summary=Text("表格是报告年度应当使用的一版", "the tables are those of the form of the report's year"),
    basis=TABLE_TWO,
    any_of=(*TABLES, "applications"),
)
def other_generation(report: Report, context: Context) -> Results:
    """表格应当用报告年度的格式：2019、2020年度用〔2019〕60号，2021年度起用〔2021〕30号。

    为什么：两版格式统计的内容不同（“本年新制作数量”和“本年制发件数”不是一回事），沿用旧表，
    各地数据无法汇总。只报一次；其他规则按报告实际使用的那一版检查，不再重复报出。

    反例：2022年度报告的第二十条第（一）项仍是“本年新制作数量、本年新公开数量、对外公开总数量”。
    正例：2022年度报告的第二十条第（一）项为“本年制发件数、本年废止件数、现行有效件数”。

    怎样改：换用报告年度的表格，按新的口径重新统计填报。
    """
    due = report.official_form
    if due is None:
        yield Undetermined(_NO_YEAR)
    elif due.tables:
        foreign = list(_of_another_form(report, due))
        if foreign:
            names = list(dict.fromkeys("".join(piece.text.split()) for piece in foreign))
            labels = "、".join(names[:_MANY]) + ("等" if len(names) > _MANY else "")
            values = {"year": report.year, "due": due.notice}
            message = _OTHER_FORM.fill(labels=labels, **values)
            related = tuple(Related(piece.span, same(piece.text)) for piece in foreign[1:_MANY])
            help_text = _OTHER_FORM_HELP.fill(**values)
            place = _place(report, foreign[0])
            yield Finding(foreign[0].span, message, help_text, related=related, place=place)


def _place(report: Report, piece: Piece) -> str:
    for table in report.tables.values():
        if table.span.start <= piece.span.start < table.span.end:
            return table.form.place
    return report.place(piece.span.start)


def _of_another_form(report: Report, due: Form) -> Iterator[Piece]:
    """Yield the labels in the tables of *report* that another form has and *due* does not."""
    foreign = foreign_labels(report, due) & report.words
    for grid in report.grids if foreign else ():
        for row in grid.rows:
            yield from (cell for cell in row if cell.text and fold(cell.text) in foreign)
