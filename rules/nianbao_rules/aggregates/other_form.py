"""AGG005 other-form."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.aggregates.shared import named
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NEW_FORM

_OTHER = Text(
    "{count}家下级机关的报告不是{form}年的格式：{names}",
    "the reports of {count} organs below are not on the form of {form}: {names}",
)
_HELP = Text(
    "请它们改用同一格式重新报送：两种格式的项目不同，没有的格无法相加",
    "have them report on the same form: cells that one does not have cannot be added up",
)


@rule(
    "AGG005",
    "other-form",
    summary=Text("下级机关的报告用的是同一种格式", "the reports of the organs below are on the same form"),
    basis=NEW_FORM,
    severity=Severity.INFO,
    beside="members",
)
def other_form(report: Report, context: Context) -> Results:
    """汇总的各家报告应当用同一种格式。

    为什么：2019 年和 2021 年的格式表二项目不同，一家用了旧格式，它没有的格就无法相加，合计也就无法核对。

    反例：2023 年度的报告，云岭镇用的还是 2019 年的格式。
    正例：各家都用 2021 年的格式。

    怎样改：请用另一种格式的机关重新报送。
    """
    from nianbao.api import Neighbour  # a report that is checked alone has no others

    form = report.form.name if report.form else ""
    others = [
        member.organ or member.path
        for member in report.members or ()
        if isinstance(member, Neighbour) and member.form not in ("", form)
    ]
    if others:
        message = _OTHER.fill(count=len(others), form=form, names=named(others, most=5))
        yield Finding(report.anchor, message, _HELP)
