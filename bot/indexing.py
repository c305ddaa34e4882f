"""Indexing before the bot is there for people: a progress bar while it runs, and a line on what changed."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.data_folder import COLLECTION, put_aside
from bot.faults import Fault, fault_of, look_through, said_of_fault
from bot.progress import ProgressBar
from bot.settings import Settings
from bot.texts import TEXTS, Texts
from index.collection import Busy, Collection, CollectionError, Damaged, NoDocuments, Unwritable
from index.documents import Changes, Skipped
from index.names import read_names
from index.salvaging import salvage
from index.vietnamese import clean

_NAMED = 3
"""Skipped files that are named; the others are counted."""


@asynccontextmanager
async def opened(
    settings: Settings, *, may_be_empty: bool = False, look_first: bool = False
) -> AsyncIterator[tuple[Collection, Changes]]:
    """The collection, with what changed in the documents folder indexed. A damaged one is put aside and made anew.

    What was added to that by hand is put back, as far as it can be read. A bar is shown where the engine must be built again,
    and while documents are indexed.

    Args:
        settings: Where it is, and its documents.
        may_be_empty: Whether it may hold nothing yet, for documents can be added in other ways.
        look_first: Whether all of it is looked through first; else damage may be found when a question comes upon it.

    Raises:
        CollectionError: It cannot be opened, or documents cannot be read.
        sqlite3.Error: It cannot be written to.
    """
    async with AsyncExitStack() as stack:
        try:
            if look_first:
                await asyncio.to_thread(look_through, settings.folders.data / COLLECTION)
            up_to_date = await stack.enter_async_context(_up_to_date(settings, may_be_empty=may_be_empty))
        except (CollectionError, sqlite3.Error) as error:
            if fault_of(error) is not Fault.DAMAGED:
                raise
            aside = put_aside(settings.folders.collection, "damaged-")
            sys.stderr.write(f"{TEXTS[settings.language].collection_set_aside(str(error), aside)}\n")
            up_to_date = await stack.enter_async_context(_up_to_date(settings, may_be_empty=True))
            if count := await salvage(up_to_date[0], aside / settings.folders.collection.name):
                sys.stderr.write(f"{TEXTS[settings.language].salvaged(count)}\n")
        yield up_to_date


@asynccontextmanager
async def _up_to_date(settings: Settings, *, may_be_empty: bool) -> AsyncIterator[tuple[Collection, Changes]]:
    async with AsyncExitStack() as stack:
        with ProgressBar(TEXTS[settings.language].rebuilding) as bar:
            names = read_names(*settings.folders.names)
            opening = Collection.open(settings.folders.collection, names=names, progress=bar.show)
            collection = await stack.enter_async_context(opening)
        try:
            changes = await update(collection, settings)
        except NoDocuments as error:
            if not may_be_empty or not await asyncio.to_thread(error.folder.is_dir):
                raise
            sys.stderr.write(f"{said_of(error, TEXTS[settings.language])}\n")
            changes = Changes(skipped=error.skipped)
        yield collection, changes


async def update(collection: Collection, settings: Settings) -> Changes:
    """Index what changed in the documents folder, and say so on the standard error output.

    Raises:
        CollectionError: It cannot be done.
    """
    texts = TEXTS[settings.language]
    with ProgressBar(texts.indexing, of_bytes=True) as bar:
        changes = await collection.update(settings.folders.documents, progress=bar.show)
    for line in said_of_changes(changes, texts):
        sys.stderr.write(f"{line}\n")
    return changes


def said_of(error: CollectionError, texts: Texts) -> str:
    """What a person is told about an error, on one line."""
    match error:
        case NoDocuments():
            return " ".join([texts.empty_folder(error.folder), *said_of_skipped(error.skipped, texts)])
        case Busy():
            return texts.busy
        case Damaged() | Unwritable():
            return said_of_fault(error, texts.damaged(str(error)), texts) or texts.damaged(str(error))
        case _:
            return str(error)


def said_of_changes(changes: Changes, texts: Texts) -> list[str]:
    """What the owner is told of what changed: a line with the counts, and one with what was not indexed, where any was."""
    counts = ((texts.added, changes.added), (texts.updated, changes.updated), (texts.removed, changes.removed))
    line = ", ".join(count(len(keys)) for count, keys in counts if keys)
    return ([f"{line[0].upper()}{line[1:]}."] if line else []) + said_of_skipped(changes.skipped, texts)


def said_of_skipped(files: Sequence[Skipped], texts: Texts) -> list[str]:
    """A line that names what was not indexed, and why; none where all was."""
    if not files:
        return []
    named = [f"{clean(file.key)} ({reason_of(file, texts)})" for file in files[:_NAMED]]
    others = [texts.and_more(len(files) - _NAMED)] if len(files) > _NAMED else []
    return [f"{texts.skipped(len(files))}: {'; '.join(named + others)}."]


def reason_of(file: Skipped, texts: Texts) -> str:
    """Why a file was not indexed."""
    reason = texts.skip_reasons.get(file.reason, file.reason)
    return f"{reason}: {clean(file.detail)}" if file.detail else reason
