"""Reads what people type for a stretch of time, a number of messages or a time of day.

Vietnamese with or without diacritics, and English. Pure functions: the present, with its time zone, is given.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum, auto

from index.vietnamese import fold

MOST_POSTS = 2000
"""Messages that may be asked for."""

_LONGEST = 20 * 366 * 86400.0
"""Seconds: who asks for more than 20 years gets 20."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, its end excluded; both ends have a time zone."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Latest:
    """So many of the latest messages, from 1 to ``MOST_POSTS``."""

    count: int


class Wrong(Enum):
    """What is wrong with what was typed."""

    ZERO = auto()
    TOO_MANY = auto()
    AHEAD = auto()
    """It has not come yet."""
    UNCLEAR = auto()


Asked = Period | Latest

# --- Periods -----------------------------------------------------------------------------------------------------------

_NUMBERS = {
    **{word: float(value) for value, word in enumerate("mot hai ba bon nam sau bay tam chin muoi".split(), 1)},
    **{word: float(value) for value, word in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    "a": 1.0,
    "an": 1.0,
    "nua": 0.5,
    "half": 0.5,
}
_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_UNITS = {
    **dict.fromkeys("phut ph p m min mins minute minutes".split(), _MINUTE),
    **dict.fromkeys("gio g h tieng hr hrs hour hours".split(), _HOUR),
    **dict.fromkeys("ngay d day days".split(), _DAY),
    **dict.fromkeys("tuan w week weeks".split(), 7 * _DAY),
    **dict.fromkeys("thang month months".split(), 30 * _DAY),
}
_MESSAGES = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+) ?(?:(?:tin|bai)(?: nhan| dang| viet)?|messages?|msgs?|posts?)?")
_AMOUNT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?|[a-z]+) ?(?P<unit>[a-z]*) ?")
_AROUND = re.compile(
    r"^(?:trong |cho )?(?:the )?(?:vong )?(?:last |past |latest )?|"
    r"(?: dong ho)?(?: vua)?(?: qua| gan day| gan nhat| moi nhat| cuoi(?: cung)?| tro lai day| truoc| ago)?$"
)
"""What may stand around an amount and changes nothing."""
_SINCE = re.compile(r"(?:ke )?(?:tu|since|from)(?: luc)? (.+)")

_NIGHT = 6
_PARTS = {"sang": (0, 12), "trua": (11, 14), "chieu": (12, 18), "toi": (18, 24), "dem": (18, 24 + _NIGHT)}
"""Parts of the day, by the hours at which they begin and end."""
_DAYS = {"nay": 0, "hom nay": 0, "qua": 1, "hom qua": 1, "hom kia": 2}
"""Days that parts belong to, by how long ago they were."""
_ENGLISH = {
    "today": "hom nay",
    "yesterday": "hom qua",
    "this morning": "sang nay",
    "this afternoon": "chieu nay",
    "this evening": "toi nay",
    "tonight": "toi nay",
    "yesterday morning": "sang hom qua",
    "yesterday afternoon": "chieu hom qua",
    "yesterday evening": "toi hom qua",
    "last night": "dem qua",
    "this week": "tuan nay",
    "last week": "tuan truoc",
    "this month": "thang nay",
    "last month": "thang truoc",
}


def read_period(text: str, now: dt.datetime) -> Asked | Wrong:
    """What a person asks for: a stretch of time until now at the latest, or a number of messages.

    Args:
        text: As it was typed, such as "50 tin", "6h", "2 ngày", "hôm qua", "từ 8h".
        now: The present, with the time zone that days begin in.
    """
    typed = _plain(text)
    if since := _SINCE.fullmatch(typed):
        return _since(since[1], now)
    if day := _named(typed, now):
        return day if day.since < now else Wrong.AHEAD
    bare = _AROUND.sub("", typed).replace("half an ", "half ")
    if number := _MESSAGES.fullmatch(bare):
        return _latest(int(re.sub(r"[.,]", "", number[1])))
    seconds = _seconds(bare)
    if seconds is None:
        return Wrong.UNCLEAR
    return Period(_before(now, min(seconds, _LONGEST)), now) if seconds else Wrong.ZERO


def _before(now: dt.datetime, seconds: float) -> dt.datetime:
    """So many seconds earlier, whatever the clocks did meanwhile."""
    return (now.astimezone(dt.UTC) - dt.timedelta(seconds=seconds)).astimezone(now.tzinfo)


def _since(typed: str, now: dt.datetime) -> Period | Wrong:
    """From the beginning of something until now; from a time of day, when that was last."""
    if day := _named(typed, now) or _named(f"{typed} nay", now):
        return Period(day.since, now) if day.since < now else Wrong.AHEAD
    if (time := read_time(typed)) is None:
        return Wrong.UNCLEAR
    today = dt.datetime.combine(now, time, now.tzinfo)
    return Period(today if today < now else _midnight(now, 1) + dt.timedelta(hours=time.hour, minutes=time.minute), now)


