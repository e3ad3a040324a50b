"""The findings that an editor shows for a report, asked for or sent, in whatever units it counts."""

import asyncio
from pathlib import Path

import pytest
from cli.running import wrong_total
from lsp.editor import capabilities, editing
from lsprotocol import types
from nianbao.testing import compliant

pytestmark = pytest.mark.asyncio

LABEL = "总结"  # what the report says where the form prints 总计: SUM007, a fix of which is safe


def mislabelled() -> str:
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", LABEL)
    return draft.render()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "青禾县.txt"
    path.write_bytes(mislabelled().encode())
    return path


async def test_an_editor_that_does_not_ask_is_told(report: Path) -> None:
    async with editing(report.parent) as editor:
        uri = editor.open(report)
        (found,) = await editor.shown(uri)
        assert (found.code, found.source, found.severity) == (
            "SUM007",
            "nianbao",
            types.DiagnosticSeverity.Warning,
        )
        assert editor.words_at(editor.texts[uri].words, found.range) == LABEL
        assert found.message.startswith("表四的“总结”应为“总计”")
        assert isinstance(found.data, dict)
        assert len(found.data["fingerprint"]) == 16


async def test_an_editor_that_asks_is_answered_and_not_told_besides(report: Path) -> None:
    async with editing(report.parent, capabilities(pull=True)) as editor:
        uri = editor.open(report)
        said = await editor.pulled(uri)
        assert [one.code for one in said.items] == ["SUM007"]
        same = await editor.pulled(uri, said.result_id)
        assert (same.kind, same.result_id) == ("unchanged", said.result_id)
        editor.type(uri, LABEL, "总计")
        new = await editor.pulled(uri, said.result_id)
        assert (new.kind, new.items) == ("full", [])
        assert uri not in editor.published


async def test_what_is_sent_names_the_version_it_is_about_and_what_is_stale_is_never_sent(
    report: Path,
) -> None:
    async with editing(report.parent, None, {"delay": 150}) as editor:
        uri = editor.open(report)
        await editor.shown(uri)
        for letter in "一二三四五":
            editor.type(uri, LABEL, LABEL + letter)
        editor.type(uri, LABEL + "五四三二一", LABEL)
        (found,) = await editor.shown(uri)
        assert editor.words_at(editor.texts[uri].words, found.range) == LABEL
        assert [sent.version for sent in editor.published[uri]] == [1, 7]


async def test_a_result_that_has_been_overtaken_is_asked_for_again(report: Path) -> None:
    async with editing(report.parent, capabilities(pull=True)) as editor:
        uri = editor.open(report)
        first = asyncio.ensure_future(editor.pulled(uri))
        await asyncio.sleep(0)
        editor.type(uri, LABEL, "总计")
        with pytest.raises(Exception, match="changed") as caught:
            await first
        assert getattr(caught.value, "code", None) == types.LSPErrorCodes.ServerCancelled.value
        assert (await editor.pulled(uri)).items == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_places_are_counted_as_was_agreed(tmp_path: Path, encoding: str, newline: str) -> None:
    """Behind signs of every width: 𠮷 is one character, two units of UTF-16 and four bytes."""
    text = wrong_total().replace(
        "一、总体情况\n", "一、总体情况\n𠮷野\t👩\u200d👩\u200d👧１２：其它事项按规定办理。\n", 1
    )
    path = tmp_path / "报告.txt"
    path.write_bytes(text.replace("\n", newline).encode())
    async with editing(tmp_path, capabilities(encodings=[encoding])) as editor:
        assert editor.encoding == encoding
        uri = editor.open(path)
        found = await editor.shown(uri)
        words = editor.texts[uri].words
        shown = {one.code: editor.words_at(words, one.range) for one in found}
        assert shown["SUM004"] == "2"
        line = next(n for n, one in enumerate(words.split(newline)) if one.startswith("𠮷"))
        here = [one for one in found if one.range.start.line == line]
        assert here
        for one in here:
            assert editor.words_at(words, one.range) in ("１２", "其它", "1", "２", "１")


