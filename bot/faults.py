"""What a failing database or disk means: whether it may pass by itself, and what the owner is told of it."""

import contextlib
import errno
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from bot.texts import Texts
from index.sqlite import NewerSchema

_LOGGER = logging.getLogger(__name__)


class Fault(Enum):
    """Why SQLite, or the disk, cannot do what it is asked to."""

    FULL = auto()
    READ_ONLY = auto()
    HELD = auto()
    FAILING = auto()
    DAMAGED = auto()
    NEWER = auto()
    OTHER = auto()

    @property
    def may_pass(self) -> bool:
        """Whether the same may succeed later: there is room again, or the folder can be written to, or is let go of."""
        return self in {Fault.FULL, Fault.READ_ONLY, Fault.HELD, Fault.FAILING}


_FAULTS = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_BUSY: Fault.HELD,
    sqlite3.SQLITE_LOCKED: Fault.HELD,
    sqlite3.SQLITE_IOERR: Fault.FAILING,
    sqlite3.SQLITE_IOERR_SHMSIZE: Fault.FULL,  # There was no room for the index of the log.
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
}
_FAULTS_OF_DISK = {
    **dict.fromkeys([errno.ENOSPC, errno.EDQUOT, errno.EFBIG], Fault.FULL),
    **dict.fromkeys([errno.EROFS, errno.EACCES, errno.EPERM], Fault.READ_ONLY),
    **dict.fromkeys([errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM], Fault.FAILING),
}
_PATIENCE = 30.0
"""Seconds to wait for a database that somebody holds."""
_PRIMARY = 0xFF
"""The bits of an error's code that name its kind; the others say more of it."""


class DamagedFile(sqlite3.DatabaseError):
    """A database was looked through and does not hold together."""


def look_through(path: Path) -> None:
    """See whether a database holds together; it is read whole. One that is not there does.

    Raises:
        DamagedFile: It does not.
        sqlite3.Error: It cannot be read.
    """
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
        ((verdict,), *_) = connection.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != "ok":
        raise DamagedFile(" ".join(str(verdict).split()))


def fault_of(error: BaseException) -> Fault | None:
    """What is wrong with the database or disk that an error comes from; ``None`` where it comes from none."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, sqlite3.Error | OSError):
        cause = cause.__cause__
    match cause:
        case None:
            return None
        case OSError():
            return _FAULTS_OF_DISK.get(cause.errno or 0)
        case NewerSchema():
            return Fault.NEWER
        case DamagedFile():
            return Fault.DAMAGED
        case _:
            code = getattr(cause, "sqlite_errorcode", 0)
            return _FAULTS.get(code) or _FAULTS.get(code & _PRIMARY, Fault.OTHER)


def said_of_fault(error: BaseException, damaged: str, texts: Texts) -> str | None:
    """What the owner is told about an error that comes from a database or disk, on one line; ``None`` where it comes from none.

    Args:
        error: The error.
        damaged: What is said where the database is damaged.
        texts: The language to say it in.
    """
    fault = fault_of(error)
    if fault is None:
        return None
    said = {
        Fault.FULL: texts.disk_full,
        Fault.READ_ONLY: texts.cannot_write,
        Fault.HELD: texts.database_held,
        Fault.NEWER: texts.newer_data,
    }
    return damaged if fault is Fault.DAMAGED else said.get(fault, texts.disk_failing)(" ".join(str(error).split()))


def passes(error: BaseException) -> bool:
    """Whether what a database or disk does not do now may succeed later."""
    fault = fault_of(error)
    return fault is not None and fault.may_pass


def said_of_refused_writing(error: BaseException, texts: Texts) -> str | None:
    """What somebody is told whose wish could not be written now, and may be later; ``None`` where it is not for that."""
    if not passes(error):
        return None
    fault = fault_of(error)
    if fault is Fault.HELD:
        return texts.busy_now
    return texts.no_room_now if fault is Fault.FULL else texts.not_written_now(" ".join(str(error).split()))


@contextmanager
def passed_over(what: str) -> Iterator[None]:
    """Go on where a database cannot keep what nobody waits for; that is logged.

    Args:
        what: What is not kept then.
    """
    try:
        yield
    except sqlite3.Error as error:
        _LOGGER.error("%s not kept: %s", what, error)  # noqa: TRY400  # The trace would say no more.
