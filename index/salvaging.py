"""What can still be read of a damaged collection: its documents that stand in no file of the documents folder."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from index.collection import Collection
from index.documents import Document
from index.store import is_web, read_document

_READ = """
    SELECT id, origin, key, title, text, url, date, summary, headings FROM documents
    WHERE id > ? AND (origin = '' OR origin LIKE '%://%') ORDER BY id
"""
_GAPS = 200
"""Damaged places that are passed over."""


async def salvage(collection: Collection, damaged: Path) -> int:
    """Add the documents of a damaged collection that came from elsewhere than the documents folder, as far as they can be read.

    Args:
        collection: Where to.
        damaged: The folder of the damaged collection, which is left as it is.

    Returns:
        How many there were.

    Raises:
        Busy: another process is writing.
    """
    by_origin: dict[str, list[Document]] = {}
    for origin, document in await asyncio.to_thread(lambda: list(_readable(damaged / "collection.sqlite3"))):
        by_origin.setdefault(origin, []).append(document)
    for origin, documents in by_origin.items():
        await collection.add(documents, origin=origin)
        if is_web(origin):
            await collection.note_address(origin, "")
    return sum(map(len, by_origin.values()))


def _readable(path: Path) -> Iterator[tuple[str, Document]]:
    """Documents with their origins; what is damaged is passed over."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        last = 0
        for _ in range(_GAPS):
            try:
                for number, origin, key, *columns in connection.execute(_READ, (last,)):
                    last = number
                    with suppress(ValueError, TypeError):
                        yield str(origin), read_document(key, columns)
            except sqlite3.DatabaseError:
                last += 1
            else:
                return
