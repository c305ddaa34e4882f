"""A document's title: the line its author wrote, or one made from what the document says."""

import re
from collections.abc import Sequence

from index.readers.dates import line_date
from index.readers.headings import division_name, is_bare_division, is_numbered
from index.readers.lines import ITEM, Line
from index.vietnamese import fold, sentence_spans

_LONGEST, _MOST_WORDS = 250, 40
"""Characters and words of an author's title at most."""
_STOPS = (".", ",", ";", ":")
_LABEL = re.compile(r"(?:tiêu đề|tựa đề|title)\s*[:：]\s*(?=\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"\W*(?:(?:nguồn|tác giả|người dịch|source|link|url|ngày|kính gửi|ảnh)\s*[:：]|tóm (?:tắt|lược)\s*(?:[:：]|$))",
    re.IGNORECASE,
)
"""What is said of a document, and is not its title."""
_REFERENCE = re.compile(r"\W*(?:số|no)\b.{0,3}[:.]", re.IGNORECASE)
_MOTTO = "doc lap tu do hanh phuc"
_LETTERHEAD = 12
"""Paragraphs among which the motto of an official letter stands."""
_ACTS = frozenset(
    "luật,bộ luật,hiến pháp,pháp lệnh,nghị định,nghị quyết,thông tư,thông tư liên tịch,quyết định,chỉ thị,công văn,công điện,"
    "thông báo,báo cáo,kế hoạch,tờ trình,biên bản,hợp đồng,quy chế,quy định,hướng dẫn,đề án,giấy mời".split(",")
)
"""Kinds of official documents: alone on a line, they go on in the title below."""

_MADE_MOST, _MADE_CUT = 18, 16
"""Words of a title that is made: at most, and where it is cut short without a clause to end at."""
_CLAUSE_END = re.compile(r"(?P<strong> [–—-] |[;:] )|, ")
_FEWEST_STRONG, _FEWEST_COMMA = 5, 8
"""Words before a dash, or a comma, that make a title."""
_OPENING = 600
"""Characters of a sentence that are looked at for a title."""
_WORD = re.compile(r"\w+")
_CLOSING_MARKS = " .,;:…-–—"
_FIRST_HEADING = 5
"""Paragraphs among which the highest heading of a document is its title."""


def title_lines(lines: Sequence[Line]) -> range:
    """Which paragraphs are the author's title, one or two in a row; an empty range where there is none."""
    for number, line in enumerate(lines[:_FIRST_HEADING]):
        if line.level == 1 or (number == 0 and line.level and not _has_equal(line, lines)):
            return range(number, number + 1)
    start = _below_letterhead(lines)
    if start >= len(lines) or lines[start].level or not _is_title(lines[start].text, lines):
        return range(0)
    goes_on = start + 2 < len(lines) and _is_title(lines[start + 1].text, lines) and _is_half(lines[start].text)
    return range(start, start + 1 + goes_on)


def without_label(text: str) -> str:
    """The title without the word ``Tiêu đề:`` before it."""
    return _LABEL.sub("", text, count=1)


def made_title(text: str) -> str:
    """A title made from the first sentence of a text: the whole of a short one, or its opening clause.

    Empty where the text holds no word.
    """
    opening = text[:_OPENING]
    start, end = next(sentence_spans(opening), (0, 0))
    item = ITEM.match(opening, start, end)
    sentence = opening[item.end() if item else start : end]
    words = [match.end() for match in re.finditer(r"\S*\w\S*", sentence)]
    if len(words) <= _MADE_MOST:
        return _finished(sentence)
    within = sentence[: words[_MADE_MOST - 1]]
    clauses = [
        within[: match.start()]
        for match in _CLAUSE_END.finditer(within)
        if len(_WORD.findall(within[: match.start()])) >= (_FEWEST_STRONG if match["strong"] else _FEWEST_COMMA)
    ]
    return _finished(clauses[-1]) if clauses else _finished(sentence[: words[_MADE_CUT - 1]]) + "…"


def _finished(title: str) -> str:
    """A made title without the marks it was cut at, and without a bracket or quotation mark that lost its other half."""
    title = title[:_LONGEST].rstrip(_CLOSING_MARKS)
    while title.count("(") > title.count(")"):
        before, _, after = title.rpartition("(")
        title = before.rstrip(_CLOSING_MARKS) or after
    if title.count('"') % 2:
        title = title.replace('"', "")
    return title if title.count("“") == title.count("”") else title.replace("“", "").replace("”", "")


def _has_equal(heading: Line, lines: Sequence[Line]) -> bool:
    """Whether another heading stands as high."""
    return any(0 < line.level <= heading.level for line in lines if line is not heading)


def _below_letterhead(lines: Sequence[Line]) -> int:
    """Where the text starts below an official letter's heading: the state, its motto and the letter's number."""
    folded = (" ".join(_WORD.findall(fold(line.text[:_LONGEST]).lower())) for line in lines[:_LETTERHEAD])
    start = next((number + 1 for number, text in enumerate(folded) if _MOTTO in text), 0)
    while start and start < len(lines) and _REFERENCE.match(lines[start].text):
        start += 1
    return start


def _is_title(text: str, lines: Sequence[Line]) -> bool:
    """Whether a first line is a title: short, without a full stop, and not the heading of a first section."""
    if len(text) > _LONGEST or text.count(" ") >= _MOST_WORDS:
        return False
    if text.endswith(_STOPS) and not (text.endswith("...") or is_bare_division(text)):
        return False
    if is_numbered(text) or ITEM.match(text) or _NAMED.match(text) or line_date(text):
        return False
    name = division_name(text)
    return name is None or sum(1 for line in lines if division_name(line.text) == name) == 1


def _is_half(text: str) -> bool:
    """Whether a title goes on in the line below: ``NGHỊ ĐỊNH``, ``Điều 5.``."""
    return text.lower() in _ACTS or is_bare_division(text)
