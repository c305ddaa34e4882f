"""The bot follows its folder, whose changes are searchable about a second later, and the addresses that were added."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import aiosqlite
from watchfiles import Change, awatch

from bot.faults import said_of_fault
from bot.indexing import said_of, said_of_changes
from bot.settings import Settings
from bot.texts import TEXTS, Texts
from index.adding import Reading, read_again
from index.collection import Collection, CollectionError
from index.documents import Outcome, Skipped

_SETTLED, _AT_MOST = 300, 2000
"""Milliseconds without a change after which what was written is read, and after which it is read all the same."""
_WAKES = 1000
"""Milliseconds after which it is looked whether the folder is still the same one."""
_LOOKS = 60.0
"""Seconds after which the folder is looked through though nothing was told: network mounts tell nothing."""
_MOSTLY_IDLE = 50
"""Times as long as looking through took, that pass at least until the next time."""

_LOOKS_AT_ADDRESSES = 900.0
"""Seconds after which it is looked which addresses are to be read again."""

Say = Callable[[int, str], object]
"""Is told a level, as in :mod:`logging`, and a line for the owner."""


async def follow(collection: Collection, settings: Settings, skipped: Sequence[Skipped], say: Say) -> None:
    """Keep the collection in step with the documents folder until cancelled.

    What goes wrong is said once, and never ends it.

    Args:
        collection: The documents.
        settings: Which folder, and which language to say things in.
        skipped: The files that were not indexed at the start, of which was told then.
        say: Is told what changed, and what went wrong.
    """
    following = _Following(collection, settings.folders.documents, TEXTS[settings.language], skipped, say)
    while True:
        await following.watch()
        await asyncio.sleep(_WAKES / 1000)


async def follow_addresses(
    collection: Collection,
    settings: Settings,
    reading: Reading,
    say: Say,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Read the addresses that were added again, each a few times a day, until cancelled.

    Args:
        collection: The documents.
        settings: Which language to say things in.
        reading: Reads an address.
        say: Is told what changed, and what went wrong.
        sleep: Waits so many seconds.
    """
    texts = TEXTS[settings.language]
    while True:
        try:
            for addition in await read_again(collection, reading, time.time()):
                counts = {outcome: len(addition.of(outcome)) for outcome in Outcome}
                say(logging.INFO, texts.several_added(addition.key, counts))
        except (CollectionError, aiosqlite.Error, OSError) as error:
            say(logging.WARNING, _said_of(error, texts))
        await sleep(_LOOKS_AT_ADDRESSES)


class _Following:
    def __init__(
        self, collection: Collection, folder: Path, texts: Texts, skipped: Sequence[Skipped], say: Say
    ) -> None:
        self._collection = collection
        self._folder = folder
        self._texts = texts
        self._skipped = set(skipped)
        self._say = say
        self._trouble = ""
        self._polling = False
        self._next_look = 0.0

    async def watch(self) -> None:
        """Take in what changes in the folder, until it is gone, another one, or cannot be watched."""
        watched = _identity(self._folder)
        self._next_look = 0.0
        if watched is None:
            await self._take_in()
            return
        try:
            async for changes in awatch(
                self._folder,
                watch_filter=self._is_shown,
                debounce=_AT_MOST,
                step=_SETTLED,
                rust_timeout=_WAKES,
                yield_on_timeout=True,
                force_polling=self._polling or None,
                ignore_permission_denied=True,
            ):
                if _identity(self._folder) != watched:
                    return
                if changes or time.monotonic() >= self._next_look:
                    await self._take_in()
        except (OSError, RuntimeError) as error:  # More is watched than the system allows, or it cannot watch at all.
            self._polling = _identity(self._folder) is not None
            self._complain(self._texts.not_watched(self._folder, str(error)))

    def _is_shown(self, _: Change, path: str) -> bool:
        """Whether something is no hidden file, such as those that editors keep beside the one that is written."""
        below = Path(path).parts[len(self._folder.absolute().parts) :]
        return not any(part.startswith(".") for part in below)

    async def _take_in(self) -> None:
        begun = time.monotonic()
        try:
            changes = await self._collection.update(self._folder)
        except (CollectionError, OSError, aiosqlite.Error) as error:
            self._complain(_said_of(error, self._texts))
        else:
            self._trouble = ""
            told = replace(changes, skipped=tuple(one for one in changes.skipped if one not in self._skipped))
            self._skipped = set(changes.skipped)
            for line in said_of_changes(told, self._texts):
                self._say(logging.INFO, line)
        now = time.monotonic()
        self._next_look = now + max(_LOOKS, _MOSTLY_IDLE * (now - begun))

    def _complain(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._say(logging.WARNING, trouble)


def _said_of(error: Exception, texts: Texts) -> str:
    if isinstance(error, CollectionError):
        return said_of(error, texts)
    return said_of_fault(error, texts.damaged(str(error)), texts) or str(error)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells one folder from another that has its name later; ``None`` where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
