"""What is stored of somebody, and its deletion."""

import json
from dataclasses import dataclass
from typing import Any

from bot.chats.database import Database, Values
from bot.chats.places import Places

_FORGET_CHOICES = "UPDATE chats SET language = NULL, settings = '{}' WHERE id = :chat"
_STORED_OF_PERSON = """
    SELECT (SELECT count(*) FROM turns WHERE person = :person), (SELECT count(*) FROM answers WHERE person = :person),
        (SELECT count(*) FROM votes WHERE person = :person),
        EXISTS (SELECT 1 FROM chats WHERE id = CAST(:person AS INTEGER) AND language NOT NULL)
"""
_STORED_OF_CHAT = """
    SELECT (SELECT count(*) FROM turns WHERE chat IN (SELECT value FROM json_each(:numbers))),
        (SELECT count(*) FROM answers WHERE chat IN (SELECT value FROM json_each(:numbers))),
        (SELECT count(*) FROM votes WHERE chat IN (SELECT value FROM json_each(:numbers))),
        EXISTS (SELECT 1 FROM chats WHERE id = :chat AND language NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is stored of a person or of a chat.

    Attributes:
        turns: Last questions, for follow-ups.
        answers: Questions whose answers have buttons that work.
        votes: Votes on answers.
        language: Whether a language was chosen.
    """

    turns: int
    answers: int
    votes: int
    language: bool

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.turns or self.answers or self.votes or self.language)


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
            ("DELETE FROM turns WHERE person = :person", values),
            ("DELETE FROM answers WHERE person = :person", values),
            ("DELETE FROM votes WHERE person = :person", values),
            (_FORGET_CHOICES, {"chat": person}),
        )
        self._places.reread(person)

    async def forget_chat(self, chat: int) -> None:
        """Delete what is stored of a chat, whoever spoke there; that the bot is in it is still known."""
        values = await self._numbers(chat)
        await self._database.write(
            ("DELETE FROM turns WHERE chat IN (SELECT value FROM json_each(:numbers))", values),
            ("DELETE FROM answers WHERE chat IN (SELECT value FROM json_each(:numbers))", values),
            ("DELETE FROM votes WHERE chat IN (SELECT value FROM json_each(:numbers))", values),
            (_FORGET_CHOICES, values),
        )
        self._places.reread(chat)

    async def _stored(self, sql: str, values: Values) -> Stored:
        ((turns, answers, votes, language),) = await self._database.read(sql, values)
        return Stored(turns, answers, votes, bool(language))

    async def _numbers(self, chat: int) -> dict[str, Any]:
        """The number of a chat, and with it those that it had before it was moved."""
        return {"chat": chat, "numbers": json.dumps([chat, *await self._places.former_numbers(chat)])}
