"""ART012 none-in-force."""

from nianbao.api import Context, Report, Severity, Text, number, rule

from nianbao_rules.article20.shared import left_out, row_finding, row_place, rows_of, unknown_row
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO_2021

_NONE_IN_FORCE = Text(
    "{place}：本年制发{issued}、废止0，现行有效却是0，多半是漏填",
    "{place}: {issued} issued and 0 repealed, but 0 in force: most likely it was left out",
)
_NONE_IN_FORCE_HELP = Text(
    "填年末仍然有效的全部件数，包括以前年度制发的",
    "enter all that are in force at the end of the year, including those of earlier years",
)


@rule(
    "ART012",
    "none-in-force",
    summary=Text(
        "有制发、没有废止的，现行有效件数不为 0", "if some were issued and none repealed, some are in force"
    ),
    basis=TABLE_TWO_2021,
    severity=Severity.WARNING,
    needs="regulations",
    forms=("2021",),
)
def none_in_force(report: Report, context: Context) -> Results:
    """本年有制发、没有废止，现行有效件数却填 0 的，多半是漏填。

    为什么：本年制发而没有废止的文件，年末通常仍然有效。

    反例：制发5、废止0、现行有效0。
    正例：制发5、废止0、现行有效32；制发0、废止0、现行有效0。

    怎样改：现行有效件数填年末仍然有效的全部件数。
    """
    for table, row, figures in rows_of(report, "regulations"):
        if figures is None:
            yield unknown_row(table, row)
        elif left_out(figures):
            message = _NONE_IN_FORCE.fill(place=row_place(table, row), issued=number(figures["issued"]))
            yield row_finding(table, row, "in_force", message, _NONE_IN_FORCE_HELP)
