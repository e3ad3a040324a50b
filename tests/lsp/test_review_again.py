"""A text judged again after it was changed: what was kept of the version before shows nowhere."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsp.editor import editing
from lsprotocol import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities
from nianbao.lsp.diagnostics import DiagnosticWriter
from nianbao.lsp.json_values import written
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.review import OvertakenError, Reviewer
from nianbao.testing import compliant
from nianbao.text.source import Source

URI, PATH = "file:///qinghe/report.txt", "/qinghe/report.txt"
ANY = Capabilities(related=True, data=True)
# 3 + 4 is not 8, and the tables of the report are of other figures.
WRONG = "全年主动公开政府信息8条，其中动态3条、公告4条。"
OTHER = "本机关全年收到政府信息公开申请9300件。"
PIECES = (
    WRONG,
    f"{WRONG}\n",
    "收到政府信息公开申请93件，均已办结；未收到行政复议申请。\n",
    "本年新收行政复议7件，较上年增长12.5%，其中维持2件、纠正9件。\n",
    "\n",
    "。",
    "，",
    "（一）主动公开方面\n",
    "三、收到和处理政府信息公开申请情况\n",
    "12",
    "\t3\n",
    "𠮷",
)
CHANGES = st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.sampled_from(("", "", *PIECES)))


def shown(reviewer: Reviewer, text: str) -> Any:
    """Return the diagnostics that an editor is sent for *text*."""
    review = reviewer.review(Buffer(URI, PATH, "plaintext", 1, Source(text, PATH), "utf-16"))
    return written(DiagnosticWriter(ANY, Preferences()).all(review))


def forget() -> None:
    """Forget all that is kept of texts."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith(("nianbao.prose", "nianbao_rules")):
            for value in tuple(vars(module).values()):
                bound = getattr(value, "cache_parameters", dict)().get("maxsize")
                if (
                    bound is not None
                ):  # what is kept without a bound is no text's, but the parser and the like
                    value.cache_clear()


def versions(text: str, changes: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return *text* after each of *changes*: what is put where, in place of how many characters."""
    made = [text]
    for place, length, new in changes:
        at = place % (len(made[-1]) + 1)
        made.append(made[-1][:at] + new + made[-1][at + length :])
    return made


@settings(max_examples=15)
@given(seed=st.integers(0, 50), changes=st.lists(CHANGES, min_size=1, max_size=6))
def test_what_is_shown_is_what_a_first_look_would_show(
    seed: int, changes: list[tuple[int, int, str]]
) -> None:
    text = (
        compliant("2021", "county", seed)
        .render()
        .replace("一、总体情况\n", f"一、总体情况\n{WRONG}\n" * 2, 1)
    )
    texts = versions(text, changes)
    reviewer = Reviewer()
    forget()
    kept = [shown(reviewer, each) for each in texts]
    again = [shown(reviewer, each) for each in reversed(texts)]
    for each, first, second in zip(texts, kept, reversed(again), strict=True):
        forget()
        assert first == second == shown(reviewer, each)


def test_a_paragraph_that_has_moved_takes_its_findings_along() -> None:
    """Two empty lines above it."""
    text = compliant("2021", "county", 3).render()
    reviewer = Reviewer()
    ranges = []
    for before in ("", "\n\n"):
        changed = text.replace("一、总体情况\n", f"一、总体情况\n{before}{WRONG}\n{OTHER}\n", 1)
        found = {one["code"]: one for one in shown(reviewer, changed)}
        parts = [one["location"]["range"]["start"] for one in found["NUM002"]["relatedInformation"]]
        ranges.append([found["NUM002"]["range"]["start"], found["TXT001"]["range"]["start"], *parts])
    assert ranges[1] == [{**place, "line": place["line"] + 2} for place in ranges[0]]
    assert len(ranges[0]) > 2


# -- a text that is overtaken ------------------------------------------------------------------------------

# The first rule waits, on the first version alone; the second notes which version it was asked to judge.
PLUGIN = """\
from pathlib import Path
from time import sleep
from nianbao.api import Basis, Plugin, Severity, Strength, Text, hookimpl, rule
nianbao_plugin = Plugin(prefixes=("QH",))
here = Path(__file__).parent
basis = Basis("甲", "", Strength.HEURISTIC)
@rule("QH001", "waits", summary=Text("等", "waits"), basis=basis)
def waits(report, context):
    "说明。"
    (here / "begun").touch()
    while not (here / "go-on").exists():
        sleep(0.01)
    return iter(())
@rule("QH002", "notes", summary=Text("记", "notes"), basis=basis)
def notes(report, context):
    "说明。"
    with open(here / "judged", "a", encoding="utf-8") as file:
        file.write("new" if "新词" in report.text else "old")
    return iter(())
@hookimpl
def nianbao_add_rules():
    return [waits, notes]
"""


def test_a_text_that_is_overtaken_is_judged_by_no_further_rule() -> None:
    asked = []

    def overtaken() -> bool:
        asked.append(True)
        return len(asked) > 3

    buffer = Buffer(
        URI, PATH, "plaintext", 1, Source(compliant("2021", "county", 3).render(), PATH), "utf-16"
    )
    with pytest.raises(OvertakenError):
        Reviewer().review(buffer, overtaken)
    assert len(asked) == 4


@pytest.mark.asyncio
async def test_what_is_typed_while_a_text_is_judged_ends_that(tmp_path: Path) -> None:
    """The rest of the rules see the new text only, and nothing of the old one is sent any more."""
    (tmp_path / "qh.py").write_text(PLUGIN, encoding="utf-8")
    (tmp_path / "nianbao.yaml").write_text("plugins: qh.py\nselect: [QH]\n", encoding="utf-8")
    async with editing(tmp_path, None, {"delay": 0}, None, "--trust") as editor:
        uri = editor.open(tmp_path / "报告.txt", compliant("2021", "county", 3).render())
        while not (tmp_path / "begun").exists():
            await asyncio.sleep(0.01)
        editor.type(uri, "一、总体情况\n", "一、总体情况\n新词。\n")
        # The answer comes after the change has been taken; the text that it is about is not open.
        nowhere = types.HoverParams(types.TextDocumentIdentifier("file:///none"), types.Position(0, 0))
        assert await editor.client.text_document_hover_async(nowhere) is None
        (tmp_path / "go-on").touch()
        await editor.shown(uri)
        assert [sent.version for sent in editor.published[uri]] == [2]
    assert (tmp_path / "judged").read_text(encoding="utf-8") == "new"
