"""Where each person stands in each chat and topic, as :class:`bot.turns.Turns`, kept over a restart."""

import json
from collections.abc import Callable
from dataclasses import asdict

from bot.chats.database import Database
from bot.faults import passed_over
from bot.turns import Asker, Changed, Summarised, Turn
from index.documents import Length, Replacement

_LIFETIME = 3600.0
"""Seconds after which a follow-up has nothing to follow."""


def place_of(chat: int, topic: int | None = None) -> str:
    """What :attr:`bot.turns.Asker.chat` is for a chat, and its topic where it has them."""
    return str(chat) if topic is None else f"{chat}/{topic}"


def chat_of(place: str) -> int:
    """The chat of a place."""
    return int(place.partition("/")[0])


def topic_of(place: str) -> int | None:
    """The topic of a place, or ``None`` where that is a chat outside of its topics."""
    topic = place.partition("/")[2]
    return int(topic) if topic else None


def written(turn: Turn) -> str:
    """A turn as it is stored."""
    return json.dumps(asdict(turn), ensure_ascii=False)


def read(stored: str) -> Turn:
    """A turn that was stored."""
    values = json.loads(stored)
    if summarised := values.pop("summarised", None):
        values["summarised"] = Summarised(**summarised | {"length": Length(summarised["length"])})
    if changed := values.pop("changed", None):
        replacements = tuple(Replacement(**one) for one in changed["replacements"])
        values["changed"] = Changed(changed["at"], replacements)
    return Turn(**values)


class KeptTurns:
    """The last turn of each person in each place. People and places are named as in :func:`place_of`."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def last(self, asker: Asker) -> Turn | None:
        """The last turn, or ``None`` where there is none or it has expired."""
        rows = await self._database.read(
            "SELECT turn FROM turns WHERE place = ? AND person = ? AND kept > ?",
            (asker.chat, asker.person, self._clock() - _LIFETIME),
        )
        return next((read(turn) for (turn,) in rows), None)

    async def keep(self, asker: Asker, turn: Turn) -> None:
        """Put a turn in the place of the last one."""
        values = (chat_of(asker.chat), asker.chat, asker.person, written(turn), self._clock())
        with passed_over("where somebody stands is"):
            await self._database.write_with_the_end(("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?)", values))

    async def clear_out(self) -> None:
        """Forget what has expired."""
        await self._database.write(("DELETE FROM turns WHERE kept <= ?", (self._clock() - _LIFETIME,)))
