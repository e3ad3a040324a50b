"""Patterns that were compiled when the package was built do what `re` does with them."""

import re
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.testing import compliant
from nianbao_grammar import patterns
from nianbao_grammar.compile_patterns import asked, write
from nianbao_grammar.parts import Parts

OURS = ("nianbao_grammar", "nianbao", "nianbao_rules")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The patterns of the packages as this interpreter compiles them, in the place of those of the install."""
    folder = tmp_path_factory.mktemp("patterns")
    write(folder, OURS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patterns, "HERE", str(folder))
        _forget()
        yield Parts(str(folder / patterns.file_name()))
    _forget()


def _forget() -> None:
    patterns._built.cache_clear()
    patterns._compiled.cache_clear()


def test_every_pattern_finds_what_re_finds(table: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the beginnings of reports of both forms, and none of them was compiled again."""
    # Most patterns are for a sentence or less: over a whole report some would take their time.
    texts = [
        line[:80]
        for form in ("2019", "2021")
        for line in compliant(form, "county", 7).render().split("\n")[:12]
    ]
    expected = {each: re.compile(*each) for each in table}
    monkeypatch.setattr(re, "compile", _never)

    for (pattern, flags), by_re in expected.items():
        ours = patterns.compile(pattern, flags)
        assert (ours.pattern, ours.flags, ours.groups) == (by_re.pattern, by_re.flags, by_re.groups)
        assert ours.groupindex == by_re.groupindex
        for text in texts:
            said: Any = text if isinstance(pattern, str) else text.encode()
            found, wanted = ours.finditer(said), by_re.finditer(said)
            assert [_told(m) for m in islice(found, 50)] == [_told(m) for m in islice(wanted, 50)]


def _told(match: "re.Match[Any]") -> tuple[Any, ...]:
    return match.span(), match.groups(), match.lastgroup


def _never(*_: object) -> None:
    raise AssertionError("compiled again")


def test_a_pattern_that_is_not_in_the_table_is_compiled(table: Parts) -> None:
    assert ("甲(?P<n>乙)丙", 0) not in table

    match = patterns.search("甲(?P<n>乙)丙", "子甲乙丙")

    assert match is not None
    assert (match["n"], match.span()) == ("乙", (1, 4))


@pytest.mark.parametrize("missing", ["_sre", "the table"])
def test_an_interpreter_without_either_compiles(
    missing: str, table: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern = next(iter(table))
    if missing == "_sre":
        monkeypatch.setitem(sys.modules, "_sre", None)
    else:
        monkeypatch.setattr(patterns, "HERE", str(tmp_path))
    _forget()

    assert patterns._built() == (re.compile, {})
    assert patterns.compile(*pattern) == re.compile(*pattern)
    monkeypatch.undo()
    _forget()


TEXTS = st.text("甲乙丙ab \n12，", max_size=12)
CALLS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    name: (getattr(patterns, name), getattr(re, name))
    for name in ("search", "match", "fullmatch", "findall", "split")
}


@given(
    text=TEXTS,
    pattern=st.sampled_from(["甲+", "(乙)|a", r"^\s*1", "[，\n]", "丙?$"]),
    name=st.sampled_from(sorted(CALLS)),
)
def test_the_functions_are_those_of_re(text: str, pattern: str, name: str) -> None:
    ours, theirs = (call(pattern, text, flags=re.MULTILINE) for call in CALLS[name])

    assert repr(ours) == repr(theirs)
    assert patterns.sub(pattern, "-", text, count=1) == re.sub(pattern, "-", text, count=1)
    assert list(map(repr, patterns.finditer(pattern, text))) == list(map(repr, re.finditer(pattern, text)))


def test_what_calls_ask_for_by_constants_is_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A constant, one with flags, those among the constants of a function; not its words, nor what only a call knows."""
    package = tmp_path / "qingshi_patterns"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from nianbao_grammar import patterns as re\n"
        "_ONE, _PAIRS, _BY = 'a+', (('k', 'b+'), ('l', 'c+')), {1: 'e+', 2: ('f+',), 3: '(?:'}\n"
        "_TWO = re.compile(rf'{_ONE}d', re.MULTILINE)\n"
        "def find(text, word):\n"
        "    yield from (re.search(each, text) for _, each in _PAIRS)\n"
        "def without(text):\n"
        "    return re.sub(_ONE, '', text, flags=re.DOTALL)\n"
        "def of_the_call(text, word):\n"
        "    return re.search(word, text), re.escape('[')\n"
        "def one_of(text, kind):\n"
        "    chosen = _BY[kind]\n"
        "    return re.search(chosen, text)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    scanners = asked(("nianbao_grammar",))

    assert asked(("qingshi_patterns",)) - scanners == {
        ("b+", 0), ("c+", 0), ("a+", int(re.DOTALL)), ("a+d", int(re.MULTILINE)), ("e+", 0), ("f+", 0)
    }  # fmt: skip
    assert write(tmp_path, ("qingshi_patterns",)) >= 4
    assert ("b+", 0) in Parts(str(tmp_path / patterns.file_name()))


def test_every_module_of_the_program_takes_patterns_from_there() -> None:
    """The program that takes a PDF apart is one of its own, and imports nothing of ours."""
    exceptions = {"patterns.py", "compile_patterns.py", "extract.py"}
    root = Path(patterns.__file__).parents[2]
    modules = [
        each for name in OURS for each in root.glob(f"*/{name}/**/*.py") if each.name not in exceptions
    ]

    assert len(modules) > 300
    assert [
        str(each) for each in modules if re.search(r"(?m)^\s*(import re|from re import)\b", each.read_text())
    ] == []
