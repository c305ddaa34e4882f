"""What is said in groups and channels, kept for some days so that it can be summarised, then erased."""

import datetime as dt
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple

from bot.chats.database import Database, Row
from bot.chats.places import Places
from index.documents import Post, Shared

_DAY = 24 * 3600.0
_LIMIT = 5000
"""Messages that are given at once at most."""
_STEP = 0.001
"""Seconds between messages that were sent in one second: Telegram tells no more, and they are kept in their order."""
AFTERWARDS = _STEP / 2
"""Seconds after a message at which it is told, and the next one of the same second is not."""

_KEEP = """
    INSERT INTO messages VALUES (
        :chat, :message, :topic, :person, :author,
        (
            SELECT coalesce(round(max(sent) + :step, 3), :sent) FROM messages
            WHERE +chat = :chat AND sent >= :sent AND sent < :sent + 1
        ),
        :text, :reply_to, :link, :shared
    )
    ON CONFLICT DO UPDATE SET
        person = excluded.person, author = excluded.author, text = excluded.text, link = excluded.link,
        shared = excluded.shared
"""
_CORRECT = """
    UPDATE messages SET author = :author, text = :text, shared = :shared WHERE chat = :chat AND message = :message
"""
_FORGET_CHAT = "DELETE FROM messages WHERE chat IN (SELECT value FROM json_each(?))"
_READ = """
    SELECT chat, message, person, author, sent, text, reply_to, link, shared FROM messages
    WHERE chat IN (SELECT value FROM json_each(:numbers)) AND topic IS :topic
        AND sent >= :since AND sent < :until AND sent > :oldest
    ORDER BY sent DESC, chat = :chat DESC, message DESC LIMIT :limit
"""


class Messages:
    """Messages by chat and number. Nothing older than the days that they are kept is ever given."""

    def __init__(self, database: Database, places: Places, clock: Callable[[], float], days: int) -> None:
        """Keep messages.

        Args:
            database: Where they are kept.
            places: Tells the numbers that a chat had before it was moved.
            clock: The time, in seconds since 1970.
            days: How long they are kept; 0: not at all.
        """
        self._database = database
        self._places = places
        self._clock = clock
        self.days = days

    async def keep(  # noqa: PLR0913  # The columns of a row.
        self,
        chat: int,
        message: int,
        *,
        topic: int | None,
        person: str,
        author: str,
        sent: float,
        text: str,
        reply_to: int | None,
        link: str | None,
        shared: Sequence[Shared],
    ) -> None:
        """Keep a message; one that is kept already is changed, but for its time, its topic and what it replies to.

        Args:
            chat: Where it was said.
            message: Its number there.
            topic: The topic of a forum, or ``None`` outside topics.
            person: Who said it, as in :attr:`bot.turns.Asker.person`.
            author: What they are called; may be empty.
            sent: When, in whole seconds since 1970; of one second, what is kept first was sent first.
            text: What was said, cleaned; may be empty.
            reply_to: The number of the message that it replies to in the same chat, or ``None``.
            link: Where it can be read, or ``None``.
            shared: The links and files in it.
        """
        if sent <= self._oldest():
            return
        values = {"chat": chat, "message": message, "topic": topic, "person": person, "author": author, "sent": sent}
        values |= {"text": text, "reply_to": reply_to, "link": link, "shared": _written(shared), "step": _STEP}
        await self._database.write((_KEEP, values))

    async def correct(self, chat: int, message: int, *, author: str, text: str, shared: Sequence[Shared]) -> None:
        """Change a message that is kept to what it says now; one that is not kept, or not any more, stays unkept."""
        values = {"chat": chat, "message": message, "author": author, "text": text, "shared": _written(shared)}
        await self._database.write((_CORRECT, values))

    async def remove(self, chat: int, message: int) -> None:
        """Forget a message."""
        await self._database.write(("DELETE FROM messages WHERE chat = ? AND message = ?", (chat, message)))

    async def between(
        self, chat: int, topic: int | None, since: float, until: float, *, limit: int = _LIMIT
    ) -> list[Post]:
        """What was said in a chat in a time, in the order it was sent.

        What was said before the chat was moved counts, without links: there are none to messages of basic groups.

        Args:
            chat: The chat.
            topic: The topic, or ``None`` for what was said outside topics.
            since: When the time begins, in seconds since 1970.
            until: When it ends; what was sent in that very moment is not in it.
            limit: How many messages to give at most; the latest win.
        """
        numbers = [chat, *await self._places.former_numbers(chat)]
        values = {"chat": chat, "numbers": json.dumps(numbers), "topic": topic, "since": since, "until": until}
        rows = await self._database.read(_READ, values | {"oldest": self._oldest(), "limit": limit})
        return [_post(row, chat) for row in reversed(rows)]

    async def latest(self, chat: int, topic: int | None, count: int, until: float) -> list[Post]:
        """The last ``count`` messages that were sent before ``until``, as :meth:`between` gives them."""
        return await self.between(chat, topic, -math.inf, until, limit=count)

    async def forget_chat(self, chat: int) -> None:
        """Erase what was said in a chat, under its former numbers too."""
        numbers = json.dumps([chat, *await self._places.former_numbers(chat)])
        await self._database.write((_FORGET_CHAT, (numbers,)))
        await self._database.empty_log()

    async def clear_out(self) -> None:
        """Erase what is older than it may be."""
        await self._database.write(("DELETE FROM messages WHERE sent <= ?", (self._oldest(),)))
        await self._database.empty_log()

    def _oldest(self) -> float:
        """What was sent then or before is not kept."""
        return self._clock() - self.days * _DAY if self.days else math.inf


def _written(shared: Sequence[Shared]) -> str:
    return json.dumps([astuple(each) for each in shared], ensure_ascii=False)


def _post(row: Row, chat: int) -> Post:
    number, message, person, author, sent, text, reply_to, link, shared = row
    return Post(
        key=f"{number}:{message}",
        person=person,
        author=author,
        sent=dt.datetime.fromtimestamp(sent, dt.UTC),
        text=text,
        reply_to=None if reply_to is None else f"{number}:{reply_to}",
        link=link if number == chat else None,
        shared=tuple(Shared(*each) for each in json.loads(shared)),
    )
