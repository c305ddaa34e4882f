"""What an author says of a document in its front matter: YAML between two lines of ``---``."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from frontmatter.default_handlers import YAMLHandler
from yaml import BaseLoader, YAMLError

from index.readers.dates import find_date
from index.readers.links import find_url

_LONGEST = 10_000
"""Characters: what closes further down is a rule between paragraphs."""
_TITLE = ("title", "tiêu đề", "tựa đề", "tieu de", "name")
_URL = ("url", "link", "source", "nguồn", "nguon", "source_url", "original_url", "canonical_url", "permalink")
_DATE = ("date", "ngày", "ngay", "ngày đăng", "published", "pubdate", "created", "updated")
_SUMMARY = ("summary", "tóm tắt", "tom tat", "description", "excerpt", "abstract", "sapo")
_KNOWN = frozenset((*_TITLE, *_URL, *_DATE, *_SUMMARY))
_FIELD = re.compile(r"([^\W\d_][\w -]{0,40}?) *: *(.*)")
_YAML_ONLY = re.compile(r"\s*$|\s*#|\s*- |\s+\S")
_QUOTES = "\"' "


@dataclass(frozen=True, slots=True)
class Matter:
    """What the front matter says; ``None`` where it does not."""

    title: str | None = None
    url: str | None = None
    date: dt.date | None = None
    summary: str | None = None


def split(text: str) -> tuple[Matter, str]:
    """The front matter of a cleaned text, and the text after it.

    Broken YAML gives the fields that can be made out. What does not look like front matter stays in the text.
    """
    handler = YAMLHandler()
    opening = text[:_LONGEST].lstrip()
    if not handler.detect(opening):
        return Matter(), text
    try:
        block, rest = handler.split(opening)
    except ValueError:  # nothing closes it
        return Matter(), text
    fields = _fields(handler, block)
    if fields is None:
        return Matter(), text
    indent = len(text[:_LONGEST]) - len(opening)
    return matter_of(fields), text[indent + len(opening) - len(rest) :]


def _fields(handler: YAMLHandler, block: str) -> dict[str, str] | None:
    """The fields of front matter by their lower-case names, or ``None`` where the block is something else."""
    try:
        loaded = handler.load(block, Loader=BaseLoader)  # every value as it was written: no date is out of range
    except (YAMLError, RecursionError):
        return _salvage(block)
    if not isinstance(loaded, dict):
        return None
    if not any(name.lower() in _KNOWN or (name.isascii() and name.islower()) for name in map(str, loaded)):
        return None  # a conversation, say
    return {str(name).lower(): _text(value) for name, value in loaded.items()}


def _text(value: object) -> str:
    """A value as text; of a list or a mapping, its values one after the other."""
    match value:
        case str():
            return " ".join(value.split())
        case list():
            return " ".join(map(_text, value))
        case dict():
            return " ".join(map(_text, value.values()))
        case _:
            return ""


def _salvage(block: str) -> dict[str, str] | None:
    """The fields of broken YAML, line by line."""
    fields = {}
    for line in block.splitlines():
        if match := _FIELD.fullmatch(line.strip()):
            fields[match.group(1).lower()] = match.group(2).strip(_QUOTES)
        elif not _YAML_ONLY.match(line):
            return None
    return fields if not _KNOWN.isdisjoint(fields) else None


def matter_of(fields: Mapping[str, str]) -> Matter:
    """What fields say of a document, by their names in lower case, Vietnamese or English."""
    return Matter(
        title=_first(fields, _TITLE),
        url=next((url for name in _URL if (url := find_url(fields.get(name, "")))), None),
        date=next((day for name in _DATE if (day := find_date(fields.get(name, "")))), None),
        summary=_first(fields, _SUMMARY),
    )


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((fields[name] for name in names if any(map(str.isalnum, fields.get(name, "")))), None)
