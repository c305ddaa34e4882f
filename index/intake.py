"""From files to what is to be indexed: which of them are new, changed or gone, and the documents in them."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.documents import Changes, Document, Skipped
from index.readers import SUFFIXES, Reason, Unreadable, stream
from index.store import Known, Origin, is_outside

READING = "1"
"""Version of what the readers make of a file: raise it when they change, and files are read anew."""

_PASSING = frozenset({Reason.UNREADABLE, "duplicate", "removed"})
"""Reasons that may be gone though the file is the same: what was skipped for them is looked at every time."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to be indexed, and what is remembered of where it came from.

    Attributes:
        document: The document.
        digest: Hash of its content.
        origin: The key of the file or address that it came from; empty if it came by itself.
        completes: What is to be noted of the origin once the document is written, if it is the last one from there.
        share: What of all that is to be done is done with it: bytes of its file, or one document.
    """

    document: Document
    digest: str
    origin: str = ""
    completes: Origin | None = None
    share: int = 1

    @classmethod
    def of(cls, document: Document, origin: str = "") -> "Incoming":
        """With the digest taken from the document's content."""
        content = "\0".join(
            [document.title, document.text, document.url or "", str(document.date), document.summary or ""]
        )
        return cls(document, hashlib.blake2b(content.encode(), digest_size=16).hexdigest(), origin)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold documents: its key, where it is, its size in bytes, and what tells when it changes."""

    key: str
    path: Path
    size: int
    stamp: str


def scan(paths: Sequence[Path]) -> tuple[list[Found], list[Skipped]]:
    """The files below some folders (or the files themselves) that can be read, in order of key, and those that cannot.

    A key is the path below its folder; with more than one path given, the folder's name stands before it. Hidden files
    are passed over.
    """
    found: dict[str, Found] = {}
    skipped: list[Skipped] = []
    for root in paths:
        prefix = f"{root.name}/" if len(paths) > 1 and root.is_dir() else ""
        for path, below in _files(root):
            key = prefix + below
            if path.suffix.lower() not in SUFFIXES:
                skipped.append(Skipped(key, "format", path.suffix))
                continue
            try:
                status = path.stat()
            except OSError as error:
                skipped.append(Skipped(key, "unreadable", error.strerror or ""))
                continue
            found[key] = Found(key, path, status.st_size, f"{READING}:{status.st_size}:{status.st_mtime_ns}")
    return sorted(found.values(), key=lambda one: one.key), skipped


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    if not root.is_dir():
        yield root, root.name
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                yield path, path.relative_to(root).as_posix()


class Intake:
    """What is to be done so that a collection holds the files that were found, and what came of it.

    Documents that did not come from files are left alone.

    Attributes:
        to_read: New files, those that seem to have changed, and those whose trouble may be over.
        vanished: Keys of files that are known and were not found.
        unchanged_files: Files that were read and hold nothing new, to be noted.
        given_up: Keys of documents that are known and no longer in their files.
    """

    def __init__(self, found: Sequence[Found], known: Known, skipped: Iterable[Skipped]) -> None:
        self._known = known
        self.to_read = [one for one in found if not _is_as_noted(one, known.origins.get(one.key))]
        self.vanished = sorted({key for key in known.origins if not is_outside(key)} - {one.key for one in found})
        self.unchanged_files: list[Origin] = []
        self.given_up: list[str] = []
        self._skipped = list(skipped)
        self._added: list[str] = []
        self._updated: list[str] = []
        aside = {one.key for one in self.to_read}.union(self.vanished)
        self._of_origin: dict[str, set[str]] = {}
        for key, document in known.documents.items():
            self._of_origin.setdefault(document.origin, set()).add(key)
        staying = {key: one for key, one in known.documents.items() if one.origin not in aside}
        self._digests = {one.digest: key for key, one in staying.items()}
        self._unchanged = sum(1 for one in staying.values() if one.origin and not is_outside(one.origin))
        for key, origin in known.origins.items():
            if key not in aside and not is_outside(key):
                self._skipped += origin.skipped

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(one.size for one in self.to_read)

    @property
    def vanished_documents(self) -> list[str]:
        """Keys of the documents that were in files that are gone."""
        return sorted(key for file in self.vanished for key in self._of_origin.get(file, ()))

    def read(self) -> Iterator[Incoming | int]:
        """The documents to be indexed, file by file; bytes where those of a file hold nothing new. Together, :attr:`size`."""
        for one in self.to_read:
            yield from self._read_file(one)

    def _read_file(self, found: Found) -> Iterator[Incoming | int]:
        left = found.size
        gone = dict.fromkeys(sorted(self._of_origin.get(found.key, ())))
        skipped: list[Skipped] = []
        last: Incoming | None = None
        try:
            for part in stream(found.path, found.key):
                taken = self._taken(part, found.key) if isinstance(part, Document) else part
                if isinstance(taken, Skipped):
                    skipped.append(taken)
                    continue
                gone.pop(part.key, None)
                if taken and last:
                    share = min(left, len(last.document.text.encode()))
                    left -= share
                    yield replace(last, share=share)
                last = taken or last
        except Unreadable as error:
            skipped.append(Skipped(found.key, error.reason, error.detail))
            if error.reason == Reason.UNREADABLE:
                gone.clear()
        self._skipped += skipped
        self.given_up += gone
        origin = Origin(found.key, found.stamp, tuple(skipped))
        if last:
            yield replace(last, completes=origin, share=left)
        else:
            self.unchanged_files.append(origin)
            yield left

    def _taken(self, document: Document, file: str) -> Incoming | Skipped | None:
        """A document if it is to be indexed, why it is not taken in, or ``None`` where it is known as it is."""
        key, incoming = document.key, Incoming.of(document, file)
        if self._known.removed.get(key) == incoming.digest:
            return Skipped(key, "removed")
        twin = self._digests.setdefault(incoming.digest, key)
        if twin != key:
            return Skipped(key, "duplicate", twin)
        known = self._known.documents.get(key)
        if known and known.digest == incoming.digest:
            self._unchanged += 1
            return None
        (self._updated if known else self._added).append(key)
        return incoming

    def changes(self) -> Changes:
        """What was changed."""
        return Changes(
            added=tuple(self._added),
            updated=tuple(self._updated),
            removed=tuple(sorted({*self.vanished_documents, *self.given_up})),
            unchanged=self._unchanged,
            skipped=tuple(self._skipped),
        )


def _is_as_noted(found: Found, noted: Origin | None) -> bool:
    return noted is not None and noted.stamp == found.stamp and not any(one.reason in _PASSING for one in noted.skipped)
