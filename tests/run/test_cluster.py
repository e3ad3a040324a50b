"""Work spread over a dask cluster of this machine, which loses workers, has none, and goes away."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import needs
import pytest
from cli.running import Run, wrong_total
from faults import signals_stop
from nianbao.run import cluster as clusters
from nianbao.run import kept as keeping
from nianbao.run import verdicts
from nianbao.run.cluster import Cluster, ClusterError
from nianbao.run.judged import Lost
from nianbao.run.stopping import Stopped
from nianbao.testing import compliant
from nianbao.text.language import Text
from tasks import deadly, interrupt, square, unsendable

pytest_plugins = ["cli.conftest"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by the signals of POSIX")

RULES = """\
rules:
  - code: QH001
    name: our-word
    kind: require-phrase
    with: {phrase: 青禾为民}
    basis: 青禾县年报编制要点
    cases: {pass: [本县青禾为民。], fail: [本县无。]}
"""
WAIVER = "waivers:\n  - {code: SUM004, at: 表四 · 行政复议 · 总计, report: 甲镇/*, reason: 已经核对}\n"


def local(workers: int, **how: Any) -> Any:
    """Return a cluster of this machine that only this machine reaches."""
    needs.library("distributed")
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=60,
        **how,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two processes, which are in another folder than this one."""
    with local(2) as here, here.get_client() as client:
        client.run(os.chdir, str(tmp_path_factory.mktemp("elsewhere")))
        yield here.scheduler_address.replace("tcp://", "dask://")


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    with closing(Cluster(address, print)) as cluster:
        yield cluster


def test_all_come_in_order(cluster: Cluster) -> None:
    items = range(60)
    assert list(cluster.shared(square, items)) == [(item, item * item) for item in items]


def test_what_is_known_is_not_sent(cluster: Cluster) -> None:
    known = {1: -1, 2: -2, 5: -5}
    expected = [(item, known.get(item, item * item)) for item in range(7)]
    assert list(cluster.shared(square, range(7), known.get)) == expected


