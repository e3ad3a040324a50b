"""A report is read alike, wherever a converter has put line ends into its prose."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mutations import OPERATORS, mutate
from nianbao.engine.verdict import Verdict
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft
from nianbao.testing.strategies import reports
from rendering.grids import Block, Line, content
from rendering.variants import FILES
from rendering.wrapping import WAYS, wrapped, wrapped_blocks
from sizes import sized

WIDTHS = st.integers(30, 80)
WAY = st.sampled_from(sorted(WAYS))


def verdict(data: bytes, suffix: str) -> Verdict:
    found = linter(Settings()).check(Input(f"青禾县{suffix}", data=data)).verdict
    assert found is not None
    return found


def cells(of: Verdict) -> dict[str, str]:
    return {cell.address: cell.text for table in of.report.tables.values() for cell in table.cells}


def found(in_: Verdict) -> list[tuple[str, str]]:
    return [(each.code, each.severity.name) for each in in_.diagnostics]


@sized(examples=(60, 1000))
def test_a_wrapped_report_is_as_right_as_it_was(examples: int) -> None:
    @settings(max_examples=examples)
    @given(draft=reports(), width=WIDTHS, way=WAY)
    def holds(draft: Draft, width: int, way: str) -> None:
        marked = draft.notation == "pipes"
        text, suffix = draft.render(), ".md" if marked else ".txt"
        plain = verdict(text.encode(), suffix)
        read = verdict(wrapped(text, width, way, apart=marked).encode(), suffix)
        assert found(read) == found(plain) == []
        assert cells(read) == cells(plain)
        assert (read.report.year, read.report.issuer) == (plain.report.year, plain.report.issuer)
        assert [s.title.text for s in read.report.sections] == [s.title.text for s in plain.report.sections]

    holds()


@sized(examples=(60, 1000))
def test_a_fault_is_found_where_it_is(examples: int) -> None:
    """The words of a finding are in the file where it says, but for the line ends in them."""

    @settings(max_examples=examples)
    @given(
        name=st.sampled_from(sorted(OPERATORS)),
        draft=reports(),
        seed=st.integers(0, 10**6),
        width=WIDTHS,
        way=WAY,
    )
    def holds(name: str, draft: Draft, seed: int, width: int, way: str) -> None:
        mutation = mutate(name, draft, seed)
        assume(mutation is not None)
        assert mutation is not None
        marked = draft.notation == "pipes"
        suffix = ".md" if marked else ".txt"
        text = wrapped(mutation.text, width, way, apart=marked)
        # One or two lines at the edge may as well end there by chance.
        assume(text.count("\n") - mutation.text.count("\n") not in (1, 2))
        read = verdict(text.encode(), suffix)
        assert found(read) == found(verdict(mutation.text.encode(), suffix))
        source = read.report.source
        for each in read.diagnostics:
            words = source[each.finding.span]
            if source.raw is not None and words:
                places = source.locate(each.finding.span)
                in_file = text[min(p.at for p in places) : max(p.until for p in places)]
                assert "".join(in_file.split()) == "".join(words.split())

    holds()


@pytest.mark.parametrize("file", ["html", "docx"])
@sized(examples=(10, 200))
def test_a_paragraph_for_each_line_is_read_as_one(file: str, examples: int) -> None:
    suffix, write = FILES[file]

    @settings(max_examples=examples)
    @given(draft=reports(notation="tabs"), width=WIDTHS, way=st.sampled_from(sorted(WAYS)[:2]))
    def holds(draft: Draft, width: int, way: str) -> None:
        blocks = content(draft)
        assert blocks is not None
        read, plain = (verdict(write(of), suffix) for of in (wrapped_blocks(blocks, width, way), blocks))
        assert found(read) == found(plain)
        assert cells(read) == cells(plain)

    holds()


@pytest.mark.parametrize("file", ["txt", "html", "docx"])
@sized(examples=(10, 200))
def test_a_heading_on_two_lines_is_one(file: str, examples: int) -> None:
    suffix, write = FILES[file]

    @settings(max_examples=examples)
    @given(draft=reports(notation="tabs"), data=st.data())
    def holds(draft: Draft, data: st.DataObject) -> None:
        blocks: list[Block] = []
        for block in content(draft) or ():
            if isinstance(block, Line) and block.role == "heading":
                at = data.draw(st.integers(4, len(block.text) - 2))
                blocks += [Line(block.text[:at], "heading"), Line(block.text[at:], "prose")]
            else:
                blocks.append(block)
        assert found(verdict(write(blocks), suffix)) == []

    holds()
