"""The connections: one that writes whole transactions, many callers' at once, and one that reads."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bot.chats.schema import MIGRATIONS
from bot.faults import look_through
from index.sqlite import connect, migrate

Values = Sequence[Any] | Mapping[str, Any]

Statement = tuple[str, Values]
"""SQL with the values that it leaves open."""

Row = tuple[Any, ...]

with_the_end: ContextVar[list[Statement] | None] = ContextVar("with_the_end", default=None)
"""What is to be written when the update in hand is struck off, if one is, and with it: all of it or nothing."""


class ChatsError(Exception):
    """The file cannot be used: damaged, or written by a newer version, or not to be written to; its cause tells which."""


@dataclass(frozen=True, slots=True, eq=False)
class _Write:
    statements: Sequence[Statement]
    done: asyncio.Future[list[int]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Database:
    """One SQLite file. Open it with :meth:`open`.

    Writers that come while a commit is under way share the next one: the disk is waited for once for all of them.
    """

    def __init__(self, reader: aiosqlite.Connection, writer: aiosqlite.Connection) -> None:
        self._reader = reader
        self._writer = writer
        self._waiting: list[_Write] = []
        self._writing: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator[Self]:
        """Open the file, made if missing and brought to the newest schema, once it was seen to hold together.

        Raises:
            ChatsError: The file is damaged, or written by a newer version, or cannot be written to; its cause tells which.
        """
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        async with AsyncExitStack() as connections:
            try:
                await asyncio.to_thread(look_through, path)
                writer = await connections.enter_async_context(connect(path, "secure_delete = ON"))
                await migrate(writer, MIGRATIONS)
                reader = await connections.enter_async_context(connect(path, "secure_delete = ON"))
            except aiosqlite.DatabaseError as error:
                raise ChatsError(f"{path}: {error}") from error
            database = cls(reader, writer)
            yield database
            await database._finish()

    async def read(self, sql: str, values: Values = ()) -> list[Row]:
        """The rows of a query, all that was written before included."""
        return [tuple(row) for row in await self._reader.execute_fetchall(sql, values)]

    async def write(self, *statements: Statement) -> list[int]:
        """Carry out statements, all or none, and return when they are on the disk.

        Returns:
            How many rows each changed.
        """
        write = _Write(statements)
        self._waiting.append(write)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())
        return await write.done

    async def write_with_the_end(self, *statements: Statement) -> None:
        """Carry out statements when the update in hand is struck off; where none is in hand, now.

        Over a crash what an update leads to is so written once, however often that is handled.
        """
        held = with_the_end.get()
        if held is None:
            await self.write(*statements)
        else:
            held += statements

    async def empty_log(self) -> None:
        """Take all that was written from the write-ahead log into the file: what was erased is in neither then."""
        await self._reader.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _finish(self) -> None:
        if self._writing:
            await self._writing

    async def _write_waiting(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            try:
                await self._commit(together)
            finally:
                for write in together:
                    write.done.cancel()

    async def _commit(self, writes: Sequence[_Write]) -> None:
        """Write all in one transaction, or, where one of them fails, each in its own."""
        try:
            counts = await self._transact(writes)
        except aiosqlite.Error as error:
            if len(writes) > 1:
                for write in writes:
                    await self._commit([write])
            elif not writes[0].done.cancelled():
                writes[0].done.set_exception(error)
            return
        for write, count in zip(writes, counts, strict=True):
            if not write.done.cancelled():
                write.done.set_result(count)

    async def _transact(self, writes: Sequence[_Write]) -> list[list[int]]:
        if sum(len(write.statements) for write in writes) == 1:  # It is a transaction by itself.
            return [await self._carry_out(write) for write in writes]
        await self._writer.execute("BEGIN IMMEDIATE")
        try:
            counts = [await self._carry_out(write) for write in writes]
            await self._writer.commit()
        except BaseException:
            await self._writer.rollback()
            raise
        return counts

    async def _carry_out(self, write: _Write) -> list[int]:
        return [(await self._writer.execute(sql, values)).rowcount for sql, values in write.statements]
