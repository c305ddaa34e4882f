"""The heartbeat: a file of the data folder that is touched as long as the bot does its work, for those that watch over it.

It goes when the bot stops in order. Where it is still there at a start, the bot was killed, or the machine lost its power.
"""

import asyncio
import contextlib
import logging
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.texts import Texts

HEARTBEAT = "heartbeat"
"""The name of the file."""

_LOGGER = logging.getLogger(__name__)

_EVERY = 20.0
"""Seconds between two beats."""
_LATEST = 90.0
"""Seconds after the last beat from which the bot is not well."""


@asynccontextmanager
async def beating(folder: Path, is_well: Callable[[], bool]) -> AsyncIterator[None]:
    """Touch the file as long as the event loop goes round and all is well.

    Args:
        folder: The data folder.
        is_well: Whether the bot does its work.
    """
    path = folder / HEARTBEAT
    beating = asyncio.create_task(_beat(path, is_well))
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait([beating])
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


async def _beat(path: Path, is_well: Callable[[], bool]) -> None:
    while True:
        if is_well():
            try:
                await asyncio.to_thread(path.touch)
            except OSError as error:
                _LOGGER.error("the heartbeat cannot be noted: %s", error)  # noqa: TRY400
        await asyncio.sleep(_EVERY)


def ended_badly(folder: Path) -> bool:
    """Whether the last bot of a data folder was killed."""
    return (folder / HEARTBEAT).exists()


def run_health(folder: Path, texts: Texts) -> int:
    """Say whether a bot works in a data folder.

    Returns:
        The exit status: 0 where it does, else 1.
    """
    try:
        since = time.time() - (folder / HEARTBEAT).stat().st_mtime
    except OSError:
        sys.stderr.write(f"{texts.not_alive(None)}\n")
        return 1
    if since > _LATEST:
        sys.stderr.write(f"{texts.not_alive(round(since))}\n")
        return 1
    sys.stdout.write(f"{texts.alive(max(0, round(since)))}\n")
    return 0
