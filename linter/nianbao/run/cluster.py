"""Work spread over the machines of a dask cluster, of which any may be lost at any time.

A worker that is lost costs what it had in hand one more try and nothing else. This module alone imports dask.
"""

import logging
import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar
from uuid import uuid4

from nianbao_grammar.records import NamedTuple

from nianbao.run.judged import Lost
from nianbao.run.portable import stamp
from nianbao.run.stopping import Stopped
from nianbao.text.language import Text

T = TypeVar("T")
R = TypeVar("R")

_TRIES = 2
_AHEAD = 1000  # items beyond the first without a result that may be in memory
_QUEUE = 4  # items that a worker has for each that it does at a time
_CONNECTING = 5.0  # seconds
_TURN = 1.0  # seconds between two looks at a cluster that says nothing
_FETCHING = 5.0  # seconds until results that are there have to be here
_CLOSING = 1.0  # seconds
_EVERYTHING = "all"  # the topic of all events of a scheduler
_NO_DASK = Text(
    '--executor 需要 distributed：pip install "nianbao[dask]"',
    '--executor needs distributed: pip install "nianbao[dask]"',
)
_UNREACHED = Text(
    "连不上 {address} 的 dask 调度器（{why}）；核对地址，看它是否在运行",
    "the dask scheduler at {address} cannot be reached ({why}): check the address, and whether it runs",
)
_GONE = Text(
    "{address} 的 dask 调度器断开了，没有检查完",
    "the dask scheduler at {address} is gone, and not all is checked",
)
_UNLIKE = Text(
    "dask 集群的进程装的是 {theirs}，这里是 {ours}；两边要一样",
    "a dask worker has {theirs}, and here it is {ours}: they have to be the same",
)
_FAILED = Text(
    "dask 进程不能检查（{error}）；看各台机器是否装了 nianbao",
    "the dask workers cannot check ({error}): see whether nianbao is installed on each machine",
)
_NOBODY = Text(
    "{address} 现在没有 dask 进程，等有了再检查；Ctrl-C 中断",
    "there is no dask worker at {address} now: waiting for one; Ctrl-C ends it",
)


class ClusterError(Exception):
    """A cluster that cannot do the work; *text* says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Cluster:
    """The cluster of the scheduler at an address; *notice* is told when it has no worker."""

    def __init__(self, address: str, notice: Callable[[Text], None]) -> None:
        """Connect to `dask://HOST:PORT`, or to `tls://HOST:PORT` as the settings of dask say. Raises ClusterError."""
        try:
            import dask
            from distributed import Client
        except ImportError:
            raise ClusterError(_NO_DASK) from None
        # What dask has to say, we say; and what is sent in one piece is bounded here.
        for name in list(logging.Logger.manager.loggerDict):
            if name.partition(".")[0] in ("distributed", "tornado"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
        self.address = address
        self.notice = notice
        try:
            where = address.replace("dask://", "tcp://", 1)
            self.client: Any = Client(where, timeout=_CONNECTING, set_as_default=False, name="nianbao")
        except Exception as error:  # of the system, of TLS, of a server that is no scheduler
            why = " ".join(str(error).split()) or type(error).__name__
            raise ClusterError(_UNREACHED.fill(address=address, why=why)) from None

    def shared(
        self,
        task: Callable[[T], R],
        items: Iterable[T],
        known: Callable[[T], R | None] = lambda _: None,
    ) -> Iterator[tuple[T, R | Lost]]:
        """Yield each of *items*, in order, with what *task*, a function of a module, returns for it on some machine.

        They are taken as there is room for them; one of which the result is *known* is not sent. If a signal ends
        the run, the results that are there by then are yielded before Stopped is raised. Raises ClusterError.
        """
        run = _Run(self, task, items, known)
        try:
            yield from run.results()
        except Stopped:
            run.end()
            yield from run.rest()
            raise
        finally:
            run.end()

    def close(self) -> None:
        """Leave the cluster."""
        with suppress(Exception):  # it may be gone
            self.client.close(timeout=_CLOSING)


class _Out(NamedTuple):
    """An item that is with the cluster: its *number*, the *worker* that has it, and the *future* of its result."""

    number: int
    worker: str
    future: Any


class _Left(NamedTuple):
    """A *worker* that has left: it was lost unless that was *expected*, and had these *keys*."""

    worker: str
    keys: frozenset[str]
    expected: bool


class _Worker:
    """A worker: how many items it does at a time, and the keys of those that it has, in the order of their coming."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.has: list[str] = []
        self.alone = False  # whether what it has is to have it for itself

    @property
    def room(self) -> float:
        """The share of what it may have that it does not have."""
        return 0.0 if self.alone else 1 - len(self.has) / (_QUEUE * self.threads)


