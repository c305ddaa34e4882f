"""The list of documents: its pages, and which document is meant by a number or a short name."""

import asyncio
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.commands import Command
from bot.replies import Choice, DocumentList, Overview
from bot.texts import Texts
from index.documents import Entry, Source
from index.vietnamese import fold

if TYPE_CHECKING:
    from index.collection import Collection

_CHOICES_A_ROW = 5
_PAGE_WORD = "trang"
"""What stands before the number of a page that is asked for."""
_FIRST = re.compile(r"\b(?:dau|dau tien|thu nhat|moi nhat)$")
"""What means the first of the list, which is the newest, without diacritics."""
_NUMBER = re.compile(
    "(?:(?:bai|bai bao|bai viet|ban|tai lieu|van ban|tin|tep|file|document) ?)?"
    rf"(?:(?:so |thu |number |no\. ?|#)?\d{{1,9}}|{_FIRST.pattern})"
)
NAME = "d-"
"""What the short name of a document begins with."""


def short_name(key: str) -> str:
    """A document's name of ten letters, digits, ``-`` and ``_``, by which a command or a link means it."""
    return NAME + urlsafe_b64encode(blake2b(key.encode(), digest_size=6).digest()).decode()


def is_short_name(text: str) -> bool:
    """Whether a text has the form of a document's short name."""
    return re.fullmatch(rf"{NAME}[A-Za-z0-9_-]{{8}}", text) is not None


def is_number(argument: str) -> bool:
    """Whether a text means a document by its number in the list: "2", "số 2", "bài 2", "tài liệu đầu tiên"."""
    return bool(_NUMBER.fullmatch(fold(argument).lower()))


def names_number(argument: str) -> bool:
    """Whether it does so in figures, which are no other word."""
    return is_number(argument) and any(map(str.isdigit, argument))


def _number(argument: str) -> int:
    """The number in a text, or 0."""
    if number := re.search(r"\d{1,9}", argument):
        return int(number.group())
    return int(bool(_FIRST.search(fold(argument).lower())))


async def document_asked_for(argument: str, collection: "Collection") -> tuple[int, Entry] | None:
    """The document that a number in the list or a short name means, with its number, from 1; ``None`` where none is."""
    if argument.startswith(NAME):
        key = await asyncio.to_thread(_named, argument, await collection.keys())
        place = None if key is None else await collection.place(key)
        found = [] if key is None or place is None else await collection.entries([key])
        return (place + 1, found[0]) if found and place is not None else None
    place = _number(argument) - 1
    found = await collection.page(place, 1) if place >= 0 else []
    return (place + 1, found[0]) if found else None


def _named(name: str, keys: Sequence[str]) -> str | None:
    return next((key for key in keys if short_name(key) == name), None)


def page_asked_for(argument: str) -> int:
    """The page of the list that is asked for, or 0 where something else is."""
    asked = re.fullmatch(rf"(?:{_PAGE_WORD}|page) (\d{{1,6}})", fold(argument).lower())
    return max(1, int(asked.group(1))) if asked else int(not argument)


def show_page(command: Command, page: int) -> str:
    """What a person would type to see a page."""
    return f"/{command.name} {_PAGE_WORD} {page}"


def show_document(command: Command, source: Source) -> str:
    """What a person would type to see a document."""
    return f"/{command.name} {short_name(source.key)}"


def choices(command: Command, listed: DocumentList | Overview, texts: Texts) -> tuple[tuple[Choice, ...], ...]:
    """What shows each document of a page, and the pages beside it."""
    documents = [
        Choice(texts.number(number), show_document(command, source))
        for number, source in enumerate(listed.sources, listed.first)
    ]
    pages = [
        Choice(f"{mark} {texts.page(page, listed.pages)}", show_page(command, page))
        for mark, page in (("◂", listed.page - 1), ("▸", listed.page + 1))
        if 0 < page <= listed.pages
    ]
    rows = [documents[start : start + _CHOICES_A_ROW] for start in range(0, len(documents), _CHOICES_A_ROW)]
    return tuple(tuple(row) for row in (*rows, pages) if row)
