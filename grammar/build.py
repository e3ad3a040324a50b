"""The build hook that makes the parser tables, the compiled forms, patterns and modules."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GrammarBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the compilers of `nianbao_grammar` over the source tree, so that no run has to."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the generated modules beside the grammar. A conflict in it fails the build."""
        sys.path[:0] = [str(Path(self.root, folder)) for folder in ("grammar", "linter", "rules")]
        from nianbao_grammar import compile as tables
        from nianbao_grammar import compile_modules, compile_patterns

        target = Path(self.root, "grammar", "nianbao_grammar")
        tables.write(target)
        compile_patterns.write(target, ("nianbao_grammar", "nianbao", "nianbao_rules"))
        sources = (Path(self.root, "linter", "nianbao"), Path(self.root, "rules", "nianbao_rules"))
        compile_modules.write(target, sources)
