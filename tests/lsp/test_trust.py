"""What the language server does in the folder of a stranger: it runs nothing, and says once how to trust it."""

from pathlib import Path

import pytest
from cli.conftest import run  # noqa: F401
from cli.running import Run, wrong_total
from cli.test_trust import PYTHON
from lsp.editor import Editor, capabilities, editing
from lsprotocol import types


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NIANBAO_TRUST")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    there = tmp_path / "there"
    there.mkdir()
    (there / "county.py").write_text(PYTHON, encoding="utf-8")
    (there / "nianbao.yaml").write_text("plugins: county.py\nignore: [QH009]\n", encoding="utf-8")
    (there / "报告.txt").write_text(wrong_total(), encoding="utf-8")
    return there


async def ask_everything(editor: Editor, uri: str) -> None:
    """Ask all that an editor asks about a text."""
    document, start = types.TextDocumentIdentifier(uri), types.Position(0, 0)
    whole = types.Range(start, types.Position(200, 0))
    await editor.client.text_document_hover_async(types.HoverParams(document, start))
    await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    await editor.actions(uri, whole)


@pytest.mark.asyncio
@pytest.mark.parametrize("pull", [False, True])
async def test_a_report_is_not_judged_and_one_message_says_why(folder: Path, pull: bool) -> None:
    async with editing(folder, capabilities(pull=pull)) as editor:
        for name in ("报告.txt", "另一份.txt"):
            uri = editor.open(folder / name, wrong_total())
            (found,) = (await editor.pulled(uri)).items if pull else await editor.shown(uri)
            assert found.code == "settings"
            assert "nianbao trust" in found.message
            await ask_everything(editor, uri)
        (said,) = editor.client.messages
        assert f"nianbao trust {folder}" in said.message
        assert "county.py" in said.message
    assert not (folder / "ran").exists()


@pytest.mark.asyncio
async def test_settings_that_are_open_run_nothing_saved_or_not(folder: Path) -> None:
    """The word that only the plugin file could explain is no fault; another is."""
    (folder / "second.py").write_text(PYTHON, encoding="utf-8")
    async with editing(folder) as editor:
        uri = editor.open(folder / "nianbao.yaml", language="yaml")
        assert await editor.shown(uri) == []
        await ask_everything(editor, uri)
        editor.type(uri, "county.py", "[county.py, second.py]")
        assert await editor.shown(uri) == []
        editor.type(uri, "ignore", "slect")
        (fault,) = await editor.shown(uri)
        assert "slect" in fault.message
        assert editor.client.messages == []
    assert not (folder / "ran").exists()


@pytest.mark.asyncio
async def test_settings_that_are_typed_reach_nothing_elsewhere(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("口令-7731: 1\n", encoding="utf-8")
    async with editing(folder) as editor:
        uri = editor.open(folder / "nianbao.yaml", "extends: ../elsewhere.yaml\n", "yaml")
        (fault,) = await editor.shown(uri)
        assert "口令" not in fault.message
        assert "nianbao trust" in fault.message


@pytest.mark.asyncio
async def test_once_it_is_trusted_the_report_is_judged(
    folder: Path,
    run: Run,  # noqa: F811
) -> None:
    (folder / "nianbao.yaml").write_text("plugins: county.py\n", encoding="utf-8")
    async with editing(folder) as editor:
        uri = editor.open(folder / "报告.txt")
        await editor.shown(uri)
        assert run("trust", folder).code == 0
        editor.type(uri, "总体情况", "总体 情况")
        assert "QH001" in [one.code for one in await editor.shown(uri)]
        (folder / "county.py").write_text(PYTHON + "#\n", encoding="utf-8")
        (folder / "ran").unlink()
        editor.type(uri, "总体 情况", "总体情况")
        assert [one.code for one in await editor.shown(uri)] == ["settings"]
    assert not (folder / "ran").exists()


@pytest.mark.asyncio
async def test_the_options_of_the_command_hold_in_the_server(folder: Path) -> None:
    named = folder / "other.yaml"
    named.write_text("ignore: SUM004\n", encoding="utf-8")
    for arguments, options, codes in (
        (["--no-config"], None, ["SUM004"]),
        (["--trust"], None, ["QH001", "SUM004"]),
        (["--config", str(named)], None, []),
        ([], {"config": str(named)}, []),
    ):
        (folder / "nianbao.yaml").write_text("plugins: county.py\n", encoding="utf-8")
        async with editing(folder, None, options, None, *arguments) as editor:
            uri = editor.open(folder / "报告.txt")
            assert sorted(str(one.code) for one in await editor.shown(uri)) == codes
