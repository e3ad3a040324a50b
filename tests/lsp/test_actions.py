"""What an editor offers to do about a finding, and what the report is like when it has been done."""

from pathlib import Path

import pytest
from cli.running import wrong_total
from lsp.editor import Editor, capabilities, editing
from lsprotocol import types
from nianbao.suppression.waivers import read_waivers
from nianbao.testing import compliant

pytestmark = pytest.mark.asyncio

LABEL = "总结"  # where the form prints 总计: SUM007, whose fix is safe


def mislabelled() -> str:
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", LABEL)
    return draft.render()


async def fixes(editor: Editor, uri: str, code: str) -> list[types.CodeAction]:
    """Return the quick fixes offered at the first finding *code*, waiving left out."""
    found = next(one for one in await editor.shown(uri) if one.code == code)
    actions = await editor.actions(uri, found.range, "quickfix", diagnostics=[found])
    assert all(
        one.diagnostics == [found] or one.diagnostics == (found,)
        for one in actions
        if code in str(one.diagnostics)
    )
    return [one for one in actions if "豁免" not in one.title]


@pytest.mark.parametrize(("encoding", "versions"), [("utf-8", True), ("utf-16", False)])
async def test_a_safe_fix_is_preferred_and_leaves_the_report_clean(
    tmp_path: Path, encoding: str, versions: bool
) -> None:
    announced = capabilities(encodings=[encoding], versions=versions)
    async with editing(tmp_path, announced) as editor:
        text = mislabelled()
        uri = editor.open(tmp_path / "报告.txt", text)
        (fix,) = await fixes(editor, uri, "SUM007")
        assert (fix.title, fix.is_preferred) == ("改为格式印明的“总计”", True)
        assert fix.edit is not None
        editor.apply(fix.edit)
        assert editor.texts[uri].words == text.replace(LABEL, "总计")
        assert await editor.shown(uri) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_a_fix_falls_on_its_place_behind_signs_of_every_width(tmp_path: Path, encoding: str) -> None:
    right = compliant("2021", "county", 3).render()
    right = right.replace("本报告依照", "𠮷野👩\u200d👩\u200d👧\t１２本报告依照", 1).replace("\n", "\r\n")
    wrong = right.replace("12月31日止", "12月31止", 1)
    assert wrong != right
    async with editing(tmp_path, capabilities(encodings=[encoding])) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong)
        (fix,) = await fixes(editor, uri, "PER003")
        assert fix.edit is not None
        editor.apply(fix.edit)
        assert editor.texts[uri].words == right


