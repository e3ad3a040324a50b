"""A plugin of pytest that collects `*.rules.yaml`: each case of the rules is a test, `CODE kind: name`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # every run of pytest imports this module, and few have such files
    from nianbao.testing.cases import Case
    from nianbao.testing.suite import Suite

_RULES = ".rules.yaml"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "RulesFile | None":
    """Return *file_path* as a collector, None if it is no file of rules."""
    if not file_path.name.endswith(_RULES):
        return None
    collector: RulesFile = RulesFile.from_parent(parent, path=file_path)
    return collector


class CaseFailedError(AssertionError):
    """A case whose result is not the one it expects."""


class RulesFile(pytest.File):
    """A file of rules, with a test for each case."""

    def collect(self) -> Iterable["CaseItem"]:
        """Yield its cases. Raises pytest's CollectError for a faulty file."""
        from nianbao.files.yaml_file import FileError
        from nianbao.plugins.loaded import PluginError
        from nianbao.testing.suite import collect
        from nianbao.text.inert import inert
        from nianbao.text.locale import language

        try:
            suite = collect(str(self.path))
        except (FileError, PluginError) as error:
            raise self.CollectError(inert(error.text.of(language(())), "\n")) from None
        for case in suite.cases:
            name = inert(f"{case.rule} {case.kind}: {case.name}")
            yield CaseItem.from_parent(self, name=name, suite=suite, case=case)


class CaseItem(pytest.Item):
    """One case."""

    funcargs: Mapping[str, object] = {}  # none; pytest-lsp drops an item that has no such attribute

    def __init__(self, *, suite: "Suite", case: "Case", **given: Any) -> None:
        super().__init__(**given)
        self.suite = suite
        self.case = case

    def runtest(self) -> None:
        """Raise CaseFailedError with the differences if there are any."""
        from nianbao.reporters.display import Display
        from nianbao.text.locale import language

        failed = self.suite.failure(self.case)
        if failed is not None:
            raise CaseFailedError("\n".join(failed.lines(Display(language=language(())))))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the differences, or the trace of any other error."""
        if isinstance(excinfo.value, CaseFailedError):
            return f"{self.location[0]}:{self.case.line}: {self.name}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the place of the case: file, line from 0, name."""
        return self.path, max(self.case.line - 1, 0), self.name
