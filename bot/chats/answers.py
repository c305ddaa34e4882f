"""Answers as messages: what the buttons of each continue from, and which messages answer which question."""

from collections.abc import Callable

from bot.chats.database import Database
from bot.chats.turns import read, written
from bot.turns import Turn

_LIFETIME = 90 * 24 * 3600.0
"""Seconds for which the buttons of a message work."""

_SHOW = """
    INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (chat, message) DO UPDATE SET
        question = coalesce(excluded.question, question), turn = excluded.turn, kept = excluded.kept
"""


class Answers:
    """Messages of the bot, by chat and number."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def show(  # noqa: PLR0913  # Each is a part of its own.
        self, chat: int, message: int, *, question: int | None, person: str, turn: Turn | None, at_once: bool = False
    ) -> None:
        """Note what a message of the bot shows, or shows now instead of what it showed.

        Args:
            chat: The chat.
            message: The bot's message.
            question: The message that it answers, where it answers one; an edited answer keeps the one it has.
            person: Who asked, as in :attr:`bot.turns.Asker.person`.
            turn: What its buttons continue from, or ``None`` where there is nothing to continue.
            at_once: Whether it is to be known after a crash though the update in hand is handled again then.
        """
        values = (chat, message, question, person, written(turn) if turn else None, self._clock())
        write = self._database.write if at_once else self._database.write_with_the_end
        await write((_SHOW, values))

    async def turn(self, chat: int, message: int) -> Turn | None:
        """What the buttons of a message continue from, or ``None`` where it is gone."""
        rows = await self._database.read(
            "SELECT turn FROM answers WHERE chat = ? AND message = ? AND turn NOT NULL AND kept > ?",
            (chat, message, self._clock() - _LIFETIME),
        )
        return next((read(turn) for (turn,) in rows), None)

    async def asker(self, chat: int, message: int) -> str | None:
        """Who asked what a message of the bot answers, or ``None`` where that is gone."""
        rows = await self._database.read("SELECT person FROM answers WHERE chat = ? AND message = ?", (chat, message))
        return next((str(person) for (person,) in rows), None)

    async def question(self, chat: int, message: int) -> int | None:
        """The message that a message of the bot answers, or ``None`` where it answers none, or is gone."""
        rows = await self._database.read(
            "SELECT question FROM answers WHERE chat = ? AND message = ? AND question NOT NULL", (chat, message)
        )
        return next((int(question) for (question,) in rows), None)

    async def to_question(self, chat: int, question: int) -> list[int]:
        """The messages of the bot that answer a message, in order."""
        rows = await self._database.read(
            "SELECT message FROM answers WHERE chat = ? AND question = ? ORDER BY message", (chat, question)
        )
        return [int(message) for (message,) in rows]

    async def remove(self, chat: int, message: int) -> None:
        """Forget a message of the bot that was deleted."""
        await self._database.write(("DELETE FROM answers WHERE chat = ? AND message = ?", (chat, message)))

    async def clear_out(self) -> None:
        """Forget what is too old to be continued from."""
        await self._database.write(("DELETE FROM answers WHERE kept <= ?", (self._clock() - _LIFETIME,)))
