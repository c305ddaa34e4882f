"""What a file is, by its first bytes, whatever it is called."""

import re
from enum import StrEnum

from index.readers.encodings import BYTE_ORDER_MARKS


class Kind(StrEnum):
    """A format that is read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON_LINES = "jsonl"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    FEED = "feed"


NAMES = {
    Kind.HTML: "a web page (.html)",
    Kind.PDF: "a PDF file (.pdf)",
    Kind.DOCX: "a Word document (.docx)",
    Kind.FEED: "an RSS or Atom feed (.rss)",
}
"""The kinds that :func:`sniff` knows, as they are told to a person."""

_HEAD = 4096
"""Bytes that are looked at."""
_PROLOGUE = re.compile(r"(?:\s+|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->)*")
"""What may stand before the first element."""
_HTML = re.compile(r"<!doctype\s+html\b|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEED = re.compile(r"(?:<!doctype\s[^>\[]*>\s*)?<(?:rss|feed|rdf:RDF|(?:atom|a):feed)[\s>]", re.IGNORECASE)


def sniff(data: bytes) -> Kind | None:
    """The kind of a file whose first bytes give it away; ``None`` for text, which they do not, and for what is not known."""
    head = data[:_HEAD]
    if head.lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return Kind.DOCX if b"word/document.xml" in data else None
    text = _opening(head)
    start = _PROLOGUE.match(text)
    place = start.end() if start else 0
    if _HTML.match(text, place):
        return Kind.HTML
    return Kind.FEED if _FEED.match(text, place) else None


def _opening(head: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head.removeprefix(mark).decode(encoding, "ignore")
    return head.decode("latin-1")
