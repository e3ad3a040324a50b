"""What a 通知单 says: to whom, about which report, what is to be put right, what could not be judged."""

import os
from collections.abc import Sequence
from typing import Protocol

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked
from nianbao.engine.finding import Severity
from nianbao.engine.verdict import Verdict
from nianbao.report.title import joined
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry, Gap, entries, gaps
from nianbao.text.language import Text, same
from nianbao.text.language import joined as texts_joined

_ABOUT = Text("关于《{title}》整改的通知", "Notice on the report “{title}”: what to put right")
_RESULT = Text("关于《{title}》检查结果的通知", "Notice on the report “{title}”: the result of its check")
_ANEW = Text("关于重新报送“{file}”的通知", "Notice on the file “{file}”: to be handed in anew")
_TO = Text("{name}：", "To {name}:")
_UNNAMED = Text("（报送机关）", "the organ that has reported")
_FOUND = Text(
    "你单位报送的上述报告（文件：{file}）已经检查，有{counts}，列在后面。请逐条核对、整改，填写整改情况后连同改正的报告一并报回。",
    "Your report (file: {file}) has been checked, and the findings are listed below: {counts}. Please go through them, put them right, fill in the last column and return it with the corrected report.",
)
_CLEAN = Text(
    "你单位报送的上述报告（文件：{file}）已经检查，没有发现需要整改的问题。",
    "Your report (file: {file}) has been checked, and nothing was found that has to be put right.",
)
_ONE_OF = Text(
    "你单位报送的上述报告（文件：{file}）已经检查，有一件事需要确认。",
    "Your report (file: {file}) has been checked, and one thing has to be settled.",
)
_DIFFER = Text(
    "你单位同一年度报送了{count}份内容不同的报告（文件：{files}），请确认以哪一份为准，连同确认的报告一并报回。",
    "You have handed in {count} reports on one year that differ (files: {files}). Please say which of them holds, and return that one.",
)
_UNREAD = Text(
    "你单位报送的文件（{file}）没有读成，没有检查。原因：{reason}。请处理好以后重新报送，最好是 Word 文档（.docx）。",
    "The file that you have handed in ({file}) could not be read, and so was not checked, because: {reason}. Please put that right and hand it in anew, at best as a Word document (.docx).",
)
_DOUBT = Text(
    "另有{count}项规则未能判断，原因列在后面，请人工核对，不要当作没有问题。",
    "Rules that could not judge, for the reasons given below: {count}. That does not mean that all is well: please look at these yourself.",
)
_SUPPRESSED = Text(
    "已经说明理由的{count}处，不再列出。",
    "Findings for which there is a reason already are not listed: {count}.",
)
_COUNT = Text("{severity}{count}处", "{severity} {count}")
_COMMA = Text("、", ", ")
BASIS, HELP = Text("依据：", "Basis: "), Text("怎样改：", "What to do: ")
_TO_DO = Text("一、需要整改的问题", "1. What to put right")
_DOUBTS = (
    Text("一、未能判断的内容", "1. What could not be judged"),
    Text("二、未能判断的内容", "2. What could not be judged"),
)
COLUMNS = (
    Text("序号", "no."),
    Text("位置和原文", "place and words"),
    Text("问题、依据和改法", "finding, basis and what to do"),
    Text("整改情况", "done"),
)
CHANGED, KEPT = Text("□ 已改", "□ put right"), Text("□ 不改，理由：", "□ left, because:")
_CHECKED_BY, _DATE = Text("审核人：", "checked by:"), Text("日期：", "date:")
_PUT_RIGHT = (Text("整改人：", "put right by:"), _CHECKED_BY, _DATE)
_HANDED_IN = (Text("报送人：", "handed in by:"), _CHECKED_BY, _DATE)
_LOOKED_AT = (Text("核对人：", "looked at by:"), _CHECKED_BY, _DATE)
_RECEIVED = (Text("签收人：", "received by:"), _DATE)
ISSUED_BY, ISSUED_ON = Text("发出单位（盖章）：", "issued by (seal):"), _DATE
TITLE = Text("通知单", "Notices on reports")


class Notice(NamedTuple):
    """A notice on one report, every word as it may be shown; *heads* are those of the list and of the *gaps*, *signed* the blanks at its end."""

    title: str
    to: str
    opening: tuple[str, ...]
    found: tuple[Entry, ...]
    gaps: tuple[Gap, ...]
    heads: tuple[str, str]
    signed: tuple[str, ...]


class Noticing(Protocol):
    """Writes the notice on one report as a file of its own."""

    def page(self, checked: Checked) -> bytes:
        """Return the file with the notice on *checked*."""


def notice(checked: Checked, display: Display) -> Notice:
    """Return the notice on *checked*."""
    say, verdict = display.say, checked.verdict
    file = display.shown(os.path.basename(checked.path))
    every = tuple(entries(checked, display))
    found = tuple(entry for entry in every if entry.suppressed is None)
    unjudged = tuple(gap for gap in gaps(checked, display) if gap.codes)
    title: Text = _ABOUT
    signed: tuple[Text, ...] = _PUT_RIGHT
    if verdict is None:
        title, signed = _ANEW, _HANDED_IN
        opening = [_UNREAD.fill(file=file, reason=checked.reason(display.language).rstrip("。."))]
    elif found:
        opening = [_FOUND.fill(file=file, counts=_counts(found))]
    elif checked.differing:
        opening = [_ONE_OF.fill(file=file)]
    else:
        title, signed = _RESULT, _LOOKED_AT if unjudged else _RECEIVED
        opening = [_CLEAN.fill(file=file)]
    if checked.differing:
        files = _names((checked.path, *checked.differing), display)
        opening.append(_DIFFER.fill(count=len(files), files=texts_joined(files, _COMMA)))
    if unjudged:
        opening.append(_DOUBT.fill(count=sum(len(gap.codes) for gap in unjudged)))
    if len(every) > len(found):
        opening.append(_SUPPRESSED.fill(count=len(every) - len(found)))
    return Notice(
        say(title.fill(title=_title(verdict) or os.path.splitext(file)[0], file=file)),
        say(_TO.fill(name=(verdict.report.issuer.name if verdict is not None else "") or _UNNAMED)),
        tuple(map(say, opening)),
        found,
        unjudged,
        (say(_TO_DO), say(_DOUBTS[bool(found)])),
        tuple(map(say, signed)),
    )


def _names(paths: Sequence[str], display: Display) -> list[Text]:
    """Return the names of the files at *paths* as they may be shown, with their folders if two have one name."""
    names = list(map(os.path.basename, paths))
    if len(set(names)) < len(names):
        names = list(map(display.relative, paths))
    return [same(display.shown(name)) for name in names]


def _title(verdict: Verdict | None) -> str:
    title = verdict.report.title if verdict is not None else None
    return joined(verdict.source[title.span]).strip("#*《》") if verdict is not None and title else ""


def _counts(found: Sequence[Entry]) -> Text:
    """Return how many errors, warnings and notes there are."""
    parts = [
        _COUNT.fill(severity=severity.text, count=count)
        for severity in Severity
        if (count := sum(entry.severity is severity for entry in found))
    ]
    return Text(_COMMA.zh.join(part.zh for part in parts), _COMMA.en.join(part.en for part in parts))
