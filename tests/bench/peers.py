"""Other programs that judge texts, if they are there: on PATH or under $NIANBAO_NODE_MODULES."""

import os
import shutil
from pathlib import Path

# Rules of textlint that hold in any language, as `textlint-rule-…` of npm.
SIX = (
    *("max-comma", "no-exclamation-question-mark", "no-mixed-zenkaku-and-hankaku-alphabet"),
    *("no-nfd", "no-zero-width-spaces", "sentence-length"),
)


def peer(name: str, folder: Path) -> list[str] | None:
    """Return the command by which *name* judges what is in *folder*, None if it is not there.

    It is run in the folder: zhlint takes no other paths, and of several only the first.
    """
    modules = os.environ.get("NIANBAO_NODE_MODULES", "")
    program = shutil.which(name) or (shutil.which(name, path=f"{modules}/.bin") if modules else None)
    if program is None:
        return None
    rules = ["--no-textlintrc", *(word for rule in SIX for word in ("--rule", rule))]
    where = ["--rules-base-directory", modules] if modules else []
    arguments = {
        "textlint": [*rules, *where, "*.txt"],
        "zhlint": ["*.txt"],
        "autocorrect": ["--lint", "."],
        "ruff": ["check", "--isolated", "--no-cache", "."],
    }
    return ["env", "-C", str(folder), program, *arguments[name]]
