"""Which places want a digest every day, at which time, and until which day they were served."""

import datetime as dt
from dataclasses import dataclass

from bot.chats.database import Database
from bot.chats.turns import chat_of

_COLUMNS = "place, minute, handled, person"
_CHOOSE = "INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?)"
_THERE = "place IN (:place, (SELECT new || substr(:place, length(:chat) + 1) FROM moves WHERE old = :chat))"
"""The place, also where the chat was moved since the schedule was read."""
_CLAIM = f"UPDATE schedules SET handled = :day WHERE {_THERE} AND minute = :minute AND handled < :day"  # noqa: S608
_RELEASE = f"UPDATE schedules SET handled = :before WHERE {_THERE} AND minute = :minute AND handled = :day"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Schedule:
    """A digest every day.

    Attributes:
        place: Where, as in :func:`bot.chats.turns.place_of`.
        time: The time of day, in whole minutes.
        handled: The last day that is done with.
        person: Who set it, as in :attr:`bot.turns.Asker.person`; empty where that was to be forgotten.
    """

    place: str
    time: dt.time
    handled: dt.date
    person: str = ""


class Schedules:
    """Schedules by place: one each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Schedule]:
        """Every schedule."""
        return [_read(*row) for row in await self._database.read(f"SELECT {_COLUMNS} FROM schedules")]  # noqa: S608

    async def of(self, place: str) -> Schedule | None:
        """That of a place, or ``None`` where it has none."""
        rows = await self._database.read(f"SELECT {_COLUMNS} FROM schedules WHERE place = ?", (place,))  # noqa: S608
        return next((_read(*row) for row in rows), None)

    async def choose(self, schedule: Schedule) -> None:
        """Set the schedule of its place, instead of an earlier one."""
        day = schedule.handled.isoformat()
        values = (chat_of(schedule.place), schedule.place, _minute(schedule), day, schedule.person)
        await self._database.write((_CHOOSE, values))

    async def remove(self, place: str) -> bool:
        """End the schedule of a place.

        Returns:
            Whether it had one.
        """
        (removed,) = await self._database.write(("DELETE FROM schedules WHERE place = ?", (place,)))
        return removed > 0

    async def claim(self, schedule: Schedule, day: dt.date) -> bool:
        """Note on the disk that a day is done with, before anything is sent.

        Returns:
            Whether it was not done with before, and the schedule has not been changed since it was read.
        """
        (claimed,) = await self._database.write((_CLAIM, _on(schedule, day)))
        return claimed > 0

    async def release(self, schedule: Schedule, day: dt.date) -> None:
        """Take that back: nothing was sent after all."""
        await self._database.write((_RELEASE, _on(schedule, day) | {"before": schedule.handled.isoformat()}))


def _on(schedule: Schedule, day: dt.date) -> dict[str, str | int]:
    chat = chat_of(schedule.place)
    return {"place": schedule.place, "chat": chat, "minute": _minute(schedule), "day": day.isoformat()}


def _minute(schedule: Schedule) -> int:
    return schedule.time.hour * 60 + schedule.time.minute


def _read(place: str, minute: int, handled: str, person: str) -> Schedule:
    return Schedule(place, dt.time(*divmod(minute, 60)), dt.date.fromisoformat(handled), person)
