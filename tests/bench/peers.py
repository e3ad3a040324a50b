"""Other programs that judge texts, each as a command, if it is there: on PATH or under $NIANBAO_NODE_MODULES."""

import os
import shutil
from pathlib import Path

# Rules of textlint that hold in any language, as `textlint-rule-…` of npm.
SIX = (
    *("max-comma", "no-exclamation-question-mark", "no-mixed-zenkaku-and-hankaku-alphabet"),
    *("no-nfd", "no-zero-width-spaces", "sentence-length"),
)


def peer(name: str, folder: Path, pattern: str) -> list[str] | None:
    """Return the command by which *name* judges the files in *folder* that are like *pattern*, None if it is not there."""
    modules = os.environ.get("NIANBAO_NODE_MODULES", "")
    program = shutil.which(name) or (shutil.which(name, path=f"{modules}/.bin") if modules else None)
    if program is None:
        return None
    files = [str(path) for path in sorted(folder.glob(pattern))]
    if name == "textlint":
        rules = [word for rule in SIX for word in ("--rule", rule)]
        where = ["--rules-base-directory", modules] if modules else []
        return [program, "--no-textlintrc", *where, *rules, *files]
    if name == "autocorrect":
        return [program, "--lint", *files]
    if name == "ruff":
        return [program, "check", "--isolated", "--no-cache", *files]
    return [program, *files]
