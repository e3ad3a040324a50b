"""Where the values of `[tool.nianbao]` are written, in files that nobody has looked through."""

from pathlib import Path

import pytest
from effort import LINEAR, growth
from nianbao.files.toml_file import read_table
from nianbao.files.values import entries
from nianbao.files.yaml_file import FileError, Item


def read(folder: Path, text: str) -> Item:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    found = read_table(str(path))
    assert found is not None
    return found[1]


def test_a_value_is_where_its_key_is(tmp_path: Path) -> None:
    """Of bare, quoted and dotted keys, behind blanks and before them."""
    text = '[ tool.nianbao ]\n  year = 2025\n"level"="county"\nseverity."SUM001" = "info"\n'
    item = read(tmp_path, text)

    assert entries(item)["year"].value.offset == text.index("year")
    assert entries(item)["level"].value.offset == text.index('"level"')
    assert entries(entries(item)["severity"].value)["SUM001"].value.offset == text.index("severity")


@pytest.mark.parametrize(
    "line",
    [
        "ignore=" + "[" * 1000,
        "ignore=" + "[" * 40 + "]" * 40,
        ".".join("a" * 5000) + "=1",
        "year=" + "9" * 4301,
    ],
)
def test_what_is_too_deep_or_too_long_is_a_fault_of_the_file(line: str, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read(tmp_path, f"[tool.nianbao]\n{line}\n")


def test_a_number_of_thousands_of_digits_is_none_that_a_setting_could_have(tmp_path: Path) -> None:
    assert entries(read(tmp_path, f"[tool.nianbao]\nyear=0x{'f' * 5000}\n"))["year"].value.content is None


@pytest.mark.parametrize("sign", ["中", " ", "\t", "a", "[", '"', ". "])
def test_a_long_line_costs_no_more_than_its_length(sign: str, tmp_path: Path) -> None:
    """Nor does one in a string of many lines, which looks like a key for a long time."""

    def work(size: int) -> None:
        read(
            tmp_path, f"[tool.nianbao]\nyear = 2025\n[other]\ntext = '''\n{sign * (size // len(sign))}\n'''\n"
        )

    assert growth(work, 4_000) < LINEAR
