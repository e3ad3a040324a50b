"""`nianbao annotate`: a copy elsewhere, the exit code of `check`, the file itself untouched."""

import io
import os
import zipfile
from pathlib import Path
from random import Random

import pytest
from annotate.judging import IDENTITY, faulty
from cli.running import Run
from rendering import DOCUMENTS
from writers.docx_parts import with_part


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "年报.docx"
    path.write_bytes(DOCUMENTS["docx"](faulty(), Random(1)))
    return path


def comments(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return package.read("word/comments.xml").decode()


def test_a_word_file_gets_comments_in_a_copy(run: Run, word: Path) -> None:
    before = word.read_bytes()
    out = word.with_name("批注.docx")
    ended = run("annotate", word, "-o", out)
    assert ended.code == run("check", word).code == 1
    assert "已写入" in ended.err
    assert ended.out == ""
    assert "SUM004" in comments(out)
    assert IDENTITY not in comments(out)
    assert word.read_bytes() == before


def test_settings_are_those_of_check(run: Run, word: Path) -> None:
    out = word.with_name("批注.docx")
    assert run("annotate", word, "-o", out, "--select", "PRV", "--fail-on", "never", "-q").code == 0
    assert "PRV001" in comments(out)
    assert "SUM004" not in comments(out)
    (word.parent / "nianbao.yaml").write_text("ignore: [PRV]\n", encoding="utf-8")
    run("annotate", word, "-o", out)
    assert "PRV001" not in comments(out)
    run("annotate", word, "-o", out, "--no-config")
    assert "PRV001" in comments(out)


def test_what_is_waived_is_not_commented_on(run: Run, word: Path) -> None:
    out = word.with_name("批注.docx")
    run("baseline", "create", word)
    assert run("annotate", word, "-o", out).code == 0
    assert out.read_bytes() == word.read_bytes()


def test_it_speaks_english_where_asked(run: Run, word: Path) -> None:
    out = word.with_name("copy.docx")
    ended = run("annotate", word, "-o", out, "--lang", "en")
    assert "findings, written into" in ended.err
    assert "What to do: " in comments(out)


@pytest.mark.parametrize("link", [False, True])
def test_the_copy_is_never_the_file_itself(run: Run, word: Path, link: bool) -> None:
    before = word.read_bytes()
    out = word
    if link:
        out = word.with_name("另一个名字.docx")
        os.link(word, out)
    ended = run("annotate", word, "-o", out)
    assert ended.code == 2
    assert "是要检查的文件" in ended.err
    assert word.read_bytes() == before


def test_what_is_missing_is_told(run: Run, word: Path, tmp_path: Path) -> None:
    assert run("annotate", word).code == 2
    assert "-o" in run("annotate", word).err
    nowhere = run("annotate", word, "-o", tmp_path / "没有" / "a.docx")
    assert nowhere.code == 2
    assert "不能写入" in nowhere.err
    absent = run("annotate", tmp_path / "没有.docx", "-o", tmp_path / "a.docx")
    assert absent.code == 3
    assert "没有这个文件" in absent.err
    assert not (tmp_path / "a.docx").exists()


def test_a_file_that_takes_no_comment_is_refused_with_the_reason(
    run: Run, word: Path, tmp_path: Path
) -> None:
    signed = tmp_path / "签名.docx"
    signed.write_bytes(with_part(word.read_bytes(), b"<Signature/>", "_xmlsignatures/sig1.xml"))
    ended = run("annotate", signed, "-o", tmp_path / "a.docx")
    assert ended.code == 2
    assert "签名" in ended.err
    assert not (tmp_path / "a.docx").exists()


def test_a_fixed_moment_makes_the_same_copy_again(run: Run, word: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("a.docx", "b.docx")]
    for out in outs:
        run("annotate", word, "-o", out, env={"SOURCE_DATE_EPOCH": "1769846400"})
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert "2026-01-31T08:00:00Z" in comments(outs[0])


def test_a_text_becomes_a_page(run: Run, wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "批注.html"
    assert run("annotate", wrong, "-o", out).code == 1
    assert "<mark" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("report", "copy", "code"),
    [
        ("a.docx", "b.docx", 1),
        ("a.docx", "b.pdf", 2),
        ("a.docx", "b.html", 2),
        ("a.docx", "b.txt", 2),
        ("a.txt", "b.html", 1),
        ("a.md", "b.HTM", 1),
        ("a.txt", "b.txt", 2),
        ("a.txt", "b.docx", 2),
        ("a.txt", "b", 1),
        ("a", "b.txt", 1),
    ],
)
def test_a_copy_is_called_what_it_is(
    run: Run, word: Path, wrong: Path, tmp_path: Path, report: str, copy: str, code: int
) -> None:
    """What is no ending of a report is any name; what a file without one will become is not known before."""
    (tmp_path / report).write_bytes((word if report.endswith("docx") else wrong).read_bytes())
    ended = run("annotate", tmp_path / report, "-o", tmp_path / copy)
    assert ended.code == code
    assert (tmp_path / copy).exists() == (code == 1)


@pytest.fixture
def towns(word: Path, wrong: Path, tmp_path: Path) -> Path:
    """A folder with a Word file, a text in a folder below, and a file that cannot be read."""
    home = tmp_path / "各镇"
    (home / "乙镇").mkdir(parents=True)
    word.rename(home / "年报.docx")
    wrong.rename(home / "乙镇" / "年报.txt")
    (home / "坏.docx").write_bytes(b"PK\x03\x04")
    return home


def all_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_each_report_of_a_folder_has_its_copy_by_its_name(run: Run, towns: Path, tmp_path: Path) -> None:
    before = all_in(towns)
    out = tmp_path / "批注"
    ended = run("annotate", towns, "-o", f"{out}/")
    assert ended.code == run("check", towns).code == 1
    assert set(all_in(out)) == {"年报.docx", "乙镇/年报.html"}
    assert "SUM004" in comments(out / "年报.docx")
    assert [line for line in ended.err.splitlines() if "坏.docx" in line] == ended.err.splitlines()[:-1]
    assert "2 份副本" in ended.err
    assert all_in(towns) == before
    assert run("annotate", towns, "-o", out, "-q").code == 1  # over its own copies


def test_a_file_of_a_folder_that_takes_no_comment_is_one_line_and_others_go_on(
    run: Run, towns: Path, tmp_path: Path
) -> None:
    data = (towns / "年报.docx").read_bytes()
    (towns / "签名.docx").write_bytes(with_part(data, b"<Signature/>", "_xmlsignatures/sig1.xml"))
    ended = run("annotate", towns, "-o", f"{tmp_path / '批注'}/")
    assert ended.code == 2
    (line,) = (line for line in ended.err.splitlines() if "签名.docx" in line)
    assert "签名" in line
    assert set(all_in(tmp_path / "批注")) == {"年报.docx", "乙镇/年报.html"}


def test_a_clean_report_is_copied_as_it_is_and_again(
    run: Run, right: Path, word: Path, tmp_path: Path
) -> None:
    home = tmp_path / "各镇"
    home.mkdir()
    word.rename(home / "年报.docx")
    for _ in range(2):
        ended = run("annotate", home, "-o", tmp_path / "批注", "--ignore", "SUM,PRV")
        assert (ended.code, all_in(tmp_path / "批注")) == (0, all_in(home))


def test_no_copy_is_written_over_a_report(run: Run, towns: Path, tmp_path: Path) -> None:
    before = all_in(towns)
    assert run("annotate", towns, "-o", towns).code == 2
    assert run("annotate", towns / "年报.docx", "-o", f"{towns}/").code == 2
    assert all_in(towns) == before
    other = tmp_path / "批注"
    other.mkdir()
    (other / "年报.docx").write_bytes(b"PK other")
    ended = run("annotate", towns, "-o", other)
    assert (ended.code, "--force" in ended.err) == (2, True)
    assert all_in(other) == {"年报.docx": b"PK other"}
    assert run("annotate", "-", "-o", f"{other}/").code == 2


def test_copies_within_the_folder_are_not_checked_with_its_reports(run: Run, towns: Path) -> None:
    before = run("check", towns, "-f", "concise").out.splitlines()[:-1]
    for _ in range(2):
        assert run("annotate", towns, "-o", towns / "批注").code == 1
        assert set(all_in(towns / "批注")) == {".gitignore", "年报.docx", "乙镇/年报.html"}
    found = [line for line in before if "年报" in line]
    assert found
    assert [line for line in run("check", towns, "-f", "concise").out.splitlines() if "年报" in line] == found
