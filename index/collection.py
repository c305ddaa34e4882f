"""The front door: a collection of documents that can be added to, searched and asked."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

from filelock import FileLock, Timeout

from index.answers import Reading, find_answers, read_passages
from index.documents import (
    Added,
    Changes,
    Digest,
    Document,
    Entry,
    Excerpt,
    Findings,
    Hit,
    Length,
    Outcome,
    Passage,
    Post,
    Progress,
    Removed,
    Replacement,
    Skipped,
    Source,
    Statistics,
    Summary,
    Undone,
)
from index.engine import QuestionTerms
from index.finding import Finder
from index.intake import Incoming, Intake, scan
from index.live_engine import LiveEngine, NotWritten
from index.matching import Content, Weight
from index.names import Names, common_names
from index.preparing import ANALYSIS, prepared, preparing
from index.questions import Question, parse, question_terms, without_abbreviations
from index.ranking import rank
from index.reranking import rerank
from index.scoring import Section
from index.store import Known, Origin, Prepared, Store, StoreError, is_web
from index.summaries import of_document, of_subject, of_text
from index.talk import digest
from index.terms import Field
from index.writing import written

P = ParamSpec("P")
T = TypeVar("T")

STORE = "collection.sqlite3"
"""The name of the store's file."""

_WRITTEN_TOGETHER = 2_000_000
"""Characters of text that one transaction takes in."""

_WRITTEN_EVERY = 10.0
"""Seconds after which what was prepared is written even if it is less, so that no stop costs more."""

_PREPARED_TOGETHER = 1_000
"""Documents that are prepared anew at once."""

_FRESH = (Outcome.ADDED, Outcome.REPLACED)

MOST_ANSWERS = 4
"""Answers to a question that are worth looking at."""

_RANKED_FOR_ANSWERS = 5
_RANKED_FOR_SUBJECT = 20
_READ_FOR_CAPITALS = 10
_SUGGESTED = 4
_RANKED_AT_LEAST = 20
"""Ranks that sections are looked for, however few are wanted: enough for all passages that are read to be the best."""

_WAIT_FOR_WRITER = 60.0
_LOOK_EVERY = 0.1
"""Seconds between looks at what another process is writing, while there is nothing to find in."""

_REFRESHED_EVERY = 5.0
"""Seconds after which what another process wrote is seen, though nothing is asked."""


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


