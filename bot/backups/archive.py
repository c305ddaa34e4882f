"""The archive: a ZIP file of what the data folder holds, with a manifest that tells the digest of each file."""

import contextlib
import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from bot.chats.schema import MIGRATIONS as CHATS_MIGRATIONS
from bot.data_folder import CHATS, COLLECTION
from index.schema import MIGRATIONS as COLLECTION_MIGRATIONS

MANIFEST = "manifest.json"
DATABASE = ".sqlite3"
"""What the name of a database ends with."""

_FORMAT = 1
_SCHEMAS = {CHATS: len(CHATS_MIGRATIONS), COLLECTION: len(COLLECTION_MIGRATIONS)}
"""The newest schema of each database that is known here."""
_CHUNK = 1 << 20

Progress = Callable[[int, int], None]
"""Called with how many bytes are done, and how many there are in all."""


class BackupError(Exception):
    """Something cannot be backed up or put back; nothing was changed."""


class DamagedDatabase(BackupError):
    """A database does not hold together.

    Attributes:
        name: Its name in the data folder.
        reason: What SQLite says.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class NotABackup(BackupError):
    """A file is no archive, or not a whole one.

    Attributes:
        path: The file.
        reason: What is wrong with it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NewerBackup(BackupError):
    """An archive was made by a newer version of the program.

    Attributes:
        path: The archive.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was made by a newer version")
        self.path = path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds.

    Attributes:
        made: When it was made, in UTC, as ISO 8601 writes it.
        files: The SHA-256 of each file, in hexadecimal digits, by its name in the data folder.
    """

    made: str
    files: Mapping[str, str]

    def written(self) -> str:
        """The manifest as it stands in the archive."""
        return json.dumps(
            {"format": _FORMAT, "made": self.made, "files": dict(self.files)}, ensure_ascii=False, indent=1
        )

    @classmethod
    def read(cls, archive: zipfile.ZipFile, path: Path) -> Self:
        """The manifest of an archive.

        Raises:
            NotABackup: There is none, or none that can be read.
            NewerBackup: It is in a newer form.
        """
        try:
            values = json.loads(archive.read(MANIFEST))
            number, made, files = int(values["format"]), str(values["made"]), dict(values["files"])
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise NotABackup(path, f"{MANIFEST}: {error}") from error
        if number > _FORMAT:
            raise NewerBackup(path)
        if bad := [name for name in files if not is_inside(name)]:
            raise NotABackup(path, f"{bad[0]!r} leads out of the data folder")
        return cls(made, files)


class Meter:
    """Counts bytes, and tells somebody."""

    def __init__(self, total: int, tell: Progress | None) -> None:
        """Begin with nothing of ``total`` bytes done."""
        self._total = total
        self._done = 0
        self._tell = tell

    def count(self, size: int) -> None:
        """So many bytes more are done; a file that grew meanwhile is not more than all."""
        self._done = min(self._done + size, self._total)
        if self._tell:
            self._tell(self._done, self._total)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to be read.

    Raises:
        NotABackup: It is none, or its end is missing, or what is read of it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotABackup(path, str(error)) from error


def copy(source: IO[bytes], target: IO[bytes] | None, meter: Meter) -> str:
    """Read a file to its end, and write it to another where there is one; gives its SHA-256."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        if target:
            target.write(chunk)
        meter.count(len(chunk))
    return digest.hexdigest()


def check_database(file: Path, name: str, of: Path) -> None:
    """See that a database that nobody works with holds together and can be used here.

    Args:
        file: The database.
        name: Its name in the data folder.
        of: The archive that it belongs to.

    Raises:
        DamagedDatabase: It does not hold together.
        NewerBackup: It has a newer schema than is known here.
    """
    try:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            ((verdict,), *_) = connection.execute("PRAGMA integrity_check(1)").fetchall()
            ((schema,),) = connection.execute("PRAGMA user_version").fetchall()
    except sqlite3.DatabaseError as error:
        raise DamagedDatabase(name, str(error)) from error
    if verdict != "ok":
        raise DamagedDatabase(name, " ".join(str(verdict).split()))
    if schema > _SCHEMAS.get(name, schema):
        raise NewerBackup(of)


def is_inside(name: str) -> bool:
    """Whether a name stays in the folder that it is put in."""
    path = Path(name)
    return bool(path.parts) and not path.is_absolute() and not path.drive and ".." not in path.parts
