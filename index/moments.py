"""What a collection's store held at one moment: what finding reads, whatever is written to it meanwhile.

Read in the thread that answers, by a connection of its own: no other thread is waited for.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from index.documents import Passage
from index.scoring import Level, Section, make_section
from index.sqlite import PRAGMAS
from index.store import source_from_row
from index.terms import EXACT_FIELDS, Terms

_READ_SECTIONS = """
    SELECT passages.section, sections.document, key, title, url, date, title_syllables, title_words,
        number, start, sentences, heading, passages.text, term_syllables, term_words
    FROM passages JOIN sections ON sections.id = passages.section JOIN documents ON documents.id = sections.document
    WHERE passages.section IN (SELECT value FROM json_each(?))
"""
_IN_ORDER, _SENTENCES = (0, 8), 10
"""The columns that rows are ordered by, and that of the places of sentences."""
_ORDER_SECTIONS = """
    SELECT sections.id FROM sections JOIN documents ON documents.id = sections.document
    WHERE sections.id IN (SELECT value FROM json_each(?)) ORDER BY key, sections.id
"""

_LONG_LOG = 8_000_000
"""Bytes from which SQLite's log is taken into the file whenever that can be."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which store it is, and how often it had been written to."""

    store: str
    generation: int


class Moment:
    """A store at one moment. Not for several threads at once.

    As long as it is open, SQLite cannot take what was written since from its log into the file itself, and the log grows.

    Attributes:
        identity: Which store it is, and of which moment.
    """

    def __init__(self, path: Path) -> None:
        """Begin with what the store at ``path`` holds now."""
        self._path = path
        self._connection = _connect(path)
        self.identity = _begin(self._connection)

    def close(self) -> None:
        """End it."""
        self._connection.close()

    def let_go_of_log(self) -> None:
        """Have what the log holds taken into the store's file if it is much, and stay at this moment without the log.

        SQLite begins its log anew only when nobody reads in it: who always reads the newest of it would make it grow for ever.
        Where several do, all but the last must do this once more when nothing is written.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        if not log.exists() or log.stat().st_size < _LONG_LOG:
            return
        fresh = _connect(self._path)
        try:
            fresh.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.OperationalError:  # The disk has no room for it: it stays in the log.
            fresh.close()
            return
        if _begin(fresh) == self.identity:
            self._connection, fresh = fresh, self._connection
        fresh.close()

    def levels(self) -> dict[str, Level]:
        """The totals of passages and sections."""
        rows = self._connection.execute("SELECT level, units, syllables, bigrams, words FROM levels")
        return {level: Level(units, dict(zip(EXACT_FIELDS, lengths, strict=True))) for level, units, *lengths in rows}

    def titles(self, limit: int) -> tuple[str, ...]:
        """The titles of the newest documents, in the order of :meth:`index.store.Store.sources`."""
        rows = self._connection.execute("SELECT title FROM documents ORDER BY date DESC, id DESC LIMIT ?", (limit,))
        return tuple(title for (title,) in rows)

    def sections(self, numbers: Sequence[int]) -> list[Section]:
        """Sections by their numbers, in order of number; those that are not there are left out."""
        rows = self._connection.execute(_READ_SECTIONS, (json.dumps(numbers),)).fetchall()
        rows.sort(key=itemgetter(*_IN_ORDER))  # SQLite would carry the texts along as it sorts
        sentences = json.loads(f"[{','.join([row[_SENTENCES] for row in rows])}]")
        read = zip(rows, sentences, strict=True)
        return [_section_from_rows(list(group)) for _, group in groupby(read, key=lambda one: one[0][0])]

    def in_order(self, numbers: Sequence[int]) -> list[int]:
        """The numbers of some sections by the keys of their documents, which no history changes, and where they stand there."""
        rows = self._connection.execute(_ORDER_SECTIONS, (json.dumps(numbers),))
        return [number for (number,) in rows]

    def documents(self) -> list[int]:
        """The numbers of all documents that have a section, in order."""
        rows = self._connection.execute("SELECT DISTINCT document FROM sections ORDER BY document")
        return [number for (number,) in rows]

    def sections_of(self, documents: Sequence[int]) -> list[Section]:
        """The sections of some documents, in order of number."""
        rows = self._connection.execute(
            "SELECT id FROM sections WHERE document IN (SELECT value FROM json_each(?))", (json.dumps(documents),)
        )
        return self.sections([number for (number,) in rows])


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _begin(connection: sqlite3.Connection) -> Identity:
    """Begin to read: what is read first sets the moment."""
    connection.execute("BEGIN")
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    return Identity(meta["store"], int(meta["generation"]))


def _section_from_rows(rows: Sequence[tuple[tuple[Any, ...], list[tuple[int, int]]]]) -> Section:
    """A section from the rows of its passages, each with the places of its sentences."""
    number, document, key, title, url, date, title_syllables, title_words = rows[0][0][:8]
    source = source_from_row(key, title, url, date)
    parts = []
    for (*_, place, start, _, heading, text, syllables, words), sentences in rows:
        passage = Passage(
            source=source,
            number=place,
            start=start,
            text=text,
            sentences=tuple([(first, end) for first, end in sentences]),
            heading=heading,
        )
        parts.append((passage, Terms(syllables, words)))
    return make_section(number, document, Terms(title_syllables, title_words), parts)
