"""JSON lines (``.jsonl``): an object a line with ``title``, ``text``, ``url`` and ``date``, each a document.

The names that front matter knows are known here too. A file is read as a stream: it may be larger than memory.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from index.documents import Document, Skipped
from index.readers.contents import key_in
from index.readers.errors import Reason, Unreadable
from index.readers.front_matter import matter_of
from index.readers.layout import lay_out
from index.readers.lines import check_length
from index.readers.text import lines_of
from index.vietnamese import clean

LONGEST_LINE = 10_000_000
"""Bytes that a line may have."""
_MOST_NAMED = 100
"""Lines that are named each for itself, where many cannot be read."""
_TEXT = ("text", "content", "body", "contents", "nội dung")
_ID = ("id", "_id")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a file: its number, from 1, and its bytes, ``None`` where there are too many."""

    number: int
    data: bytes | None


def read(file: IO[bytes], key: str) -> Iterator[Document | Skipped]:
    """The documents of a file, and the lines that hold none; of too many such lines, the count.

    Raises:
        Unreadable: There is no line in it (``empty``).
    """
    seen: dict[str, int] = {}
    bad = 0
    for row in _rows(file):
        try:
            document = _document(row, key)
            first = seen.setdefault(document.key, row.number)
            if first == row.number:
                yield document
                continue
            skipped = Skipped(f"{key}:{row.number}", "duplicate", f"{key}:{first}")
        except Unreadable as error:
            skipped = Skipped(f"{key}:{row.number}", error.reason, error.detail)
        bad += 1
        if bad <= _MOST_NAMED:
            yield skipped
    if bad > _MOST_NAMED:
        yield Skipped(key, Reason.BROKEN, f"{bad:,} lines in all")
    if not seen and not bad:
        raise Unreadable(Reason.EMPTY)


def _rows(file: IO[bytes]) -> Iterator[_Row]:
    """The lines that are not empty."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE + 1)
            yield _Row(number, None)
            continue
        data = (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip()
        if data:
            yield _Row(number, data)


def _document(row: _Row, key: str) -> Document:
    if row.data is None:
        raise Unreadable(Reason.TOO_LARGE, f"a line of more than {LONGEST_LINE:,} bytes")
    fields = _fields(row.data)
    text = clean(next((fields[name] for name in _TEXT if name in fields), ""))
    check_length(text)
    matter = matter_of({name: clean(value) for name, value in fields.items() if name not in _TEXT})
    identity = next((fields[name] for name in _ID if fields.get(name)), None) or matter.url
    return lay_out(key_in(key, identity or f"{matter.title}\0{text}"), list(lines_of(text)), matter)


def _fields(data: bytes) -> dict[str, str]:
    """The fields of a line whose values are text or a number, by their names in lower case."""
    try:
        loaded = json.loads(data)
    except UnicodeDecodeError as error:
        raise Unreadable(Reason.ENCODING, f"not UTF-8 at byte {error.start}") from None
    except ValueError as error:
        raise Unreadable(Reason.BROKEN, str(error)) from None
    except RecursionError:
        raise Unreadable(Reason.BROKEN, "nested too deeply") from None
    if not isinstance(loaded, dict):
        raise Unreadable(Reason.BROKEN, "no object with a text")
    fields = {name.lower(): str(value) for name, value in loaded.items() if isinstance(value, str | int | float)}
    if fields.keys().isdisjoint(_TEXT):
        raise Unreadable(Reason.BROKEN, f"no {_TEXT[0]!r} in it")
    return fields
