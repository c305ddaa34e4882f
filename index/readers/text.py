"""Plain text (``.txt``)."""

import re
from collections.abc import Iterator

from index.documents import Document
from index.readers import front_matter
from index.readers.encodings import decode
from index.readers.layout import lay_out
from index.readers.lines import Line, check_length, tidy
from index.vietnamese import clean

_LINE = re.compile(r"[^\n]+")
_INDENT = re.compile(r" {2,}\S")
_HASHES = re.compile(r"(#{1,6}) +(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\w)([^*_]+)\1")


def read(data: bytes, key: str) -> Document:
    """The document in the bytes of a plain text file.

    Raises:
        Unreadable: They are no text, or nothing in it can be quoted.
    """
    text = clean(decode(data))
    check_length(text)
    matter, body = front_matter.split(text)
    return lay_out(key, list(lines_of(body)), matter)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a cleaned text.

    One opens a paragraph after an empty line or a rule, below a heading, and where it alone is indented.
    """
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
