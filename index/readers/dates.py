"""Dates as Vietnamese documents write them."""

import re
from datetime import date

_DATE = (
    r"(?<!\d)(?:(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})"
    r"|(?P<day>\d{1,2}) ?(?:[/.-]|tháng) ?(?P<month>\d{1,2})(?: ?[/.-]|,? năm|,) ?(?P<year>\d{4}))(?!\d)"
)
_WEEKDAY = r"(?:\(?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)\)?)"
_LABEL = (
    r"(?:(?:ngày )?(?:đăng|viết|xuất bản|cập nhật|phát hành|ban hành)(?: lúc| ngày)?|thời gian|date|published|updated)"
)
_PLACE = rf"(?P<place>(?!{_WEEKDAY}\b)[^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*){{0,4}})"
_TIME = r"(?:\d{1,2} ?(?::|h|g|giờ) ?(?:\d{2})?(?::\d{2}(?:\.\d+)?)?(?: ?phút)?(?: ?(?:[ap]m|sáng|trưa|chiều|tối)\b)?)"
_ZONE = r"(?:\(?(?:(?:gmt|utc) ?)?[+-]\d{1,2}(?::?\d{2})?\)?|z)"
_GAP = r"[ ,|•–-]*"
_DATE_IN_TEXT = re.compile(_DATE, re.IGNORECASE)
_DATE_LINE = re.compile(
    rf"\W*(?:{_LABEL} ?:?)?{_GAP}(?:{_PLACE}, )?(?:{_WEEKDAY}{_GAP})?(?:{_TIME}{_GAP})?(?:ngày ?:? ?)?{_DATE}"
    rf"(?:t|{_GAP})(?:lúc )?(?:{_TIME} ?{_ZONE}?)?\W*",
    re.IGNORECASE,
)
_LONGEST_LINE = 100


def _as_date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    parts = match.groupdict()
    year, month, day = (parts[f"iso_{name}"] or parts[name] for name in ("year", "month", "day"))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_date(text: str) -> date | None:
    """The first date of a text: ``12/2/2025``, ``12-02-2025``, ``2025-02-12``, ``ngày 12 tháng 2 năm 2025``."""
    return _as_date(_DATE_IN_TEXT.search(text))


def line_date(line: str) -> date | None:
    """The date of a line that holds nothing else (a weekday, a time, a place before it), ``None`` for any other line."""
    match = _DATE_LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if match is None or not all(word[0].isupper() for word in (match["place"] or "").split()):
        return None
    return _as_date(match)
