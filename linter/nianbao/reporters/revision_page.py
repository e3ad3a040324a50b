"""A comparison in one page: the units in a table, and a sheet for each, to be printed."""

from collections.abc import Iterator
from html import escape

from nianbao.engine.checked import Summary
from nianbao.files.own import GENERATOR
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry
from nianbao.reporters.html import file_content, policy_hash
from nianbao.reporters.revision import Revision, Sides
from nianbao.reporters.revision_list import (
    CORRECTED,
    FRESH,
    LEFT,
    SILENT,
    UNSETTLED,
    counted,
    heading,
    outcome,
    paths,
    rows,
    summed,
)
from nianbao.reporters.spool import Spool
from nianbao.text.language import Text

_TITLE = Text("政府信息公开工作年度报告整改对照", "Annual reports on disclosure: before and after correction")
_UNIT, _OUTCOME, _STATE = (
    Text("机关和年度", "organ and year"),
    Text("结论", "verdict"),
    Text("整改", "outcome"),
)
_SEVERITY, _PLACE, _FINDING = (
    Text("程度", "severity"),
    Text("位置和原文", "place and words"),
    Text("问题和改法", "finding and help"),
)
_BEFORE, _NOW, _CELL = Text("原来", "before"), Text("现在", "now"), Text("位置", "place")
_FIGURES = Text("没有问题涉及而改动的数字", "figures that were changed without a finding")
_TONES = {LEFT: "error", FRESH: "error", UNSETTLED: "warning"}
_COUNTS = (
    ("corrected", CORRECTED),
    ("left", LEFT),
    ("fresh", FRESH),
    ("unsettled", UNSETTLED),
    ("silent", SILENT),
)
_WORDS = tuple(word for _, word in _COUNTS)
_PAPER = "@media print { .report { break-before: page; } }\n"


class RevisionPage(Sides):
    """One page; no part of it comes from elsewhere, and nothing in it runs."""

    def __init__(self, display: Display) -> None:
        super().__init__(display)
        self.revisions: list[Revision] = []
        self.overview, self.units = Spool(), Spool()

    def put(self, revision: Revision) -> str:
        """Keep one unit: what comes before it counts what is in it."""
        self.revisions.append(revision)
        name = f"u{len(self.revisions)}"
        self.overview.put(self._counted(revision, name))
        if revision.reason is None:  # else all that there is to say is in the overview
            self.units.put(self._unit(revision, name))
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the page."""
        style = file_content("checklist.css") + _PAPER
        policy = f"default-src 'none'; style-src {policy_hash(style)}; base-uri 'none'; form-action 'none'"
        language = "en" if self.display.language == "en" else "zh-CN"
        title = self._say(_TITLE)
        yield (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">{GENERATOR}\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f"<header>\n<h1>{title}</h1>\n"
            f'<p class="facts">{" · ".join(map(escape, summed(self.revisions, self.display)))}</p>\n</header>\n'
        )
        names = "".join(f'<th class="count">{self._say(name)}</th>' for name in (_OUTCOME, *_WORDS))
        yield (
            f'<nav class="block overview"><table>\n<thead><tr><th>{self._say(_UNIT)}</th>{names}</tr></thead>\n'
            "<tbody>\n"
        )
        yield from self.overview.pieces()
        yield '</tbody>\n</table></nav>\n<main class="reports">\n'
        yield from self.units.pieces()
        yield "</main>\n</body>\n</html>\n"

    def _counted(self, revision: Revision, name: str) -> str:
        """Return the row of one unit; one that was not compared has the reason in place of figures."""
        unit = escape(heading(revision, self.display))
        if revision.reason is not None:
            said = "".join(map(escape, counted(revision, self.display)))
            files = escape(paths(revision, self.display))
            return (
                f'<tr><td>{unit}</td><td class="warning" colspan="{len(_COUNTS) + 1}">{said} '
                f'<span class="quiet">{files}</span></td></tr>\n'
            )
        cells = f'<td class="count">{self._say(outcome(revision))}</td>'
        cells += "".join(
            f'<td class="count {_TONES.get(word, "")}">{len(getattr(revision, field)) or ""}</td>'
            for field, word in _COUNTS
        )
        return f'<tr><td><a href="#{name}">{unit}</a></td>{cells}</tr>\n'

    def _unit(self, revision: Revision, name: str) -> str:
        found = "".join(
            self._row(state, entry, remark) for state, entry, remark in rows(revision, self.display)
        )
        figures = "".join(
            f'<tr><td>{escape(change.place)}</td><td class="count">{escape(change.before)}</td>'
            f'<td class="count">{escape(change.after)}</td></tr>\n'
            for change in revision.silent
        )
        facts = " · ".join(map(escape, counted(revision, self.display)))
        return "\n".join(
            filter(
                None,
                (
                    f'<section class="block report" id="{name}">',
                    f"<h2>{escape(heading(revision, self.display))}</h2>",
                    f'<p class="facts">{escape(paths(revision, self.display))}</p>',
                    f"<p>{facts}</p>",
                    self._list(found) if found else "",
                    self._figures(figures) if figures else "",
                    "</section>\n",
                ),
            )
        )

    def _list(self, found: str) -> str:
        columns = (("severity", _STATE), ("severity", _SEVERITY), ("place", _PLACE), ("finding", _FINDING))
        head = "".join(f'<th class="{style}">{self._say(name)}</th>' for style, name in columns)
        return f'<table class="list">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{found}</tbody>\n</table>'

    def _row(self, state: Text, entry: Entry, remark: str) -> str:
        words = f'<p class="words"><mark>{escape(entry.words)}</mark></p>' if entry.words else ""
        note = f'<p class="quiet">{escape(remark)}</p>' if remark else ""
        help_ = f'<p class="quiet">{escape(entry.help)}</p>' if state in _TONES else ""
        severity = entry.severity.value
        return (
            f'<tr><td class="severity {_TONES.get(state, "")}"><b>{self._say(state)}</b></td>'
            f'<td class="severity {severity}"><b>{self._say(entry.severity.text)}</b></td>'
            f'<td class="place"><b>{escape(entry.address)}</b>{words}</td>'
            f'<td class="finding"><p class="message">{escape(entry.message)}</p>{note}{help_}'
            f'<p class="quiet">{entry.code}</p></td></tr>\n'
        )

    def _figures(self, figures: str) -> str:
        head = (
            f'<th>{self._say(_CELL)}</th><th class="count">{self._say(_BEFORE)}</th>'
            f'<th class="count">{self._say(_NOW)}</th>'
        )
        return f"<h3>{self._say(_FIGURES)}</h3>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{figures}</tbody>\n</table>"

    def _say(self, text: Text) -> str:
        return escape(self.display.say(text))
