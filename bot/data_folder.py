"""The data folder: worked in by one bot at a time, and for its owner's eyes alone."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

CHATS = "chats.sqlite3"
"""The database of what is kept of chats and people."""
COLLECTION = "collection/collection.sqlite3"
"""The database of the documents."""
BOT_LOCK = "bot.lock"
"""The file by which a bot holds the folder; it stays, also where nobody holds it."""

_PUT_ASIDE = ("before-restore-", "damaged-")
"""What the names of folders begin with in which something is kept that nothing uses any more."""


class InUse(Exception):
    """Another bot works in the folder.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another bot works in {folder}")
        self.folder = folder


def put_aside(path: Path, why: str) -> Path:
    """Keep something of a data folder in it where nothing uses it; gives where that is.

    Args:
        path: What is in the data folder itself.
        why: What the folder's name begins with: one of ``before-restore-`` and ``damaged-``.
    """
    aside = new_aside(path.parent, why)
    aside.mkdir(mode=0o700)
    path.rename(aside / path.name)
    return aside


def new_aside(folder: Path, why: str) -> Path:
    """What a folder for such things may be called; it is not made."""
    return folder / f"{why}{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}Z"


def is_aside(name: str) -> bool:
    """Whether something in a data folder is such a folder, by its name."""
    return name.startswith(_PUT_ASIDE)


def make_private(folder: Path) -> None:
    """Make a data folder where there is none, and let nobody else look into it, nor into the databases there.

    Where the system does not let that be changed, as on some mounted disks, it stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        for database in folder.glob("*.sqlite3*"):
            database.chmod(0o600)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a data folder, which must exist, for one bot.

    Raises:
        InUse: Another one holds it.
    """
    lock = FileLock(folder / BOT_LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise InUse(folder) from error
    try:
        yield
    finally:
        lock.release()
