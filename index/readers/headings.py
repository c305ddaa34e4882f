"""Headings of plain text: which paragraphs are, and how deep.

A heading is short, ends without a full stop and has something below it. What looks like one but has its like right above
or below is an item of a list, a line of verse or of a table of contents.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers.lines import ITEM, Line

_LONGEST, _MOST_WORDS = 200, 25
"""Characters and words of a heading at most."""
_LONGEST_SUBHEADING, _MOST_SUBHEADING_WORDS = 100, 15
"""The same for one that only its looks give away."""

_NUMBER = r"(?:\d{1,3}[a-zđ]?|[ivxlc]{1,6}|[A-ZĐ]|thứ [^\W\d_]+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_DIVISION = re.compile(
    rf"(?P<name>phần|quyển|tập|hồi|chương|phụ lục|mục|tiểu mục|bài|điều|câu(?: hỏi)?|bước|part|chapter|section|article) "
    rf"{_NUMBER}(?:(?P<only>[.:]?)$|[.:)] ?| [–—-] | (?P<upper>[^\W\d_]))",
    re.IGNORECASE,
)
_DEPTHS = {
    "phần": 1, "quyển": 1, "tập": 1, "hồi": 1, "part": 1, "chương": 2, "phụ lục": 2, "chapter": 2, "mục": 3, "bài": 3,
    "section": 3, "tiểu mục": 5, "điều": 6, "article": 6, "câu": 6, "câu hỏi": 6, "bước": 6,
}  # fmt: skip
_CAPITALS, _LETTER, _ROMAN, _DECIMAL, _SUBHEADING = 4, 7, 8, 9, 13
"""Depths of other kinds; a decimal number adds one for each of its parts."""

_NUMBERED = re.compile(
    r"(?:(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,3})(?P<mark>[.)/:]?)|(?P<roman>[IVX]{1,5})[.)/:]|(?P<letter>[A-ZĐ])[.)/]) +"
    r"[\"“'‘(]?[^\W_]"
)
_CREDIT = re.compile(
    r"\W*(?i:(?:nguồn|ảnh|video|clip|hình|đồ họa|tác giả|người dịch|biên tập|theo|bài|bài và ảnh) ?:|ảnh minh h[oọ]a)"
    r"|Theo (?:báo )?[A-ZĐ]|.*\b(?:Ảnh|Nguồn|Video|Đồ họa):"
)
_BREAK_INSIDE = re.compile(r"[.!?…] +[^\W\d_a-z]|https?://")
_STOPS = (".", ";", ",", ":", "…", "-", "–", "—", "/")
_CLOSING = "\"'”’»)"
_PROSE_ENDS = (".", "!", "?", "…", ":", ";", '"', "”", "»", ")")
_SHORTEST_PROSE, _LONG = 10, 30


def find_headings(lines: Sequence[Line]) -> list[Line]:
    """The paragraphs of a plain text, those that are headings with their level (1 is the highest of the document)."""
    lines = _with_their_titles(lines)
    depths = [_depth(line.text) for line in lines]
    found = [0] * len(lines)
    for number in range(len(lines) - 2, -1, -1):
        if depths[number] and _leads(lines, depths, found, number):
            found[number] = depths[number]
    levels = {depth: level for level, depth in enumerate(sorted(set(found) - {0}), start=1)}
    return [replace(line, level=levels[depth]) if depth else line for line, depth in zip(lines, found, strict=True)]


def is_prose(text: str) -> bool:
    """Whether a paragraph is made of sentences, unlike a heading, a line of verse or an item of a list."""
    words = text.count(" ") + 1
    return words >= _LONG or (words >= _SHORTEST_PROSE and text.endswith(_PROSE_ENDS))


def is_numbered(text: str) -> bool:
    """Whether a line opens with a number as a section does: ``1. Bối cảnh``."""
    match = _NUMBERED.match(text)
    return match is not None and _numbered_depth(match) > 0


def division_name(text: str) -> str | None:
    """What a line is the heading of, as ``chương`` in ``Chương II``, or ``None`` where it is no such line."""
    match = _DIVISION.match(text) if len(text) <= _LONGEST else None
    return match["name"].casefold() if match and _is_division(match, text) else None


def is_bare_division(text: str) -> bool:
    """Whether a line is the number of a part and nothing else: ``Chương II``, ``Điều 5.``."""
    match = _DIVISION.match(text)
    return match is not None and match["only"] is not None


def _with_their_titles(lines: Sequence[Line]) -> list[Line]:
    """The lines, ``Chương II`` joined with the title on the line below it."""
    joined: list[Line] = []
    for line in lines:
        if joined and is_bare_division(joined[-1].text) and _depth(line.text) in {_CAPITALS, _SUBHEADING}:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _depth(text: str) -> int:
    """How deep a line would be were it a heading, by its form alone; 0 where it cannot be one."""
    if len(text) > _LONGEST or text.count(" ") >= _MOST_WORDS:
        return 0
    if name := division_name(text):
        return _DEPTHS[name]
    if text.rstrip(_CLOSING).endswith(_STOPS) or _CREDIT.match(text):
        return 0
    if numbered := _NUMBERED.match(text):
        return _numbered_depth(numbered)
    if text.isupper() and len(text) >= 5:
        return _CAPITALS
    return _SUBHEADING if _is_like_a_subheading(text) else 0


def _is_division(match: re.Match[str], text: str) -> bool:
    if match["only"] is not None:
        return True
    return not text.endswith(_STOPS) and (match["upper"] is None or match["upper"].isupper())


def _numbered_depth(match: re.Match[str]) -> int:
    first = match.string[match.end() - 1]
    if not (first.isupper() or first.isdigit()):
        return 0
    if match["roman"]:
        return _ROMAN
    if match["letter"]:
        return _LETTER
    parts = match["decimal"].count(".")
    return _DECIMAL + parts if parts or match["mark"] else 0


def _is_like_a_subheading(text: str) -> bool:
    first = text.lstrip("\"“'‘(")[:1]
    return (
        len(text) <= _LONGEST_SUBHEADING
        and text.count(" ") < _MOST_SUBHEADING_WORDS
        and first.isupper()
        and not text.endswith("!")
        and not ITEM.match(text)
        and not _BREAK_INSIDE.search(text)
    )


def _leads(lines: Sequence[Line], depths: Sequence[int], found: Sequence[int], number: int) -> bool:
    """Whether what could be a heading has below it what a heading has, and not its like beside it."""
    depth, below = depths[number], number + 1
    if found[below]:
        return found[below] > depth or depth == _CAPITALS
    if depth == _SUBHEADING:
        return _opens_prose(lines[below].text) and (
            number == 0 or _ends_well(lines[number - 1].text, depths[number - 1])
        )
    if depth == _CAPITALS:
        return _opens_prose(lines[below].text)
    if depths[below]:
        return depths[below] > depth
    return number == 0 or depths[number - 1] != depth


def _opens_prose(text: str) -> bool:
    """Whether sentences start here; ``, theo báo cáo`` goes on with what the short line above began."""
    return is_prose(text) and not text[0].islower() and text[0] not in ",.;:)"


def _ends_well(text: str, depth: int) -> bool:
    """Whether a paragraph is not just another short line, so that the short line below it stands out."""
    if depth:
        return depth != _SUBHEADING
    return (
        text.endswith(_PROSE_ENDS) or is_prose(text) or ITEM.match(text) is not None or _CREDIT.match(text) is not None
    )
