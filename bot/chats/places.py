"""Chats: of which kind, whether the bot can write there, the language chosen. A private chat has its person's number."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.chats.database import Database, Statement
from bot.chats.schema import TALK_TABLES
from bot.texts import Language

_REMEMBERED = 10_000
"""Chats that are remembered without reading them again."""

KEEPS_TALK, TOLD_OF_KEEPING = "keeps_talk", "told_of_keeping"
"""Settings of a chat, as in :class:`Place`."""

_FORGET_TALK = tuple(
    f"DELETE FROM {table} WHERE chat = :chat AND NOT EXISTS (SELECT 1 FROM moves WHERE old = :chat)"  # noqa: S608
    " OR chat IN (SELECT old FROM moves WHERE new = :chat)"
    for table in TALK_TABLES
)
_MOVE_PLACES = tuple(
    f"UPDATE OR REPLACE {table} SET chat = ?, place = ? || substr(place, length(?) + 1) WHERE chat = ?"  # noqa: S608
    for table in ("turns", "digests", "schedules", "requests")
)


class Reach(StrEnum):
    """Whether the bot can write to a chat, and if not, why."""

    REACHABLE = "reachable"
    BLOCKED = "blocked"
    REMOVED = "removed"
    LEFT = "left"

    @property
    def outside(self) -> bool:
        """Whether the bot is not in the chat any more."""
        return self in {Reach.REMOVED, Reach.LEFT}


@dataclass(frozen=True, slots=True)
class Place:
    """What is kept of a chat.

    Attributes:
        kind: ``private``, ``group``, ``supergroup`` or ``channel``; ``None`` where it was never told.
        reach: Whether the bot can write there.
        language: The language chosen there, or ``None`` where nobody chose.
        settings: Other choices, by name; plain values.
    """

    kind: str | None = None
    reach: Reach = Reach.REACHABLE
    language: Language | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def keeps_talk(self) -> bool:
        """Whether its admins let messages be kept for digests; they do where they chose nothing."""
        return bool(self.settings.get(KEEPS_TALK, True))

    @property
    def told_of_keeping(self) -> bool:
        """Whether it was told there that messages are kept."""
        return bool(self.settings.get(TOLD_OF_KEEPING, False))


class Places:
    """Chats by number. What was read once is remembered, for every message asks for the language."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[int, Place] = {}
        self._changes = 0

    async def get(self, chat: int) -> Place:
        """What is kept of a chat."""
        if (known := self._read.get(chat)) is not None:
            return known
        changes = self._changes
        rows = await self._database.read("SELECT kind, state, language, settings FROM chats WHERE id = ?", (chat,))
        place = Place()
        for kind, state, language, settings in rows:
            place = Place(kind, Reach(state), Language(language) if language else None, json.loads(settings))
        if len(self._read) >= _REMEMBERED:
            self._read.clear()
        if changes == self._changes:  # Else it may be what was there before.
            self._read[chat] = place
        return place

    async def note(self, chat: int, kind: str | None, reach: Reach) -> None:
        """Note the kind of a chat, where it is known, and whether the bot can write there.

        Where the bot is not in it any more, what was said there is erased; a group that has moved takes it along.
        """
        place = await self.get(chat)
        if (place.kind, place.reach) != (kind or place.kind, reach):
            await self._change(chat, ("kind = coalesce(?, kind), state = ?", (kind, reach)))
        if reach.outside:
            await self.forget_talk(chat)

    async def forget_talk(self, chat: int) -> None:
        """Erase what was said in a chat, under its former numbers too, and what was to be done with it.

        Under the number that a chat had before it was moved nothing is erased: it is the new chat's now.
        """
        await self._database.write(*((statement, {"chat": chat}) for statement in _FORGET_TALK))
        await self._database.empty_log()

    async def choose_language(self, chat: int, language: Language) -> None:
        """Choose the language of a chat, or of a person by the person's own number."""
        await self._change(chat, ("language = ?", (language,)))

    async def choose(self, chat: int, name: str, value: str | float | bool | None) -> None:  # noqa: FBT001  # A value of a setting.
        """Choose a setting of a chat; ``None`` takes the choice back."""
        await self._change(chat, ("settings = json_patch(settings, json(?))", (json.dumps({name: value}),)))

    async def move(self, old: int, new: int) -> None:
        """Give a chat its new number, with all that is kept of it: a group became a supergroup.

        What is kept of its messages stays with the old number: in the supergroup messages are counted from the
        beginning, and the same number means another message. Doing it again changes nothing.
        """
        await self._database.write(
            ("DELETE FROM chats WHERE id = ? AND EXISTS (SELECT 1 FROM moves WHERE old = ?)", (old, old)),
            ("INSERT OR REPLACE INTO moves VALUES (?, ?)", (old, new)),
            ("UPDATE moves SET new = ? WHERE new = ?", (new, old)),
            ("DELETE FROM moves WHERE old = new", ()),
            (
                "UPDATE OR REPLACE chats SET id = ?, kind = 'supergroup', state = ? WHERE id = ?",
                (new, Reach.REACHABLE, old),
            ),
            *((statement, (new, str(new), str(old), old)) for statement in _MOVE_PLACES),
        )
        self.reread(old)
        self.reread(new)

    async def former_numbers(self, chat: int) -> list[int]:
        """The numbers that a chat had before it was moved."""
        return [int(old) for (old,) in await self._database.read("SELECT old FROM moves WHERE new = ?", (chat,))]

    def reread(self, chat: int) -> None:
        """Read a chat anew when it is asked for next: its row was changed elsewhere."""
        self._changes += 1
        self._read.pop(chat, None)

    async def _change(self, chat: int, change: Statement) -> None:
        what, values = change
        await self._database.write(
            ("INSERT OR IGNORE INTO chats (id) VALUES (?)", (chat,)),
            (f"UPDATE chats SET {what} WHERE id = ?", (*values, chat)),  # noqa: S608  # Written above, each of them.
        )
        self.reread(chat)
