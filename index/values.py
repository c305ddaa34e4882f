"""What an answer's words come to, so that two answers can be held against each other: an amount, a time, a place, a person.

Two values contradict each other only where both tell the same sort of thing and cannot both be right: "tháng 2/2025" may be
"ngày 5/2", "ông Peskov" is "Dmitry Peskov", a town may lie in a country.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import JaroWinkler

from index.amounts import ONES, Amount, amounts, ranks
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
        parts: The century, year, month, day, hour and minute, as far as told.
        manner: "từ", "sau" and the like, which make something else of it.
    """

    parts: Mapping[str, int]
    manner: str = ""

    def contradicts(self, other: object) -> bool:
        """Whether both cannot be right: a date does not contradict another that holds it."""
        return isinstance(other, Moment) and self.manner == other.manner and self._differs(other)

    def may_be(self, other: object) -> bool:
        """Whether both may be told of the same: as far as both tell it they do not differ, and both tell the most of it."""
        if not isinstance(other, Moment) or self._differs(other):
            return False
        return min(other.parts, key=list(_NAMED).index) in self.parts

    def _differs(self, other: "Moment") -> bool:
        return any(other.parts.get(part, told) != told for part, told in self.parts.items())


_MONTH_WORDS = {**{word: number for word, number in ONES.items() if number <= 10}, "giêng": 1, "chạp": 12}
_MONTH = rf"(?:1[0-2]|0?[1-9]|mười một|mười hai|{'|'.join(_MONTH_WORDS)})"
_DAY, _YEAR = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1\d|20)\d\d"
_MOMENT = re.compile(
    rf"(?<![\w./])(?<![^\W\d]-)(?:(?P<day>{_DAY})(?P<mark>[/.-])(?P<month>{_MONTH})(?P=mark)(?P<year>{_YEAR})"
    rf"|(?:tháng\s+)?(?P<its_month>{_MONTH})/(?P<its_year>{_YEAR})"
    rf"|(?P<day_of_month>{_DAY})[/-](?P<month_of_day>{_MONTH})"
    rf"|(?:ngày|mùng)\s+(?P<day_alone>{_DAY})(?!\s+tháng)"
    rf"|(?P<day_before>{_DAY})\s+tháng\s+(?P<day_month>{_MONTH})(?:(?:\s+năm)?\s+(?P<day_year>{_YEAR}))?"
    rf"|tháng\s+(?P<month_alone>{_MONTH})(?:(?:\s+năm)?\s+(?P<month_year>{_YEAR}))?"
    rf"|(?P<year_alone>{_YEAR})"
    r"|thế kỷ\s+(?:thứ\s+)?(?P<century>\d{1,2}|[ivx]+)"
    r"|(?P<hour>\d{1,2})(?:h| giờ|:)\s?(?P<minute>\d{2})?(?: phút)?)(?![\w/]|[.,]\d)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_SIDE_BY_SIDE = re.compile(
    r"[\s,(]*(?:(?:sáng|trưa|chiều|tối|đêm|vào|lúc|hôm|ngày|tháng|năm|mùng|thứ \w+|chủ nhật)[\s,(]*)*"
)
"""What may stand between two parts of one time."""
_BESIDE_A_MOMENT = re.compile(
    r"\b(từ|đến|tới|trước|sau|kể từ|cuối|đầu|giữa|khoảng|gần|hơn|quá|cách|qua|thập niên|những năm)\s+(?:\w+\s+)?$"
)
"""What stands before a time and makes another of it."""
_LOOK_BACK = 24
"""Characters before a time in which that is looked for."""


def moments(text: str) -> Iterator[tuple[Span, Moment]]:
    """The times of a text, and where each stands; what stands side by side ("8h ngày 5/3") is one."""
    text = text.lower()
    kept: tuple[Span, Moment] | None = None
    for match in _MOMENT.finditer(text):
        parts = _parts(match)
        if kept:
            (start, end), moment = kept
            if _SIDE_BY_SIDE.fullmatch(text, end, match.start()) and not parts.keys() & moment.parts.keys():
                kept = (start, match.end()), Moment({**moment.parts, **parts}, moment.manner)
                continue
            yield kept
        beside = _BESIDE_A_MOMENT.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        kept = match.span(), Moment(parts, beside[1] if beside else "")
    if kept:
        yield kept


