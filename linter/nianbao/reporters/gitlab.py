"""A code quality report for GitLab: https://docs.gitlab.com/ci/testing/code_quality/."""

from collections import Counter
from hashlib import blake2b

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import extent, relative
from nianbao.reporters.json_tree import serialised, shown
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.source import Source


class GitLab:
    """One array of findings by line. A file without visible lines has all of them in line 1, with the address."""

    def __init__(self, display: Display) -> None:
        self.language = display.language
        self.findings: list[dict[str, object]] = []
        self.seen: Counter[tuple[str, str]] = Counter()

    def document(self, checked: Checked) -> str:
        """Keep the findings in *checked*, or the error for which it has none."""
        path = relative(checked.path)
        if checked.verdict is None:
            reason = checked.reason(self.language)
            self._add(path, (1, 1), "unreadable", "unreadable", UNREAD.gitlab, reason)
            return ""
        for diagnostic in checked.verdict.open:
            self._add_finding(diagnostic, checked.verdict.source, path)
        return ""

    def end(self, summary: Summary) -> str:
        """Return the array; a run that is not whole has an entry of its folder."""
        for words in not_whole(summary):
            self._add(".", (1, 1), "interrupted", "interrupted", UNREAD.gitlab, words.of(self.language))
        return serialised(shown(self.findings))

    def _add_finding(self, diagnostic: Diagnostic, source: Source, path: str) -> None:
        at = extent(source, diagnostic.finding.span)
        description = f"{diagnostic.code} {diagnostic.finding.message.of(self.language)}"
        self._add(
            path,
            (at.start.line, at.end.line) if at is not None else (1, 1),
            f"{diagnostic.code} {diagnostic.name}",
            diagnostic.fingerprint,
            GRADES[diagnostic.severity].gitlab,
            description if at is not None else f"{diagnostic.address}：{description}",
        )

    def _add(
        self, path: str, lines: tuple[int, int], name: str, fingerprint: str, severity: str, description: str
    ) -> None:
        # Of two findings with one fingerprint GitLab shows one: the path and the ordinal keep them apart.
        ordinal = self.seen[path, fingerprint]
        self.seen[path, fingerprint] += 1
        words = f"{path}\x1f{fingerprint}\x1f{ordinal}"
        self.findings.append(
            {
                "description": description,
                "check_name": name,
                "fingerprint": blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
                "severity": severity,
                "location": {"path": path, "lines": {"begin": lines[0], "end": lines[1]}},
            }
        )
