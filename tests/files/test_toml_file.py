"""Where the values of `[tool.nianbao]` are written, in files that nobody has looked through."""

from pathlib import Path

import pytest
from effort import LINEAR, growth
from nianbao.files.toml_file import read_table
from nianbao.files.values import entries
from nianbao.files.yaml_file import Item


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


@pytest.mark.parametrize("sign", ["中", " ", "\t", "a", "[", '"', ". "])
def test_a_long_line_costs_no_more_than_its_length(sign: str, tmp_path: Path) -> None:
    """Nor does one in a string of many lines, which looks like a key for a long time."""

    def work(size: int) -> None:
        read(
            tmp_path, f"[tool.nianbao]\nyear = 2025\n[other]\ntext = '''\n{sign * (size // len(sign))}\n'''\n"
        )

    assert growth(work, 4_000) < LINEAR
