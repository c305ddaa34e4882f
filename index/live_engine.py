"""The engine, kept in step with the store; and the finder of the newest moment.

The store is written first, then the engine, and last a stamp that tells which state of the store it holds. Read the
other way round (the stamp, the engine, the store), the three are of one moment exactly where the store is still what the
stamp says: by then nothing can have been written to the engine that the store did not hold before.
"""

import errno
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from index.documents import Progress
from index.engine import Engine, EngineWriter
from index.finding import Finder
from index.moments import Identity, Moment
from index.scoring import Section, section_of
from index.store import document_of

_UNFINISHED = -1
"""Stands for a state of the store while the engine is brought to it."""

_LIST_OF_FILES = "meta.json"
"""What tantivy calls the list of its files: the only one that changes."""

_REMOVALS = "del"
"""What the name of a file ends with that lists the removed units of a segment."""

_READ_TOGETHER = 100
"""Documents that are read from the store at once when the engine is built."""

_COMMITTED_TOGETHER = 5_000
"""Documents after which what was built lasts, though all of it be interrupted."""


_NOT_THE_FILES = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM),
    }
)
"""What the system says where it is not for the files' sake that they cannot be written."""

_SYSTEMS_WORD = re.compile(r"(?:os error|code:) (\d+)")
"""How tantivy passes on in words what the system said."""

_WRITER_KILLED = "writer was killed"
"""What tantivy says where it could not write a new file, and not why."""

_LEAST_ROOM = 1 << 20
"""Bytes that must be had to build the files anew; as many as there are now, where that is more."""


