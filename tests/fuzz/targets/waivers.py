"""A file of waivers: refused with its place, or it suppresses findings, says what was of no use and can be written again."""

from datetime import date
from functools import cache

from nianbao.engine.lint import lint
from nianbao.engine.verdict import Verdict
from nianbao.files.yaml_file import FileError
from nianbao.plugins.loading import load
from nianbao.report.report import Report
from nianbao.suppression.waivers import addition, read_waivers
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source

from tests.fuzz import held
from tests.fuzz.changes import pieces
from tests.fuzz.target import Target
from tests.fuzz.targets.rules_file import refused

_DAY = date(2022, 1, 31)
_WORDS = (
    "waivers:\n", "- ", "  - code: SUM001\n", "code: ", "at: ", "report: ", "words: ", "reason: ", "until: ", "2022-01-31", "2022-02-30", "0001-01-01", "SUM001", "SUM999", "DOC001", "表三 · 三（七）总计 · 自然人",
    "applications/total/natural_person", "*", "?", "[", "[!a]", "**/", "*a*a*a*a*a*a*b", "&a ", "*a", "~", "---\n", "|\n", "{", "}", "'", '"', "# ",
)  # fmt: skip


@cache
def judged() -> Verdict:
    """Return the verdict on a report with some findings."""
    text = compliant("2021", "county", 7).render().replace("\t3", "\t4")
    return lint(Report(Source(text, "乡镇/报告.txt"), official_forms()), load().rules)


def run(data: bytes) -> object:
    """Return what the waivers in *data* leave of a verdict."""
    try:
        waivers = read_waivers("nianbao.waivers.yaml", data.decode("utf-8", "replace"))
    except FileError as error:
        return refused(error)
    again = (
        read_waivers("nianbao.waivers.yaml", addition(None, waivers.entries)) if waivers.entries else waivers
    )
    assert [each.unplaced for each in again.entries] == [each.unplaced for each in waivers.entries]
    verdict = waivers.suppress(judged(), "乡镇/报告.txt", _DAY)
    use = waivers.use(verdict, "乡镇/报告.txt", _DAY)
    notices = waivers.notices([use], [rule.code for rule in load().rules], _DAY)
    for notice in notices:
        start, end = notice.finding.span
        assert 0 <= start <= end <= len(waivers.source.text), notice
    return held.verdict(verdict), [each.suppressed for each in verdict.diagnostics], notices


def _seeds() -> list[bytes]:
    entries = [
        f'  - code: {each.code}\n    at: "{each.address}"\n    reason: 以上级核定的数为准\n'
        for each in judged().diagnostics
    ]
    more = '    report: "乡镇/*"\n    words: "4"\n    until: 2099-12-31\n'
    return [f"waivers:\n{entry}{tail}".encode() for entry in entries[:4] for tail in ("", more)]


TARGET = Target(
    run, _seeds, pieces(r"\n *(?:- )?|\w+: |[\[\]{},\"]|[^\n\[\]{},:\"]+|:", _WORDS), longest=2**13
)
