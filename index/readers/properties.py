"""Which of the properties that programs write into files are true: a title, a date."""

import datetime as dt
import re
from collections.abc import Iterable
from itertools import islice

from index.readers.lines import tidy

_NO_TITLE = re.compile(
    r"microsoft word|powerpoint|untitled|không tên|document\d*$|tài liệu\d*$|slide ?\d*$|scan|img_|layout ?\d*$|"
    r".*\bpresentation$|"
    r".*\.(?:docx?|pdf|indd|rtf|odt|pptx?|xlsx?|txt|html?|tmp|dvi|ps|cdr|pmd)$|https?:|[\w-]*\d[\w-]*$",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"(?:cộng h(?:òa|oà) xã hội|chính phủ|quốc hội|thủ tướng|văn phòng|ủy ban|uỷ ban|ubnd|hội đồng|bộ|sở|cục|tổng cục|ban|"
    r"trường|công ty|tập đoàn|viện)\b",
    re.IGNORECASE,
)
"""Word's own guess at the title of an official letter is its first line, the office that wrote it."""
_OPENING = 12
"""Paragraphs among which a title stands."""
_WORD = re.compile(r"\w+")
_FIRST_YEAR = 1990
_TEMPLATES = frozenset({dt.date(2013, 12, 23)})
"""Days that python-docx's template says of every document that a program makes from it."""


def real_title(title: str | None, lines: Iterable[str]) -> str | None:
    """A title property, or ``None`` where a program made it up.

    The name of an office, in which Word takes the first line of a letter for its title, is none. One that has a single
    word is believed only where the text opens with it.
    """
    shown = tidy(" ".join((title or "").split()))
    if not shown or _NO_TITLE.match(shown):
        return None
    if shown.isupper() and _LETTERHEAD.match(shown):
        return None
    if len(_WORD.findall(shown)) > 1:
        return shown
    return shown if any(shown.casefold() in line.casefold() for line in islice(lines, _OPENING)) else None


def real_date(day: dt.date | None) -> dt.date | None:
    """A date property, or ``None`` where the clock of the computer was wrong."""
    if (
        day is None
        or day in _TEMPLATES
        or day.year < _FIRST_YEAR
        or day > dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    ):
        return None
    return day
