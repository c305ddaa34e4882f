"""Documents, passages and their terms in SQLite: the one source of truth of a collection.

One connection writes, under a lock that is held for whole transactions; another reads. Numbers are never used twice.
"""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiosqlite

from index.documents import Document, Entry, Excerpt, Heading, Passage, Skipped, Source, Statistics
from index.kept_terms import content_of
from index.schema import MIGRATIONS
from index.scoring import SECTION_PASSAGES, Section, make_section
from index.sqlite import connect, migrate
from index.terms import EXACT_FIELDS, Terms

_SECTION_BITS = 20
"""A section's number is its document's, and in the lowest bits its place in it."""

_ENTRIES = """
    SELECT key, title, url, date, origin,
        (SELECT COUNT(*) FROM passages JOIN sections ON sections.id = section WHERE document = documents.id),
        (SELECT coalesce(SUM(syllables), 0) FROM sections WHERE document = documents.id)
    FROM documents
"""
_NEWEST_FIRST = "ORDER BY date DESC, documents.id DESC"
_OF_PAGE = "WHERE id IN (SELECT id FROM documents ORDER BY date DESC, id DESC LIMIT ? OFFSET ?)"
_SET_ASIDE = """
    INSERT OR REPLACE INTO removed (key, at, origin, digest, title, url, date, summary, headings, text)
    SELECT key, datetime(), origin, digest, title, url, date, summary, headings, text FROM documents WHERE key = ?
"""
_KEEP_TERMS = """
    INSERT OR REPLACE INTO kept_terms (content, at, syllables, words)
    SELECT content, datetime(), term_syllables, term_words FROM passages
    WHERE section IN (SELECT sections.id FROM sections JOIN documents ON documents.id = document WHERE key = ?)
        AND content IS NOT NULL
"""
_PUT_BACK_WITHIN = "-1 day"


def document_of(section: int) -> int:
    """The number of the document that a section belongs to."""
    return section >> _SECTION_BITS


def is_outside(origin: str) -> bool:
    """Whether an origin is something else than a file of the documents folder: paths there never hold ``://``."""
    return "://" in origin


def is_web(origin: str) -> bool:
    """Whether an origin is an address that can be read again."""
    return origin.startswith(("http://", "https://"))


class StoreError(Exception):
    """The file cannot be used as a store: damaged, or written by a newer version."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file or an address that documents come from.

    Attributes:
        key: Names it: for a file, its path below the documents folder.
        stamp: What tells quickly that it is the same as when it was read.
        skipped: What of it was not taken in, and why.
    """

    key: str
    stamp: str
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with all that is stored of it.

    Attributes:
        document: The document.
        digest: Hash of its content.
        analysis: The version of the text analysis that its passages and terms come from.
        title: The terms of its title.
        passages: Its passages, each with its terms and those of its heading.
        origin: The key of the file or address that it came from; empty if it came by itself.
        completes: What to note of the origin, if this is the last document from there.
    """

    document: Document
    digest: str
    analysis: str
    title: Terms
    passages: tuple[tuple[Passage, Terms], ...]
    origin: str = ""
    completes: Origin | None = None


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What tells whether a document changed: the hash of its content, and the key of its origin."""

    digest: str
    origin: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored, to be compared with what is found.

    Attributes:
        documents: The documents, by key.
        origins: The files and addresses that they came from, by key.
        removed: The hashes of the documents that were removed by hand, by key.
    """

    documents: Mapping[str, KnownDocument] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that was removed by hand, as it is put back."""

    document: Document
    digest: str
    origin: str


