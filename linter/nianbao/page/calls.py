"""The calls of the page and their answers, in plain data: `linter/page/src/protocol.ts` has their types."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import nianbao
from nianbao.engine.checked import Checked
from nianbao.files.settings_error import SettingsError
from nianbao.page.corrections import Corrections
from nianbao.page.open_reports import Dropped, OpenReport, OpenReports
from nianbao.page.saves import Saved, kinds, saved
from nianbao.page.view import Record, cell_view, judged, span
from nianbao.plugins.loading import load
from nianbao.readers.limits import MOST_BYTES
from nianbao.reporters import json_
from nianbao.reporters.display import Display
from nianbao.reporters.overview import line_of
from nianbao.run.fixing import compatible
from nianbao.run.linter import LONGEST, NO_MEMORY, TOO_LONG
from nianbao.text.edit import Edit
from nianbao.text.language import Language, Text
from nianbao.text.source import Span, UnreadableError
from nianbao.writers.writer import RefusedError
from nianbao.writers.writers import writer_for

_PASTED = Text("粘贴的内容", "pasted")
_NO_FIX = Text("这个问题没有可以采用的改法", "there is no fix of this finding to be made")
_NOTHING = Text("没有可改的", "nothing to fix")
_CLOSED = Text("这份报告已经关闭", "this report is closed")
_FAULT = Text("程序出错（{error}），这一步没有做成", "the program failed ({error}), so this was not done")
_LOST = {"late": TOO_LONG.fill(seconds=f"{LONGEST:g}"), "broken": NO_MEMORY}  # why a worker was ended
_SUFFIX = {True: ".html", False: ".txt"}


class Page:
    """The reports that are open, by calls."""

    def __init__(self, progress: Callable[[int, int, str], None] = lambda done, of, name: None) -> None:
        self._open = OpenReports(progress)

    def call(
        self, name: str, language: Language, ask: str, files: Sequence[bytes | None] = ()
    ) -> tuple[str, bytes]:
        """Return the answer to the call *name*, asked in JSON, as JSON, and the bytes of a file to take away.

        *files* are the bytes of those that `open` names. It answers `{"answer": …, "state": …}`, or
        `{"failure": {"kind": …, "message": …}}`; it raises nothing but MemoryError.
        """
        try:
            answer = _CALLS[name](self, language, json.loads(ask), files)
        except (RefusedError, UnreadableError) as error:
            return _failure("refused", error.reason.of(language))
        except SettingsError as error:
            return _failure("settings", error.text.of(language))
        except MemoryError:
            raise
        except Exception as error:  # a fault of ours in one call must not end the page
            return _failure("fault", _FAULT.fill(error=f"{type(error).__name__}: {error}").of(language))
        if isinstance(answer, Saved):
            return _json({"answer": {"name": answer.name}, "state": self._state()}), answer.data
        return _json({"answer": answer, "state": self._state()}), b""

    def facts(self) -> str:
        """Return what the page is told once, as JSON."""
        plugins = load()
        suffixes = dict.fromkeys(suffix for reader in reversed(plugins.readers) for suffix in reader.suffixes)
        return _json(
            {
                "version": nianbao.__version__,
                "mostBytes": MOST_BYTES,
                "seconds": LONGEST,
                "suffixes": [*suffixes, ".yaml", ".yml"],
                "rules": len(plugins.rules),
                "words": {why: text._asdict() for why, text in _LOST.items()},
            }
        )

    def _state(self) -> list[Record]:
        """Return what another worker needs beside the files to go on from here."""
        return [
            {
                "report": report.number,
                "path": report.path,
                "steps": [
                    [[*edit.span, edit.old, edit.new] for edit in step] for step in report.corrections.steps
                ],
                "made": report.corrections.made,
            }
            for report in self._open.reports.values()
            if report.corrections.steps
        ]

    # -- calls ---------------------------------------------------------------------------------------

    def _take(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        dropped = [Dropped(str(name), data) for name, data in zip(ask["names"], files, strict=True)]
        return self._taken(dropped, language)

    def _taken(self, dropped: Sequence[Dropped], language: Language) -> Record:
        paths, added = self._open.take(dropped)
        return {**self._opened(language), "paths": paths, "added": [report.number for report in added]}

    def _paste(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        pasted = ask["pasted"]
        is_table = "<table" in pasted["html"].lower()
        data = (pasted["html"] if is_table else pasted["text"]).encode("utf-8", "replace")
        return self._taken([Dropped(_PASTED.of(language) + _SUFFIX[is_table], data)], language)

    def _restore(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        """Take the files and corrections of a page whose worker was ended, over those that are `lost`."""
        self._open.number(ask["numbers"])
        self._open.lose({lost["path"]: _LOST[lost["why"]] for lost in ask["lost"]})
        taken = self._take(language, ask, files)
        for each in ask["state"]:
            report = self._open.reports.get(each["path"])
            if report is not None:
                steps = tuple(
                    tuple(Edit(Span(start, end), old, new) for start, end, old, new in step)
                    for step in each["steps"]
                )
                self._open.correct(report, Corrections(steps, each["made"]))
        return {**self._opened(language), "paths": taken["paths"], "notices": taken["notices"], "added": []}

    def _settle(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        """Judge the next report that waits for it."""
        waiting = self._open.waiting
        if waiting:
            self._open.progress(
                len(self._open.reports) - len(waiting), len(self._open.reports), waiting[0].path
            )
            self._open.verdict_on(waiting[0])
        return self._opened(language)

    def _close(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        path = ask["name"] if "name" in ask else self._report(ask).path
        self._open.close(path)
        return {**self._opened(language), "paths": [path], "added": []}

    def _view(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        return self._viewed(self._report(ask), language)

    def _edit(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        report = self._report(ask)
        where = Span(ask["span"]["start"], ask["span"]["end"])
        edit = Edit(where, self._open.text_of(report)[where], ask["text"])
        return self._changed(report, language, (edit,))

    def _fix(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        report = self._report(ask)
        verdict = self._open.verdict_on(report).verdict
        for diagnostic in verdict.open if verdict is not None else ():
            fix = diagnostic.finding.fix
            if diagnostic.fixable and fix is not None and diagnostic.fingerprint == ask["finding"]:
                return self._changed(report, language, fix.edits)
        raise RefusedError(_NO_FIX)

    def _fix_all(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        report = self._report(ask)
        verdict = self._open.verdict_on(report).verdict
        chosen = compatible(verdict.open if verdict is not None else (), unsafe=False)
        edits = {edit: None for each in chosen if each.finding.fix for edit in each.finding.fix.edits}
        if not edits:
            raise RefusedError(_NOTHING)
        return self._changed(report, language, tuple(edits))

    def _made(self, language: Language, ask: Any, by: Callable[[Corrections], int]) -> Record:
        report = self._report(ask)
        made = by(report.corrections)
        if not 0 <= made <= len(report.corrections.steps):
            return self._change(report, language)
        self._open.correct(report, report.corrections._replace(made=made))
        return self._change(report, language)

    def _undo(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        return self._made(language, ask, Corrections.back)

    def _redo(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        return self._made(language, ask, Corrections.forth)

    def _restart(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record:
        return self._made(language, ask, lambda corrections: 0)

    def _cell(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Record | None:
        verdict = self._open.verdict_on(self._report(ask)).verdict
        return cell_view(verdict, ask["address"], language) if verdict is not None else None

    def _save(self, language: Language, ask: Any, files: Sequence[bytes | None]) -> Saved:
        report = self._report(ask) if ask["report"] is not None else None
        return saved(self._open, report, ask["as"], language)

    # -- answers -------------------------------------------------------------------------------------

    def _report(self, ask: Any) -> OpenReport:
        for report in self._open.reports.values():
            if report.number == ask["report"]:
                return report
        raise RefusedError(_CLOSED)

    def _opened(self, language: Language) -> Record:
        notices, self._open.notices = self._open.notices, []
        return {
            "reports": self._entries(language),
            "settings": [{"name": path, "kind": kind} for path, kind in self._open.beside.items()],
            "notices": [notice.of(language) for notice in notices],
            "leftOut": [
                {"name": file.name, "reason": file.reason.text.of(language)}
                for file in self._open.given.left_out
            ],
            "saves": list(kinds(self._open)) if self._open.reports else [],
            "summary": json_.totals(self._open.summary(), language),
            "waiting": len(self._open.waiting),
        }

    def _entries(self, language: Language) -> list[Record]:
        return [self._entry(report, language) for report in self._open.reports.values()]

    def _entry(self, report: OpenReport, language: Language) -> Record:
        checked = report.checked
        line = line_of(checked or Checked(report.path, None), Display(language))
        verdict = checked.verdict if checked is not None else None
        lack = verdict.lack if verdict is not None else None
        title = verdict.report.title if verdict is not None else None
        return {
            "report": report.number,
            "name": report.path,
            "title": " ".join(title.text.split()) if title is not None else "",
            "organ": line.organ,
            "place": line.place,
            "level": line.level,
            "year": line.year,
            "standing": line.standing if checked is not None else "waiting",
            "errors": line.findings.get("error", 0),
            "warnings": line.findings.get("warning", 0),
            "infos": line.findings.get("info", 0),
            "suppressed": line.suppressed,
            "unjudged": line.unjudged,
            "lack": lack.text.of(language) if lack is not None else None,
            "error": checked.reason(language) if checked is not None and checked.error is not None else None,
            "corrections": report.corrections.made,
            "compared": self._compared(report),
        }

    def _compared(self, report: OpenReport) -> list[int]:
        """Return the numbers of the reports that are open and that *report* was compared with by name; none until then."""
        introduced = report.introduced if report.checked is not None else None
        neighbours = introduced.neighbours if introduced is not None else None
        if neighbours is None:
            return []
        known = (*((neighbours.previous,) if neighbours.previous else ()), *(neighbours.members or ()))
        paths = {each.path for each in known}
        return [other.number for other in self._open.reports.values() if other.path in paths]

    def _viewed(self, report: OpenReport, language: Language) -> Record:
        checked = self._open.verdict_on(report)
        corrections = report.corrections
        first = report.first.text if report.first is not None else ""
        return {
            "report": report.number,
            "entry": self._entry(report, language),
            **judged(checked, self._open.summary((report,)), language),
            "corrections": [
                {"span": span(edit.span), "old": edit.old, "new": edit.new}
                for edit in (corrections.edits(first) if first else ())
            ],
            "undo": corrections.made > 0,
            "redo": corrections.made < len(corrections.steps),
            "unwritable": _unwritable(checked, language),
            "saves": list(kinds(self._open, report)),
        }

    def _changed(self, report: OpenReport, language: Language, step: Sequence[Edit]) -> Record:
        """Make *step* in *report*, and tell what it is now."""
        self._open.step(report, tuple(step))
        return self._change(report, language)

    def _change(self, report: OpenReport, language: Language) -> Record:
        view = self._viewed(report, language)
        return {
            "view": view,
            "reports": self._entries(language),
            "summary": json_.totals(self._open.summary(), language),
            "waiting": len(self._open.waiting),
        }


_CALLS: Mapping[str, Callable[[Page, Language, Any, Sequence[bytes | None]], Record | Saved | None]] = {
    "open": Page._take,
    "paste": Page._paste,
    "restore": Page._restore,
    "settle": Page._settle,
    "close": Page._close,
    "dismiss": Page._close,
    "view": Page._view,
    "edit": Page._edit,
    "fix": Page._fix,
    "fixAll": Page._fix_all,
    "undo": Page._undo,
    "redo": Page._redo,
    "restart": Page._restart,
    "cell": Page._cell,
    "save": Page._save,
}


def _unwritable(checked: Checked, language: Language) -> str | None:
    """Return why corrections do not go into the file, None if they do."""
    if checked.verdict is not None:
        try:
            writer_for(checked.verdict.report.source)
        except RefusedError as error:
            return error.reason.of(language)
    return None


def _failure(kind: str, message: str) -> tuple[str, bytes]:
    return _json({"failure": {"kind": kind, "message": message}}), b""


def _json(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
