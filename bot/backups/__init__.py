"""Backups: ``python -m bot backup`` while a bot runs, and ``python -m bot restore`` while none does."""

import sys
from collections.abc import Callable
from pathlib import Path

from bot.backups.archive import DamagedDatabase, NewerBackup, NotABackup
from bot.backups.making import InsideData, NothingThere, back_up
from bot.backups.restoring import CollectionInUse, DataThere, restore
from bot.data_folder import InUse
from bot.progress import ProgressBar
from bot.texts import Texts


def run_backup(data: Path, to: Path, texts: Texts) -> int:
    """Back up a data folder, and say so on the standard output.

    Returns:
        The exit status: 0, or 1 after one line on the standard error output that says what is wrong.
    """

    def made() -> str:
        with ProgressBar(texts.backing_up) as bar:
            manifest = back_up(data, to, bar.show)
        return texts.backed_up(to, len(manifest.files), to.stat().st_size)

    return _run(made, texts)


def run_restore(path: Path, data: Path, texts: Texts, *, replace: bool) -> int:
    """Put a backup back into a data folder, and say so on the standard output.

    Returns:
        The exit status: 0, or 1 after one line on the standard error output that says what is wrong.
    """

    def restored() -> str:
        with ProgressBar(texts.restoring) as bar:
            manifest, aside = restore(path, data, replace=replace, progress=bar.show)
        return texts.restored(len(manifest.files), data, aside)

    return _run(restored, texts)


def _run(work: Callable[[], str], texts: Texts) -> int:
    try:
        said = work()
    except Exception as error:
        if (line := _said_of(error, texts)) is None:
            raise
        sys.stderr.write(f"{line}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def _said_of(error: Exception, texts: Texts) -> str | None:  # noqa: PLR0911  # A line for each.
    """What the owner is told about what went wrong, on one line; ``None`` for what nobody foresaw."""
    match error:
        case NothingThere():
            return texts.nothing_to_back_up(error.folder)
        case InsideData():
            return texts.backup_inside(error.folder)
        case DamagedDatabase():
            return texts.database_damaged(error.name, error.reason)
        case NotABackup():
            return texts.not_a_backup(error.path, error.reason)
        case NewerBackup():
            return texts.newer_backup(error.path)
        case DataThere():
            return texts.data_there(error.folder)
        case CollectionInUse():
            return texts.busy
        case InUse():
            return texts.already_running(error.folder)
        case OSError():
            return texts.system_error(error.strerror or str(error), str(error.filename or ""))
        case _:
            return None
