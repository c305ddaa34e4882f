"""The inbox: each update from before Telegram may forget it until it is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.chats.database import Database, Statement

_REMEMBERED = 3 * 24 * 3600.0
"""Seconds for which an answered update is known by its number. Telegram offers one again for a day at most."""


class State(IntEnum):
    """How far an update has come. Earlier versions knew one between: what was being sent, which counts as open."""

    OPEN = 0
    DONE = 2


@dataclass(frozen=True, slots=True)
class Open:
    """An update that is not done.

    Attributes:
        number: Its ``update_id``.
        content: The update as JSON.
    """

    number: int
    content: str


class Updates:
    """Updates by number."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def put(self, number: int, content: str) -> bool:
        """Keep an update; it is on the disk when this returns.

        Returns:
            Whether it is new: an update that was put before, answered or not, is kept once.
        """
        (added,) = await self._database.write(
            ("INSERT OR IGNORE INTO updates VALUES (?, ?, ?, ?)", (number, State.OPEN, content, self._clock()))
        )
        return added > 0

    async def open(self) -> list[Open]:
        """Those that are not done, in order."""
        rows = await self._database.read("SELECT id, content FROM updates WHERE state < ? ORDER BY id", (State.DONE,))
        return [Open(number, content) for number, content in rows]

    async def strike_off(self, number: int, *with_it: Statement) -> None:
        """Note that it is done, and forget what was in it; carry out something else with that, or neither."""
        await self._database.write(
            (
                "UPDATE updates SET state = ?, content = '', changed = ? WHERE id = ?",
                (State.DONE, self._clock(), number),
            ),
            *with_it,
        )

    async def clear_out(self) -> None:
        """Forget the numbers of those that were done long ago."""
        await self._database.write(
            ("DELETE FROM updates WHERE state = ? AND changed < ?", (State.DONE, self._clock() - _REMEMBERED))
        )
