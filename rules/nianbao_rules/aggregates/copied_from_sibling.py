"""AGG004 copied-from-sibling."""

from collections import Counter

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NOT_ALIKE
from nianbao_rules.shared.copied import Copy, copy_of, letters, telling

_ALIKE = Text(
    "{part}与{organ}的报告雷同：隐去名称、年份和数字后，有{count}句、{copied}字相同，占{percent}%",
    "{part} is like the report of {organ}: {count} sentences, {copied} characters, are the same but for names, years and figures, {percent} %",
)
_MANY = Text(
    "{message}；这些句子有{many}家在用，像是同一个范本",
    "{message}; {many} organs have these sentences, as from one model",
)
_HELP = Text(
    "对照提示中列出的原文，改写成本机关当年做了什么、结果怎样、存在什么问题；数和事实也一并核对是不是本机关的",
    "compare the passages, and write what this organ did in the year, with what result and which problems; check the figures too",
)
_BOTH = Text("总体情况和存在的主要问题", "what was done and the problems")
_SECTIONS = ("overview", "problems")
_LIKE = 85  # percent of the letters
_LEAST = 200  # letters that are the same: fewer are soon said in the same words
_LONG = 400  # letters of one section that are not the same by chance
_NEAREST = 3  # reports that are compared in full


@rule(
    "AGG004",
    "copied-from-sibling",
    summary=Text("没有照抄别的机关的报告", "nothing is copied from the report of another organ"),
    basis=NOT_ALIKE,
    severity=Severity.WARNING,
    beside="siblings",
)
def copied_from_sibling(report: Report, context: Context) -> Results:
    """总体情况和存在的主要问题，隐去机关名称、年份和数字以后，不应与同级另一机关的报告雷同。

    为什么：通知要求对内容雷同、敷衍塞责的追究责任。照抄来的报告，做了什么、有什么问题都不是本机关的。
    说依据、说报告本身、说没有发生的句子各家都一样，不算；两部分合起来八成五以上相同，或者其中一部分四百字以上、
    八成五以上相同，才算。多数机关都相同的，像是照同一个范本写的，只作提示。

    反例：云岭镇的报告只把石桥镇报告里的镇名和数字换了。
    正例：两个镇的报告开头、统计期限和“没有其他需要报告的事项”相同，做法和问题各写各的。

    怎样改：改写相同的段落。
    """
    siblings, itself = report.siblings, report.itself
    if siblings is None or itself is None:
        return
    near = Counter[str]()
    known = {}
    for _, sentence in telling(report):
        for other in siblings.having(sentence.digest) if sentence.section in _SECTIONS else ():
            if other.path != itself.path and (other.organ != itself.organ or not other.organ):
                known[other.path] = other
                near[other.path] += letters(sentence.text) * 1000 // siblings.count(sentence.digest)
    copies = [
        (copy, known[path].organ or path, part)
        for path, _ in near.most_common(_NEAREST)
        for copy, part in _alike(report, [copy_of(report, known[path], section) for section in _SECTIONS])
    ]
    if not copies:
        return
    copy, organ, part = max(copies, key=lambda each: each[0].copied)
    values = {"count": len(copy.passages), "copied": copy.copied, "percent": copy.percent}
    message = _ALIKE.fill(part=part, organ=organ, **values)
    counts = sorted(siblings.count(passage.own.digest) for passage in copy.passages)
    many = counts[(len(counts) - 1) // 2]  # the middle one; `statistics` costs a start three milliseconds
    usual = 2 * many > len(siblings.reports) and many > _NEAREST
    yield Finding(
        copy.span,
        _MANY.fill(message=message, many=many) if usual else message,
        _HELP,
        related=copy.related,
        at_most=Severity.INFO if usual else None,
        elsewhere=copy.elsewhere(report),
    )


def _alike(report: Report, copies: list[Copy]) -> list[tuple[Copy, Text]]:
    """Return those of *copies*, one for each section, that are too much alike, both as one if they are so together."""
    whole = Copy(
        copies[0].path,
        tuple(passage for copy in copies for passage in copy.passages),
        sum(copy.letters for copy in copies),
    )
    if whole.percent >= _LIKE and whole.copied >= _LEAST:
        return [(whole, _BOTH)]
    titles = {section.key: section.title for section in report.form.sections} if report.form else {}
    return [
        (copy, Text(titles[key], titles[key]))
        for key, copy in zip(_SECTIONS, copies, strict=True)
        if copy.percent >= _LIKE and copy.copied >= _LONG
    ]
