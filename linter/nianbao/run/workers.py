"""Work shared among processes, of which any may be killed at any time or never come to an end.

A worker that dies costs what it had in hand one more try and nothing else; when the parent has ended, none is left.
"""

import os
import pickle
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from threading import Thread, active_count
from typing import Any, Generic, TypeVar

from nianbao.run.judged import Lost
from nianbao.run.stopping import Stopped, blocked, leave_it_to_the_parent

T = TypeVar("T")
R = TypeVar("R")

_MOST = 60  # fewer than Windows can wait for
_TRIES = 2
_GRACE = 10.0  # seconds beyond its bound in which a task may end by itself
_QUEUE = 2  # items that a worker has: one in hand, one to go on with
_AHEAD = 128  # results for each worker that may wait for an earlier one
_TURN = 1.0  # seconds between two looks at workers that say nothing
_LAST = 0.5  # seconds that workers have to put their things in order
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def shared(
    task: Callable[[T], R], items: Sequence[T], processes: int, seconds: Callable[[T], float]
) -> Iterator[tuple[T, R | Lost]]:
    """Yield each of *items*, in order, with what *task*, a function of a module, returns for it in another process.

    *processes* share the work. *seconds* tells how long an item may take, 0 for any time. If a signal ends the run,
    the results that are there by then are yielded before Stopped is raised.
    """
    pool = _Pool(task, items, processes, seconds)
    try:
        yield from pool.results()
    except Stopped:
        pool.end()
        yield from pool.rest()
        raise
    finally:
        pool.end()


class _Worker:
    """A process, with the indices of the items that it has, the first of them in hand *since* a time."""

    def __init__(self, process: Any, connection: "Connection[Any, Any]") -> None:
        self.process = process
        self.connection = connection
        self.ready = False
        self.has = deque[int]()
        self.since = 0.0

    def give(self, index: int) -> None:
        """Have it do the item *index* next; if it has just died, that is noticed when it is heard."""
        if not self.has:
            self.since = time.monotonic()
        self.has.append(index)
        with suppress(OSError):
            self.connection.send(index)

    def taken(self) -> int:
        """Return the index of the item that it had in hand; the next one is in hand now."""
        self.since = time.monotonic()
        return self.has.popleft()