async def test_a_fix_that_changes_a_figure_is_to_be_confirmed(tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    cell = "applications/total/natural_person"
    before = draft.render()
    draft.set(cell, "987")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", draft.render())
        (fix,) = await fixes(editor, uri, "SUM001")
        assert fix.title.endswith("（需确认）")
        assert fix.is_preferred is None
        assert fix.edit is not None
        editor.apply(fix.edit)
        assert editor.texts[uri].words == before
        assert await editor.shown(uri) == []


async def test_all_that_is_certain_is_fixed_at_once_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", LABEL)
    draft.rename("applications/carried_in", "二、上年结转的政府信息公开申请数量")
    text = draft.render().replace("\n", "\r\n")
    async with editing(tmp_path, capabilities(encodings=["utf-8"])) as editor:
        uri = editor.open(tmp_path / "报告.txt", text)
        before = await editor.shown(uri)
        assert len(before) == 2
        top = types.Range(types.Position(0, 0), types.Position(0, 0))
        (fix,) = await editor.actions(uri, top, "source.fixAll")
        assert (fix.title, fix.kind) == ("年报：改正全部确定的问题", "source.fixAll.nianbao")
        assert fix.edit is not None
        editor.apply(fix.edit)
        assert editor.texts[uri].words == compliant("2021", "county", 3).render().replace("\n", "\r\n")
        assert await editor.shown(uri) == []
        assert await editor.actions(uri, top, "source.fixAll.nianbao") == []


async def test_only_what_is_asked_for_is_offered(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", mislabelled())
        (found,) = await editor.shown(uri)
        assert await editor.actions(uri, found.range, "refactor") == []
        kinds = {one.kind for one in await editor.actions(uri, found.range)}
        assert kinds == {"quickfix", "source.fixAll.nianbao"}
        elsewhere = types.Range(types.Position(0, 0), types.Position(0, 1))
        assert await editor.actions(uri, elsewhere, "quickfix") == []


async def test_a_fix_in_a_page_keeps_its_mark_up(tmp_path: Path) -> None:
    text = "<!DOCTYPE html>\n<html><body>\n" + "".join(
        f"<p>{line}</p>\n" for line in compliant("2021", "county", 3).render().split("\n") if line.strip()
    )
    wrong = text.replace("<p>二、主动公开政府信息情况</p>", "<p><b>三、主动</b>公开政府信息情况</p>", 1)
    assert wrong != text
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.html", wrong + "</body></html>\n", "html")
        found = [one for one in await editor.shown(uri) if str(one.code).startswith("SEC")]
        assert found
        offered = [
            action
            for one in found
            for action in await editor.actions(uri, one.range, "quickfix")
            if action.is_preferred
        ]
        assert offered
        assert offered[0].edit is not None
        editor.apply(offered[0].edit)
        assert "<p><b>二、主动</b>公开政府信息情况</p>" in editor.texts[uri].words


# -- waivers -------------------------------------------------------------------------------------------------


async def waiving(editor: Editor, uri: str) -> types.CodeAction:
    found = next(one for one in await editor.shown(uri) if one.code == "SUM004")
    actions = await editor.actions(uri, found.range, "quickfix", diagnostics=[found])
    (action,) = [one for one in actions if one.title == "豁免 SUM004，写明理由"]
    return action


@pytest.mark.parametrize(("versions", "creates"), [(True, True), (True, False), (False, False)])
async def test_a_waiver_counts_when_somebody_has_written_its_reason(
    tmp_path: Path, versions: bool, creates: bool
) -> None:
    (tmp_path / "报告.txt").write_bytes(wrong_total().encode())
    file = tmp_path / "nianbao.waivers.yaml"
    async with editing(tmp_path, capabilities(versions=versions, creates=creates)) as editor:
        uri = editor.open(tmp_path / "报告.txt")
        action = await waiving(editor, uri)
        assert action.edit is not None
        editor.apply(action.edit)
        waivers = file.as_uri()
        (missing,) = await editor.shown(waivers)
        assert "reason" in missing.message
        assert editor.words_at(editor.texts[waivers].words, missing.range) == '""'
        # Where the cursor is put.
        assert action.command is not None
        assert action.command.arguments is not None
        there, line, character = action.command.arguments
        assert there == waivers
        offset = editor.offset(editor.texts[waivers].words, types.Position(line, character))
        assert editor.texts[waivers].words[offset - 1 : offset + 1] == '""'
        editor.change(waivers, offset, offset, "复议决定书另有一件，已附说明")
        assert await editor.shown(waivers) == []
        before = len(editor.published[uri])
        editor.save(waivers)  # in an editor that watches no files
        assert [one.code for one in await editor.again(uri, before)] == []
        (waiver,) = read_waivers(str(file)).entries
        assert (waiver.code, waiver.report) == ("SUM004", "报告")


async def test_a_waiver_goes_behind_those_there_are_as_they_stand_in_the_editor(tmp_path: Path) -> None:
    file = tmp_path / "nianbao.waivers.yaml"
    file.write_text("waivers:\n- code: SUM001\n  at: 表三 · 总计\n  reason: 见附件\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        waivers = editor.open(file, language="yaml")
        editor.type(waivers, "见附件\n", "见附件一\n")
        action = await waiving(editor, uri)
        assert action.edit is not None
        editor.apply(action.edit)
        words = editor.texts[waivers].words
        assert words.startswith(
            "waivers:\n- code: SUM001\n  at: 表三 · 总计\n  reason: 见附件一\n- code: SUM004\n"
        )
        assert words.endswith('  reason: ""\n')


async def test_the_cursor_is_put_where_the_reason_goes(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        action = await waiving(editor, uri)
        assert action.command is not None
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(action.command.command, action.command.arguments)
        )
        (shown,) = editor.client.shown_documents
        assert shown.uri == (tmp_path / "nianbao.waivers.yaml").as_uri()
    async with editing(tmp_path, capabilities(shows=False)) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        assert (await waiving(editor, uri)).command is None


async def test_no_waiver_is_offered_where_none_could_be_added(tmp_path: Path) -> None:
    (tmp_path / "nianbao.waivers.yaml").write_text("waivers: []\nmore: 1\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        (why,) = await editor.shown(uri)
        assert "没有检查" in why.message
        assert await editor.actions(uri, why.range) == []