class Store:
    """The store of one collection. Open it with :meth:`open`."""

    def __init__(self, reader: aiosqlite.Connection, writer: aiosqlite.Connection) -> None:
        self._reader = reader
        self._writer = writer
        self._write_lock = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator[Self]:
        """Open the store at ``path``, made if missing and brought to the newest schema.

        Raises:
            StoreError: the file is not a store, or one of a newer version.
        """
        async with AsyncExitStack() as connections:
            try:
                writer = await connections.enter_async_context(connect(path))
                await migrate(writer, MIGRATIONS)
                reader = await connections.enter_async_context(connect(path))
            except aiosqlite.DatabaseError as error:
                raise StoreError(f"{path}: {error}") from error
            yield cls(reader, writer)

    # --- Writing -----------------------------------------------------------------------------------------------------

    async def write(
        self, prepared: Sequence[Prepared], removed: Sequence[str] = (), *, undoable: bool = False
    ) -> tuple[list[int], list[Section]]:
        """Replace or add documents, and remove others by key, in one transaction.

        Args:
            prepared: What comes.
            removed: Keys of what goes.
            undoable: Whether what goes or is replaced can be put back for a day.

        Returns:
            The numbers of the documents that are gone, and the sections that came.
        """
        async with self._transaction() as writer:
            keys = [*removed, *(one.document.key for one in prepared)]
            if undoable:
                for key in keys:
                    await self._set_aside(writer, key)
            gone = [number for key in keys for number in await self._remove(writer, key)]
            came = [section for one in prepared for section in await self._add(writer, one)]
            for one in prepared:
                await writer.execute(
                    "DELETE FROM removed WHERE key = ? AND (digest = ? OR origin != '' AND NOT ?)",
                    (one.document.key, one.digest, undoable),
                )
                if one.completes:
                    await self._note(writer, one.completes)
            await self._next_generation(writer)
        return gone, came

    async def note(self, origins: Iterable[Origin], vanished: Iterable[str] = ()) -> None:
        """Note origins that were read, and forget those that are gone, with what was removed of them by hand."""
        async with self._transaction() as writer:
            for origin in origins:
                await self._note(writer, origin)
            for key in vanished:
                await writer.execute("DELETE FROM origins WHERE key = ?", (key,))
                await writer.execute("DELETE FROM removed WHERE origin = ?", (key,))

    async def unfollow(self, origins: Iterable[str]) -> None:
        """Forget origins, but not what was removed of them by hand."""
        async with self._transaction() as writer:
            await writer.executemany("DELETE FROM origins WHERE key = ?", [(key,) for key in origins])

    @staticmethod
    async def _note(writer: aiosqlite.Connection, origin: Origin) -> None:
        await writer.execute("DELETE FROM origins WHERE key = ?", (origin.key,))
        await writer.execute("INSERT INTO origins VALUES (?, ?)", (origin.key, origin.stamp))
        await writer.executemany(
            "INSERT INTO skipped VALUES (?, ?, ?, ?)",
            [(origin.key, one.key, one.reason, one.detail) for one in origin.skipped],
        )

    async def set_aside(self, keys: Iterable[str]) -> list[int]:
        """Remove documents by hand: they can be put back for a day, and do not come back from the same files.

        Returns:
            The numbers of the documents that are gone.
        """
        async with self._transaction() as writer:
            gone = []
            for key in keys:
                await self._set_aside(writer, key)
                gone += await self._remove(writer, key)
            await self._next_generation(writer)
        return gone

    @staticmethod
    async def _set_aside(writer: aiosqlite.Connection, key: str) -> None:
        for statement in (_SET_ASIDE, _KEEP_TERMS):
            await writer.execute(statement, (key,))

    async def forget_texts(self) -> None:
        """Forget the texts and terms of what was removed by hand more than a day ago."""
        async with self._transaction() as writer:
            await writer.execute(
                "UPDATE removed SET title = NULL, url = NULL, summary = NULL, headings = NULL, text = NULL"
                " WHERE text IS NOT NULL AND at <= datetime('now', ?)",
                (_PUT_BACK_WITHIN,),
            )
            await writer.execute("DELETE FROM kept_terms WHERE at <= datetime('now', ?)", (_PUT_BACK_WITHIN,))

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        async with self._write_lock:
            await self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                await self._writer.rollback()
                raise
            await self._writer.commit()

    @staticmethod
    async def _next_generation(writer: aiosqlite.Connection) -> None:
        await writer.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")

    @staticmethod
    async def _remove(writer: aiosqlite.Connection, key: str) -> list[int]:
        rows = await writer.execute_fetchall("DELETE FROM documents WHERE key = ? RETURNING id", (key,))
        return [int(row[0]) for row in rows]

    @staticmethod
    async def _add(writer: aiosqlite.Connection, prepared: Prepared) -> list[Section]:
        document = prepared.document
        cursor = await writer.execute(
            "INSERT INTO documents (key, digest, origin, analysis, added, title, url, date, summary, headings,"
            " title_syllables, title_words, text) VALUES (?, ?, ?, ?, datetime(), ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.key,
                prepared.digest,
                prepared.origin,
                prepared.analysis,
                document.title,
                document.url,
                document.date and document.date.isoformat(),
                document.summary,
                json.dumps([(heading.start, heading.end, heading.level) for heading in document.headings]),
                prepared.title.syllables,
                prepared.title.words,
                document.text,
            ),
        )
        number = cursor.lastrowid
        if number is None:
            raise StoreError(f"{document.key}: no number was given to the document")
        own = {passage.number: terms for passage, terms in prepared.passages}
        sections = [
            make_section(
                number << _SECTION_BITS | place,
                number,
                prepared.title,
                prepared.passages[first : first + SECTION_PASSAGES],
            )
            for place, first in enumerate(range(0, len(prepared.passages), SECTION_PASSAGES))
        ]
        await writer.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?)",
            [(section.number, number, *_lengths(section.unit.terms)) for section in sections],
        )
        await writer.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    section.unit_number(place),
                    section.number,
                    passage.number,
                    passage.start,
                    json.dumps(passage.sentences),
                    passage.heading,
                    passage.text,
                    own[passage.number].syllables,
                    own[passage.number].words,
                    *_lengths(unit.terms),
                    content_of(passage, prepared.analysis),
                )
                for section in sections
                for place, (passage, unit) in enumerate(zip(section.passages, section.units, strict=True))
            ],
        )
        return sections

    # --- Reading -----------------------------------------------------------------------------------------------------

    async def known(self) -> Known:
        """What is stored, to be compared with what is found."""
        documents = await self._reader.execute_fetchall("SELECT key, digest, origin FROM documents")
        origins = await self._reader.execute_fetchall("SELECT key, stamp FROM origins")
        skipped: dict[str, list[Skipped]] = {}
        for origin, *one in await self._reader.execute_fetchall("SELECT origin, key, reason, detail FROM skipped"):
            skipped.setdefault(origin, []).append(Skipped(*one))
        removed = await self._reader.execute_fetchall("SELECT key, digest FROM removed")
        return Known(
            documents={key: KnownDocument(digest, origin) for key, digest, origin in documents},
            origins={key: Origin(key, stamp, tuple(skipped.get(key, ()))) for key, stamp in origins},
            removed={str(key): str(digest) for key, digest in removed},
        )

    async def held(self, keys: Sequence[str], digests: Sequence[str] = ()) -> Known:
        """The part of :meth:`known` that some keys and contents are compared with; without origins."""
        if not keys and not digests:
            return Known()
        documents = await self._reader.execute_fetchall(
            "SELECT key, digest, origin FROM documents WHERE key IN (SELECT value FROM json_each(?))"
            " OR digest IN (SELECT value FROM json_each(?))",
            (json.dumps(keys), json.dumps(digests)),
        )
        removed = await self._reader.execute_fetchall(
            "SELECT key, digest FROM removed WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
        )
        return Known(
            documents={key: KnownDocument(digest, origin) for key, digest, origin in documents},
            removed={str(key): str(digest) for key, digest in removed},
        )

    async def written_since(self, keys: Sequence[str], since: float) -> frozenset[str]:
        """Those of some documents that were written since a time, in seconds since 1970."""
        rows = await self._reader.execute_fetchall(
            "SELECT key FROM documents WHERE key IN (SELECT value FROM json_each(?)) AND added >= datetime(?, 'unixepoch')",
            (json.dumps(keys), int(since)),
        )
        return frozenset(key for (key,) in rows)

    async def addresses(self) -> list[Origin]:
        """The origins that can be read again; what of them was skipped is left out."""
        rows = await self._reader.execute_fetchall(
            "SELECT key, stamp FROM origins WHERE key LIKE 'http%://%' ORDER BY key"
        )
        return [Origin(key, stamp) for key, stamp in rows if is_web(key)]

    async def keys(self) -> list[str]:
        """The keys of all documents."""
        return [key for (key,) in await self._reader.execute_fetchall("SELECT key FROM documents")]

    async def keys_of(self, origin: str) -> list[str]:
        """The keys of the documents that came from an origin."""
        rows = await self._reader.execute_fetchall("SELECT key FROM documents WHERE origin = ? ORDER BY id", (origin,))
        return [key for (key,) in rows]

    async def keys_linked(self, url: str) -> list[str]:
        """The keys of the documents whose source is at a link."""
        rows = await self._reader.execute_fetchall("SELECT key FROM documents WHERE url = ? ORDER BY id", (url,))
        return [key for (key,) in rows]

    async def outdated(self, analysis: str) -> list[str]:
        """The keys of the documents whose terms come from another version of the text analysis."""
        rows = await self._reader.execute_fetchall(
            "SELECT key FROM documents WHERE analysis != ? ORDER BY id", (analysis,)
        )
        return [key for (key,) in rows]

    async def to_put_back(self, key: str) -> SetAside | None:
        """A document that was removed by hand within a day, or ``None``."""
        rows = await self._reader.execute_fetchall(
            "SELECT title, text, url, date, summary, headings, digest, origin FROM removed"
            " WHERE key = ? AND text IS NOT NULL AND at > datetime('now', ?)",
            (key, _PUT_BACK_WITHIN),
        )
        for *columns, digest, origin in rows:
            return SetAside(read_document(key, columns), digest, origin)
        return None

    async def statistics(self) -> Statistics:
        """The size of the collection."""
        ((documents, passages, words),) = await self._reader.execute_fetchall(
            "SELECT (SELECT COUNT(*) FROM documents), (SELECT units FROM levels WHERE level = 'passages'),"
            " (SELECT words FROM levels WHERE level = 'sections')"
        )
        return Statistics(documents, passages, words)

    async def sources(self) -> list[Source]:
        """All documents, newest first; those without a date after them, the latest added first."""
        rows = await self._reader.execute_fetchall(
            "SELECT key, title, url, date FROM documents ORDER BY date DESC, id DESC"
        )
        return [source_from_row(*row) for row in rows]

    async def page(self, first: int, count: int) -> list[Entry]:
        """Some documents in the order of :meth:`sources`, from a place on, counted from 0."""
        rows = await self._reader.execute_fetchall(f"{_ENTRIES} {_OF_PAGE} {_NEWEST_FIRST}", (count, first))
        return [_entry(row) for row in rows]

    async def entries(self, keys: Sequence[str]) -> dict[str, Entry]:
        """Documents by their keys; those that are gone are left out."""
        if not keys:
            return {}
        where = "WHERE key IN (SELECT value FROM json_each(?))"
        rows = await self._reader.execute_fetchall(f"{_ENTRIES} {where}", (json.dumps(keys),))
        return {row[0]: _entry(row) for row in rows}

    async def place(self, key: str) -> int | None:
        """The place of a document in the order of :meth:`sources`, from 0, or ``None`` where there is none."""
        rows = await self._reader.execute_fetchall("SELECT coalesce(date, ''), id FROM documents WHERE key = ?", (key,))
        for date, number in rows:
            ((place,),) = await self._reader.execute_fetchall(
                "SELECT COUNT(*) FROM documents WHERE (coalesce(date, ''), id) > (?, ?)", (date, number)
            )
            return int(place)
        return None

    async def document(self, key: str) -> Document | None:
        """A document by its key."""
        rows = await self._reader.execute_fetchall(
            "SELECT title, text, url, date, summary, headings FROM documents WHERE key = ?", (key,)
        )
        for row in rows:
            return read_document(key, row)
        return None

    async def excerpt(self, key: str, first: int, last: int) -> Excerpt | None:
        """What a document says from the start of one of its passages to the end of another, or ``None``."""
        rows = await self._reader.execute_fetchall(
            "SELECT substr(documents.text, 1 + min(start), max(start + length(passages.text)) - min(start)), min(start)"
            " FROM passages JOIN sections ON sections.id = passages.section"
            " JOIN documents ON documents.id = sections.document WHERE key = ? AND number BETWEEN ? AND ?",
            (key, first, last),
        )
        for text, start in rows:
            if text is not None:
                return Excerpt(text, start)
        return None


def read_document(key: str, row: Iterable[Any]) -> Document:
    """A document from the columns title, text, url, date, summary and headings."""
    title, text, url, date, summary, headings = row
    return Document(
        key=key,
        title=title,
        text=text,
        url=url,
        date=date and dt.date.fromisoformat(date),
        summary=summary,
        headings=tuple(Heading(*heading) for heading in json.loads(headings)),
    )


def source_from_row(key: str, title: str, url: str | None, date: str | None) -> Source:
    """What cites a document, from its columns."""
    return Source(key, title, url, dt.date.fromisoformat(date) if date else None)


def _entry(row: Iterable[Any]) -> Entry:
    key, title, url, date, origin, passages, syllables = row
    return Entry(source_from_row(key, title, url, date), passages, syllables, origin)


def _lengths(terms: Terms) -> tuple[int, ...]:
    return tuple(terms.length(field) for field in EXACT_FIELDS)
