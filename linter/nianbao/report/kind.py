"""The kind of a text that is no report of an organ, by its title: a report of a school or a company, a notice."""

import re
from itertools import takewhile
from typing import Literal, NamedTuple

Kind = Literal["public service", "instruction"]

_LINES = 12  # of a text, which may have its title
_LONGEST = 80
_BODY = r"(?:大学|学院|学校|中学|小学|幼儿园|医院|卫生院|公司|集团)"
_SERVICE = re.compile(
    rf"{_BODY}(?:关于)?[^。，；：]{{0,16}}信息公开[^。，；：]{{0,10}}(?:报告|年报)|学年(?:度)?[^。，；：]{{0,8}}信息公开[^。，；：]{{0,10}}(?:报告|年报)"
)
_ABOUT_REPORTS = r"(?:编制|编写|撰写|报送|做好)[^。，；：]{0,40}(?:报告|年报)[^。，；：]{0,12}"
_INSTRUCTION = re.compile(
    rf"(?:{_ABOUT_REPORTS}的?(?:通知|函|要求|说明|培训|方案)|信息公开[^。，；：]{{0,6}}(?:条例|指南|办法|制度|规定))"
    r"(?:（[^（）]{1,20}）)?$"
)
_A_REPORT = re.compile(r"(?:报告|年报)[》）)]*$")


class Other(NamedTuple):
    """The kind of a text that is no report of an organ, and the title that shows it."""

    kind: Kind
    title: str


def other_kind(text: str) -> Other | None:
    """Return the kind that the title of *text* states, None if it may be the report of an organ."""
    lines = [line.strip("#*《》 \t\u3000") for line in text[:2000].splitlines()]
    head = list(takewhile(_may_be_title, [line for line in lines if line][:_LINES]))
    for line in head:
        if _SERVICE.search("".join(line.split())):
            return Other("public service", line)
    if any(_A_REPORT.search(line) for line in head):  # the other lines are the menu of a page
        return None
    instruction = next((line for line in head if _INSTRUCTION.search("".join(line.split()))), None)
    return Other("instruction", instruction) if instruction is not None else None


def _may_be_title(line: str) -> bool:
    return len(line) <= _LONGEST and "。" not in line
