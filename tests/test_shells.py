"""The commands that users are shown: the same in a shell, in cmd.exe and in PowerShell, or with their form for Windows."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What only those do who work on nianbao, in a shell.
OF_DEVELOPERS = {"contributing.md", "releasing.md", "changelog.md"}
PAGES = [
    *ROOT.glob("README*.md"),
    *(page for page in (ROOT / "docs").glob("*.md") if page.name not in OF_DEVELOPERS),
]

# What all three find, given that it is installed.
PROGRAMS = {
    "cd",
    "code",
    "dask",
    "nianbao",
    "node",
    "npm",
    "pip",
    "pipx",
    "pyinstaller",
    "pytest",
    "python",
    "tar",
    "uv",
}
_WORDS = r'(?:[^\s"]|"[^"]*")+'
# Within "" each of the three reads these in a way of its own: $, ` and ! the shells, % cmd.exe; ” ends the word in PowerShell.
_IN_QUOTES = set("$`\\%!“”„")
# Elsewhere also what means something to one of them, as ' is no quote to cmd.exe and # no remark, or to all, but not the same.
_BARE = _IN_QUOTES | set("'‘’#&;|<>()*?^~{}@")
_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_SPOKEN = re.compile(rf"`((?:{'|'.join(sorted(PROGRAMS - {'cd', 'code'}))}) [^`\n]+)`")


def fault(line: str, *, windows: bool = False) -> str:
    """Return why *line* is not one for all three, "" if it is; of *windows*, for the last two."""
    words = re.findall(_WORDS, line)
    bare = re.sub(r'"[^"]*"', '""', line)
    allowed = {"\\"} if windows else set()
    for signs, where in ((_BARE, bare), (_IN_QUOTES, line)):
        found = sorted(signs & set(where) - allowed)
        if found:
            return f"{found[0]} is not the same in all of them"
    if bare.count('"') % 2:
        return "a quotation mark is left open"
    for word in words[1:]:
        if "," in re.sub(r'"[^"]*"', "", word) and not word.startswith("-"):
            return f"PowerShell makes two words of {word}"
    program = words[0]
    if windows and "\\" in program:
        return ""
    if program == "cmd" and windows:
        return ""
    return "" if program in PROGRAMS else f"{program} is not in all of them"


def shown(text: str) -> Iterator[tuple[str, bool, str]]:
    """Yield each line of command on a page, whether it is for Windows, and what Windows is told instead."""
    blocks = [(kind, block) for _, kind, block in _BLOCK.findall(text)] + [("", "")]
    for (kind, block), (next_kind, following) in pairwise(blocks):
        instead = following if next_kind == "bat" else ""
        for line in map(str.strip, block.splitlines()):
            if kind in ("sh", "bat"):
                yield line, kind == "bat", instead
            elif kind == "console" and line.startswith("$ "):
                yield line[2:], False, instead


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_is_one_for_all_of_them(path: Path) -> None:
    """In blocks, and between words."""
    text = path.read_text(encoding="utf-8")
    faults = [
        f"{line}: {said}"
        for line, windows, instead in shown(text)
        if (said := fault(line, windows=windows)) and (windows or not instead)
    ]
    faults += [f"{line}: {said}" for line in _SPOKEN.findall(_BLOCK.sub("", text)) if (said := fault(line))]
    assert faults == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_windows_is_told_stands_below_what_it_is_told_instead_of(path: Path) -> None:
    kinds = [kind for _, kind, _ in _BLOCK.findall(path.read_text(encoding="utf-8"))]
    assert [
        before for before, kind in zip(["", *kinds], kinds, strict=False) if kind == "bat" and before != "sh"
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "pip install 'nianbao[pdf]'",
        'pip install "nianbao[$EXTRA]"',
        "nianbao check reports/ \\",
        "nianbao check *.docx",
        "nianbao check 报告.txt # 一份",
        "nianbao rules | grep QH",
        "nianbao check - < 报告.txt",
        "pip install . && nianbao --version",
        "NIANBAO_LANG=en nianbao check 报告.txt",
        "nianbao check %USERPROFILE%",
        'nianbao waive SUM001 报告.txt --reason "以“核定”为准"',
        'nianbao waive SUM001 报告.txt --reason "以上级核定的数为准',
        "nianbao check --select SUM,NUM",
        "dist/nianbao/nianbao --version",
        "rm 报告.txt",
    ],
)
def test_what_is_not_the_same_is_refused(line: str) -> None:
    assert fault(line)


@pytest.mark.parametrize(
    "line",
    [
        'pip install --no-index "nianbao[pdf,xlsx]" "pyinstaller>=6.10,<7"',
        'nianbao waive SUM001 乡镇/青禾镇.txt --reason "以上级核定的数为准" --until 2099-12-31',
        "nianbao compare 青禾镇.docx 青禾镇（修改稿）.docx -f html:对照.html",
    ],
)
def test_what_is_the_same_is_not(line: str) -> None:
    assert fault(line) == ""
