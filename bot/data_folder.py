"""The data folder: worked in by one bot at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

CHATS = "chats.sqlite3"
"""The database of what is kept of chats and people."""
BOT_LOCK = "bot.lock"
"""The file by which a bot holds the folder; it stays, also where nobody holds it."""


class InUse(Exception):
    """Another bot works in the folder.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another bot works in {folder}")
        self.folder = folder


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
