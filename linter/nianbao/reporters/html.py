"""A list of findings to put right, in one file: to filter in a browser, or to print and sign."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.files.own import GENERATOR
from nianbao.reporters.display import Display
from nianbao.reporters.entry import BEYOND, HEAD, ON_WAIVERS, SUPPRESSED, Entry, Gap, entries, gaps
from nianbao.reporters.spool import Spool
from nianbao.reporters.summary_lines import FOUND, left_out, not_whole, roll_call
from nianbao.text.language import Text

_TITLE = Text("政府信息公开工作年度报告整改清单", "Annual reports on disclosure: what to put right")
_SUPPRESSED = Text("已说明理由 {count}", "suppressed {count}")
_UNREAD = Text("没有读成 {count}", "not read {count}")
_UNJUDGED = Text("没有结论或结论不全 {count}", "without a full verdict {count}")
_SEVERITY, _SECTION = Text("程度", "severity"), Text("部分", "section")
_SHOWN = Text("列出 {shown} 个，共 {all} 个", "{shown} shown of {all}")
_EVERYTHING, _PRINT = Text("全部列出", "show all"), Text("打印", "print")
_ONLY = Text("只列出：", "only: ")
_REPORT, _GAPS = Text("报告", "report"), Text("无法判断", "not judged")
_NUMBER, _PLACE = Text("序号", "no."), Text("位置和原文", "place and words")
_FINDING, _DONE = Text("问题、依据和改法", "finding, basis and help"), Text("整改情况", "done")
_BASIS, _HELP, _RULE = Text("依据", "basis"), Text("怎样改", "help"), Text("规则", "rule")
_LINE = Text("第 {line} 行第 {column} 列", "line {line}, column {column}")
_YEAR = Text("{year} 年度", "on {year}")
_CHANGED, _KEPT = Text("□ 已改", "□ put right"), Text("□ 不改，理由：", "□ left, because:")
_SIGN = (Text("整改人：", "put right by:"), Text("审核人：", "checked by:"), Text("日期：", "date:"))
_NOTHING = Text("没有要整改的问题。", "Nothing to put right.")


_NAME = "\0"  # of a report, by its number, which is not known where it is judged; no text has the sign
# A row of the overview, the list of the report, how many findings each section has, and the sections of its form.
Part = tuple[str, str, dict[str, int], list[str]]


class Html:
    """One page; no part of it comes from elsewhere, and the policy at its head lets nothing come."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.reports, self.overview = Spool(), Spool()
        self.files = self.listed = 0
        self.sections: Counter[str] = Counter()
        self.order: dict[str, None] = {display.say(HEAD): None}

    def part(self, checked: Checked) -> Part:
        """Return the list of one file."""
        found, unjudged = list(entries(checked, self.display)), list(gaps(checked, self.display))
        open_ = [entry for entry in found if entry.suppressed is None]
        sections = dict(Counter(entry.section for entry in open_))
        form = checked.verdict.report.form if checked.verdict is not None else None
        order = [section.title for section in form.sections] if form is not None else []
        name = _NAME if found or unjudged else ""
        row = self._counted(checked, name, open_, unjudged)
        if not name:
            return row, "", sections, order
        suppressed = [entry for entry in found if entry.suppressed is not None]
        parts = (
            f'<section class="block report" id="{name}">',
            f"<h2>{self._path(checked)}</h2>",
            self._facts(checked),
            self._list(open_) if open_ else "",
            self._gaps(unjudged) if unjudged else "",
            self._suppressed(suppressed) if suppressed else "",
            self._signature() if open_ else "",
            "</section>\n",
        )
        return row, "\n".join(filter(None, parts)), sections, order

    def put(self, part: Part) -> str:
        """Keep *part*: what comes before it counts what is in it."""
        row, block, sections, order = part
        self.files += 1
        self.listed += bool(block)
        name = f"r{self.files}"
        self.overview.put(row.replace(_NAME, name))
        self.reports.put(block.replace(_NAME, name))
        self.sections.update(sections)
        self.order |= dict.fromkeys(order)
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the page."""
        style, script = file_content("checklist.css"), file_content("checklist.js")
        policy = f"default-src 'none'; style-src {policy_hash(style)}; script-src {policy_hash(script)}; base-uri 'none'; form-action 'none'"
        language = "en" if self.display.language == "en" else "zh-CN"
        title = self._say(_TITLE)
        many = self.files > 1
        head = (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">{GENERATOR}',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>",
            f'<header>\n<h1>{title}</h1>\n<p class="facts">{self._summed(summary)}</p>',
            f'<p class="paper" id="only" hidden>{self._say(_ONLY)}<b id="chosen"></b></p>\n</header>',
            self._filters(summary),
        )
        yield "\n".join(head) + "\n"
        if many:
            yield from self._table_of_reports()
        yield f'<main class="reports{" many" if many else ""}">\n'
        yield from self.reports.pieces()
        foot = (
            "" if self.listed else f'<p class="block">{self._say(_NOTHING)}</p>',
            self._left_out(summary),
            f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
        )
        yield ("\n" if self.listed else "") + "\n".join(filter(None, foot))

    # -- the head of the page --------------------------------------------------------------------------

    def _summed(self, summary: Summary) -> str:
        counts = {severity.value: count for severity, count in summary.findings.items()}
        facts = [*map(self._say, not_whole(summary)), self._say(FOUND.fill(files=summary.files, **counts))]
        others = (
            (_SUPPRESSED, sum(summary.suppressed.values())),
            (_UNREAD, summary.unread),
            (_UNJUDGED, summary.unjudged),
        )
        facts += [self._say(words.fill(count=count)) for words, count in others if count]
        if summary.roll is not None:
            facts.append(self._say(roll_call(summary.roll)))
        if summary.left_out:
            facts.append(self._say(left_out(summary)))
        return " · ".join(facts)

    def _left_out(self, summary: Summary) -> str:
        """Return the files of the folders that were left out, each with its reason."""
        if not summary.left_out:
            return ""
        lines = (
            f"<li>{self._shown(self.display.relative(file.name))} "
            f'<span class="quiet">{self._say(file.reason.text)}</span></li>'
            for file in summary.left_out
        )
        return (
            f'<details class="block"><summary>{self._say(left_out(summary))}</summary>'
            f"<ul>{''.join(lines)}</ul></details>"
        )

    def _filters(self, summary: Summary) -> str:
        severities = [
            _button(severity.value, self._say(severity.text), summary.findings[severity], severity.value)
            for severity in Severity
            if summary.findings[severity]
        ]
        known = dict.fromkeys((*self.order, self.display.say(BEYOND), self.display.say(ON_WAIVERS)))
        sections = [
            _button(escape(title), escape(title), self.sections[title])
            for title in known
            if self.sections[title]
        ]
        return "\n".join(
            (
                '<nav class="filters" hidden>',
                self._choices("severity", _SEVERITY, severities),
                self._choices("section", _SECTION, sections),
                f'<p><output id="shown" data-words="{self._say(_SHOWN)}"></output>',
                f'<button type="button" id="all" hidden>{self._say(_EVERYTHING)}</button>',
                f'<button type="button" id="print">{self._say(_PRINT)}</button></p>',
                "</nav>",
            )
        )

    def _choices(self, by: str, name: Text, buttons: Sequence[str]) -> str:
        if not buttons:
            return ""
        return f'<fieldset data-by="{by}"><legend>{self._say(name)}</legend>{"".join(buttons)}</fieldset>'

    def _table_of_reports(self) -> Iterator[str]:
        names = [severity.text for severity in Severity]
        counts = "".join(f'<th class="count">{self._say(name)}</th>' for name in (*names, _GAPS))
        yield (
            f'<nav class="block overview"><table>\n<thead><tr><th>{self._say(_REPORT)}</th>{counts}</tr></thead>\n'
            "<tbody>\n"
        )
        yield from self.overview.pieces()
        yield "</tbody>\n</table></nav>\n"

    def _counted(self, checked: Checked, name: str, found: Iterable[Entry], unjudged: Iterable[Gap]) -> str:
        """Return the row of one report in the table of reports; one that was not read has no figures."""
        path = self._path(checked)
        link = f'<a href="#{name}">{path}</a>' if name else path
        severities = Counter(entry.severity for entry in found)
        rules = sum(len(gap.codes) for gap in unjudged)
        counts = [f'<td class="count {severity.value}">{severities[severity]}</td>' for severity in Severity]
        if checked.verdict is None:
            counts, rules = ['<td class="count">-</td>'] * len(Severity), 0
        return f'<tr><td>{link}</td>{"".join(counts)}<td class="count">{rules or "-"}</td></tr>\n'

    # -- one report ------------------------------------------------------------------------------------

    def _facts(self, checked: Checked) -> str:
        if checked.verdict is None or checked.on_waivers:
            return ""
        report = checked.verdict.report
        year = self._say(_YEAR.fill(year=report.year)) if report.year else ""
        facts = " · ".join(filter(None, (self._shown(report.issuer.name), year)))
        return f'<p class="facts">{facts}</p>' if facts else ""

    def _list(self, found: Sequence[Entry]) -> str:
        columns = (
            ("number", _NUMBER),
            ("severity", _SEVERITY),
            ("place", _PLACE),
            ("finding", _FINDING),
            ("done paper", _DONE),
        )
        head = "".join(f'<th class="{style}">{self._say(name)}</th>' for style, name in columns)
        rows = "".join(self._row(number, entry) for number, entry in enumerate(found, 1))
        return f'<table class="list">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'

    def _row(self, number: int, entry: Entry) -> str:
        severity = entry.severity.value
        done = f"<p>{self._say(_CHANGED)}</p><p>{self._say(_KEPT)}</p>"
        return (
            f'<tr data-severity="{severity}" data-section="{escape(entry.section)}">'
            f'<td class="number">{number}</td>'
            f'<td class="severity {severity}"><b>{self._say(entry.severity.text)}</b></td>'
            f'<td class="place">{self._place(entry)}</td>'
            f'<td class="finding">{"".join(self._said(entry))}</td>'
            f'<td class="done paper">{done}</td></tr>\n'
        )

    def _place(self, entry: Entry) -> str:
        line = self._say(_LINE.fill(line=entry.line, column=entry.column)) if entry.line else ""
        words = f"<mark>{escape(entry.words)}</mark>" if entry.words else ""
        around = f"{escape(entry.before)}{words}{escape(entry.after)}"
        return (
            f"<b>{escape(entry.address)}</b>"
            + (f'<p class="quiet">{line}</p>' if line else "")
            + (f'<p class="words">{around}</p>' if around else "")
        )

    def _said(self, entry: Entry) -> Iterator[str]:
        yield f'<p class="message">{escape(entry.message)}</p>'
        yield from (f'<p class="quiet">{escape(related)}</p>' for related in entry.related)
        terms = (
            (_BASIS, escape(entry.basis)),
            (_HELP, escape(entry.help)),
            (_RULE, f"{entry.code} {escape(entry.name)}"),
        )
        yield "<dl>"
        yield from (f"<dt>{self._say(term)}</dt><dd>{words}</dd>" for term, words in terms if words)
        yield "</dl>"

    def _gaps(self, unjudged: Sequence[Gap]) -> str:
        lines = (
            f"<li><b>{self._say(gap.state)}</b> {' '.join(gap.codes)} {escape(gap.reason)}</li>"
            for gap in unjudged
        )
        return f'<div class="gaps"><h3>{self._say(_GAPS)}</h3><ul>{"".join(lines)}</ul></div>'

    def _suppressed(self, found: Sequence[Entry]) -> str:
        lines = (
            f"<li>{escape(entry.address)} {entry.code} {escape(entry.message)} "
            f'<span class="quiet">{self._say(SUPPRESSED[entry.suppressed.by])} '
            f"{self._shown(entry.suppressed.reason)}</span></li>"
            for entry in found
            if entry.suppressed is not None
        )
        head = self._say(_SUPPRESSED.fill(count=len(found)))
        return f"<details><summary>{head}</summary><ul>{''.join(lines)}</ul></details>"

    def _signature(self) -> str:
        words = "".join(f"<span>{self._say(word)}</span>" for word in _SIGN)
        return f'<p class="sign paper">{words}</p>'

    # -- words -----------------------------------------------------------------------------------------

    def _path(self, checked: Checked) -> str:
        return self._shown(self.display.relative(checked.path))

    def _say(self, text: Text) -> str:
        return escape(self.display.say(text))

    def _shown(self, text: str) -> str:
        return escape(self.display.shown(text))


def _button(value: str, word: str, count: int, style: str = "") -> str:
    """Return a button that filters by *value*; both words are escaped already."""
    return (
        f'<button type="button" class="{style}" value="{value}" data-word="{word}" aria-pressed="false">'
        f"{word} {count}</button>"
    )


def file_content(name: str) -> str:
    """Return the content of the file *name* beside this one."""
    return files("nianbao.reporters").joinpath(name).read_text(encoding="utf-8")


def policy_hash(text: str) -> str:
    """Return *text* as a content security policy refers to it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
