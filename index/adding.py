"""Documents that are brought by hand: files, posts, and addresses, which are read again now and then."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag

from index.collection import Collection
from index.documents import Added, Outcome, Progress, Skipped
from index.readers import Contents, Kind, Unreadable, read, read_as, read_bytes
from index.store import Origin

if TYPE_CHECKING:
    from index.web import Fetcher

_LOGGER = logging.getLogger(__name__)

_SENT = "sent://"
"""What the origin of documents begins with that came in a file of their own."""
_ADDED = "added/"
"""What the key of a file begins with that was added from this machine."""
_PERIOD = 6 * 3600.0
"""Seconds after which an address is read again; a quarter more or less, each address its own, so that they spread."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read at an address.

    Attributes:
        address: The address, in its normal form.
        contents: The documents in it.
        stamp: What tells the site which version is known.
    """

    address: str
    contents: Contents
    stamp: str


Reading = Callable[[str, str], Awaitable[Page | None]]
"""Reads an address, given the stamp of the version that is known; gives ``None`` where that is still the one.

Raises ``Unreadable`` where it cannot be fetched or read."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding a file, a post or an address.

    Attributes:
        key: Names it: a file's key, or the address.
        added: What came of each of its documents.
        skipped: The parts of it that could not be read.
        followed: Whether it is read again now and then.
    """

    key: str
    added: tuple[Added, ...]
    skipped: tuple[Skipped, ...] = ()
    followed: bool = False

    def of(self, *outcomes: Outcome) -> tuple[Added, ...]:
        """Those of which one of these came."""
        return tuple(one for one in self.added if one.outcome in outcomes)


async def add_bytes(  # noqa: PLR0913  # Each is a part of its own.
    collection: Collection,
    data: bytes,
    key: str,
    *,
    link: str | None = None,
    day: date | None = None,
    since: float | None = None,
    progress: Progress | None = None,
) -> Addition:
    """Add the documents in the bytes of a file, in the place of those that came in a file of the same key.

    Args:
        collection: Where to.
        data: The bytes.
        key: The file's key, which ends as its name does.
        link: Where it was found; cited where a document names no source of its own.
        day: When it was published, where a document names no date of its own.
        since: When this was begun, if it may have been interrupted, as in :meth:`index.collection.Collection.add`.
        progress: Is told how many documents are done.

    Raises:
        Unreadable: It holds no document that can be read.
        Busy: another process is writing.
    """
    contents = await asyncio.to_thread(read_bytes, data, key)
    documents = [replace(one, url=one.url or link, date=one.date or day) for one in contents.documents]
    return await _add_file(collection, replace(contents, documents=tuple(documents)), key, since, progress)


async def add_file(collection: Collection, path: Path, *, progress: Progress | None = None) -> Addition:
    """Add the documents in a file of this machine; the file is not followed.

    Raises:
        Unreadable: It holds no document that can be read.
        Busy: another process is writing.
    """
    key = f"{_ADDED}{path.name}"
    contents = await asyncio.to_thread(read, path, key)
    return await _add_file(collection, contents, key, None, progress)


async def _add_file(
    collection: Collection, contents: Contents, key: str, since: float | None, progress: Progress | None
) -> Addition:
    origin = origin_of_file(key)
    added = await collection.add(
        contents.documents, origin=origin, whole=True, twins=False, since=since, progress=progress
    )
    return Addition(key, added, contents.skipped)


def origin_of_file(key: str) -> str:
    """The origin of the documents that came in a file of their own."""
    return f"{_SENT}{key}"


async def add_post(  # noqa: PLR0913
    collection: Collection,
    text: str,
    key: str,
    *,
    link: str | None,
    day: date | None,
    publisher: str = "",
    origin: str = "",
    unless_removed: bool = False,
    since: float | None = None,
) -> Addition:
    """Add a post as a document.

    Args:
        collection: Where to.
        text: What it says; its first line may be a title.
        key: Its key.
        link: Where it can be read, which is cited whatever it links to itself.
        day: When it was posted.
        publisher: Who published it, which is told with its title; may be empty.
        origin: What it came from with others; with ``://`` in it.
        unless_removed: Whether it stays out where it was removed by hand.
        since: When this was begun, if it may have been interrupted, as in :meth:`index.collection.Collection.add`.

    Raises:
        Unreadable: Nothing in it can be quoted.
        Busy: another process is writing.
    """
    document = (await asyncio.to_thread(read_as, Kind.TEXT, text.encode(), key)).document
    title = f"{document.title} – {publisher}" if publisher and publisher not in document.title else document.title
    document = replace(document, title=title, url=link or document.url, date=day or document.date)
    added = await collection.add([document], origin=origin, twins=False, unless_removed=unless_removed, since=since)
    return Addition(key, added)


async def keys_named(collection: Collection, name: str, folders: Sequence[str] = ()) -> list[str]:
    """The keys of the documents that a name means; none where it means none.

    Args:
        collection: Where they are.
        name: The key of a document or of a file, an address, or the link of a source.
        folders: What keys may begin with that is left out of the name, besides that of files of this machine.
    """
    names = [name, *(f"{folder}{name}" for folder in (*folders, _ADDED)), normal_address(name)]
    for one in names:
        for origin in (one, origin_of_file(one)):
            if keys := await collection.keys_of(origin):
                return keys
        if entries := await collection.entries([one]):
            return [entry.source.key for entry in entries]
        if keys := await collection.keys_linked(one):
            return keys
    return []


# --- Addresses -------------------------------------------------------------------------------------------------------


def normal_address(address: str) -> str:
    """An address as it is kept: with its scheme, and without a place in the page."""
    address = urldefrag(address.strip()).url
    return address if "://" in address else f"https://{address}"


async def add_address(  # noqa: PLR0913
    collection: Collection,
    address: str,
    reading: Reading,
    now: float,
    *,
    since: float | None = None,
    progress: Progress | None = None,
) -> Addition:
    """Add what is at an address, to be read again now and then: a page, a file, or the entries of a feed.

    Args:
        collection: Where to.
        address: The address.
        reading: Reads it.
        now: The time, in seconds since 1970.
        since: When this was begun, if it may have been interrupted, as in :meth:`index.collection.Collection.add`.
        progress: Is told how many documents are done.

    Raises:
        Unreadable: It cannot be fetched, or holds no document that can be read.
        Busy: another process is writing.
    """
    page = await reading(normal_address(address), "")
    if page is None:
        raise ValueError(f"{address}: nothing was known, and it has not changed")
    address, documents = page.address, page.contents.documents
    added = await collection.add(documents, origin=address, twins=False, since=since, progress=progress)
    follows = any(one.entry.origin == address for one in added)
    if follows:
        await collection.note_address(address, _stamped(page.stamp, now))
    return Addition(address, added, page.contents.skipped, followed=follows)


class Web:
    """Reads addresses on the web. To be used as an asynchronous context, which closes its connections."""

    def __init__(self, fetcher: "Fetcher | None" = None) -> None:
        """Make it.

        Args:
            fetcher: Fetches addresses; made when the first one is read, where it is not given.
        """
        self._fetcher = fetcher

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._fetcher:
            await self._fetcher.__aexit__(None, None, None)

    async def read(self, address: str, stamp: str) -> Page | None:
        """Read an address, as :data:`Reading` says."""
        from index.web import Fetcher, NotModified, Validators, documents_at  # noqa: PLC0415  # Most starts read none.

        self._fetcher = self._fetcher or Fetcher()
        fetched = await self._fetcher.fetch(address, Validators(**json.loads(stamp)) if stamp else None)
        if isinstance(fetched, NotModified):
            return None
        contents = await asyncio.to_thread(documents_at, fetched)
        return Page(fetched.address, contents, json.dumps(asdict(fetched.validators)))


async def read_again(collection: Collection, reading: Reading, now: float) -> tuple[Addition, ...]:
    """Read the addresses again whose time has come, and take in what is new or changed.

    What is not there any more is kept: a feed shows its latest entries only. What was removed by hand stays out. An
    address that cannot be read is tried again when its time comes next.

    Returns:
        What came of those that have changed.
    """
    additions = []
    for origin in await collection.addresses():
        read_at, stamp = _read_stamp(origin)
        if now < read_at + _period(origin.key):
            continue
        try:
            page = await reading(origin.key, stamp)
        except Unreadable as error:
            _LOGGER.info("%s could not be read again: %s", origin.key, error)
            await collection.note_address(origin.key, _stamped(stamp, now))
            continue
        if not await collection.keys_of(origin.key):  # They were removed meanwhile.
            continue
        if page:
            added = await collection.add(page.contents.documents, origin=origin.key, twins=False, unless_removed=True)
            additions.append(Addition(origin.key, added, page.contents.skipped, followed=True))
        await collection.note_address(origin.key, _stamped(page.stamp if page else stamp, now))
    return tuple(additions)


def _period(address: str) -> float:
    spread = int.from_bytes(blake2b(address.encode(), digest_size=2).digest()) / 0xFFFF
    return _PERIOD * (0.75 + 0.5 * spread)


def _stamped(stamp: str, now: float) -> str:
    return json.dumps({"read": round(now), "stamp": stamp})


def _read_stamp(origin: Origin) -> tuple[float, str]:
    if not origin.stamp:
        return 0.0, ""
    noted = json.loads(origin.stamp)
    return float(noted["read"]), str(noted["stamp"])
