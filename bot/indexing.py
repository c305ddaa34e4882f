"""Indexing before the bot is there for people: a progress bar while it runs, and a line on what changed."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.progress import ProgressBar
from bot.settings import Settings
from bot.texts import TEXTS, Texts
from index.collection import Busy, Collection, CollectionError, Damaged, NoDocuments
from index.documents import Changes, Skipped
from index.names import read_names
from index.vietnamese import clean

_NAMED = 3
"""Skipped files that are named; the others are counted."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Collection]:
    """The collection of the data folder, as it is; a bar is shown where its engines must be built again.

    Raises:
        CollectionError: It cannot be used.
    """
    async with AsyncExitStack() as stack:
        with ProgressBar(TEXTS[settings.language].rebuilding) as bar:
            names = read_names(*settings.folders.names)
            opening = Collection.open(settings.folders.collection, names=names, progress=bar.show)
            collection = await stack.enter_async_context(opening)
        yield collection


async def update(collection: Collection, settings: Settings) -> Changes:
    """Index what changed in the documents folder, and say so on the standard error output.

    Raises:
        CollectionError: It cannot be done.
    """
    texts = TEXTS[settings.language]
    with ProgressBar(texts.indexing) as bar:
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
        case Damaged():
            return texts.damaged(str(error))
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
