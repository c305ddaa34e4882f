"""Lines as an author broke them, joined into paragraphs.

Most documents keep a paragraph on a line. Others are wrapped: broken at a column, inside sentences. Which it is shows in
the whole document, not in one line.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.readers.errors import Reason, Unreadable


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link in a text: the words that carry it, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document, or the paragraph it was joined into.

    Attributes:
        text: Plain text, single spaces, never empty.
        opens: Whether a paragraph starts here whatever went before, as after an empty line.
        level: How deep a heading it is (1 is the highest) where the format says so or it was found out; 0 is no heading.
        anchors: The links it carries, where the format keeps them apart from the text.
    """

    text: str
    opens: bool = True
    level: int = 0
    anchors: tuple[Anchor, ...] = ()


MOST_LINES = 300_000
"""Lines that a document may have: a long book has a tenth of them."""
ITEM = re.compile(r"(?:[-–—•*+●▪►✓]|\(?\d{1,2}[.)]|\(?[a-zđ][.)]) ")
"""How an item of a list opens."""
_DASHES = "-–—"
_LABEL = re.compile(r"(?:Phần|Chương|Mục|Điều|Phụ lục|PHẦN|CHƯƠNG|MỤC|ĐIỀU|PHỤ LỤC) [\dIVXLC]+\b")
ENDS = (".", "!", "?", "…", ":", ";")
"""Marks that a paragraph ends with."""

_SPACES = re.compile(" {2,}")
_NARROWEST, _WIDEST = 50, 130
"""Columns that text is wrapped at: verse is narrower, paragraphs are wider."""
_CONTINUED = 0.4
"""Share of full lines that go on in lower case on the next one: above it a text is wrapped."""


def check_length(text: str) -> None:
    """Count the lines of a text.

    Raises:
        Unreadable: They are more than a document may have (``too_large``).
    """
    if (lines := text.count("\n")) > MOST_LINES:
        raise Unreadable(Reason.TOO_LARGE, f"{lines:,} lines, {MOST_LINES:,} at most")


def tidy(text: str) -> str:
    """The text with single spaces; empty where it holds no letter or digit: a rule, a row of stars, an emoji."""
    text = text.strip()
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text if any(map(str.isalnum, text)) else ""


def paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines, joined where a paragraph was broken at a column."""
    column = _wrap_column(lines)
    return list(lines) if column is None else list(_joined(lines, column))


def _wrap_column(lines: Sequence[Line]) -> int | None:
    """The column a text is wrapped at, or ``None`` where every line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if " " in line.text)
    if not lengths:
        return None
    column = lengths[math.ceil(0.98 * (len(lengths) - 1))]
    if not _NARROWEST <= column <= _WIDEST:
        return None
    full = continued = 0
    for line, following in pairwise(lines):
        if not following.opens and len(line.text) >= 0.6 * column:
            full += 1
            continued += _goes_on(line.text, following.text)
    return column if continued > _CONTINUED * full else None


def _goes_on(text: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    return following[0].islower() and not text.endswith(ENDS) and not ITEM.match(following)


def _joined(lines: Iterable[Line], column: int) -> Iterator[Line]:
    parts: list[Line] = []
    for line in lines:
        if parts and not _belongs(line, parts[-1], column):
            yield _join(parts)
            parts = []
        parts.append(line)
    if parts:
        yield _join(parts)


def _belongs(line: Line, previous: Line, column: int) -> bool:
    """Whether a line goes on with the paragraph of the one before: mid-sentence, or because its first word had no room."""
    if line.opens:
        return False
    has_room = len(previous.text) + 1 + len(line.text.partition(" ")[0]) <= column
    ended = previous.text.endswith(ENDS)
    if ITEM.match(line.text) and (has_room or ended or line.text[0] not in _DASHES):
        return False
    if ended and _LABEL.match(line.text):
        return False
    return not has_room or _goes_on(previous.text, line.text)


def _join(parts: list[Line]) -> Line:
    if len(parts) == 1:
        return parts[0]
    return Line(" ".join(part.text for part in parts), anchors=tuple(a for part in parts for a in part.anchors))
