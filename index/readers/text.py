"""Plain text (``.txt``)."""

import re
from collections.abc import Iterator

from index.documents import Document
from index.readers import front_matter
from index.readers.layout import lay_out
from index.readers.lines import Line, tidy

_LINE = re.compile(r"[^\n]+")
_INDENT = re.compile(r" {2,}\S")
_HASHES = re.compile(r"(#{1,6}) +(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\w)([^*_]+)\1")


def read(text: str, key: str) -> Document:
    """The document that a cleaned plain text holds.

    Raises:
        Unreadable: Nothing in it can be quoted (``empty``).
    """
    matter, body = front_matter.split(text)
    return lay_out(key, list(_lines(body)), matter)


def _lines(text: str) -> Iterator[Line]:
    """Its lines; one opens a paragraph after an empty line or a rule, below a heading, and where it alone is indented."""
    opens, was_indented = True, False
    previous_end = 0
    for match in _LINE.finditer(text):
        opens = opens or match.start() > previous_end + 1
        previous_end = match.end()
        shown = tidy(match.group())
        if not shown:
            opens = True
            continue
        indented = _INDENT.match(match.group()) is not None
        opens = opens or (indented and not was_indented)
        if bold := _BOLD.fullmatch(shown):
            shown = bold.group(2)
        if hashes := _HASHES.match(shown):
            yield Line(shown[hashes.end() :], level=len(hashes.group(1)))
        else:
            yield Line(shown, opens=opens)
        opens, was_indented = hashes is not None, indented
