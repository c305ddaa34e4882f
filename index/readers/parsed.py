"""Documents of the formats that are parsed in a process of their own: what comes back is cleaned and laid out here."""

from collections.abc import Iterator
from dataclasses import replace

from index.documents import Document, Skipped
from index.readers.confined import Parsers
from index.readers.contents import key_in
from index.readers.errors import Unreadable
from index.readers.front_matter import Matter
from index.readers.kinds import Kind
from index.readers.layout import lay_out
from index.readers.lines import Anchor, Line, tidy
from index.readers.links import find_url
from index.readers.parts import Part
from index.vietnamese import clean

_LONGEST_TITLE, _LONGEST_URL = 300, 2_000
"""Characters: what is longer was not written for people."""
_parsers = Parsers()


def read(data: bytes, key: str, kind: Kind) -> Iterator[Document | Skipped]:
    """The documents in the bytes of a file; of two with one key the later is passed over.

    Raises:
        Unreadable: They hold no document that can be read.
    """
    seen: set[str] = set()
    for number, part in enumerate(_parsers.parse(f"index.readers.{kind}", data), start=1):
        own = key if part.identity is None else key_in(key, part.identity)
        if own in seen:
            yield Skipped(f"{key}:{number}", "duplicate", own)
            continue
        seen.add(own)
        try:
            yield _document(part, own)
        except Unreadable as error:
            if part.identity is None:
                raise
            yield Skipped(f"{key}:{number}", error.reason, error.detail)


def _document(part: Part, key: str) -> Document:
    title = _clean(part.matter.title or "")[:_LONGEST_TITLE].strip()
    url = find_url((part.matter.url or "")[: _LONGEST_URL + 1])
    matter = Matter(
        title=title or None,
        url=url if url and len(url) <= _LONGEST_URL else None,
        date=part.matter.date,
        summary=_clean(part.matter.summary or "") or None,
    )
    lines = [_cleaned(line, text) for line in part.lines if (text := _clean(line.text))]
    document = lay_out(key, lines, matter)
    return replace(document, date=document.date or part.saved)


def _cleaned(line: Line, text: str) -> Line:
    anchors = tuple(Anchor(_clean(anchor.text), anchor.url) for anchor in line.anchors)
    return replace(line, text=text, anchors=anchors)


def _clean(text: str) -> str:
    return tidy(clean(text).replace("\n", " "))
