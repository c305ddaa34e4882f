"""From files to prepared documents: what to read, what changed, and the terms of it all.

Segmenting words is what indexing costs, so that large work is spread over processes (spawned, never forked).
"""

import asyncio
import hashlib
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from index.documents import Changes, Document, Skipped
from index.passages import cut
from index.readers import SUFFIXES, Reason, Unreadable, read
from index.store import Known, Prepared
from index.terms import terms_of

ANALYSIS = "1"
"""Version of what is made of a text: raise it when passages or terms change, and documents are indexed anew."""

_POOL_FROM = 400_000
"""Characters of text from which starting processes pays."""

_TASK_SIZE = 40_000
"""Characters of text given to a process at once."""

_TASKS_AHEAD = 2
"""Tasks waiting for each process, so that none is ever idle."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to be indexed, and what is remembered of where it came from.

    Attributes:
        document: The document.
        digest: Hash of its content.
        stamp: Size and time of change of its file; empty if there is no file.
    """

    document: Document
    digest: str
    stamp: str = ""

    @classmethod
    def of(cls, document: Document, stamp: str = "") -> "Incoming":
        """With the digest taken from the document's content."""
        content = "\0".join(
            [document.title, document.text, document.url or "", str(document.date), document.summary or ""]
        )
        return cls(document, hashlib.blake2b(content.encode(), digest_size=16).hexdigest(), stamp)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a document: its key, where it is, and its size and time of change."""

    key: str
    path: Path
    stamp: str


def scan(paths: Sequence[Path]) -> tuple[list[Found], list[Skipped]]:
    """The files below some folders (or the files themselves) that can be read, in order of key, and those that cannot.

    A key is the path below its folder; with more than one path given, the folder's name stands before it. Hidden files
    are passed over.
    """
    found: dict[str, Found] = {}
    skipped: list[Skipped] = []
    for root in paths:
        prefix = f"{root.name}/" if len(paths) > 1 and root.is_dir() else ""
        for path, below in _files(root):
            key = prefix + below
            if path.suffix.lower() not in SUFFIXES:
                skipped.append(Skipped(key, "format", path.suffix))
                continue
            try:
                status = path.stat()
            except OSError as error:
                skipped.append(Skipped(key, "unreadable", error.strerror or ""))
                continue
            found[key] = Found(key, path, f"{status.st_size}:{status.st_mtime_ns}")
    return sorted(found.values(), key=lambda one: one.key), skipped


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    if not root.is_dir():
        yield root, root.name
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                yield path, path.relative_to(root).as_posix()


class Intake:
    """What is to be done so that a collection holds the files that were found, and what came of it.

    Attributes:
        to_read: New files, and those that seem to have changed.
        vanished: Keys that are known and were not found.
        restamped: Touched files whose content is the same: their new stamps.
        unusable: Keys that are known and whose files no longer hold a document.
    """

    def __init__(self, found: Sequence[Found], known: Mapping[str, Known], skipped: Iterable[Skipped]) -> None:
        self._known = known
        self.to_read = [one for one in found if one.key not in known or known[one.key].stamp != one.stamp]
        self.vanished = sorted(known.keys() - {one.key for one in found})
        self.restamped: dict[str, str] = {}
        self.unusable: list[str] = []
        self._skipped = list(skipped)
        self._read: list[str] = []
        reading = {one.key for one in self.to_read}
        self._digests = {known[one.key].digest: one.key for one in found if one.key in known and one.key not in reading}
        self._unchanged = len(self._digests)

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(int(one.stamp.partition(":")[0]) for one in self.to_read)

    def read(self) -> Iterator[Incoming | None]:
        """The documents to be indexed; ``None`` in the place of a file that has nothing new."""
        for one in self.to_read:
            yield self._read_one(one)

    def _read_one(self, found: Found) -> Incoming | None:
        before = self._known.get(found.key)
        try:
            incoming = Incoming.of(read(found.path, found.key), found.stamp)
        except Unreadable as error:
            self._skipped.append(Skipped(found.key, error.reason, error.detail))
            if before is not None and error.reason != Reason.UNREADABLE:
                self.unusable.append(found.key)
            return None
        twin = self._digests.setdefault(incoming.digest, found.key)
        if twin != found.key:
            self._skipped.append(Skipped(found.key, "duplicate", twin))
            if before is not None:
                self.unusable.append(found.key)
            return None
        if before is not None and before.digest == incoming.digest:
            self.restamped[found.key] = found.stamp
            self._unchanged += 1
            return None
        self._read.append(found.key)
        return incoming

    def changes(self) -> Changes:
        """What was changed."""
        return Changes(
            added=tuple(key for key in self._read if key not in self._known),
            updated=tuple(key for key in self._read if key in self._known),
            removed=(*self.vanished, *self.unusable),
            unchanged=self._unchanged,
            skipped=tuple(self._skipped),
        )


def prepare(incoming: Incoming) -> Prepared:
    """Cut a document into passages and find the terms of each."""
    document = incoming.document
    return Prepared(
        document=document,
        digest=incoming.digest,
        stamp=incoming.stamp,
        title=terms_of(document.title),
        passages=tuple(
            (passage, terms_of(passage.heading, passage.text) if passage.heading else terms_of(passage.text))
            for passage in cut(document)
        ),
    )


def _prepare_all(batch: Sequence[Incoming]) -> list[Prepared]:
    return [prepare(incoming) for incoming in batch]


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def preparing(size: int, thread: Executor) -> Iterator[tuple[Executor, int]]:
    """Where to prepare documents of about ``size`` characters in all, and how many tasks it runs at once."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if size < _POOL_FROM or processors == 1:
        yield thread, 1
        return
    with ProcessPoolExecutor(processors, mp_context=get_context("spawn"), initializer=_ignore_interrupts) as pool:
        try:
            yield pool, processors
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


async def prepared(
    incoming: Iterable[Incoming], executor: Executor, at_once: int, thread: Executor
) -> AsyncIterator[list[Prepared]]:
    """Prepare documents in order, a few tasks ahead of what has been taken; they are read in ``thread``."""
    loop = asyncio.get_running_loop()
    pending: deque[asyncio.Future[list[Prepared]]] = deque()
    tasks = _tasks(incoming)
    while task := await loop.run_in_executor(thread, next, tasks, None):
        pending.append(loop.run_in_executor(executor, _prepare_all, task))
        if len(pending) > _TASKS_AHEAD * at_once:
            yield await pending.popleft()
    while pending:
        yield await pending.popleft()


def _tasks(incoming: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    task: list[Incoming] = []
    size = 0
    for one in incoming:
        task.append(one)
        size += len(one.document.text)
        if size >= _TASK_SIZE:
            yield task
            task, size = [], 0
    if task:
        yield task