async def test_the_first_encoding_that_the_editor_prefers_is_taken(tmp_path: Path) -> None:
    async with editing(tmp_path, capabilities(encodings=["utf-32", "utf-8"])) as editor:
        assert editor.encoding == "utf-32"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_a_byte_order_mark_that_an_editor_keeps_moves_nothing(tmp_path: Path, encoding: str) -> None:
    title = "青禾县人民政府2024年政府信息公开工作年度报告"
    text = f"\ufeff{title}\n"
    async with editing(tmp_path, capabilities(encodings=[encoding]), {"check": "all"}) as editor:
        uri = editor.open(tmp_path / "报告.txt", text)
        found = [one for one in await editor.shown(uri) if one.code == "DOC001"]
        assert [editor.words_at(text, one.range) for one in found] == [title]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_text_is_kept_as_it_is_typed_whatever_stands_in_it(tmp_path: Path, encoding: str) -> None:
    """A line separator, a form feed and a next-line sign end no line in an editor."""
    path = tmp_path / "报告.txt"
    odd = "甲\u2028乙\x0b丙\x0c丁\x85戊𠮷己\n"
    text = mislabelled().replace("一、总体情况\n", f"一、总体情况\n{odd}", 1)
    async with editing(tmp_path, capabilities(encodings=[encoding])) as editor:
        uri = editor.open(path, text.replace(LABEL, "总计"))
        assert [d for d in await editor.shown(uri) if d.code == "SUM007"] == []
        editor.type(uri, "己", "己庚")
        editor.type(uri, "戊𠮷己庚", "")
        start = text.index(LABEL) - len("戊𠮷己")
        assert editor.texts[uri].words[start : start + 2] == "总计"
        editor.change(uri, start, start + 2, LABEL)
        found = [d for d in await editor.shown(uri) if d.code == "SUM007"]
        assert [editor.words_at(editor.texts[uri].words, one.range) for one in found] == [LABEL]


