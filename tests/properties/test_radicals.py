"""A report in radicals and compatibility forms, as browsers and fonts write them, is the report they stand for."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.engine.verdict import Verdict
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft
from nianbao.testing.strategies import reports
from rendering.grids import content
from rendering.variants import FILES

BLOCKS = {"Kangxi": range(0x2F00, 0x2FD6), "compatibility": range(0xF900, 0xFADA)}
# Unicode does not say what the simplified radicals stand for, nor that the mainland writes 户 for 戶; these are in the words of reports.
SIMPLIFIED = dict(zip("民页见门长贝车风马齐母户青黄", "⺠⻚⻅⻔⻓⻉⻋⻛⻢⻬⺟⼾⾭⿈", strict=True))


def table(block: str) -> dict[int, str]:
    """Return the characters that have another in *block*, and that."""
    if block == "simplified":
        return str.maketrans(SIMPLIFIED)
    meant = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in BLOCKS[block]}
    return str.maketrans({sign: other for sign, other in meant.items() if len(sign) == 1})


def verdict(data: bytes, suffix: str) -> Verdict:
    found = linter(Settings()).check(Input(f"青禾县{suffix}", data=data)).verdict
    assert found is not None
    return found


def cells(of: Verdict) -> dict[str, str]:
    return {cell.address: cell.text for table in of.report.tables.values() for cell in table.cells}


@pytest.mark.parametrize("file", ["txt", "md", "html"])
@pytest.mark.parametrize("block", [*BLOCKS, "simplified"])
def test_title_tables_and_prose_are_read_as_what_they_mean(block: str, file: str) -> None:
    suffix, write = FILES[file]
    signs = table(block)

    @settings(max_examples=5)
    @given(draft=reports(notation="tabs"), more=st.integers(0, 3))
    def holds(draft: Draft, more: int) -> None:
        draft.set("applications/received/total", str(int(draft.cells["applications/received/total"]) + more))
        blocks = content(draft)
        assert blocks is not None
        text = write(blocks).decode()
        read, plain = (verdict(each.encode(), suffix) for each in (text.translate(signs), text))
        assert [d.finding for d in read.diagnostics] == [d.finding for d in plain.diagnostics]
        assert cells(read) == cells(plain)
        assert (read.report.issuer, read.report.year) == (plain.report.issuer, plain.report.year)
        assert [s.key for s in read.report.sections] == [s.key for s in plain.report.sections]

    holds()


def test_reports_have_such_signs() -> None:
    text = "青禾县人民政府政府信息公开工作年度报告，一、行政机关见第二页"
    assert [sign for sign in text if ord(sign) in table("Kangxi")] == list("禾人工一行二")
    assert [sign for sign in text if ord(sign) in table("simplified")] == list("青民见页")
