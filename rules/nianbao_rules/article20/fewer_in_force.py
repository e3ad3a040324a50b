"""ART011 fewer-in-force."""

from nianbao.api import Context, Report, Text, number, rule

from nianbao_rules.article20.shared import left_out, row_finding, row_place, rows_of, unknown_row
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO_2021

_FEWER = Text(
    "{place}：现行有效{in_force} < 本年制发{issued} − 本年废止{repealed} = {least}",
    "{place}: {in_force} in force < {issued} issued − {repealed} repealed = {least}",
)
_FEWER_HELP = Text(
    "现行有效件数应包括以前年度制发、仍然有效的文件；与司法行政部门核对三个数",
    "documents of earlier years that are still in force count too; check the three figures",
)


@rule(
    "ART011",
    "fewer-in-force",
    summary=Text(
        "现行有效件数不少于制发件数减废止件数",
        "at least as many documents are in force as were issued less those repealed",
    ),
    basis=TABLE_TWO_2021,
    needs="regulations",
    forms=("2021",),
)
def fewer_in_force(report: Report, context: Context) -> Results:
    """规章、行政规范性文件的现行有效件数，不应少于本年制发件数减去本年废止件数。

    为什么：年初现行有效的件数不会小于 0，加上本年制发、减去本年废止，就是年末现行有效的件数。
    本年有制发、没有废止而现行有效填 0 的，多半是漏填，由 ART012 报出。

    反例：制发12、废止3、现行有效7：7 < 12 − 3 = 9。
    正例：制发12、废止3、现行有效41。

    怎样改：核对三个数；现行有效件数要把以前年度制发、仍然有效的算进去。
    """
    for table, row, figures in rows_of(report, "regulations"):
        if figures is None:
            yield unknown_row(table, row)
        elif not left_out(figures) and min(figures.values()) >= 0:
            least = figures["issued"] - figures["repealed"]
            if figures["in_force"] < least:
                values = {key: number(value) for key, value in figures.items()}
                message = _FEWER.fill(place=row_place(table, row), least=number(least), **values)
                yield row_finding(table, row, "in_force", message, _FEWER_HELP)
