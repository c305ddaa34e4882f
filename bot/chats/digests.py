"""The last digest of each place: up to when it tells, so that the next one goes on there, and when it was posted."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.chats.database import Database
from bot.chats.turns import chat_of

_NOTE = """
    INSERT INTO digests VALUES (:chat, :place, :until, :posted, :link) ON CONFLICT (place) DO UPDATE SET
        until = iif(:since <= until, max(until, :until), until), posted = :posted, link = :link
"""


@dataclass(frozen=True, slots=True)
class LastDigest:
    """The last digest of a place; times are in seconds since 1970.

    Attributes:
        until: Up to when its talk has been told.
        posted: When a digest was posted last, one that does not reach so far included.
        link: Where that can be read, or ``None``.
    """

    until: float
    posted: float
    link: str | None


class LastDigests:
    """Last digests by place, as in :func:`bot.chats.turns.place_of`."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def of(self, place: str) -> LastDigest | None:
        """The last one, or ``None`` where there was none yet."""
        rows = await self._database.read("SELECT until, posted, link FROM digests WHERE place = ?", (place,))
        return next((LastDigest(*row) for row in rows), None)

    async def note(self, place: str, *, since: float, until: float, link: str | None) -> None:
        """Note a digest that was posted in its place just now.

        The talk up to its end counts as told only where it leaves no gap after what was told before.
        """
        values = {"chat": chat_of(place), "place": place, "since": since, "until": until}
        await self._database.write((_NOTE, values | {"posted": self._clock(), "link": link}))
