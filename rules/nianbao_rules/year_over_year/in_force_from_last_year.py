"""YOY002 in-force-from-last-year."""

from decimal import Decimal

from nianbao.api import (
    Context,
    Finding,
    NotApplicable,
    Related,
    Report,
    RowForm,
    Severity,
    Table,
    Text,
    Undetermined,
    number,
    rule,
    same,
)

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO_2021
from nianbao_rules.year_over_year.shared import (
    NO_FIGURES,
    NO_TABLE,
    OTHER_FORM,
    in_last_year,
    same_form,
    table_of_last_year,
)

_MORE = Text(
    "{place}：现行有效{in_force} > 上年报告{last} ＋ 本年制发{issued} − 本年废止{repealed} = {sum}",
    "{place}: {in_force} in force > {last} of last year's report + {issued} issued − {repealed} repealed = {sum}",
)
_MORE_HELP = Text(
    "与司法行政部门核对三个数；因机构改革划入、清理后重新认定、上年报告有更正的，在报告中说明",
    "check the three figures; say in the report if documents came from another organ or last year's report was corrected",
)
_FEWER = Text(
    "{place}：现行有效{in_force} < 上年报告{last} ＋ 本年制发{issued} − 本年废止{repealed} = {sum}",
    "{place}: {in_force} in force < {last} of last year's report + {issued} issued − {repealed} repealed = {sum}",
)
_FEWER_HELP = Text(
    "有文件有效期届满、宣布失效或者划出的，数没有错；没有的，核对三个数",
    "right if documents expired or went to another organ; else check the three figures",
)


@rule(
    "YOY002",
    "in-force-from-last-year",
    summary=Text(
        "现行有效件数由上年的数加制发、减废止得来",
        "what is in force follows from last year's figure, what was issued and what was repealed",
    ),
    basis=TABLE_TWO_2021,
    severity=Severity.WARNING,
    needs="regulations",
    forms=("2021",),
    beside="previous",
)
def in_force_from_last_year(report: Report, context: Context) -> Results:
    """规章、行政规范性文件的现行有效件数，不应多于上年报告的现行有效件数加本年制发、减本年废止。

    为什么：年初现行有效的件数就是上年报告的件数，只有制发能使它增加。少于这个数的，可能是有效期届满、
    宣布失效，只作提示。2021年度的上年报告用的是旧格式，没有现行有效件数，不比较。
    两年中有一年的三个数本身就不成立的，由 ART011、ART012 报出，这里不比较。

    反例：上年现行有效40，本年制发3、废止1，现行有效52：52 > 40 + 3 − 1 = 42。
    正例：上年现行有效40，本年制发3、废止1，现行有效42。

    怎样改：与司法行政部门核对；机构改革、集中清理使口径有变化的，在报告中说明。
    """
    this, last = report.table("regulations"), table_of_last_year(report, "regulations")
    if not same_form(report):
        yield NotApplicable(OTHER_FORM)
        return
    if this is None or last is None:
        yield Undetermined(NO_TABLE.fill(place="表二 · 第二十条第（一）项"))
        return
    for row in [row for row in this.form.rows if row.key in this.rows]:
        mine, before = _figures(this, row), _figures(last, row)
        if mine is None or before is None:
            yield Undetermined(NO_FIGURES.fill(place=f"{this.form.place} · {row.place}"))
        elif _sound(mine) and _sound(before):
            total = before["in_force"] + mine["issued"] - mine["repealed"]
            if mine["in_force"] != total:
                yield _finding(report, this, row, before["in_force"], total)


def _figures(table: Table, row: RowForm) -> dict[str, Decimal] | None:
    """Return the figures of *row* by column, None if one of its cells has none."""
    figures = {column.key: table[row.key, column.key].value for column in table.form.columns}
    known = {key: value for key, value in figures.items() if value is not None}
    return known if len(known) == len(figures) else None


def _sound(figures: dict[str, Decimal]) -> bool:
    """Return whether the three figures can be true together: ART011 and ART012 report those that cannot."""
    return min(figures.values()) >= 0 and figures["in_force"] >= figures["issued"] - figures["repealed"]


def _finding(report: Report, table: Table, row: RowForm, last: Decimal, total: Decimal) -> Finding:
    cells = {column.key: table[row.key, column.key] for column in table.form.columns}
    cell = cells["in_force"]
    more = cell.value is not None and cell.value > total
    place = f"{table.form.place} · {row.place}"
    values = {key: number(each.value) for key, each in cells.items()}
    message = (_MORE if more else _FEWER).fill(place=place, last=number(last), sum=number(total), **values)
    others = tuple(
        Related(each.span, same(f"{each.place} {each.text}"), each)
        for each in cells.values()
        if each is not cell
    )
    before = cell._replace(text=number(last), value=last)
    return Finding(
        cell.span,
        message,
        _MORE_HELP if more else _FEWER_HELP,
        cell,
        others,
        place=place,
        at_most=None if more else Severity.INFO,
        elsewhere=in_last_year(report, [before]),
    )
