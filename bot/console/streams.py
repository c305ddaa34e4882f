"""Standard streams as they really are: of any encoding, and closed at any time."""

import codecs
import io
import os
import sys
from typing import TextIO

from index.vietnamese import fold

_UNMARKED = "bot.unmarked"
_PLAIN = str.maketrans(
    {"│": "|", "·": "-", "›": ">", "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"}
)


def _unmarked(error: UnicodeError) -> tuple[str, int]:
    """Letters without their diacritics, which Vietnamese readers read, in the place of what cannot be encoded."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = fold(error.object[error.start : error.end]).translate(_PLAIN)
    return text.encode("ascii", "replace").decode("ascii"), error.end


codecs.register_error(_UNMARKED, _unmarked)


def make_writable(stream: TextIO) -> None:
    """Let a stream write any text, in whatever encoding it has."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=_UNMARKED)


def silence(stream: TextIO) -> None:
    """Send a stream whose reader has gone to nowhere, so that closing it does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def decoded(line: bytes) -> str:
    """A line of input: UTF-8, or else in the encoding of the system."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(sys.stdin.encoding, errors="replace")
