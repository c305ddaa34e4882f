"""What an answer's words come to, so that two answers can be held against each other: an amount, a rank, a time, a person.

Two values contradict each other only where both tell the same sort of thing and cannot both be right: "tháng 2/2025" may be
"ngày 5/2", "ông Peskov" is "Dmitry Peskov".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import JaroWinkler

from index.amounts import Amount, amounts, ranks
from index.clues import CAPITALISED
from index.documents import Span
from index.names import common_names
from index.questions import Expects
from index.vietnamese import fold, syllables

# --- Times -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as far as it is told.

    Attributes:
        parts: The year, month, day, hour, half of the day and minute, as far as told. "7 giờ" is in either half, "7 giờ tối"
            and "19 giờ" in the second: hours are those of twelve.
        manner: "từ", "sau" and the like, which make something else of it.
        is_lunar: Whether it is told by the moon's calendar.
    """

    parts: Mapping[str, int]
    manner: str = ""
    is_lunar: bool = False

    def contradicts(self, other: object) -> bool:
        """Whether both cannot be right: not where one holds the other, nor for days of two years, of what comes again."""
        if not isinstance(other, Moment) or self.manner != other.manner or not self._differs(other):
            return False
        years = {self.parts.get("year"), other.parts.get("year")} - {None}
        return len(years) < 2 or "day" not in self.parts.keys() & other.parts.keys()

    def may_be(self, other: object) -> bool:
        """Whether both may be told of the same: as far as both tell it they do not differ, and both tell the most of it."""
        if not isinstance(other, Moment) or self._differs(other):
            return False
        return min(other.parts, key=list(_NAMED).index) in self.parts

    def _differs(self, other: "Moment") -> bool:
        """Whether both tell some part, and not alike; nobody can say of days of two calendars."""
        return self.is_lunar == other.is_lunar and any(
            other.parts.get(part, told) != told for part, told in self.parts.items()
        )


_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY, _YEAR = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1\d|20)\d\d"
_SECOND_HALF: Mapping[str, AbstractSet[int]] = {
    "sáng": frozenset(),
    "trưa": frozenset(range(10)),
    "chiều": frozenset(range(12)),
    "tối": frozenset(range(5, 12)),
    "đêm": frozenset(range(5, 12)),
    "khuya": frozenset(range(5, 12)),
}
"""Parts of the day, with the hours of twelve that are after noon where they stand beside them: 2 giờ đêm is before, and so is
12, which is 0."""
_MOMENT = re.compile(
    rf"(?<![\w./])(?<![^\W\d]-)(?:(?P<day>{_DAY})(?P<mark>[/.-])(?P<month>{_MONTH})(?P=mark)(?P<year>{_YEAR})"
    rf"|(?:tháng\s+)?(?P<its_month>{_MONTH})/(?P<its_year>{_YEAR})"
    rf"|(?P<day_of_month>{_DAY})[/-](?P<month_of_day>{_MONTH})"
    rf"|(?:ngày|mùng)\s+(?P<day_alone>{_DAY})(?!\s+tháng|-{_MONTH}(?!\d|/|\s+tháng))"
    rf"|(?P<day_before>{_DAY})\s+tháng\s+(?P<day_month>{_MONTH})(?:(?:\s+năm)?\s+(?P<day_year>{_YEAR}))?"
    rf"|tháng\s+(?P<month_alone>{_MONTH})(?:(?:\s+năm)?\s+(?P<month_year>{_YEAR}))?"
    rf"|(?P<year_alone>{_YEAR})"
    rf"|(?P<hour>\d{{1,2}})(?:h| giờ|:)\s?(?P<minute>\d{{2}})?(?: phút)?(?:\s+kém\s+(?P<less>\d{{1,2}})(?: phút)?)?"
    rf"(?!\s*kém)(?:\s+(?P<part_of_day>{'|'.join(_SECOND_HALF)})\b(?! (?:thiểu|đa)\b))?)(?![\w/]|[.,]\d)"
    r"(?P<lunar>\s*\(?(?:âm lịch|lịch âm)\b\)?)?"
)
_SIDE_BY_SIDE = re.compile(
    r"[\s,(]*(?:(?:sáng|trưa|chiều|tối|đêm|vào|lúc|hôm|ngày|tháng|năm|mùng|thứ \w+|chủ nhật)[\s,(]*)*"
)
"""What may stand between two parts of one time."""
_BESIDE_A_MOMENT = re.compile(
    r"\b(từ|đến|tới|trước|sau|kể từ|rằm|cuối|đầu|giữa|khoảng|gần|hơn|quá|cách|qua|thập niên|những năm)\s+(?:\w+\s+)?$"
)
"""What stands before a time and makes another of it."""
_LOOK_BACK = 24
"""Characters before a time in which that is looked for."""


