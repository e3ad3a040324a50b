"""A code quality report for GitLab: https://docs.gitlab.com/ci/testing/code_quality/."""

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import extent
from nianbao.reporters.json_tree import Array, items, shown
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.source import Source


class GitLab:
    """One array of findings by line. A file without visible lines has all of them in line 1, with the address."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.language = display.language
        self.findings = Array()

    def part(self, checked: Checked) -> str:
        """Return the findings in *checked*, or the error for which it has none."""
        found = _Findings(self.display.relative(checked.path))
        if checked.verdict is None:
            found.add((1, 1), "unreadable", "unreadable", UNREAD.gitlab, checked.reason(self.language))
        else:
            for diagnostic in checked.verdict.open:
                self._add_finding(diagnostic, checked.verdict.source, found)
        return items(shown(found.records), 0)

    def put(self, part: str) -> str:
        """Return *part*, with what stands between it and the one before."""
        return self.findings.more(part)

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the end of the array; a run that is not whole has an entry of its folder."""
        run = _Findings(".")
        for words in not_whole(summary):
            run.add((1, 1), "interrupted", "interrupted", UNREAD.gitlab, words.of(self.language))
        yield self.findings.more(items(shown(run.records), 0)) + self.findings.end() + "\n"

    def _add_finding(self, diagnostic: Diagnostic, source: Source, found: "_Findings") -> None:
        at = extent(source, diagnostic.finding.span)
        description = f"{diagnostic.code} {diagnostic.finding.message.of(self.language)}"
        found.add(
            (at.start.line, at.end.line) if at is not None else (1, 1),
            f"{diagnostic.code} {diagnostic.name}",
            diagnostic.fingerprint,
            GRADES[diagnostic.severity].gitlab,
            description if at is not None else f"{diagnostic.address}：{description}",
        )


class _Findings:
    """The records on the file at *path*."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.records: list[dict[str, object]] = []
        self.seen: Counter[str] = Counter()

    def add(
        self, lines: tuple[int, int], name: str, fingerprint: str, severity: str, description: str
    ) -> None:
        # Of two findings with one fingerprint GitLab shows one: the path and the ordinal keep them apart.
        words = f"{self.path}\x1f{fingerprint}\x1f{self.seen[fingerprint]}"
        self.seen[fingerprint] += 1
        self.records.append(
            {
                "description": description,
                "check_name": name,
                "fingerprint": blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
                "severity": severity,
                "location": {"path": self.path, "lines": {"begin": lines[0], "end": lines[1]}},
            }
        )
