"""How many questions were asked on each day. Who asked, where, and what is not in it."""

import datetime as dt

from bot.chats.database import Database
from bot.counts import DayCount

_LIFETIME = dt.timedelta(days=400)
"""For which a day's counts are kept."""

_COUNT = """
    INSERT INTO counts VALUES (:day, 1, :answered, :seconds) ON CONFLICT (day) DO UPDATE SET
        questions = questions + 1, answered = answered + excluded.answered, slowest = max(slowest, excluded.slowest)
"""
_FORGET_OLD = "DELETE FROM counts WHERE day < ?"


class Counts:
    """Counts of questions by day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, day: dt.date, *, answered: bool, seconds: float) -> None:
        """Count a question; what is too old is forgotten with it.

        Args:
            day: When it was asked, in the owner's time zone.
            answered: Whether the documents answer it.
            seconds: How long its reply took to be made.
        """
        values = {"day": day.isoformat(), "answered": answered, "seconds": seconds}
        await self._database.write_with_the_end((_COUNT, values), (_FORGET_OLD, ((day - _LIFETIME).isoformat(),)))

    async def since(self, day: dt.date) -> list[DayCount]:
        """The days from one on that had questions, in order."""
        rows = await self._database.read("SELECT * FROM counts WHERE day >= ? ORDER BY day", (day.isoformat(),))
        return [DayCount(dt.date.fromisoformat(day), *counted) for day, *counted in rows]
