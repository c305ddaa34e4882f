"""What the owner can learn from: votes on answers, and questions that found none. Names are not in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.chats.database import Database
from index.vietnamese import fold

_LIFETIME = 365 * 24 * 3600.0
"""Seconds for which a vote or an unanswered question is kept."""
_UNANSWERED_KEPT = 10_000
"""Different questions without an answer that are kept; those asked longest ago give way."""

_VOTE = """
    INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        vote = excluded.vote, question = excluded.question, changed = excluded.changed
    WHERE (vote, question) != (excluded.vote, excluded.question)
"""
_COUNT = """
    INSERT INTO unanswered VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET
        times = times + 1, question = excluded.question, latest = excluded.latest
"""
_KEEP_LATEST = """
    DELETE FROM unanswered WHERE folded IN (SELECT folded FROM unanswered ORDER BY latest DESC LIMIT -1 OFFSET ?)
"""


class Vote(IntEnum):
    """A thumb."""

    UP = 1
    DOWN = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how many times it was asked in vain, or how many found its answer bad."""

    question: str
    times: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the owner can learn from.

    Attributes:
        up: Answers that someone found good.
        down: Answers that someone found bad.
        unanswered: Questions that found no answer, the most frequent first.
        disliked: Questions whose answers were found bad, the most frequent first.
    """

    up: int
    down: int
    unanswered: Sequence[Asked]
    disliked: Sequence[Asked]


class Feedback:
    """Votes by message and person, and unanswered questions by their words."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def vote(self, chat: int, message: int, *, person: str, vote: Vote, question: str) -> bool:
        """Keep a person's vote on an answer, in the place of an earlier one.

        Returns:
            Whether that changed anything.
        """
        (changed,) = await self._database.write(
            (_VOTE, (chat, message, person, vote, question, self._clock())),
        )
        return changed > 0

    async def note_unanswered(self, question: str) -> None:
        """Count a question that found no answer. Capitals and diacritics aside, the same words are one question."""
        await self._database.write_with_the_end(
            (_COUNT, (fold(question).lower().rstrip(" ?!."), question, self._clock())),
        )

    async def report(self, *, limit: int = 20) -> Report:
        """What there is, with at most ``limit`` questions of each kind."""
        ((up, down),) = await self._database.read(
            "SELECT count(*) FILTER (WHERE vote > 0), count(*) FILTER (WHERE vote < 0) FROM votes"
        )
        unanswered = await self._database.read(
            "SELECT question, times FROM unanswered ORDER BY times DESC, latest DESC LIMIT ?", (limit,)
        )
        disliked = await self._database.read(
            "SELECT question, count(*) AS times FROM votes WHERE vote < 0 GROUP BY question"
            " ORDER BY times DESC, max(changed) DESC LIMIT ?",
            (limit,),
        )
        return Report(up, down, [Asked(*row) for row in unanswered], [Asked(*row) for row in disliked])

    async def clear_out(self) -> None:
        """Forget what is old, and what is too much."""
        oldest = self._clock() - _LIFETIME
        await self._database.write(
            ("DELETE FROM votes WHERE changed <= ?", (oldest,)),
            ("DELETE FROM unanswered WHERE latest <= ?", (oldest,)),
            (_KEEP_LATEST, (_UNANSWERED_KEPT,)),
        )
