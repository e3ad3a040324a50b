"""What the program prints on the examples, word for word, and what the READMEs show of it.

`python tests/test_golden.py` writes the files of tests/golden and the captures in the READMEs again; read every
changed line before it is kept.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
PROGRAM = "import sys; from nianbao.cli import main; sys.exit(main())"

EXIT_CODES = {"qinghe-2025.txt": 1, "qinghe-2024.txt": 0, "linchuan-2020.md": 1}
OUTPUTS = {
    "full.zh.txt": ["--format", "full", "--lang", "zh"],
    "full.en.txt": ["--format", "full", "--lang", "en"],
    "concise.txt": ["--format", "concise", "--lang", "zh"],
    "json": ["--format", "json"],
}
READMES = ["README.md", "README.zh-CN.md"]
SHOWN = re.compile(r"^```console\n\$ nianbao (.*)\n((?:.*\n)*?)```$", re.MULTILINE)


def nianbao(arguments: list[str], width: int) -> tuple[int, str]:
    """Return the exit code and the output of the program, run in the checkout with relative paths."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "NIANBAO_"))}
    for name in ("NO_COLOR", "FORCE_COLOR"):
        kept.pop(name, None)
    environment = {**kept, "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8", "COLUMNS": str(width)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode("utf-8").replace("\r\n", "\n")


def shown_for(command: str) -> str:
    return nianbao(shlex.split(command), 96)[1]


def printed(example: str, output: str) -> tuple[int, str]:
    return nianbao(["check", f"docs/examples/{example}", *OUTPUTS[output]], 100)


def golden(example: str, output: str) -> Path:
    return GOLDEN / f"{Path(example).stem}.{output}"


@pytest.mark.parametrize("example", EXIT_CODES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_what_is_printed_on_an_example(example: str, output: str) -> None:
    """Every format says of every example what was read and accepted."""
    code, said = printed(example, output)

    assert said == golden(example, output).read_bytes().decode("utf-8")
    assert code == EXIT_CODES[example]


def test_every_example_is_held() -> None:
    """No example without its outputs, no output without its example."""
    settings = {"city.rules.yaml", "city.yaml", "scoring.yaml"}  # played by tests/cli/test_scoring.py
    assert {path.name for path in (ROOT / "docs" / "examples").iterdir()} == {*EXIT_CODES, *settings}
    assert set(GOLDEN.iterdir()) == {golden(example, output) for example in EXIT_CODES for output in OUTPUTS}


@pytest.mark.parametrize("name", READMES)
def test_the_readme_shows_what_is_printed(name: str) -> None:
    """The capture in a README is what its command prints today."""
    shown = SHOWN.findall((ROOT / name).read_text(encoding="utf-8"))

    assert shown
    for command, said in shown:
        assert shown_for(command) == said


@pytest.mark.parametrize("name", READMES)
def test_the_readme_gives_two_commands(name: str) -> None:
    """One checks an example that is there; the other is what .ci/run takes from the README."""
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(pip install .*?)^```$", text, re.MULTILINE | re.DOTALL)

    assert commands == [
        "pip install .\nnianbao check docs/examples/qinghe-2025.txt\n",
        'pip install ".[test]"\npytest\n',
    ]


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a document names a file or folder, and a heading that it has."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        linked = path.parent / file if file else path
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [heading.lower().replace(" ", "-") for heading in headings], target


def write() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for example in EXIT_CODES:
        for output in OUTPUTS:
            golden(example, output).write_bytes(printed(example, output)[1].encode())
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        text = SHOWN.sub(lambda m: f"```console\n$ nianbao {m[1]}\n{shown_for(m[1])}```", text)
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