def _latest(count: int) -> Latest | Wrong:
    if count > MOST_POSTS:
        return Wrong.TOO_MANY
    return Latest(count) if count else Wrong.ZERO


def _named(typed: str, now: dt.datetime) -> Period | None:
    """A day, a part of one, a week or a month that has a name, as far as it has come."""
    name = _ENGLISH.get(typed, typed)
    part, _, day = name.partition(" ")
    week = -now.weekday()
    month = now.replace(day=1)
    match name:
        case _ if name in _DAYS and name not in {"nay", "qua"}:
            since, until = _midnight(now, _DAYS[name]), _midnight(now, _DAYS[name] - 1)
        case _ if part in _PARTS and day in _DAYS:
            first, last = _PARTS[part]
            since, until = _hour(now, _DAYS[day], first), _hour(now, _DAYS[day], last)
        case "tuan nay":
            since, until = _midnight(now, -week), now
        case "tuan truoc":
            since, until = _midnight(now, 7 - week), _midnight(now, -week)
        case "thang nay":
            since, until = _midnight(month), now
        case "thang truoc":
            since, until = _midnight((month - dt.timedelta(days=1)).replace(day=1)), _midnight(month)
        case _:
            return None
    return Period(since, min(until, now))


def _midnight(day: dt.datetime, ago: int = 0) -> dt.datetime:
    """When the day began that was so many days before another."""
    return dt.datetime.combine(day.date() - dt.timedelta(days=ago), dt.time(), day.tzinfo)


def _hour(day: dt.datetime, ago: int, hour: int) -> dt.datetime:
    later, hour = divmod(hour, 24)
    return _midnight(day, ago - later).replace(hour=hour)


def _seconds(typed: str) -> float | None:
    """How long an amount of time is; "2h30" is two hours and a half, a unit alone is one of it."""
    if typed in _UNITS:
        return _UNITS[typed]
    total, last, place = 0.0, 0.0, 0
    while place < len(typed):
        amount = _AMOUNT.match(typed, place)
        number = _number(amount["number"]) if amount else None
        if amount is None or number is None:
            return None
        unit = _UNITS.get(amount["unit"], _MINUTE if last == _HOUR and not amount["unit"] else None)
        if unit is None:
            return None
        total, last, place = total + number * unit, unit, amount.end()
    return total if last else None


def _number(word: str) -> float | None:
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return _NUMBERS.get(word)


# --- Times of day ------------------------------------------------------------------------------------------------------

_EVERY_DAY = re.compile(r"\b(?:moi|hang|each|every|at|luc|vao|ngay|day|daily|everyday)\b")
_TIME = re.compile(
    r"(?P<hour>\d{1,2}) ?(?:(?:[:.]|h|g|gio) ?(?:(?P<minute>\d{1,2})(?: ?(?:phut|ph|p|m))?|(?P<half>ruoi)|(?:dung)?))?"
    r" ?(?P<part>sang|trua|chieu|toi|dem|khuya|am|pm|a\.m\.|p\.m\.)?"
)


def read_time(text: str) -> dt.time | None:
    """A time of day, such as "08:00", "8h30", "20.30", "8 giờ tối", "8:00 am"; ``None`` where it is none."""
    typed = re.sub(r" ?([:.]) ?(?=\d)", r"\1", " ".join(_EVERY_DAY.sub(" ", _plain(text)).split()))
    read = _TIME.fullmatch(typed)
    if read is None or (read["minute"] and len(read["minute"]) == 1 and not _has_unit(typed)):
        return None
    hour = _in_part(int(read["hour"]), (read["part"] or "").replace(".", ""))
    minute = 30 if read["half"] else int(read["minute"] or 0)
    return dt.time(hour, minute) if hour is not None and hour < 24 and minute < 60 else None


def _has_unit(typed: str) -> bool:
    """Whether minutes follow a word, as in "8h5": after a colon or a full stop they have two digits."""
    return not re.match(r"\d+[:.]", typed)


def _in_part(hour: int, part: str) -> int | None:
    """An hour of the day by what it is called in a part of the day, or ``None`` where no hour is called so."""
    if not part or (hour > 12 and part in {"chieu", "toi", "dem", "khuya", "pm"}):  # "20 giờ tối" is said as well.
        return hour
    if hour > 12:
        return None
    match part:
        case "sang" | "am":
            evening = False
        case "trua":
            return hour if hour >= 10 else hour + 12
        case "chieu" | "pm":
            evening = True
        case "toi":
            evening = hour < 12
        case _:  # At night: up to five in the small hours, from six in the evening.
            evening = _NIGHT <= hour < 12
    return hour % 12 + 12 * evening


def _plain(text: str) -> str:
    return " ".join(fold(text).lower().split())
