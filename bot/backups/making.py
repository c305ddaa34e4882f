"""Makes an archive of a data folder, also while a bot works in it."""

import contextlib
import datetime as dt
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bot.backups.archive import (
    DATABASE,
    MANIFEST,
    BackupError,
    DamagedDatabase,
    Manifest,
    Meter,
    NotABackup,
    Progress,
    check_database,
    copy,
    opened,
)
from bot.backups.restoring import is_put_aside
from bot.data_folder import COLLECTION
from bot.heartbeat import HEARTBEAT

_PAGES = 1000
"""Pages of a database that are copied between two looks at the clock."""
_PATIENCE = 30.0
"""Seconds to wait for a database that somebody holds."""
_NOT_KEPT = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", ".lock", HEARTBEAT)
"""What names end with that mean nothing elsewhere: what is beside a database is in its copy."""
_ENGINE = "engine"
"""What the names of folders begin with that the engine keeps beside the collection: it is built again."""


class NothingThere(BackupError):
    """There is nothing to back up.

    Attributes:
        folder: The data folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(f"nothing in {folder}")
        self.folder = folder


class InsideData(BackupError):
    """The archive is to be put into the data folder, where it would go into the next one and be lost with the rest.

    Attributes:
        folder: The data folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(f"inside {folder}")
        self.folder = folder


def back_up(data: Path, to: Path, progress: Progress | None = None) -> Manifest:
    """Put all that a data folder holds into one archive, which is there only once it was read again and found whole.

    Databases come first, each as it is at one moment, then the other files: a document that is added meanwhile is in
    the archive without being in the collection, and is read at the next start.

    Args:
        data: The data folder; a bot may be working in it.
        to: The archive, for its owner's eyes alone; one that is there is replaced.
        progress: Told how far it is.

    Raises:
        NothingThere: The folder is missing or empty.
        InsideData: The archive is to be put into that folder.
        DamagedDatabase: A database does not hold together.
        NotABackup: What was written cannot be read again.
        OSError: The disk is full, or something cannot be read or written.
    """
    names = sorted(_names(data), key=lambda name: (not name.endswith(DATABASE), name))
    if not names:
        raise NothingThere(data)
    if data.resolve() in to.resolve().parents:
        raise InsideData(data)
    # A file is read once, and once more from the archive; a database is copied before that.
    meter = Meter(sum(_size(data / name) * (3 if name.endswith(DATABASE) else 2) for name in names), progress)
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as made:
        archive = Path(made, "archive")
        manifest = _write(archive, data, names, Path(made, "database"), meter)
        _read_again(archive, manifest, meter)
        archive.replace(to)
    _sync(to.parent)
    return manifest


def _names(data: Path) -> Iterator[str]:
    """The names of all files that are worth keeping."""
    for folder, folders, files in os.walk(data):
        here = Path(folder).relative_to(data)
        folders[:] = [name for name in folders if not _is_left_out(here / name)]
        for name in files:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink() and not name.endswith(_NOT_KEPT):
                yield (here / name).as_posix()


def _is_left_out(folder: Path) -> bool:
    engine = folder.name.startswith(_ENGINE) and folder.parent == Path(COLLECTION).parent
    return engine or is_put_aside(folder)


def _size(path: Path) -> int:
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def _write(path: Path, data: Path, names: list[str], database: Path, meter: Meter) -> Manifest:
    digests: dict[str, str] = {}
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            for name in names:
                source = data / name
                if name.endswith(DATABASE):
                    _copy_database(source, database, name, meter)
                    check_database(database, name, path)
                    source = database
                with contextlib.suppress(FileNotFoundError):  # It was removed meanwhile.
                    digests[name] = _put(source, name, archive, meter)
            manifest = Manifest(dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), digests)
            archive.writestr(MANIFEST, manifest.written())
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _put(source: Path, name: str, archive: zipfile.ZipFile, meter: Meter) -> str:
    with source.open("rb") as file:
        entry = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as target:
            return copy(file, target, meter)


def _copy_database(source: Path, target: Path, name: str, meter: Meter) -> None:
    """Copy a database as it is at one moment: what is read first is held, so that writers meanwhile change nothing."""
    target.unlink(missing_ok=True)
    before = 0

    def told(_: int, remaining: int, total: int) -> None:
        nonlocal before
        copied = (total - remaining) * size
        meter.count(copied - before)
        before = copied

    try:
        with (
            contextlib.closing(sqlite3.connect(source, timeout=_PATIENCE, isolation_level=None)) as original,
            contextlib.closing(sqlite3.connect(target)) as duplicate,
        ):
            original.execute("BEGIN")
            ((size,),) = original.execute("PRAGMA page_size").fetchall()
            original.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            original.backup(duplicate, pages=_PAGES, progress=told)
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(source)) from error
    except sqlite3.DatabaseError as error:
        raise DamagedDatabase(name, str(error)) from error


def _read_again(path: Path, manifest: Manifest, meter: Meter) -> None:
    with opened(path) as archive:
        for name, digest in manifest.files.items():
            with archive.open(name) as file:
                if copy(file, None, meter) != digest:
                    raise NotABackup(path, name)


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk; where a folder cannot be opened (Windows), the system sees to it."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
