"""What is counted of the questions of a day: how many, how many were answered, and how long the slowest took."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

DAYS = 30
"""Days, today's included, that the owner is shown."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """The questions of a day.

    Attributes:
        day: The day, in the owner's time zone.
        questions: How many were asked.
        answered: How many of them the documents answer.
        slowest: Seconds that the slowest reply took to be made, its sending aside; 0 on a day without questions.
    """

    day: dt.date
    questions: int = 0
    answered: int = 0
    slowest: float = 0.0


def last_days(counted: Iterable[DayCount], today: dt.date) -> tuple[DayCount, ...]:
    """The last 30 days in order, those without questions included."""
    known = {count.day: count for count in counted}
    days = [today - dt.timedelta(days=ago) for ago in reversed(range(DAYS))]
    return tuple(known.get(day, DayCount(day)) for day in days)


def share(answered: int, questions: int) -> int:
    """Whole per cent of some questions that were answered; 0 where there were none."""
    return round(100 * answered / questions) if questions else 0
