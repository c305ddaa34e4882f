"""RSS and Atom (``.rss``, ``.atom``, ``.xml``): every entry is a document, by feedparser."""

import datetime as dt
import email.utils
import io
from collections.abc import Iterator

import feedparser
from feedparser.util import FeedParserDict

from index.readers.dates import find_date
from index.readers.errors import Reason, Unreadable
from index.readers.front_matter import Matter
from index.readers.html import lines_in
from index.readers.lines import Line, tidy
from index.readers.links import find_url
from index.readers.parts import Part

MOST_ENTRIES = 5_000


def parse(data: bytes) -> Iterator[Part]:
    """The entries of a feed.

    Raises:
        Unreadable: It is no feed (``format``), ``broken``, ``empty`` or ``too_large``.
    """
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False)  # bytes alone would be taken for a name of a file
    if not found.entries:
        if found.version:
            raise Unreadable(Reason.EMPTY)
        if found.bozo:
            raise Unreadable(Reason.BROKEN, str(found.bozo_exception))
        raise Unreadable(Reason.FORMAT, "XML, but neither RSS nor Atom")
    if len(found.entries) > MOST_ENTRIES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(found.entries):,} entries, {MOST_ENTRIES:,} at most")
    for entry in found.entries:
        yield _part(entry)


def _part(entry: FeedParserDict) -> Part:
    title = _plain(_said(entry, "title"))
    link = find_url(_said(entry, "link"))
    lines = _content(entry)
    identity = _said(entry, "id") or link or "\0".join([title, *(line.text for line in lines)])
    return Part(lines, Matter(title=title or None, url=link, date=_date(entry)), identity=identity)


def _said(entry: FeedParserDict, name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _content(entry: FeedParserDict) -> tuple[Line, ...]:
    """The lines of the fullest text that an entry gives."""
    texts = [_said(entry, "summary")]
    texts += [value for part in entry.get("content") or () if isinstance(value := part.get("value"), str)]
    return max(map(lines_in, texts), key=lambda lines: sum(len(line.text) for line in lines))


def _plain(title: str) -> str:
    """A title without the tags that it may hold."""
    return tidy(
        " ".join(line.text for line in lines_in(title)) if "<" in title or "&" in title else " ".join(title.split())
    )


def _date(entry: FeedParserDict) -> dt.date | None:
    """The day of an entry where it was written, not in Greenwich."""
    for name in ("published", "updated", "created"):
        if written := _said(entry, name):
            try:
                return email.utils.parsedate_to_datetime(written).date()
            except ValueError:
                if day := find_date(written):
                    return day
    return None
