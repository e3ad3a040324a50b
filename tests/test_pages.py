"""The pages for those who work with findings: their commands, their pictures, and that both languages say the same."""

import re
import shlex
from pathlib import Path

import click
import pytest
from nianbao.cli.by_click import as_clicks
from nianbao.cli.program import program

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAIRS = sorted(path.name.removesuffix(".zh-CN.md") for path in DOCS.glob("*.zh-CN.md"))
PAGES = [DOCS / f"{name}{ending}" for name in PAIRS for ending in (".md", ".zh-CN.md")]
PAGES += [ROOT / "README.md", ROOT / "README.zh-CN.md"]
_LARGEST = 200_000  # bytes of a picture
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What an invented file is called differs; so does what is a remark or is in <> or “”.
_NAMES = re.compile(r"#.*|<[^>]*>|[\w./-]*[^\x00-\x7f][\w./-]*|\breports/|\bcounty[\w./-]*")


def blocks(path: Path) -> list[tuple[str, str]]:
    return _FENCE.findall(path.read_text(encoding="utf-8"))


def commands(path: Path) -> list[str]:
    """Return the command lines in the blocks of a page, what they redirect and remark left out."""
    lines = [line.removeprefix("$ ") for _, block in blocks(path) for line in block.splitlines()]
    return [re.split(r" [<|] |  +#", line)[0] for line in lines if line.startswith("nianbao ")]


def mentioned(path: Path) -> list[str]:
    """Return the commands that a page names between its words, often without what they are run on."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return re.findall(r"`(nianbao [^`]+)`", re.sub("NAME|名称", "check", text))


def parsed(line: str) -> None:
    """Let click take the words of *line* apart as it would before it runs the command. Raises UsageError."""
    command: click.Command = as_clicks(program("zh"))
    words = shlex.split(line)[1:]
    context = None
    while True:
        context = click.Context(command, info_name=command.name, parent=context, resilient_parsing=False)
        if not isinstance(command, click.Group):
            command.parse_args(context, words)
            return
        first = next((word for word in words if not word.startswith("-")), None)
        if first is None:
            command.make_parser(context).parse_args(words)
            return
        found = command.get_command(context, first)
        assert found is not None, first
        words.remove(first)
        command = found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_is_one_that_there_is(path: Path) -> None:
    """Its options exist and take what they are given."""
    mere = mentioned(path)
    for line in (*commands(path), *mere):
        try:
            parsed(line)
        except click.exceptions.Exit:  # --help and --version have said what they had to
            pass
        except click.UsageError as error:
            if not (isinstance(error, click.MissingParameter) and line in mere):
                pytest.fail(f"{line}: {error.format_message()}")


def test_a_command_that_there_is_not_is_seen() -> None:
    """The test above can fail."""
    for line in ("nianbao check --fixit a.docx", "nianbao check --fix-mode loud a.docx"):
        with pytest.raises(click.UsageError):
            parsed(line)


@pytest.mark.parametrize("path", sorted({*PAGES, *DOCS.glob("*.md")}), ids=lambda path: path.name)
def test_every_picture_is_there_and_small(path: Path) -> None:
    """A page is read on slow lines too."""
    for words, target in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        picture = path.parent / target
        assert words, target
        assert picture.is_file(), target
        assert picture.stat().st_size < _LARGEST, target


def test_every_picture_is_shown() -> None:
    """None is left over from a page that has been written again."""
    shown = {
        (path.parent / target).resolve()
        for path in PAGES
        for target in re.findall(r"!\[[^]]*\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    }
    assert set((DOCS / "pictures").glob("*.png")) <= shown


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_say_the_same(name: str) -> None:
    """As many headings of each depth, the same pictures, and the same blocks but for names and remarks."""
    english, chinese = DOCS / f"{name}.md", DOCS / f"{name}.zh-CN.md"

    def shape(path: Path) -> tuple[list[str], list[str], list[tuple[str, str]]]:
        text = path.read_text(encoding="utf-8")
        bare = _FENCE.sub("", text)
        made = [(kind, _NAMES.sub("", block)) for kind, block in blocks(path) if kind != "console"]
        return re.findall(r"^#+", bare, re.MULTILINE), re.findall(r"!\[[^]]*\]\(([^)]+)\)", bare), made

    assert shape(english) == shape(chinese)


_HELD = re.compile(r"`(tests/[\w./]+)`")


@pytest.mark.parametrize("name", ["security.md", "security.zh-CN.md"])
def test_every_promise_names_the_tests_that_hold_it(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    promises = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    heads = text.count("\n| --- |")
    assert sum(not _HELD.search(line) for line in promises) == heads
    assert [path for path in _HELD.findall(text) if not (ROOT / path).exists()] == []


def test_both_languages_name_the_same_tests() -> None:
    english, chinese = (
        [
            _HELD.findall(line)
            for line in (DOCS / name).read_text(encoding="utf-8").splitlines()
            if "`tests/" in line
        ]
        for name in ("security.md", "security.zh-CN.md")
    )
    assert english == chinese
