"""From a file to its documents: one module a format, and what they share."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from index.documents import Document, Skipped
from index.readers.contents import Contents, file_of
from index.readers.encodings import decode
from index.readers.errors import Reason, Unreadable
from index.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SUFFIXES", "Contents", "Reason", "Unreadable", "file_of", "read", "read_bytes", "stream"]

_READERS = {".txt": "text", ".md": "markdown", ".markdown": "markdown"}
"""The module for each format, imported when it is first needed: most starts find nothing to read."""

SUFFIXES = frozenset(_READERS)
"""The endings, in lower case, of the files that can be read."""

LARGEST = 32_000_000
"""Bytes that a file may have."""


def stream(path: Path, key: str) -> Iterator[Document | Skipped]:
    """The documents in a file, one after the other, and the parts of it that cannot be read.

    Only this reads files of many documents that are larger than memory.

    Raises:
        Unreadable: It holds no document that can be read, or the system stopped giving it.
    """
    try:
        if not path.is_file():
            raise Unreadable(Reason.UNREADABLE, "not a file" if path.exists() else "no such file")
        if (size := path.stat().st_size) > LARGEST:
            raise Unreadable(Reason.TOO_LARGE, f"{size:,} bytes, {LARGEST:,} at most")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(Reason.UNREADABLE, error.strerror or "") from error
    yield from _parts(data, key)


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
    return Contents.of(_parts(data, key))


def _parts(data: bytes, key: str) -> Iterator[Document | Skipped]:
    suffix = Path(key).suffix.lower()
    if suffix not in _READERS:
        raise Unreadable(Reason.FORMAT, suffix)
    if len(data) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, f"{len(data):,} bytes, {LARGEST:,} at most")
    read_text: Callable[[str, str], Document] = import_module(f"index.readers.{_READERS[suffix]}").read
    yield read_text(clean(decode(data)), key)
