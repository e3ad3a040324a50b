"""SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (§ below)."""

import inspect
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

import nianbao
from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import (
    Basis,
    Diagnostic,
    Elsewhere,
    Fix,
    Outcome,
    OutcomeState,
    Related,
    Strength,
    Suppression,
)
from nianbao.engine.notices import NOTICES, Notice
from nianbao.engine.rule import Rule
from nianbao.engine.rule_pages import page_on_site
from nianbao.report.table import Cell
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import Extent, changes, extent
from nianbao.reporters.json_tree import Array, Slot, at_slots, filled, items, serialised, shown
from nianbao.reporters.severity_words import GRADES
from nianbao.reporters.spool import Spool
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text, same
from nianbao.text.source import Source, Span

Record = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FOLDER = "%SRCROOT%"  # the base of relative addresses; its own place is not said
_MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "mht": "multipart/related",
    "html": "text/html",
    "text": "text/plain",
}
_SUPPRESSION = {"waiver": "external", "comment": "inSource", "baseline": "external"}
_EXIT = {
    0: Text("没有达到 --fail-on 的问题", "nothing at or above --fail-on"),
    1: Text("有达到 --fail-on 的问题", "findings at or above --fail-on"),
    2: Text("规则或程序出错", "a rule or the program failed"),
    3: Text("没有结论：有的读不出来，或者没有读懂", "no verdict: something could not be read or judged"),
}
_STOPPED = Text("由信号中断", "ended by a signal")
_SAID = same("{message}\n{help}")
# A plain text has links too (§3.11.6), and no text here means one: a rule file would choose where it leads.
_LINK, _MARKUP = re.compile(r"\](?=[(:\[])"), re.compile("[<&]")
_ENDS = "newlineSequences"
_FOLDER_IS = Text("运行检查的文件夹", "the folder that the check was run in")


PlainBasis = tuple[str, str, str, str]
# The artifact, results and notifications of a file as items, the basis of each code in it, and the site of its rules.
Part = tuple[str, str, str, dict[str, list[PlainBasis]], str]


