"""Settings, waivers and rules: obeyed, watched, and checked as they are typed."""

from pathlib import Path

import pytest
from cli.running import wrong_total
from lsp.editor import capabilities, editing
from lsprotocol import types
from nianbao.testing import compliant

pytestmark = pytest.mark.asyncio

RULES = """\
rules:
  - code: QH001
    name: new-media-section
    kind: require-phrase
    with: {phrase: 政务新媒体}
    basis: 青禾县政务公开工作实施方案
    message: 应写到“政务新媒体”
    cases:
      pass:
        - {replace: [[一、总体情况, "一、总体情况\\n政务新媒体运行平稳。"]]}
      fail:
        - {year: 2024}
"""


async def test_a_report_is_judged_by_the_settings_above_it(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("ignore: [SUM004]\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        codes = {one.code for one in await editor.shown(editor.open(tmp_path / "报告.txt", wrong_total()))}
        assert "SUM004" not in codes
    other = tmp_path / "另一份.yaml"
    other.write_text("severity: {SUM004: info}\n", encoding="utf-8")
    async with editing(tmp_path, None, {"config": str(other)}) as editor:
        found = await editor.shown(editor.open(tmp_path / "报告.txt", wrong_total()))
        severities = [one.severity for one in found if one.code == "SUM004"]
        assert severities == [types.DiagnosticSeverity.Information]


async def test_settings_that_change_are_obeyed_at_once(tmp_path: Path) -> None:
    settings = tmp_path / "nianbao.yaml"
    async with editing(tmp_path, capabilities(watches=True)) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        assert [one.code for one in await editor.shown(uri)] == ["SUM004"]
        while not editor.registered:
            await editor.wait()
        (registration,) = editor.registered
        patterns = [one["globPattern"] for one in registration.register_options["watchers"]]
        assert {"**/nianbao.yaml", "**/nianbao.waivers.yaml", "**/*.rules.yaml"} <= set(patterns)
        settings.write_text("ignore: SUM004\n", encoding="utf-8")
        editor.changed_outside(settings, types.FileChangeType.Created)
        assert await editor.again(uri, 1) == []
        settings.unlink()
        editor.changed_outside(settings, types.FileChangeType.Deleted)
        assert [one.code for one in await editor.again(uri, 2)] == ["SUM004"]


async def test_an_editor_that_asks_is_told_to_ask_again(tmp_path: Path) -> None:
    settings = tmp_path / "nianbao.yaml"
    async with editing(tmp_path, capabilities(pull=True, refresh=True)) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        first = await editor.pulled(uri)
        assert [one.code for one in first.items] == ["SUM004"]
        settings.write_text("ignore: SUM004\n", encoding="utf-8")
        editor.changed_outside(settings, types.FileChangeType.Created)
        assert (await editor.pulled(uri, first.result_id)).items == []
        assert editor.client.diagnostic_refresh_count == 1


async def test_settings_that_change_are_seen_where_nobody_watches(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("rules: [qh.rules.yaml]\n", encoding="utf-8")
    rules = tmp_path / "qh.rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    async with editing(tmp_path) as editor:
        text = compliant("2021", "county", 3).render()
        uri = editor.open(tmp_path / "报告.txt", text)
        assert [one.code for one in await editor.shown(uri)] == ["QH001"]
        rules.write_text(RULES.replace("QH001", "QH007"), encoding="utf-8")
        editor.type(uri, "一、总体情况", "一、总体情况 ")
        assert "QH007" in {one.code for one in await editor.shown(uri)}
        (tmp_path / "nianbao.yaml").write_text("rules: qh.rules.yaml\nignore: QH007\n", encoding="utf-8")
        editor.type(uri, "一、总体情况 ", "一、总体情况")
        assert await editor.shown(uri) == []


async def test_settings_that_are_wrong_are_told_at_the_report_and_at_their_line(tmp_path: Path) -> None:
    settings = tmp_path / "nianbao.yaml"
    settings.write_text("level: county\nselct: [SUM]\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        (why,) = await editor.shown(uri)
        assert (why.range.start.line, why.severity) == (0, types.DiagnosticSeverity.Error)
        assert "没有检查" in why.message
        assert "nianbao.yaml:2:1" in why.message
        related = why.related_information or []
        assert [(one.location.uri, one.location.range.start.line) for one in related] == [
            (settings.as_uri(), 1)
        ]
        (there,) = await editor.shown_in(settings, 1)
        assert editor.words_at(settings.read_text(encoding="utf-8"), there.range) == "selct"
        assert "是不是“select”" in there.message
        readme = editor.open(tmp_path / "README.md", "# 会议通知\n", "markdown")
        assert await editor.shown(readme) == []
        settings.write_text("level: county\nselect: [SUM]\n", encoding="utf-8")
        editor.changed_outside(settings)
        assert await editor.shown_in(settings, 0) == []
        while [one.code for one in editor.published[uri][-1].diagnostics] != ["SUM004"]:
            await editor.wait()


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("level: county\nselct: [SUM]\n", "selct", "是不是“select”"),
        ("select: [SUM, SUMM]\n", "SUMM", "没有规则“SUMM”"),
        ("level: 乡\n", "乡", "没有“乡”这个值"),
        ("severity:\n  SUM004: fatal\n", "fatal", "改为其中之一"),
        ("options: {SUM004: {最多: 3}}\n", "最多", "没有选项"),
        ("extends: [./无.yaml]\n", "./无.yaml", "无.yaml:1:1"),
        ("rules: 无.rules.yaml\n", "无.rules.yaml", "没有文件"),
        ("severity: {𠮷野: error, SUM004: info}\n", "𠮷野", "没有规则“𠮷野”"),
        ("severity: {SUM004: error, '👩\u200d👧': info}\n", "'👩\u200d👧'", "没有规则"),
        ("region: 𠮷野\nlevel: {甲: 𠮷}\n", "{甲: 𠮷}", "应为文本"),
        ("a: [\n", "", "YAML 语法有误"),
    ],
)
async def test_settings_are_checked_as_they_are_typed(
    tmp_path: Path, text: str, word: str, said: str
) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "nianbao.yaml", "# 𠮷\nlevel: county\n", "yaml")
        assert await editor.shown(uri) == []
        editor.change(uri, 0, len(editor.texts[uri].words), text)
        (found,) = await editor.shown(uri)
        assert said in found.message
        assert found.severity == types.DiagnosticSeverity.Error
        if word:
            assert editor.words_at(text, found.range) == word


async def test_all_faults_of_a_file_are_shown_at_once(tmp_path: Path) -> None:
    text = "severity: {𠮷野: error, SUM994: info}\nignore: [SUM001, QQ]\n"
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "nianbao.yaml", text, "yaml")
        found = await editor.shown(uri)
        assert [editor.words_at(text, one.range) for one in found] == ["𠮷野", "SUM994", "QQ"]
        rules = RULES.replace("basis:", "bases:").replace("kind: require-phrase", "kind: require-phrases")
        uri = editor.open(tmp_path / "qh.rules.yaml", rules, "yaml")
        found = await editor.shown(uri)
        assert [editor.words_at(rules, one.range) for one in found] == ["require-phrases", "bases"]


