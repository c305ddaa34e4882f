"""Digests that somebody asked to have in private: each can be had with a token, by that person, for a day."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.chats.database import Database
from bot.chats.turns import chat_of
from index.documents import Length

LIFETIME = 24 * 3600.0
"""Seconds for which a token is good."""

_RANDOM = 18
"""Bytes of a token that nobody can guess."""


@dataclass(frozen=True, slots=True)
class Request:
    """A digest that is asked for.

    Attributes:
        place: The place whose talk it is of, as in :func:`bot.chats.turns.place_of`.
        person: Who asked, as in :attr:`bot.turns.Asker.person`.
        since: When the talk begins, in seconds since 1970.
        until: When it ends.
        length: How much of it is to be told.
    """

    place: str
    person: str
    since: float
    until: float
    length: Length


class Requests:
    """Requests by token: 24 letters, digits, ``-`` and ``_``."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, request: Request) -> str:
        """Keep a request, and give its token."""
        token = secrets.token_urlsafe(_RANDOM)
        values = (request.person, request.since, request.until, request.length, self._clock())
        await self._database.write(
            (
                "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (token, chat_of(request.place), request.place, *values),
            )
        )
        return token

    async def find(self, token: str, person: str) -> Request | None:
        """The request of a token; ``None`` where that is unknown, too old, or somebody else's."""
        rows = await self._database.read(
            "SELECT place, since, until, length FROM requests WHERE token = ? AND person = ? AND kept > ?",
            (token, person, self._clock() - LIFETIME),
        )
        return next(
            (Request(place, person, since, until, Length(length)) for place, since, until, length in rows), None
        )

    async def clear_out(self) -> None:
        """Forget those that are too old."""
        await self._database.write(("DELETE FROM requests WHERE kept <= ?", (self._clock() - LIFETIME,)))
