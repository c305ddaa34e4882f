"""The conversation in a terminal: with line editing for a person, plain for a pipe."""

import asyncio
import sqlite3
import sys

from bot.adding import Adding
from bot.commands import STATISTICS
from bot.console.statistics import statistics
from bot.console.streams import make_writable, silence
from bot.conversation import Conversation
from bot.data_folder import make_private
from bot.faults import said_of_fault
from bot.indexing import opened, said_of
from bot.settings import Settings
from bot.texts import TEXTS
from bot.turns import RecentTurns
from index.adding import Web
from index.collection import CollectionError


def run(settings: Settings) -> int:
    """Index the documents, then talk until the person leaves or the input ends.

    Returns:
        The exit status: 0, or 1 after one line on the standard error output that says what is wrong.
    """
    if sys.stdin is None or sys.stdout is None:  # Closed from the start: there is nobody to talk to.
        return 0
    make_writable(sys.stdout)
    make_writable(sys.stderr)
    texts = TEXTS[settings.language]
    try:
        asyncio.run(_talk(settings))
    except BrokenPipeError:
        silence(sys.stdout)
    except CollectionError as error:
        sys.stderr.write(f"{said_of(error, texts)}\n")
        return 1
    except sqlite3.Error as error:
        sys.stderr.write(f"{said_of_fault(error, texts.damaged(str(error)), texts)}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{texts.system_error(error.strerror or str(error), str(error.filename or ''))}\n")
        return 1
    return 0


async def _talk(settings: Settings) -> None:
    await asyncio.to_thread(make_private, settings.folders.data)
    async with opened(settings) as (collection, changes), Web() as web:
        adding = Adding(collection, web.read, owns=lambda _: True)
        others = {STATISTICS: statistics(settings), **adding.commands}
        conversation = Conversation(collection, RecentTurns(), others=others)
        if sys.stdin.isatty() and sys.stdout.isatty():
            from bot.console.session import converse  # noqa: PLC0415  # A pipe does without line editing.
            from bot.following import follow  # noqa: PLC0415  # Nor does it wait for a person.

            following = asyncio.create_task(follow(collection, settings, changes.skipped, _silently))
            try:
                await converse(conversation, settings)
            finally:
                following.cancel()
                await asyncio.wait([following])
        else:
            from bot.console.plain import answer_lines  # noqa: PLC0415

            await answer_lines(conversation, settings.language, sys.stdin.buffer, sys.stdout)


def _silently(_level: int, _line: str) -> None:
    """Say nothing: it would stand in the middle of what the person types. ``/tailieu`` shows what is there."""
