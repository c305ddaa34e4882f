"""Opening SQLite files through aiosqlite, and bringing them to the newest schema."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

PRAGMAS = (
    "journal_mode = WAL",
    "journal_size_limit = 16777216",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 30000",
)
"""What every file is kept by; a log that has grown beyond 16 MB is cut once it has been taken over."""


class NewerSchema(aiosqlite.DatabaseError):
    """The file was written by a newer version of the program; it is left as it is."""


@asynccontextmanager
async def connect(path: Path, *pragmas: str) -> AsyncIterator[aiosqlite.Connection]:
    """A connection without transactions of its own making, and with what every file is kept by (and more ``pragmas``)."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in (*PRAGMAS, *pragmas):
            await connection.execute(f"PRAGMA {pragma}")
        yield connection


async def migrate(writer: aiosqlite.Connection, migrations: Sequence[str]) -> None:
    """Carry out the migrations, in order, that a file has not seen yet; ``PRAGMA user_version`` counts those it has.

    Raises:
        NewerSchema: it has seen more than there are.
    """
    await writer.execute("BEGIN IMMEDIATE")
    ((version,),) = await writer.execute_fetchall("PRAGMA user_version")
    if version > len(migrations):
        await writer.rollback()
        raise NewerSchema(f"schema version {version} is newer than {len(migrations)}, the newest known here")
    for migration in migrations[version:]:
        for statement in _statements(migration):
            await writer.execute(statement)
    await writer.execute(f"PRAGMA user_version = {len(migrations)}")
    await writer.commit()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, so that they can run in one transaction (``executescript`` would end it)."""
    start = 0
    for end in (place + 1 for place, character in enumerate(script) if character == ";"):
        if sqlite3.complete_statement(script[start:end]):
            yield script[start:end]
            start = end
