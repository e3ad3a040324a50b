"""The build hook that makes the parser tables and the compiled forms."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GrammarBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `nianbao_grammar.compile` over the source tree, so that no run has to."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the two generated modules beside the grammar. A conflict in it fails the build."""
        sys.path.insert(0, str(Path(self.root, "grammar")))
        from nianbao_grammar.compile import write

        write(Path(self.root, "grammar", "nianbao_grammar"))