class _Run(Generic[T, R]):
    def __init__(
        self, cluster: Cluster, task: Callable[[T], R], items: Iterable[T], known: Callable[[T], R | None]
    ) -> None:
        self.cluster = cluster
        self.client = cluster.client
        self.task = task
        self.coming = enumerate(items)
        self.known = known
        self.items: dict[int, T] = {}  # taken, and not yet yielded
        self.all_taken = False
        self.open = deque[int]()
        # Items that a worker had in hand when it was lost: the next one has nothing else, so that none pays for another.
        self.suspects = deque[int]()
        self.deaths: Counter[int] = Counter()
        self.out: dict[str, _Out] = {}  # by the key that dask knows them by
        self.done: dict[int, R | Lost] = {}
        self.next = 0
        self.workers: dict[str, _Worker] = {}
        self.told_nobody = False
        self.met = 0.0  # when the workers were last looked at, on the clock of `monotonic`
        # What threads of dask say: a key that has ended, a worker that has left, None for one that has come.
        self.said: SimpleQueue[str | _Left | None] = SimpleQueue()
        self.client.subscribe_topic(_EVERYTHING, self.take_event)
        self.meet()

    def take_event(self, event: tuple[float, Any]) -> None:
        """Take what the scheduler tells of its workers."""
        said = event[1] if isinstance(event[1], dict) else {}
        if said.get("action") == "add-worker":
            self.said.put(None)
        elif said.get("action") == "remove-worker":
            keys = frozenset(said.get("processing-tasks", ()))
            self.said.put(_Left(said.get("worker", ""), keys, bool(said.get("expected"))))

    def meet(self) -> None:
        """Take in the workers that have come; tell once if there is none."""
        with self.connected():
            threads = self.client.nthreads()
        self.met = monotonic()
        for worker, number in threads.items():
            self.workers.setdefault(worker, _Worker(number))
        if threads:
            self.told_nobody = False
        elif not self.told_nobody:
            self.told_nobody = True
            self.cluster.notice(_NOBODY.fill(address=self.cluster.address))

    def results(self) -> Iterator[tuple[T, R | Lost]]:
        """Yield the items in order with their results as they come."""
        while True:
            self.hand_out()
            while self.next in self.done:
                self.next += 1
                yield self.items.pop(self.next - 1), self.done.pop(self.next - 1)
            if self.items:
                self.hear()
            elif self.all_taken:
                return

    def rest(self) -> Iterator[tuple[T, R | Lost]]:
        """Yield the items that have a result although an earlier one has none."""
        for number in sorted(self.done):
            yield self.items[number], self.done[number]

    def hand_out(self) -> None:
        """Give work to every worker that has room for it; a suspect waits until one has nothing else."""
        kept = ""
        if self.suspects:
            kept = min(self.workers, key=lambda each: len(self.workers[each].has), default="")
            if kept and not self.workers[kept].has:
                self.give(self.suspects.popleft(), kept)
                self.workers[kept].alone = True
        while self.has_open():
            free = [each for each in self.workers if each != kept]
            worker = max(free, key=lambda each: self.workers[each].room, default="")
            if not worker or self.workers[worker].room <= 0:
                return
            self.give(self.open.popleft(), worker)

    def has_open(self) -> bool:
        """Return whether an item is to be given out, not too far ahead of the first that is not done."""
        while (
            not self.open and not self.all_taken and len(self.items) < _AHEAD and self.next not in self.done
        ):
            taken = next(self.coming, None)
            if taken is None:
                self.all_taken = True
                break
            number, item = taken
            self.items[number] = item
            known = self.known(item)
            if known is None:
                self.open.append(number)
            else:
                self.done[number] = known
        return bool(self.open)

    def give(self, number: int, worker: str) -> None:
        """Send the item *number* to *worker* and no other: one that dask itself tried again could kill the next."""
        said = pickle.dumps((self.task, self.items[number]))
        key = f"nianbao-{uuid4().hex}"
        with self.connected():
            future = self.client.submit(_answer, stamp(), key, said, key=key, pure=False, workers=[worker])
        self.out[key] = _Out(number, worker, future)
        self.workers[worker].has.append(key)
        future.add_done_callback(lambda future: self.said.put(future.key))

    def back(self, key: str) -> int:
        """Return the number of the item that is out by *key*; it no longer is."""
        number, address, _ = self.out.pop(key)
        worker = self.workers.get(address)
        if worker is not None:
            worker.has.remove(key)
            worker.alone = False
        return number

    def hear(self) -> None:
        """Wait for a result, or for a worker to come or to leave, for a moment at most. Raises ClusterError."""
        heard: list[str | _Left | None] = []
        with suppress(Empty):
            heard.append(self.said.get(timeout=_TURN))
            while True:
                heard.append(self.said.get_nowait())
        for left in heard:
            if isinstance(left, _Left):
                self.bury(left)
        self.collect([key for key in heard if isinstance(key, str) and key in self.out])
        if not heard or None in heard or monotonic() > self.met + _TURN:
            self.meet()

    def collect(self, keys: Sequence[str]) -> None:
        """Take the results of the items that are out by *keys* and have ended. Raises ClusterError."""
        ended = {key: self.out[key].future for key in keys}
        for key, future in ended.items():
            if future.status != "finished":
                self.fail(key)
        finished = [future for future in ended.values() if future.status == "finished"]
        for key, theirs, said in self.fetched(finished):
            if theirs:
                raise ClusterError(_UNLIKE.fill(theirs=theirs, ours=stamp()))
            try:
                result = pickle.loads(said)
            except Exception:  # whatever its class does when it is made again
                result = Lost.UNSENT
            self.done[self.back(key)] = result

    def fetched(self, futures: Sequence[Any]) -> Sequence[tuple[str, str, bytes]]:
        """Return the answers of *futures*; none if a worker has been lost with one of them: they are asked again."""
        if not futures:
            return ()

        def gather() -> Any:
            return self.client.gather(futures, errors="skip", asynchronous=True)

        with self.connected():
            try:
                answers: Sequence[tuple[str, str, bytes]] = self.client.sync(
                    gather, callback_timeout=_FETCHING
                )
            except TimeoutError:
                for future in futures:
                    self.said.put(future.key)
                return ()
        return answers

    def fail(self, key: str) -> None:
        """Have the item that is out by *key*, without a result, tried again or given up. Raises ClusterError."""
        from distributed import KilledWorker

        number, _, future = self.out[key]
        if future.status == "pending":  # its worker has been lost with it, and is buried soon
            return
        if future.status != "error":  # it is cancelled, and not by us
            raise ClusterError(_GONE.fill(address=self.cluster.address))
        with self.connected():
            error = future.exception()
        if isinstance(error, KilledWorker):
            return
        # A worker that is about to leave fails in one way or another, and the next one does not.
        self.deaths[number] += 1
        if self.deaths[number] == _TRIES:
            words = " ".join(f"{type(error).__name__}: {error}".split())
            raise ClusterError(_FAILED.fill(error=words))
        self.suspects.append(self.back(key))

    def bury(self, left: _Left) -> None:
        """Have what a worker had in hand tried again or given up, and what waited behind that given to another."""
        worker = self.workers.pop(left.worker, None)
        if worker is None:
            return
        begun = [] if left.expected else [key for key in worker.has if key in left.keys][: worker.threads]
        with self.connected():
            self.client.cancel([self.out[key].future for key in worker.has])
        for key in reversed(worker.has):
            number = self.back(key)
            self.deaths[number] += key in begun
            if key not in begun:
                self.open.appendleft(number)
            elif self.deaths[number] < _TRIES:
                self.suspects.append(number)
            else:
                self.done[number] = Lost.KILLED

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Raise ClusterError if what is asked of the scheduler within fails."""
        try:
            yield
        except ClusterError:
            raise
        except (Exception, CancelledError) as error:
            raise ClusterError(_GONE.fill(address=self.cluster.address)) from error

    def end(self) -> None:
        """Cancel all that is out."""
        out, self.out = self.out, {}
        with suppress(Exception, CancelledError):
            self.client.cancel([each.future for each in out.values()])
            self.client.unsubscribe_topic(_EVERYTHING)


def _answer(expected: str, key: str, said: bytes) -> tuple[str, str, bytes]:
    """Return *key* and, on the machine of a worker, the result of the task and the item that are *said*.

    Where not the *expected* is installed there is none, but what is: the two may mean other things by one word.
    """
    if stamp() != expected:
        return key, stamp(), b""
    task, item = pickle.loads(said)
    try:
        return key, "", pickle.dumps(task(item))
    except Exception:  # whatever its class does when it is taken apart
        return key, "", pickle.dumps(Lost.UNSENT)