class Sarif:
    """One run. Columns are code points; clauses are taxa; rules that could not judge are notifications."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.language = display.language
        self.files = 0
        self.artifacts, self.results, self.notifications = _Later(3), _Later(3), _Later(5)
        self.rules: dict[str, tuple[Basis, ...]] = {}  # the basis of each code met, in order
        self.numbers: dict[str, int] = {}  # of these codes
        self.sites: dict[str, str] = {}  # that have the pages on them, "" for none

    def part(self, checked: Checked) -> Part:
        """Return the artifact, the results, the notifications and the rules of *checked*."""
        at = {**_location(checked.path, self.display), "index": Slot()}
        notifications = []
        if checked.error is not None:
            notifications.append(self._notification("error", checked.error, at))
        results: list[Record] = []
        rules: dict[str, tuple[Basis, ...]] = {}
        if checked.verdict is not None:
            source = checked.verdict.source
            for diagnostic in checked.verdict.diagnostics:
                results.append(_Result(diagnostic, source, at, self.display).record)
                rules.setdefault(diagnostic.code, diagnostic.basis)
            for outcome in checked.verdict.outcomes:
                notifications.extend(self._unjudged(outcome, at))
        return (
            items([shown(_artifact(checked, at))], 3),
            items(map(shown, results), 3),
            items(map(shown, notifications), 5),
            {code: [_plain_basis(clause) for clause in basis] for code, basis in rules.items()},
            checked.docs_url,
        )

    def put(self, part: Part) -> str:
        """Keep *part*: the rules of the whole run come before it."""
        artifact, results, notifications, rules, site = part
        for code, basis in rules.items():
            self.numbers.setdefault(code, len(self.numbers))
            self.sites.setdefault(code, site)
            self.rules.setdefault(code, tuple(Basis(d, a, Strength(s), gist) for d, a, s, gist in basis))
        number = self.files
        self.files += 1
        self.artifacts.put(filled(artifact, lambda _: number))
        self.results.put(filled(results, lambda code: self.numbers[code] if code else number))
        self.notifications.put(filled(notifications, lambda _: number))
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the log."""
        of_run = [
            self._notification("none", file.reason.text, _location(file.name, self.display))
            for file in summary.left_out
        ]
        of_run += [self._of_run("error", words) for words in not_whole(summary)]
        self.notifications.put(items(map(shown, of_run), 5))
        clauses = _Clauses([clause for basis in self.rules.values() for clause in basis])
        run = {
            "tool": {"driver": self._driver(summary, clauses)},
            "language": _tag(self.language),
            "columnKind": "unicodeCodePoints",
            _ENDS: ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {_FOLDER: {"description": _message(_FOLDER_IS, self.language)}},
            "taxonomies": clauses.taxonomies(self.language),
            "invocations": [self._invocation(summary)],
            "artifacts": Slot(),
            "results": Slot(),
        }
        run = {key: value if key == _ENDS else shown(value) for key, value in run.items()}
        log = serialised({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
        *heads, tail = at_slots(log)
        for head, later in zip(heads, (self.notifications, self.artifacts, self.results), strict=True):
            yield head
            yield from later.pieces()
        yield tail

    def _unjudged(self, outcome: Outcome, at: Record) -> Iterator[Record]:
        """Yield the notification on a rule that could not judge (§3.58)."""
        if outcome.state in (OutcomeState.CRASHED, OutcomeState.UNDETERMINED) and outcome.reason is not None:
            level = "error" if outcome.state is OutcomeState.CRASHED else "note"
            notification = self._notification(level, outcome.reason, at)
            yield {**notification, "associatedRule": {"id": outcome.code}}

    def _of_run(self, level: str, text: Text) -> Record:
        return {"level": level, "message": _message(text, self.language)}

    def _notification(self, level: str, text: Text, at: Record) -> Record:
        return {
            **self._of_run(level, text),
            "locations": [{"physicalLocation": {"artifactLocation": at}}],
        }

    def _driver(self, summary: Summary, clauses: "_Clauses") -> Record:
        return {
            "name": "nianbao",
            "version": nianbao.__version__,
            "semanticVersion": nianbao.__version__,
            "language": _tag(self.language),
            "rules": [
                _descriptor(
                    code,
                    summary.catalogue.get(code) or NOTICES.get(code),
                    basis,
                    clauses,
                    self.sites[code],
                    self.language,
                )
                for code, basis in self.rules.items()
            ],
            "supportedTaxonomies": [
                {"name": name, "index": index} for index, name in enumerate(clauses.documents)
            ],
        }

    def _invocation(self, summary: Summary) -> Record:
        invocation: Record = {
            "executionSuccessful": not (summary.unread or summary.stopped or summary.exit_code == 2),
            "exitCode": summary.exit_code,
            "exitCodeDescription": _EXIT.get(summary.exit_code, _STOPPED).of(self.language),
            "toolExecutionNotifications": Slot(),
        }
        if summary.stopped:
            invocation["exitSignalNumber"] = summary.stopped
        return invocation


class _Later:
    """An array that is put aside until what comes before it is known, *depth* deep in the log."""

    def __init__(self, depth: int) -> None:
        self.array, self.spool = Array(depth), Spool()

    def put(self, texts: str) -> None:
        """Add `items`."""
        self.spool.put(self.array.more(texts))

    def pieces(self) -> Iterator[str]:
        """Yield the array."""
        yield from self.spool.pieces()
        yield self.array.end()


def _artifact(checked: Checked, at: Record) -> Record:
    """Return the file of *checked*, which is *at* this location."""
    artifact: Record = {"location": at, "roles": ["analysisTarget"]}
    if checked.verdict is not None:
        source = checked.verdict.report.source
        kind = source.kind or "text"
        if kind in _MIME:
            artifact["mimeType"] = _MIME[kind]
        if source.visible:
            artifact["encoding"] = source.encoding
    return artifact


def _plain_basis(clause: Basis) -> PlainBasis:
    return clause.document, clause.article, clause.strength.value, clause.gist


class _Clauses:
    """The clauses that rules rest on, as taxa: one taxonomy a document, one taxon an article (§3.19.3)."""

    def __init__(self, clauses: Sequence[Basis]) -> None:
        self.documents: dict[str, dict[str, str]] = {}  # each article with the clause in full, by document
        for clause in clauses:
            self.documents.setdefault(clause.document, {})[_article(clause)] = str(clause)

    def taxonomies(self, language: Language) -> list[Record]:
        """Return the documents with their articles."""
        return [
            {
                "name": name,
                "isComprehensive": False,
                "language": "zh-CN",
                "shortDescription": _plain(name),
                "taxa": [
                    {"id": article, "shortDescription": _plain(clause)}
                    for article, clause in articles.items()
                ],
            }
            for name, articles in self.documents.items()
        ]

    def relationship(self, clause: Basis) -> Record:
        """Return the relationship of a rule to *clause* (§3.53)."""
        index = list(self.documents).index(clause.document)
        article = _article(clause)
        return {
            "target": {
                "id": article,
                "index": list(self.documents[clause.document]).index(article),
                "toolComponent": {"name": clause.document, "index": index},
            },
            "kinds": ["relevant"],
            "properties": {"strength": clause.strength.value},
        }


def _article(clause: Basis) -> str:
    return clause.clause or clause.document  # a notice as a whole


def _descriptor(
    code: str,
    about: Rule | Notice | None,
    basis: Sequence[Basis],
    clauses: _Clauses,
    site: str,
    language: Language,
) -> Record:
    """Return the descriptor of the rule *code* (§3.49). It has the page on it, and leads to the one on a *site*."""
    record: Record = {"id": code}
    if about is not None:
        page = inspect.cleandoc(about.documentation)
        record |= {
            "name": about.name,
            "shortDescription": _plain(about.summary.of(language)),
            "fullDescription": _plain(page.split("\n\n")[0]),
            "help": {**_plain(page), "markdown": _MARKUP.sub(r"\\\g<0>", _plain(page)["text"])},
            "defaultConfiguration": {"level": GRADES[about.severity].sarif},
        }
        if page_at := page_on_site(site, code, about.name, language):
            record["helpUri"] = page_at
    record["properties"] = {"tags": [code.rstrip("0123456789")]}
    if basis:
        record["relationships"] = [clauses.relationship(clause) for clause in dict.fromkeys(basis)]
    return record


class _Result(NamedTuple):
    """One finding as a result (§3.27); *at* is the location of its file."""

    diagnostic: Diagnostic
    source: Source
    at: Record
    display: Display

    @property
    def record(self) -> Record:
        """The result; the index of its rule is a slot by the code of the rule."""
        diagnostic, finding = self.diagnostic, self.diagnostic.finding
        location = {
            **self._place(finding.span),
            "logicalLocations": [_logical(diagnostic.address, finding.cell)],
        }
        record: Record = {
            "ruleId": diagnostic.code,
            "ruleIndex": Slot(diagnostic.code),
            "kind": "fail",
            "level": GRADES[diagnostic.severity].sarif,
            "message": _message(
                _SAID.fill(message=finding.message, help=finding.help), self.display.language
            ),
            "locations": [location],
            "partialFingerprints": {"nianbao/v1": diagnostic.fingerprint},
            "properties": {"data": dict(finding.data)},
        }
        beside = [
            *(self._related(number, related) for number, related in enumerate(finding.related, 1)),
            *(
                self._elsewhere(number, other)
                for number, other in enumerate(finding.elsewhere, 1 + len(finding.related))
            ),
        ]
        if beside:
            record["relatedLocations"] = beside
        fixes = list(self._fixes(finding.fix))
        if fixes:
            record["fixes"] = fixes
        # An empty array says that the result is known not to be suppressed (§3.27.23).
        record["suppressions"] = (
            [_suppression(diagnostic.suppressed, self.display)] if diagnostic.suppressed else []
        )
        return record

    def _place(self, span: Span) -> Record:
        physical: Record = {"artifactLocation": self.at}
        place = extent(self.source, span)
        if place is not None:
            physical["region"] = _region(place)
            words = self.source[span]
            # The raw text of a page is not masked if a finding hides a part of it: none of it is shown. Nor are
            # words that act or hide: a snippet has to be the words of the file (§3.3.2).
            if self.source.raw is None and words and inert(words, "\r\n\t") == words:
                physical["region"]["snippet"] = {"text": words}
        return {"physicalLocation": physical}

    def _related(self, number: int, related: Related) -> Record:
        location = {**self._place(related.span), "id": number}
        location["message"] = _message(related.label, self.display.language)
        if related.cell is not None:
            location["logicalLocations"] = [_logical(related.cell.place, related.cell)]
        return location

    def _elsewhere(self, number: int, other: Elsewhere) -> Record:
        """Return the place in another file, of which no lines are known."""
        words = "：".join(filter(None, (other.place, other.text)))
        location = {
            "physicalLocation": {"artifactLocation": _location(other.path, self.display)},
            "id": number,
        }
        return {**location, "message": _plain(words)}

    def _fixes(self, fix: Fix | None) -> Iterator[Record]:
        made = changes(self.source, fix)
        if fix is None or not made:
            return
        replacements = [
            {"deletedRegion": _region(change.extent), "insertedContent": {"text": change.new}}
            for change in made
        ]
        yield {
            "description": _message(fix.title, self.display.language),
            "artifactChanges": [{"artifactLocation": self.at, "replacements": replacements}],
            "properties": {"safe": fix.safe},
        }


def _region(place: Extent) -> Record:
    """Return a region, whose end column is that after its last character (§3.30.8)."""
    return {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    }


def _logical(address: str, cell: Cell | None) -> Record:
    """Return a place in the words of a clerk, and in keys if it is a cell (§3.33)."""
    if cell is None:
        return {"name": address, "kind": "section"}
    return {"name": address, "fullyQualifiedName": cell.address, "kind": "cell"}


def _suppression(by: Suppression, display: Display) -> Record:
    """Return the suppression of a finding (§3.35)."""
    record: Record = {"kind": _SUPPRESSION[by.by], "status": "accepted", "properties": {"by": by.by}}
    if by.reason:
        record["justification"] = by.reason
    path, _, line = by.origin.rpartition(":")
    if path and line.isdecimal() and int(line):
        physical = {"artifactLocation": _location(path, display), "region": {"startLine": int(line)}}
        record["location"] = {"physicalLocation": physical}
    return record


def _location(path: str, display: Display) -> Record:
    """Return the location of a file: below the folder of the run, or anywhere (§3.4)."""
    path = display.relative(path).encode("utf-8", "replace").decode()
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    if path[1:3] == ":/":
        return {"uri": f"file:///{path[:2]}{quote(path[2:])}"}
    return {"uri": quote(path), "uriBaseId": _FOLDER}


def _message(text: Text, language: Language) -> Record:
    return _plain(text.of(language))


def _plain(text: str) -> Record:
    return {"text": _LINK.sub(r"\g<0>\\", text)}


def _tag(language: Language) -> str:
    return "en-US" if language == "en" else "zh-CN"