class Collection:
    """Documents on disk that can be searched and asked. Open it with :meth:`open`.

    One process writes at a time; any number may read, and see what was written at their next question.
    """

    def __init__(
        self, folder: Path, store: Store, names: Names, asking: ThreadPoolExecutor, indexing: ThreadPoolExecutor
    ) -> None:
        self._store = store
        self._names = names
        self._asking = asking
        self._indexing = indexing
        self._path = folder / STORE
        self._engine = LiveEngine(folder / "engine", self._path)
        self._lock = FileLock(folder / "write.lock", thread_local=False)
        self._one_at_a_time = asyncio.Lock()
        self._behind = False
        self._settling: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, folder: Path, *, names: Names | None = None, progress: Progress | None = None
    ) -> AsyncIterator[Self]:
        """Open the collection in a folder, made if missing.

        Args:
            folder: Holds all that is written of it.
            names: Names in their forms; those that come with the project by default.
            progress: Is told how many documents are done where the engine's files must be built again.

        Raises:
            Damaged: the files cannot be used.
            Busy: they must be mended, and another process is writing.
            Unwritable: they must be mended, and the disk takes nothing.
        """
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        with ThreadPoolExecutor(1, "asking") as asking, ThreadPoolExecutor(1, "indexing") as indexing:
            try:
                async with Store.open(folder / STORE) as store:
                    collection = cls(folder, store, names or common_names(), asking, indexing)
                    async with collection._kept_in_step(progress):
                        yield collection
            except StoreError as error:
                raise Damaged(str(error)) from error

    async def _catch_up(self, progress: Progress | None) -> None:
        """See what there is; bring the engine in step with the store first, unless another process is doing so."""
        waiting_until = time.monotonic() + _WAIT_FOR_WRITER
        while not await self._run(self._engine.refresh):
            try:
                async with self._writing(progress=progress, wait=_LOOK_EVERY):
                    pass
            except Busy:
                if time.monotonic() > waiting_until:
                    raise

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
            if not await self._run_writing(self._engine.is_current):
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
            if not await self._run_writing(self._engine.settle):
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
            await self._run_writing(self._engine.catch_up, progress and _told_in_loop(progress))
        except NotWritten as error:
            raise Unwritable(str(error)) from error
        except (OSError, ValueError) as error:
            raise Damaged(f"the engine's files cannot be built: {error}") from error
        self._behind = False

    @asynccontextmanager
    async def _kept_in_step(self, progress: Progress | None) -> AsyncIterator[None]:
        await self._catch_up(progress)
        refreshing = asyncio.create_task(self._refresh_now_and_then())
        try:
            yield
        finally:
            refreshing.cancel()
            with suppress(asyncio.CancelledError):
                await refreshing
            if self._settling:
                await self._settling
            await self._run(self._engine.close)

    async def _refresh_now_and_then(self) -> None:
        """See what other processes write though nothing is asked, so that no old moment is held for long."""
        while True:
            await asyncio.sleep(_REFRESHED_EVERY)
            await self._run(self._engine.refresh_idly)

    # --- Adding and removing -----------------------------------------------------------------------------------------

    async def update(self, *paths: Path, progress: Progress | None = None) -> Changes:
        """Make the collection hold the documents in some folders or files, beside those that did not come from files.

        Only what is new, changed or gone is touched. A file that cannot be read just now keeps what was known of it.

        Raises:
            NoDocuments: a path is missing, or the collection holds nothing; it stays as it was if a path is missing.
            Busy: another process is writing.
        """
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
        """Add documents that come from elsewhere than the documents folder, or replace those with the same keys.

        What they replace can be put back for a day. One that is there already as it is, is left alone.

        Args:
            documents: The documents; of several with the same key the last one counts.
            origin: What they came from together, with ``://`` in it; empty where they came by themselves.
            whole: Whether these are all that came from there: others are removed.
            twins: Whether a document is added whose content is there under another key.
            unless_removed: Whether documents stay out that were removed by hand, whatever they say now; nobody sees what is
                replaced then, and it cannot be put back.
            since: When this was begun, in seconds since 1970, if it may have been interrupted: what was written since then
                counts as added now.
            progress: Is told how many documents are done.

        Returns:
            What came of each, in order; those that stay out are left out.
        """
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
        """Remove documents by their keys; a file that one came from does not bring it back until its content changes.

        An address of which nothing is left is not read again.

        Returns:
            Those that were there. They can be put back for a day.
        """
        async with self._writing():
            held, entries = (await self._store.held(keys)).documents, await self._store.entries(keys)
            await self._store.forget_texts()
            gone = await self._store.set_aside(list(entries))
            await self._follow(gone, [])
            origins = {entry.origin for entry in entries.values() if is_web(entry.origin)}
            await self._store.unfollow([origin for origin in sorted(origins) if not await self._store.keys_of(origin)])
        return tuple(Removed(entries[key], Replacement(key, held[key].digest, "")) for key in keys if key in entries)

    async def undo(self, replacements: Sequence[Replacement]) -> tuple[Undone, ...]:
        """Undo what adding or removing did to some documents less than a day ago.

        Returns:
            Those for which it was undone. One that was changed again meanwhile is left as it is.
        """
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
        """Undo that documents were removed, or replaced by others.

        Returns:
            Those that are there again; one that was removed more than a day ago is not among them.
        """
        async with self._writing():
            found = [one for key in keys if (one := await self._store.to_put_back(key))]
            incoming = [Incoming(one.document, one.digest, one.origin) for one in found]
            await self._take_in(incoming, len(incoming), _size(incoming), None)
            followed = {origin.key for origin in await self._store.addresses()}
            again = {one.origin for one in found if is_web(one.origin)} - followed
            await self._store.note([Origin(origin, "") for origin in sorted(again)])
        return tuple(one.document.source for one in found)

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
            followed = await self._run_writing(self._engine.follow, gone, came)
        except NotWritten as error:
            raise Unwritable(str(error)) from error
        if not followed:
            await self._bring_in_step()
        self._behind = False
        await self._run(self._engine.refresh)  # held, it can be found in while more is written

    # --- Addresses ---------------------------------------------------------------------------------------------------

    async def addresses(self) -> list[Origin]:
        """The addresses that documents came from, with what is noted to tell whether they change."""
        return await self._store.addresses()

    async def note_address(self, address: str, stamp: str) -> None:
        """Note that an address was read, with what tells whether it changes."""
        await self._store.note([Origin(address, stamp)])

    # --- Finding and answering ---------------------------------------------------------------------------------------

    async def search(self, question: str, *, top: int = 10) -> list[Hit]:
        """The passages that match a question best, best first."""

        def ranked(understood: _Understood, sections: Sequence[Section]) -> list[Hit]:
            return _ranked(understood, sections)[:top]

        return await self._find(question, max(top, _RANKED_AT_LEAST), ranked)

    async def search_documents(self, question: str, *, top: int = 10) -> list[tuple[Source, float]]:
        """The documents that match a question best, best first, each with the relevance of its best passage."""

        def ranked(understood: _Understood, sections: Sequence[Section]) -> list[tuple[Source, float]]:
            best: dict[str, Hit] = {}
            for hit in _reranked(understood, sections):
                best.setdefault(hit.passage.source.key, hit)
            return [(hit.passage.source, hit.relevance) for hit in best.values()][:top]

        return await self._find(question, max(top, _RANKED_AT_LEAST), ranked)

    async def ask(self, question: str, *, first: int = 0, count: int = 1, limit: int = MOST_ANSWERS) -> Findings:
        """Answer a question, or say that the documents hold no answer.

        Where there is none, titles of at most ``limit`` documents tell what is covered: those nearest to the question or,
        where none is near, the first ones.

        Args:
            question: What was asked.
            first: Where to begin among the answers, from 0, the best.
            count: How many of them are wanted.
            limit: How many there may be in all.
        """

        def answered(understood: _Understood, sections: Sequence[Section]) -> Findings:
            findings = find_answers(_read(understood, sections), limit=limit, first=first, count=count)
            if findings.answered or findings.suggestions:
                return findings
            return replace(findings, suggestions=understood.finder.titles(limit))

        return await self._find(question, _RANKED_FOR_ANSWERS, answered, only_near=True)

    async def read(self, question: str) -> Reading:
        """What :meth:`ask` reads for a question, and what it thinks of it: to explain, and to learn from."""
        return await self._find(question, _RANKED_FOR_ANSWERS, _read, only_near=True)

    async def written(self, text: str) -> str:
        """A cleaned question as the documents would write it: with the diacritics that it lost, and with their capitals.

        Abbreviations that stand for one thing alone are written out.
        """

        def as_written(understood: _Understood, sections: Sequence[Section]) -> str:
            hits, finder = _ranked(understood, sections)[:_READ_FOR_CAPITALS], understood.finder
            beginning = partial(finder.terms_beginning, Field.FOLDED_SYLLABLES)
            spelled = without_abbreviations(text, finder.document_frequency, names=self._names, beginning=beginning)
            return written(spelled, finder.document_frequency, [hit.passage for hit in hits], self._names)

        return await self._find(text, _RANKED_FOR_ANSWERS, as_written, only_near=True)

    # --- Summarising -------------------------------------------------------------------------------------------------

    async def summarise(self, key: str, length: Length) -> Summary | None:
        """What a document says, or ``None`` where there is none with this key."""
        document = await self._store.document(key)
        if document is None:
            return None
        return Summary(await asyncio.to_thread(of_document, document, length, await self._weight()))

    async def summarise_subject(self, subject: str, length: Length) -> Summary:
        """What the documents say about a subject; where they do not speak of it, titles of those that come nearest."""

        def summarised(understood: _Understood, sections: Sequence[Section]) -> Summary:
            reading, finder = _read(understood, sections), understood.finder
            findings = find_answers(reading, limit=_SUGGESTED)
            if not findings.answered:
                suggestions = findings.suggestions or finder.titles(_SUGGESTED)
                return Summary(suggestions=suggestions, understood=findings.understood)
            points = of_subject(reading.content, reading.hits, length, finder.weight)
            if not points:
                return Summary(suggestions=finder.titles(_SUGGESTED), understood=findings.understood)
            return Summary(points, understood=findings.understood)

        return await self._find(subject, _RANKED_FOR_SUBJECT, summarised)

    async def summarise_text(self, text: str, length: Length) -> tuple[str, ...]:
        """The weightiest sentences of a cleaned text, in their order."""
        return await asyncio.to_thread(of_text, text, length, await self._weight())

    async def digest(self, posts: Sequence[Post], length: Length) -> Digest:
        """What was said in some posts of a chat."""
        return await asyncio.to_thread(digest, posts, length, await self._weight())

    async def _weight(self) -> Weight:
        """The idf of terms among the documents as they are now."""

        def newest() -> Weight:
            return self._engine.newest().weight

        return await self._run(newest)

    # --- Finding passages --------------------------------------------------------------------------------------------

    async def _find(
        self, text: str, top: int, read: Callable[["_Understood", Sequence[Section]], T], *, only_near: bool = False
    ) -> T:
        """Read the sections that a question leads to, all of it in one moment of the collection."""

        def understand_and_read() -> T:
            understood = self._understand(text, top, only_near=only_near)
            return read(understood, understood.finder.sections(understood.sections))

        return await self._run(understand_and_read)

    def _understand(self, text: str, top: int, *, only_near: bool = False) -> "_Understood":
        finder = self._engine.newest()
        beginning = partial(finder.terms_beginning, Field.FOLDED_SYLLABLES)
        question = parse(text, finder.document_frequency, names=self._names, beginning=beginning)
        terms = question_terms(question, finder.document_frequency)

        def weight(field: Field, term: str) -> float:
            return finder.informed_weight(field, term, question.alternatives.get(term, ()))

        sections = finder.candidates(terms, top, question.alternatives, only_near=only_near)
        return _Understood(finder, question, terms, weight, sections, top, only_near)

    # --- Looking things up -------------------------------------------------------------------------------------------

    async def documents(self) -> list[Source]:
        """All documents, newest first; those without a date after them, the latest added first."""
        return await self._store.sources()

    async def page(self, first: int, count: int) -> list[Entry]:
        """Some documents in the order of :meth:`documents`, from a place on, counted from 0."""
        return await self._store.page(first, count)

    async def titles(self, count: int) -> tuple[str, ...]:
        """The titles of the newest documents."""
        return tuple(entry.source.title for entry in await self._store.page(0, count))

    async def entries(self, keys: Sequence[str]) -> list[Entry]:
        """Documents by their keys, in that order; those that are not there are left out."""
        found = await self._store.entries(keys)
        return [found[key] for key in keys if key in found]

    async def place(self, key: str) -> int | None:
        """The place of a document in the order of :meth:`documents`, from 0, or ``None`` where there is none."""
        return await self._store.place(key)

    async def keys(self) -> list[str]:
        """The keys of all documents."""
        return await self._store.keys()

    async def keys_of(self, origin: str) -> list[str]:
        """The keys of the documents that came from an origin."""
        return await self._store.keys_of(origin)

    async def keys_linked(self, url: str) -> list[str]:
        """The keys of the documents whose source is at a link."""
        return await self._store.keys_linked(url)

    async def document(self, key: str) -> Document | None:
        """A document by its key."""
        return await self._store.document(key)

    async def context(self, passage: Passage, around: int = 1) -> Excerpt:
        """A passage with its neighbours, as they stand in the document; alone, if the document has changed since.

        Args:
            passage: The passage.
            around: How many of them on either side.
        """
        near = await self._store.excerpt(passage.source.key, passage.number - around, passage.number + around)
        if near and near.text.startswith(passage.text, passage.start - near.start):
            return near
        return Excerpt(passage.text, passage.start)  # the document has changed since

    async def statistics(self) -> Statistics:
        """The size of the collection."""
        return await self._store.statistics()

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something in the thread that answers: one thing after the other, so that each sees one moment."""
        return await asyncio.get_running_loop().run_in_executor(self._asking, partial(function, *args, **kwargs))

    async def _run_writing(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something in the thread that indexes; questions do not wait for it."""
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


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question, what it is matched by, and the sections worth scoring, in one moment of the collection."""

    finder: Finder
    question: Question
    terms: QuestionTerms
    weight: Weight
    sections: list[int]
    top: int
    only_near: bool

    def hits(self, sections: Sequence[Section]) -> list[Hit]:
        """The passages found in the sections, best first."""
        return self.finder.rank(
            self.terms, sections, self.question.alternatives, top=self.top, only_near=self.only_near
        )


def _read(understood: _Understood, sections: Sequence[Section]) -> Reading:
    return read_passages(understood.question, understood.terms, understood.hits(sections), understood.weight)


def _ranked(understood: _Understood, sections: Sequence[Section]) -> list[Hit]:
    content = Content(understood.terms, understood.weight, understood.question.alternatives)
    return rank(understood.question, content, understood.hits(sections))


def _reranked(understood: _Understood, sections: Sequence[Section]) -> list[Hit]:
    content = Content(understood.terms, understood.weight, understood.question.alternatives)
    ranked = rank(understood.question, content, understood.hits(sections))
    return rerank(understood.question, content, ranked)
