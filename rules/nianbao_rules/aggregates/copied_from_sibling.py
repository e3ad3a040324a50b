"""AGG004 copied-from-sibling."""

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NOT_ALIKE
from nianbao_rules.shared.copied import Copy, copy_of, letters, telling

if TYPE_CHECKING:  # most runs read one report and know no other
    from nianbao.api import Neighbour, Siblings

_ALIKE = Text(
    "{part}与{organ}的报告雷同：隐去名称、年份和数字后，有{count}句、{copied}字相同，占其中一份的{percent}%",
    "{part} is like the report of {organ}: {count} sentences, {copied} characters, are the same but for names, years and figures, {percent} % of one of them",
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
_LEAST = 150  # letters that are the same: fewer are soon said in the same words
_NEARLY_ALL = 90  # percent of each section, with which fewer letters are enough
_FEW = 80  # letters
_ENOUGH = 3  # sentences, so that a motto or two are none
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
    说依据、说报告本身、说没有发生的句子各家都一样，不算，其余的只数汉字。两部分合起来相同的有一百五十字，占其中一份的
    八成五以上；或者其中一部分相同的有四百字、占八成五以上；或者两部分各有九成以上相同，合起来有三句、八十字，才算。
    每一句都有好几家在用、这几家又各用各的，凑巧相同的不算。
    两家的报告各报一次，看不出谁照抄了谁。多数机关都相同的，像是照同一个范本写的，只作提示；不到一百五十字的不作提示。

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
        if copy.least >= _LEAST or (_two_organs(itself, known[path]) and not _used(copy, siblings)[1])
        if not _by_chance(copy, siblings)
    ]
    if not copies:
        return
    copy, organ, part = max(copies, key=lambda each: each[0].copied)
    values = {"count": len(copy.passages), "copied": copy.copied, "percent": copy.of_either}
    message = _ALIKE.fill(part=part, organ=organ, **values)
    many, usual = _used(copy, siblings)
    yield Finding(
        copy.span,
        _MANY.fill(message=message, many=many) if usual else message,
        _HELP,
        related=copy.related,
        at_most=Severity.INFO if usual else None,
        elsewhere=copy.elsewhere(report),
    )


def _two_organs(one: "Neighbour", other: "Neighbour") -> bool:
    """Return whether two reports are surely of two organs: a draft may go without the name, or by a shorter one."""
    return bool(one.organ and other.organ) and set(one.names).isdisjoint(other.names)


def _used(copy: Copy, siblings: "Siblings") -> tuple[int, bool]:
    """Return how many organs have the sentences of *copy*, and whether they are most of *siblings*."""
    counts = sorted(siblings.count(passage.own.digest) for passage in copy.passages)
    many = counts[(len(counts) - 1) // 2]  # the middle one; `statistics` costs a start three milliseconds
    return many, 2 * many > len(siblings.reports) and many > _NEAREST


def _by_chance(copy: Copy, siblings: "Siblings") -> bool:
    """Return whether several have each sentence of *copy*, and most of them few of the others: so many meet by chance."""
    digests = [passage.own.digest for passage in copy.passages]
    if min(map(siblings.count, digests)) <= _NEAREST:
        return False
    having = Counter(other.path for digest in digests for other in siblings.having(digest))
    together = sum(many for many in having.values() if 4 * many >= 3 * len(digests))
    return 2 * together < having.total()


def _alike(report: Report, copies: list[Copy]) -> list[tuple[Copy, Text]]:
    """Return those of *copies*, one for each section, that are too much alike, both as one if they are so together."""
    whole = Copy(
        copies[0].path,
        tuple(passage for copy in copies for passage in copy.passages),
        sum(copy.letters for copy in copies),
        sum(copy.others for copy in copies),
    )
    short = whole.least >= _FEW and len(whole.passages) >= _ENOUGH
    if (whole.of_either >= _LIKE and whole.least >= _LEAST) or (
        short and all(copy.of_either >= _NEARLY_ALL for copy in copies)
    ):
        return [(whole, _BOTH)]
    titles = {section.key: section.title for section in report.form.sections} if report.form else {}
    return [
        (copy, Text(titles[key], titles[key]))
        for key, copy in zip(_SECTIONS, copies, strict=True)
        if copy.of_either >= _LIKE and copy.least >= _LONG
    ]
