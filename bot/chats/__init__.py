"""What is kept of chats and people: the inbox, languages, turns, answers, talk, feedback. SQLite through aiosqlite.

Each room of it is an attribute of :class:`Chats`; all write through one connection, and each method is one transaction.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.chats.answers import Answers
from bot.chats.counts import Counts
from bot.chats.database import ChatsError, Database
from bot.chats.digests import LastDigests
from bot.chats.feedback import Feedback
from bot.chats.messages import Messages
from bot.chats.places import Places
from bot.chats.privacy import Privacy
from bot.chats.requests import Requests
from bot.chats.schedules import Schedules
from bot.chats.turns import KeptTurns
from bot.chats.updates import Updates

__all__ = ["Chats", "ChatsError"]


@dataclass(frozen=True, slots=True)
class Chats:
    """What is kept of chats and people. Open it with :meth:`open`.

    Attributes:
        updates: The inbox: updates that are not answered yet.
        places: Chats: of which kind, whether the bot can write there, and the language chosen.
        turns: Where each person stands in each chat; implements :class:`bot.turns.Turns`.
        answers: What each message with buttons continues from, and which messages answer which question.
        messages: What was said in groups and channels in the last days.
        digests: The last digest of each place.
        requests: Digests that somebody asked to have in private.
        schedules: Which places want a digest every day, and when.
        feedback: Votes on answers, and questions that found none.
        counts: How many questions were asked on each day.
        privacy: What is stored of somebody, and its deletion.
    """

    updates: Updates
    places: Places
    turns: KeptTurns
    answers: Answers
    messages: Messages
    digests: LastDigests
    requests: Requests
    schedules: Schedules
    feedback: Feedback
    counts: Counts
    privacy: Privacy

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, *, message_days: int = 7, clock: Callable[[], float] = time.time
    ) -> AsyncIterator[Self]:
        """Open the file at ``path``, made if missing and brought to the newest schema.

        Args:
            path: The file; its folder is made if missing.
            message_days: How long what is said in groups and channels is kept; 0: not at all.
            clock: The time, in seconds since 1970.

        Raises:
            ChatsError: The file is damaged, or written by a newer version.
        """
        async with Database.open(path) as database:
            places = Places(database)
            chats = cls(
                Updates(database, clock),
                places,
                KeptTurns(database, clock),
                Answers(database, clock),
                Messages(database, places, clock, message_days),
                LastDigests(database, clock),
                Requests(database, clock),
                Schedules(database),
                Feedback(database, clock),
                Counts(database),
                Privacy(database, places),
            )
            await chats.clear_out()
            yield chats

    async def clear_out(self) -> None:
        """Forget what has expired."""
        await self.updates.clear_out()
        await self.turns.clear_out()
        await self.answers.clear_out()
        await self.messages.clear_out()
        await self.requests.clear_out()
        await self.feedback.clear_out()
