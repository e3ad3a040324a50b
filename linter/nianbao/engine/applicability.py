"""Whether a rule applies to a report: by its form, organ, year and tables."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nianbao.engine.finding import Outcome, OutcomeState
from nianbao.engine.rule import ANY_REPORT, Beside, Rule
from nianbao.report.issuer import LEVEL_NAMES
from nianbao.report.report import Report
from nianbao.text.language import Text

if TYPE_CHECKING:  # a report that is checked alone has no others
    from nianbao.report.neighbour import Unread

_OTHER_FORM = Text("本规则不适用于{form}格式", "made for another form than {form}")
_NO_FORM = Text(
    "看不出报告年度，也没有可辨认的表格", "neither the year nor a table of a known form was found"
)
_NO_REPORT = Text("全文没有格式规定的任何一个部分", "none of the form's sections was found")
_ONLY_TABLES = Text(
    "工作簿里只有表格，正文没有读到", "the workbook has tables only, and the text was not read"
)
_OTHER_KIND = Text("不是行政机关的政府信息公开工作年度报告", "no annual report of an organ on disclosure")
_TRADITIONAL = Text("全文是繁体字", "the text is in traditional characters")
_NO_TABLE = Text("报告中没有{tables}", "the report has no table {tables}")
_OTHER_LEVEL = Text("本规则不适用于{level}", "not made for the level {level}")
_NO_LEVEL = Text(
    "看不出机关的级别；标题写上全称，还看不出的由检查的人指明",
    "the level of the organ is not stated: write its full name in the title, or have whoever checks it give the level",
)
_OTHER_YEAR = Text("本规则不适用于 {year} 年度", "not made for reports on {year}")
NO_YEAR = Text("看不出报告年度；在标题写明", "the year reported on is not stated: state it in the title")
_OTHER_REGION = Text("本规则只适用于{regions}", "made for {regions} only")
_NO_REGION = Text(
    "看不出机关属于哪个地区；标题写上所属的县、市，还看不出的由检查的人指明",
    "the region of the organ is not stated: write it in the title, or have whoever checks it give the region",
)
_NOTHING_BESIDE: Mapping[Beside, Text] = {
    "previous": Text("没有给出本机关上一年度的报告", "the organ's report on the year before is not given"),
    "members": Text("没有给出下级机关的报告", "the reports of the organs below are not given"),
    "siblings": Text("没有给出其他机关的报告", "the reports of other organs are not given"),
}
_PREVIOUS_UNREAD = Text(
    "上一年度的报告{name}没有读到：{reason}", "the report on the year before, {name}, is not known: {reason}"
)
_MEMBERS_UNREAD = Text(
    "下级机关的报告没有读全，缺 {count} 份：{names}",
    "of the reports of the organs below {count} are not known: {names}",
)
_MEMBER = Text("{name}（{reason}）", "{name} ({reason})")
_AND_MORE = Text("{names}等", "{names} and others")
_MOST_NAMED = 5
UNREADABLE = Text("{tables}没有读懂，无法判断", "table {tables} could not be read")


def barred_by(rule: Rule, report: Report) -> Outcome | None:
    """Return the outcome of a rule that does not run on *report*; None if it does.

    It is for the form, the reports beside it, the organ or year, or the tables.
    """
    return (
        _barred_by_form(rule, report)
        or _barred_by_neighbours(rule, report)
        or _barred_by_scope(rule, report)
        or _barred_by_tables(rule, report)
    )


def _barred_by_form(rule: Rule, report: Report) -> Outcome | None:
    if not rule.forms:
        return None
    if report.other is not None:
        return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, _OTHER_KIND)
    if report.traditional:
        return Outcome(rule.code, OutcomeState.UNDETERMINED, _TRADITIONAL)
    if report.form is None:
        return Outcome(rule.code, OutcomeState.UNDETERMINED, _NO_FORM)
    # A text that is no report breaks no rule; but tables alone can still be added up.
    if not report.recognised and not (report.tables and (rule.needs or rule.any_of)):
        reason = _ONLY_TABLES if report.only_tables else _NO_REPORT
        return Outcome(rule.code, OutcomeState.UNDETERMINED, reason)
    if report.form.name not in rule.forms:
        reason = _OTHER_FORM.fill(form=report.form.name)
        return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, reason)
    return None


def _barred_by_scope(rule: Rule, report: Report) -> Outcome | None:
    """Return the outcome of a rule made for other reports, undetermined if the report does not say what it is."""
    applies = rule.applies
    if applies == ANY_REPORT:
        return None
    level, year = report.issuer.level, report.year
    if applies.levels and level is None:
        return Outcome(rule.code, OutcomeState.UNDETERMINED, _NO_LEVEL)
    if level is not None and applies.levels and level not in applies.levels:
        name = Text(LEVEL_NAMES[level], level)
        return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, _OTHER_LEVEL.fill(level=name))
    if (applies.first or applies.last) and year is None:
        return Outcome(rule.code, OutcomeState.UNDETERMINED, NO_YEAR)
    if year is not None and not (applies.first or year) <= year <= (applies.last or year):
        return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, _OTHER_YEAR.fill(year=year))
    inside = [report.within(region) for region in applies.regions]
    if inside and True not in inside:
        regions = Text("、".join(applies.regions), ", ".join(applies.regions))
        if None in inside:
            return Outcome(rule.code, OutcomeState.UNDETERMINED, _NO_REGION)
        return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, _OTHER_REGION.fill(regions=regions))
    return None


def _barred_by_neighbours(rule: Rule, report: Report) -> Outcome | None:
    """Return the outcome of a rule that compares with other reports if one of them is not there, or not known."""
    if not rule.beside:
        return None
    from nianbao.report.neighbour import Unread  # a report that is checked alone has no others

    for beside in rule.beside:
        others = getattr(report, beside)
        if others is None or others == ():
            return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, _NOTHING_BESIDE[beside])
        if isinstance(others, Unread):
            reason = _PREVIOUS_UNREAD.fill(name=others.path, reason=others.reason)
            return Outcome(rule.code, OutcomeState.UNDETERMINED, reason)
        if beside == "members" and (unread := [each for each in others if isinstance(each, Unread)]):
            return Outcome(rule.code, OutcomeState.UNDETERMINED, _named(unread))
    return None


def _named(unread: "Sequence[Unread]") -> Text:
    """Return the reason that names the members that are not known, the first of them at least."""
    said = [_MEMBER.fill(name=each.name, reason=each.reason) for each in unread[:_MOST_NAMED]]
    names = Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))
    if len(unread) > len(said):
        names = _AND_MORE.fill(names=names)
    return _MEMBERS_UNREAD.fill(count=len(unread), names=names)


def _barred_by_tables(rule: Rule, report: Report) -> Outcome | None:
    if not rule.needs and not rule.any_of:
        return None
    missing = [key for key in rule.needs if report.table(key) is None]
    if rule.any_of and not any(map(report.table, rule.any_of)):
        missing.extend(rule.any_of)
    if not missing:
        return None
    unread = [key for key in missing if key in report.unreadable]
    reason, keys = (UNREADABLE, unread) if unread else (_NO_TABLE, missing)
    state = OutcomeState.UNDETERMINED if unread else OutcomeState.NOT_APPLICABLE
    return Outcome(rule.code, state, reason.fill(tables=table_names(report, keys)))


def table_names(report: Report, keys: Sequence[str]) -> Text:
    """Return the tables *keys* as a clerk names them, without those that the form does not have."""
    forms = [report.form.table(key) if report.form else None for key in keys]
    places = [form.place for form in forms if form is not None]
    return Text("、".join(places or keys), ", ".join(places or keys))