class NotWritten(OSError):
    """The system does not let the engine's files be written: what they hold is as it was, and can be brought in step later."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What the engine holds.

    Attributes:
        store: The store that it comes from.
        generation: Which state of the store it is, or ``_UNFINISHED``.
        files: The sizes of its files in bytes, by their paths.
    """

    store: str
    generation: int
    files: Mapping[str, int]

    @classmethod
    def read(cls, path: Path) -> Self:
        """From its file.

        Raises:
            OSError: there is none.
            ValueError: it is torn, or of another version.
        """
        content = json.loads(path.read_text(encoding="utf-8"))
        try:
            return cls(content["store"], content["generation"], content["files"])
        except (KeyError, TypeError) as error:
            raise ValueError("not a stamp") from error

    def write(self, path: Path) -> None:
        """Put it in its file, unless it is there: who looks at the file opens all again where it is another one."""
        content = json.dumps(asdict(self))
        if path.exists() and path.read_text(encoding="utf-8", errors="replace") == content:
            return
        fresh = path.with_suffix(".new")
        fresh.write_text(content, encoding="utf-8")
        fresh.replace(path)

    @property
    def identity(self) -> Identity:
        return Identity(self.store, self.generation)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What tantivy lists of one of the parts that it writes an index in.

    Attributes:
        name: What the names of its files begin with.
        units: How many units it was written with.
        removed: How many of them were removed since.
        removals: What the file that lists those is told from older ones by, or ``None``.
    """

    name: str
    units: int
    removed: int
    removals: int | None

    @classmethod
    def read(cls, listed: Mapping[str, Any]) -> Self:
        """From the list.

        Raises:
            KeyError, TypeError, AttributeError: it is of another kind.
        """
        removals = listed["deletes"] or {"num_deleted_docs": 0, "opstamp": None}
        name = listed["segment_id"].replace("-", "")
        return cls(name, listed["max_doc"], removals["num_deleted_docs"], removals["opstamp"])


@dataclass(frozen=True, slots=True)
class _Merging:
    """Files that tantivy may still be merging.

    Attributes:
        under_way: Waits for it when it is closed.
        held: The moment of the store that they hold; the store itself may have gone on.
    """

    under_way: ExitStack
    held: Identity


class LiveEngine:
    """The engine of one collection, in a folder beside its store.

    One thread refreshes and finds, another may write meanwhile; only one process writes at a time.
    """

    def __init__(self, folder: Path, store: Path) -> None:
        """Name the files; nothing is opened before :meth:`refresh`.

        Args:
            folder: Holds the engine's files.
            store: The store's file.
        """
        self._stamp = folder / "stamp"
        self._folder = folder / "passages"
        self._store = store
        self._seen: tuple[int, int] | None = None
        self._finder: Finder | None = None
        self._cache: dict[int, Section] = {}
        self._merging: _Merging | None = None
        self._folder.mkdir(parents=True, exist_ok=True)

    # --- Reading -----------------------------------------------------------------------------------------------------

    def newest(self) -> Finder:
        """Finds in the newest moment; it may be closed when this is asked for next, or at the next :meth:`refresh`."""
        if not self.refresh() or self._finder is None:
            raise RuntimeError("no moment was seen yet")
        return self._finder

    def refresh(self) -> bool:
        """See what this or another process has written; costs next to nothing where nothing was.

        While one is between two steps of writing, what was seen before stays.

        Returns:
            Whether there is anything to find in: not if the engine is missing, torn or behind the store.
        """
        try:
            status = self._stamp.stat()
        except OSError:
            return self._finder is not None
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen and (newest := self._opened()):
            self.close()
            self._finder, self._seen = newest, seen
            newest.let_go_of_log()
        return self._finder is not None

    def refresh_idly(self) -> None:
        """The same now and then while nothing is asked, so that no old moment is held for long, nor SQLite's log grows."""
        self.refresh()
        if self._finder:
            self._finder.let_go_of_log()

    def _opened(self) -> Finder | None:
        """The finder of what is there now, or ``None`` where the engine holds another moment than the store does."""
        try:
            stamp = _Stamp.read(self._stamp)
            if self._finder is None and self._files() != stamp.files:
                return None
            postings = Engine(self._folder).postings()
        except (OSError, ValueError):
            return None
        moment = Moment(self._store)
        if moment.identity != stamp.identity:
            moment.close()
            return None
        return Finder(moment, postings, self._cache)

    def _files(self) -> dict[str, int]:
        """The sizes of the engine's files in use, in bytes: once written, none but the list of them ever changes.

        Raises:
            OSError, ValueError: the list cannot be read.
        """
        return {f"{path.parent.name}/{path.name}": path.stat().st_size for path in self._in_use()}

    def _in_use(self) -> Iterator[Path]:
        """The files and their list, if there is one: tantivy removes those that it has merged when it finds the time."""
        listed = self._folder / _LIST_OF_FILES
        if not listed.exists():
            return
        yield listed
        last = {segment.name: segment.removals for segment in self._segments()}
        for path in self._folder.iterdir():
            segment, _, rest = path.name.partition(".")
            is_old = rest.endswith(_REMOVALS) and rest != f"{last.get(segment)}.{_REMOVALS}"
            if segment in last and not is_old:
                yield path

    def _segments(self) -> list["_Segment"]:
        """What tantivy lists.

        Raises:
            OSError, ValueError: the list cannot be read.
        """
        content = json.loads((self._folder / _LIST_OF_FILES).read_text(encoding="utf-8"))
        try:
            return [_Segment.read(one) for one in content["segments"]]
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a list of files") from error

    def _is_mostly_removed(self) -> bool:
        """Whether more units were removed and still take room than there are."""
        segments = self._segments()
        return 2 * sum(one.removed for one in segments) > sum(one.units for one in segments)

    def close(self) -> None:
        """Let go of the moment that is held."""
        if self._finder:
            self._finder.close()
            self._finder, self._seen = None, None

    # --- Writing -----------------------------------------------------------------------------------------------------

    def is_current(self) -> bool:
        """Whether the engine holds what the store holds; only for who may write, since nobody else does then."""
        try:
            stamp = _Stamp.read(self._stamp)
            files = self._files()
        except (OSError, ValueError):
            return False
        with closing(Moment(self._store)) as moment:
            return stamp.identity == moment.identity and stamp.files == files

    def follow(self, gone: Sequence[int], came: Iterable[Section]) -> bool:
        """Take in what was written to the store: documents that are gone, and sections that came.

        It can be found then, but tantivy may be merging files, in a large collection for seconds: :meth:`settle`.

        Returns:
            Whether it holds what the store holds; if not (it was torn, or most of what it held is gone),
            :meth:`catch_up`.

        Raises:
            NotWritten: it cannot be written now.
        """
        if not self.settle():
            return False
        try:
            with ExitStack() as stack:
                writer = stack.enter_context(Engine(self._folder).writer())
                _write(writer, gone, came)
                writer.commit()
                with closing(Moment(self._store)) as moment:
                    held = moment.identity
                found = self._mark_at_once(held)
                self._merging = _Merging(stack.pop_all(), held)
        except (OSError, ValueError) as error:
            self._see_to_the_disk(error)
            self._discard()  # torn since it was opened
            return False
        return found or self.settle()

    @property
    def is_settled(self) -> bool:
        """Whether no files are being merged."""
        return self._merging is None

    def settle(self) -> bool:
        """Wait until no files are being merged.

        Returns:
            Whether it holds what the store holds; if not, :meth:`catch_up`.

        Raises:
            NotWritten: it cannot be written now.
        """
        if self._merging is None:
            return True
        merging, self._merging = self._merging, None
        try:
            merging.under_way.close()
            if self._is_mostly_removed():
                self._discard()
            if there := self._stamp.exists():
                self._mark(merging.held)
        except (OSError, ValueError) as error:
            self._see_to_the_disk(error)
            self._discard()
            return False
        return there

    def catch_up(self, progress: Progress | None = None) -> None:
        """Make the engine hold what the store holds: by what differs, or all of it where it is missing or torn.

        What is done lasts, so that after an interrupt the next time goes on from there.

        Raises:
            NotWritten: it cannot be written now.
            OSError, ValueError: nor can it be built anew.
        """
        try:
            self.settle()
            self._bring_in_step(progress)
        except (OSError, ValueError) as error:
            self._see_to_the_disk(error)
            self._discard()  # torn, though all of them have the size that they should have
            self._bring_in_step(progress)

    def _bring_in_step(self, progress: Progress | None) -> None:
        with closing(Moment(self._store)) as moment:
            stored = moment.documents()
            held = self._held(moment.identity)
            if held is None:
                self._discard()
                held = set()
            missing = [document for document in stored if document not in held]
            self._mark(Identity(moment.identity.store, _UNFINISHED))
            self._remove_what_is_not_used()
            with Engine(self._folder).writer() as writer:
                _write(writer, held - set(stored), [])
                writer.commit()
            for first in range(0, len(missing), _COMMITTED_TOGETHER):
                with Engine(self._folder).writer() as writer:
                    for place in range(first, min(first + _COMMITTED_TOGETHER, len(missing)), _READ_TOGETHER):
                        _write(writer, [], moment.sections_of(missing[place : place + _READ_TOGETHER]))
                        if progress:
                            done = len(stored) - len(missing) + min(place + _READ_TOGETHER, len(missing))
                            progress(done, len(stored))
                    writer.commit()
            self._mark(moment.identity)

    def _remove_what_is_not_used(self) -> None:
        """Remove what earlier versions kept beside the engine's files."""
        for path in self._stamp.parent.iterdir():
            if path.is_dir() and path != self._folder:
                Engine.discard(path)

    def _held(self, identity: Identity) -> set[int] | None:
        """The documents that the engine holds; ``None`` where it is missing, torn or of another store."""
        try:
            stamp, files = _Stamp.read(self._stamp), self._files()
            kept = stamp.files.keys() & files.keys()
            torn = any(files[path] != stamp.files[path] for path in kept if not path.endswith(_LIST_OF_FILES))
            lost = stamp.identity == identity and _lacks_some(files.keys(), stamp.files.keys() - files.keys())
            if stamp.store != identity.store or torn or lost:
                return None
            return {document_of(section_of(unit)) for unit in Engine(self._folder).postings().units()}
        except (OSError, ValueError):
            return None

    def _see_to_the_disk(self, error: OSError | ValueError) -> None:
        """See whether it is the system that does not let files be written, which is no reason to give up those there are.

        Raises:
            NotWritten: It is.
        """
        refusal = _refusal_in(error) or self._refusal_of_room()
        if refusal or _WRITER_KILLED in str(error):
            refusal = refusal or errno.EIO
            raise NotWritten(refusal, os.strerror(refusal)) from error

    def _refusal_of_room(self) -> int | None:
        """What the system says where there is no room for as much as the engine holds; ``None`` where there is."""
        folder = self._stamp.parent
        try:
            room = max(_LEAST_ROOM, sum(path.stat().st_size for path in folder.rglob("*")))
            if not hasattr(os, "posix_fallocate"):  # as on Windows and macOS
                return errno.ENOSPC if shutil.disk_usage(folder).free < room else None
            with tempfile.TemporaryFile(dir=folder) as file:
                os.posix_fallocate(file.fileno(), 0, room)
        except OSError as error:
            return _refusal_in(error)
        return None

    def _discard(self) -> None:
        self._stamp.unlink(missing_ok=True)
        Engine.discard(self._folder)

    def _mark_at_once(self, held: Identity) -> bool:
        """Have what was committed be found before files are merged, if that can be."""
        if not self._stamp.exists():  # what was there before may be missing
            return False
        try:
            self._mark(held)
        except FileNotFoundError:  # merged just now
            return False
        return True

    def _mark(self, identity: Identity) -> None:
        """Note what the engine holds."""
        self._folder.mkdir(exist_ok=True)
        _Stamp(identity.store, identity.generation, self._files()).write(self._stamp)


def _refusal_in(error: OSError | ValueError) -> int | None:
    """The number of what the system said, if it was not for the files' sake."""
    found = _SYSTEMS_WORD.search(str(error))
    number = error.errno if isinstance(error, OSError) else int(found[1]) if found else None
    return number if number in _NOT_THE_FILES else None


def _lacks_some(there: Iterable[str], missing: Iterable[str]) -> bool:
    """Whether a segment lacks some of its files; one that all are missing of was merged into another."""
    segments = {path.partition(".")[0] for path in there}
    return any(path.partition(".")[0] in segments for path in missing if not path.endswith(_REMOVALS))


def _write(writer: EngineWriter, gone: Iterable[int], came: Iterable[Section]) -> None:
    """Remove documents, and add sections."""
    for document in gone:
        writer.remove(document)
    for section in came:
        for place, unit in enumerate(section.units):
            writer.add(section.unit_number(place), section.document, unit.terms)
