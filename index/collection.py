"""The front door: a collection of documents that can be added to, searched and asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

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
    Passage,
    Post,
    Progress,
    Removed,
    Replacement,
    Source,
    Statistics,
    Summary,
    Undone,
)
from index.engine import QuestionTerms
from index.finding import Finder
from index.indexing import Busy, CollectionError, Damaged, Indexer, NoDocuments, Unwritable, WorkersLost
from index.live_engine import LiveEngine
from index.matching import Content, Weight
from index.names import Names, common_names
from index.questions import Question, parse, question_terms, without_abbreviations
from index.ranking import rank
from index.reranking import rerank
from index.scoring import Section
from index.store import Origin, Store, StoreError
from index.summaries import of_document, of_subject, of_text
from index.talk import digest
from index.terms import Field
from index.writing import written

__all__ = [
    "MOST_ANSWERS",
    "STORE",
    "Busy",
    "Collection",
    "CollectionError",
    "Damaged",
    "NoDocuments",
    "Unwritable",
    "WorkersLost",
]

T = TypeVar("T")

STORE = "collection.sqlite3"
"""The name of the store's file."""

MOST_ANSWERS = 4
"""Answers to a question that are worth looking at."""

_RANKED_FOR_ANSWERS = 5
_RANKED_FOR_SUBJECT = 20
_READ_FOR_CAPITALS = 10
_SUGGESTED = 4
_RANKED_AT_LEAST = 20
"""Ranks that sections are looked for, however few are wanted: enough for all passages that are read to be the best."""

_REFRESHED_EVERY = 5.0
"""Seconds after which what another process wrote is seen, though nothing is asked."""


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
        self._engine = LiveEngine(folder / "engine", folder / STORE)
        self._indexer = Indexer(store, folder / STORE, self._engine, asking, indexing)

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

    @asynccontextmanager
    async def _kept_in_step(self, progress: Progress | None) -> AsyncIterator[None]:
        await self._indexer.catch_up(progress)
        refreshing = asyncio.create_task(self._refresh_now_and_then())
        try:
            yield
        finally:
            refreshing.cancel()
            with suppress(asyncio.CancelledError):
                await refreshing
            await self._indexer.settled()
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
        return await self._indexer.update(*paths, progress=progress)

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
        return await self._indexer.add(
            documents,
            origin=origin,
            whole=whole,
            twins=twins,
            unless_removed=unless_removed,
            since=since,
            progress=progress,
        )

    async def remove(self, keys: Sequence[str]) -> tuple[Removed, ...]:
        """Remove documents by their keys; a file that one came from does not bring it back until its content changes.

        An address of which nothing is left is not read again.

        Returns:
            Those that were there. They can be put back for a day.
        """
        return await self._indexer.remove(keys)

    async def undo(self, replacements: Sequence[Replacement]) -> tuple[Undone, ...]:
        """Undo what adding or removing did to some documents less than a day ago.

        Returns:
            Those for which it was undone. One that was changed again meanwhile is left as it is.
        """
        return await self._indexer.undo(replacements)

    async def put_back(self, keys: Sequence[str]) -> tuple[Source, ...]:
        """Undo that documents were removed, or replaced by others.

        Returns:
            Those that are there again; one that was removed more than a day ago is not among them.
        """
        return await self._indexer.put_back(keys)

    # --- Addresses ---------------------------------------------------------------------------------------------------

    async def addresses(self) -> list[Origin]:
        """The addresses that documents came from, with what is noted to tell whether they change."""
        return await self._store.addresses()

    async def note_address(self, address: str, stamp: str) -> None:
        """Note that an address was read, with what tells whether it changes."""
        await self._indexer.note_address(address, stamp)

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
            for hit in _ranked(understood, sections, by_sentences=True):
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

    async def _run(self, function: Callable[[], T]) -> T:
        """Run something in the thread that answers: one thing after the other, so that each sees one moment."""
        return await asyncio.get_running_loop().run_in_executor(self._asking, function)


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


def _ranked(understood: _Understood, sections: Sequence[Section], *, by_sentences: bool = False) -> list[Hit]:
    content = Content(understood.terms, understood.weight, understood.question.alternatives)
    ranked = rank(understood.question, content, understood.hits(sections))
    return rerank(understood.question, content, ranked) if by_sentences else ranked
