"""What a program calls: a report in, its verdict out, and verdicts in any format. `nianbao` hands both on."""

import os
import warnings
from collections.abc import Iterable, Sequence
from typing import Literal

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.engine.selection import Selection
from nianbao.engine.verdict import Verdict
from nianbao.plugins.loading import load
from nianbao.readers.limits import MOST_BYTES
from nianbao.report.issuer import LEVELS, Level
from nianbao.reporters.display import Display
from nianbao.run.acquaintance import introduced
from nianbao.run.linter import LONGEST, TOO_LARGE, Input
from nianbao.run.resolve import Requested, Resolver, linter_by
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

Path = str | os.PathLike[str]
_YEARS = range(2008, 2100)


def lint(
    report: Path | bytes,
    *,
    name: str = "",
    config: Path | None = None,
    no_config: bool = False,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    extend_select: str | Sequence[str] = (),
    year: int | None = None,
    level: Level | None = None,
    encoding: str = "",
    rules: Path | Sequence[Path] = (),
    plugins: Path | Sequence[Path] = (),
    previous: Path | Sequence[Path] = (),
    trust: bool = False,
    timeout: float = LONGEST,
) -> Verdict:
    """Return the verdict on one *report*: the path of a file, the bytes of one, or its text.

    A str with a line break is a text, any other a path; what others have sent is best given as bytes, which never
    are a path. Bytes and texts are called *name*.

    A file is judged as by `nianbao check`: by the closest settings above it, its waivers and its baseline. *config*
    are other settings in their place, with *no_config* there are none; bytes and texts have none but *config*.
    *select*, *ignore* and *extend_select* are rules by code, family or name, and win over the settings, as do *year*,
    *level* and the *encoding* of a text file. *rules* are further files of rules in YAML. *plugins* are further
    Python files, which are run; those that settings name are run if the user trusts them, or with *trust*. *previous*
    are reports on the year before, files or folders, among which that of the same organ is found.

    It prints nothing, and may be called in several threads at once. Reading and judging may take *timeout* seconds,
    0 for any time; outside the main thread, on Windows and in a browser that is looked at between two findings only.
    Files of rules and plugins are read once in each process.

    Raises UnreadableError if the report cannot be read, SettingsError for settings, waivers, rules or plugins that are
    wrong or not trusted, ValueError for a *year* or *level* that there is not, LookupError for an unknown *encoding*.
    Settings of another user are passed over with a warning.
    """
    if year is not None and year not in _YEARS:
        raise ValueError(f"no year of a report: {year}")
    if level is not None and level not in LEVELS:
        raise ValueError(f"no level: {level}; there are {', '.join(LEVELS)}")
    file = _input(report, name)._replace(seconds=timeout)
    from_memory = file.data is not None
    notices: list[Text] = []
    resolver = Resolver(
        Requested(
            Selection(_words(select), _words(ignore), _words(extend_select)),
            year,
            level,
            config=os.fspath(config) if config is not None else None,
            isolated=no_config or (from_memory and config is None),
            encoding="" if isinstance(report, str) and from_memory else encoding,
            trusted=trust,
            plugins=_paths(plugins),
            rules=_paths(rules),
            previous=_paths(previous),
        ),
        notices.append,
    )
    file = file._replace(settings=resolver.settings(file.path)) if from_memory else resolver.resolved(file)
    (file,) = introduced((file,), resolver)
    for notice in notices:
        warnings.warn(notice.en, stacklevel=2)
    judging = linter_by(file.settings)
    return judging.verdict(file)._replace(rules=judging.rules)


def render(
    verdicts: Iterable[Verdict],
    format: str = "json",  # noqa: A002  (the word of the command)
    *,
    language: Language = "zh",
    fail_on: Literal["error", "warning", "info", "never"] = "error",
) -> bytes:
    """Return *verdicts* in *format*, one of those of `nianbao check -f`, as that writes them into a file.

    The exit code in it is that of a run that fails on findings as severe as *fail_on*.

    Raises ValueError if there is no such format, UnavailableError if a library for it is not installed, SettingsError
    for an installed plugin that is wrong.
    """
    formats = {known.name: known for known in load().formats}
    if format not in formats:
        raise ValueError(f"no format {format!r}; there are {', '.join(formats)}")
    reporter = formats[format].reporter(Display(language))
    least = None if fail_on == "never" else Severity(fail_on)
    results = [Checked(verdict.report.source.path, verdict, fail_on=least) for verdict in verdicts]
    rules = {rule.code: rule for result in results if result.verdict for rule in result.verdict.rules}
    summary = Summary(rules.values())
    pieces: list[str | bytes] = []
    for result in results:
        summary.add(result)
        pieces.append(reporter.put(reporter.part(result)))
    pieces += reporter.end(summary)
    return b"".join(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece for piece in pieces)


def _input(report: Path | bytes, name: str) -> Input:
    """Return *report* as a file to read. Raises UnreadableError for more bytes than any report has."""
    if isinstance(report, str) and ("\n" in report or "\r" in report):
        report = report.encode("utf-8", "replace")
    if not isinstance(report, bytes):
        return Input(os.fspath(report))
    if len(report) > MOST_BYTES:
        raise UnreadableError(TOO_LARGE)
    return Input(name or "<memory>", data=report)


def _words(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _paths(given: Path | Sequence[Path]) -> tuple[str, ...]:
    return tuple(os.fspath(path) for path in ((given,) if isinstance(given, str | os.PathLike) else given))
