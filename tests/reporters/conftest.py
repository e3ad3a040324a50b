"""The command line, and reports on which its formats have something to say."""

import io
from pathlib import Path

import docx
import pytest
from cli.conftest import doubtful, process, right, run, wrong
from nianbao.testing import compliant

__all__ = ["doubtful", "process", "right", "run", "wrong"]


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A report in Word, whose lines no one sees, with one error: TYP001."""
    written = docx.Document()
    for line in compliant("2021", "county", 3, "pipes").render().split("\n"):
        written.add_paragraph(line)
    written.add_paragraph("截止2024年12月31日，各项工作已经完成。")
    data = io.BytesIO()
    written.save(data)
    path = tmp_path / "报告.docx"
    path.write_bytes(data.getvalue())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of every sort: clean, wrong, hostile, empty, waived, unreadable."""
    home = tmp_path / "各镇"
    home.mkdir()
    for number in range(3):
        draft = compliant("2021", "county", number)
        if number:
            for column, text in zip(
                ("upheld", "corrected", "other", "pending", "total"), "10002", strict=True
            ):
                draft.set(f"review/cases/review_{column}", text)
        (home / f"第{number}镇.txt").write_text(draft.render(), encoding="utf-8")
    (home / "名<b>&,：%.txt").write_text(compliant().render() + HOSTILE, encoding="utf-8")
    (home / "空.txt").write_text("今年天气不错。\n", encoding="utf-8")
    (home / "坏.txt").write_bytes(bytes(range(256)) * 8)
    (home / "nianbao.waivers.yaml").write_text(
        "waivers:\n- code: SUM004\n  at: 表四 · 行政复议 · 总计\n  report: 第1镇\n  reason: 以<复议>决定为准\n",
        encoding="utf-8",
    )
    (home / "nianbao.yaml").write_text("extend-select: [TYP]\n", encoding="utf-8")
    return home


# Words that a format could take for its own: tags, formulas, cells, ends of strings, steering signs.
HOSTILE = (
    "截止2024年12月31日</script><img src=x onerror=alert(1)>]]>\"'&amp;\x0b\x85\u202e=1+1,@all #12 **a** `b`。\n"
    "申请人李文海的身份证号为110000199001010013,联系方式(电话13812345678)已登记，邮箱wangchuan2021@qq.com。\n"
)
SECRETS = ("李文海", "110000199001010013", "13812345678", "wangchuan2021")
