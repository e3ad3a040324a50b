"""`--fix` on published and on mutated reports: no figure changes, what was fixed is gone, once is enough."""

import codecs
from pathlib import Path

import pytest
from fix_laws import broken_laws
from mutations import OPERATORS, mutate
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft, compliant
from sizes import sized

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
REPORTS = Path(__file__).parents[1] / "reports"
KINDS = (".txt", ".md", ".html", ".docx")
PUBLISHED = sorted(
    p for folder in (CORPUS, REPORTS) if folder.exists() for p in folder.iterdir() if p.suffix in KINDS
)
LEVELS = ("township", "bureau", "county", "city", "province", "ministry")
NAMES = sorted(OPERATORS)
ENCODINGS = {
    "utf-8": b"",
    "gb18030": b"",
    "utf-8 with a mark": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}


def drawn(seed: int) -> Draft:
    """Return the *seed*-th of a series of drafts that has every form, level and notation in turn."""
    form, level = ("2021", "2019")[seed % 2], LEVELS[seed // 2 % 6]
    return compliant(form, level, seed, ("tabs", "pipes", "bars")[seed // 12 % 3])  # type: ignore[arg-type]


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name[:24])
def test_on_every_published_report(path: Path, unsafe: bool) -> None:
    given = Input(path.name, data=path.read_bytes())

    assert list(broken_laws(linter(Settings()), given, unsafe=unsafe)) == []


@sized(many=(40, 150))
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_on_mutated_reports(unsafe: bool, many: int) -> None:
    """The seeds go round all operators, some of each; `python -m tests.bench fixes` takes five hundred."""
    broken = {}
    step = max(1, len(NAMES) * 36 // many)
    for seed in range(0, many * step, step):
        mutation = mutate(NAMES[seed % len(NAMES)], drawn(seed), seed)
        if mutation is not None:
            given = Input("青禾县.txt", data=mutation.text.encode())
            broken[seed] = list(broken_laws(linter(Settings()), given, unsafe=unsafe))

    assert len(broken) > many // 2
    assert {seed: laws for seed, laws in broken.items() if laws} == {}


def marred(seed: int) -> str:
    """Return a report with several things wrong that have one right answer, in words beyond every code page."""
    draft = drawn(seed)
    draft.rename("review//review_total", "总结")
    text = draft.render()
    first = text.index("\n", text.index("总体情况\n")) + 1
    return f"{text[:first]}𠮷先生一家👨\u200d👩\u200d👧前来咨询２２次。\n{text[first:]}".replace(
        "其他需要报告", "其它需要报告"
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_put_right_is_the_same_in_every_encoding(encoding: str, newline: str) -> None:
    from nianbao.run.proof import fixed

    text = marred(2)
    mark, codec = ENCODINGS[encoding], encoding.split(" ")[0]
    right = fixed(linter(Settings()), Input("青禾县.txt", data=text.encode()), unsafe=False)
    assert {"SUM007", "SEC004"} <= {d.code for d in right.made}

    given = Input("青禾县.txt", data=mark + text.replace("\n", newline).encode(codec))
    done = fixed(linter(Settings()), given, unsafe=False)

    assert done.data == mark + right.data.decode().replace("\n", newline).encode(codec)
    assert list(broken_laws(linter(Settings()), given, unsafe=False)) == []


@pytest.mark.parametrize("seed", range(12))
def test_only_what_was_meant_is_changed(seed: int) -> None:
    """The report that the mistakes were made in comes back, byte for byte."""
    from nianbao.run.proof import fixed

    right = drawn(seed)
    wrong = right.copy()
    wrong.rename("review//review_total", "总结")
    text = wrong.render().replace("六、其他需要报告", "六、其它需要报告")
    given = Input("青禾县.txt", data=text.encode())

    assert fixed(linter(Settings()), given, unsafe=False).data == right.render().encode()