def test_items_are_taken_as_there_is_room(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are in memory, here and in the scheduler."""
    monkeypatch.setattr(clusters, "_AHEAD", 3)
    taken: list[int] = []
    items = (taken.append(number) or number for number in range(20))  # type: ignore[func-returns-value]
    assert [len(taken) - number for number, _ in cluster.shared(square, items)] <= [3] * 20


def test_a_killed_worker_costs_its_item_one_more_try(tmp_path: Path) -> None:
    items = ["a", "b", f"once {tmp_path / 'tried'}", "c", "d"]
    with local(2) as here, closing(Cluster(here.scheduler_address, print)) as cluster:
        assert list(cluster.shared(deadly, items)) == [(item, item) for item in items]


def test_an_item_that_kills_each_worker_is_lost_and_no_other_is() -> None:
    """One worker is left for the others: dask starts none again that is killed while it starts."""
    items = ["a", "kill", *"bcdefghij"]
    expected = [(item, Lost.KILLED if item == "kill" else item) for item in items]
    with local(3) as here, closing(Cluster(here.scheduler_address, print)) as cluster:
        assert list(cluster.shared(deadly, items)) == expected


def test_what_cannot_be_sent_is_lost(cluster: Cluster) -> None:
    assert list(cluster.shared(unsendable, range(3))) == [(0, 0), (1, Lost.UNSENT), (2, 2)]


def test_a_signal_ends_it_and_what_is_done_is_yielded(cluster: Cluster, tmp_path: Path) -> None:
    items = [(number, str(tmp_path / "begun"), os.getpid()) for number in range(8)]
    done = []
    with signals_stop(), pytest.raises(Stopped) as stopped:
        done.extend(result for _, result in cluster.shared(interrupt, items))
    (tmp_path / "begun.over").touch()
    assert stopped.value.number == signal.SIGINT
    assert done == sorted(done)
    assert 0 not in done
    assert not cluster.client.futures, "what was open is cancelled"


def test_another_version_on_a_worker_is_told(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "stamp", lambda: "nianbao 0.0.1")
    with pytest.raises(ClusterError) as told:
        list(cluster.shared(square, range(3)))
    assert "here it is nianbao 0.0.1" in told.value.text.en
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in told.value.text.en


def test_it_waits_for_a_worker_and_says_so() -> None:
    with local(0, processes=False) as here:
        told: list[Text] = []

        def notice(text: Text) -> None:
            told.append(text)
            here.scale(1)

        with closing(Cluster(here.scheduler_address, notice)) as cluster:
            assert list(cluster.shared(square, range(3))) == [(0, 0), (1, 1), (2, 4)]
    assert len(told) == 1


def test_a_scheduler_that_goes_away_is_told(tmp_path: Path) -> None:
    needs.library("distributed")
    import dask

    # For so long the cluster looks for its scheduler when it is closed.
    briefly = dask.config.set({"distributed.comm.timeouts.connect": "0.5s"})
    with (
        briefly,
        local(1, processes=False) as here,
        closing(Cluster(here.scheduler_address, print)) as cluster,
    ):
        results = cluster.shared(deadly, ["a", f"wait {tmp_path / 'over'}"])
        assert next(results) == ("a", "a")
        here.scheduler.stop()
        here.sync(here.scheduler.close)
        with pytest.raises(ClusterError, match="is gone"):
            next(results)
        (tmp_path / "over").touch()


# -- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder: reports of two towns, one that cannot be read, and all that says how to judge them."""
    monkeypatch.chdir(tmp_path)
    Path("nianbao.yaml").write_text("rules: [青禾.rules.yaml]\n")
    Path("青禾.rules.yaml").write_text(RULES)
    Path("nianbao.waivers.yaml").write_text(WAIVER)
    for town in ("甲镇", "乙镇"):
        Path(town).mkdir()
        Path(town, "有误.txt").write_text(wrong_total())
        for seed in range(3):
            Path(town, f"{seed}.txt").write_text(compliant("2021", "county", seed).render())
    Path("乙镇", "坏.docx").write_bytes(b"PK\0")


@pytest.mark.parametrize("form", ["json", "full", "sarif"])
@pytest.mark.parametrize("path", [".", "absolute", "甲镇/.."])
def test_the_output_is_the_same(run: Run, reports: None, address: str, form: str, path: str) -> None:
    """Also by another folder, and by rules, a baseline and waivers that are not there."""
    assert run("baseline", "create", "乙镇/0.txt").code == 0
    asked = ["check", os.getcwd() if path == "absolute" else path, "-f", form]
    here, there = run(*asked), run(*asked, "--executor", address)
    assert here.code == 1
    assert b"QH001" in here.stdout
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)


def test_results_are_kept_here(
    run: Run, reports: None, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(keeping, "installation", lambda: "here")
    there = run("check", "甲镇", "--executor", address)
    monkeypatch.setattr(verdicts, "_check", lambda _: pytest.fail("judged again"))
    again = run("check", "甲镇")
    assert (again.code, again.out) == (there.code, there.out)


def test_no_scheduler_is_one_line(run: Run, right: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs.library("distributed")
    monkeypatch.setattr(clusters, "_CONNECTING", 0.1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ended = run("check", right, "--executor", f"dask://127.0.0.1:{port}")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert f"dask://127.0.0.1:{port}" in ended.err


def test_without_dask_one_line_names_the_extra(
    run: Run, right: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = run("check", right, "--executor", "dask://127.0.0.1:8786")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "nianbao[dask]" in ended.err


def test_python_of_settings_is_not_sent(run: Run, right: Path) -> None:
    right.with_name("nianbao.yaml").write_text("plugins: [ours.py]\n")
    right.with_name("ours.py").write_text(
        "from nianbao.api import hookimpl\n\n\n@hookimpl\ndef nianbao_add_rules():\n    return []\n"
    )
    ended = run("check", right, "--trust", "--executor", "dask://127.0.0.1:8786")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended.err
    assert "ours.py" in ended.err


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "dask://127.0.0.1", "http://127.0.0.1:8786", "dask://:1"]
)
def test_what_is_no_address_is_refused(run: Run, right: Path, address: str) -> None:
    ended = run("check", right, "--executor", address)
    assert (ended.code, ended.out) == (2, "")
    assert "dask://" in ended.err


def test_processes_and_a_cluster_exclude_each_other(run: Run, right: Path) -> None:
    ended = run("check", right, "-j", 2, "--executor", "dask://127.0.0.1:8786")
    assert (ended.code, ended.out) == (2, "")
    assert "-j" in ended.err