def _parts(match: re.Match[str]) -> dict[str, int]:
    found = {name: text for name, text in match.groupdict().items() if text}
    parts = {part: _part(part, found[name]) for part, names in _NAMED.items() for name in names if name in found}
    if "year" in parts:
        parts["century"] = (parts["year"] - 1) // 100 + 1
    return parts


_NAMED: Mapping[str, Sequence[str]] = {
    "century": ("century",),
    "year": ("year", "its_year", "day_year", "month_year", "year_alone"),
    "month": ("month", "its_month", "month_of_day", "day_month", "month_alone"),
    "day": ("day", "day_of_month", "day_alone", "day_before"),
    "hour": ("hour",),
    "minute": ("minute",),
}
"""The parts of a time, the longest first, with the groups of the pattern that tell it."""


def _part(part: str, written: str) -> int:
    """What is written for a part of a time, as a number."""
    if written.isdigit():
        return int(written)
    if part == "century":
        each = [_ROMAN[letter] for letter in written]
        return sum(-one if one < max(each[place:]) else one for place, one in enumerate(each))
    return {"mười một": 11, "mười hai": 12}.get(written) or _MONTH_WORDS[written]


# --- Places and people -----------------------------------------------------------------------------------------------

_Forms = frozenset[tuple[str, ...]]
"""A name in all its forms, in syllables without diacritics."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of some sort; of two places of different sorts one may lie in the other.

    Attributes:
        sort: What it is: a room, a province.
        forms: Its name or number.
    """

    sort: str
    forms: _Forms

    def contradicts(self, other: object) -> bool:
        """Whether both cannot be right."""
        return isinstance(other, Place) and self.sort == other.sort and not self.may_be(other)

    def may_be(self, other: object) -> bool:
        """Whether both may be the same: one name begins the other."""
        if not isinstance(other, Place) or self.sort != other.sort:
            return False
        return any(all(map(_alike, *pair)) for pair in product(self.forms, other.forms))


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
_SORTS = (
    "phòng|tầng|tòa nhà|hội trường|nước|tỉnh|thành phố|tp|quận|huyện|thị xã|thị trấn|xã|phường|thôn|làng|bản|đảo|châu|bang|"
    "khách sạn|bệnh viện|trường|đại học|sân vận động|nhà hát|nhà thi đấu|trung tâm|công viên|phố|đường|cầu|chợ|sân bay|ga|cảng"
)
_PLACE = re.compile(
    rf"\b(?P<sort>(?i:{_SORTS}))\.?\s+(?:số\s+)?(?P<name>\d+\w*|{CAPITALISED}(?:\s+(?:{CAPITALISED}|\d+))*)"
)
_PERSON = re.compile(rf"{CAPITALISED}(?:\s+{CAPITALISED})+")


def places(text: str) -> Iterator[tuple[Span, Place]]:
    """The places of a text whose sort is told, and where each stands."""
    for match in _PLACE.finditer(text):
        sort = match["sort"].lower()
        yield match.span(), Place("thành phố" if sort == "tp" else sort, _forms(match["name"]) | _forms(match.group()))


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


# --- Yes and no ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stance:
    """Whether something is said to be so, or not to be so."""

    says_so: bool

    def contradicts(self, other: object) -> bool:
        """Whether both cannot be right."""
        return isinstance(other, Stance) and self.says_so != other.says_so

    def may_be(self, other: object) -> bool:
        """Whether both say the same."""
        return self == other


# --- All of them -----------------------------------------------------------------------------------------------------

Value = Amount | Moment | Place | Person | Stance
"""What an answer's words come to."""

FINDERS: Mapping[Expects, Callable[[str], Iterator[tuple[Span, Value]]]] = {
    Expects.QUANTITY: amounts,
    Expects.RANK: ranks,
    Expects.TIME: moments,
    Expects.PLACE: places,
    Expects.PERSON: people,
}
"""What finds the values that questions of a kind ask for; of other kinds none can be told for sure."""
