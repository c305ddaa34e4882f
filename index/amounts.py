"""Amounts in a text, to be held against each other: "3,8 triệu tấn" and "3.800.000 tấn" are one, "gần 4 triệu tấn" may be.

A number is as exact as it is told: 3,8 is anything from 3,75 to 3,85. Units that can be turned into each other are, and what is
said around an amount ("gần", "tối đa", "tăng", "mỗi năm") is part of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from index.documents import Span
from index.vietnamese import fold, syllables


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of something.

    Attributes:
        low: The least that it may be, as it was rounded.
        high: The most.
        unit: What is measured or counted; empty where that is not told.
        manner: What it is besides: a limit, a rise, for each of something.
    """

    low: float
    high: float
    unit: str
    manner: frozenset[str]

    def contradicts(self, other: object) -> bool:
        """Whether both cannot be right."""
        if not isinstance(other, Amount) or (self.unit, self.manner) != (other.unit, other.manner):
            return False
        return self.high < other.low or other.high < self.low

    def may_be(self, other: object) -> bool:
        """Whether both may be told of the same."""
        return (
            isinstance(other, Amount) and self.unit == other.unit and self.low <= other.high and other.low <= self.high
        )

    @property
    def is_money(self) -> bool:
        """Whether it is a sum of money."""
        return self.unit in _MONEY


_MONEY = frozenset({"đồng", "usd", "euro"})
_SCALES = {"chục": 10.0, "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_MEASURES: Mapping[str, Mapping[str, float]] = {
    "kg": {"tấn": 1e3, "tạ": 1e2, "kg|kilogram|ký": 1, "gram|gam|g": 1e-3, "mg": 1e-6},
    "m": {"km|cây số": 1e3, "m|mét": 1, "cm": 1e-2, "mm": 1e-3},
    "m2": {"km2|km²": 1e6, "ha|hecta|héc ta": 1e4, "m2|m²|mét vuông": 1},
    "lít": {"m3|m³|mét khối": 1e3, "lít": 1, "ml": 1e-3},
    "đồng": {"đồng|vnđ|vnd|đ": 1},
    "usd": {"usd|đô la|đô la mỹ|đôla": 1},
    "euro": {"euro|eur": 1},
    "%": {"%|phần trăm": 1},
    "giờ": {"giây": 1 / 3600, "phút": 1 / 60, "giờ|tiếng": 1, "ngày": 24, "tuần": 168},
    "tháng": {"tháng": 1, "quý": 3, "năm": 12},
}
"""Units that can be turned into each other, each with how many of the first column it makes."""
_UNITS: Mapping[tuple[str, ...], tuple[str, float]] = {
    tuple(name.split()): (measure, factor)
    for measure, units in _MEASURES.items()
    for names, factor in units.items()
    for name in names.split("|")
}
_MEASURED_IN = {unit: of for unit, (of, _) in _UNITS.items()}
_PLAIN = {tuple(map(fold, unit)): of for unit, of in _MEASURED_IN.items()}
"""The same for units typed without diacritics."""
LINKING = frozenset(
    "là và của trong ở tại cho với so thì mà được bị do vì để từ đến tới vào ra trên dưới sau trước khi nếu nhưng hoặc hay "
    "theo về có này đó kia ấy đã đang sẽ nữa rồi hơn kém hiện cũng chỉ vẫn còn".split()
)
"""Words that link others: after a number they are not what it counts."""

_LEAST = "ít nhất|tối thiểu|thấp nhất|từ đủ"
_MOST = "nhiều nhất|tối đa|không quá|cao nhất|không vượt quá"
_ABOUT = "khoảng|vào khoảng|chừng|cỡ|tầm|xấp xỉ|ước|ước tính|ước chừng|trên dưới"
_MORE = "hơn|trên|vượt|vượt quá"
_LESS = "gần|dưới|chưa đến|chưa tới|ngót|suýt"
_CHANGE = "tăng|giảm|thêm|bớt|hụt|chênh|kém|cao hơn|thấp hơn|nhiều hơn|ít hơn|còn|mất"
_BETWEEN = "là|được|bị|đạt|lên|tới|lên tới|lên đến|đến|từ|nhẹ|mạnh|mức|với|có|phạt|lại"
_BEFORE = re.compile(
    rf"(?:\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT})|(?P<change>{_CHANGE})|(?P<more>{_MORE})"
    rf"|(?P<less>{_LESS})|{_BETWEEN})\s+)+$"
)
"""What stands right before an amount and tells how it is meant: "tăng thêm khoảng"."""
_LOOK_BACK = 32
"""Characters before an amount in which that is looked for."""
_EACH = re.compile(r"(?:\b(?:mỗi|hàng|hằng|từng)\s+|/\s*)([^\W\d_]+)")
_FOR_EACH = re.compile(r"\s*(?:(?:mỗi|một|trên)\s+|/\s*)([^\W\d_]+)")