async def test_all_faults_of_settings_are_shown_where_they_are_while_a_report_is_open(tmp_path: Path) -> None:
    settings = tmp_path / "nianbao.yaml"
    settings.write_text("level: 乡\nyear: 24\nlevl: county\n", encoding="utf-8")
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "报告.txt", wrong_total())
        (told,) = await editor.shown(uri)
        assert [line.split(":")[1] for line in told.message.split("\n") if "nianbao.yaml:" in line]
        assert len(told.related_information or ()) == 3
        shown = await editor.shown_in(settings, 3)
        assert [one.range.start.line for one in shown] == [0, 1, 2]


async def test_a_case_that_fails_is_told_at_its_line(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "qh.rules.yaml", RULES, "yaml")
        assert await editor.shown(uri) == []
        editor.type(uri, "- {year: 2024}", "- 政务新媒体运行平稳。")
        (found,) = await editor.shown(uri)
        assert (found.code, found.severity) == ("QH001", types.DiagnosticSeverity.Error)
        assert "fail 1" in found.message
        assert editor.words_at(editor.texts[uri].words, found.range) == "政务新媒体运行平稳。"
        editor.type(uri, "kind: require-phrase", "kind: require-phrases")
        (found,) = await editor.shown(uri)
        assert "是不是“require-phrase”" in found.message
        assert editor.words_at(editor.texts[uri].words, found.range) == "require-phrases"


async def test_a_file_of_rules_is_known_by_the_settings_too(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("rules: 规则.yaml\n", encoding="utf-8")
    file = tmp_path / "规则.yaml"
    file.write_text(RULES, encoding="utf-8")
    async with editing(tmp_path) as editor:
        uri = editor.open(file, language="yaml")
        assert await editor.shown(uri) == []
        editor.type(uri, "basis:", "bases:")
        (found,) = await editor.shown(uri)
        assert editor.words_at(editor.texts[uri].words, found.range) == "bases"
        other = editor.open(tmp_path / "compose.yaml", "bases: 1\n", "yaml")
        assert await editor.shown(other) == []


async def test_waivers_are_checked_as_they_are_typed(tmp_path: Path) -> None:
    text = "waivers:\n- code: SUM04\n  at: 表三 · 总计\n  reason: 见附件\n"
    async with editing(tmp_path) as editor:
        uri = editor.open(tmp_path / "nianbao.waivers.yaml", text, "yaml")
        (found,) = await editor.shown(uri)
        assert editor.words_at(text, found.range) == "SUM04"
        editor.type(uri, "SUM04", "SUM994")
        (found,) = await editor.shown(uri)
        assert (found.code, found.severity) == ("WVR003", types.DiagnosticSeverity.Warning)
        editor.type(uri, "SUM994", "SUM004")
        assert await editor.shown(uri) == []
