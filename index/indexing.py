"""How a collection changes: by one writer at a time, in the store first and then in the engine."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from filelock import FileLock, Timeout

from index.documents import (
    Added,
    Changes,
    Document,
    Entry,
    Outcome,
    Progress,
    Removed,
    Replacement,
    Skipped,
    Source,
    Undone,
)
from index.intake import Incoming, Intake, scan
from index.live_engine import LiveEngine, NotWritten
from index.preparing import ANALYSIS, prepared, preparing
from index.scoring import Section
from index.store import Known, Origin, Prepared, Store, is_web

P = ParamSpec("P")
T = TypeVar("T")

_WRITTEN_TOGETHER = 2_000_000
"""Characters of text that one transaction takes in."""

_WRITTEN_EVERY = 10.0
"""Seconds after which what was prepared is written even if it is less, so that no stop costs more."""

_PREPARED_TOGETHER = 1_000
"""Documents that are prepared anew at once."""

_FRESH = (Outcome.ADDED, Outcome.REPLACED)

_WAIT_FOR_WRITER = 60.0
_LOOK_EVERY = 0.1
"""Seconds between looks at what another process is writing, while there is nothing to find in."""


class CollectionError(Exception):
    """A collection cannot do what it was asked to."""


class NoDocuments(CollectionError):
    """There is nothing to index: the folder is missing, or holds no document that can be read.

    Attributes:
        folder: Where documents were looked for.
        skipped: The files that were found and could not be read.
    """

    def __init__(self, folder: Path, skipped: tuple[Skipped, ...] = ()) -> None:
        super().__init__(f"no documents in {folder}")
        self.folder = folder
        self.skipped = skipped


class Busy(CollectionError):
    """Another process has been writing to the collection for a minute."""


class WorkersLost(CollectionError):
    """A process that prepared documents ended before its work did; what was written before stays.

    Memory may have run out. A script that indexes must also keep its own work under ``if __name__ == "__main__":``, since
    the processes that it starts import it.
    """


class Unwritable(CollectionError):
    """The disk takes nothing more of the collection: what was there stays, and can be asked.

    What was being added may be in the store already; it can be found after the next time that something is written.
    """


class Damaged(CollectionError):
    """The collection's files cannot be used; the documents themselves are untouched."""


