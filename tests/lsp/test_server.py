"""How the server begins, lives and ends."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import PATIENCE, command, environment, wrong_total
from lsp.editor import editing
from lsprotocol import types
from pygls.exceptions import JsonRpcException


@pytest.mark.asyncio
async def test_what_cannot_be_answered_is_refused_and_the_server_lives_on(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        ask = editor.client
        beyond = types.Position(10**6, 10**6)
        for named in (uri, "file:///none", "untitled:1"):
            document = types.TextDocumentIdentifier(named)
            assert await ask.text_document_hover_async(types.HoverParams(document, beyond)) is None
        for name, arguments in (
            ("nianbao.none", []),
            ("nianbao.show", []),
            ("nianbao.show", [uri, "一", {}]),
        ):
            with pytest.raises(JsonRpcException):
                await ask.workspace_execute_command_async(types.ExecuteCommandParams(name, arguments))
        with pytest.raises(JsonRpcException):
            await ask.protocol.send_request_async("nianbao/none", {})
        assert [one.code for one in await editor.shown(uri)] == ["SUM004"]


@pytest.mark.asyncio
async def test_a_rule_that_fails_is_told_and_nothing_else_is_lost(tmp_path: Path) -> None:
    (tmp_path / "qh.py").write_text(
        """\
from nianbao.api import Basis, Plugin, Severity, Strength, Text, hookimpl, rule
nianbao_plugin = Plugin(prefixes=("QH",))
@rule("QH001", "breaks", summary=Text("坏", "bad"), basis=Basis("甲", "", Strength.HEURISTIC))
def breaks(report, context):
    "说明。"
    print("输出到标准输出的话，不能混进协议")
    raise RuntimeError("坏了")
    yield
@hookimpl
def nianbao_add_rules():
    return [breaks]
""",
        encoding="utf-8",
    )
    (tmp_path / "nianbao.yaml").write_text("plugins: qh.py\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        assert {one.code for one in await editor.shown(uri)} == {"DOC900", "SUM004"}
        assert await editor.hover(uri, "一、总体情况") == ""


@pytest.mark.asyncio
async def test_nothing_of_a_report_is_logged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        await editor.shown(uri)
        with pytest.raises(JsonRpcException):
            await editor.client.protocol.send_request_async("nianbao/none", {"text": wrong_total()})
        assert editor.client.log_messages == []
        assert editor.client.messages == []
    assert capfd.readouterr().err == ""


def test_an_editor_that_has_gone_ends_the_server() -> None:
    done = subprocess.run(
        command("lsp", "--stdio"),
        input=b"",
        env=environment(),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_an_editor_that_has_not_yet_shown_a_place_can_end_the_server() -> None:
    show = {"command": "nianbao.show", "arguments": ["file:///甲.txt", 0, 0]}
    asked: list[tuple[str, object]] = [
        ("initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
        ("workspace/executeCommand", show),
        ("shutdown", None),
    ]
    bodies = [
        json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()
        for number, (method, params) in enumerate(asked)
    ]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    done = subprocess.run(
        command("lsp"), input=sent, capture_output=True, env=environment(), timeout=PATIENCE, check=False
    )
    said = [
        json.loads(part)
        for part in re.split(rb"Content-Length: .*?\r\n\r\n", done.stdout, flags=re.DOTALL)[1:]
    ]
    answers = {each["id"]: each for each in said if "method" not in each}
    assert answers[2] == {"jsonrpc": "2.0", "id": 2, "result": None}


def test_the_first_answer_needs_nothing_that_judges() -> None:
    """What judges is imported with the first text."""
    start = (
        "import sys; from nianbao.cli import main; main(['lsp']); "
        "print([name for name in sys.modules if name.startswith(('nianbao_rules', 'nianbao.run.linter', 'nianbao.plugins.loading'))])"
    )
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
    done = subprocess.run(
        [sys.executable, "-c", start],
        input=b"Content-Length: %d\r\n\r\n%s" % (len(body), body),
        env=environment(),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert b'"serverInfo"' in done.stdout
    assert done.stdout.endswith(b"[]\n")


def test_the_kinds_of_file_that_are_watched_are_those_that_are_read() -> None:
    from nianbao.files.lookup import BASELINE, SETTINGS, TOML, WAIVERS
    from nianbao.lsp.server import WATCHED

    names = {pattern.removeprefix("**/") for pattern in WATCHED}
    assert {BASELINE, SETTINGS, TOML, WAIVERS} <= names
    assert isinstance(types.FileSystemWatcher(WATCHED[0]).glob_pattern, str)