def moments(text: str) -> Iterator[tuple[Span, Moment]]:
    """The times of a text, and where each stands; what stands side by side ("8h ngày 5/3") is one."""
    text = text.lower()
    kept: tuple[Span, Moment] | None = None
    for match in _MOMENT.finditer(text):
        parts, is_lunar = _parts(match), match["lunar"] is not None
        if kept:
            (start, end), moment = kept
            if _SIDE_BY_SIDE.fullmatch(text, end, match.start()) and not parts.keys() & moment.parts.keys():
                whole = Moment({**moment.parts, **parts}, moment.manner, moment.is_lunar or is_lunar)
                kept = (start, match.end()), whole
                continue
            yield kept
        beside = _BESIDE_A_MOMENT.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        kept = match.span(), Moment(parts, beside[1] if beside else "", is_lunar)
    if kept:
        yield kept


def _parts(match: re.Match[str]) -> dict[str, int]:
    if match["hour"]:
        return _time_of_day(match)
    found = {name: int(text) for name, text in match.groupdict().items() if text and text.isdigit()}
    return {part: found[name] for part, names in _NAMED.items() for name in names if name in found}


def _time_of_day(match: re.Match[str]) -> dict[str, int]:
    """The parts of a time of day, 24 hours being midnight; hours that make more than a day are none, and left as they are."""
    hour, part_of_day = int(match["hour"]), match["part_of_day"]
    if hour > 24:
        return {"hour": hour}
    is_told = part_of_day is not None or hour > 12 or match["hour"].startswith("0")
    if part_of_day:
        hour = hour % 12 + 12 * (hour % 12 in _SECOND_HALF[part_of_day])
    hour, minute = divmod(60 * hour + int(match["minute"] or 0) - int(match["less"] or 0), 60)
    parts = {"hour": hour % 12}
    if is_told:
        parts["half"] = hour % 24 // 12
    if match["minute"] or match["less"]:
        parts["minute"] = minute
    return parts


_NAMED: Mapping[str, Sequence[str]] = {
    "year": ("year", "its_year", "day_year", "month_year", "year_alone"),
    "month": ("month", "its_month", "month_of_day", "day_month", "month_alone"),
    "day": ("day", "day_of_month", "day_alone", "day_before"),
    "hour": (),
    "minute": (),
    "half": (),
}
"""The parts of a time, those that tell the most first, with the groups of the pattern that tell it."""


# --- People ----------------------------------------------------------------------------------------------------------

_Forms = frozenset[tuple[str, ...]]
"""A name in all its forms, in syllables without diacritics."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person, by name.

    Attributes:
        forms: The name.
    """

    forms: _Forms

    def contradicts(self, other: object) -> bool:
        """Whether the names are surely of two people."""
        return isinstance(other, Person) and not self.may_be(other)

    def may_be(self, other: object) -> bool:
        """Whether both may be the same: one is a shorter form of the other, or another spelling, or both end alike."""
        return isinstance(other, Person) and any(_is_short_for(*pair) for pair in product(self.forms, other.forms))


_ALIKE = 0.85
"""How like each other (Jaro and Winkler, 1990) two spellings of a name are, from 0 to 1: "zelensky", "zelenskyy"."""
_LONG = 4
"""Letters from which a name may have another spelling."""
_PERSON = re.compile(rf"{CAPITALISED}(?:\s+{CAPITALISED})+")


def people(text: str) -> Iterator[tuple[Span, Person]]:
    """The names of a text that have more than one syllable, and where each stands."""
    for match in _PERSON.finditer(text):
        yield match.span(), Person(_forms(match.group()))


def _forms(written: str) -> _Forms:
    """A name as it is written, and with what stands in it in each of its other forms."""
    listed, names = syllables(written), common_names()
    forms = {tuple(map(fold, listed))}
    for start in range(len(listed)):
        end = start + names.longest_at(listed, start)
        for other in names.others(tuple(listed[start:end])):
            forms.add(tuple(map(fold, (*listed[:start], *syllables(other), *listed[end:]))))
    return frozenset(forms)


def _is_short_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name is a shorter form of another, or the other of it; a Vietnamese name is called by its last syllable."""
    short, long = sorted((one, other), key=len)
    return _alike(short[-1], long[-1]) or all(any(_alike(part, whole) for whole in long) for part in short)


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _LONG and JaroWinkler.similarity(one, other) > _ALIKE)


# --- All of them -----------------------------------------------------------------------------------------------------

Value = Amount | Moment | Person
"""What an answer's words come to."""

FINDERS: Mapping[Expects, Callable[[str], Iterator[tuple[Span, Value]]]] = {
    Expects.QUANTITY: amounts,
    Expects.RANK: ranks,
    Expects.TIME: moments,
    Expects.PERSON: people,
}
"""What finds the values that questions of a kind ask for; of other kinds none can be told for sure."""
