"""The tutorials, word for word: every file in them written, every command run, every output as it is shown.

`python tests/test_tutorial.py` writes the outputs again; read every changed line before it is kept.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli.running import PATIENCE
from offices import Office, opened

ROOT = Path(__file__).parent.parent
TUTORIALS = {"tutorial.zh-CN.md": "zh", "tutorial.md": "en"}
# What a reader does: write a file or more of it, move or delete one, or run commands and see what they print.
STEP = re.compile(
    r"<!-- (?P<how>file|added to): (?P<file>\S+) -->\n```\w+\n(?P<content>.*?)^```$"
    r"|<!-- (?P<gone>moved|deleted): (?P<files>[^>\n]+) -->$"
    r"|^```console\n(?P<session>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
TIME = re.compile(r"in \d+\.\d+s")


def replayed(name: str, folder: Path, office: Office) -> str:
    """Return the tutorial *name* with its outputs as they come out now, step by step in *folder*."""
    state = folder.with_name(f"{folder.name}-state")  # of a reader who has trusted nothing yet
    own = {"NIANBAO_TRUST": "", "XDG_STATE_HOME": str(state), "COLUMNS": "92"}
    environment = office.environment({"NIANBAO_LANG": TUTORIALS[name], **own})
    shutil.copy(ROOT / "docs" / "examples" / "qinghe-2024.txt", folder / "报告.txt")

    def step(match: re.Match[str]) -> str:
        if match["file"]:
            with open(
                folder / match["file"], "w" if match["how"] == "file" else "a", encoding="utf-8"
            ) as file:
                file.write(match["content"])
            return match[0]
        if match["gone"] == "moved":
            old, new = match["files"].split()
            (folder / old).replace(folder / new)
            return match[0]
        if match["gone"]:
            for name in match["files"].split():
                (folder / name).unlink()
            return match[0]
        commands = re.findall(r"^\$ (.*)$", match["session"], re.MULTILINE)
        said = "".join(f"$ {command}\n{printed(command, folder, environment)}" for command in commands)
        return f"```console\n{said}```"

    return STEP.sub(step, (ROOT / "docs" / name).read_text(encoding="utf-8"))


def printed(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Return what *command* prints on both streams, a time always the same."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=PATIENCE,
    )
    return TIME.sub("in 0.05s", done.stdout.decode("utf-8"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands of the tutorials are those of a shell")
@pytest.mark.parametrize("name", TUTORIALS)
def test_a_tutorial_shows_what_happens(name: str, office: Office, tmp_path: Path) -> None:
    """Whoever follows it sees what it shows."""
    assert replayed(name, tmp_path, office) == (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_tutorials_are_one() -> None:
    """Both languages have the reader write the same files and run the same commands, in the same order."""
    steps = [
        [
            (match["file"], match["files"], re.findall(r"^\$ (.*)$", match["session"] or "", re.MULTILINE))
            for match in STEP.finditer((ROOT / "docs" / name).read_text(encoding="utf-8"))
        ]
        for name in TUTORIALS
    ]
    assert steps[0] == steps[1]
    assert len(steps[0]) > 20


def write() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        office = opened(Path(home))
        for name in TUTORIALS:
            folder = Path(home) / name
            folder.mkdir()
            text = replayed(name, folder, office)
            (ROOT / "docs" / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
