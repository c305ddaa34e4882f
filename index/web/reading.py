"""What was fetched, as documents: read by what it is, whatever it is called."""

import codecs
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath

import httpx

from index.documents import Document
from index.readers import Contents, Kind, kind_of_name, read_as
from index.readers.kinds import sniff
from index.web.fetching import Fetched

_MEDIA_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
    "application/xml": Kind.FEED,
    "text/xml": Kind.FEED,
    "text/markdown": Kind.MARKDOWN,
    "application/jsonl": Kind.JSON_LINES,
    "application/x-ndjson": Kind.JSON_LINES,
    "application/x-jsonlines": Kind.JSON_LINES,
}
_OF_TEXT = frozenset({Kind.TEXT, Kind.MARKDOWN, Kind.HTML})


def documents_at(fetched: Fetched) -> Contents:
    """The documents that were fetched, their keys made from the address that was asked for.

    Each cites the address it was found at. A page may name another address of its own site; the entries of a feed have their
    own links. It takes as long as reading a file does: to be called from a thread.

    Raises:
        Unreadable: They hold no document that can be read.
    """
    kind = kind_of(fetched)
    contents = read_as(kind, _in_utf_8(fetched, kind), fetched.address)
    return replace(contents, documents=tuple(_cited(contents, fetched, kind)))


def kind_of(fetched: Fetched) -> Kind:
    """What was fetched: by its first bytes, by what the server calls it, by how its address ends, or else text."""
    return (
        sniff(fetched.data)
        or _MEDIA_TYPES.get(fetched.media_type)
        or kind_of_name(PurePosixPath(httpx.URL(fetched.location).path).name)
        or Kind.TEXT
    )


def _in_utf_8(fetched: Fetched, kind: Kind) -> bytes:
    """The bytes of a text in UTF-8, where the server names another encoding and it is that one."""
    if kind in _OF_TEXT and fetched.charset:
        with suppress(LookupError, ValueError):
            if codecs.lookup(fetched.charset).name != "utf-8":
                return fetched.data.decode(fetched.charset).encode()
    return fetched.data


def _cited(contents: Contents, fetched: Fetched, kind: Kind) -> Iterator[Document]:
    for document in contents.documents:
        is_own = kind in {Kind.FEED, Kind.JSON_LINES} or (
            kind is Kind.HTML and _is_same_site(document.url, fetched.location)
        )
        yield document if is_own and document.url else replace(document, url=fetched.location)


def _is_same_site(url: str | None, location: str) -> bool:
    """Whether a link that a page calls its own is on the site that the page was found on."""
    try:
        return url is not None and _site(httpx.URL(url).host) == _site(httpx.URL(location).host)
    except (httpx.InvalidURL, ValueError):
        return False


def _site(host: str) -> str:
    return host.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")
