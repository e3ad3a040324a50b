"""The reports of the commands on waivers and baselines, as they are judged now."""

from collections.abc import Iterator, Sequence

from nianbao.cli.command import complain
from nianbao.engine.verdict import Verdict
from nianbao.run.acquaintance import introduced
from nianbao.run.linter import Input, linter
from nianbao.run.resolve import Resolver
from nianbao.run.verdicts import inputs
from nianbao.text.language import Language


def reports_of(paths: Sequence[str], resolver: Resolver) -> tuple[Input, ...]:
    """Return the reports that *paths* mean, each with its settings. Raises as `Resolver`."""
    files = inputs(paths, resolver.suffixes, resolver.notice).files
    return introduced(tuple(map(resolver.resolved, files)), resolver)


def judged(reports: Sequence[Input], language: Language) -> Iterator[tuple[str, Verdict | None]]:
    """Yield the path of each report and its verdict, suppressed findings included.

    One that cannot be read is reported on standard error and has no verdict.
    """
    for report in reports:
        checked = linter(report.settings).check(report)
        if checked.error is not None:
            complain(checked.complaint(language))
        yield checked.path, checked.verdict
