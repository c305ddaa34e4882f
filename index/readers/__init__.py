"""From a file to its documents: one module a format, and what they share.

Text and JSON lines are read here; what takes a parser that can be made to burn time or memory is parsed in a process
of its own. Whatever cannot be read ends in ``Unreadable``.
"""

import io
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

from index.documents import Document, Skipped
from index.readers.contents import Contents, file_of
from index.readers.errors import Reason, Unreadable
from index.readers.kinds import NAMES, Kind, sniff

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SUFFIXES", "Contents", "Kind", "Reason", "Unreadable", "file_of", "read", "read_as", "read_bytes", "stream"]

_KINDS = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".jsonl": Kind.JSON_LINES,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".xml": Kind.FEED,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
}

SUFFIXES = frozenset(_KINDS)
"""The endings, in lower case, of the files that can be read."""

LARGEST, LARGEST_STREAM = 32_000_000, 4_000_000_000
"""Bytes that a file may have, and one of JSON lines, which is read as a stream."""

# The modules of formats are imported when they are first needed: most starts find nothing to read.


def stream(path: Path, key: str) -> Iterator[Document | Skipped]:
    """The documents in a file, one after the other, and the parts of it that cannot be read.

    Only this reads files of many documents that are larger than memory.

    Raises:
        Unreadable: It holds no document that can be read, or the system stopped giving it.
    """
    kind = _kind(key)
    try:
        if not path.is_file():
            raise Unreadable(Reason.UNREADABLE, "not a file" if path.exists() else "no such file")
        _check_size(path.stat().st_size, kind)
        if kind is Kind.JSON_LINES:
            with path.open("rb") as file:
                yield from _json_lines(file, key)
            return
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(Reason.UNREADABLE, error.strerror or "") from error
    yield from _parts(data, key, kind)


def read(path: Path, key: str) -> Contents:
    """The documents in a file, all at once.

    Raises:
        Unreadable: It holds no document that can be read.
    """
    return Contents.of(stream(path, key))


def read_bytes(data: bytes, key: str) -> Contents:
    """The documents in the bytes of a file; its key ends as the file's name does.

    Raises:
        Unreadable: They hold no document that can be read.
    """
    return read_as(_kind(key), data, key)


def read_as(kind: Kind, data: bytes, key: str) -> Contents:
    """The documents in bytes of a known kind, whatever their key looks like.

    Raises:
        Unreadable: They hold no document that can be read.
    """
    return Contents.of(_parts(data, key, kind))


def kind_of_name(name: str) -> Kind | None:
    """The kind of the files whose names end like this one; ``None`` for a suffix that no reader takes."""
    return _KINDS.get(Path(name).suffix.lower())


def _kind(key: str) -> Kind:
    kind = kind_of_name(key)
    if kind is None:
        raise Unreadable(Reason.FORMAT, Path(key).suffix.lower())
    return kind


def _check_size(size: int, kind: Kind) -> None:
    most = LARGEST_STREAM if kind is Kind.JSON_LINES else LARGEST
    if size > most:
        raise Unreadable(Reason.TOO_LARGE, f"{size:,} bytes, {most:,} at most")


def _parts(data: bytes, key: str, kind: Kind) -> Iterator[Document | Skipped]:
    _check_size(len(data), kind)
    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    found = sniff(data)
    if found is not None and found is not kind:
        raise Unreadable(Reason.MISNAMED, NAMES[found])
    if kind is Kind.JSON_LINES:
        yield from _json_lines(io.BytesIO(data), key)
    elif kind is Kind.TEXT:
        read_text: Callable[[bytes, str], Document] = import_module("index.readers.text").read
        yield read_text(data, key)
    else:
        read_parsed: Callable[[bytes, str, Kind], Iterator[Document | Skipped]]
        read_parsed = import_module("index.readers.parsed").read
        yield from read_parsed(data, key, kind)


def _json_lines(file: IO[bytes], key: str) -> Iterator[Document | Skipped]:
    read_lines: Callable[[IO[bytes], str], Iterator[Document | Skipped]] = import_module("index.readers.jsonl").read
    return read_lines(file, key)
