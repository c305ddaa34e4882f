"""What is stored of somebody, and its deletion."""

import json
from dataclasses import dataclass
from typing import Any

from bot.chats.database import Database, Values
from bot.chats.places import Places
from bot.chats.schema import TALK_TABLES

_FORGET_PERSON = tuple(
    f"DELETE FROM {table} WHERE person = :person"  # noqa: S608  # Named here, each of them.
    for table in ("turns", "answers", "votes", "messages", "requests")
)
_FORGET_WHO_SCHEDULED = "UPDATE schedules SET person = '' WHERE person = :person"
_FORGET_CHAT = tuple(
    f"DELETE FROM {table} WHERE chat IN (SELECT value FROM json_each(:numbers))"  # noqa: S608
    for table in ("turns", "answers", "votes", *TALK_TABLES)
)
_FORGET_CHOICES = """
    UPDATE chats SET language = NULL,
        settings = iif(json_extract(settings, '$.keeps_talk') = 0, '{"keeps_talk":false}', '{}')
    WHERE id = :chat
"""
"""That nothing is to be kept of a chat's talk is not forgotten: it would be kept again."""
_STORED_OF_PERSON = """
    SELECT (SELECT count(*) FROM turns WHERE person = :person), (SELECT count(*) FROM answers WHERE person = :person),
        (SELECT count(*) FROM votes WHERE person = :person), (SELECT count(*) FROM messages WHERE person = :person),
        EXISTS (SELECT 1 FROM chats WHERE id = CAST(:person AS INTEGER) AND language NOT NULL),
        (SELECT count(*) FROM requests WHERE person = :person)
"""
_STORED_OF_CHAT = """
    SELECT (SELECT count(*) FROM turns WHERE chat IN (SELECT value FROM json_each(:numbers))),
        (SELECT count(*) FROM answers WHERE chat IN (SELECT value FROM json_each(:numbers))),
        (SELECT count(*) FROM votes WHERE chat IN (SELECT value FROM json_each(:numbers))),
        (SELECT count(*) FROM messages WHERE chat IN (SELECT value FROM json_each(:numbers))),
        EXISTS (SELECT 1 FROM chats WHERE id = :chat AND language NOT NULL),
        (SELECT count(*) FROM requests WHERE chat IN (SELECT value FROM json_each(:numbers)))
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is stored of a person or of a chat.

    Attributes:
        turns: Last questions, for follow-ups.
        answers: Questions whose answers have buttons that work.
        votes: Votes on answers.
        messages: Messages in groups and channels, for digests.
        language: Whether a language was chosen.
        requests: Digests asked for in private.
    """

    turns: int
    answers: int
    votes: int
    messages: int
    language: bool
    requests: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return any((self.turns, self.answers, self.votes, self.messages, self.language, self.requests))


class Privacy:
    """What is stored, by person or by chat. Questions without an answer are kept without their askers."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    async def stored_of_person(self, person: int) -> Stored:
        """What is stored of a person, in whatever chat."""
        return await self._stored(_STORED_OF_PERSON, {"person": str(person)})

    async def stored_of_chat(self, chat: int) -> Stored:
        """What is stored of a chat, whoever spoke there."""
        return await self._stored(_STORED_OF_CHAT, await self._numbers(chat))

    async def forget_person(self, person: int) -> None:
        """Delete what is stored of a person, in whatever chat; whether they blocked the bot is still known."""
        values = {"person": str(person)}
        await self._database.write(
            *((statement, values) for statement in (*_FORGET_PERSON, _FORGET_WHO_SCHEDULED)),
            (_FORGET_CHOICES, {"chat": person}),
        )
        await self._database.empty_log()
        self._places.reread(person)

    async def forget_chat(self, chat: int) -> None:
        """Delete what is stored of a chat, whoever spoke there; that the bot is in it is still known."""
        values = await self._numbers(chat)
        await self._database.write(
            *((statement, values) for statement in _FORGET_CHAT),
            (_FORGET_CHOICES, values),
        )
        await self._database.empty_log()
        self._places.reread(chat)

    async def _stored(self, sql: str, values: Values) -> Stored:
        ((turns, answers, votes, messages, language, requests),) = await self._database.read(sql, values)
        return Stored(turns, answers, votes, messages, bool(language), requests)

    async def _numbers(self, chat: int) -> dict[str, Any]:
        """The number of a chat, and with it those that it had before it was moved."""
        return {"chat": chat, "numbers": json.dumps([chat, *await self._places.former_numbers(chat)])}
