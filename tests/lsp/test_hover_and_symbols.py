"""What an editor shows over a place, and the outline of a report."""

from pathlib import Path

import pytest
from cli.running import wrong_total
from lsp.editor import capabilities, editing
from lsprotocol import types
from nianbao.testing import compliant

pytestmark = pytest.mark.asyncio


async def test_a_finding_says_its_sum_its_clause_and_what_to_do(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        (found,) = [one for one in await editor.shown(uri) if one.code == "SUM004"]
        params = types.HoverParams(types.TextDocumentIdentifier(uri), found.range.start)
        said = await editor.client.text_document_hover_async(params)
        assert said is not None
        assert isinstance(said.contents, types.MarkupContent)
        words = said.contents.value
        assert words.startswith("**SUM004 ")
        assert "1 ≠ 2" in words
        assert "依据：" in words
        assert "怎样改：" in words
        assert "× 不成立" in words
        assert said.range == found.range


async def test_an_editor_that_shows_the_finding_itself_is_not_told_it_twice(tmp_path: Path) -> None:
    async with editing(tmp_path, capabilities(markdown=False), {"hover": "brief"}) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        (found,) = [one for one in await editor.shown(uri) if one.code == "SUM004"]
        said = await editor.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), found.range.start)
        )
        assert said is not None
        assert isinstance(said.contents, types.MarkupContent)
        lines = said.contents.value.split("\n\n")
        assert not any(line in found.message for line in lines)
        assert not any(line.startswith("怎样改：") for line in lines)
        assert any(line.startswith("依据：") for line in lines)
        assert any(line.startswith("× 不成立") for line in lines)


async def test_a_cell_says_what_it_is_and_which_sums_it_takes_part_in(tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.set("applications/received/natural_person", "4321")
    async with editing(tmp_path, capabilities(markdown=False)) as editor:
        uri = editor.open(tmp_path / "报告.txt", draft.render())
        lines = (await editor.hover(uri, "4321")).split("\n\n")
        assert "表三 · 一、本年新收政府信息公开申请数量 · 自然人：4321" in lines
        sums = [line for line in lines if line.startswith(("√", "×"))]
        assert len(sums) == 2  # its column is balanced, its row has a total
        assert any("“自然人”列" in line for line in sums)
        assert all("4321" in line for line in sums if line.startswith("×"))


async def test_sums_that_hold_say_so(tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    text = draft.render()
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", text)
        start = text.index("\t", text.index("一、本年新收政府信息公开申请数量")) + 1
        place = editor.position(text, start)
        said = await editor.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), place)
        )
        assert said is not None
        assert isinstance(said.contents, types.MarkupContent)
        assert said.contents.value.count("√ 成立") == 2
        assert "×" not in said.contents.value


async def test_over_plain_prose_there_is_nothing_to_say(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", compliant("2021", "county", 3).render())
        assert await editor.hover(uri, "一、总体情况") == ""


async def test_what_a_report_says_is_no_mark_up(tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.set("applications/received/natural_person", "[约](x)")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", draft.render())
        said = await editor.hover(uri, "[约](x)")
        assert r"\[约\](x)" in said
        assert "[约](x)" not in said.replace(r"\[约\](x)", "")


async def test_the_outline_has_sections_and_under_them_tables(tmp_path: Path) -> None:
    text = compliant("2021", "county", 3).render()
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", text)
        found = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        )
        tree = [one for one in found or () if isinstance(one, types.DocumentSymbol)]
        assert [one.name for one in tree] == [
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ]
        tables = [[child.name for child in one.children or ()] for one in tree]
        assert tables[2] == ["表三"]
        assert tables[3] == ["表四"]
        assert tables[1]
        for one in tree:
            assert editor.words_at(text, one.selection_range) == one.name
            for child in one.children or ():
                assert one.range.start.line <= child.range.start.line
                assert child.range.end.line <= one.range.end.line


async def test_an_editor_without_trees_gets_a_list(tmp_path: Path) -> None:
    async with editing(tmp_path, capabilities(tree=False)) as editor:
        uri = editor.open(tmp_path / "报告.txt", compliant("2021", "county", 3).render())
        found = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        )
        named = {
            one.name: one.container_name for one in found or () if isinstance(one, types.SymbolInformation)
        }
        assert named["表三"] == "三、收到和处理政府信息公开申请情况"
        assert named["一、总体情况"] is None
