"""Numbers and dates in their spellings: "3.800" and "3800", "tháng hai" and "tháng 2", "2/2025" and "tháng 2 năm 2025".

Points and commas part a number's syllables alike ("3.8" and "3,8" are one already); here are the spellings whose
syllables differ.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from index.documents import Span
from index.terms import Form
from index.vietnamese import fold

_WORDS: Mapping[int, Form] = {
    1: ("một",),
    2: ("hai",),
    3: ("ba",),
    4: ("bốn",),
    5: ("năm",),
    6: ("sáu",),
    7: ("bảy",),
    8: ("tám",),
    9: ("chín",),
    10: ("mười",),
    11: ("mười", "một"),
    12: ("mười", "hai"),
}
_Spelled = Mapping[int, Sequence[Form]]
"""Small numbers in words."""

_CARDINALS: _Spelled = {number: (word,) for number, word in _WORDS.items()}
_MONTHS: _Spelled = {**_CARDINALS, 1: (("một",), ("giêng",)), 4: (("bốn",), ("tư",)), 12: (("mười", "hai"), ("chạp",))}
_ORDINALS: _Spelled = {**_CARDINALS, 1: (("nhất",),), 2: (("hai",), ("nhì",)), 4: (("tư",),)}


def _pattern(words: _Spelled) -> str:
    """Digits, or any of the words, with or without diacritics; the longest first."""
    listed = {" ".join(form) for forms in words.values() for form in forms}
    both = sorted(listed | set(map(fold, listed)), key=len, reverse=True)
    return rf"(?:0?[1-9]|1[0-2]|{'|'.join(both)})"


_MONTH = _pattern(_MONTHS)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[5-9]|20)\d\d"
_OF_MONTH, _OF_YEAR = "(?:tháng|thang)", "(?:năm|nam)"
_DATES = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?P<day>{_DAY})(?:(?: {_OF_MONTH} |/)(?P<month>{_MONTH})(?:(?: {_OF_YEAR} |/)(?P<year>{_YEAR}))?"
    rf"|(?P<mark>[.-])(?P<marked_month>{_MONTH})(?P=mark)(?P<marked_year>{_YEAR}))"
    rf"|(?P<month_of_year>{_MONTH})(?: {_OF_YEAR} |/|-)(?P<its_year>{_YEAR})"
    rf"|{_OF_MONTH} (?P<month_alone>{_MONTH})(?! {_OF_YEAR} \d)"
    rf")(?![\w/-]|[.,]\d)"
)
_ORDINAL = re.compile(rf"\b(?P<lead>thứ|thu|hạng|hang) (?P<number>{_pattern(_ORDINALS)})\b")
_SCALED = re.compile(
    rf"\b(?<![\d.,])(?P<number>{_pattern(_CARDINALS)}) "
    r"(?P<scale>trăm|tram|nghìn|nghin|ngàn|ngan|triệu|trieu|tỷ|tỉ|ty|ti)\b"
)
_IN_THOUSANDS = re.compile(r"(?<![\w.,/-])[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?![\w/-]|[.,]\d)")
_RUN_TOGETHER = re.compile(rf"(?<![\w.,/-])(?!{_YEAR}\b)[1-9]\d{{3,8}}(?![\w/-]|[.,]\d)")
_PER_CENT = re.compile(r"\b(?P<number>\d+(?:[.,]\d+)?) (?:phần trăm|phan tram)\b")


def spellings(text: str) -> Iterator[tuple[Span, list[Form]]]:
    """The numbers and dates of a text that have other spellings: where each stands, and the others in syllables."""
    text = text.lower()
    for match in _DATES.finditer(text):
        yield match.span(), list(_date(match))
    for match in _ORDINAL.finditer(text):
        yield match.span(), [(match["lead"], *number) for number in _others(match["number"], _ORDINALS)]
    for match in _SCALED.finditer(text):
        yield match.span(), [(*number, match["scale"]) for number in _others(match["number"], _CARDINALS)]
    for match in _IN_THOUSANDS.finditer(text):
        yield match.span(), [(match.group().replace(match[1], ""),)]
    for match in _RUN_TOGETHER.finditer(text):
        yield match.span(), [tuple(f"{int(match.group()):,}".split(","))]
    for match in _PER_CENT.finditer(text):
        yield match.span(), [tuple(re.split("[.,]", match["number"]))]


def _date(match: re.Match[str]) -> Iterator[Form]:
    """Every spelling of a date but for the words before it."""
    if alone := match["month_alone"]:
        yield from (("tháng", *month) for month in _others(alone, _MONTHS))
        return
    months = _number_and_words(match["month"] or match["marked_month"] or match["month_of_year"], _MONTHS)
    digits = [month for month in months if month[0].isdigit()]
    year = match["year"] or match["marked_year"] or match["its_year"]
    if (day := match["day"]) is None:
        yield from ((*month, year) for month in digits)
        yield from ((*month, "năm", year) for month in months)
        return
    for one in _digits(int(day)):
        yield from ((one, *month, *([year] if year else [])) for month in digits)
        yield from ((one, "tháng", *month, *(["năm", year] if year else [])) for month in months)


def _others(typed: str, words: _Spelled) -> list[Form]:
    """The other spellings of a small number."""
    return [form for form in _number_and_words(typed, words) if form != tuple(typed.split())]


def _number_and_words(typed: str, words: _Spelled) -> list[Form]:
    if typed.isdigit():
        number = int(typed)
    else:
        number = next(
            number
            for number, forms in words.items()
            if any(typed in {" ".join(form), fold(" ".join(form))} for form in forms)
        )
    return [*((digits,) for digits in _digits(number)), *words[number]]


def _digits(number: int) -> list[str]:
    return [str(number)] if number > 9 else [str(number), f"0{number}"]
