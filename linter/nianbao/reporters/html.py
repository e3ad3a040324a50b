"""A list of findings to put right, in one file: to search, filter and sort in a browser, or to print and sign."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.files.own import GENERATOR
from nianbao.reporters.by_rule import ByRule
from nianbao.reporters.by_rule import found as counted
from nianbao.reporters.display import Display
from nianbao.reporters.entry import BEYOND, HEAD, ON_WAIVERS, SUPPRESSED, Entry, Gap, entries, gaps
from nianbao.reporters.overview import NOT_STATED, STANDINGS, Line, by_roster, line_of, regions
from nianbao.reporters.spool import Spool
from nianbao.reporters.summary_lines import FOUND, left_out, not_whole, roll_call
from nianbao.text.language import Text

_TITLE = Text("政府信息公开工作年度报告整改清单", "Annual reports on disclosure: what to put right")
_SUPPRESSED = Text("已说明理由 {count}", "suppressed {count}")
_UNREAD = Text("没有读成 {count}", "not read {count}")
_UNJUDGED = Text("没有结论或结论不全 {count}", "without a full verdict {count}")
_SEVERITY, _SECTION = Text("程度", "severity"), Text("部分", "section")
_SEARCH, _SEARCHED = (
    Text("查找", "search"),
    Text("机关、原文、问题；几个词用空格隔开", "organ, words or finding; several words by blanks"),
)
_UNIT, _REGION, _ALL = Text("机关", "organ"), Text("地区", "region"), Text("全部", "all")
_SHOWN = Text("列出 {shown} 个，共 {all} 个", "{shown} shown of {all}")
_EVERYTHING, _PRINT = Text("全部列出", "show all"), Text("打印", "print")
_ONLY = Text("只列出：", "only: ")
_ON, _STANDING, _GAPS = Text("年度", "year"), Text("结论", "standing"), Text("无法判断", "not judged")
_CLEAN = Text("未发现问题 {count} 份", "nothing found in {count}")
_BY_RULE, _BY_REGION = (
    Text("问题最多的规则", "rules with the most findings"),
    Text("各地区的问题", "findings by region"),
)
_WANTING = Text("对照名册", "by the roster")
_BACK = Text("回到总览", "back to the overview")
_NUMBER, _PLACE = Text("序号", "no."), Text("位置和原文", "place and words")
_FINDING, _DONE = Text("问题、依据和改法", "finding, basis and help"), Text("整改情况", "done")
_BASIS, _HELP, _RULE = Text("依据", "basis"), Text("怎样改", "help"), Text("规则", "rule")
_LINE = Text("第 {line} 行第 {column} 列", "line {line}, column {column}")
_YEAR = Text("{year} 年度", "on {year}")
_CHANGED, _KEPT = Text("□ 已改", "□ put right"), Text("□ 不改，理由：", "□ left, because:")
_SIGN = (Text("整改人：", "put right by:"), Text("审核人：", "checked by:"), Text("日期：", "date:"))
_NOTHING = Text("没有要整改的问题。", "Nothing to put right.")
_BARS = 10  # of a chart

_NAME = "\0"  # of a report, by its number, which is not known where it is judged; no text has the sign
# The line of the file, its list, how many findings each section and each rule have, and the sections of its form.
Part = tuple[tuple[Any, ...], str, dict[str, int], dict[tuple[str, str, str], int], list[str]]


class Html:
    """One page; no part of it comes from elsewhere, and the policy at its head lets nothing come."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.reports = Spool()
        self.lines: list[tuple[Line, bool]] = []  # each with whether it has a list
        self.sections: Counter[str] = Counter()
        self.rules = ByRule()
        self.order: dict[str, None] = {display.say(HEAD): None}

    def part(self, checked: Checked) -> Part:
        """Return the list of one file."""
        found, unjudged = list(entries(checked, self.display)), list(gaps(checked, self.display))
        open_ = [entry for entry in found if entry.suppressed is None]
        sections = dict(Counter(entry.section for entry in open_))
        form = checked.verdict.report.form if checked.verdict is not None else None
        order = [section.title for section in form.sections] if form is not None else []
        rules = counted(checked.verdict.open if checked.verdict is not None else ())
        line = line_of(checked, self.display)
        if not (found or unjudged):
            return tuple(line), "", sections, rules, order
        suppressed = [entry for entry in found if entry.suppressed is not None]
        parts = (
            f'<section class="block report" id="{_NAME}">',
            f"<h2>{escape(line.name)}</h2>",
            self._facts(line),
            self._list(open_) if open_ else "",
            self._gaps(unjudged) if unjudged else "",
            self._suppressed(suppressed) if suppressed else "",
            self._signature() if open_ else "",
            "</section>\n",
        )
        return tuple(line), "\n".join(filter(None, parts)), sections, rules, order

    def put(self, part: Part) -> str:
        """Keep *part*: what comes before it counts what is in it."""
        line, block, sections, rules, order = part
        self.lines.append((Line(*line), bool(block)))
        self.reports.put(block.replace(_NAME, f"r{len(self.lines)}"))
        self.sections.update(sections)
        self.rules.put(rules)
        self.order |= dict.fromkeys(order)
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the page."""
        style, script = file_content("checklist.css"), file_content("checklist.js")
        policy = f"default-src 'none'; style-src {policy_hash(style)}; script-src {policy_hash(script)}; base-uri 'none'; form-action 'none'"
        language = "en" if self.display.language == "en" else "zh-CN"
        title = self._say(_TITLE)
        many = len(self.lines) > 1
        head = (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">{GENERATOR}',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>",
            f'<header id="top">\n<h1>{title}</h1>\n<p class="facts">{self._summed(summary)}</p>',
            f'<p class="paper" id="only" hidden>{self._say(_ONLY)}<b id="chosen"></b></p>\n</header>',
            self._filters(summary, many=many),
        )
        yield "\n".join(head) + "\n"
        if many:
            yield self._charts(summary)
            yield from self._overview(summary)
        yield from self._absent(summary)
        yield f'<main class="reports{" many" if many else ""}">\n'
        yield from self.reports.pieces()
        listed = any(listed for _, listed in self.lines)
        nothing = not listed and all(line.standing != "differs" for line, _ in self.lines)
        foot = (
            f'<p class="block">{self._say(_NOTHING)}</p>' if nothing else "",
            self._left_out(summary),
            f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
        )
        yield ("\n" if listed else "") + "\n".join(filter(None, foot))

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
            facts.append(self._say(roll_call(summary.roll, 0)))
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

    def _filters(self, summary: Summary, *, many: bool) -> str:
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
        rules = self.rules.rows(summary, self.display)
        choices = [(each.code, f"{each.code} {each.name}") for each in rules]
        return "\n".join(
            (
                '<nav class="filters" hidden>',
                f'<p class="find"><label>{self._say(_SEARCH)} '
                f'<input type="search" id="search" placeholder="{self._say(_SEARCHED)}"></label>',
                # Those of organs and regions are filled from the overview.
                *((self._select("unit", _UNIT), self._select("region", _REGION)) if many else ()),
                self._select("rule", _RULE, choices) + "</p>",
                self._choices("severity", _SEVERITY, severities),
                self._choices("section", _SECTION, sections),
                f'<p><output id="shown" data-words="{self._say(_SHOWN)}"></output>',
                f'<button type="button" id="all" hidden>{self._say(_EVERYTHING)}</button>',
                f'<button type="button" id="print">{self._say(_PRINT)}</button></p>',
                "</nav>",
            )
        )

    def _select(self, by: str, name: Text, choices: Iterable[tuple[str, str]] = ()) -> str:
        options = "".join(
            f'<option value="{escape(value)}">{escape(words)}</option>'
            for value, words in (("", self.display.say(_ALL)), *dict(choices).items())
        )
        return f'<label>{self._say(name)} <select data-by="{by}">{options}</select></label>'

    def _choices(self, by: str, name: Text, buttons: Sequence[str]) -> str:
        if not buttons:
            return ""
        return f'<fieldset data-by="{by}"><legend>{self._say(name)}</legend>{"".join(buttons)}</fieldset>'

    # -- the reports together --------------------------------------------------------------------------

    def _charts(self, summary: Summary) -> str:
        """Return the rules and the regions with the most findings as bars, each chart from nought to its longest bar."""
        rules = [
            (each.name, {each.severity: each.findings}) for each in self.rules.rows(summary, self.display)
        ]
        found = regions((line for line, _ in self.lines), summary.roll)
        places = [
            (
                each.name or self.display.say(NOT_STATED),
                {severity: each.findings[severity.value] for severity in Severity},
            )
            for each in found
            if each.findings
        ]
        legend = self._legend(summary)
        charts = (
            self._chart(_BY_RULE, legend, rules) if rules else "",
            self._chart(_BY_REGION, legend, places) if len(found) > 1 and places else "",
        )
        return f'<section class="block charts">\n{"".join(charts)}</section>\n' if any(charts) else ""

    def _legend(self, summary: Summary) -> str:
        keys = (
            f' <span class="key {severity.value}">{self._say(severity.text)}</span>'
            for severity in Severity
            if summary.findings[severity]
        )
        return "".join(keys)

    def _chart(self, title: Text, legend: str, bars: Sequence[tuple[str, dict[Severity, int]]]) -> str:
        longest = max(sum(counts.values()) for _, counts in bars)
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{_bar(counts, longest)}</td>"
            f'<td class="count">{sum(counts.values())}</td></tr>\n'
            for name, counts in bars[:_BARS]
        )
        return f"<table>\n<caption>{self._say(title)}{legend}</caption>\n<tbody>\n{rows}</tbody>\n</table>\n"

    def _overview(self, summary: Summary) -> Iterator[str]:
        """Yield a row for each report with a list, and the names of the others."""
        names = [*(severity.text for severity in Severity), _GAPS]
        heads = (
            *(("text", words) for words in (_UNIT, _REGION, _ON, _STANDING)),
            *(("count", words) for words in names),
        )
        head = "".join(f'<th class="{style}">{self._say(words)}</th>' for style, words in heads)
        yield f'<nav class="block overview"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
        clean = []
        for number, (line, listed) in enumerate(self.lines, 1):
            if listed or line.standing == "differs":
                yield self._reported(line, f"r{number}" if listed else "", summary)
            else:
                clean.append(line)
        yield "</tbody>\n</table>"
        if clean:
            words = self._say(_CLEAN.fill(count=len(clean)))
            yield f'\n<details id="clean"><summary>{words}</summary><ul>\n'
            for line in clean:
                yield f'<li>{escape(line.name)} <span class="quiet">{escape(line.shown)}</span></li>\n'
            yield "</ul></details>"
        yield "</nav>\n"

    def _absent(self, summary: Summary) -> Iterator[str]:
        """Yield who has not reported, or not as the roster has it, by what is amiss."""
        names: dict[Text, list[str]] = {}
        for each in by_roster((line for line, _ in self.lines), summary.roll):
            files = "、".join(self._shown(self.display.relative(path)) for path in each.paths)
            reason = f"{self._say(each.reason)} " if each.reason.zh else ""
            quiet = f' <span class="quiet">{reason}{files}</span>' if files else ""
            names.setdefault(each.what, []).append(f"<li>{self._shown(each.name)}{quiet}</li>")
        if not names:
            return
        yield f'<section class="block absent">\n<h2>{self._say(_WANTING)}</h2>\n'
        for what, who in names.items():
            yield f"<h3>{self._say(what)} {len(who)}</h3>\n<ul>{''.join(who)}</ul>\n"
        yield "</section>\n"

    def _reported(self, line: Line, name: str, summary: Summary) -> str:
        """Return the row of one report; nothing stands for nought, and for what is not known of one not read.

        *name* is that of its list, "" if it has none.
        """
        region = line.region(summary.roll) if line.report else ""
        counts = [(severity.value, line.findings.get(severity.value, 0)) for severity in Severity]
        cells = "".join(
            f'<td class="count {style}">{count or ""}</td>' for style, count in (*counts, ("", line.unjudged))
        )
        standing = self._say(STANDINGS[line.standing])
        known = f' data-report="{name}"' if name else ""
        called = f'<a href="#{name}">{escape(line.name)}</a>' if name else escape(line.name)
        return (
            f'<tr{known} data-region="{escape(region)}">'
            f"<td>{called}</td>"
            f"<td>{escape(region)}</td><td>{line.year or ''}</td>"
            f'<td class="{line.standing}">{standing}</td>{cells}</tr>\n'
        )

    # -- one report ------------------------------------------------------------------------------------

    def _facts(self, line: Line) -> str:
        year = self._say(_YEAR.fill(year=line.year)) if line.year else ""
        facts = " · ".join(filter(None, (year, escape(line.level), escape(line.shown))))
        return f'<p class="facts">{facts} <a class="up" href="#top">{self._say(_BACK)}</a></p>'

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
            f'<tr data-severity="{severity}" data-section="{escape(entry.section)}" data-rule="{escape(entry.code)}">'
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
            (_RULE, f"{entry.code} {escape(entry.name)}" if self.display.language == "en" else entry.code),
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


def _bar(counts: dict[Severity, int], longest: int) -> str:
    """Return a bar with a piece for each severity, as long as its count is of *longest*."""
    pieces, at = [], 0
    for severity, count in counts.items():
        if count:
            pieces.append(f'<rect class="{severity.value}" x="{at}" width="{count}" height="1"/>')
        at += count
    return f'<svg viewBox="0 0 {longest} 1" preserveAspectRatio="none" aria-hidden="true">{"".join(pieces)}</svg>'


def file_content(name: str) -> str:
    """Return the content of the file *name* beside this one."""
    return files("nianbao.reporters").joinpath(name).read_text(encoding="utf-8")


def policy_hash(text: str) -> str:
    """Return *text* as a content security policy refers to it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