class _Pool(Generic[T, R]):
    def __init__(
        self, task: Callable[[T], R], items: Sequence[T], processes: int, seconds: Callable[[T], float]
    ) -> None:
        self.task = task
        self.items = items
        self.seconds = seconds
        # A copy of a process has all that is loaded; where another thread runs, it could have its locks too.
        forks = sys.platform == "linux" and active_count() == 1
        self.context: Any = get_context("fork" if forks else "spawn")
        self.parent = os.getpid() if forks else 0
        self.lifeline, self.held = self.context.Pipe(duplex=False)
        self.open = deque(range(len(items)))
        self.deaths: Counter[int] = Counter()
        self.done: dict[int, R | Lost] = {}
        self.next = 0
        self.ahead = _AHEAD * processes
        self.workers: list[_Worker] = []
        for _ in range(min(processes, len(items), _MOST)):
            self.start()

    def start(self) -> None:
        """Start one worker more, if the system lets us."""
        ours, theirs = self.context.Pipe()
        arguments = (self.task, self.items, theirs, self.lifeline, self.held, self.parent)
        process = self.context.Process(target=_work, args=arguments)
        with theirs, blocked():
            try:
                process.start()
            except OSError:
                ours.close()
                return
        self.workers.append(_Worker(process, ours))

    def results(self) -> Iterator[tuple[T, R | Lost]]:
        """Yield the items in order with their results as they come."""
        while self.next < len(self.items):
            if self.workers:
                self.hand_out()
                self.hear()
            else:  # none could be started: the work is done here
                index = self.open.popleft()
                self.done[index] = self.task(self.items[index])
            while self.next in self.done:
                self.next += 1
                yield self.items[self.next - 1], self.done.pop(self.next - 1)

    def rest(self) -> Iterator[tuple[T, R | Lost]]:
        """Yield the items that have a result although an earlier one has none."""
        for index in sorted(self.done):
            yield self.items[index], self.done[index]

    def hand_out(self) -> None:
        """Give work to every worker that has room for it, not too far ahead of the first that is not done.

        Of the last items none waits behind another while some worker has nothing to do.
        """
        for worker in self.workers:
            while worker.ready and len(worker.has) < self.room and self.open:
                if self.open[0] >= self.next + self.ahead:
                    return
                worker.give(self.open.popleft())

    @property
    def room(self) -> int:
        """How many items each worker may have now."""
        return _QUEUE if len(self.open) > _QUEUE * len(self.workers) else 1

    def hear(self) -> None:
        """Wait for a result or a death, for a moment at most, and end workers whose time is up."""
        heard = wait([worker.connection for worker in self.workers], _TURN)
        for worker in tuple(self.workers):
            if worker.connection in heard:
                self.listen(worker)
            elif worker.has and self.is_late(worker):
                self.done[worker.taken()] = Lost.LATE
                self.replace(worker)
            elif worker.process.exitcode is not None and not worker.connection.poll():
                self.bury(worker)  # a child of its own keeps its pipe open

    def is_late(self, worker: _Worker) -> bool:
        """Return whether what *worker* has in hand takes too long."""
        seconds = self.seconds(self.items[worker.has[0]])
        return bool(seconds) and time.monotonic() > worker.since + seconds + _GRACE

    def listen(self, worker: _Worker) -> None:
        """Take what *worker* says; its silence for ever is its death."""
        try:
            said = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self.bury(worker)
            return
        if not worker.ready:
            worker.ready = True
            return
        try:
            result = pickle.loads(said)
        except Exception:  # whatever its class does when it is made again
            result = Lost.UNSENT
        self.done[worker.taken()] = result

    def bury(self, worker: _Worker) -> None:
        """Have what *worker* had in hand tried again, or give it up; another takes its place."""
        if worker.has:
            index = worker.taken()
            self.deaths[index] += 1
            if self.deaths[index] < _TRIES:
                self.open.appendleft(index)
            else:
                self.done[index] = Lost.KILLED
        self.replace(worker)

    def replace(self, worker: _Worker) -> None:
        """End *worker*, give back what it has not begun, and start another; one that never was ready has none."""
        self.workers.remove(worker)
        self.open.extendleft(reversed(worker.has))
        _end([worker])
        if worker.ready:
            self.start()

    def end(self) -> None:
        """End all workers."""
        workers, self.workers = self.workers, []
        _end(workers)
        self.lifeline.close()
        self.held.close()


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.process.terminate()
    until = time.monotonic() + _LAST
    for worker in workers:
        worker.process.join(max(until - time.monotonic(), 0))
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        worker.connection.close()


def _work(
    task: Callable[[T], R],
    items: Sequence[T],
    connection: "Connection[Any, Any]",
    lifeline: "Connection[Any, Any]",
    held: "Connection[Any, Any]",
    parent: int,
) -> None:
    """Do the *items* whose indices come in on *connection*, and send the results, until a signal or the end of it."""
    with suppress(Stopped, EOFError, OSError):
        leave_it_to_the_parent()
        held.close()
        _die_with(parent, lifeline)
        connection.send_bytes(b"")  # ready
        while True:
            result = task(items[connection.recv()])
            try:
                said = pickle.dumps(result)
            except Exception:  # whatever its class does when it is taken apart
                said = pickle.dumps(Lost.UNSENT)
            connection.send_bytes(said)


def _die_with(parent: int, lifeline: "Connection[Any, Any]") -> None:
    """Have this process end with its parent, which alone holds the other end of *lifeline*.

    A thread waits for that. Where the process is a copy of *parent*, the system does it: no thread runs beside a search
    in C code.
    """
    if parent:
        with suppress(ImportError, AttributeError, OSError):  # another C library
            import ctypes

            ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    Thread(target=_leave_after, args=(lifeline,), daemon=True).start()


def _leave_after(lifeline: "Connection[Any, Any]") -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)
