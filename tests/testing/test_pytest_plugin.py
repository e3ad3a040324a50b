"""The pytest plugin: `*.rules.yaml` become tests, and nothing else does."""

import os
import subprocess
import sys
from pathlib import Path

from cli.running import PATIENCE

RULES = """\
rules:
  - code: QH001
    name: no-public-account
    kind: forbid-phrase
    with: {phrase: 公众号}
    basis: 青禾县政务公开工作实施方案
    message: 不写公众号
    help: 写明账号的名称
    cases:
      pass:
        - name: none
          text: 四、其他
      fail:
        - name: one
          text: 有«公众号»3个。
"""
WRONG = RULES.replace("有«公众号»3个", "有公众号«3个»")


def _pytest(folder: Path, *arguments: str, speaking: str = "zh") -> tuple[int, list[str]]:
    """Run pytest in *folder* with the plugin and no other; return its exit code and the lines it wrote."""
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "NIANBAO_LANG": speaking, "COLUMNS": "100"}
    env.update(PYTHONUTF8="1", PY_COLORS="0")
    env.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-p", "nianbao.pytest_plugin", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, env=env, capture_output=True, check=False, timeout=PATIENCE
    )
    return done.returncode, done.stdout.decode().splitlines()


def test_each_case_is_a_test_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "county.rules.yaml").write_text(RULES, encoding="utf-8")
    code, lines = _pytest(tmp_path, "--collect-only", "-q")
    assert code == 0
    assert lines[:2] == ["county.rules.yaml::QH001 pass: none", "county.rules.yaml::QH001 fail: one"]
    code, lines = _pytest(tmp_path)
    assert code == 0
    assert "2 passed" in lines[-1]


def test_a_failed_case_says_what_differs_and_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "county.rules.yaml").write_text(WRONG, encoding="utf-8")
    code, lines = _pytest(tmp_path)
    assert code == 1
    first = lines.index("county.rules.yaml:14: QH001 fail: one")
    assert lines[first + 1 : first + 7] == [
        "没有标出，却发现了“公众号”：不写公众号",
        "   1 | 有公众号3个。",
        "     |   ^^^^^^",
        "标出了“3个”，却没有发现",
        "   1 | 有公众号3个。",
        "     |         ^^^",
    ]
    assert "1 failed, 1 passed" in lines[-1]
    assert not any("Traceback" in line or "judging.py" in line for line in lines)


def test_one_case_can_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "county.rules.yaml").write_text(WRONG, encoding="utf-8")
    assert _pytest(tmp_path, "county.rules.yaml::QH001 pass: none")[0] == 0
    assert _pytest(tmp_path, "-k", "one")[0] == 1


def test_a_faulty_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "county.rules.yaml").write_text(RULES.replace("forbid-", "forbids-"), encoding="utf-8")
    code, lines = _pytest(tmp_path)
    assert code == 2
    (said,) = [line for line in lines if "county.rules.yaml:4:11: " in line]
    assert "forbid-phrase" in said
    assert not any("Traceback" in line for line in lines)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text("nonsense: [", encoding="utf-8")
    (tmp_path / "county.cases.yaml").write_text("nonsense: [", encoding="utf-8")
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert True\n", encoding="utf-8")
    code, lines = _pytest(tmp_path)
    assert code == 0
    assert "1 passed" in lines[-1]


def test_without_such_files_nothing_of_nianbao_is_imported(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(
        "import sys\n\n\ndef test_one():\n"
        "    ours = sorted(name for name in sys.modules if name.partition('.')[0] == 'nianbao')\n"
        "    assert ours == ['nianbao', 'nianbao.pytest_plugin']\n",
        encoding="utf-8",
    )
    assert _pytest(tmp_path)[0] == 0


def test_it_speaks_the_language_of_the_reader(tmp_path: Path) -> None:
    (tmp_path / "county.rules.yaml").write_text(WRONG, encoding="utf-8")
    _, lines = _pytest(tmp_path, speaking="en")
    assert "marked and not found: “3个”" in lines