async def test_cells_that_take_part_are_related(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        (found,) = [one for one in await editor.shown(uri) if one.code == "SUM004"]
        related = found.related_information or []
        assert [one.message.rpartition(" ")[2] for one in related] == ["1"]
        assert [one.location.uri for one in related] == [uri]
        words = [editor.words_at(editor.texts[uri].words, one.location.range) for one in related]
        assert words == ["1"]


async def test_a_rule_leads_to_its_page(report: Path) -> None:
    async with editing(report.parent) as editor:
        (found,) = await editor.shown(editor.open(report))
        assert found.code_description is not None
        path, _, line = found.code_description.href.partition("#L")
        page = Path(path.removeprefix("file://")).read_text(encoding="utf-8").split("\n")
        assert page[int(line) - 1].startswith("## SUM007 ")
    for docs, href in (
        (
            "https://docs.qinghe.example/nianbao/",
            "https://docs.qinghe.example/nianbao/zh/reference/SUM007.html",
        ),
        ("https://docs.qinghe.example/{code}.html", "https://docs.qinghe.example/SUM007.html"),
    ):
        async with editing(report.parent, None, {"docs": docs}) as editor:
            (found,) = await editor.shown(editor.open(report))
            assert found.code_description is not None
            assert found.code_description.href == href


async def test_a_rule_leads_to_the_site_that_the_settings_name(report: Path) -> None:
    (report.parent / "nianbao.yaml").write_text("docs-url: https://docs.qinghe.example\n")
    async with editing(report.parent) as editor:
        (found,) = await editor.shown(editor.open(report))
        assert found.code_description is not None
        assert found.code_description.href == "https://docs.qinghe.example/zh/reference/SUM007.html"
    own = {"docs": "https://own.example"}  # that of the editor comes first
    async with editing(report.parent, None, own) as editor:
        (found,) = await editor.shown(editor.open(report))
        assert found.code_description is not None
        assert found.code_description.href.startswith("https://own.example/")


async def test_an_editor_is_sent_nothing_that_it_has_not_announced(report: Path) -> None:
    async with editing(report.parent, capabilities(rich=False)) as editor:
        for found in await editor.shown(editor.open(report, wrong_total())):
            assert (found.related_information, found.code_description, found.tags, found.data) == (None,) * 4


async def test_a_text_that_is_no_report_is_left_alone_unless_all_are_asked_for(tmp_path: Path) -> None:
    readme = "# 说明\n\n这个文件夹放本县的会议通知。\n"
    async with editing(tmp_path) as editor:
        assert await editor.shown(editor.open(tmp_path / "README.md", readme, "markdown")) == []
    async with editing(tmp_path, None, {"check": "all"}) as editor:
        found = await editor.shown(editor.open(tmp_path / "README.md", readme, "markdown"))
        assert "DOC001" in {one.code for one in found}


async def test_a_report_just_begun_is_judged_where_somebody_has_set_up_nianbao(tmp_path: Path) -> None:
    draft = "青禾县人民政府2024年政府信息公开工作年度报告\n"
    async with editing(tmp_path) as editor:
        assert await editor.shown(editor.open(tmp_path / "a.txt", draft)) == []
    (tmp_path / "nianbao.yaml").write_text("level: county\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        found = await editor.shown(editor.open(tmp_path / "a.txt", draft))
        assert "DOC001" in {one.code for one in found}
        other = editor.open(tmp_path / "README.md", "# 说明\n\n会议通知。\n", "markdown")
        assert await editor.shown(other) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (mislabelled() + "公开政府信息。" * 300_000, ["unreadable"]),
        ("2024-03-01 12:00:00 GET /index.html 200\n" * 150_000, []),
    ],
    ids=["a report", "a log"],
)
async def test_a_text_that_is_too_large_is_told_once_if_it_is_a_report(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    async with editing(tmp_path, capabilities(pull=True)) as editor:
        uri = editor.open(tmp_path / "a.txt", text)
        found = (await editor.pulled(uri)).items
        assert [one.code for one in found] == told
        assert all("超过 5 MiB" in one.message for one in found)
        editor.change(uri, len(mislabelled()), len(text), "")
        assert [one.code for one in (await editor.pulled(uri)).items] == (["SUM007"] if told else [])


async def test_nothing_is_shown_for_a_text_that_is_closed(report: Path) -> None:
    async with editing(report.parent) as editor:
        uri = editor.open(report)
        assert await editor.shown(uri)
        editor.close(uri)
        assert await editor.again(uri, 1) == []


async def test_a_private_number_is_shown_nowhere(tmp_path: Path) -> None:
    number = "13800006789"
    text = wrong_total().replace("一、总体情况\n", f"一、总体情况\n联系人李某某，手机{number}。\n", 1)
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", text)
        found = [one for one in await editor.shown(uri) if str(one.code).startswith("PRV")]
        assert found
        said = [*(one.message for one in found), await editor.hover(uri, number)]
        assert all(number not in words for words in said)
        assert "PRV" in said[-1]


async def test_a_page_is_judged_and_its_places_are_those_of_the_page(tmp_path: Path) -> None:
    lines = "".join(f"<p>{line}</p>\n" for line in mislabelled().split("\n") if not line.startswith("\t"))
    page = f"<!DOCTYPE html>\n<html><body>\n{lines}<p>联系电话<b>13800006789</b>。</p></body></html>\n"
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "report.html", page, "html")
        found = [one for one in await editor.shown(uri) if str(one.code).startswith("PRV")]
        assert [editor.words_at(page, one.range) for one in found] == ["13800006789"]


async def test_messages_are_in_the_language_asked_for(report: Path) -> None:
    async with editing(report.parent, None, None, None, "--lang", "en") as editor:
        (found,) = await editor.shown(editor.open(report))
        assert "总计" in found.message
        assert "use the printed label" in found.message
    async with editing(report.parent, capabilities(settings=True), None, {"language": "en"}) as editor:
        uri = editor.open(report)
        while "use the printed label" not in (await editor.shown(uri))[0].message:
            await editor.wait()
