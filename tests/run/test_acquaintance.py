"""The first step of a run: each report read once, kept for the second, and known again in the next run."""

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from nianbao.files.regular import contents
from nianbao.report.neighbour import Neighbour, Neighbours, Unread, siblings_of
from nianbao.report.report import Report
from nianbao.run import sources
from nianbao.run.acquaintance import Company, Learning, round_of
from nianbao.run.cache import Cache
from nianbao.run.kept import Kept
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.resolve import Resolver
from nianbao.run.settings import Compared, Settings
from nianbao.run.sources import Sources
from nianbao.testing import compliant
from nianbao.text.language import same
from nianbao.text.source import Source


def written(folder: Path, name: str, year: int = 2023, seed: int = 1) -> Input:
    path = folder / name
    path.write_text(compliant("2021", "township", seed, year=year).render(), encoding="utf-8")
    return Input(str(path))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are read, each as often as it is."""
    found: list[str] = []
    whole = Linter._text

    def noted(self: Linter, file: Input) -> Source:
        found.append(file.path)
        return whole(self, file)

    monkeypatch.setattr(Linter, "_text", noted)
    return found


def company(files: Sequence[Input], **more: Any) -> list[Company]:
    return [Company(file, Compared(), **more) for file in files]


@pytest.mark.parametrize("alive", [0, 10**6])
def test_every_file_is_read_once_and_judged_as_if_alone(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, alive: int
) -> None:
    monkeypatch.setattr("nianbao.run.round._ALIVE", alive)
    files = [
        written(tmp_path, "a.txt"),
        written(tmp_path, "b.txt", 2022),
        written(tmp_path, "c.txt", 2022, 3),
    ]
    together = round_of(company(files[:2], previous=tuple(files[2:])), Learning())
    judged = [linter(file.settings).check(together.introduced(file)) for file in files[:2]]
    together.close()
    assert sorted(read) == sorted(file.path for file in files)
    for checked, file in zip(judged, files, strict=False):
        alone = linter(file.settings).check(file)
        assert checked.verdict is not None
        assert alone.verdict is not None
        found = [each for each in checked.verdict.diagnostics if each.code[:3] not in ("YOY", "AGG")]
        assert found == list(alone.verdict.diagnostics)
    verdict = judged[0].verdict
    assert verdict is not None
    assert isinstance(verdict.report.previous, Neighbour)
    assert verdict.report.previous.path == files[1].path


def test_a_file_that_is_refused_is_not_tried_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def noted(path: str, *more: Any) -> bytes:
        opened.append(path)
        return contents(path, *more)

    monkeypatch.setattr("nianbao.run.linter.contents", noted)
    broken = Input(str(tmp_path / "a.pdf"))
    Path(broken.path).write_bytes(b"%PDF-1.4 broken")
    together = round_of(company([broken, written(tmp_path, "b.txt")]), Learning())
    checked = linter(broken.settings).check(together.introduced(broken))
    together.close()
    assert checked.error is not None
    assert opened.count(broken.path) == 1
    alone = linter(broken.settings).check(broken)
    assert checked.error == alone.error


def test_a_fault_of_a_reader_is_met_again_where_it_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "a.txt")

    def fails(self: Linter, given: Input) -> Report:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Linter, "_text", fails)
    together = round_of(company([file, written(tmp_path, "b.txt")]), Learning())
    checked = linter(file.settings).check(together.introduced(file))
    together.close()
    assert checked.fault


# -- put aside between the steps ------------------------------------------------------------------------------------


def test_a_text_that_was_put_aside_is_taken_as_it_was_also_by_a_copy() -> None:
    aside = Sources()
    source = Source("甲\n乙", "a.docx", kind="docx")
    aside.put("a.docx", sources.packed(source))
    aside.put("b.docx", sources.packed(Source("丙", "b.docx")))
    for each in (aside, pickle.loads(pickle.dumps(aside))):
        taken = each.take("a.docx")
        assert taken is not None
        assert (taken.text, taken.path, taken.kind) == ("甲\n乙", "a.docx", "docx")
        assert each.take("c.docx") is None
    aside.close()
    assert pickle.loads(pickle.dumps(aside)).take("a.docx") is None


def test_no_more_is_put_aside_than_there_is_room_for() -> None:
    packed = sources.packed(Source("甲", "a"))
    aside = Sources(most=len(packed))
    aside.put("a", packed)
    aside.put("b", packed)
    assert aside.take("a") is not None
    assert aside.take("b") is None
    aside.close()


# -- known again in the next run -----------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "kept").mkdir()
    return Cache(Kept(str(tmp_path / "kept"), "1"), "view")


def test_what_was_learned_is_known_again_under_another_path_until_the_file_changes(
    tmp_path: Path, read: list[str], cache: Cache
) -> None:
    file = written(tmp_path, "a.txt")
    first = Learning(cache).learn(file).seen
    assert Learning(cache).learn(file).seen == first
    assert len(read) == 1
    moved = Path(file.path).rename(tmp_path / "b.txt")
    assert isinstance(first, Neighbour)
    assert Learning(cache).learn(Input(str(moved))).seen == first._replace(path=str(moved))
    assert len(read) == 1
    other = Learning(cache).learn(written(tmp_path, "b.txt", 2022)).seen
    assert isinstance(other, Neighbour)
    assert (other.year, len(read)) == (2022, 2)
    expected = Input(str(moved), Settings(level="county"))
    assert Learning(cache).learn(expected).seen != other


def test_a_result_depends_on_all_that_the_report_is_compared_with(tmp_path: Path, cache: Cache) -> None:
    file = written(tmp_path, "a.txt")._replace(data=b"a")
    last = Learning().learn(written(tmp_path, "b.txt", 2022)).seen
    itself = Learning().learn(file._replace(data=None)).seen
    assert isinstance(itself, Neighbour)
    assert isinstance(last, Neighbour)
    alone = Neighbours(itself)
    others = [
        alone,
        alone._replace(previous=last),
        alone._replace(previous=Unread("b.txt", same("读不出"))),
        alone._replace(previous=Unread("b.txt", same("是扫描件"))),
        alone._replace(members=()),
        alone._replace(members=(last,)),
        alone._replace(members=(last, last._replace(path="c.txt", organ="乙镇"))),
        alone._replace(siblings=siblings_of([itself])),
        alone._replace(siblings=siblings_of([itself, last])),
    ]
    keys = {cache.key(file._replace(neighbours=each)) for each in others}
    assert len(keys | {cache.key(file)}) == len(others) + 1
    assert cache.key(file._replace(neighbours=others[1])) in keys


@pytest.mark.parametrize("key", ["previous: 去年.txt", "members: [去年.txt]", "roster: units.csv"])
def test_a_run_that_reads_more_than_the_files_it_names_is_not_taken_for_an_earlier_one(
    tmp_path: Path, key: str
) -> None:
    file = written(tmp_path, "a.txt")
    written(tmp_path, "去年.txt", 2022)
    (tmp_path / "units.csv").write_text("机关\n云岭镇人民政府\n", encoding="utf-8")
    for words, named in (("level: township", True), (key, False)):
        (tmp_path / "nianbao.yaml").write_text(f"{words}\n", encoding="utf-8")
        resolver = Resolver()
        resolver.resolved(file)
        assert (resolver.named is not None) is named
