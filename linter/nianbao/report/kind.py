"""The kind of a text that is no report of an organ, by its title: a school's report, a notice, an empty template."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

Kind = Literal["public service", "instruction", "template"]

_LINES = 12  # of a text, which may have its title
_WRAPPED = 3  # lines of one title
_LONGEST = 80
_REPORT = r"(?:报告|年报)"
_BODY = r"(?:大学|(?<!科)学院|学校|中学|小学|幼儿园|医院|卫生院|保健院|卫生服务中心|(?<![（(])公司|集团)"
_YEARS = r"(?:关于)?[\d年度学期第—–~至-]{0,16}"
_SERVICE = re.compile(
    rf"{_BODY}(?:[（(][^（）()]{{1,12}}[）)])?{_YEARS}(?:政府|校务|院务)?(?:公开)?[与和及、]?信息公开[^。，；：]{{0,10}}{_REPORT}"
    rf"|学年(?:度)?[^。，；：]{{0,8}}信息公开[^。，；：]{{0,10}}{_REPORT}"
)
_NOTICE = re.compile(
    rf"(?:编制|编写|撰写|填报|报送|做好|印发|规范)[^。，；：]{{0,50}}{_REPORT}[^。，；：]{{0,16}}(?:通知|函|培训|方案|提示)$"
)
_INSTRUCTION = re.compile(
    rf"(?:{_NOTICE.pattern[:-1]}|信息公开[^。，；：]{{0,6}}(?:条例|指南|办法|制度|规定)"
    rf"|信息公开[^。，；：]{{0,10}}{_REPORT}[^。，；：]{{0,8}}(?:格式|模板|样式|范本|提纲|说明|要求|通报|指引|指南|解读|图解|问答|要点|标准))"
    r"(?:[（(][^（）()]{1,20}[）)])?$"
)
_OTHER_WORK = re.compile(r"(?:信息公开|政务公开)[^。，；：]{0,10}(?:总结|要点|计划|方案|台账|统计表)$")
_TO_FILL_IN = re.compile(
    rf"(?:[X×x_○△□]{{2,}}|某某|单位名称|机关名称)[^。，；：]{{0,30}}信息公开[^。，；：]{{0,10}}{_REPORT}"
)
_SAID = re.compile(r"[1-9]\d*(?:余|多)?(?:条|件|次|期|篇|份|人|场|个)")
_A_REPORT = re.compile(r"(?:报告|年报)[》）)]*$")


class Other(NamedTuple):
    """The kind of a text that is no report of an organ, and the title that shows it."""

    kind: Kind
    title: str


def other_kind(text: str, *, headed: bool) -> Other | None:
    """Return the kind that the title of *text* states, None if it may be the report of an organ.

    *headed* is whether it has headings of the form; then it is a report, whatever the work is called.
    """
    lines = [line.strip("#*《》 \t\u3000") for line in text[:2000].splitlines()]
    head = list(takewhile(_may_be_title, [line for line in lines if line][:_LINES]))
    titles = tuple(_titles(head))
    for title in titles:
        if _SERVICE.search(title):
            return Other("public service", title)
        if _TO_FILL_IN.search(title) and not _SAID.search(text):
            return Other("template", title)
    wrapped = next((title for title in titles if title not in head and _NOTICE.search(title)), None)
    if wrapped is not None:
        return Other("instruction", wrapped)
    if any(_A_REPORT.search(line) for line in head):  # the other lines are the menu of a page
        return None
    for title in map(_joined, head):
        if _INSTRUCTION.search(title) or (not headed and _OTHER_WORK.search(title)):
            return Other("instruction", title)
    return None


def _titles(head: Sequence[str]) -> Iterator[str]:
    """Yield each line of *head*, and those that one title may be wrapped over, without white space."""
    for first in range(len(head)):
        for last in range(first, min(first + _WRAPPED, len(head))):
            yield _joined("".join(head[first : last + 1]))


def _joined(line: str) -> str:
    return "".join(line.split())


def _may_be_title(line: str) -> bool:
    return len(line) <= _LONGEST and "。" not in line
