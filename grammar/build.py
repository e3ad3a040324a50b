"""The build hook that makes the parser tables, the compiled forms and patterns, and the conformance suite."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("grammar", "linter", "rules")


class GrammarBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `nianbao_grammar.compile` and `compile_patterns` over the source tree, so that no run has to.

    A source distribution has the conformance suite too.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the generated files where git ignores them. A conflict in the grammar fails the build."""
        sys.path[:0] = [str(Path(self.root, folder)) for folder in SOURCES]
        from nianbao_grammar import compile as tables
        from nianbao_grammar import compile_patterns

        target = Path(self.root, "grammar", "nianbao_grammar")
        tables.write(target)
        compile_patterns.write(target, ("nianbao_grammar", "nianbao", "nianbao_rules"))
        if self.target_name == "sdist":
            self._write_suite()

    def _write_suite(self) -> None:
        """Write the conformance suite, in a process that reads what was written above from the beginning."""
        roots = [str(Path(self.root, folder)) for folder in SOURCES]
        path = os.pathsep.join(filter(None, (*roots, os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-m", "tests.conformance"]
        subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            check=True,
        )
