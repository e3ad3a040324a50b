"""HDR006 published-late."""

from nianbao.api import (
    Context,
    Finding,
    NotApplicable,
    Option,
    Report,
    Severity,
    Text,
    Undetermined,
    rule,
)
from nianbao_grammar import patterns as re

from nianbao_rules.header.shared import NO_TITLE
from nianbao_rules.shared import YEAR_UNKNOWN, Results
from nianbao_rules.shared.basis import PUBLICATION_DATES
from nianbao_rules.shared.publication import dated_lines

_LATE = Text("公布日期是{date}，晚于{due}的期限", "published on {date}, after {due}, the last day allowed")
_LATE_HELP = Text(
    "核对首次公布的日期；确实逾期的，今后按期公布。网页迁移、重新发布的，以首次公布的日期为准",
    "check when it was first published: that date counts if the page was moved or published again",
)
_UNDATED = Text("文中没有写公布的日期", "the text does not say when it was published")
_NO_DATE_DUE = Text(
    "条例没有规定乡镇、街道的期限；当地另有规定的，用选项 township 写明",
    "the regulation sets no day for townships: set the option township if a local notice does",
)
_NO_DAY = Text(
    "选项里的期限“{due}”不是月-日；写作 01-31 这样",
    "“{due}” in the options is no month-day: write it like 01-31",
)
_MUCH_LATER = Text(
    "公布日期是{date}，可能是重新发布的日期",
    "published on {date}, which may be the day it was published again",
)
_WHOSE = Text("看不出编制机关的级别", "the level of the organ is not known")


@rule(
    "HDR006",
    "published-late",
    summary=Text("按期公布", "the report is published in time"),
    basis=PUBLICATION_DATES,
    severity=Severity.WARNING,
    options=(
        Option(
            "department", "01-31", Text("部门公布的期限（月-日）", "the last day for departments (month-day)")
        ),
        Option(
            "government",
            "03-31",
            Text("县级以上人民政府公布的期限（月-日）", "the last day for governments from the county up"),
        ),
        Option(
            "township",
            "",
            Text(
                "乡镇、街道公布的期限（月-日），空着不查",
                "the last day for townships (month-day), not checked if empty",
            ),
        ),
    ),
)
def published_late(report: Report, context: Context) -> Results:
    """年度报告应当按期公布：部门1月31日前，县级以上地方人民政府3月31日前。

    为什么：条例第四十九条规定了期限。乡镇、街道不在其中，期限由当地规定，用选项 township 写明后才查；
    当地规定得更早的，用选项 department、government 改。
    只看单独成行的落款日期和标题下的发布日期；文中没有的，不查。日期可能是网页迁移后的，所以只作警告。

    反例：某县财政局2024年度报告，落款2025年3月6日。
    正例：落款2025年1月20日；某县人民政府2024年度报告，发布日期2025-03-28。

    怎样改：核对首次公布的日期。
    """
    level, year = report.issuer.level, report.year
    if level is None or year is None:
        yield Undetermined(NO_TITLE if report.title is None else YEAR_UNKNOWN if year is None else _WHOSE)
        return
    names = {"bureau": "department", "ministry": "department", "township": "township"}
    due = str(context.options[names.get(level, "government")])
    published = next((line for line in dated_lines(report) if line.alone and line.date[0] > year), None)
    if not due or published is None:
        yield NotApplicable(_UNDATED if due else _NO_DATE_DUE)
        return
    day = re.fullmatch(r"(\d{1,2})-(\d{1,2})", due)
    last = (year + 1, int(day[1]), int(day[2])) if day else (0, 0, 0)
    if day is None:
        yield Undetermined(_NO_DAY.fill(due=due))
    elif published.date[0] > year + 1:
        yield Undetermined(_MUCH_LATER.fill(date=published.written))
    elif published.date > last:
        message = _LATE.fill(date=published.written, due="{}年{}月{}日".format(*last))
        yield Finding(published.span, message, _LATE_HELP)