class Indexer:
    """Writes to one collection. What each change does is told in full by :class:`index.collection.Collection`."""

    def __init__(self, store: Store, path: Path, engine: LiveEngine, asking: Executor, indexing: Executor) -> None:
        """Name the lock, which lies beside the store.

        Args:
            store: What is written first.
            path: The store's file.
            engine: What follows it.
            asking: The thread that answers; what was written is seen there.
            indexing: The thread that writes, and prepares what is small; questions do not wait for it.
        """
        self._store = store
        self._path = path
        self._engine = engine
        self._asking = asking
        self._indexing = indexing
        self._lock = FileLock(path.with_name("write.lock"), thread_local=False)
        self._one_at_a_time = asyncio.Lock()
        self._behind = False
        self._settling: asyncio.Task[None] | None = None

    async def catch_up(self, progress: Progress | None) -> None:
        """See what there is; bring the engine in step with the store first, unless another process is doing so."""
        waiting_until = time.monotonic() + _WAIT_FOR_WRITER
        while not await self._refresh():
            try:
                async with self._writing(progress=progress, wait=_LOOK_EVERY):
                    pass
            except Busy:
                if time.monotonic() > waiting_until:
                    raise

    async def settled(self) -> None:
        """Wait until nobody is kept from writing by files that are being merged."""
        if self._settling:
            await self._settling

    # --- Adding and removing -----------------------------------------------------------------------------------------

    async def update(self, *paths: Path, progress: Progress | None = None) -> Changes:
        """Take in what is new or changed in some folders or files, and remove what is gone from them."""
        for path in paths:
            if not await asyncio.to_thread(path.exists):
                raise NoDocuments(path)
        found, skipped = await asyncio.to_thread(scan, paths)
        await self._prepare_outdated(progress)
        intake = Intake(found, await self._store.known(), skipped)
        if intake.to_read or intake.vanished or self._behind:
            async with self._writing():
                await self._take_in(intake.read(), intake.size, intake.size, progress)
                await self._write([], [*intake.vanished_documents, *intake.given_up])
                await self._store.note(intake.unchanged_files, intake.vanished)
        if not (await self._store.statistics()).documents:
            raise NoDocuments(paths[0], intake.changes().skipped)
        return intake.changes()

    async def _prepare_outdated(self, progress: Progress | None) -> None:
        """Prepare anew what an earlier version of the text analysis has prepared."""
        outdated = await self._store.outdated(ANALYSIS)
        if not outdated:
            return
        known = await self._store.known()
        async with self._writing():
            for first in range(0, len(outdated), _PREPARED_TOGETHER):
                keys = outdated[first : first + _PREPARED_TOGETHER]
                documents = [document for key in keys if (document := await self._store.document(key))]
                incoming = [
                    Incoming(document, known.documents[document.key].digest, known.documents[document.key].origin)
                    for document in documents
                ]
                await self._take_in(incoming, len(incoming), _size(incoming), progress)

    async def add(  # noqa: PLR0913  # Each is a choice of its own.
        self,
        documents: Sequence[Document],
        *,
        origin: str = "",
        whole: bool = False,
        twins: bool = True,
        unless_removed: bool = False,
        since: float | None = None,
        progress: Progress | None = None,
    ) -> tuple[Added, ...]:
        """Take in documents that come from elsewhere, and tell what came of each."""
        incoming = {document.key: Incoming.of(document, origin) for document in documents}
        async with self._writing():
            held = await self._store.held(list(incoming), [one.digest for one in incoming.values()])
            if unless_removed:
                out = held.removed.keys() - held.documents.keys()
                incoming = {key: one for key, one in incoming.items() if key not in out}
            left = [key for key in await self._store.keys_of(origin) if key not in incoming] if whole and origin else []
            outcomes = _outcomes(incoming, held, twins=twins)
            fresh = [incoming[key] for key, (outcome, _) in outcomes.items() if outcome in _FRESH]
            before = await self._store.entries([*left, *(key for key in incoming if key in held.documents)])
            digests = (await self._store.held(left)).documents
            written = await self._store.written_since(list(incoming), since) if since is not None else frozenset()
            await self._store.forget_texts()
            await self._write([], left, undoable=True)
            await self._take_in(fresh, len(fresh), _size(fresh), progress, undoable=not unless_removed)
        after = await self._store.entries([key for _, key in outcomes.values()])
        added = [
            _resumed(after[there], incoming[key], held)
            if outcome is Outcome.UNCHANGED and key in written
            else Added(
                outcome,
                after[there],
                _replacement(incoming[key], held) if outcome in _FRESH else None,
                before[key].source if outcome is Outcome.REPLACED else None,
            )
            for key, (outcome, there) in outcomes.items()
            if there in after
        ]
        gone = [Added(Outcome.REMOVED, before[key], Replacement(key, digests[key].digest, "")) for key in left]
        return (*added, *gone)

    async def remove(self, keys: Sequence[str]) -> tuple[Removed, ...]:
        """Set documents aside, and follow no more the addresses of which nothing is left."""
        async with self._writing():
            held, entries = (await self._store.held(keys)).documents, await self._store.entries(keys)
            await self._store.forget_texts()
            gone = await self._store.set_aside(list(entries))
            await self._follow(gone, [])
            origins = {entry.origin for entry in entries.values() if is_web(entry.origin)}
            await self._store.unfollow([origin for origin in sorted(origins) if not await self._store.keys_of(origin)])
        return tuple(Removed(entries[key], Replacement(key, held[key].digest, "")) for key in keys if key in entries)

    async def undo(self, replacements: Sequence[Replacement]) -> tuple[Undone, ...]:
        """Undo what adding or removing did to some documents, where they were not changed again."""
        known = await self._store.held([one.key for one in replacements])
        now = {one.key: known.documents[one.key].digest if one.key in known.documents else "" for one in replacements}
        standing = [one for one in replacements if now[one.key] == one.after]
        back = [one.key for one in standing if one.before and known.removed.get(one.key) == one.before]
        there = await self.put_back(back)
        gone = await self.remove([one.key for one in standing if one.after and not one.before])
        return (
            *(Undone(source, there=True) for source in there),
            *(Undone(one.entry.source, there=False) for one in gone),
        )

    async def put_back(self, keys: Sequence[str]) -> tuple[Source, ...]:
        """Take in again what was set aside."""
        async with self._writing():
            found = [one for key in keys if (one := await self._store.to_put_back(key))]
            incoming = [Incoming(one.document, one.digest, one.origin) for one in found]
            await self._take_in(incoming, len(incoming), _size(incoming), None)
            followed = {origin.key for origin in await self._store.addresses()}
            again = {one.origin for one in found if is_web(one.origin)} - followed
            await self._store.note([Origin(origin, "") for origin in sorted(again)])
        return tuple(one.document.source for one in found)

    async def note_address(self, address: str, stamp: str) -> None:
        """Note that an address was read."""
        await self._store.note([Origin(address, stamp)])

    # --- Being the one to write --------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _writing(
        self, *, progress: Progress | None = None, wait: float = _WAIT_FOR_WRITER
    ) -> AsyncIterator[None]:
        """Be the only one to write, in this process (which the lock of the folder lets in twice) and among all.

        The engine is in step with the store then.

        Args:
            progress: Is told how many documents are done where they must be brought so.
            wait: Seconds that another process is waited for.
        """
        await self._one_at_a_time.acquire()
        try:
            await asyncio.to_thread(self._lock.acquire, timeout=wait)
        except BaseException as error:
            self._one_at_a_time.release()
            if isinstance(error, Timeout):
                raise Busy("another process is writing to the collection") from error
            raise
        try:
            if not await self._run(self._engine.is_current):
                await self._bring_in_step(progress)  # a process stopped before its engine followed
            yield
        finally:
            if self._engine.is_settled:
                self._let_others_write()
            else:
                self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        """Let others write when the engine's files are merged; nobody waits for it who has written already."""
        try:
            if not await self._run(self._engine.settle):
                await self._bring_in_step()
        except (CollectionError, NotWritten):
            self._behind = True
        finally:
            self._let_others_write()

    def _let_others_write(self) -> None:
        self._lock.release()
        self._one_at_a_time.release()

    async def _bring_in_step(self, progress: Progress | None = None) -> None:
        """Make the engine hold what the store holds."""
        try:
            await self._run(self._engine.catch_up, progress and _told_in_loop(progress))
        except NotWritten as error:
            raise Unwritable(str(error)) from error
        except (OSError, ValueError) as error:
            raise Damaged(f"the engine's files cannot be built: {error}") from error
        self._behind = False

    # --- Preparing and writing ---------------------------------------------------------------------------------------

    async def _take_in(
        self,
        incoming: Iterable[Incoming | int],
        shares: int,
        size: int,
        progress: Progress | None,
        *,
        undoable: bool = False,
    ) -> None:
        """Prepare and write documents as they come; what has been written stays, whatever happens to the rest.

        Args:
            incoming: The documents; a number where something that has that share holds nothing new.
            shares: What their shares come to.
            size: About how many characters there are in all.
            progress: Is told how many of the shares are done.
            undoable: Whether what they replace can be put back for a day.
        """
        done = 0
        under_way: deque[int] = deque()

        def counted() -> Iterator[Incoming]:
            nonlocal done
            for one in incoming:
                if isinstance(one, int):
                    done += one
                else:
                    under_way.append(one.share)
                    yield one

        batch: list[Prepared] = []
        begun = time.monotonic()
        try:
            async with _one_after_the_other() as write:
                with preparing(size, self._indexing) as (executor, at_once):
                    async for some in prepared(counted(), self._path, executor, at_once):
                        batch += some
                        done += sum(under_way.popleft() for _ in some)
                        if progress:
                            progress(done, shares)
                        characters = sum(len(one.document.text) for one in batch)
                        if characters >= _WRITTEN_TOGETHER or time.monotonic() > begun + _WRITTEN_EVERY:
                            await write(self._write(batch, undoable=undoable))
                            batch, begun = [], time.monotonic()
                await write(self._write(batch, undoable=undoable))
        except BrokenProcessPool as error:
            raise WorkersLost("a process that prepared documents ended too soon") from error
        if progress:
            progress(done, shares)

    async def _write(
        self, documents: Sequence[Prepared], removed: Sequence[str] = (), *, undoable: bool = False
    ) -> None:
        """Write to the store, then let the engine follow; a stop between the two is mended when it is opened next."""
        if not documents and not removed:
            return
        await self._follow(*await self._store.write(documents, removed, undoable=undoable))

    async def _follow(self, gone: Sequence[int], came: Sequence[Section]) -> None:
        self._behind = True
        try:
            followed = await self._run(self._engine.follow, gone, came)
        except NotWritten as error:
            raise Unwritable(str(error)) from error
        if not followed:
            await self._bring_in_step()
        self._behind = False
        await self._refresh()  # held, it can be found in while more is written

    async def _refresh(self) -> bool:
        """See what was written; whether there is anything to find in."""
        return await asyncio.get_running_loop().run_in_executor(self._asking, self._engine.refresh)

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something in the thread that indexes."""
        return await asyncio.get_running_loop().run_in_executor(self._indexing, partial(function, *args, **kwargs))


@asynccontextmanager
async def _one_after_the_other() -> AsyncIterator[Callable[[Coroutine[None, None, None]], Awaitable[None]]]:
    """Does one thing while the next is made ready: what it is given begins when the thing before is done, if that went well."""
    running: asyncio.Task[None] | None = None

    async def begin(work: Coroutine[None, None, None]) -> None:
        nonlocal running
        try:
            if running:
                await asyncio.shield(running)
        except BaseException:
            work.close()
            raise
        running = asyncio.create_task(work)

    try:
        yield begin
    finally:
        if running:
            await asyncio.wait({running})
            failed = running.exception()
    if running and failed:
        raise failed


def _told_in_loop(progress: Progress) -> Progress:
    """The same for another thread to call."""
    loop = asyncio.get_running_loop()

    def told(done: int, total: int) -> None:
        loop.call_soon_threadsafe(progress, done, total)

    return told


def _outcomes(incoming: Mapping[str, Incoming], held: Known, *, twins: bool) -> dict[str, tuple[Outcome, str]]:
    """What is to be done with each document, and under which key its content is then there."""
    outcomes: dict[str, tuple[Outcome, str]] = {}
    there = {known.digest: key for key, known in held.documents.items()}
    for key, one in incoming.items():
        known = held.documents.get(key)
        if known and known.digest == one.digest:
            outcomes[key] = Outcome.UNCHANGED, key
        elif not twins and (twin := there.get(one.digest)):
            outcomes[key] = Outcome.DUPLICATE, twin
        else:
            outcomes[key] = (Outcome.REPLACED if known else Outcome.ADDED), key
            there.setdefault(one.digest, key)
    return outcomes


def _resumed(entry: Entry, incoming: Incoming, held: Known) -> Added:
    """What came of adding a document that was written before an interruption."""
    before = held.removed.get(entry.source.key, "")
    replacement = Replacement(entry.source.key, before, incoming.digest)
    return Added(Outcome.REPLACED if before else Outcome.ADDED, entry, replacement)


def _replacement(incoming: Incoming, held: Known) -> Replacement:
    key = incoming.document.key
    return Replacement(key, held.documents[key].digest if key in held.documents else "", incoming.digest)


def _size(incoming: Iterable[Incoming]) -> int:
    return sum(len(one.document.text) for one in incoming)
