"""What a document's paragraphs are for: its title, source, date and summary, its headings, and the text that is quoted.

The same for every format, once its reader has made lines of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import PurePosixPath

from index.documents import Document, Heading
from index.readers.dates import line_date
from index.readers.errors import Reason, Unreadable
from index.readers.front_matter import Matter
from index.readers.headings import find_headings, is_prose
from index.readers.lines import Line, paragraphs
from index.readers.links import source_url
from index.readers.titles import made_title, title_lines, without_label

_EDGE = 6
"""Paragraphs at either end of a document among which its date and source stand."""
_LONG = 80
"""Characters of a paragraph that is not repeated on purpose, as a clause of law may be."""
_PIN = "📌"
_SUMMARY_LABEL = re.compile(
    r"\W*(?:tóm tắt(?: nội dung| bài viết| tin)?|tóm lược|tl;?dr|summary|abstract|sapo)", re.IGNORECASE
)
_LABEL_END = re.compile(r"\W*?[:：–—-]\W*(?=\w)")
_WORD = re.compile(r"\w+")


def lay_out(key: str, lines: Sequence[Line], matter: Matter) -> Document:
    """The document that some lines make, with what its front matter says of it.

    Raises:
        Unreadable: Nothing in it can be quoted (``empty``).
    """
    body, url = _take_source(paragraphs(lines))
    body, day = _take_date(body)
    if not matter.summary and not any(map(_is_quotable, body)):
        raise Unreadable(Reason.EMPTY)
    body, title = _take_title(body, matter.title)
    if not any(line.level for line in body):
        body = find_headings(body)
    body, summary = _find_summary(body)
    if matter.summary:
        summary = matter.summary
        body = body if any(summary in line.text for line in body) else [Line(summary), *body]
    title = title or made_title(summary or "") or _title_from(body) or PurePosixPath(key).stem or key
    text, headings = _composed(_without_repeats(body) or [Line(title)])
    return Document(
        key=key,
        title=title,
        text=text,
        url=matter.url or url,
        date=matter.date or day,
        summary=summary,
        headings=headings,
    )


def _edges(body: Sequence[Line]) -> Iterator[int]:
    """Places near the end of a document, then near its start."""
    start_of_end = max(0, len(body) - _EDGE)
    yield from range(start_of_end, len(body))
    yield from range(min(_EDGE, start_of_end))


def _take_source(body: list[Line]) -> tuple[list[Line], str | None]:
    """The paragraphs without the one that links to their source, and that link."""
    for number in _edges(body):
        if url := source_url(body[number]):
            return body[:number] + body[number + 1 :], url
    return body, None


def _take_date(body: list[Line]) -> tuple[list[Line], date | None]:
    """The paragraphs without the one that dates them, and that date.

    Dates with text between them belong to the matter, as in a chronicle.
    """
    dated = {number: day for number in sorted(_edges(body)) if (day := line_date(body[number].text))}
    if not dated or max(dated) - min(dated) >= len(dated):
        return body, None
    return [line for number, line in enumerate(body) if number not in dated], dated[min(dated)]


def _is_quotable(line: Line) -> bool:
    return source_url(line) is None


def _take_title(body: list[Line], given: str | None) -> tuple[list[Line], str | None]:
    """The paragraphs without their title, wherever it is repeated, and the title.

    Where no sentences follow (a poem, a list) the first line is its title and stays in the text.
    """
    places = range(0) if given else title_lines(body)
    title = given or without_label(" ".join(body[number].text for number in places))
    if not title:
        return body, None
    same = _bare(title)
    rest = [
        line
        for number, line in enumerate(body)
        if number not in places and not (len(line.text) <= 2 * len(title) and _bare(line.text) == same)
    ]
    is_heading = any(body[number].level for number in places)
    return (rest if given or is_heading or any(is_prose(line.text) for line in rest) else body), title


def _bare(text: str) -> str:
    """The words of a text, to compare by."""
    return " ".join(_WORD.findall(text.casefold()))


def _find_summary(body: list[Line]) -> tuple[list[Line], str | None]:
    """The paragraphs, the author's summary without the mark that shows it, and that summary.

    Several pins are bullets.
    """
    pinned = [number for number, line in enumerate(body) if line.text.startswith(_PIN)]
    for number in pinned if len(pinned) == 1 else range(len(body)):
        text = body[number].text.removeprefix(_PIN).lstrip("\ufe0f ") if len(pinned) == 1 else body[number].text
        label = _SUMMARY_LABEL.match(text)
        if label and (end := _LABEL_END.match(text, label.end())):
            text = text[end.end() :]
        elif label and not _WORD.search(text, label.end()) and number + 1 < len(body):
            return body, body[number + 1].text
        elif len(pinned) != 1:
            continue
        return [*body[:number], replace(body[number], text=text), *body[number + 1 :]], text
    return body, None


def _title_from(body: Iterable[Line]) -> str:
    """A title made from the first paragraph of sentences; empty where there is none to make it from."""
    quotable = [line.text for line in body if not line.level and _is_quotable(line)]
    prose = (text for text in quotable if is_prose(text))
    return next((title for text in chain(prose, quotable) if (title := made_title(text))), "")


def _without_repeats(body: Iterable[Line]) -> list[Line]:
    """The paragraphs, a long one only where it stands first."""
    seen: set[str] = set()
    kept = []
    for line in body:
        if len(line.text) < _LONG or line.level or line.text not in seen:
            seen.add(line.text)
            kept.append(line)
    return kept


def _composed(body: Sequence[Line]) -> tuple[str, tuple[Heading, ...]]:
    """The text of a document, a paragraph on a line, and its headings; one with nothing below it is a paragraph."""
    last = max((number for number, line in enumerate(body) if not line.level), default=-1)
    headings = []
    start = 0
    for number, line in enumerate(body):
        end = start + len(line.text)
        if line.level and number < last:
            headings.append(Heading(start, end, line.level))
        start = end + 1
    return "\n".join(line.text for line in body), tuple(headings)