_DIGITS = r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/:])(?<![^\W\d]-)(?P<digits>{_DIGITS})(?!\d|[/:]\d)(?P<scales>(?:\s+(?:{'|'.join(_SCALES)})\b)*)"
)
_COUNTS_NOTHING = re.compile(
    r"\b(năm|tháng|ngày|thứ|hạng|top|mùng|điều|khoản|chương|phòng|tầng|(?<!dân )(?<!tổng )số)\s+$"
)
"""What stands before a number that counts nothing."""
_YEAR_LENGTH = 4
"""Digits of a year: "năm 2024", but "mỗi năm 120 tàu"."""
_TO = re.compile(r"\s*(?:[-–—]|đến|tới)\s*")
_AFTER = re.compile(r"\s*(%|[^\W\d_]+[23²³]?(?:\s+[^\W\d_]+){0,3})")
_EXACT = 0.49
"""Of the last digit that is told, as far as a number may be off that was rounded."""
_ROUND = 3
"""Digits up to which a whole number is taken for exact, whatever noughts it ends with."""
_TOLD = 2
"""Digits of a longer one that are told whatever noughts follow: 30.000 is no 35.000."""
_SOME = 0.1
"""The share of an amount that "khoảng" may be off."""
_FAR = 1.5
"""How much more than an amount "hơn" may mean at the most, as a factor; "gần" as much less."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number.

    Attributes:
        span: Where it stands, with its scale.
        value: What it comes to.
        rounded: What its last digit that is told counts: 100,000 in 3,8 triệu.
        scale: What the words after its digits make of it: 1,000,000.
    """

    span: Span
    value: float
    rounded: float
    scale: float


def amounts(text: str) -> Iterator[tuple[Span, Amount]]:
    """The amounts of a text, and where each stands; "2 đến 3 tấn" is one."""
    text = text.lower()
    numbers = list(_numbers(text))
    place = 0
    while place < len(numbers):
        first = last = numbers[place]
        place += 1
        if place < len(numbers) and _TO.fullmatch(_without_unit(text[first.span[1] : numbers[place].span[0]])):
            last = numbers[place]
            place += 1
        scale = last.scale if first.scale == 1 else 1.0
        unit, factor, end = _unit(text, last.span[1])
        low = (first.value - _EXACT * first.rounded) * scale * factor
        high = (last.value + _EXACT * last.rounded) * factor
        if low <= high:
            span = first.span[0], end
            yield span, _as_meant(text, span, low, high, unit)


def _numbers(text: str) -> Iterator[_Number]:
    """The numbers of a text in lower case that count something."""
    for match in _NUMBER.finditer(text):
        before = _COUNTS_NOTHING.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        if before and not (before[1] == "năm" and len(match.group()) < _YEAR_LENGTH):
            continue
        scale = prod(_SCALES[word] for word in match["scales"].split())
        value, rounded = _digits(match["digits"])
        yield _Number(match.span(), value * scale, rounded * scale, scale)


def _digits(written: str) -> tuple[float, float]:
    """What digits come to, and what the last of them that is told counts: 3,8 is told in tenths, 1.200 in hundreds."""
    parts = re.split(r"[.,]", written)
    grouped = len(parts) > 1 and len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:])
    if len(parts) > 2 and not grouped:
        parts = ["".join(parts[:-1]), parts[-1]]
    if len(parts) == 2 and not grouped:
        return float(".".join(parts)), 10.0 ** -len(parts[1])
    whole = "".join(parts)
    noughts = len(whole) - len(whole.rstrip("0"))
    return float(whole), 10.0 ** min(noughts, len(whole) - _TOLD) if len(whole) > _ROUND and int(whole) else 1.0


def _without_unit(between: str) -> str:
    """What stands between two numbers, without a unit: "2 tấn đến 3 tấn"."""
    unit, _, end = _unit(between, 0)
    return between[end:] if unit in _MEASURES else between


def _unit(text: str, start: int) -> tuple[str, float, int]:
    """What a number that ends at a place counts, how many of the measure one of it makes, and where it ends."""
    match = _AFTER.match(text, start)
    if match is None:
        return "", 1.0, start
    listed = match[1].split()
    for length in range(len(listed), 0, -1):
        if known := _UNITS.get(tuple(listed[:length])):
            end = match.start(1)
            for word in listed[:length]:
                end = text.index(word, end) + len(word)
            return *known, end
    if listed[0] in LINKING:
        return "", 1.0, start
    return next(iter(syllables(listed[0])), ""), 1.0, match.start(1) + len(listed[0])


def measure(unit: Sequence[str]) -> str:
    """The measure of the longest unit that some syllables begin with, typed with diacritics or without; empty for none."""
    typed = [tuple(unit[:length]) for length in range(len(unit), 0, -1)]
    return next((known[one] for known in (_MEASURED_IN, _PLAIN) for one in typed if one in known), "")


def _as_meant(text: str, span: Span, low: float, high: float, unit: str) -> Amount:
    """An amount with what is said around it: "gần", "tối đa", "tăng", "mỗi năm"."""
    before = text[max(0, span[0] - _LOOK_BACK) : span[0]]
    how = found.groupdict() if (found := _BEFORE.search(before)) else {}
    clause = re.split(r"[,;.:()] ", before)[-1]
    manner = {how[kind] if kind == "change" else kind for kind in ("least", "most", "change") if how.get(kind)}
    manner |= {f"mỗi {match[1]}" for match in _EACH.finditer(clause)}
    if after := _FOR_EACH.match(text, span[1]):
        manner.add(f"mỗi {after[1]}")
    if how.get("about"):
        low, high = low * (1 - _SOME), high * (1 + _SOME)
    if how.get("more"):
        high *= _FAR
    if how.get("less"):
        low /= _FAR
    return Amount(low, high, unit, frozenset(manner))


_PLACES = dict(zip("nhất nhì hai ba tư năm sáu bảy tám chín mười".split(), (1, 2, *range(2, 11)), strict=True))
_RANKED = re.compile(rf"\b(?:thứ|hạng|top|vị trí(?: số)?)\s+(\d+|{'|'.join(_PLACES)})\b", re.IGNORECASE)


def ranks(text: str) -> Iterator[tuple[Span, Amount]]:
    """The ranks of a text, and where each stands."""
    for match in _RANKED.finditer(text):
        rank = float(_PLACES.get(match[1].lower()) or match[1])
        yield match.span(), Amount(rank, rank, "thứ", frozenset())
