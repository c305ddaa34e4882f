"""Puts an archive back into a data folder, which is changed only once the archive was found whole.

A stop at any instant loses nothing: until all is checked the folder is as it was, and from then on the next start of a
bot, or of a restoring, goes on where this one was stopped (:func:`finish`).
"""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from bot.backups.archive import (
    DATABASE,
    BackupError,
    Manifest,
    Meter,
    NotABackup,
    Progress,
    check_database,
    copy,
    opened,
)
from bot.data_folder import BOT_LOCK, COLLECTION, held, is_aside, new_aside

_COMING = "restoring.unchecked"
_CHECKED = "restoring.checked"
_MOVING_IN = "restoring.cleared"
"""The folders that an archive is unpacked into: until it is checked, until the place is clear, until it is in place."""
_ASIDE = "before-restore-"
"""What the name of the folder begins with in which what was there is kept."""
_WRITERS_LOCK = (Path(COLLECTION).parent / "write.lock").as_posix()


class DataThere(BackupError):
    """There is data already.

    Attributes:
        folder: The data folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty")
        self.folder = folder


class CollectionInUse(BackupError):
    """Another process is writing to the collection."""


def restore(path: Path, data: Path, *, replace: bool, progress: Progress | None = None) -> tuple[Manifest, Path | None]:
    """Put what an archive holds into a data folder.

    Args:
        path: The archive.
        data: The data folder, made where it is missing.
        replace: Whether what is there may be put aside.
        progress: Told how far it is.

    Returns:
        What was put back, and where that is now which was there before, if anything was.

    Raises:
        InUse: A bot works in the folder.
        CollectionInUse: Another process is indexing there.
        DataThere: There is data, and it may not be put aside.
        NotABackup: The file is no archive, or is damaged.
        DamagedDatabase: A database in it does not hold together.
        NewerBackup: It was made by a newer version.
        OSError: The disk is full, or something cannot be read or written.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(data):
        finish(data)
        if not replace and any(_there(data)):
            raise DataThere(data)
        with _nobody_indexing(data):
            manifest = _unpack(path, data / _COMING, progress)
        (data / _COMING).rename(data / _CHECKED)
        return manifest, finish(data)


def finish(data: Path) -> Path | None:
    """Go on with a restoring that was stopped when its archive had been checked, if there is one.

    Args:
        data: The data folder; this process must hold it.

    Returns:
        Where that is now which was there before, if anything was.
    """
    if (data / _COMING).exists():
        shutil.rmtree(data / _COMING)
    aside = new_aside(data, _ASIDE)
    if (data / _CHECKED).exists():
        for there in list(_there(data)):
            _put_aside(there, aside)
        (data / _CHECKED).rename(data / _MOVING_IN)
    if (data / _MOVING_IN).exists():
        for come in list((data / _MOVING_IN).iterdir()):
            there = data / come.name
            if there.exists():  # Something was at work here since this was stopped.
                _put_aside(there, aside)
            come.rename(there)
        (data / _MOVING_IN).rmdir()
    return aside if aside.exists() else None


def _put_aside(there: Path, aside: Path) -> None:
    aside.mkdir(mode=0o700, exist_ok=True)
    there.rename(aside / there.name)


def is_put_aside(folder: Path) -> bool:
    """Whether a folder, named from the data folder on, holds what a restoring put aside or has not put in place."""
    return is_aside(folder.parts[0]) or folder.parts[0] in {_COMING, _CHECKED, _MOVING_IN}


def _there(data: Path) -> Iterator[Path]:
    """What there is in a data folder, but for the lock that is held and what no bot uses."""
    return (each for each in data.iterdir() if each.name != BOT_LOCK and not is_put_aside(Path(each.name)))


@contextmanager
def _nobody_indexing(data: Path) -> Iterator[None]:
    """Keep command lines from indexing; one that begins in the moment after works in what is put aside."""
    lock = FileLock(data / _WRITERS_LOCK, timeout=0)
    if not Path(lock.lock_file).exists():
        yield
        return
    try:
        lock.acquire()
    except Timeout as error:
        raise CollectionInUse(lock.lock_file) from error
    try:
        yield
    finally:
        lock.release()


def _unpack(path: Path, into: Path, progress: Progress | None) -> Manifest:
    with opened(path) as archive:
        manifest = Manifest.read(archive, path)
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        if missing := manifest.files.keys() - sizes:
            raise NotABackup(path, min(missing))
        meter = Meter(sum(sizes[name] for name in manifest.files), progress)
        into.mkdir(mode=0o700)
        try:
            for name, digest in manifest.files.items():
                if _unpack_one(archive, name, into / name, meter) != digest:
                    raise NotABackup(path, name)  # noqa: TRY301  # What was unpacked goes too.
                if name.endswith(DATABASE):
                    check_database(into / name, name, path)
        except BaseException:
            shutil.rmtree(into, ignore_errors=True)
            raise
    return manifest


def _unpack_one(archive: zipfile.ZipFile, name: str, target: Path, meter: Meter) -> str:
    """Unpack a file to where it is on the disk when this returns; gives its SHA-256."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with archive.open(name) as source, _new(target) as file:
        digest = copy(source, file, meter)
        file.flush()
        os.fsync(file.fileno())
    return digest


def _new(path: Path) -> IO[bytes]:
    """A file that was not there, for its owner's eyes alone."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb")
